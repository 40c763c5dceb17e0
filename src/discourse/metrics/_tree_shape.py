"""Measures of the tree alone: how deep, how wide, how branched, how spread out."""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import final

import attrs

from .._expect import expect_thread
from ..model import Comment
from ..thread import Thread
from ._frozen_map import FrozenMap


def levels(thread: Thread) -> int:
    """Return how many levels of comments there are: 0 for an empty thread.

    A level is all comments of one `Thread.depth`. Depth counts from 0, so this is the greatest
    depth and one. Placeholders count like other comments. O(n).

    >>> levels(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    2
    """
    expect_thread(thread)
    return len(thread.levels())


def max_width(thread: Thread) -> int:
    """Return how many comments the fullest level has: 0 for an empty thread.

    Placeholders count like other comments. O(n).

    >>> max_width(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    2
    """
    expect_thread(thread)
    return max(map(len, thread.levels()), default=0)


def depth_distribution(thread: Thread) -> FrozenMap[int, int]:
    """Return how many comments have each `Thread.depth`, from 0, the top level, down.

    The counts add up to the number of comments. Placeholders count like other comments. O(n).

    >>> depth_distribution(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    FrozenMap({0: 2, 1: 1})
    """
    expect_thread(thread)
    return FrozenMap((depth, len(level)) for depth, level in enumerate(thread.levels()))


@final
@attrs.frozen
class Branching:
    """How many direct replies comments have: what `branching` gives.

    Every comment but those at the top level is a direct reply to one other, so the counts of
    ``distribution`` add up to the number of comments, and weighted with their keys to that number
    less ``top_level``.
    """

    distribution: FrozenMap[int, int]
    """How many comments have 0, 1, 2, ... direct replies; only numbers that occur, in order."""
    top_level: int
    """How many comments answer the article, which is no comment and not in ``distribution``."""
    mean: float | None
    """Direct replies a comment, all comments counted; None for an empty thread."""
    mean_answered: float | None
    """Direct replies a comment, over those that have any; None where none has."""


def branching(thread: Thread) -> Branching:
    """Return the distribution and the means of the number of direct replies to a comment.

    With n comments, t of them at the top level and m that have a reply, the means are (n - t) / n
    and (n - t) / m; the second is what is called the branching factor of a tree, here without its
    root. What counts are the replies that are here, not the ``reply_count`` that a source claims;
    placeholders and replies to them count like others. O(n).

    >>> branching(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "a")]))
    ... # doctest: +NORMALIZE_WHITESPACE
    Branching(distribution=FrozenMap({0: 2, 2: 1}), top_level=1,
              mean=0.6666666666666666, mean_answered=2.0)
    """
    expect_thread(thread)
    replies = Counter(comment.parent_id for comment in thread.comments)
    top_level = replies.pop(None, 0)
    counts = Counter(replies.values())
    counts[0] = len(thread) - len(replies)
    below = len(thread) - top_level
    return Branching(
        FrozenMap((number, counts[number]) for number in sorted(counts) if counts[number]),
        top_level,
        below / len(thread) if len(thread) else None,
        below / len(replies) if replies else None,
    )


def structural_virality(thread: Thread) -> float | None:
    """Return the mean distance between two nodes of the tree whose root is the article.

    With N nodes (the comments and the article) and d(i, j) the number of replies on the way from i
    to j, it is the sum of d(i, j) over all ordered pairs of different nodes, divided by N (N - 1):
    near 2 where all answer the article, and (N + 1) / 3 where each comment answers the one before.
    None for an empty thread, which has one node. Placeholders are nodes like others.

    The sum needs no pairs: the way from a comment to its parent is part of 2 s (N - s) of them,
    where s is the size of its subtree. O(n), in exact integers up to the one division.

    Source: S. Goel, A. Anderson, J. Hofman, D. J. Watts, *The structural virality of online
    diffusion*, Management Science 62 (1), 2016, 180-196. The sum over unordered pairs is the Wiener
    index (H. Wiener, 1947).

    >>> structural_virality(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "b")]))
    1.6666666666666667
    """
    expect_thread(thread)
    nodes = len(thread) + 1
    if nodes < 2:
        return None
    ways = sum(size * (nodes - size) for size in map(thread.size, thread.comments))
    return 2 * ways / (nodes * (nodes - 1))


def h_index(thread: Thread) -> int:
    """Return the largest h for which the i-th level has at least i comments, for all i up to h.

    The first level is the top level. The index is 0 for an empty thread only. It is 1 for a chain,
    whose second level has one comment, and for a fan, which has no second level. Levels below the
    first one that is too thin do not matter. Placeholders count like other comments. O(n).

    Source: V. Gómez, A. Kaltenbrunner, V. López, *Statistical analysis of the social network and
    discussion threads in Slashdot*, WWW 2008, 645-654, where it measures how controversial a post
    is.

    >>> h_index(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "a")]))
    2
    """
    expect_thread(thread)
    enough = (len(level) >= number for number, level in enumerate(thread.levels(), 1))
    return sum(takewhile(bool, enough))


def with_parents(thread: Thread) -> Iterator[tuple[Comment, Comment | None]]:
    """Yield each comment, in order, with the one that it answers; None: it answers the article.

    The same as `Thread.parent` of each. But in depth-first order the parent is always on the branch
    that ends at the comment before, so that nothing is looked up, which in a large thread takes
    most of the time. O(n).
    """
    branch: list[Comment] = []
    for comment in thread.comments:
        if comment.parent_id is None:
            branch.clear()
        else:
            while branch[-1].id != comment.parent_id:
                branch.pop()
        yield comment, branch[-1] if branch else None
        branch.append(comment)
