"""Texts as a reader sees them, and where in the stored text each part of them stands.

Shared by `links` and `privacy`. Reading order: `_visible` (markup out, offsets kept), `_words`
(words of any script, and what makes two of them the same), `_common` (names that are words),
`_names` (finding many names at once), `_openers` (what begins a text and is no name),
`_strangers` (full names of nobody known), `_calls` (how one writer calls another by name).
"""

from ._calls import Call, calls
from ._common import is_plain_word
from ._names import Entry, Found, Names, Tokens
from ._strangers import Usage, usage
from ._visible import Visible, visible
from ._words import WIDE, WORD, fold, words

__all__ = [
    "WIDE",
    "WORD",
    "Call",
    "Entry",
    "Found",
    "Names",
    "Tokens",
    "Usage",
    "Visible",
    "calls",
    "fold",
    "is_plain_word",
    "usage",
    "visible",
    "words",
]
