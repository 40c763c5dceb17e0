"""Edits of one place (`add`, `replace`, `remove`, `move`) or many (`graft`, `prune`, `map`)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar, cast

import attrs

from .. import _index
from .._expect import expect_thread
from ..errors import CycleError, FieldError, FieldTypeError, Problem, ThreadError, shown
from ..model import Comment, Status, Stub
from ..thread import Thread

Replies: TypeAlias = Literal["keep", "promote", "drop"]
"""What to do with the replies to a removed comment."""

_TAKEN = (
    "discourse.edit.replace(thread, comment) replaces the comment with the same id; "
    "discourse.edit.merge() combines two threads."
)


def add(
    thread: Thread,
    comments: Comment | Iterable[Comment],
    *,
    before: Comment | str | None = None,
) -> Thread:
    """Return the thread with one or more comments added.

    Args:
        thread: The thread to add to.
        comments: One comment, or an iterable of comments in any order. Each goes under its
            ``parent_id``, which can be another new comment.
        before: The sibling to insert before (for one comment only). By default, new comments go
            after their siblings.

    Raises `ThreadError` if an id is taken or a parent is missing. One comment takes a few
    hundredths of the time of building the thread, or up to a fifth under 200,000 ancestors. Many
    comments take as long as building the thread once.

    >>> thread = Thread(None, [Comment("a")])
    >>> [comment.id for comment in add(thread, Comment("a1", "a"))]
    ['a', 'a1']
    """
    expect_thread(thread)
    if isinstance(comments, Comment):
        return _add_one(thread, comments, before)
    if isinstance(comments, Mapping | str):
        why = 'must be a Comment, such as Comment("2", "1"), or several'
        raise FieldTypeError("edit", "add(comments)", comments, why)
    if before is not None:
        raise FieldError("edit", "add(before)", before, "must be None for several comments")
    new = tuple(comments)
    try:
        return attrs.evolve(thread, comments=(*thread.comments, *new))
    except ThreadError as error:
        _refuse_taken(thread, new, error.problems)
        raise


def _add_one(thread: Thread, comment: Comment, before: Comment | str | None) -> Thread:
    parent = comment.parent_id
    if comment.id in thread or (parent is not None and parent not in thread):
        problems = _index.find_problems((*thread.comments, comment))
        _refuse_taken(thread, (comment,), problems)
        raise ThreadError(problems)
    at = len(thread)
    if parent is not None:
        at = thread.position(parent) + thread.size(parent)
    if before is not None:
        _need_sibling(thread, before, parent)
        at = thread.position(before)
    comments, index = _index.insert(thread.comments, thread._index, at, comment)
    return Thread._assemble(thread, comments, index)


def _refuse_taken(
    thread: Thread, comments: tuple[Comment, ...], problems: tuple[Problem, ...]
) -> None:
    """Raise the problems with other advice if the id of a new comment is taken."""
    if any(comment.id in thread for comment in comments):
        raise ThreadError(problems, _TAKEN) from None


def _need_sibling(thread: Thread, before: Comment | str, parent: str | None) -> None:
    if thread[before].parent_id != parent:
        raise FieldError("edit", "before", thread[before].id, "must be a sibling")


def replace(thread: Thread, comment: Comment | str, **changes: object) -> Thread:
    """Return the thread with one comment changed.

    Args:
        thread: The thread to change.
        comment: The new comment, which replaces the one with the same id; or, with *changes*, the
            comment to change.
        changes: Fields and their new values, as for `attrs.evolve`. The ``id`` cannot change.

    A new ``parent_id`` moves the whole subtree; see `move`.

    >>> replace(Thread(None, [Comment("a", text="helo")]), "a", text="hello")["a"].text
    'hello'
    """
    expect_thread(thread)
    if not changes and not isinstance(comment, Comment):
        raise FieldError("edit", "replace(comment)", comment, "must be a Comment, or give changes")
    at = thread.position(comment)
    old = thread.comments[at]
    new = comment if isinstance(comment, Comment) else old
    if changes:
        new = attrs.evolve(new, **cast("dict[str, Any]", changes))
    if new.id != old.id:
        raise FieldError("edit", "replace(id)", new.id, f"must remain {shown(old.id)}")
    comments = (*thread.comments[:at], new, *thread.comments[at + 1 :])
    if new.parent_id == old.parent_id:
        return Thread._assemble(thread, comments, thread._index)
    _refuse_cycle(thread, old, new.parent_id)
    return attrs.evolve(thread, comments=comments)


def remove(
    thread: Thread,
    comment: Comment | str,
    *,
    replies: Replies = "keep",
    status: Status = Status.REMOVED,
) -> Thread:
    """Return the thread without a comment.

    Args:
        thread: The thread to change.
        comment: The comment to remove.
        replies: ``"keep"`` leaves a tombstone if there are replies: a comment with only the id, the
            parent, the time and *status*; ``"promote"`` moves the replies to the comment's parent,
            in its place; ``"drop"`` removes its descendants too.
        status: The status of the tombstone.

    Stubs are treated like replies.
    """
    expect_thread(thread)
    if replies not in ("keep", "promote", "drop"):
        raise FieldError("edit", "remove(replies)", replies, "must be keep, promote or drop")
    gone = thread[comment]
    has_stubs = any(stub.parent_id == gone.id for stub in thread.stubs)
    if replies == "keep" and (thread.size(gone) > 1 or has_stubs):
        tombstone = Comment(gone.id, gone.parent_id, created_at=gone.created_at, status=status)
        return replace(thread, tombstone)
    at = thread.position(gone)
    below = thread.descendants(gone)
    stubs = thread.stubs
    if replies == "promote":
        below = tuple(_adopted(comment, gone.id, gone.parent_id) for comment in below)
        stubs = tuple(_adopted(stub, gone.id, gone.parent_id) for stub in stubs)
    else:
        removed = {gone.id, *(c.id for c in below)}
        below = ()
        stubs = tuple(stub for stub in stubs if stub.parent_id not in removed)
    end = at + thread.size(gone)
    comments = (*thread.comments[:at], *below, *thread.comments[end:])
    return attrs.evolve(thread, comments=comments, stubs=stubs)


def move(
    thread: Thread,
    comment: Comment | str,
    to: Comment | str | None,
    *,
    before: Comment | str | None = None,
) -> Thread:
    """Return the thread with a comment and its descendants moved to another parent.

    Args:
        thread: The thread to change.
        comment: The comment to move.
        to: The new parent, or None for the top level.
        before: The new sibling to insert before. By default, the comment becomes the last.

    Raises `CycleError` if the new parent is the comment itself or one of its descendants.
    """
    expect_thread(thread)
    moved = thread[comment]
    parent = None if to is None else thread[to].id
    _refuse_cycle(thread, moved, parent)
    start = thread.position(moved)
    end = start + thread.size(moved)
    block = (attrs.evolve(moved, parent_id=parent), *thread.comments[start + 1 : end])
    at = len(thread) if parent is None else thread.position(parent) + thread.size(parent)
    if before is not None:
        _need_sibling(thread, before, parent)
        at = thread.position(before)
    rest = (*thread.comments[:start], *thread.comments[end:])
    at -= end - start if at >= end else 0
    return attrs.evolve(thread, comments=(*rest[:at], *block, *rest[at:]))


def _refuse_cycle(thread: Thread, comment: Comment, parent: str | None) -> None:
    if parent is None:
        return
    if parent == comment.id or (parent in thread and thread.is_ancestor(comment, parent)):
        why = "itself" if parent == comment.id else f"its descendant {shown(parent)}"
        message = f"comment {shown(comment.id)} cannot answer {why}"
        raise CycleError((Problem("cycle", message, (comment.id, parent)),))


def graft(thread: Thread, branch: Thread, under: Comment | str | None = None) -> Thread:
    """Return the thread with the comments and stubs of *branch* added under a comment.

    The top-level comments of *branch* become the last replies to *under*, or the last top-level
    comments if it is None. The article, source and meta of *branch* are ignored. Raises
    `ThreadError` if an id is in both threads. O(n).

    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a")])
    >>> branch = thread.subtree("a1")
    >>> graft(Thread(None, [Comment("a")]), branch, under="a") == thread
    True
    """
    expect_thread(thread)
    expect_thread(branch)
    parent = None if under is None else thread[under].id
    if any(comment.id in thread for comment in branch):
        raise ThreadError(_index.find_problems((*thread.comments, *branch.comments)))
    comments = (_adopted(comment, None, parent) for comment in branch)
    stubs = (_adopted(stub, None, parent) for stub in branch.stubs)
    return attrs.evolve(
        thread, comments=(*thread.comments, *comments), stubs=(*thread.stubs, *stubs)
    )


_Placed = TypeVar("_Placed", Comment, Stub)


def _adopted(part: _Placed, old: str | None, new: str | None) -> _Placed:
    """Return a comment or stub with the parent *new* if its parent is *old*."""
    return attrs.evolve(part, parent_id=new) if part.parent_id == old else part


def prune(
    thread: Thread,
    *,
    max_depth: int | None = None,
    keep: Callable[[Comment], bool] | None = None,
) -> Thread:
    """Return the thread without deep or unwanted branches.

    Args:
        thread: The thread to prune.
        max_depth: The greatest depth to keep. 0 keeps only the top level.
        keep: Whether to keep a comment. If not, its descendants go too.

    Stubs under the remaining comments stay. O(n).
    """
    expect_thread(thread)
    if max_depth is not None and (type(max_depth) is not int or max_depth < 0):
        raise FieldError(
            "edit", "prune(max_depth)", max_depth, "must be None or a non-negative int"
        )
    comments: dict[str | None, Comment] = {}
    for comment in thread.walk(max_depth=max_depth):
        is_attached = comment.parent_id is None or comment.parent_id in comments
        if is_attached and (keep is None or keep(comment)):
            comments[comment.id] = comment
    stubs = tuple(s for s in thread.stubs if s.parent_id is None or s.parent_id in comments)
    return attrs.evolve(thread, comments=comments.values(), stubs=stubs)


def map(thread: Thread, function: Callable[[Comment], Comment]) -> Thread:
    """Return the thread with *function* applied to every comment. O(n).

    If the function changes an id, it must change it in every ``parent_id`` too. Raises
    `ThreadError` if the results are not a tree.

    >>> shouted = map(Thread(None, [Comment("a", text="hi")]),
    ...               lambda comment: attrs.evolve(comment, text=comment.text.upper()))
    >>> shouted["a"].text
    'HI'
    """
    expect_thread(thread)
    comments = [function(comment) for comment in thread.comments]
    for comment in comments:
        if not isinstance(comment, Comment):
            raise FieldError("edit", "map(function)", comment, "must return a Comment")
    return attrs.evolve(thread, comments=comments)
