"""Provide `Tree`: comments in depth-first order, their look-ups, and the orders of walking."""

import datetime as dt
from array import array
from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

from .. import _index
from ..errors import FieldError, UnknownCommentError
from ..model import Comment
from ..model._value import Value

Order: TypeAlias = Literal["depth-first", "post-order", "breadth-first", "chronological"]
"""The name of an order of walking."""

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


class Tree(Value):
    """The look-ups of a `Thread`, over its ordered comments and their index.

    The index stands beside the fields, where ``==``, ``hash``, pickles and attrs do not see it.
    """

    __slots__ = ("_index",)

    comments: tuple[Comment, ...]
    _index: _index.Index

    # -- the container ---------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.comments)

    def __iter__(self) -> Iterator[Comment]:
        return iter(self.comments)

    def __reversed__(self) -> Iterator[Comment]:
        return reversed(self.comments)

    def __contains__(self, comment: object) -> bool:
        """Whether this id, or this very comment, is here. O(1)."""
        if isinstance(comment, Comment):
            positions = self._index.positions
            return comment.id in positions and self.comments[positions[comment.id]] == comment
        return isinstance(comment, str) and comment in self._index.positions

    def __getitem__(self, id: str | Comment) -> Comment:
        """Return the comment with this id. O(1)."""
        return self.comments[self.position(id)]

    # -- look-ups --------------------------------------------------------------------------------

    def position(self, comment: Comment | str) -> int:
        """Return where the comment stands in `comments`. O(1)."""
        id = comment.id if isinstance(comment, Comment) else comment
        try:
            return self._index.positions[id]
        except (KeyError, TypeError):
            raise UnknownCommentError(id, _hint(id)) from None

    def get(self, comment: Comment | str) -> Comment | None:
        """Return the comment with this id, or None. O(1)."""
        try:
            return self.comments[self.position(comment)]
        except UnknownCommentError:
            return None

    def parent(self, comment: Comment | str) -> Comment | None:
        """Return the comment that this one answers; None where it answers the article. O(1)."""
        parent = self.comments[self.position(comment)].parent_id
        return None if parent is None else self.comments[self._index.positions[parent]]

    def replies(self, comment: Comment | str | None = None) -> tuple[Comment, ...]:
        """Return the direct replies, in order; without a comment, the top-level ones. O(answer)."""
        start, end = self._below(comment)
        at = self.comments
        return tuple([at[child] for child in _children(self._index.sizes, start, end)])

    def siblings(self, comment: Comment | str) -> tuple[Comment, ...]:
        """Return the other comments that answer the same, in order. O(answer)."""
        here = self[comment]
        return tuple(other for other in self.replies(here.parent_id) if other is not here)

    def ancestors(self, comment: Comment | str) -> tuple[Comment, ...]:
        """Return the parent, its parent and so on up to the top level, nearest first. O(depth)."""
        positions, comments = self._index.positions, self.comments
        above = []
        parent = self[comment].parent_id
        while parent is not None:
            here = comments[positions[parent]]
            above.append(here)
            parent = here.parent_id
        return tuple(above)

    def descendants(self, comment: Comment | str) -> tuple[Comment, ...]:
        """Return all that answers the comment, directly or not, depth first: a slice. O(answer)."""
        start, end = self._below(comment)
        return self.comments[start:end]

    def depth(self, comment: Comment | str) -> int:
        """Return the number of ancestors: 0 at the top level. O(1)."""
        return self._index.depths[self.position(comment)]

    def size(self, comment: Comment | str) -> int:
        """Return the number of comments in the subtree, the comment itself counted. O(1)."""
        return self._index.sizes[self.position(comment)]

    def leaves(self) -> tuple[Comment, ...]:
        """Return the comments that nobody answers, in order. O(n)."""
        sizes = self._index.sizes
        return tuple(
            comment for comment, size in zip(self.comments, sizes, strict=True) if size == 1
        )

    def levels(self) -> tuple[tuple[Comment, ...], ...]:
        """Return the comments by depth: those at the top level, then their replies, ... O(n)."""
        levels: list[list[Comment]] = []
        for comment, depth in zip(self.comments, self._index.depths, strict=True):
            if depth == len(levels):
                levels.append([])
            levels[depth].append(comment)
        return tuple(map(tuple, levels))

    def paths(self) -> Iterator[tuple[Comment, ...]]:
        """Yield the way from the top level down to each leaf, in order. O(answer), lazy."""
        branch: list[Comment] = []
        index = self._index
        for comment, depth, size in zip(self.comments, index.depths, index.sizes, strict=True):
            del branch[depth:]
            branch.append(comment)
            if size == 1:
                yield tuple(branch)

    def is_ancestor(self, above: Comment | str, below: Comment | str) -> bool:
        """Whether *below* answers *above*, directly or not. O(1)."""
        start, end = self._below(above)
        return start <= self.position(below) < end

    def lowest_common_ancestor(self, a: Comment | str, b: Comment | str) -> Comment | None:
        """Return the lowest comment whose subtree has both; None where only the article has.

        A comment counts as being in its own subtree, so the answer for a comment and one of its
        descendants is the comment. O(depth).
        """
        here: Comment | None = self[a]
        target = self.position(b)
        while here is not None:
            at = self.position(here)
            if at <= target < at + self._index.sizes[at]:
                return here
            here = self.parent(here)
        return None

    def path(self, a: Comment | str, b: Comment | str) -> tuple[Comment, ...]:
        """Return the comments on the way from *a* to *b*, both included. O(depth).

        The way leads up to their lowest common ancestor and down again. Where they meet only at the
        article, it goes from one top-level comment to another; the article itself is no comment.
        """
        meet = self.lowest_common_ancestor(a, b)
        top, middle = (-1, ()) if meet is None else (self.depth(meet), (meet,))
        up = (self[a], *self.ancestors(a))[: self.depth(a) - top]
        down = (self[b], *self.ancestors(b))[: self.depth(b) - top]
        return (*up, *middle, *down[::-1])

    def walk(
        self,
        order: Order = "depth-first",
        start: Comment | str | None = None,
        max_depth: int | None = None,
    ) -> Iterator[Comment]:
        """Iterate over the comments in an order, lazily.

        Args:
            order: ``"depth-first"`` (each before its replies), ``"post-order"`` (each after them),
                ``"breadth-first"`` (level by level) or ``"chronological"`` (by `created_at`;
                unknown times last, ties and unknown ones in depth-first order).
            start: Walk this comment and what is below it; without it, everything.
            max_depth: How many levels below the first to go: 0 walks the top level only, or with
                *start* that comment only.

        O(answer); ``"chronological"`` sorts, O(answer log answer).

        >>> thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("b")])
        >>> [comment.id for comment in thread.walk("post-order")]
        ['a1', 'a', 'b']
        >>> [comment.id for comment in thread.walk(max_depth=0)]
        ['a', 'b']
        """
        first = 0 if start is None else self.position(start)
        end = len(self) if start is None else first + self._index.sizes[first]
        deepest = self._deepest(first, max_depth)
        index, at = self._index, self.comments
        if order in ("depth-first", "chronological"):
            comments = iter(at[first:end])
            if deepest < len(self):
                comments = (at[i] for i in _depth_first(index, first, end, deepest))
            return comments if order == "depth-first" else iter(sorted(comments, key=_when))
        if order == "post-order":
            return (at[i] for i in _post_order(index, first, end, deepest))
        if order == "breadth-first":
            return (at[i] for i in _breadth_first(index, first, end, deepest))
        orders = ", ".join(get_args(Order))
        raise FieldError("Thread", "walk(order)", order, f"must be one of {orders}")

    # -- inside ----------------------------------------------------------------------------------

    def _below(self, comment: Comment | str | None) -> tuple[int, int]:
        """Return the slice that holds the descendants; of None, the article's: everything."""
        if comment is None:
            return 0, len(self.comments)
        at = self.position(comment)
        return at + 1, at + self._index.sizes[at]

    def _deepest(self, first: int, max_depth: int | None) -> int:
        if max_depth is None:
            return len(self)
        if type(max_depth) is not int or max_depth < 0:
            reason = "must be an int from 0, or None"
            raise FieldError("Thread", "walk(max_depth)", max_depth, reason)
        return max_depth + (self._index.depths[first] if first < len(self) else 0)


