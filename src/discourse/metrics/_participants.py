"""Measure participants: who replies to whom, reciprocity, shares of comments, roles.

A person is an `Author.key`: the id or, without one, the name. Comments whose author is unknown or
has no key are counted as unknown, never as one person. Across threads, equal keys are one person,
so pass only threads of one site.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from numbers import Integral
from typing import TypeAlias, final

import attrs

from .._threads import Threads, listed
from ..errors import FieldError
from ..model import Author, Comment
from ..thread import Thread
from ._frozen_map import FrozenMap
from ._tree_shape import with_parents


@final
@attrs.frozen
class ReplyGraph:
    """Who replies to whom, returned by `reply_graph`.

    Each comment counts once: in an edge, or in ``self_replies``, ``unknown`` or ``to_article``.
    """

    edges: FrozenMap[tuple[str, str], int]
    """How many replies go from one person to another, by (replier, replied to)."""
    self_replies: int
    """How many comments reply to a comment by the same person."""
    unknown: int
    """How many comments reply to another if either author is unknown."""
    to_article: int
    """How many comments reply to the article."""

    @property
    def reciprocity(self) -> float | None:
        """The share of edges whose reverse is also an edge, or None without edges."""
        if not self.edges:
            return None
        edges = self.edges
        return sum((to, replier) in edges for replier, to in edges) / len(edges)


def reply_graph(threads: Threads) -> ReplyGraph:
    """Return who replies to whom, and how often, in one thread or across several.

    Replies to oneself, from or to unknown authors, and to the article make no edges but are
    counted. (An article may have several authors or none, and writing it is no part in the
    discussion.) A placeholder with an unknown author counts as unknown, and so do the replies to
    it. Edges are in the order of their first replies. O(n).

    >>> ada, ben = Author("Ada"), Author("Ben")
    >>> thread = Thread(None, [Comment("1", None, ada), Comment("2", "1", ben),
    ...                        Comment("3", "2", ada), Comment("4", "3", ada)])
    >>> graph = reply_graph(thread)
    >>> graph.edges
    FrozenMap({('Ben', 'Ada'): 1, ('Ada', 'Ben'): 1})
    >>> graph.self_replies, graph.unknown, graph.to_article
    (1, 0, 1)
    """
    edges: Counter[tuple[str, str]] = Counter()
    self_replies = unknown = to_article = 0
    for comment, parent in _with_parents(threads):
        if parent is None:
            to_article += 1
            continue
        replier, to = comment.author_key, parent.author_key
        if replier is None or to is None:
            unknown += 1
        elif replier == to:
            self_replies += 1
        else:
            edges[replier, to] += 1
    return ReplyGraph(FrozenMap(edges), self_replies, unknown, to_article)


def reciprocity(threads: Threads) -> float | None:
    """Return the share of edges of the `reply_graph` whose reverse is also an edge.

    With E edges (a, b), R of which have a reverse edge (b, a), reciprocity is R / E: 1 if every
    edge has a reverse, None without edges. Each edge counts once, however many replies it has.
    Replies to oneself, to the article, and from or to unknown authors are not edges. O(n).

    This is the traditional measure of directed graphs, as in D. Garlaschelli, M. I. Loffredo,
    *Patterns of link reciprocity in directed networks*, Physical Review Letters 93, 2004, 268701,
    and the same as ``networkx.overall_reciprocity``.

    >>> ada, ben, cem = Author("Ada"), Author("Ben"), Author("Cem")
    >>> reciprocity(Thread(None, [Comment("1", None, ada), Comment("2", "1", ben),
    ...                           Comment("3", "2", ada), Comment("4", "1", cem)]))
    0.6666666666666666
    """
    return reply_graph(threads).reciprocity


@final
@attrs.frozen
class Participation:
    """How many comments each person wrote, returned by `participation`."""

    counts: FrozenMap[str, int]
    """The number of comments of each person; most first, ties in the order of appearance."""
    unknown: int
    """The number of comments whose author is unknown."""
    names: FrozenMap[str, str]
    """The first known name of each person, by key."""

    def top(self, n: int | None = None) -> list[tuple[str, int]]:
        """Return the names and counts of the *n* people with the most comments, or of all.

        The key replaces an unknown name. Two people with the same name have an entry each.
        """
        return [(self.names.get(key, key), count) for key, count in islice(self.counts.items(), n)]

    @property
    def gini(self) -> float | None:
        """How unequally people comment: see `discourse.metrics.gini`."""
        return gini(self.counts.values())


def participation(threads: Threads) -> Participation:
    """Return the number of comments of each author, in one thread or across several.

    The counts and ``unknown`` add up to the number of comments. Most placeholders count as unknown.
    People who only read are not included. O(n log n) in the number of authors.

    >>> thread = Thread(None, [Comment("1", None, Author("Ada")), Comment("2", "1", Author("Ben")),
    ...                        Comment("3", "2", Author("Ada")), Comment("4", "3")])
    >>> people = participation(thread)
    >>> people.counts, people.unknown, people.gini
    (FrozenMap({'Ada': 2, 'Ben': 1}), 1, 0.16666666666666666)
    >>> participation([thread, thread]).top(1)
    [('Ada', 4)]
    """
    comments = [comment for thread in listed(threads) for comment in thread.comments]
    counts = Counter([comment.author_key for comment in comments])
    unknown = counts.pop(None, 0)
    known = ((key, count) for key, count in counts.most_common() if key is not None)
    return Participation(FrozenMap(known), unknown, FrozenMap(_names(comments)))


def _names(comments: Iterable[Comment]) -> dict[str, str]:
    names: dict[str, str] = {}
    authors: dict[int, Author] = {id(c.author): c.author for c in comments if c.author is not None}
    for author in authors.values():
        if author.key is not None and author.name is not None:
            names.setdefault(author.key, author.name)
    return names


def gini(amounts: Iterable[int]) -> float | None:
    """Return the Gini coefficient of amounts: 0 if all are equal, near 1 if one has everything.

    With n amounts x in ascending order, G = Σ (2i - n - 1) x_i / (n Σ x_i), i from 1 to n: half the
    mean difference between two of them, relative to their mean. The largest value is (n - 1) / n;
    if the amounts are a sample, multiply by n / (n - 1) to estimate the population. None if the sum
    is zero. O(n log n), in exact integers up to the division.

    Source: C. Gini, *Variabilità e mutabilità*, 1912; in this form C. Damgaard, J. Weiner,
    *Describing inequality in plant size or fecundity*, Ecology 81 (4), 2000, 1139-1142.

    Raises `FieldError` for amounts that are negative or not integers.

    >>> gini([5, 5, 5]), gini([1, 3]), gini([])
    (0.0, 0.25, None)
    """
    ordered = sorted(map(_amount, amounts))
    n, total = len(ordered), sum(ordered)
    if not total:
        return None
    weighted = sum((2 * i - n - 1) * x for i, x in enumerate(ordered, 1))
    return weighted / (n * total)


def _amount(value: int) -> int:
    if not isinstance(value, Integral) or value < 0:
        raise FieldError("metrics", "gini(amounts)", value, "must be integers of at least 0")
    return int(value)  # NumPy's integers would overflow


@enum.unique
class Role(enum.StrEnum):
    """The role of an author in a thread, by this library's definitions. Each author has one."""

    STARTER = "starter"
    """Replies to nobody else, but others replied: all comments are at the top level, or reply to
    the author's own."""
    LONE = "lone"
    """Replies to nobody else, and nobody else replied."""
    RESPONDER = "responder"
    """Replies to others, and has no comment at the top level."""
    PARTICIPANT = "participant"
    """Replies to others, and also has comments at the top level."""


