"""The fast lane between JSON and threads: what is plainly right goes through here.

`msgspec` reads and writes structs that are derived from the model's classes, with its types and its
names. Whatever it refuses, and whatever would need a second look, is left to the converter, which
finds the same in the end and can say what is wrong: this lane may give up at any time, but it must
never accept what the converter would not.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import attrs
import msgspec

from ..model import EMPTY, Author, Comment, Meta
from ..model._fast_init import draft_of
from ..model._meta import to_meta
from ..thread import Thread
from ._collector import collector_paused
from ._converter import TIME
from ._decode import decode

_BIG = 2**63
_NO_TAGS: frozenset[str] = frozenset()
_EMPTY_LIST: list[str] = []  # shared: structs that are written and thrown away only read it
_BATCH = 1_000


class GiveUp(Exception):  # noqa: N818 - not an error: the other lane takes over
    """Raised inside where the converter has to look."""


def _struct(cls: type, types: dict[str, object]) -> Any:
    """Return a struct with the fields of *cls*, of the types that they have in JSON."""
    fields: list[Any] = []
    for field in attrs.fields(cls):
        kind = types.get(field.name, field.type)
        if kind is msgspec.Raw:
            fields.append((field.name, kind, None))
        elif field.default is attrs.NOTHING:
            fields.append((field.name, kind))
        elif isinstance(field.default, tuple | frozenset):
            fields.append((field.name, kind, msgspec.field(default_factory=list)))
        else:
            fields.append((field.name, kind, field.default))
    name = f"_{cls.__name__}"
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True, omit_defaults=True, gc=False)


_Id = Annotated[str, msgspec.Meta(min_length=1)]
_AuthorJson: Any = _struct(Author, {"id": _Id | None, "meta": msgspec.Raw})
_Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


def _comment_struct(time: object) -> Any:
    types: dict[str, object] = {
        "id": _Id,
        "parent_id": _Id | None,
        "author": msgspec.Raw,  # most stand there many times, and are read once
        "created_at": time,
        "edited_at": time,
        "upvotes": _Whole | None,
        "downvotes": _Whole | None,
        "reply_count": _Count | None,
        "tags": list[str],
        "meta": msgspec.Raw,
    }
    return _struct(Comment, types)


def _thread_struct(comment: Any) -> Any:
    raws = [(name, msgspec.Raw, None) for name in ("stubs", "source", "meta")]
    return msgspec.defstruct(
        "_ThreadJson",
        [
            ("schema", str),
            ("article", msgspec.Raw, None),
            ("comments", list[comment], msgspec.field(default_factory=list)),
            *raws,
        ],
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )


_CommentJson: Any = _comment_struct(Annotated[dt.datetime, msgspec.Meta(tz=True)] | None)
_decoder: Any = msgspec.json.Decoder(_thread_struct(_CommentJson))
_text_decoder: Any = msgspec.json.Decoder(_thread_struct(_comment_struct(str | None)))
_author_decoder: Any = msgspec.json.Decoder(_AuthorJson | None)
_encoder = msgspec.json.Encoder()


def read(data: str | bytes) -> tuple[dict[str, object], list[Any]]:
    """Return the plain fields of a document but for its comments, and these as structs.

    Raises `GiveUp` for whatever is not plainly right.
    """
    try:
        made = _decoded(data)
        rest = {
            name: decode(bytes(raw))
            for name in ("article", "stubs", "source", "meta")
            if (raw := getattr(made, name)) is not None
        }
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise GiveUp from None
    return {"schema": made.schema, **rest}, made.comments


def _decoded(data: str | bytes) -> Any:
    """Return the struct of a whole document, or raise where msgspec or the strict reader refuses.

    Written again, a document in the canonical form gives the same bytes, which takes a tenth of the
    time of reading. That proves that no object has a key twice, of which msgspec takes the last,
    and that no time is spelled in a way that it reads and the converter does not. Any other
    document is read once more for its keys, and its times are read as text. What is left raw is
    proved when it is read.
    """
    given = data.encode() if isinstance(data, str) else data
    if not isinstance(given, bytes):
        raise GiveUp
    given = given.rstrip(b"\n")
    try:
        made = _decoder.decode(given)
        if _encoder.encode(made) == given:
            return made
    except msgspec.ValidationError:  # perhaps for a time in another spelling
        pass
    decode(data)
    made = _text_decoder.decode(given)
    for struct in made.comments:
        struct.created_at = _time(struct.created_at)
        struct.edited_at = _time(struct.edited_at)
    return made


def _time(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    if not TIME.fullmatch(text):
        raise GiveUp
    return dt.datetime.fromisoformat(text)


def comments(structs: list[Any], authors: Iterable[Author]) -> list[Comment]:
    """Return the comments that the structs say: filled as drafts, which only then become frozen.

    Equal authors are one object, and the same as among *authors*. Raises `GiveUp` like `read`.
    """
    try:
        return _comments(structs, _Authors(authors))
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        raise GiveUp from None


def _comments(structs: list[Any], authors: "_Authors") -> list[Comment]:
    made: list[Comment] = []
    utc, least, most = dt.UTC, -_BIG, _BIG
    for struct in structs:
        draft: Any = draft_of(Comment)()
        draft.id = struct.id
        draft.parent_id = struct.parent_id
        author = struct.author
        draft.author = None if author is None else authors[bytes(author)]
        draft.text = struct.text
        draft.text_format = struct.text_format
        draft.title = struct.title
        draft.created_at = time = struct.created_at
        if time is not None and time.tzinfo is not utc:
            _check_moment(time)
        draft.edited_at = time = struct.edited_at
        if time is not None and time.tzinfo is not utc:
            _check_moment(time)
        draft.is_edited = struct.is_edited
        draft.status = struct.status
        draft.url = struct.url
        draft.score = score = struct.score
        if score is not None and not least <= score < most:
            raise GiveUp
        draft.upvotes = struct.upvotes
        draft.downvotes = struct.downvotes
        draft.reply_count = struct.reply_count
        draft.language = struct.language
        tags = struct.tags
        draft.tags = _tags(tags) if tags else _NO_TAGS
        meta = struct.meta
        draft.meta = EMPTY if meta is None else _meta(meta)
        draft.__class__ = Comment
        made.append(draft)
    return made


class _Authors(dict[bytes, Author | None]):
    """From authors as JSON to what they say, each read once; equal ones are one object."""

    def __init__(self, known: Iterable[Author]) -> None:
        super().__init__()
        self._known = {author: author for author in known}

    def __missing__(self, raw: bytes) -> Author | None:
        struct = _author_decoder.decode(raw)
        if _encoder.encode(struct) != raw:
            decode(raw)  # no key twice
        author = self[raw] = None if struct is None else self._made(struct)
        return author

    def _made(self, struct: Any) -> Author:
        draft: Any = draft_of(Author)()
        draft.name = struct.name
        draft.id = struct.id
        draft.display_name = struct.display_name
        draft.url = struct.url
        draft.avatar_url = struct.avatar_url
        draft.bio = struct.bio
        draft.is_bot = struct.is_bot
        draft.meta = EMPTY if struct.meta is None else _meta(struct.meta)
        draft.__class__ = Author
        author: Author = draft
        return self._known.setdefault(author, author)


_AUTHOR_FIELDS = [field.name for field in attrs.fields(Author) if field.name != "meta"]


def _check_moment(time: dt.datetime) -> None:
    if not dt.MINYEAR < time.year < dt.MAXYEAR:
        raise GiveUp  # it may have no moment in UTC


def _tags(tags: list[str]) -> frozenset[str]:
    made = frozenset(tags)
    if len(made) != len(tags) or "" in made:
        raise GiveUp
    return made


def _meta(raw: msgspec.Raw) -> Meta:
    return to_meta(decode(bytes(raw)))  # type: ignore[arg-type]  # it refuses what is no mapping


def write(thread: Thread, head: dict[str, object]) -> bytes:
    """Return a document of *head*, the plain fields before and after, and the thread's comments.

    Raises `GiveUp` for numbers that only the other lane writes exactly.
    """
    before = {name: head[name] for name in ("schema", "article") if name in head}
    after = {name: head[name] for name in ("stubs", "source", "meta") if name in head}
    with collector_paused():
        parts = [_encoded(before)[:-1]]
        if thread.comments:
            parts += [b',"comments":[', b",".join(_batches(thread.comments)), b"]"]
        parts += [b"," if after else b"", _encoded(after)[1:]]
        return b"".join(parts)


def _batches(comments: tuple[Comment, ...]) -> Iterator[bytes]:
    """Yield comments as JSON, so many at once as fit in the processor's cache."""
    authors: dict[int, Any] = {}
    for start in range(0, len(comments), _BATCH):
        yield _encoded(_structs(comments[start : start + _BATCH], authors))[1:-1]


