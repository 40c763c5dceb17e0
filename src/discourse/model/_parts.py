"""The small values: `Author`, `Source` (where a thread came from) and `Stub` (what is missing)."""

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
    "username": "author.name is the name at the source",
    "login": "author.name is the name at the source",
    "full_name": "author.display_name is the name shown, if it differs from author.name",
    "avatar": "author.avatar_url is the address of the picture",
    "comments": "[c for c in thread if c.author and c.author.key == author.key] are the comments",
    "to_dict": "use attrs.asdict(author)",
}


@final
@hinted(_HINTS)
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
class Author(Value):
    """What a source says about someone who wrote an article or a comment.

    Two `Author` values are the same person if their `key` is equal. If nothing is known about the
    author, a comment's ``author`` is ``None``; there is never an author called ``[deleted]``.

    >>> Author("Ada", id="u17").key
    'u17'
    >>> Author("Ada").key
    'Ada'
    """

    name: str | None = attrs.field(default=None, validator=check.text)
    """The author's name at the source: a login, a handle, or the name typed into a form."""
    id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The source's own identifier, as text."""
    display_name: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The name shown to readers, if it differs from ``name``."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The author's page. Untrusted: never follow or render it unchecked."""
    avatar_url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The author's picture. Untrusted, like ``url``."""
    bio: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """What the source says about the author."""
    is_bot: bool | None = attrs.field(default=None, validator=check.flag, kw_only=True)
    """Whether the source says that this is a program."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """Source data without a field of its own, as frozen JSON."""

    @property
    def key(self) -> str | None:
        """What identifies the person: the ``id`` if there is one, otherwise the ``name``."""
        return self.id if self.id is not None else self.name


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Source(Value):
    """Where a thread came from and how it was parsed."""

    format: str | None = attrs.field(default=None, validator=check.text)
    """The format it was parsed as, by its name in `discourse.read`, such as ``pagetext``."""
    platform: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The software or service that hosted the discussion, such as ``wordpress``."""
    url: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """Where the input was fetched from."""
    retrieved_at: dt.datetime | None = attrs.field(
        default=None, converter=check.to_time, validator=check.time, kw_only=True
    )
    """When the input was fetched."""
    version: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The version of the format or of the reader's rules."""
    digest: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """A hash of the input: the name of the algorithm, a colon, and the digest."""


@final
@fast_init
@attrs.frozen(repr=False, getstate_setstate=False)
class Stub(Value):
    """A marker for content that the source has and the input does not.

    >>> Stub("c1", "more", ids=("c5", "c6"), count=2)
    Stub(parent_id='c1', ids=('c5', 'c6'), count=2)
    """

    parent_id: str | None = attrs.field(default=None, validator=check.optional_identifier)
    """The comment whose replies are incomplete; ``None`` for the top level."""
    kind: StubKind = attrs.field(
        default=StubKind.MORE, converter=check.to_stub_kind, validator=check.word_of(StubKind)
    )
    """Why they are incomplete."""
    ids: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts, kw_only=True
    )
    """The ids of the missing comments, if known."""
    count: int | None = attrs.field(default=None, validator=check.count, kw_only=True)
    """How many comments are missing, according to the source."""
    cursor: str | None = attrs.field(default=None, validator=check.text, kw_only=True)
    """The cursor with which to ask the source for them."""
