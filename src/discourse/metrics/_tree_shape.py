"""Measure the shape of the tree: depth, width, branching and structural virality."""

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
    """Return the number of levels of comments: 0 for an empty thread.

    A level is all comments of one `Thread.depth`. Depth counts from 0, so this is the greatest
    depth plus one. Placeholders count. O(n).

    >>> levels(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    2
    """
    expect_thread(thread)
    return len(thread.levels())


def max_width(thread: Thread) -> int:
    """Return the number of comments in the widest level: 0 for an empty thread.

    Placeholders count. O(n).

    >>> max_width(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    2
    """
    expect_thread(thread)
    return max(map(len, thread.levels()), default=0)


def depth_distribution(thread: Thread) -> FrozenMap[int, int]:
    """Return the number of comments at each `Thread.depth`, from 0, the top level, down.

    Placeholders count. O(n).

    >>> depth_distribution(Thread(None, [Comment("a"), Comment("b", "a"), Comment("c")]))
    FrozenMap({0: 2, 1: 1})
    """
    expect_thread(thread)
    return FrozenMap((depth, len(level)) for depth, level in enumerate(thread.levels()))


@final
@attrs.frozen
class Branching:
    """The numbers of direct replies to comments, returned by `branching`.

    The counts of ``distribution`` add up to the number of comments. Weighted by their keys they add
    up to the number of comments below the top level.
    """

    distribution: FrozenMap[int, int]
    """How many comments have 0, 1, 2, ... direct replies; only numbers that occur, in order."""
    top_level: int
    """How many comments reply to the article, which is not in ``distribution``."""
    mean: float | None
    """The mean number of direct replies to a comment; None for an empty thread."""
    mean_answered: float | None
    """The mean number of direct replies to comments with a reply; None if there are none."""


def branching(thread: Thread) -> Branching:
    """Return the distribution and the means of the number of direct replies to a comment.

    With n comments, t at the top level and m with a reply, the means are (n - t) / n and
    (n - t) / m. The second is the branching factor of the tree without its root. Only replies in
    the thread count, not the ``reply_count`` that a source claims. Placeholders and replies to them
    count. O(n).

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

    With N nodes (the article and the comments, including placeholders) and d(i, j) the length of
    the path from i to j, it is the sum of d(i, j) over all ordered pairs of different nodes,
    divided by N (N - 1). It is near 2 if all comments reply to the article, and (N + 1) / 3 if each
    replies to the one before. None for an empty thread.

    The sum is computed by edges: the edge from a comment to its parent lies on 2 s (N - s) paths,
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

    The first level is the top level. The index is 0 only for an empty thread. It is 1 for a chain,
    whose second level has one comment, and for a fan, which has no second level. Placeholders
    count. O(n).

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
    """Yield each comment, in order, with its parent, or None at the top level. O(n).

    This is faster than calling `Thread.parent` for each, which spends most of its time in look-ups:
    in depth-first order, the parent is always on the branch that ends at the previous comment.
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
