"""Prepare untrusted text for a picture: clean it, escape it for XML, and cut it to fit."""

import unicodedata
from html import escape

from ..._terminal.columns import one_line
from ...model import Author, Comment, Status
from ...plain import plain_text

_MOST = 2_000  # characters to consider: no picture has room for more
BOLD = 1.12
"""How much wider bold letters are."""
_NARROW = frozenset("fijlrtI.,:;'|!()[]·-` ")
_BROAD = frozenset("mwMW@%—…")
_WIDTHS = {"W": 1.0, "F": 1.0}


def escaped(text: str) -> str:
    r"""Return *text* on one line, with markup and control characters escaped.

    >>> escaped("a < b\x00\u202e & \"c\"")
    'a &lt; b\\x00\\u202e &amp; &quot;c&quot;'
    """
    return escape(one_line(text[:_MOST]))


def fit(text: str, room: float) -> str:
    """Return *text* on one line, cut to *room* with an ellipsis, and escaped.

    The room is in ems. The width of letters depends on the reader's font, and is estimated.
    """
    line = one_line(text[:_MOST])
    used, end = 0.0, 0
    for position, char in enumerate(line):
        used += _breadth(char)
        if used > room:
            return escape(line[:end].rstrip() + "…")
        if used <= room - 1:
            end = position + 1
    return escape(line)


def broken(text: str, room: float) -> tuple[str, str]:
    """Return the first words of *text* that fit *room*, escaped, and the rest, unescaped.

    A word that is wider than the room is cut.
    """
    line = one_line(text[:_MOST])
    used, space = 0.0, 0
    for position, char in enumerate(line):
        used += _breadth(char)
        if used > room:
            if not space:
                return fit(line, room), line[position:].partition(" ")[2]
            return escape(line[:space]), line[space + 1 :]
        if char == " ":
            space = position
    return escape(line), ""


def breadth(text: str, most: float) -> float:
    """Return the width of *text* in ems, at most *most*."""
    return min(sum(map(_breadth, one_line(text[:_MOST]))), most)


def _breadth(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _BROAD:
        return 0.95
    if char.isascii():
        return 0.72 if char.isupper() else 0.62
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0.0
    return _WIDTHS.get(unicodedata.east_asian_width(char), 0.7)


def name_of(author: Author) -> str | None:
    """Return the name of an author in a picture, or None if nothing of it is visible."""
    names = (author.display_name, author.name, author.id)
    return next((name for name in names if name and not name.isspace()), None)


def words_of(comment: Comment) -> str:
    """Return the text of a comment, or the reason why it is missing, or the empty string."""
    if comment.status is Status.MISSING:
        return "missing"
    text = plain_text(comment, links=False) if (comment.text or "").strip() else None
    words = text or comment.title or ""
    if comment.status is not Status.VISIBLE:
        return f"({comment.status.value}) {words}"
    return words


def tip(comment: Comment, words: str) -> str:
    """Return the tooltip of a comment."""
    name = name_of(comment.author) if comment.author is not None else None
    when = f"{comment.created_at:%Y-%m-%d %H:%M %z}" if comment.created_at is not None else None
    return " · ".join(part for part in (name, when, words[:400]) if part) or comment.id
