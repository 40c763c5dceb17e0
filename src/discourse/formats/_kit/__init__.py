"""A toolkit for readers of JSON formats.

A reader calls `documents` for the JSON values of a text, passes each object that it counts as an
item to a `Builder` as a `Node`, converts the node to a `Comment`, and returns the builder's
reading. The node records which keys were read, and its `rest()` becomes the ``meta``. The builder
enforces the accounting law: items in = comments, articles and stubs out + items in problems.

Reading order: `_documents` (text to values), `_lines` (a large file to values), `_node`,
`_builder`, `_shared`, `_conversations`, `_stubs`, `_claimed`, `_strings`, `_held` (for writers).
"""

from ._builder import Builder, Draft
from ._claimed import with_claimed
from ._conversations import Conversations, answering_article
from ._documents import Decoder, documents
from ._held import not_held
from ._lines import MAX_LINE, lines
from ._node import Node
from ._shared import Shared
from ._strings import map_objects, map_strings, without_keys
from ._stubs import without_resolved

__all__ = [
    "MAX_LINE",
    "Builder",
    "Conversations",
    "Decoder",
    "Draft",
    "Node",
    "Shared",
    "answering_article",
    "documents",
    "lines",
    "map_objects",
    "map_strings",
    "not_held",
    "with_claimed",
    "without_keys",
    "without_resolved",
]
