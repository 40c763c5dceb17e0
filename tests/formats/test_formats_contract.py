"""The contract that every format keeps, whichever it is: one small input of each, and threads."""

import builtins
import io
import os
import re
import socket
import tomllib
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import DiscourseError, ParseError, Problem, Reading, Status, Thread, strategies
from discourse.formats import available, parse, read, serialize

FORMATS = {format.name: format for format in available()}
WRITABLE = sorted(n for n, f in FORMATS.items() if f.serialize or f.serialize_all)


@attrs.frozen
class Sample:
    """An input with two comments, the second a reply, and with a third that is broken."""

    text: str
    broken: str
    """What to put into the text, at its mark, so that it has one comment more, not as it should."""

    @property
    def whole(self):
        return self.text.replace("@@", "")

    @property
    def damaged(self):
        return self.text.replace("@@", self.broken)


THREAD = Thread(
    discourse.Article("T", id="1"),
    [discourse.Comment("7", text="Hm."), discourse.Comment("8", "7", text="Yes.")],
)
SAMPLES = {
    path.stem: Sample(**tomllib.loads(path.read_text(encoding="utf-8")))
    for path in Path(__file__).with_name("fixtures").glob("*.toml")
}

EACH = pytest.mark.parametrize("name", FORMATS)
#: A document that is broken is no document: nothing of it can be kept.
ALL_OR_NOTHING = {"json"}
#: One document is a file of one line; a line of a dump is the data of a thing.
IN_EACH_OTHER = {("jsonl", "json"), ("reddit", "pushshift")} | {
    ("table", name)
    for name in (
        "artrans",
        "convokit",
        "hackernews",
        "mastodon",
        "pushshift",
    )  # whose objects are rows
}
#: The format has no replies.
FLAT = {"mtif"}
#: Any text is the text of a page, if one says so.
TAKES_ALL = {"pagetext"}


def found(reading):
    return [c for thread in reading.threads for c in thread if c.status is not Status.MISSING]


def test_every_format_has_its_sample():
    assert set(SAMPLES) == set(FORMATS)


@EACH
def test_a_record_says_what_it_is(name):
    made = FORMATS[name]
    assert made.title and made.name == name == name.lower()
    assert made.suffixes and all(each.startswith(".") for each in made.suffixes)
    assert all("/" in each for each in made.media_types)
    assert bool(made.holds) == bool(made.losses), "what is lost is told of each thread, and once"


@EACH
def test_an_input_is_known_by_its_content(name, tmp_path):
    """Whatever its file is called."""
    text = SAMPLES[name].whole
    expected = FORMATS[name].parse(text)
    for file_name in ("page.html", "a.json", "none"):
        path = tmp_path / file_name
        path.write_text(text, encoding="utf-8")
        assert read(path) == expected


@EACH
def test_the_two_comments_come_out(name):
    reading = parse(SAMPLES[name].whole, name)
    first, second = found(reading)
    assert second.parent_id == (None if name in FLAT else first.id) and first.parent_id is None
    assert all(isinstance(problem, Problem) for problem in reading.problems)


@EACH
def test_reading_is_pure(name, monkeypatch):
    """The same text gives the same value; and nothing is opened for it, file or socket."""
    text = SAMPLES[name].damaged
    parsers = [lambda: FORMATS[name].parse(text)]
    if name in WRITABLE:
        parsers.append(lambda: serialize(THREAD, name))
    if name in ALL_OR_NOTHING:
        parsers = [lambda: FORMATS[name].parse(SAMPLES[name].whole), *parsers[1:]]
    before = [each() for each in parsers]

    def refuse(*_, **__):
        raise AssertionError("this is no work of a format")

    with monkeypatch.context() as patch:
        for module, names in ((builtins, ["open"]), (io, ["open"]), (os, ["open", "listdir"]),
                              (socket, ["socket"]), (Path, ["open", "read_text"])):  # fmt: skip
            for each in names:
                patch.setattr(module, each, refuse)
        after = [each() for each in parsers]
    assert before == after


