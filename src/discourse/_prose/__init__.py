"""Texts as a reader sees them, and where in the stored text each part of them stands.

Shared by `links` and `privacy`. Reading order: `_visible` (markup out, offsets kept),
`_word_forms` (words of any script, and what makes two of them the same), `_plain_words` (names that
are words), `_name_index` (finding many names at once), `_label_words` (what begins a text and is no
name), `_full_names` (of nobody known), `_addressing` (how one writer calls another by name).
"""

from ._addressing import Call, calls, judge
from ._name_index import Entry, Found, Names, Tokens
from ._plain_words import is_plain_word
from ._visible import Visible, spliced, visible
from ._word_forms import WIDE, WORD, fold, words

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