def _when(comment: Comment) -> tuple[bool, dt.datetime]:
    return comment.created_at is None, comment.created_at or _NEVER


def _hint(id: object) -> str:
    """Return what somebody who asked with *id* may have meant."""
    if isinstance(id, int):
        return "; ids are strings, and thread.comments[n] is the n-th comment"
    if isinstance(id, slice):
        return "; thread.comments[a:b] is a slice"
    return ""


def _children(sizes: "array[int]", start: int, end: int) -> Iterator[int]:
    """Yield the roots of the subtrees that lie side by side from *start* to *end*."""
    while start < end:
        yield start
        start += sizes[start]


def _depth_first(index: _index.Index, start: int, end: int, deepest: int) -> Iterator[int]:
    """Yield positions, each before its replies, no deeper than *deepest*."""
    sizes, depths = index.sizes, index.depths
    while start < end:
        yield start
        start += 1 if depths[start] < deepest else sizes[start]


def _post_order(index: _index.Index, start: int, end: int, deepest: int) -> Iterator[int]:
    """Yield positions, each after its replies, no deeper than *deepest*."""
    depths = index.depths
    waiting: list[int] = []
    for position in _depth_first(index, start, end, deepest):
        while waiting and depths[waiting[-1]] >= depths[position]:
            yield waiting.pop()
        waiting.append(position)
    yield from reversed(waiting)


def _breadth_first(index: _index.Index, start: int, end: int, deepest: int) -> Iterator[int]:
    """Yield positions, one level after another, no deeper than *deepest*."""
    sizes = index.sizes
    level = list(_children(sizes, start, end))
    while level:
        yield from level
        if index.depths[level[0]] >= deepest:
            return
        level = [
            child
            for position in level
            if sizes[position] > 1
            for child in _children(sizes, position + 1, position + sizes[position])
        ]
