"""Edits of many places: `graft`, `prune`, `map`."""

from collections.abc import Callable

import attrs

from .._expect import expect_thread
from .._index import find_problems
from ..errors import FieldError, ThreadError
from ..model import Comment
from ..thread import Thread


def graft(thread: Thread, branch: Thread, under: Comment | str | None = None) -> Thread:
    """Return the thread with all comments and stubs of *branch* under a comment of its own.

    The top-level comments of *branch* become the last replies to *under*, or the last top-level
    ones where that is None. The article, source and meta of *branch* are not taken along. Raises
    `ThreadError` where both have an id. O(n).

    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a")])
    >>> branch = thread.subtree("a1")
    >>> graft(Thread(None, [Comment("a")]), branch, under="a") == thread
    True
    """
    expect_thread(thread)
    expect_thread(branch)
    parent = None if under is None else thread[under].id
    if any(comment.id in thread for comment in branch):
        raise ThreadError(find_problems((*thread.comments, *branch.comments)))
    comments = (
        attrs.evolve(comment, parent_id=parent) if comment.parent_id is None else comment
        for comment in branch
    )
    stubs = (
        attrs.evolve(stub, parent_id=parent) if stub.parent_id is None else stub
        for stub in branch.stubs
    )
    return attrs.evolve(
        thread, comments=(*thread.comments, *comments), stubs=(*thread.stubs, *stubs)
    )


def prune(
    thread: Thread,
    *,
    max_depth: int | None = None,
    keep: Callable[[Comment], bool] | None = None,
) -> Thread:
    """Return the thread without its deep branches, or without branches that are not wanted.

    Args:
        thread: The thread to prune.
        max_depth: The deepest comments to keep; 0 keeps the top level only.
        keep: Whether to keep a comment; where it says no, all below goes too.

    Stubs stay where their comment stays. O(n).
    """
    expect_thread(thread)
    if max_depth is not None and (type(max_depth) is not int or max_depth < 0):
        raise FieldError("edit", "prune(max_depth)", max_depth, "must be an int from 0, or None")
    kept = list(thread.walk(max_depth=max_depth))
    if keep is not None:
        alive: set[str | None] = {None}
        kept = [c for c in kept if c.parent_id in alive and keep(c) and not alive.add(c.id)]  # type: ignore[func-returns-value]  # set.add gives None
    ids = {comment.id for comment in kept}
    stubs = tuple(s for s in thread.stubs if s.parent_id is None or s.parent_id in ids)
    return attrs.evolve(thread, comments=kept, stubs=stubs)


def map(thread: Thread, function: Callable[[Comment], Comment]) -> Thread:
    """Return the thread with *function* done to every comment. O(n).

    The comments it gives must be a tree again: an id that it changes, it must change in every
    ``parent_id`` too. Raises `ThreadError` where they are none.

    >>> shouted = map(Thread(None, [Comment("a", text="hi")]),
    ...               lambda comment: attrs.evolve(comment, text=comment.text.upper()))
    >>> shouted["a"].text
    'HI'
    """
    expect_thread(thread)
    made = [function(comment) for comment in thread.comments]
    for comment in made:
        if not isinstance(comment, Comment):
            raise FieldError("edit", "map(function)", comment, "must return a Comment")
    return attrs.evolve(thread, comments=made)