def _encoded(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except (OverflowError, ValueError, RecursionError):
        raise GiveUp from None


def rows(comments: tuple[Comment, ...]) -> list[bytes]:
    """Return each comment as JSON, without its parent. Raises `GiveUp` like `write`."""
    with collector_paused():
        structs = _structs(comments, {})
        for struct in structs:
            struct.parent_id = None
        return [_encoded(struct) for struct in structs]


def _structs(comments: tuple[Comment, ...], authors: dict[int, Any]) -> list[Any]:
    """Return comments as structs; *authors* has those made so far, by the identity of the author.

    That is enough, since the authors live as long as the comments.
    """
    made = []
    for c in comments:
        author: Any = c.author
        if author is not None:
            struct = authors.get(id(author))
            if struct is None:
                struct = authors[id(author)] = _raw(_author_struct(author))
            author = struct
        made.append(
            _CommentJson(
                c.id, c.parent_id, author, c.text, c.text_format, c.title, c.created_at,
                c.edited_at, c.is_edited, c.status, c.url, c.score, c.upvotes, c.downvotes,
                c.reply_count, c.language, sorted(c.tags) if c.tags else _EMPTY_LIST,
                None if c.meta is EMPTY or not c.meta else _raw(c.meta.to_dict()),
            )
        )  # fmt: skip
    return made


def _author_struct(author: Author) -> Any:
    fields = {name: getattr(author, name) for name in _AUTHOR_FIELDS}
    return _AuthorJson(**fields, meta=None if not author.meta else _raw(author.meta.to_dict()))


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(_encoded(value))
