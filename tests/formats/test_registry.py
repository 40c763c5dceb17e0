"""The shelf of formats: how an input finds its own, and how a package brings one."""

import datetime as dt
import io
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import (
    Article,
    Author,
    Comment,
    DiscourseError,
    FieldError,
    ParseError,
    Reading,
    Thread,
    UnknownFormatError,
)
from discourse.errors import FieldTypeError
from discourse.formats import Beginning, Format, JsonKeys, _registry, available, parse
from discourse.formats._catalogue import CATALOGUE
from discourse.formats._heads import Head

FORMATS = [format.name for format in available()]
EMPTY = {
    ("jsonl", ""),
    *(
        (name, "[]")
        for name in (
            "artrans",
            "isso",
            "lemmy",
            "reddit",
            "remark42",
            "stackexchange",
            "web-annotation",
        )
    ),
    ("wordpress-rest", "[]"),
}
"""What is an input of a format, with nothing in it."""


class Point:
    """An entry point, as far as the shelf looks at it."""

    def __init__(self, name, made, package=None):
        self.name = name
        self._made = made
        self.dist = None if package is None else SimpleNamespace(name=package)

    def load(self):
        if isinstance(self._made, Exception):
            raise self._made
        return self._made


BAR = Beginning("#bar")


def format_of(name, signature=BAR, suffixes=()):
    return Format(
        name=name,
        title="a test",
        suffixes=suffixes,
        signature=signature,
        parse=lambda _: Reading([Thread()]),
    )


@pytest.fixture
def bring(monkeypatch):
    def bringing(*points):
        monkeypatch.setattr(_registry, "entry_points", lambda **_: points)
        _registry.plugins.cache_clear()

    yield bringing
    monkeypatch.undo()
    _registry.plugins.cache_clear()


def test_a_package_can_bring_a_format(bring):
    bring(Point("bar", format_of("bar")))

    assert "bar" in {format.name for format in available()}
    assert parse("#bar").threads == (Thread(),)
    assert parse("anything", "bar").threads == (Thread(),)


def test_a_format_that_cannot_be_loaded_is_passed_over_with_a_warning(bring):
    bring(
        Point("bad", ImportError("no such module"), "some-package"), Point("bar", format_of("bar"))
    )

    with pytest.warns(
        RuntimeWarning,
        match="'bad' of the package 'some-package' cannot be loaded "
        r"\(ImportError: 'no such module'\)",
    ):
        assert "bar" in {format.name for format in available()}


def fail(_):
    raise ZeroDivisionError("by nothing")


def test_an_error_of_a_parser_names_its_format(bring):
    bring(Point("bar", Format(name="bar", title="a test", parse=fail, signature=BAR)))
    with pytest.raises(ZeroDivisionError) as raised:
        parse("#bar")
    assert raised.value.__notes__ == ["raised by the format 'bar', which is of another package"]


class Failing:
    """A signature with a mistake in it."""

    def fits(self, head):
        return fail(head)


