"""What a format and a reading are made of, and what they say to somebody who takes them wrongly."""

import copy
import pickle

import pytest

from discourse import Article, Comment, Problem, Reading, Thread
from discourse.errors import FieldError, FieldTypeError
from discourse.formats import (
    Beginning,
    Format,
    HtmlMarks,
    JsonKeys,
    Magic,
    XmlRoot,
    available,
)

THREAD = Thread(Article("T"), [Comment("1", text="One.")])
READING = Reading([THREAD], [Problem("odd", "Something.")], inferred=["1"])


def made(**fields):
    return Format(**{"name": "bar", "title": "a test", "parse": len, **fields})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"suffixes": ".bar"}, "Format.suffixes: must be an iterable of strings"),
        ({"suffixes": [1]}, "Format.suffixes: must hold only strings, not 1"),
        ({"media_types": "text/bar"}, "Format.media_types: must be an iterable of strings"),
        ({"losses": None}, "Format.losses: must be an iterable of strings"),
        ({"signature": 1}, "Format.signature: must be a signature or several"),
        ({"parse": None}, "Format.parse: must be a function, not None"),
        ({"stream": "x"}, "Format.stream: must be a function or None, not 'x'"),
        ({"holds": ["x"]}, "Format.holds: must be a function or None, not a list"),
        ({"name": None}, "Format.name: must be a string, not None"),
        ({"title": 1}, "Format.title: must be a string, not 1"),
    ],
)
def test_a_format_refuses_what_is_of_the_wrong_type(fields, words):
    with pytest.raises(FieldTypeError, match=words):
        made(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "X Y"}, "Format.name: must be letters, .* not 'X Y'"),
        ({"name": ""}, "Format.name: must be letters"),
        ({"name": "a\n"}, "Format.name: must be letters"),
        ({"suffixes": ["bar"]}, "Format.suffixes: must begin with a dot .* not 'bar'"),
        ({"suffixes": [".BAR"]}, "Format.suffixes: must begin with a dot and have no capitals"),
    ],
)
def test_a_format_refuses_a_name_or_a_suffix_that_nobody_could_use(fields, words):
    with pytest.raises(FieldError, match=words):
        made(**fields)


def test_a_format_takes_its_words_as_any_iterable():
    format = made(suffixes=iter([".bar", ".baz"]), losses=["names"])
    assert (format.suffixes, format.losses) == ((".bar", ".baz"), ("names",))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"threads": [1]}, "Reading.threads: must hold only Thread, not 1"),
        ({"threads": THREAD}, r"Reading.threads: must be .* such as \[thread\], not a Thread"),
        ({"threads": THREAD.comments}, "Reading.threads: must hold only Thread, not a Comment"),
        ({"threads": None}, "Reading.threads: must be an iterable of Thread, not None"),
        ({"problems": ["x"]}, "Reading.problems: must hold only Problem, not 'x'"),
        ({"problems": Problem("a", "b")}, r"Reading.problems: must be .* such as \[problem\]"),
        ({"inferred": "abc"}, "Reading.inferred: must be an iterable of strings"),
        ({"inferred": [1]}, "Reading.inferred: must hold only strings"),
    ],
)
def test_a_reading_refuses_what_is_no_thread_problem_or_id(fields, words):
    with pytest.raises(FieldTypeError, match=words):
        Reading(**fields)


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (len, r"use len\(reading\.thread\)"),
        (list, r"use reading\.thread, or loop over reading\.threads"),
        (lambda reading: reading[0], r"use reading\.thread\["),
        (lambda reading: "1" in reading, r"use reading\.thread"),
        (lambda reading: Thread(None, reading), r"use reading\.thread"),
    ],
)
def test_a_reading_that_is_taken_for_its_thread_says_where_the_thread_is(use, words):
    with pytest.raises(TypeError, match=words):
        use(READING)


@pytest.mark.parametrize("name", ["comments", "article", "walk", "replies", "subtree"])
def test_what_a_thread_has_and_a_reading_has_not_is_asked_of_the_thread(name):
    with pytest.raises(AttributeError, match=rf"use reading\.thread\.{name}") as caught:
        getattr(READING, name)
    assert caught.value.name == name


def test_what_neither_has_is_only_not_there():
    with pytest.raises(AttributeError, match=r"'Reading' has no attribute 'nothing'$"):
        _ = READING.nothing


def test_a_reading_is_true_and_is_copied_as_it_is():
    assert READING and Reading()
    assert READING == copy.deepcopy(READING) == pickle.loads(pickle.dumps(READING))


def test_every_format_here_is_made_anew_from_its_own_fields():
    for format in available():
        assert Format(**{field: getattr(format, field) for field in Format.__slots__[:-1]})


def test_a_format_is_writable_that_writes_one_thread_or_several():
    def made(**how):
        return Format(name="x", title="X", parse=str, **how)

    assert not made().is_writable
    assert made(serialize=str).is_writable and made(serialize_all=str).is_writable


@pytest.mark.parametrize(
    "make",
    [
        lambda: JsonKeys(),
        lambda: JsonKeys(["a"]),
        lambda: XmlRoot(),
        lambda: XmlRoot("a", having=3),
        lambda: HtmlMarks(3),
        lambda: Beginning(3),
        lambda: Magic("a"),
        lambda: Format(name="a", title="A", parse=print, signature=JsonKeys),
        lambda: Format(name="a", title="A", parse=print, signature=[JsonKeys("a"), "b"]),
    ],
)
def test_what_is_no_signature_is_refused_when_it_is_made(make):
    with pytest.raises(FieldTypeError):
        make()
