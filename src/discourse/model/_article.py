"""Provide `Article`, what a discussion is about."""

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
    "author": "article.authors are those who wrote it",
    "user": "article.authors are those who wrote it",
    "comments": "a thread has thread.article and thread.comments",
    "replies": "thread.replies() are the comments that answer the article",
    "children": "thread.replies() are the comments that answer the article",
    "headline": "article.title is the headline",
    "body": "article.text is what it says",
    "content": "article.text is what it says",
    "selftext": "article.text is what it says",
    "date": "article.created_at is when it was published",
    "timestamp": "article.created_at is when it was published",
    "created_utc": "article.created_at is when it was published",
    "published_at": "article.created_at is when it was published",
    "num_comments": "article.comment_count is what the source claims, len(thread) what is here",
    "publisher": "article.site is where it appeared",
    "subreddit": "article.site is where it appeared",
    "to_dict": "attrs.asdict(article) gives a dict, discourse.json.to_dict(thread) a thread's",
}


def _to_authors(value: Iterable[Author]) -> tuple[Author, ...]:
    return check.to_tuple(value)


@final
@hinted(_HINTS)
@attrs.frozen(repr=False, getstate_setstate=False)
class Article(Value):
    """What a discussion is about: a news article, a post, a video, a question.

    ``None`` always means *not known*: ``text=""`` is a post without text, ``text=None`` one whose
    text is not here; ``score=0`` is zero, ``score=None`` was not told.

    >>> Article("Bridge to close", site="The Example", comment_count=12).title
    'Bridge to close'
    """

    title: str | None = attrs.field(default=None, validator=check.text)
    """The headline."""
    id: str | None = attrs.field(default=None, validator=check.optional_identifier, kw_only=True)
    """The source's own identifier, as text."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The address of the page. From outside: never follow or render it unchecked."""
    authors: tuple[Author, ...] = attrs.field(
        default=(), converter=_to_authors, validator=check.tuple_of(Author), kw_only=True
    )
    """Who wrote it, in the order of the byline."""
    text: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The body, as the source had it; ``text_format`` says what it is written in."""
    text_format: TextFormat = attrs.field(
        default=TextFormat.TEXT,
        converter=check.to_format,
        validator=check.word_of(TextFormat),
        kw_only=True,
    )
    """What ``text`` is written in."""
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
    """Its language, as a BCP 47 tag where the source has one."""
    score: int | float | None = attrs.field(default=None, validator=check.number, kw_only=True)
    """Its score at the source, in the source's own unit."""
    comment_count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many comments the source *claims*, whatever is here."""
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """Labels: categories, keywords, flags of the source."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """The source's own keys, as frozen JSON."""