def test_a_format_whose_signature_fails_is_passed_over_with_one_warning(bring):
    bad = Format(name="bad", title="a test", parse=fail, signature=Failing())
    bring(Point("entry", bad, "some-package"), Point("bar", format_of("bar")))
    text = discourse.dumps(only("1"))

    words = (
        r"'entry' of the package 'some-package'.*signature failed \(ZeroDivisionError: 'by nothing'"
    )
    with pytest.warns(RuntimeWarning, match=words):
        assert ids_of(parse(text)) == [["1"]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ids_of(parse(text)) == [["1"]]
        assert parse("#bar").threads == (Thread(),)


def test_a_format_without_a_signature_is_read_by_its_name_alone(bring):
    bring(Point("bar", format_of("bar", signature=())))
    assert parse("#bar", "bar").threads == (Thread(),)
    assert parse("#bar").threads != (Thread(),)


def test_the_suffix_decides_between_formats_that_fit_alike(bring, tmp_path):
    bring(Point("bar", format_of("bar")), Point("baz", format_of("baz", suffixes=[".baz"])))
    path = tmp_path / "page.baz"
    path.write_text("#bar")
    assert discourse.read(path).threads == (Thread(),)
    with pytest.raises(UnknownFormatError, match="bar or baz"):
        parse("#bar")


def test_the_suffix_does_not_decide_against_the_content(tmp_path):
    text = discourse.dumps(only("1"))
    for name in ("a.txt", "a.xml", "a.html", "a.jsonl", "a"):
        path = tmp_path / name
        path.write_text(text)
        assert ids_of(discourse.read(path)) == [["1"]], name


def test_an_empty_file_is_of_the_format_that_alone_has_its_suffix(tmp_path):
    path = tmp_path / "none.jsonl"
    discourse.write([], path)
    assert discourse.read(path) == Reading()


@pytest.mark.parametrize("name", ["w.jsonl", "w.jsonl.gz", "w.jsonl.zst", "w"])
def test_lines_of_any_length_are_lines(tmp_path, name):
    """A first line beyond what is looked at to recognise a format was taken for a document."""
    threads = [Thread(None, [Comment(str(n), text="x" * 100_000)]) for n in range(3)]
    path = tmp_path / name
    discourse.write(threads, path, "jsonl")
    assert list(discourse.read(path).threads) == threads
    assert list(discourse.stream(path)) == threads


def test_reading_imports_the_reader_that_is_used_and_no_other(tmp_path):
    path = tmp_path / "page.json"
    path.write_text('{"post_stream": {"posts": []}, "id": 5}')
    code = (
        "import sys, discourse; discourse.read(sys.argv[1]); "
        "print(*sorted(m for m in sys.modules if m.startswith('discourse.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    imported = done.stdout.split()
    assert "discourse.formats.discourse_forum" in imported
    readers = {f"discourse.formats.{row.module}" for row in CATALOGUE.values()}
    assert readers & set(imported) == {"discourse.formats.discourse_forum"}
    assert not [name for name in imported if name.startswith("discourse._markup.xml")]


@pytest.mark.parametrize("made", [None, [Thread()], Thread(), (), "text"])
def test_a_format_that_parses_to_no_reading_is_named(bring, made, tmp_path):
    bar = Format(
        name="bar",
        title="a test",
        suffixes=[".bar"],
        parse=lambda _: made,
        signature=Beginning("#bar"),
        stream=lambda _: iter([made]),
        serialize=lambda _: made if not isinstance(made, str) else None,
    )
    bring(Point("bar", bar))
    for text, name in (("#bar", None), ("text", "bar")):
        with pytest.raises(FieldTypeError, match=r"Format\('bar'\)\.parse: must return a Reading"):
            parse(text, name)
    with pytest.raises(
        FieldTypeError, match=r"Format\('bar'\)\.stream: must yield instances of Reading"
    ):
        list(discourse.stream(io.BytesIO(b"#bar")))
    with pytest.raises(FieldTypeError, match=r"Format\('bar'\)\.serialize: must return a str"):
        discourse.write(Thread(), tmp_path / "a.bar")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("made", [3, format_of("json")])
def test_what_is_no_format_or_takes_a_name_is_passed_over(bring, made):
    bring(Point("bad", made))

    with pytest.warns(RuntimeWarning, match="'bad'"):
        assert [format.name for format in available()] == FORMATS


def test_an_input_that_two_formats_claim_is_left_to_the_caller(bring):
    bring(Point("bar", format_of("bar")), Point("baz", format_of("baz")))

    with pytest.raises(UnknownFormatError, match=r"bar or baz: say which with format="):
        parse("#bar")


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


@given(text=st.text() | st.text(alphabet='{}[]",:aé1 \\n<>', max_size=80))
def test_facts_about_any_text_are_worked_out(text):
    head = Head(text)
    assert all(row.signature for row in CATALOGUE.values())
    for format in available():
        assert format.fits(head) >= 0


@pytest.mark.parametrize(
    ("text", "key", "fits"),
    [
        ('{"a": {"b": [{"c": 1}]}}', "a.b[].c", True),
        ('{"a": {"b": [{"c": 1}]}}', "a.b.c", False),
        ('[[{"a": "x"}]]', "[][].a=x", True),
        ('{"a": 1}\n{"b": 2}', "b", True),
        ('{"a": "xyz"}', "a=xy*", True),
        ('{"a": "xyz"}', "a=xy", False),
        ('{"a": {"b": 1}}', "a=b", False),
        ('{"q": {"a": 1}}', "*.a", True),
        ('{"aa": 1}', "*.a", False),
        ('{"a": "}]{", "b": 1}', "b", True),
        ('{"a": "\\"", "b": 1}', "b", True),
        ('{"a": [1, 2, {"d": 3}], "b": tr', "a[].d=3", True),
        ('"a": 1', "a", False),
    ],
)
def test_keys_are_found_by_their_paths(text, key, fits):
    assert bool(JsonKeys(key).fits(Head(text))) is fits


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


PAGE = "{}\n\nThe body.\n\n  1. {}!\n\n    • And second.\n"
POSITIONS = {"ids": "position"}


def read_together(tmp_path, *threads):
    paths = [tmp_path / f"{n}.json" for n in range(len(threads))]
    for path, thread in zip(paths, threads, strict=True):
        discourse.dump(thread, path)
    return discourse.read(paths)


def only(id, article=None, **options):
    return Thread(article, [Comment(id, text=f"I am {id}.")], **options)


def ids_of(reading):
    return [[comment.id for comment in thread] for thread in reading.threads]


def test_pages_of_text_of_two_articles_are_two_threads():
    pages = (PAGE.format("A mill", "Yes"), PAGE.format("A bridge", "No"))
    reading = discourse.read([io.BytesIO(page.encode()) for page in pages])
    assert [(t.article.title, t["1"].text) for t in reading.threads] == [
        ("A mill", "Yes!"),
        ("A bridge", "No!"),
    ]
    assert not [problem for problem in reading.problems if problem.kind == "conflict"]


def test_pages_of_text_of_one_article_are_one_thread():
    pages = (PAGE.format("A mill", "Yes"), PAGE.format("A mill", "No"))
    reading = discourse.read([io.BytesIO(page.encode()) for page in pages])
    assert reading.thread["1"].text == "No!"


def test_titles_are_one_but_for_case_and_blanks(tmp_path):
    titles = ("A Mill", " a  mill ", "A MILL")
    threads = [only(str(n), Article(title)) for n, title in enumerate(titles)]
    assert ids_of(read_together(tmp_path, *threads)) == [["0", "1", "2"]]


def test_what_names_no_title_belongs_to_the_only_one_there_is(tmp_path):
    loose = (only("1"), only("2", Article(comment_count=3)), only("3", Article(text="So.")))
    assert ids_of(read_together(tmp_path, *loose, only("4", Article("T")))) == [list("1234")]
    both = (only("4", Article("T")), only("5", Article("U")))
    assert ids_of(read_together(tmp_path, *loose, *both)) == [["1", "2"], ["3"], ["4"], ["5"]]


def test_two_texts_without_a_title_are_two_discussions(tmp_path):
    threads = [only(id, Article(text=text)) for id, text in zip("123", "aba", strict=True)]
    assert ids_of(read_together(tmp_path, *threads)) == [["1", "3"], ["2"]]


@pytest.mark.parametrize("name", [{"id": "5"}, {"url": "https://mill.example/5"}])
def test_what_has_no_id_belongs_to_the_one_article_that_has_only_if_no_title_differs(
    tmp_path, name
):
    named = only("1", Article("A mill", **name))
    other = only("2", Article("A bridge"))
    same = only("3", Article("a mill"))
    assert ids_of(read_together(tmp_path, named, other)) == [["1"], ["2"]]
    assert ids_of(read_together(tmp_path, same, other, named)) == [["3", "1"], ["2"]]
    assert ids_of(read_together(tmp_path, named, only("4"))) == [["1", "4"]]
    untitled = only("5", Article(**name))
    assert ids_of(read_together(tmp_path, other, untitled)) == [["2", "5"]]
    assert ids_of(read_together(tmp_path, other, same, untitled)) == [["2"], ["3"], ["5"]]


def test_an_article_with_an_id_may_change_its_title(tmp_path):
    threads = [only(id, Article(f"Title {id}", id="5")) for id in "12"]
    assert ids_of(read_together(tmp_path, *threads)) == [["1", "2"]]


def test_ids_that_are_positions_are_merged_only_where_the_title_is_one(tmp_path):
    titled = only("1", Article("T"), meta=POSITIONS)
    for other in (only("2"), only("2", meta=POSITIONS), only("2", Article(id="5"))):
        assert ids_of(read_together(tmp_path, titled, other)) == [["1"], ["2"]]
    pasted = [only("1", meta=POSITIONS), only("1", meta=POSITIONS)]
    assert ids_of(read_together(tmp_path, *pasted)) == [["1"], ["1"]]
    later = only("2", Article("t"), meta=POSITIONS)
    assert ids_of(read_together(tmp_path, titled, later)) == [["1", "2"]]


@pytest.mark.parametrize("other", ["b", "b.json", Path("b.json")])
def test_a_second_file_in_place_of_a_format_is_told_to_be_of_a_list(tmp_path, other):
    words = rf"no format is called 'b.*given as a list, read\(\['.*', {str(other)!r}\]"
    for source in ("a", Path("a"), tmp_path):
        with pytest.raises(UnknownFormatError, match=words):
            discourse.read(source, other)


def test_what_is_no_word_names_no_format():
    for wrong in (["json"], 1, b"json"):
        with pytest.raises(FieldTypeError, match="must be a str, the name of a format"):
            parse("text", wrong)


def test_an_option_that_a_format_has_not_is_refused_with_those_that_it_has():
    with pytest.raises(FieldError, match="must not be given: json has no options: 'contacts'"):
        parse(discourse.dumps(Thread()), "json", contacts=True)
    with pytest.raises(FieldError, match=r"must be an option of wxr \(contacts, zone\), not 'x'"):
        parse("<rss/>", "wxr", x=1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "x.html",
            r"discourse\.render\.html for a page; or say format=, one of .*json, jsonl, .*wxr",
        ),
        ("x.HTML.gz", r"discourse\.render\.html"),
        ("x.svg", r"discourse\.render\.svg"),
        ("x.dot", r"discourse\.render\.dot"),
        ("x.md", r"discourse\.render\.markdown"),
        ("x.rss", r"names no format: say format=, one of .*json, jsonl, .*wxr"),
        ("x", r"names no format: say format=, one of .*json, jsonl, .*wxr"),
    ],
)
def test_a_suffix_that_names_no_format_is_told_what_makes_such_a_file(tmp_path, name, words):
    with pytest.raises(UnknownFormatError, match=words):
        discourse.write(Thread(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_several_threads_in_a_file_of_one_are_told_what_holds_several(tmp_path):
    with pytest.raises(UnknownFormatError, match=r"one thread, not 2: .* jsonl \(\.jsonl\)"):
        discourse.write([Thread(), Thread()], tmp_path / "a.json")
    with pytest.raises(UnknownFormatError, match=r"can be read but not written: these can, .*json"):
        discourse.write(Thread(), tmp_path / "a.xml", "feed")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("second", [Thread(), [Thread()], Reading([Thread()])])
@pytest.mark.parametrize("first", ["x.json", Path("x.json")])
def test_a_path_that_comes_first_is_told_to_come_second(first, second):
    with pytest.raises(TypeError, match="the threads come first and the path second"):
        discourse.write(first, second)


@pytest.mark.parametrize(
    ("threads", "words"),
    [
        (Reading([Thread()]), r"not a Reading: pass its \.thread"),
        ([Thread(), 1], "must be a Thread, not 1"),
        ([Comment("1")], "must be a Thread, not a Comment"),
        (None, "must be a Thread, not None"),
        ("text", "must be a Thread, not 'text'"),
    ],
)
def test_what_is_no_thread_is_not_written(tmp_path, threads, words):
    with pytest.raises(TypeError, match=words):
        discourse.write(threads, tmp_path / "a.jsonl")
    with pytest.raises(TypeError, match=words):
        discourse.formats.serialize(threads, "jsonl")
    assert not list(tmp_path.iterdir())


def test_a_list_of_no_file_is_refused():
    for nothing in ([], (), iter([])):
        with pytest.raises(FieldError, match="no file given"):
            discourse.read(nothing)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"contacts": "no"}, "contacts: must be True or False, not 'no'"),
        ({"contacts": 1}, "contacts: must be True or False"),
        ({"contacts": None}, "contacts: must be True or False"),
        ({"zone": 2}, "zone: must be the name of a zone, .* an offset or a tzinfo, not 2"),
    ],
)
@pytest.mark.parametrize("name", ["wordpress-rest", "wxr", None])
def test_an_option_of_the_wrong_type_is_refused_by_its_name(name, options, words):
    text = "[]" if name != "wxr" else '<rss xmlns:wp="http://wordpress.org/export/1.2/"/>'
    if name is None:
        text = '[{"id": 1, "post": 5, "parent": 0, "content": {"rendered": ""}, "author_name": ""}]'
    with pytest.raises(FieldTypeError, match=words):
        parse(text, name, **options)


