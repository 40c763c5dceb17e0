"""The fast lane between JSON and threads: what is plainly right goes through here.

`msgspec` reads and writes structs that are derived from the model's classes, with its types and its
names. Whatever it refuses, and whatever would need a second look, is left to the converter, which
finds the same in the end and can say what is wrong: this lane may give up at any time, but it must
never accept what the converter would not.
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
    """Return the plain fields of a document but for its comments, and these as structs.

    Raises `GiveUp` for whatever is not plainly right.
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
    """Return the struct of a whole document, or raise where msgspec or the strict reader refuses.

    Written again, a document in the canonical form gives the same bytes, which takes a tenth of the
    time of reading. That proves that no object has a key twice, of which msgspec takes the last,
    and that no time is spelled in a way that it reads and the converter does not. Any other
    document is read once more for its keys, and its times are read as text. What is left raw is
    proved when it is read.
    """
    document = data.encode() if isinstance(data, str) else data
    if not isinstance(document, bytes):
        raise GiveUp
    document = document.rstrip(b"\n")
    try:
        made = _decoder.decode(document)
        if _encoder.encode(made) == document:
            return made
    except msgspec.ValidationError:  # perhaps for a time in another spelling
        pass
    decode(data)
    made = _text_decoder.decode(document)
    for struct in made.comments:
        for name in _TIMES:
            setattr(struct, name, _time(getattr(struct, name)))
    return made


def _time(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    if not TIME.fullmatch(text):
        raise GiveUp
    return dt.datetime.fromisoformat(text)


def comments(structs: list[Any], authors: Iterable[Author]) -> list[Comment]:
    """Return the comments that the structs say.

    Equal authors are one object, and the same as among *authors*. Raises `GiveUp` like `read`.
    """
    try:
        filled: list[Comment] = _wire.fill_comments(structs, _Authors(authors))
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise GiveUp from None
    return filled


class _Authors(dict[bytes, Author | None]):
    """From authors as JSON to what they say, each read once; equal ones are one object."""

    def __init__(self, known: Iterable[Author]) -> None:
        super().__init__()
        self._known = {author: author for author in known}

    def __missing__(self, raw: bytes) -> Author | None:
        struct = _author_decoder.decode(raw)
        if _encoder.encode(struct) != raw:
            decode(raw)  # no key twice
            if _AUTHOR_TIMES:
                raise GiveUp  # one may be in another spelling
        if struct is None:
            author = None
        else:
            (author,) = _wire.fill_authors([struct], {})
            author = self._known.setdefault(author, author)
        self[raw] = author
        return author


def write(thread: Thread, head: dict[str, object]) -> bytes:
    """Return a document of *head*, the plain fields before and after, and the thread's comments.

    Raises `GiveUp` for numbers that only the other lane writes exactly.
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
    """Yield comments as JSON, so many at once as fit in the processor's cache."""
    authors: dict[int, Any] = {}
    for start in range(0, len(comments), _BATCH):
        yield encoded(_wire.tell_comments(comments[start : start + _BATCH], authors))[1:-1]


def rows(comments: tuple[Comment, ...]) -> list[bytes]:
    """Return each comment as JSON, without its parent. Raises `GiveUp` like `write`."""
    with collector_paused():
        structs = _wire.tell_comments(comments, {})
        for struct in structs:
            struct.parent_id = None
        return [encoded(struct) for struct in structs]
