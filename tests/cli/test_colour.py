"""Colours and the progress bar: what they show, and when there are none."""

import io
import re
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Comment, Thread, render
from discourse._cli import _colour, _progress
from discourse._terminal.tree import cut_pieces, tree_lines
from discourse.strategies import threads

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@given(
    threads(complete=False, max_size=8),
    st.integers(20, 90),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
)
def test_the_coloured_tree_is_the_plain_one_with_colours(thread, width, depth, lines):
    pieces = tree_lines(thread, width, depth, lines, cut_pieces)
    drawn = ["".join(text for text, _ in line).rstrip() for line in pieces]
    plain = render.text(thread, width=width, max_depth=depth, max_lines=lines)
    assert "\n".join(drawn) == plain
    assert all(kind in {"", *_colour.STYLES} for line in pieces for _, kind in line)


@pytest.mark.parametrize("command", [["show", "small.json"], ["query", "small.json", "depth 0.."]])
def test_colours_are_for_who_wants_them_and_change_no_text(run, command):
    pytest.importorskip("rich")
    plain = run(*command)
    assert "\x1b" not in plain.out
    coloured = run(*command, "--color", "always")
    assert coloured.status == 0
    assert "\x1b[" in coloured.out
    assert ESCAPES.sub("", coloured.out) == plain.out
    assert "[red]Ada" in coloured.out


def test_blank_lines_of_a_text_have_no_white_space_at_their_end(run, folder):
    pytest.importorskip("rich")
    rows = [Comment("1", text="a\n\n\nb\n \n"), Comment("2")]
    discourse.write(Thread(None, rows), folder / "blank.json")
    coloured = ESCAPES.sub("", run("show", "blank.json", "--color", "always").out)
    assert coloured == run("show", "blank.json").out
    assert " \n" not in coloured


@pytest.mark.parametrize(
    ("color", "is_terminal", "environment", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_auto_is_a_terminal_without_no_color(monkeypatch, color, is_terminal, environment, wanted):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = Screen() if is_terminal else io.StringIO()
    assert _colour.is_wanted(color, stream) is wanted


class Screen(io.StringIO):
    """A terminal, as far as it says."""

    encoding = "utf-8"

    def isatty(self):
        return True


def test_without_rich_all_is_plain(run, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    plain = run("show", "small.json")
    done = run("show", "small.json", "--color", "always")
    assert (done.status, done.out) == (0, plain.out)
    assert "discourse-model[rich]" in done.err


# -- progress --------------------------------------------------------------------------------------


@pytest.fixture
def screen(monkeypatch):
    """Put a terminal in the place of stderr, when it is called."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def screen():
        made = Screen()
        monkeypatch.setattr("sys.stderr", made)
        return made

    return screen


def test_a_long_read_is_shown_until_it_is_over(screen, folder, monkeypatch):
    pytest.importorskip("rich")
    monkeypatch.setattr(_progress, "_PATIENCE", 0)
    (folder / "[red]x").write_bytes(b"x" * 1000)
    shown_on = screen()
    with (folder / "[red]x").open("rb") as file, _progress.watched(file, "auto") as stop:
        file.read(10)
        while stop.__self__.is_alive() and "reading" not in shown_on.getvalue():
            time.sleep(0.01)
        stop()
        shown = shown_on.getvalue()
        stop()
    assert "[red]x" in shown
    assert shown_on.getvalue() == shown
    assert shown.endswith("\x1b[2K")


def test_a_long_read_of_many_files_is_shown_too(screen, monkeypatch):
    pytest.importorskip("rich")
    monkeypatch.setattr(_progress, "_PATIENCE", 0)
    shown_on = screen()
    output = sys.stdout
    with _progress.watched_files(2_000, lambda: 7, "auto") as stop:
        while stop.__self__.is_alive() and "reading" not in shown_on.getvalue():
            time.sleep(0.01)
        assert sys.stdout is output  # results do not go to the terminal of the bar
    assert "reading 2,000 files" in shown_on.getvalue()


def test_a_short_read_shows_nothing(screen, folder, monkeypatch):
    monkeypatch.setattr(_progress, "_PATIENCE", 1e6)
    shown_on = screen()
    with (folder / "page.txt").open("rb") as file, _progress.watched(file, "auto"):
        file.read()
    assert shown_on.getvalue() == ""


@pytest.mark.parametrize("color", ["auto", "never"])
def test_no_bar_where_nobody_would_see_it(folder, monkeypatch, color):
    monkeypatch.setattr(_progress, "_PATIENCE", 0)
    monkeypatch.setattr("sys.stderr", Screen() if color == "never" else io.StringIO())
    with (folder / "page.txt").open("rb") as file, _progress.watched(file, color) as stop:
        assert stop is _progress._nothing
    assert sys.stderr.getvalue() == ""


def test_a_bar_is_gone_before_anything_is_printed(screen, run, monkeypatch):
    stopped = []
    monkeypatch.setattr(_progress._Bar, "start", lambda self: None)
    monkeypatch.setattr(_progress._Bar, "stop", lambda self: stopped.append(1))
    monkeypatch.setattr("discourse.render.text", lambda *_, **__: f"stopped: {any(stopped)}")
    screen()
    assert run("show", "small.json").out == "stopped: True\n"
