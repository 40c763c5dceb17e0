"""Drawings: they keep within their width, grow with the text alone, and steer no terminal."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.render import clean, one_line, text
from discourse.strategies import deep_threads, texts, threads


def columns(line):
    """How many columns a line takes: wide characters two, marks none; the rule, told once more."""
    return sum(
        0
        if unicodedata.combining(char)
        or char in "\u200c\u200d"
        or unicodedata.category(char) == "Mn"
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in line
    )


THREAD = Thread(
    Article(
        "Bridge to close",
        site="The Example",
        authors=[Author("Bo")],
        created_at=dt.datetime(2024, 5, 31, 12, tzinfo=dt.UTC),
        comment_count=5,
    ),
    [
        Comment("1", author=Author("Ada"), text="At last.\n\n\nIt was time.", score=3),
        Comment("2", "1", text="Why?", created_at=dt.datetime(2024, 5, 31, 12, tzinfo=dt.UTC)),
        Comment("3", "2", status="deleted"),
        Comment("4", author=Author("Bo", display_name="Bo B."), title="Re", tags=["pinned"]),
    ],
)


def test_a_thread_is_drawn_as_a_tree():
    assert (
        text(THREAD, width=60)
        == """\
Bridge to close
by Bo · The Example · 2024-05-31 12:00 UTC
4 comments (the source says 5)

├─ 1 · Ada · +3
│  At last.

│  It was time.
│  └─ 2 · 2024-05-31 12:00 UTC
│     Why?
│     └─ 3 · (deleted)
└─ 4 · Bo B. · #pinned
   Re""".replace("\n\n│  It", "\n│\n│  It")
    )


def test_an_empty_thread_is_drawn_in_a_line():
    assert text(Thread()) == "0 comments"
    assert text(Thread(Article())) == "(untitled)\n0 comments"


def test_what_is_not_drawn_is_said():
    assert text(THREAD, max_depth=0).splitlines()[4:] == [
        "├─ 1 · Ada · +3",
        "│  At last.",
        "│",
        "│  It was time.",
        "│  … 2 more below",
        "└─ 4 · Bo B. · #pinned",
        "   Re",
    ]
    assert "│  At last. …\n│  └─ 2" in text(THREAD, max_lines=1)


@pytest.mark.parametrize("width", [19, 0, -1, 80.0, "80", True])
def test_a_width_that_is_none_is_refused(width):
    with pytest.raises(FieldError, match="must be None or an int of at least 20"):
        text(THREAD, width=width)


@given(threads(complete=False, max_size=8), st.integers(20, 120), st.none() | st.integers(0, 3))
def test_every_line_keeps_within_the_width(thread, width, bound):
    for line in text(thread, width=width, max_depth=bound, max_lines=bound).split("\n"):
        assert columns(line) <= width


@given(threads(complete=False, max_size=8))
def test_no_drawing_has_a_character_that_steers(thread):
    for line in text(thread).split("\n"):
        assert all(char.isprintable() or char in "\u200c\u200d" for char in line)


@given(deep_threads(max_size=600), st.integers(20, 200))
def test_a_drawing_of_a_chain_is_as_long_as_its_text(thread, width):
    drawn = text(thread, width=width)
    assert len(drawn) <= (len(thread) + 5) * (width + 1)
    assert sum(columns(line) > width for line in drawn.split("\n")) == 0


@given(threads(max_size=8))
def test_every_comment_is_drawn_once(thread):
    drawn = text(thread, width=200)
    assert len(drawn.split("\n")) >= len(thread)
    for comment in thread:
        if comment.id.isalnum():
            assert comment.id in drawn


@given(texts())
@example("\x1b]52;c;aGk=\x07")
@example("\u202eevil\u202c")
@example("a\r\nb\tc\x0b\x85\u2028")
def test_clean_text_has_line_breaks_and_nothing_that_steers(value):
    cleaned = clean(value)
    assert all(c == "\n" or c in "\u200c\u200d" or c.isprintable() for c in cleaned)
    assert clean(cleaned) == cleaned
    assert one_line(value).split() == one_line(value).split(" ") or one_line(value) == ""


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202eabc", "\\u202eabc"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u200bb", "a\\u200bb"),
        ("\ufeff", "\\ufeff"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nb\\rc"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\u2028", "\\u2028"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("e\u0301", "e\u0301"),
        ("\ue000", "\\ue000"),
        ("\U0010ffff", "\\U0010ffff"),
    ],
)
def test_what_steers_is_shown_as_an_escape(raw, shown):
    assert clean(raw) == shown


def test_wide_characters_take_two_columns():
    thread = Thread(None, [Comment("1", text="\u6c49\u5b57" * 20)])
    lines = text(thread, width=20).split("\n")[3:]
    assert [columns(line) for line in lines] == [19, 19, 19, 19, 19][: len(lines)]
    assert sum(line.count("\u6c49") for line in lines) == 20


def test_long_words_and_titles_are_broken_and_cut():
    thread = Thread(Article("w" * 50), [Comment("i" * 100, text="x" * 50, title="t" * 50)])
    lines = text(thread, width=20).split("\n")
    assert max(map(columns, lines)) == 20
    assert "".join(lines[:3]) == "w" * 50
    first = lines.index("") + 1
    assert lines[first] == "└─ " + "i" * 16 + "…"
    assert lines[first + 1] == "   " + "t" * 16 + "…"
    assert "".join(lines[first + 2 :]).replace(" ", "") == "x" * 50
