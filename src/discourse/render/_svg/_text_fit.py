"""Put outside text into a picture: cleaned, escaped for XML, and cut to the room there is."""

import unicodedata
from html import escape

from ..._terminal.columns import one_line
from ...model import Author, Comment, Status
from ...plain import plain_text

_MOST = 2_000  # characters that are looked at: no picture has room for more
BOLD = 1.12
"""How much broader bold letters are."""
_NARROW = frozenset("fijlrtI.,:;'|!()[]·-` ")
_BROAD = frozenset("mwMW@%—…")
_WIDTHS = {"W": 1.0, "F": 1.0}


def escaped(text: str) -> str:
    r"""Return *text* on one line, fit for XML: nothing in it is markup, or steers.

    >>> escaped("a < b\x00\u202e & \"c\"")
    'a &lt; b\\x00\\u202e &amp; &quot;c&quot;'
    """
    return escape(one_line(text[:_MOST]))


def fit(text: str, room: float) -> str:
    """Return the line of *text* that fits *room*, escaped, an ellipsis where something was cut.

    The room is in ems. How broad a letter is depends on the font of the reader; it is estimated.
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
    """Return the first words of *text* that fit *room*, escaped, and the rest as it is.

    A word that is broader than the room is cut.
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
    """Return how many ems *text* is broad, and at most *most*."""
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
    """Return what an author is called in a picture; None where there is nothing to be seen."""
    names = (author.display_name, author.name, author.id)
    return next((name for name in names if name and not name.isspace()), None)


def words_of(comment: Comment) -> str:
    """Return what to tell of a comment: its words, or why there are none; "" where that is all."""
    if comment.status is Status.MISSING:
        return "not here"
    text = plain_text(comment, links=False) if (comment.text or "").strip() else None
    words = text or comment.title or ""
    if comment.status is not Status.VISIBLE:
        return f"({comment.status.value}) {words}"
    return words


def tip(comment: Comment, said: str) -> str:
    """Return what is shown to a reader who points at a comment."""
    name = name_of(comment.author) if comment.author is not None else None
    when = f"{comment.created_at:%Y-%m-%d %H:%M %z}" if comment.created_at is not None else None
    return " · ".join(part for part in (name, when, said[:400]) if part) or comment.id
