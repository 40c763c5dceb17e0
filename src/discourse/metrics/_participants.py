"""Measures of people: who answers whom, who answers back, who writes how much, who starts.

One person is one `Author.key`, the id where there is one, else the name. Comments whose author is
not known, or has no key, are never taken for one person: they are counted as unknown. Across
threads, equal keys are one person: pass threads of one site only.
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
    """Who answers whom: what `reply_graph` gives.

    Every comment is one of four: an edge has it, or it is counted in ``self_replies``, ``unknown``
    or ``to_article``. The four add up to the number of comments.
    """

    edges: FrozenMap[tuple[str, str], int]
    """How many replies go from one person to another: (replier, replied to) to count."""
    self_replies: int
    """How many comments answer a comment of the same person."""
    unknown: int
    """How many comments answer another, the author of one or both of which is not known."""
    to_article: int
    """How many comments answer the article."""

    @property
    def reciprocity(self) -> float | None:
        """The share of edges whose reverse is an edge too; None where there are none."""
        if not self.edges:
            return None
        edges = self.edges
        return sum((to, replier) in edges for replier, to in edges) / len(edges)


def reply_graph(threads: Threads) -> ReplyGraph:
    """Return who answers whom, and how often, in one thread or across several.

    Left out and counted are replies to oneself, replies from or to somebody who is not known, and
    replies to the article: it has several authors, or none, who as such take no part in the
    discussion (where they do, their comments are here). A placeholder whose author is not known
    counts as unknown, and so do the replies to it. Edges stand in the order of their first reply.
    O(n).

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
    """Return the share of edges of the `reply_graph` whose reverse is an edge too.

    An edge counts once, however many replies it stands for: with E edges (a, b), of which R have an
    edge (b, a) beside them, it is R / E. 1 where everybody is answered back, None where there is no
    edge. Replies to oneself, to the article, and from or to unknown authors are no edges. O(n).

    The traditional measure of directed graphs, as in D. Garlaschelli, M. I. Loffredo,
    *Patterns of link reciprocity in directed networks*, Physical Review Letters 93, 2004, 268701;
    ``networkx.overall_reciprocity`` computes the same.

    >>> ada, ben, cem = Author("Ada"), Author("Ben"), Author("Cem")
    >>> reciprocity(Thread(None, [Comment("1", None, ada), Comment("2", "1", ben),
    ...                           Comment("3", "2", ada), Comment("4", "1", cem)]))
    0.6666666666666666
    """
    return reply_graph(threads).reciprocity


@final
@attrs.frozen
class Participation:
    """Who writes how much: what `participation` gives."""

    counts: FrozenMap[str, int]
    """The number of comments of each person; most first, ties in the order of appearance."""
    unknown: int
    """The number of comments whose author is not known."""
    names: FrozenMap[str, str]
    """The name under which each person appears first, where there is one."""

    def top(self, n: int | None = None) -> list[tuple[str, int]]:
        """Return the *n* people with the most comments, or all: their names and counts.

        The key replaces a name that is not known. Two people of one name are two entries.
        """
        return [(self.names.get(key, key), count) for key, count in islice(self.counts.items(), n)]

    @property
    def gini(self) -> float | None:
        """How unevenly the comments are spread over their authors: see `discourse.metrics.gini`."""
        return gini(self.counts.values())


def participation(threads: Threads) -> Participation:
    """Return the number of comments of each author, in one thread or across several.

    The counts and ``unknown`` add up to the number of comments: placeholders are mostly among the
    unknown. People who only read are not here. O(n log n) in the number of authors.

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
    """Return the Gini coefficient of amounts: 0 where all are equal, near 1 where one has all.

    With n amounts x in ascending order, G = Σ (2i - n - 1) x_i / (n Σ x_i), i from 1 to n: half the
    mean difference between two of them, relative to their mean. The largest value is (n - 1) / n;
    multiply by n / (n - 1) where you want the estimate of a larger population that the amounts are
    a sample of. None where nobody has anything. O(n log n), in exact integers up to the division.

    Source: C. Gini, *Variabilità e mutabilità*, 1912; in this form C. Damgaard, J. Weiner,
    *Describing inequality in plant size or fecundity*, Ecology 81 (4), 2000, 1139-1142.

    Raises `FieldError` for amounts that are negative or no integers.

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
        raise FieldError("metrics", "gini(amounts)", value, "must be integers from 0")
    return int(value)  # those of NumPy would overflow


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
    """Whether the author wrote the article (or one of several); None where nobody knows who did."""


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


def author_roles(threads: Threads) -> Roles:
    """Return what part each author takes, with the numbers that it follows from.

    Across several threads, the numbers are sums over all of them, and so is the role.

    `Role` defines the roles. Comments of unknown authors, most placeholders among them, are
    counted; replies to them and from them count as replies, since nothing says that they are
    the author's own. The definitions are ours. O(n).

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
            tallies[to][_RECEIVED] += 1  # whoever is answered has come before
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