def test_an_option_of_the_right_type_is_taken():
    assert parse("[]", "wordpress-rest", contacts=True, zone=dt.UTC).threads == ()
    assert parse("[]", "wordpress-rest", contacts=False, zone=None).threads == ()


def test_options_of_a_format_that_names_no_types_are_its_own_affair(bring):
    def parse_bar(_, *, contacts=None, tags: list[str] | tuple[str, ...] = ()):
        return Reading([Thread(meta={"contacts": contacts, "tags": tags})])

    bring(
        Point("bar", Format(name="bar", title="a test", parse=parse_bar)),
    )
    meta = parse("", "bar", contacts="no", tags=["a"]).thread.meta
    assert (meta["contacts"], meta["tags"]) == ("no", ("a",))


def test_json_that_no_format_knows_is_told_what_to_say():
    with pytest.raises(UnknownFormatError, match="say which with format=; ") as caught:
        parse('{"a": 1}')
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("jsno", r"\(similar: json"),
        ("Page-Text", r"\(similar: pagetext\)"),
        ("wordpress", "wordpress-html"),
        ("qqq", r"'qqq'; discourse\.formats\.available\(\) lists them"),
    ],
)
def test_a_name_that_no_format_has_is_told_similar_ones(name, hint):
    with pytest.raises(UnknownFormatError, match=hint) as caught:
        parse("", name)
    assert len(str(caught.value)) < 200


