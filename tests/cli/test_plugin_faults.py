"""Formats that other packages bring and that are broken: one clean line about each."""

import warnings
from types import ModuleType

import pytest

from discourse import query
from discourse._cli import main
from discourse.formats import Beginning, Format, Reading, _registry

SOURCE = """
def parse(text):
    return {}["no \\x1b[2J such key"]

def stream(file):
    yield {}[0]

def serialize(thread):
    raise RuntimeError

def refuse(text):
    from discourse import Comment
    Comment("")
"""


class Point:
    """An entry point, as far as the shelf looks at it."""

    def __init__(self, name, made):
        self.name = name
        self.value = "barforum:FORMAT"
        self._made = made

    def load(self):
        if isinstance(self._made, Exception):
            raise self._made
        return self._made


@pytest.fixture
def theirs():
    """A package of somebody else's, whose functions fail."""
    made = ModuleType("barforum.reading")
    exec(SOURCE, vars(made))
    return made


@pytest.fixture
def bring(monkeypatch, folder):
    def bringing(made, name="bar"):
        monkeypatch.setattr(_registry, "entry_points", lambda **_: [Point(name, made)])
        _registry.plugins.cache_clear()
        (folder / "page.bar").write_text("#bar 1", encoding="utf-8")

    yield bringing
    monkeypatch.undo()
    _registry.plugins.cache_clear()


def format_of(theirs, **more):
    made = {"parse": theirs.parse, "signature": Beginning("#bar"), **more}
    return Format(name="bar", title="a bar", suffixes=(".bar",), **made)


@pytest.mark.parametrize("command", ["show", "stats", "check", "convert", "query"])
def test_a_format_that_fails_is_named_with_its_package(run, bring, theirs, command):
    bring(format_of(theirs))
    done = run(command, "page.bar", *(["depth 0"] if command == "query" else []))
    assert (done.status, done.out) == (3, "")
    assert done.err == (
        "discourse: the format bar of the package barforum failed "
        "(KeyError: 'no \\x1b[2J such key'): please report this to its maker\n"
    )


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("stream", "show page.bar", "KeyError: 0"),
        ("serialize", "convert small.json -o out.bar", "RuntimeError"),
    ],
)
def test_a_format_may_fail_while_it_streams_or_writes(bring, theirs, run, *, more, line, said):
    bring(format_of(theirs, **{more: getattr(theirs, more)}))
    done = run(*line.split())
    assert (done.status, done.out) == (3, "")
    assert f"the format bar of the package barforum failed ({said}): please" in done.err


def test_an_error_of_the_library_is_told_as_it_is(run, bring, theirs):
    bring(format_of(theirs, parse=theirs.refuse))
    done = run("show", "page.bar")
    assert done.status == 3
    assert done.err.startswith("discourse: Comment.id: ")


def test_a_bug_of_this_library_is_not_laid_at_anybody_elses_door(bring, theirs, monkeypatch):
    bring(format_of(theirs))
    monkeypatch.setattr(query, "select", lambda *_: {}["ours"])
    with pytest.raises(KeyError, match="ours"):
        main(["query", "small.json", "depth 0"])


def test_a_format_that_works_is_no_trouble(run, bring, theirs):
    bring(format_of(theirs, parse=lambda _: Reading([])))
    assert run("check", "page.bar").err.startswith("discourse: 0 threads, 0 comments, 0 problems\n")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("made", [ImportError("no such module"), 3])
def test_a_warning_is_a_line_like_all_others(run, bring, made):
    bring(made, "bar\x1b")
    done = run("show", "small.json")
    assert done.status == 0
    (line,) = done.err.splitlines()
    assert line.startswith("discourse: ")
    assert "bar\\x1b" in line
    assert "Warning" not in line
    assert ".py" not in line


def test_warnings_are_shown_as_before_when_the_command_is_over(run, bring):
    before = warnings.showwarning
    run("show", "small.json")
    assert warnings.showwarning is before