@pytest.mark.parametrize("name", sorted(set(FORMATS) - TAKES_ALL))
@pytest.mark.parametrize("other", FORMATS)
def test_what_is_of_another_format_is_refused_with_a_place(name, other):
    if name != other and (name, other) not in IN_EACH_OTHER:
        with pytest.raises(ParseError) as caught:
            parse(SAMPLES[other].whole, name)
        assert caught.value.place is not None


@EACH
def test_a_broken_part_is_told_and_the_rest_is_kept(name):
    whole, damaged = SAMPLES[name].whole, SAMPLES[name].damaged
    if name in ALL_OR_NOTHING:
        with pytest.raises(ParseError) as caught:
            parse(damaged, name)
        assert caught.value.place is not None
        return
    good, reading = parse(whole, name), parse(damaged, name)
    told = [p for p in reading.problems if p not in good.problems]
    assert told, "the broken part is told"
    assert {c.id for c in found(good)} <= {c.id for c in found(reading)}
    out = len(found(reading)) - len(found(good))
    assert out == 1 or len([p for p in told if p.values or p.place]) == 1, "the third one is lost"


@EACH
def test_encodings_make_no_difference(name):
    text = SAMPLES[name].whole.replace("Hm.", "Hm – naïve…")
    expected = parse(text, name).threads
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        reading = parse(text.encode(encoding))
        assert reading.threads == expected, encoding
    assert parse(text.encode("cp1252"), name).threads == expected or name in ("json", "jsonl")


@EACH
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_a_cut_input_is_read_or_refused(name, data):
    text = SAMPLES[name].damaged
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        reading = parse(cut, name)
    except ParseError:
        return
    ids = [c.id for c in found(reading)]
    assert len(ids) <= 3 or name == "pagetext"


@pytest.mark.parametrize("name", WRITABLE)
@settings(max_examples=settings().max_examples * 3 // 5)
@given(thread=strategies.threads(max_size=6))
def test_what_is_written_is_read_again_but_for_the_losses(name, thread):
    """A thread of which nothing is said to be lost comes back; and of others, what can be held."""
    made = FORMATS[name]
    text, lost = serialize(thread, name)
    again = made.parse(text).thread
    assert lost or attrs.evolve(again, source=thread.source) == thread
    if made.holds is None:
        assert again == thread
    elif name not in TAKES_ALL:
        assert len(again) == len(thread)
        text_again, lost_again = serialize(again, name)
        assert made.parse(text_again).thread == again and not lost_again


@pytest.mark.parametrize("name", WRITABLE)
def test_a_thread_may_be_empty_deep_or_wide(name):
    chain = [discourse.Comment(str(n), str(n - 1) if n > 1 else None) for n in range(1, 2_001)]
    fan = [discourse.Comment(str(n), "1" if n > 1 else None) for n in range(1, 2_001)]
    for comments in ([], chain, fan):
        thread = Thread(None, [attrs.evolve(c, text="x") for c in comments])
        text, _ = serialize(thread, name)
        again = FORMATS[name].parse(text).thread
        assert [again.depth(c) for c in again] == [thread.depth(c) for c in thread]


def test_samples_in_one_archive_are_one_reading(tmp_path):
    import zipfile  # noqa: PLC0415 - for this test alone

    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, sample in SAMPLES.items():
            archive.writestr(name, sample.whole)
    reading = read(path)
    assert isinstance(reading, Reading)
    assert len(reading.threads) == len(SAMPLES) + 1, "jsonl has two"


PIECE = re.compile(r'<[^<>]*>|[\[\]{}]|"[^"\n]*"|^.*\n', re.MULTILINE)


@EACH
def test_one_piece_less_is_noticed_or_loses_nothing(name):
    """A tag, a bracket, a string or a line taken out, at every place."""
    text = SAMPLES[name].whole
    ids = {comment.id for comment in found(parse(text, name))}
    for piece in PIECE.finditer(text):
        shorter = text[: piece.start()] + text[piece.end() :]
        try:
            reading = parse(shorter, name)
        except DiscourseError:
            continue
        lost = ids - {comment.id for comment in found(reading)}
        assert reading.problems or not lost, f"{piece[0]!r} taken out: {shorter}"
