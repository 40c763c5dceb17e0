"""Tell the line that names whom a quotation is from, ``Ada:``, from a call by that name."""

import re
from bisect import bisect_left

from .._prose import Visible

#: What may stand before the name on its line, and after it: its colon, and the end of the line.
_BEFORE = re.compile(r"[\s>*_]*")
_AFTER = re.compile(r"[ \t\u00a0*_]*:[ \t\u00a0\r*_]*(?:\n|\Z)\s*")
_QUOTED = re.compile(r">|&gt;|\[quote\b|<blockquote\b", re.IGNORECASE)
_ELEMENTS = frozenset(("blockquote", "q"))


def is_header(seen: Visible, start: int, end: int) -> bool:
    """Whether a name is alone on its line, with a colon, and a quotation follows at once.

    Quotations are lines with ``>``, ``[quote]``, and quoted elements of HTML; those in mere marks
    may well be what the caller says to whom is called. O(1) but for the name's own lines and tags.
    """
    text = seen.text
    after = _AFTER.match(text, end)
    if after is None or not _BEFORE.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
        return False
    if _QUOTED.match(text, after.end()):
        return True
    first = bisect_left(seen.tags, end, key=lambda tag: tag.at)
    for n in range(first, len(seen.tags)):
        tag = seen.tags[n]
        if tag.at > after.end():
            return False
        if tag.name in _ELEMENTS and not tag.closes:
            return True
    return False
