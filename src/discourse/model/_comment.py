"""Provide `Comment`, one contribution to a discussion."""

import datetime as dt
from typing import final

import attrs

from .._meta import EMPTY, Meta
from .._notebook import repr_html, rich_console
from . import _checks as check
from ._fast_init import fast_init
from ._hints import hinted
from ._kinds import Status, TextFormat
from ._parts import Author
from ._value import Value

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
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
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
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """Labels such as ``pinned``, ``moderator``, ``by-author``, ``pingback``."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """The source's own keys, as frozen JSON."""

    _repr_html_ = repr_html
    __rich_console__ = rich_console

    @property
    def author_key(self) -> str | None:
        """Who wrote it, as one person: the `Author.key`; None where that is not known."""
        return None if self.author is None else self.author.key

    @property
    def author_name(self) -> str | None:
        """The author's name; None where that is not known."""
        return None if self.author is None else self.author.name
