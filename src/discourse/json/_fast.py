"""The fast lane between JSON and threads: what is plainly right goes through here.

`msgspec` reads and writes structs that are derived from the model's classes, with its types and its
names. Whatever it refuses, and whatever would need a second look, is left to the converter, which
finds the same in the end and can say what is wrong: this lane may give up at any time, but it must
never accept what the converter would not.
"""

import datetime as dt
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import msgspec

from ..model import EMPTY, Author, Comment, Meta
from ..model._comment import Draft
from ..thread import Thread
from ._converter import TIME
from ._decode import decode

_BIG = 2**63
_NO_TAGS: frozenset[str] = frozenset()
_NONE = msgspec.Raw(b"")  # stands where a field that is kept as raw JSON was not given


class GiveUp(Exception):  # noqa: N818 - not an error: the other lane takes over
    """Raised inside where the converter has to look."""


def _struct(cls: type, types: dict[str, object]) -> Any:
    """Return a struct with the fields of *cls*, of the types that they have in JSON."""
    fields: list[Any] = []
    for field in attrs.fields(cls):
        kind = types.get(field.name, field.type)
        if kind is msgspec.Raw:
            fields.append((field.name, kind, _NONE))
        elif field.default is attrs.NOTHING:
            fields.append((field.name, kind))
        elif isinstance(field.default, tuple | frozenset):
            fields.append((field.name, kind, msgspec.field(default_factory=list)))
        else:
            fields.append((field.name, kind, field.default))
    return msgspec.defstruct(
        f"_{cls.__name__}", fields, forbid_unknown_fields=True, omit_defaults=True, gc=False
    )


_AuthorJson: Any = _struct(Author, {"meta": msgspec.Raw})
_CommentJson: Any = _struct(
    Comment,
    {
        "author": _AuthorJson | None,
        "created_at": str | None,
        "edited_at": str | None,
        "tags": list[str],
        "meta": msgspec.Raw,
    },
)
_ThreadJson: Any = msgspec.defstruct(
    "_ThreadJson",
    [
        ("schema", str),
        ("article", msgspec.Raw, _NONE),
        ("comments", list[_CommentJson], msgspec.field(default_factory=list)),
        ("stubs", msgspec.Raw, _NONE),
        ("source", msgspec.Raw, _NONE),
        ("meta", msgspec.Raw, _NONE),
    ],
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
)
_decoder: Any = msgspec.json.Decoder(_ThreadJson)
_encoder = msgspec.json.Encoder()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a million new objects, none of them garbage."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def read(data: str | bytes, *, strict: bool) -> tuple[dict[str, object], list[Comment]]:
    """Return the plain fields of a document but for its comments, and these as comments.

    Raises `GiveUp` for whatever is not plainly right.
    """
    with _collector_paused():
        try:
            made = _decoder.decode(data)
            if strict:
                _refuse_repeated_keys(data, made)
            rest = {
                name: decode(bytes(raw))
                for name in ("article", "stubs", "source", "meta")
                if (raw := getattr(made, name)) is not _NONE
            }
            return {"schema": made.schema, **rest}, _comments(made.comments)
        except (msgspec.MsgspecError, UnicodeError, ValueError, TypeError, RecursionError):
            raise GiveUp from None


def _refuse_repeated_keys(data: str | bytes, made: Any) -> None:
    """Raise an error where an object has a key twice, of which msgspec took the last.

    Written again, a document in the canonical form gives the same bytes, which no repeated key can;
    that is a tenth of the time of reading. Any other document is read once more, for its keys.
    """
    given = data.encode() if isinstance(data, str) else data
    if _encoder.encode(made) != given:
        decode(data)


