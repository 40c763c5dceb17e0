"""`Article`, what a discussion is about."""

import datetime as dt
from collections.abc import Iterable
from typing import final

import attrs

from .._meta import EMPTY, Meta
from . import _checks as check
from ._hints import hinted
from ._kinds import TextFormat
from ._parts import Author
from ._value import Value

_HINTS = {
    "author": "article.authors are the authors",
    "user": "article.authors are the authors",
    "comments": "thread.comments has the comments",
    "replies": "thread.replies() are the top-level comments",
    "children": "thread.replies() are the top-level comments",
    "headline": "article.title is the headline",
    "body": "article.text is the body",
    "content": "article.text is the body",
    "selftext": "article.text is the body",
    "date": "article.created_at is the time of publication",
    "timestamp": "article.created_at is the time of publication",
    "created_utc": "article.created_at is the time of publication",
    "published_at": "article.created_at is the time of publication",
    "num_comments": "article.comment_count is the source's number, len(thread) the actual number",
    "publisher": "article.site is the publisher or forum section",
    "subreddit": "article.site is the subreddit",
    "to_dict": "use attrs.asdict(article), or discourse.json.to_dict(thread) for a thread",
}


def _to_authors(value: Iterable[Author]) -> tuple[Author, ...]:
    return check.to_tuple(value)


@final
@hinted(_HINTS)
@attrs.frozen(repr=False, getstate_setstate=False)
class Article(Value):
    """What a discussion is about: a news report, a post, a video, a question.

    ``None`` always means *unknown*: ``text=""`` is an empty text and ``text=None`` an unknown one;
    ``score=0`` is zero and ``score=None`` unknown.

    >>> Article("Bridge to close", site="The Example", comment_count=12).title
    'Bridge to close'
    """

    title: str | None = attrs.field(default=None, validator=check.text)
    """The headline."""
    id: str | None = attrs.field(default=None, validator=check.optional_identifier, kw_only=True)
    """The source's own identifier, as text."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The address of the page. Untrusted: never follow or render it unchecked."""
    authors: tuple[Author, ...] = attrs.field(
        default=(), converter=_to_authors, validator=check.tuple_of(Author), kw_only=True
    )
    """The authors, in the order of the byline."""
    text: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The body, verbatim, in the markup that ``text_format`` names."""
    text_format: TextFormat = attrs.field(
        default=TextFormat.TEXT,
        converter=check.to_format,
        validator=check.word_of(TextFormat),
        kw_only=True,
    )
    """The markup of ``text``."""
    captions: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts, kw_only=True
    )
    """The captions of its pictures, in order."""
    created_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When it was published."""
    edited_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When it was last changed."""
    site: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Where it appeared: the publisher, subreddit, mailing list or forum section."""
    language: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Its language, as a BCP 47 tag if the source has one."""
    score: int | float | None = attrs.field(default=None, validator=check.number, kw_only=True)
    """Its score at the source, in the source's own unit."""
    comment_count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many comments the source *claims*; the thread may have fewer or more."""
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """Labels: categories, keywords, flags of the source."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """Source data without a field of its own, as frozen JSON."""
