"""The fast path between JSON and threads, for documents that are certainly valid.

`msgspec` parses and writes structs derived from the model's classes. Everything that it refuses,
and everything in doubt, is left to the converter, which can describe what is wrong. This path may
give up at any time, but it must never accept what the converter refuses.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from .._collector import collector_paused
from ..model import Author, Comment
from ..thread import Thread
from . import _wire
from ._converter import TIME
from ._decode import decode
from ._wire import GiveUp, encoded

_BATCH = 1_000
_TIMES = _wire.times_of(Comment)
_AUTHOR_TIMES = _wire.times_of(Author)


def _thread_struct(comment: Any) -> Any:
    fields: list[Any] = [("schema", str), ("article", msgspec.Raw, None)]
    fields += [("comments", list[comment], msgspec.field(default_factory=list))]
    fields += [(name, msgspec.Raw, None) for name in ("stubs", "source", "meta")]
    return _wire.defstruct("_Thread", fields)


_decoder: Any = msgspec.json.Decoder(_thread_struct(_wire.COMMENT))
_text_decoder: Any = msgspec.json.Decoder(_thread_struct(_wire.struct_of(Comment, str | None)))
_author_decoder: Any = msgspec.json.Decoder(_wire.AUTHOR | None)
_encoder = _wire.ENCODER


def read(data: str | bytes) -> tuple[dict[str, object], list[Any]]:
    """Return the plain fields of a document without comments, and the comments as structs.

    Raises `GiveUp` unless the document is certainly valid.
    """
    try:
        struct = _decoded(data)
        rest = {
            name: decode(bytes(raw))
            for name in ("article", "stubs", "source", "meta")
            if (raw := getattr(struct, name)) is not None
        }
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise GiveUp from None
    return {"schema": struct.schema, **rest}, struct.comments


def _decoded(data: str | bytes) -> Any:
    """Return the struct of a whole document, or raise if msgspec or the strict parser refuses it.

    A document in the canonical form encodes to the same bytes again, which takes a tenth of the
    time of parsing. That proves two things: no object has a duplicate key (msgspec takes the last),
    and every time is in a form that the converter accepts too. Any other document is parsed again
    for duplicate keys, and its times are parsed as text. Raw parts are checked when parsed.
    """
    document = data.encode() if isinstance(data, str) else data
    if not isinstance(document, bytes):
        raise GiveUp
    document = document.rstrip(b"\n")
    try:
        thread = _decoder.decode(document)
        if _encoder.encode(thread) == document:
            return thread
    except msgspec.ValidationError:  # perhaps only for a time in another form
        pass
    decode(data)
    thread = _text_decoder.decode(document)
    for struct in thread.comments:
        for name in _TIMES:
            setattr(struct, name, _time(getattr(struct, name)))
    return thread


def _time(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    if not TIME.fullmatch(text):
        raise GiveUp
    return dt.datetime.fromisoformat(text)


def comments(structs: list[Any], authors: Iterable[Author]) -> list[Comment]:
    """Convert structs to comments.

    Equal authors become the same object, one of *authors* if possible. Raises `GiveUp` like `read`.
    """
    try:
        filled: list[Comment] = _wire.fill_comments(structs, _Authors(authors))
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise GiveUp from None
    return filled


class _Authors(dict[bytes, Author | None]):
    """Maps the JSON of authors to authors. Each is parsed once; equal ones are the same object."""

    def __init__(self, known: Iterable[Author]) -> None:
        super().__init__()
        self._known = {author: author for author in known}

    def __missing__(self, raw: bytes) -> Author | None:
        struct = _author_decoder.decode(raw)
        if _encoder.encode(struct) != raw:
            decode(raw)  # refuses duplicate keys
            if _AUTHOR_TIMES:
                raise GiveUp  # one may be in another form
        if struct is None:
            author = None
        else:
            (author,) = _wire.fill_authors([struct], {})
            author = self._known.setdefault(author, author)
        self[raw] = author
        return author


def write(thread: Thread, head: dict[str, object]) -> bytes:
    """Return a document of the plain fields *head* and the thread's comments.

    Raises `GiveUp` for numbers that only the converter's path writes exactly.
    """
    before = {name: head[name] for name in ("schema", "article") if name in head}
    after = {name: head[name] for name in ("stubs", "source", "meta") if name in head}
    with collector_paused():
        parts = [encoded(before)[:-1]]
        if thread.comments:
            parts += [b',"comments":[', b",".join(_batches(thread.comments)), b"]"]
        parts += [b"," if after else b"", encoded(after)[1:]]
        return b"".join(parts)


def _batches(comments: tuple[Comment, ...]) -> Iterator[bytes]:
    """Yield comments as JSON, in batches that fit in the processor's cache."""
    authors: dict[int, Any] = {}
    for start in range(0, len(comments), _BATCH):
        yield encoded(_wire.comment_structs(comments[start : start + _BATCH], authors))[1:-1]


def rows(comments: tuple[Comment, ...]) -> list[bytes]:
    """Return each comment as JSON, without its parent. Raises `GiveUp` like `write`."""
    with collector_paused():
        structs = _wire.comment_structs(comments, {})
        for struct in structs:
            struct.parent_id = None
        return [encoded(struct) for struct in structs]
