"""The shelf of formats: how an input finds its own, and how a package brings one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import DiscourseError, ParseError, Reading, Thread, UnknownFormatError
from discourse.formats import Format, _registry, formats, parse

FORMATS = [format.name for format in formats()]
EMPTY = {("jsonl", ""), ("wordpress-rest", "[]")}
"""What is an input of a format, with nothing in it."""


class Point:
    """An entry point, as far as the shelf looks at it."""

    def __init__(self, name, made):
        self.name = name
        self._made = made

    def load(self):
        if isinstance(self._made, Exception):
            raise self._made
        return self._made


def format_of(name, certainty=1.0):
    return Format(
        name=name,
        title="a test",
        parse=lambda _: Reading([Thread()]),
        detect=lambda head: certainty if head.startswith("#bar") else 0.0,
    )


@pytest.fixture
def bring(monkeypatch):
    def bringing(*points):
        monkeypatch.setattr(_registry, "entry_points", lambda **_: points)
        _registry.known.cache_clear()

    yield bringing
    monkeypatch.undo()
    _registry.known.cache_clear()


def test_a_package_can_bring_a_format(bring):
    bring(Point("bar", format_of("bar")))

    assert "bar" in {format.name for format in formats()}
    assert parse("#bar").threads == (Thread(),)
    assert parse("anything", "bar").threads == (Thread(),)


def test_a_format_that_cannot_be_loaded_is_passed_over_with_a_warning(bring):
    bring(Point("bad", ImportError("no such module")), Point("bar", format_of("bar")))

    with pytest.warns(RuntimeWarning, match="'bad' cannot be loaded"):
        assert "bar" in {format.name for format in formats()}


@pytest.mark.parametrize("made", [3, format_of("json")])
def test_what_is_no_format_or_takes_a_name_is_passed_over(bring, made):
    bring(Point("bad", made))

    with pytest.warns(RuntimeWarning, match="'bad'"):
        assert [format.name for format in formats()] == FORMATS


def test_an_input_that_two_formats_claim_is_left_to_the_caller(bring):
    bring(Point("bar", format_of("bar", 0.95)), Point("baz", format_of("baz", 0.9)))

    with pytest.raises(UnknownFormatError, match=r"bar or baz: say which with format="):
        parse("#bar")


def test_an_unknown_name_tells_the_known_ones():
    with pytest.raises(UnknownFormatError, match="pagetext"):
        parse("text", "no-such-format")


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text())
def test_any_text_is_read_or_refused(name, text):
    """Nothing but a reading or an error of this library comes out of any format."""
    try:
        reading = parse(text, name)
    except DiscourseError:
        return
    assert all(isinstance(thread, Thread) for thread in reading.threads)


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.binary())
def test_any_bytes_are_read_or_refused(name, data):
    """Bytes of no encoding at all are no trouble either."""
    try:
        parse(data, name)
    except DiscourseError:
        return


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"pagetext"}))
@pytest.mark.parametrize("text", ["", "Just a line of text.", "{}", "[]", "<a/>", "\0", "null"])
def test_every_format_refuses_what_is_not_its_own(name, text):
    if (name, text) in EMPTY:
        assert parse(text, name).threads == ()
        return
    with pytest.raises(ParseError):
        parse(text, name)


@pytest.mark.parametrize("format", formats(), ids=FORMATS)
@given(head=st.text())
def test_certainty_is_between_0_and_1(format, head):
    assert 0 <= format.detect(head) <= 1


@pytest.mark.parametrize("name", FORMATS)
def test_deep_nesting_is_no_trouble(name):
    for opening in ("[", '{"a":', "<a>", "  1. ", "> "):
        try:
            parse(opening * 50_000, name)
        except DiscourseError:
            continue


def test_several_files_of_one_discussion_are_one_thread(tmp_path):
    first = Thread(discourse.Article("T", id="5"), [discourse.Comment("1", text="a")])
    later = Thread(first.article, [discourse.Comment("2", "1", text="b"), *first])
    for name, thread in (("a.json", first), ("b.json", later)):
        discourse.dump(thread, tmp_path / name)

    assert later == discourse.read([tmp_path / "a.json", tmp_path / "b.json"]).thread


def test_files_of_two_discussions_are_two_threads(tmp_path):
    for name in ("a", "b"):
        discourse.dump(Thread(discourse.Article(id=name)), tmp_path / f"{name}.json")

    assert len(discourse.read([tmp_path / "a.json", tmp_path / "b.json"]).threads) == 2


def test_a_stream_yields_threads_and_tells_problems(tmp_path):
    (tmp_path / "a.txt").write_bytes("Café\n\nNo comments.\n".encode("cp1252"))
    stream = discourse.stream(tmp_path / "a.txt")

    assert [len(thread) for thread in stream] == [0]
    assert [problem.kind for problem in stream.problems] == ["encoding"]
    assert stream.problem_count == 1
