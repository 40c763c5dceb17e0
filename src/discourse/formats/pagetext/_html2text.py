"""Repair html2text's lists, in which only the first line of an item is indented.

    1. **Ann** says:

    [ 3 May ](https://a.example/mill/#comment-7)

    Who pays?

       * **Bo** says:

html2text writes lists for Markdown, but ignores that items can have several paragraphs.
"""

import re
from typing import TypeAlias

from .._phrases.furniture import is_form_heading

Row: TypeAlias = tuple[int, str]
"""The indentation of a line, and the rest, which is empty for a blank line."""

_STEP = 2
_ITEM = re.compile(r"(?:[0-9]{1,9}\.|[*\u2022-])\s")
#: WordPress links each date to its comment.
_PERMALINK = re.compile(r"\[[^\]]{1,100}\]\([^)\s]{0,2000}#comment-[0-9]{1,20}\)$")
_HEADING = re.compile(r"#{1,6}\s{1,9}(?=\S)")


def is_of_html2text(rows: list[Row]) -> bool:
    """Whether a list item has the link of its comment below it, at the margin."""
    above: Row = (0, "")
    for row in rows:
        if row[1]:
            if row[0] == 0 and above[0] >= _STEP and _PERMALINK.match(row[1][:2200]):
                return bool(_ITEM.match(above[1]))
            above = row
    return False


def realigned(rows: list[Row]) -> list[Row]:
    """Return the lines with the indentation of their items, and headings without marks.

    The last item ends at a heading, or at the form for a comment.
    """
    aligned: list[Row] = []
    levels: list[int] = []
    for place, (indent, body) in enumerate(rows):
        heading = _HEADING.match(body)
        if indent >= _STEP and _ITEM.match(body):
            while levels and levels[-1] >= indent:
                levels.pop()
            if levels or _has_permalink(rows, place):
                levels.append(indent)
                aligned.append((_STEP * len(levels), body))
                continue
        elif heading is not None or is_form_heading(body):
            levels.clear()
        text = body[heading.end() :].rstrip() if heading is not None else body
        aligned.append((_STEP * (len(levels) + 1) if levels and indent == 0 else indent, text))
    return aligned


def _has_permalink(rows: list[Row], place: int) -> bool:
    """Whether the next non-blank line links to a comment."""
    below = (body for _, body in rows[place + 1 : place + 4] if body)
    return _PERMALINK.match(next(below, "")[:2200]) is not None
