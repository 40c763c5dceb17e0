"""How sure it is that a text is a page's: never very, since any text could be."""

import re

from ._census import census
from ._list_choice import find_comments

_ANY_TEXT = 0.3
_WITH_COMMENTS = 0.6
#: How JSON, markup and PDF begin, or what was meant as such; "[Update] A title" is neither.
_CODE = re.compile(
    r"""%PDF-|<(?:[^\W\d]|[/!?]|\Z)"""
    r"""|\[[\[\s]*+(?:["'{\],]|-?[0-9][0-9.eE+-]*+\s*+(?:[],]|\Z)|/[/*]|\Z"""
    r"""|(?:true|false|null|NaN|Infinity)\b)"""
    r"""|\{\s*+(?:["'},]|[\w$]{1,80}\s{0,9}:|/[/*]|\Z)"""
)
#: A number or a word in brackets, and words after it: "[2] A title".
_BRACKETED = re.compile(r"\[[\w.:-]{1,40}\][ \t]{0,9}[^\W\d_]")
#: How many characters are looked at.
_ENOUGH = 200_000


def detect(head: str) -> float:
    """Return 0 for markup, JSON, PDF and nothing; more for a text that has a list of comments.

    >>> detect("<html>"), detect("A title"), detect("[Update] A title")
    (0.0, 0.3, 0.3)
    """
    text = head[:_ENOUGH].lstrip("\ufeff \t\r\n")
    if not text or _is_code(text) or "\0" in text:
        return 0.0
    return _WITH_COMMENTS if find_comments(census(head[:_ENOUGH])).regions else _ANY_TEXT


def _is_code(text: str) -> bool:
    return _CODE.match(text) is not None and _BRACKETED.match(text) is None
