"""The lines of a page as a census: indentation, list marker, and what stands before each."""

import re
from typing import NamedTuple

from .._phrases.furniture import is_date_like_item

#: One level of a list is this many columns wide; a tab counts as one level.
STEP = 2

_NUMBER = re.compile(r"([0-9]{1,9})\.(?:[ \t]|$)")
#: The bullets that count, the surest first.
BULLETS = ("\u2022", "*", "-")
_INVISIBLE = " \t\r\u00a0\u200b\ufeff"


class Line(NamedTuple):
    """One line that is not blank."""

    number: int
    """Its place in the file, counted from 1."""
    indent: int
    """The column of its first character."""
    text: str
    """The line without its indentation."""
    after_blank: bool
    """Whether a blank line, or the beginning of the file, stands before it."""
    style: str
    """``"#"`` for ``1.``, the bullet for a bullet, ``""`` for text."""
    ordinal: int
    """The number of a numbered item, else 0."""
    rest: str
    """The text after the marker."""


class Census(NamedTuple):
    """All lines of a page, and what holds for the page as a whole."""

    lines: list[Line]
    has_blanks: bool
    """Whether blank lines stand between lines: where not, tight and loose mean nothing."""
    is_flat: bool
    """Whether the indentation has been trimmed away: then no tree can be read."""


def census(text: str) -> Census:
    r"""Return the lines of *text* that are not blank.

    >>> [(line.indent, line.style, line.rest) for line in census("A\n\n  1. b\n    c").lines]
    [(0, '', 'A'), (2, '#', 'b'), (4, '', 'c')]
    """
    rows = _rows(text)
    bullet = _bullet(rows)
    lines: list[Line] = []
    blank = True
    has_blanks = False
    for number, indent, body in rows:
        if not body:
            blank = True
            has_blanks = has_blanks or bool(lines)
            continue
        style, ordinal, rest = marker_of(body, bullet)
        if style == "#" and indent != STEP and is_date_like_item(body):
            style, ordinal, rest = "", 0, body
        lines.append(Line(number, indent, body, blank, style, ordinal, rest))
        blank = False
    return Census(lines, has_blanks, _is_flat(lines))


def _rows(text: str) -> list[tuple[int, int, str]]:
    """Return (number, indent, text) of each line; the text of a blank line is empty."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = []
    for number, row in enumerate(text.split("\n"), 1):
        body = row.lstrip(" \t")
        indent = len(row) - len(body)
        if indent and "\t" in row[:indent]:
            indent += row.count("\t", 0, indent) * (STEP - 1)
        if is_blank(body):
            body = ""
        rows.append((number, indent, body))
    return rows


def is_blank(text: str) -> bool:
    """Return whether nothing of *text* can be seen."""
    return not text or not text.strip().strip(_INVISIBLE).strip()


def _bullet(rows: list[tuple[int, int, str]]) -> str:
    """Return the bullet of the page: ``*`` and ``-`` count only where nothing is a real one."""
    found = {body[0] for _, indent, body in rows if body and indent >= STEP and _is_bulleted(body)}
    return next((bullet for bullet in BULLETS if bullet in found), BULLETS[0])


def _is_bulleted(body: str) -> bool:
    return body[0] in BULLETS and body[1:2] in (" ", "\t", "")


def marker_of(body: str, bullet: str) -> tuple[str, int, str]:
    """Return the style, the number and the rest of a line, which is not blank."""
    if body[0] == bullet and body[1:2] in (" ", "\t", ""):
        return bullet, 0, body[2:].lstrip(" \t")
    if body[0] in "0123456789":
        match = _NUMBER.match(body)
        if match is not None:
            return "#", int(match[1]), body[match.end() :].lstrip(" \t")
    return "", 0, body


def _is_flat(lines: list[Line]) -> bool:
    """Return whether markers stand at the margin and nothing at all is indented."""
    return any(line.style for line in lines) and not any(line.indent for line in lines)
