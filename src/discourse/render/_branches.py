"""Where the comments of a drawn tree stand: the lines that lead to each, and past what is below."""

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Comment
from ..thread import Thread

LEAST = 20
"""Columns that are always left for words; deeper branches are no longer moved in."""
_STEP = 3


class Twig(NamedTuple):
    """A comment, and what is drawn before it."""

    comment: Comment
    start: str
    """What stands before the line of what is known of it."""
    inner: str
    """What stands before each line below that."""
    undrawn: int
    """How many comments below it are not drawn."""


def twigs(thread: Thread, width: int, max_depth: int | None) -> Iterator[Twig]:
    """Yield where each comment stands. O(n)."""
    cap = max(1, (width - LEAST) // _STEP)
    rails: list[str] = []  # what each level of the branch draws before everything below it
    ends: list[int] = []  # where the subtree of each comment on the branch ends
    for comment in thread.walk(max_depth=max_depth):
        at, depth = thread.position(comment), thread.depth(comment)
        end = at + thread.size(comment)
        del rails[depth:], ends[depth:]
        last = end == (ends[-1] if ends else len(thread))
        before = "".join(rails[:cap])
        corner, rail = ("└─ ", "   ") if last else ("├─ ", "│  ")
        if depth >= cap:  # no further in
            corner, rail = f"[{depth}] ", ""
        rails.append(rail)
        ends.append(end)
        undrawn = end - at - 1 if max_depth is not None and depth >= max_depth else 0
        yield Twig(comment, before + corner, before + (rail or "  "), undrawn)
