"""The visible text of comments, with offsets into the stored text, and the names in it.

Shared by `links` and `privacy`. Reading order: `_visible` (text without markup), `_word_forms`
(words of any script, folded for comparison), `_word_lists` (words that are not names),
`_name_index` (finding many names at once), `_full_names` (of unknown people), `_addressing` (how
commenters address each other by name).
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