def _comments(structs: list[Any]) -> list[Comment]:
    """Return the comments that the structs say: filled as drafts, which only then become frozen."""
    made: list[Comment] = []
    authors = _Authors()
    from_iso = dt.datetime.fromisoformat
    for struct in structs:
        draft: Any = Draft()
        draft.id = id = struct.id
        draft.parent_id = parent_id = struct.parent_id
        if not id or parent_id == "":
            raise GiveUp
        author = struct.author
        draft.author = author if author is None else authors.get(author)
        draft.text = struct.text
        draft.text_format = struct.text_format
        draft.title = struct.title
        time = struct.created_at
        if time is not None:
            # The usual form, 2024-05-31T12:34:56Z, is known by every third character.
            usual = len(time) == 20 and time[4::3] == "--T::Z"
            time = from_iso(time) if usual else _time(time)
        draft.created_at = time
        time = struct.edited_at
        draft.edited_at = time if time is None else _time(time)
        draft.is_edited = struct.is_edited
        draft.status = struct.status
        draft.url = struct.url
        draft.score = score = struct.score
        if score is not None and not -_BIG < score < _BIG:
            raise GiveUp
        draft.upvotes = votes = struct.upvotes
        if votes is not None and votes >= _BIG:
            raise GiveUp
        draft.downvotes = votes = struct.downvotes
        if votes is not None and votes >= _BIG:
            raise GiveUp
        draft.reply_count = count = struct.reply_count
        if count is not None and not 0 <= count < _BIG:
            raise GiveUp
        draft.language = struct.language
        tags = struct.tags
        draft.tags = _tags(tags) if tags else _NO_TAGS
        meta = struct.meta
        draft.meta = EMPTY if meta is _NONE else _meta(meta)
        draft.__class__ = Comment
        made.append(draft)
    return made


class _Authors:
    """The authors met so far, so that equal ones are one object."""

    def __init__(self) -> None:
        self._plain: dict[tuple[str | None, str | None], Author] = {}
        self._others: dict[Author, Author] = {}

    def get(self, struct: Any) -> Author:
        """Return the author that the struct says."""
        if (
            struct.meta is _NONE
            and struct.display_name is struct.url is struct.avatar_url is None
            and struct.bio is struct.is_bot is None
        ):
            key = struct.name, struct.id
            author = self._plain.get(key)
            if author is None:
                author = self._plain[key] = Author(*key)
            return author
        author = _author(struct)
        return self._others.setdefault(author, author)


def _author(struct: Any) -> Author:
    fields = {name: getattr(struct, name) for name in _AUTHOR_FIELDS}
    return Author(**fields, meta=EMPTY if struct.meta is _NONE else _meta(struct.meta))


_AUTHOR_FIELDS = [field.name for field in attrs.fields(Author) if field.name != "meta"]


def _time(text: str) -> dt.datetime:
    if not TIME.fullmatch(text):
        raise GiveUp
    made = dt.datetime.fromisoformat(text)
    if made.tzinfo is not dt.UTC and not dt.MINYEAR < made.year < dt.MAXYEAR:
        raise GiveUp  # it may have no moment in UTC
    return made


def _tags(tags: list[str]) -> frozenset[str]:
    made = frozenset(tags)
    if len(made) != len(tags) or "" in made:
        raise GiveUp
    return made


def _meta(raw: msgspec.Raw) -> Meta:
    return Meta(decode(bytes(raw)))  # type: ignore[arg-type]  # it refuses what is no mapping


def write(thread: Thread, head: dict[str, object]) -> bytes:
    """Return a document of *head*, the plain fields before and after, and the thread's comments.

    Raises `GiveUp` for numbers that only the other lane writes exactly.
    """
    with _collector_paused():
        raws = {name: _raw(value) for name, value in head.items() if name != "schema"}
        comments = _structs(thread.comments)
        try:
            return _encoder.encode(_ThreadJson(str(head["schema"]), comments=comments, **raws))
        except (OverflowError, ValueError):
            raise GiveUp from None


def _structs(comments: tuple[Comment, ...]) -> list[Any]:
    authors: dict[int, Any] = {}  # by the identity of the author's object, which is alive
    made = []
    for c in comments:
        author: Any = c.author
        if author is not None:
            struct = authors.get(id(author))
            if struct is None:
                struct = authors[id(author)] = _author_struct(author)
            author = struct
        made.append(
            _CommentJson(
                c.id, c.parent_id, author, c.text, c.text_format, c.title, c.created_at,
                c.edited_at, c.is_edited, c.status, c.url, c.score, c.upvotes, c.downvotes,
                c.reply_count, c.language, sorted(c.tags) if c.tags else [],
                _NONE if c.meta is EMPTY or not c.meta else _raw(c.meta.to_dict()),
            )
        )  # fmt: skip
    return made


def _author_struct(author: Author) -> Any:
    fields = {name: getattr(author, name) for name in _AUTHOR_FIELDS}
    return _AuthorJson(**fields, meta=_NONE if not author.meta else _raw(author.meta.to_dict()))


def _raw(value: object) -> msgspec.Raw:
    try:
        return msgspec.Raw(_encoder.encode(value))
    except (OverflowError, ValueError, RecursionError):
        raise GiveUp from None
