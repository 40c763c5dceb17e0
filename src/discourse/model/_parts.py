"""The small values: who said it (`Author`), where it is from (`Source`), what lacks (`Stub`)."""

import datetime as dt
from typing import final

import attrs

from .._meta import EMPTY, Meta
from . import _checks as check
from ._fast_init import fast_init
from ._hints import hinted
from ._kinds import StubKind
from ._value import Value

_HINTS = {
    "username": "author.name is the name that the author goes by",
    "login": "author.name is the name that the author goes by",
    "full_name": "author.display_name is the name shown, where it differs from author.name",
    "avatar": "author.avatar_url is the address of the picture",
    "comments": "[c for c in thread if c.author and c.author.key == author.key] are the comments",
    "to_dict": "attrs.asdict(author) gives a dict",
}


@final
@hinted(_HINTS)
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
class Author(Value):
    """Someone who wrote an article or a comment.

    An author is only what a source says of one. Two `Author` values are one person when their
    `key` is equal. Where nothing is known of the author, a comment's ``author`` is ``None``; there
    is never an author called ``[deleted]``.

    >>> Author("Ada", id="u17").key
    'u17'
    >>> Author("Ada").key
    'Ada'
    """

    name: str | None = attrs.field(default=None, validator=check.text)
    """The name the author goes by at the source: a login, a handle, or whatever was typed."""
    id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The source's own identifier, as text."""
    display_name: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The name shown to readers, where it differs from ``name``."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The author's page. From outside: never follow or render it unchecked."""
    avatar_url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The author's picture. From outside, like ``url``."""
    bio: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """What the source says about the author."""
    is_bot: bool | None = attrs.field(default=None, validator=check.flag, kw_only=True)
    """Whether the source says that this is a program; ``None`` where it does not say."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """The source's own keys, as frozen JSON."""

    @property
    def key(self) -> str | None:
        """What identifies the person: the ``id`` where there is one, else the ``name``."""
        return self.id if self.id is not None else self.name


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Source(Value):
    """Where a thread came from, and how it was read."""

    format: str | None = attrs.field(default=None, validator=check.text)
    """The format it was read as, by the name `discourse.read` knows it by, such as ``pagetext``."""
    platform: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The software or service that held the discussion, such as ``wordpress``."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Where the input was fetched from."""
    retrieved_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When the input was fetched."""
    version: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The version of the format or of the reader's rules."""
    digest: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """A hash of the input, with the name of the algorithm before a colon."""


@final
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
class Stub(Value):
    """A place where the source says that there is more.

    >>> Stub("c1", "more", ids=("c5", "c6"), count=2)
    Stub(parent_id='c1', ids=('c5', 'c6'), count=2)
    """

    parent_id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The comment whose replies are incomplete; ``None`` for the top level."""
    kind: StubKind = attrs.field(
        default=StubKind.MORE, converter=check.to_stub_kind, validator=check.word_of(StubKind)
    )
    """Why it is incomplete."""
    ids: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts, kw_only=True
    )
    """The ids of what is not here, where they are known."""
    count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many comments are not here, as the source says."""
    cursor: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """What to hand the source to get them."""