def test_a_format_is_shown_in_a_line():
    (table,) = (each for each in discourse.formats.available() if each.name == "table")
    assert repr(table).startswith("Format(name='table', suffixes=('.csv', ")
    assert all(len(repr(each)) < 200 for each in discourse.formats.available())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            {"authors": [Author("Ada")]},
            {"authors": [Author("Ben"), Author(id="7")]},
            "authors was 1 value (with 'Ada') and is 2 values (with 'Ben', '7')",
        ),
        (
            {"authors": [Author("Ada", url="a")]},
            {"authors": [Author("Ada", url="b")]},
            "authors was 1 value (with 'Ada' (url 'a')) and is 1 value (with 'Ada' (url 'b'))",
        ),
        (
            {"tags": {"mill", "town"}},
            {"tags": {"mill"}},
            "tags was 2 values (with 'town') and is 1 value",
        ),
        (
            {"captions": ["a"]},
            {"captions": ["a", *"bcdefg"]},
            "captions was 1 value and is 7 values (with 'b', 'c', 'd')",
        ),
        (
            {"created_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
            {"created_at": dt.datetime(2020, 1, 2, tzinfo=dt.UTC)},
            "created_at was '2020-01-01T00:00:00+00:00' and is '2020-01-02T00:00:00+00:00'",
        ),
    ],
)
def test_a_conflict_of_several_captures_says_in_what_they_differ(tmp_path, old, new, words):
    threads = [only("1", Article("T", **told)) for told in (old, new)]
    (problem,) = read_together(tmp_path, *threads).problems
    assert problem.message == f"{words}: kept the later one"


def test_the_message_of_a_conflict_is_bounded_however_much_there_is(tmp_path):
    names = [[Author(c * 10_000, n * 1000) for n in "abcdef"] * 50 for c in "xy"]
    (problem,) = read_together(
        tmp_path, *(only("1", Article("T", authors=each)) for each in names)
    ).problems
    assert len(problem.message) < 500
