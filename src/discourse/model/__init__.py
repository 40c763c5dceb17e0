"""The values of a discussion: frozen, validated on construction, compared by content.

Reading order: `_kinds` (the enumerations), `_hints` (hints for unknown attributes), `_value` (the
base class), `_checks` (validators and converters), `_fast_init` (generated constructors), then
`_parts`, `_article` and `_comment`. `_ids` converts the ids of a source. `Meta`, frozen JSON, is in
a layer below, because errors use it too.
"""

from .._meta import EMPTY, JsonValue, Meta
from ._article import Article
from ._comment import Comment
from ._ids import id_text, parent_id
from ._kinds import Status, StubKind, TextFormat
from ._parts import Author, Source, Stub

__all__ = [
    "EMPTY",
    "Article",
    "Author",
    "Comment",
    "JsonValue",
    "Meta",
    "Source",
    "Status",
    "Stub",
    "StubKind",
    "TextFormat",
    "id_text",
    "parent_id",
]
