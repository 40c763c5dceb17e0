"""Threads of what a predicate holds for: `filter`, with its three meanings of *keep*."""

from typing import Literal, TypeAlias

import attrs

from .._expect import expect_thread
from ..errors import FieldError
from ..model import Comment
from ..thread import Thread
from ._choose import branches, positions
from ._predicate import Predicate

Keep: TypeAlias = Literal["ancestors", "promote", "whole"]
"""What of the tree around a match `filter` keeps."""


def filter(thread: Thread, predicate: Predicate, keep: Keep = "ancestors") -> Thread:
    """Return a thread of the comments that *predicate* holds for, which is a tree again. O(n).

    Args:
        thread: The thread, which stays as it is.
        predicate: What to look for; it is asked about the thread as it was.
        keep: ``"ancestors"`` keeps the matches and all their ancestors, so that each stands where
            it stood; ``"promote"`` keeps the matches alone, each answering its nearest ancestor
            that matches too, or else the article; ``"whole"`` keeps each top-level comment with all
            below it, where a match is among them.

    Comments keep their order, and but for the parents that ``"promote"`` changes, all their fields.
    A stub stays where its comment stays, and is dropped with it; stubs of the top level stay.
    Article, source and meta stay as well: a `comment_count` is still what the source claims. What
    was left out is ``partition``'s other half.

    >>> from discourse.query import matching
    >>> thread = Thread(None, [
    ...     Comment("a"), Comment("b", "a"), Comment("c", "b", text="Bus!"), Comment("d", "a"),
    ...     Comment("e", "c"), Comment("f", "e", text="No bus."), Comment("g"),
    ... ])
    >>> bus = matching("bus", ignore_case=True)
    >>> for keep in ("ancestors", "promote", "whole"):
    ...     print(" ".join(f"{c.parent_id or ''}>{c.id}" for c in filter(thread, bus, keep)))
    >a a>b b>c c>e e>f
    >c c>f
    >a a>b b>c c>e e>f a>d
    """
    expect_thread(thread)
    if keep not in ("ancestors", "promote", "whole"):
        reason = "must be ancestors, promote or whole"
        raise FieldError("query", "filter(keep)", keep, reason)
    found = positions(thread, predicate)
    if keep == "promote":
        comments = _promoted(thread, found)
    else:
        kept = _with_ancestors(thread, found) if keep == "ancestors" else _whole(thread, found)
        comments = [comment for comment, is_kept in zip(thread, kept, strict=True) if is_kept]
    here = {comment.id for comment in comments}
    stubs = tuple(s for s in thread.stubs if s.parent_id is None or s.parent_id in here)
    return attrs.evolve(thread, comments=comments, stubs=stubs)


def _with_ancestors(thread: Thread, found: list[int]) -> bytearray:
    """Mark what is found and all above it: up from each, as far as nobody has gone before."""
    kept = bytearray(len(thread))
    for position in found:
        here: int = position
        while not kept[here]:
            kept[here] = True
            parent = thread.comments[here].parent_id
            if parent is None:
                break
            here = thread.position(parent)
    return kept


def _whole(thread: Thread, found: list[int]) -> bytearray:
    """Mark the branches in which something is found."""
    tops = branches(thread)
    wanted = {tops[position] for position in found}
    return bytearray(top in wanted for top in tops)


def _promoted(thread: Thread, found: list[int]) -> list[Comment]:
    """Return what is found, each under the nearest above it that is found."""
    matches = bytearray(len(thread))
    for position in found:
        matches[position] = True
    nearest: list[str | None] = []  # for each comment, the id of the nearest match, itself included
    comments = []
    for comment, is_match in zip(thread, matches, strict=True):
        parent = comment.parent_id
        above = None if parent is None else nearest[thread.position(parent)]
        nearest.append(comment.id if is_match else above)
        if is_match:
            same = above == parent
            comments.append(comment if same else attrs.evolve(comment, parent_id=above))
    return comments
