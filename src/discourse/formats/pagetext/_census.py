"""Split a page into lines, with the indentation, the list marker, and a blank line before each."""

import re
from typing import NamedTuple

from .._phrases.furniture import is_date_like_item
from ._html2text import is_of_html2text, realigned

#: One level of a list is this many columns wide; a tab counts as one level.
STEP = 2

_NUMBER = re.compile(r"([0-9]{1,9})\.(?:[ \t]|$)")
#: The bullets, most reliable first: resiliparse writes the first, html2text and inscriptis the
#: second.
BULLETS = ("\u2022", "*", "-")
_INVISIBLE = " \t\r\u00a0\u200b\ufeff"


class Line(NamedTuple):
    """One line that is not blank."""

    number: int
    """Its line number in the file, from 1."""
    indent: int
    """The column of its first character."""
    text: str
    """The line without its indentation."""
    after_blank: bool
    """Whether a blank line or the beginning of the file precedes it."""
    style: str
    """``"#"`` for ``1.``, the bullet for a bullet, ``""`` for text."""
    ordinal: int
    """The number of a numbered item, else 0."""
    rest: str
    """The text after the marker."""


class Census(NamedTuple):
    """All lines of a page, and facts about the page as a whole."""

    lines: list[Line]
    has_blanks: bool
    """Whether there are blank lines at all; without any, tight and loose mean nothing."""
    is_flat: bool
    """Whether the indentation was trimmed, so there is no tree to read."""


def census(text: str) -> Census:
    r"""Return the lines of *text* that are not blank.

    >>> [(line.indent, line.style, line.rest) for line in census("A\n\n  1. b\n    c").lines]
    [(0, '', 'A'), (2, '#', 'b'), (4, '', 'c')]
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = [_row(row) for row in text.split("\n")]
    if is_of_html2text(rows):
        rows = realigned(rows)
    # ``*`` and ``-`` count only if no line has a real bullet
    used = {body[0] for indent, body in rows if indent >= STEP and _begins_with(body, BULLETS)}
    bullet = next((bullet for bullet in BULLETS if bullet in used), BULLETS[0])
    lines: list[Line] = []
    after_blank = True
    has_blanks = False
    for number, (indent, body) in enumerate(rows, 1):
        if not body:
            after_blank = True
            has_blanks = has_blanks or bool(lines)
            continue
        style, ordinal, rest = marker_of(body, bullet)
        if style == "#" and indent != STEP and is_date_like_item(body):
            style, ordinal, rest = "", 0, body
        lines.append(Line(number, indent, body, after_blank, style, ordinal, rest))
        after_blank = False
    is_flat = any(line.style for line in lines) and not any(line.indent for line in lines)
    return Census(lines, has_blanks, is_flat)


def _row(row: str) -> tuple[int, str]:
    """Return the indentation of a line and the rest, which is empty for a blank line."""
    body = row.lstrip(" \t")
    indent = len(row) - len(body)
    indent += row.count("\t", 0, indent) * (STEP - 1)
    return indent, "" if is_blank(body) else body


def is_blank(text: str) -> bool:
    """Return whether *text* has no visible character."""
    return not text or not text.strip().strip(_INVISIBLE).strip()


def marker_of(body: str, bullet: str) -> tuple[str, int, str]:
    """Return the style, the number and the rest of a non-blank line."""
    if _begins_with(body, (bullet,)):
        return bullet, 0, body[2:].lstrip(" \t")
    match = _NUMBER.match(body)
    if match is not None:
        return "#", int(match[1]), body[match.end() :].lstrip(" \t")
    return "", 0, body


def _begins_with(body: str, bullets: tuple[str, ...]) -> bool:
    return body[:1] in bullets and body[1:2] in (" ", "\t", "")
