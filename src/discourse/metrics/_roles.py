"""Tell what part each author takes: who starts, who answers, who does both."""

import enum
from typing import TypeAlias, final

import attrs

from .._expect import expect_thread
from ..thread import Thread
from ._answers import answers
from ._frozen import FrozenMap
from ._people import key_of


@enum.unique
class Role(enum.StrEnum):
    """The part that an author takes in a thread. The four are ours, and each author has one."""

    STARTER = "starter"
    """Answers nobody else, and is answered: all comments are at the top level (or answer the
    author's own), and somebody else answered at least one of them."""
    LONE = "lone"
    """Answers nobody else, and nobody else answers."""
    RESPONDER = "responder"
    """Answers others, and has no comment at the top level."""
    PARTICIPANT = "participant"
    """Answers others, and has comments at the top level too."""


@final
@attrs.frozen
class AuthorRole:
    """What one author did. ``comments`` is the sum of ``top_level``, ``replies``, ``self_replies``.

    Where the other author is not known, a reply counts as one between two people.
    """

    role: Role
    """The part that follows from the numbers."""
    comments: int
    """How many comments the author wrote."""
    top_level: int
    """How many of them answer the article."""
    replies: int
    """How many of them answer a comment that is not known to be the author's own."""
    self_replies: int
    """How many of them answer a comment of the author's own."""
    received: int
    """How many comments that are not known to be the author's own answer the author's."""
    wrote_article: bool | None
    """Whether the author wrote the article, too; None where it is not known who did."""


_Tally: TypeAlias = list[int]
_TOP, _REPLY, _SELF, _RECEIVED = range(4)


@final
@attrs.frozen
class Roles:
    """What `author_roles` gives."""

    authors: FrozenMap[str, AuthorRole]
    """What each author did, by their keys, in the order of appearance."""
    unknown: int
    """How many comments have an author who is not known."""


def author_roles(thread: Thread) -> Roles:
    """Return what part each author takes, with the numbers that it follows from.

    The roles are told at `Role`. Comments of unknown authors, most placeholders among them, are
    counted; replies to them and from them count as replies, since there is no telling that they are
    the author's own. The definitions are ours. O(n).

    >>> ada, ben = Author("Ada"), Author("Ben")
    >>> thread = Thread(None, [Comment("1", None, ada), Comment("2", "1", ben), Comment("3")])
    >>> roles = author_roles(thread)
    >>> [(key, author.role.value, author.received) for key, author in roles.authors.items()]
    [('Ada', 'starter', 1), ('Ben', 'responder', 0)]
    >>> roles.unknown
    1
    """
    expect_thread(thread)
    tallies: dict[str, _Tally] = {}
    unknown = 0
    for comment, parent in answers(thread):
        author = key_of(comment)
        to = key_of(parent) if parent is not None else None
        if author is None:
            unknown += 1
        else:
            kind = _TOP if parent is None else _SELF if to == author else _REPLY
            tallies.setdefault(author, [0, 0, 0, 0])[kind] += 1
        if to is not None and to != author:
            tallies[to][_RECEIVED] += 1  # whoever is answered has come before
    writers = _article_keys(thread)
    return Roles(
        FrozenMap((key, _author(tally, key, writers)) for key, tally in tallies.items()), unknown
    )


def _article_keys(thread: Thread) -> set[str]:
    authors = thread.article.authors if thread.article is not None else ()
    return {author.key for author in authors if author.key is not None}


def _author(tally: _Tally, key: str, writers: set[str]) -> AuthorRole:
    top, replies, own, received = tally
    if replies:
        role = Role.PARTICIPANT if top else Role.RESPONDER
    else:
        role = Role.STARTER if received else Role.LONE
    wrote = key in writers if writers else None
    return AuthorRole(role, top + replies + own, top, replies, own, received, wrote)
