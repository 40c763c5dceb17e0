"""What a table has no row for, as one JSON text: the article, the stubs, the source, the meta."""

import json
from typing import TypeAlias

import attrs

from .._expect import expect_thread
from ..errors import DecodeError, FieldError
from ..json import from_dict
from ..json._documents import head_of
from ..model import EMPTY, Article, Comment, Meta, Source, Stub
from ..thread import Thread

Head: TypeAlias = str | Thread | None
"""Where to take the rest of a thread from: a `thread_head`, a thread, or nowhere."""

KEY = "discourse"
"""The key under which frames, tables and graphs carry the head."""


def thread_head(thread: Thread) -> str:
    """Return everything of a thread except its comments as JSON text, to keep with a table.

    It is the wire form without ``comments``. Small, whatever the number of comments.

    >>> thread_head(Thread(Article("Bridge to close"), [Comment("1")]))
    '{"schema": "discourse/thread/1", "article": {"title": "Bridge to close"}}'
    """
    expect_thread(thread)
    return json.dumps(head_of(thread), ensure_ascii=False)


@attrs.frozen
class Rest:
    """All of a thread but its comments."""

    article: Article | None = None
    stubs: tuple[Stub, ...] = ()
    source: Source | None = None
    meta: Meta = EMPTY

    def thread(self, comments: list[Comment]) -> Thread:
        """Return the thread that has these comments and this rest."""
        return Thread(self.article, comments, stubs=self.stubs, source=self.source, meta=self.meta)


def rest(source: Head) -> Rest:
    """Return what *source* says; raises `DecodeError` for a text that is no head."""
    if source is None:
        return Rest()
    if isinstance(source, Thread):
        return Rest(source.article, source.stubs, source.source, source.meta)
    if not isinstance(source, str):
        raise FieldError("tables", "head", source, "must be a head, a Thread or None")
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        raise DecodeError("the head is not JSON") from None
    if not isinstance(data, dict) or "comments" in data:
        raise DecodeError("the head must be an object without comments")
    return rest(from_dict(data | {"comments": _standing_for(data.get("stubs"))}))


def _standing_for(stubs: object) -> list[object]:
    """Return plain comments for the stubs to stand under, so that one reader checks all."""
    rows = stubs if isinstance(stubs, list) else []
    parents = [row.get("parent_id") for row in rows if isinstance(row, dict)]
    unique = dict.fromkeys(parent for parent in parents if isinstance(parent, str) and parent)
    return [{"id": parent} for parent in unique]
