"""Texts as a reader sees them, and where in the stored text each part of them stands.

Shared by `links` and `privacy`. Reading order: `_visible` (markup out, offsets kept),
`_word_forms` (words of any script, and what makes two of them the same), `_word_lists` (words that
are no names), `_name_index` (finding many names at once), `_full_names` (of nobody known),
`_addressing` (how one writer calls another by name).
"""

from ._addressing import Call, calls, judge
from ._name_index import Entry, Found, Names, Tokens
from ._visible import Visible, spliced, visible
from ._word_forms import WIDE, WORD, fold, words
from ._word_lists import is_plain_word

__all__ = [
    "WIDE",
    "WORD",
    "Call",
    "Entry",
    "Found",
    "Names",
    "Tokens",
    "Visible",
    "calls",
    "fold",
    "is_plain_word",
    "judge",
    "spliced",
    "visible",
    "words",
]
