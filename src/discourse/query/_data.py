"""Parts of a thread for data sets: `sample` (some comments), `windows` (each in its context)."""

import heapq
from collections.abc import Iterator
from hashlib import blake2b

from .._expect import expect_thread
from ..model import Comment
from ..thread import Thread
from . import _arguments as check

Lots = blake2b
"""What draws: a hash that begins with the seed."""


def sample(thread: Thread, n: int, seed: int | str) -> tuple[Comment, ...]:
    """Return *n* comments drawn by lot, in thread order; all, where there are no more than *n*.

    The lot of a comment is BLAKE2b, 8 bytes long, of the seed, a zero byte and the comment's id, in
    UTF-8; the *n* smallest win. So the same seed draws the same on every machine and Python, a
    larger *n* adds to what a smaller one drew, and a thread that has grown keeps what it can of its
    sample. Placeholders are drawn like others: ``filter(thread, ~status("missing"), "promote")`` is
    a thread without them. O(n log n).

    >>> thread = Thread(None, [Comment(str(number)) for number in range(100)])
    >>> [comment.id for comment in sample(thread, 5, seed=1)]
    ['25', '63', '66', '97', '99']
    >>> len(sample(thread, 1_000, seed=1))
    100
    """
    expect_thread(thread)
    check.count("sample(n)", n)
    if n >= len(thread):
        return thread.comments
    start = keyed(check_seed("sample(seed)", seed))
    lots: list[tuple[bytes, int]] = []
    for position, comment in enumerate(thread.comments):
        made = start.copy()
        made.update(comment.id.encode())
        lots.append((made.digest(), position))
    at = thread.comments
    return tuple([at[n] for n in sorted(position for _, position in heapq.nsmallest(n, lots))])


def keyed(seed: int | str) -> Lots:
    """Return the hash that every lot of a seed begins with."""
    return blake2b(f"{seed}\0".encode(), digest_size=8)


def check_seed(field: str, seed: object) -> int | str:
    """Accept an int and a string that UTF-8 can write."""
    if type(seed) is int:
        check.written(field, seed)
        return seed
    return check.text(field, seed)


def windows(thread: Thread, size: int) -> Iterator[tuple[Comment, ...]]:
    """Yield each comment in its context: the up to *size* comments that end in it, oldest first.

    The context of a comment is its ancestors, no siblings: what it can have been an answer to.
    There is one window for each comment, in thread order, the short ones near the top among them,
    and placeholders in them; the article is no comment. Lazy; O(size) each, O(depth) in memory.

    >>> thread = Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "b"), Comment("d")])
    >>> [" ".join(comment.id for comment in window) for window in windows(thread, 2)]
    ['a', 'a b', 'b c', 'd']
    """
    expect_thread(thread)
    check.count("windows(size)", size, 1)
    return _windows(thread, size)


def _windows(thread: Thread, size: int) -> Iterator[tuple[Comment, ...]]:
    branch: list[Comment] = []
    for comment in thread.comments:
        del branch[thread.depth(comment) :]
        branch.append(comment)
        yield tuple(branch[-size:])
