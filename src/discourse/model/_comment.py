"""Provide `Comment`, one contribution to a discussion."""

import datetime as dt
import sysconfig
from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs

from . import _checks as check
from ._hints import hinted
from ._kinds import Status, TextFormat
from ._meta import EMPTY, Meta
from ._parts import Author
from ._value import Value

_NO_TAGS: frozenset[str] = frozenset()
_BIG = 2**63
#: Changing the class of an object stops every thread where there is no global lock.
_FLIPS = not sysconfig.get_config_var("Py_GIL_DISABLED")

_HINTS = {
    "replies": "thread.replies(comment) are the direct replies",
    "children": "thread.replies(comment) are the direct replies",
    "parent": "comment.parent_id is its id, thread.parent(comment) the parent",
    "reply_to": "comment.parent_id is the id of what it answers, thread.parent(comment) that",
    "ancestors": "thread.ancestors(comment) are the parent, its parent and so on",
    "descendants": "thread.descendants(comment) is all that answers it",
    "siblings": "thread.siblings(comment) are the others that answer the same",
    "depth": "thread.depth(comment) is the number of its ancestors",
    "level": "thread.depth(comment) is the number of its ancestors",
    "body": "comment.text is what it says",
    "content": "comment.text is what it says",
    "message": "comment.text is what it says",
    "user": "comment.author wrote it",
    "username": "comment.author.name is the name of who wrote it",
    "speaker": "comment.author wrote it",
    "timestamp": "comment.created_at is when it was written",
    "created_utc": "comment.created_at is when it was written",
    "date": "comment.created_at is when it was written",
    "likes": "comment.upvotes is how many approve",
    "to_dict": "attrs.asdict(comment) gives a dict, discourse.json.to_dict(thread) a thread's",
    "replace": "discourse.edit.replace(thread, comment, text=...) gives a thread with another",
}


@final
@hinted(_HINTS)
@attrs.frozen(init=False, repr=False, getstate_setstate=False)
class Comment(Value):
    """One contribution to a discussion: a comment, reply, post, answer, message.

    It names its parent and does not hold its replies: the tree is a `Thread`'s. ``None`` always
    means *not known*.

    >>> Comment("c2", "c1", Author("Ada"), "I agree.")
    Comment(id='c2', parent_id='c1', author=Author(name='Ada'), text='I agree.')
    >>> Comment(7)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    discourse.errors.FieldTypeError: Comment.id: must be a string (...), not 7
    """

    id: str = attrs.field(validator=check.identifier)
    """The identifier, unique within its thread; compared by code point, never normalised."""
    parent_id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The comment that this one answers; ``None`` means exactly: it answers the article."""
    author: Author | None = attrs.field(default=None, validator=check.instance_of(Author))
    """Who wrote it; ``None`` where that is not known."""
    text: str | None = attrs.field(default=None, validator=check.text)
    """What it says, as the source had it; ``None``: that is not here, ``""``: it is empty."""
    text_format: TextFormat = attrs.field(
        default=TextFormat.TEXT,
        converter=check.to_format,
        validator=check.word_of(TextFormat),
        kw_only=True,
    )
    """What ``text`` is written in."""
    title: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its own subject line."""
    created_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When it was written."""
    edited_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When it was last changed."""
    is_edited: bool | None = attrs.field(default=None, validator=check.flag, kw_only=True)
    """Whether it was changed, where the source tells that without a time."""
    status: Status = attrs.field(
        default=Status.VISIBLE,
        converter=check.to_status,
        validator=check.word_of(Status),
        kw_only=True,
    )
    """Whether it stands, and if not, who took it away."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its own address. From outside: never follow or render it unchecked."""
    score: int | float | None = attrs.field(default=None, validator=check.number, kw_only=True)
    """Its score at the source, in the source's own unit; mostly ``upvotes`` less ``downvotes``."""
    upvotes: int | None = attrs.field(default=None, validator=check.whole, kw_only=True)
    """How many approve: likes, ups, stars."""
    downvotes: int | None = attrs.field(default=None, validator=check.whole, kw_only=True)
    """How many disapprove."""
    reply_count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many replies the source *claims*, whatever is here."""
    language: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its language, as a BCP 47 tag where the source has one."""
    tags: frozenset[str] = attrs.field(
        default=_NO_TAGS, converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """Labels such as ``pinned``, ``moderator``, ``by-author``, ``pingback``."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """The source's own keys, as frozen JSON."""

    def __init__(
        self,
        id: str,
        parent_id: str | None = None,
        author: Author | None = None,
        text: str | None = None,
        *,
        text_format: TextFormat | str = TextFormat.TEXT,
        title: str | None = None,
        created_at: dt.datetime | None = None,
        edited_at: dt.datetime | None = None,
        is_edited: bool | None = None,
        status: Status | str = Status.VISIBLE,
        url: str | None = None,
        score: int | float | None = None,
        upvotes: int | None = None,
        downvotes: int | None = None,
        reply_count: int | None = None,
        language: str | None = None,
        tags: Iterable[str] = _NO_TAGS,
        meta: Mapping[str, object] = EMPTY,
    ) -> None:
        if (
            _FLIPS and type(self) is Comment
            and type(id) is str and id and id.isascii()
            and (
                parent_id is None
                or (type(parent_id) is str and parent_id and parent_id.isascii())
            )
            and (author is None or type(author) is Author)
            and (text is None or check.is_text(text))
            and type(text_format) is TextFormat
            and (title is None or check.is_text(title))
            and (created_at is None or check.is_utc(created_at))
            and (edited_at is None or check.is_utc(edited_at))
            and (is_edited is None or type(is_edited) is bool)
            and type(status) is Status
            and (url is None or check.is_text(url))
            and (score is None or (type(score) is int and -_BIG <= score < _BIG))
            and (upvotes is None or (type(upvotes) is int and -_BIG <= upvotes < _BIG))
            and (downvotes is None or (type(downvotes) is int and -_BIG <= downvotes < _BIG))
            and (reply_count is None or (type(reply_count) is int and 0 <= reply_count < _BIG))
            and (language is None or check.is_text(language))
            and type(tags) is frozenset and (not tags or check.are_labels(tags))
            and type(meta) is Meta
        ):  # fmt: skip
            # Plainly right already, as nearly all comments are. Eighteen frozen fields set one by
            # one, each with its validator, take five times as long as filling the same object while
            # it is a `Draft`, a class of the same layout that is not frozen.
            draft: Any = self
            object.__setattr__(draft, "__class__", Draft)
            draft.id, draft.parent_id, draft.author, draft.text = id, parent_id, author, text
            draft.text_format, draft.title, draft.created_at = text_format, title, created_at
            draft.edited_at, draft.is_edited, draft.status = edited_at, is_edited, status
            draft.url, draft.score, draft.upvotes = url, score, upvotes
            draft.downvotes, draft.reply_count = downvotes, reply_count
            draft.language, draft.tags, draft.meta = language, tags, meta
            draft.__class__ = Comment
        else:
            self.__attrs_init__(
                id, parent_id, author, text, text_format=text_format, title=title,
                created_at=created_at, edited_at=edited_at, is_edited=is_edited, status=status,
                url=url, score=score, upvotes=upvotes, downvotes=downvotes, reply_count=reply_count,
                language=language, tags=tags, meta=meta,
            )  # fmt: skip


class Draft(Value):
    """A comment being filled: the layout of `Comment`, its fields open, and no check at all."""

    __slots__ = tuple(field.name for field in attrs.fields(Comment))
