"""How sure it is that a text is a page's: never very, since any text could be."""

from ._find import find_comments
from ._lines import census

_ANY_TEXT = 0.3
_WITH_COMMENTS = 0.6
_MARKUP = ("<", "{", "[")
#: How many characters are looked at.
_ENOUGH = 200_000


def detect(head: str) -> float:
    """Return 0 for markup, JSON and nothing; more for a text in which a list of comments is seen.

    >>> detect("<html>"), detect("A title")
    (0.0, 0.3)
    """
    text = head[:_ENOUGH].lstrip("\ufeff \t\r\n")
    if not text or text.startswith(_MARKUP) or "\0" in text:
        return 0.0
    return _WITH_COMMENTS if find_comments(census(head[:_ENOUGH])).regions else _ANY_TEXT
