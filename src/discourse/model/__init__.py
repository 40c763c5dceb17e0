"""The values a discussion is made of: frozen, checked at the door, compared by content.

Reading order: `_kinds` (the closed lists of words), `_hints` (what to use for a name that is not
here), `_value` (what all share), `_checks` (what each kind of field accepts), `_fast_init` (the
constructor made of the fields), then `_parts`, `_article` and `_comment`; `_ids` is for readers, at
the edge. `Meta`, frozen JSON, lies below, since errors hold values of it too.
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
