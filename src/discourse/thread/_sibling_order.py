"""The orders of siblings, and the formulas behind them."""

import datetime as dt
import math
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from ..errors import FieldError
from ..model import Comment
from ._lookups import Tree

SortKey: TypeAlias = Literal["oldest", "newest", "top", "best", "controversial", "active"]
"""The name of a sibling order."""

_Z = 1.959963984540054  # the 97.5 % point of the normal distribution: 95 % confidence


def wilson_lower_bound(upvotes: int, downvotes: int) -> float:
    """Return the lower end of the 95 % Wilson score interval of the share of upvotes.

    With n votes, a share p and z = 1.96: (p + z²/2n - z·√((p(1-p) + z²/4n)/n)) / (1 + z²/n)
    (E. B. Wilson, *Probable inference*, JASA 22, 1927); 0 without votes.
    """
    n = upvotes + downvotes
    if n <= 0:
        return 0.0
    p = upvotes / n
    spread = _Z * math.sqrt((p * (1 - p) + _Z * _Z / (4 * n)) / n)
    return (p + _Z * _Z / (2 * n) - spread) / (1 + _Z * _Z / n)


def controversy(upvotes: int, downvotes: int) -> float:
    """Return how divided the votes are: (up + down) to the power of (smaller / larger).

    The formula that Reddit published with its ranking code (2008 to 2017); 0 where all agree.
    """
    if upvotes <= 0 or downvotes <= 0:
        return 0.0
    balance = min(upvotes, downvotes) / max(upvotes, downvotes)
    return float((upvotes + downvotes) ** balance)


def key_function(
    thread: Tree, key: SortKey | Callable[[Comment], object]
) -> tuple[Callable[[Comment], object], bool]:
    """Return the sort key (None: unknown), and whether the largest come first."""
    if callable(key):
        return key, False
    if key == "active":
        latest = latest_activity(thread)
        return (lambda comment: latest[thread.position(comment)]), True
    if isinstance(key, str) and key in _NAMED:
        return _NAMED[key]
    words = ", ".join([*_NAMED, "active"])
    raise FieldError("Thread", "sorted(key)", key, f"must be a function or one of {words}")


def latest_activity(thread: Tree) -> list[dt.datetime | None]:
    """Return, for each comment, the latest known time in its subtree. O(n)."""
    latest = [comment.created_at for comment in thread.comments]
    for position in range(len(latest) - 1, -1, -1):
        parent = thread.comments[position].parent_id
        time = latest[position]
        if parent is not None and time is not None:
            above = thread.position(parent)
            latest[above] = max(time, latest[above] or time)
    return latest


def _by_votes(formula: Callable[[int, int], float]) -> Callable[[Comment], float | None]:
    def key(comment: Comment) -> float | None:
        if comment.upvotes is None or comment.downvotes is None:
            return None
        return formula(max(comment.upvotes, 0), max(comment.downvotes, 0))

    return key


_NAMED: dict[str, tuple[Callable[[Comment], object], bool]] = {
    "oldest": (lambda comment: comment.created_at, False),
    "newest": (lambda comment: comment.created_at, True),
    "top": (lambda comment: comment.score, True),
    "best": (_by_votes(wilson_lower_bound), True),
    "controversial": (_by_votes(controversy), True),
}


def put_in_order(
    comments: tuple[Comment, ...], key: Callable[[Comment], object], *, largest_first: bool
) -> list[Comment]:
    """Return all comments sorted by *key*, unknown keys last. The sort is stable."""
    known: list[tuple[Any, Comment]] = []
    unknown = []
    for comment in comments:
        value = key(comment)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            unknown.append(comment)
        else:
            known.append((value, comment))
    known.sort(key=lambda pair: pair[0], reverse=largest_first)
    return [comment for _, comment in known] + unknown
