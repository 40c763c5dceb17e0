"""`Comment`, one contribution to a discussion."""

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
    "parent": "thread.parent(comment) is the parent, comment.parent_id its id",
    "reply_to": "thread.parent(comment) is the parent, comment.parent_id its id",
    "ancestors": "thread.ancestors(comment) are the parent, its parent and so on",
    "descendants": "thread.descendants(comment) are its replies, their replies and so on",
    "siblings": "thread.siblings(comment) are the other comments with the same parent",
    "depth": "thread.depth(comment) is the number of its ancestors",
    "level": "thread.depth(comment) is the number of its ancestors",
    "body": "comment.text is the text",
    "content": "comment.text is the text",
    "message": "comment.text is the text",
    "user": "comment.author is the author",
    "username": "comment.author.name is the author's name",
    "speaker": "comment.author is the author",
    "timestamp": "comment.created_at is the time of writing",
    "created_utc": "comment.created_at is the time of writing",
    "date": "comment.created_at is the time of writing",
    "likes": "comment.upvotes is the number of approvals",
    "to_dict": "use attrs.asdict(comment), or discourse.json.to_dict(thread) for a thread",
    "replace": "discourse.edit.replace(thread, comment, text=...) returns a changed thread",
}


@final
@hinted(_HINTS)
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
class Comment(Value):
    """One contribution to a discussion: a comment, reply, post, answer or message.

    A comment names its parent and does not contain its replies; a `Thread` has the tree. ``None``
    always means *unknown*, except in ``parent_id``.

    >>> Comment("c2", "c1", Author("Ada"), "I agree.")
    Comment(id='c2', parent_id='c1', author=Author(name='Ada'), text='I agree.')
    >>> Comment(7)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    discourse.errors.FieldTypeError: Comment.id: must be a string (...), not 7
    """

    id: str = attrs.field(validator=check.identifier)
    """The identifier, unique within its thread. Compared by code point, never normalised."""
    parent_id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The id of the comment that this one answers. ``None`` means that it answers the article."""
    author: Author | None = attrs.field(default=None, validator=check.instance_of(Author))
    """Who wrote it."""
    text: str | None = attrs.field(default=None, validator=check.text)
    """The text, verbatim. ``None`` is unknown, ``""`` is empty."""
    text_format: TextFormat = attrs.field(
        default=TextFormat.TEXT,
        converter=check.to_format,
        validator=check.word_of(TextFormat),
        kw_only=True,
    )
    """The markup of ``text``."""
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
    """Whether it was changed, if the source says so without a time."""
    status: Status = attrs.field(
        default=Status.VISIBLE,
        converter=check.to_status,
        validator=check.word_of(Status),
        kw_only=True,
    )
    """Whether it is visible, and if not, why."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its own address. Untrusted: never follow or render it unchecked."""
    score: int | float | None = attrs.field(default=None, validator=check.number, kw_only=True)
    """Its score at the source, in the source's own unit; often ``upvotes`` minus ``downvotes``."""
    upvotes: int | None = attrs.field(default=None, validator=check.whole, kw_only=True)
    """How many approve: likes, ups, stars."""
    downvotes: int | None = attrs.field(default=None, validator=check.whole, kw_only=True)
    """How many disapprove."""
    reply_count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many replies the source *claims*; the thread may have fewer or more."""
    language: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its language, as a BCP 47 tag if the source has one."""
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """Labels such as ``pinned``, ``moderator``, ``by-author``, ``pingback``."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """Source data without a field of its own, as frozen JSON."""

    _repr_html_ = repr_html
    __rich_console__ = rich_console

    @property
    def author_key(self) -> str | None:
        """The `Author.key` of the author; None if unknown."""
        return None if self.author is None else self.author.key

    @property
    def author_name(self) -> str | None:
        """The author's name; None if unknown."""
        return None if self.author is None else self.author.name