@final
@attrs.frozen
class AuthorRole:
    """The activity of an author.

    ``comments`` is the sum of ``top_level``, ``replies`` and ``self_replies``. If the other author
    is unknown, a reply counts as one between two people.
    """

    role: Role
    """The role, derived from the numbers."""
    comments: int
    """How many comments the author wrote."""
    top_level: int
    """How many of them reply to the article."""
    replies: int
    """How many of them reply to a comment that is not known to be the author's own."""
    self_replies: int
    """How many of them reply to the author's own comments."""
    received: int
    """How many replies, not known to be the author's own, the comments received."""
    wrote_article: bool | None
    """Whether the author wrote the article, or one of several; None if no article has known
    authors."""


_Tally: TypeAlias = list[int]
_TOP, _REPLY, _SELF, _RECEIVED = range(4)


@final
@attrs.frozen
class Roles:
    """The roles of authors, returned by `author_roles`."""

    authors: FrozenMap[str, AuthorRole]
    """The activity of each author by key, in the order of appearance."""
    unknown: int
    """How many comments have an unknown author."""


def author_roles(threads: Threads) -> Roles:
    """Return the role of each author, with the numbers that determine it; `Role` defines the roles.

    Across several threads, the numbers are sums, and determine one role. Comments by unknown
    authors, including most placeholders, are counted as unknown. Replies to and from them count as
    replies, since they are not known to be the author's own. O(n).

    >>> ada, ben = Author("Ada"), Author("Ben")
    >>> thread = Thread(None, [Comment("1", None, ada), Comment("2", "1", ben), Comment("3")])
    >>> roles = author_roles(thread)
    >>> [(key, author.role.value, author.received) for key, author in roles.authors.items()]
    [('Ada', 'starter', 1), ('Ben', 'responder', 0)]
    >>> roles.unknown
    1
    """
    several = listed(threads)
    tallies: dict[str, _Tally] = {}
    unknown = 0
    for comment, parent in _with_parents(several):
        author = comment.author_key
        to = parent.author_key if parent is not None else None
        if author is None:
            unknown += 1
        else:
            kind = _TOP if parent is None else _SELF if to == author else _REPLY
            tallies.setdefault(author, [0, 0, 0, 0])[kind] += 1
        if to is not None and to != author:
            tallies[to][_RECEIVED] += 1  # the parent came before, so its author has a tally
    writers = _article_keys(several)
    return Roles(
        FrozenMap((key, _author(tally, key, writers)) for key, tally in tallies.items()), unknown
    )


def _with_parents(threads: Threads) -> Iterator[tuple[Comment, Comment | None]]:
    return chain.from_iterable(map(with_parents, listed(threads)))


def _article_keys(threads: Iterable[Thread]) -> set[str]:
    articles = [thread.article for thread in threads if thread.article is not None]
    authors = [author for article in articles for author in article.authors]
    return {author.key for author in authors if author.key is not None}


def _author(tally: _Tally, key: str, writers: set[str]) -> AuthorRole:
    top, replies, own, received = tally
    if replies:
        role = Role.PARTICIPANT if top else Role.RESPONDER
    else:
        role = Role.STARTER if received else Role.LONE
    wrote = key in writers if writers else None
    return AuthorRole(role, top + replies + own, top, replies, own, received, wrote)
