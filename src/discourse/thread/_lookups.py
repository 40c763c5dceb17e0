"""`Tree`: look-ups and walks over comments in depth-first order."""

import datetime as dt
from array import array
from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

from .. import _index
from ..errors import FieldError, UnknownCommentError
from ..model import Comment
from ..model._value import Value

Order: TypeAlias = Literal["depth-first", "post-order", "breadth-first", "chronological"]
"""The name of a walking order."""

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


class Tree(Value):
    """The look-ups of a `Thread`, over its ordered comments and their index.

    The index is not an attrs field, so ``==``, ``hash`` and pickles ignore it.
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
        """Whether the thread has this id, or an equal comment. O(1)."""
        if isinstance(comment, Comment):
            positions = self._index.positions
            return comment.id in positions and self.comments[positions[comment.id]] == comment
        return isinstance(comment, str) and comment in self._index.positions

    def __getitem__(self, id: str | Comment) -> Comment:
        """Return the comment with this id. O(1)."""
        return self.comments[self.position(id)]

    # -- look-ups --------------------------------------------------------------------------------

    def position(self, comment: Comment | str) -> int:
        """Return the index of the comment in `comments`. O(1)."""
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
        """Return the comment that this one answers, or None for a top-level comment. O(1)."""
        parent = self.comments[self.position(comment)].parent_id
        return None if parent is None else self.comments[self._index.positions[parent]]

    def replies(self, comment: Comment | str | None = None) -> tuple[Comment, ...]:
        """Return the direct replies, in order. Without a comment: the top level. O(result)."""
        start, end = self._below(comment)
        at = self.comments
        return tuple([at[child] for child in _children(self._index.sizes, start, end)])

    def siblings(self, comment: Comment | str) -> tuple[Comment, ...]:
        """Return the other comments with the same parent, in order. O(result)."""
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
        """Return the replies, their replies and so on, depth first: a slice. O(result)."""
        start, end = self._below(comment)
        return self.comments[start:end]

    def depth(self, comment: Comment | str) -> int:
        """Return the number of ancestors: 0 at the top level. O(1)."""
        return self._index.depths[self.position(comment)]

    def size(self, comment: Comment | str) -> int:
        """Return the number of comments in the subtree, including the comment itself. O(1)."""
        return self._index.sizes[self.position(comment)]

    def leaves(self) -> tuple[Comment, ...]:
        """Return the comments without replies, in order. O(n)."""
        sizes = self._index.sizes
        return tuple(
            comment for comment, size in zip(self.comments, sizes, strict=True) if size == 1
        )

    def levels(self) -> tuple[tuple[Comment, ...], ...]:
        """Return the comments by depth: the top level, then their replies, and so on. O(n)."""
        levels: list[list[Comment]] = []
        for comment, depth in zip(self.comments, self._index.depths, strict=True):
            if depth == len(levels):
                levels.append([])
            levels[depth].append(comment)
        return tuple(map(tuple, levels))

    def paths(self) -> Iterator[tuple[Comment, ...]]:
        """Yield the path from the top level down to each leaf, in order. O(result), lazy."""
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
        """Return the lowest comment whose subtree contains both, or None if only the article does.

        A comment is in its own subtree: the result for a comment and one of its descendants is the
        comment. O(depth).
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
        """Return the comments on the path from *a* to *b*, both included. O(depth).

        The path goes up to their lowest common ancestor and down again. If they have none, it goes
        from one top-level comment to another; the article is not a comment.
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
        """Iterate over the comments lazily, in a given order.

        Args:
            order: ``"depth-first"`` (each before its replies), ``"post-order"`` (each after them),
                ``"breadth-first"`` (level by level) or ``"chronological"`` (by `created_at`;
                unknown times last; ties and unknown times in depth-first order).
            start: Walk only the subtree of this comment.
            max_depth: How many levels to walk below the first: 0 walks the top level only or, with
                *start*, that comment only.

        O(k) for a result of k comments; ``"chronological"`` sorts: O(k log k).

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
        """Return the start and end of the comment's descendants. For None, those of the article."""
        if comment is None:
            return 0, len(self.comments)
        at = self.position(comment)
        return at + 1, at + self._index.sizes[at]

    def _deepest(self, first: int, max_depth: int | None) -> int:
        if max_depth is None:
            return len(self)
        if type(max_depth) is not int or max_depth < 0:
            reason = "must be None or a non-negative int"
            raise FieldError("Thread", "walk(max_depth)", max_depth, reason)
        return max_depth + (self._index.depths[first] if first < len(self) else 0)


def _when(comment: Comment) -> tuple[bool, dt.datetime]:
    return comment.created_at is None, comment.created_at or _NEVER


def _hint(id: object) -> str:
    """Return what the caller may have meant by *id*."""
    if isinstance(id, int):
        return "; ids are strings, and thread.comments[n] is the n-th comment"
    if isinstance(id, slice):
        return "; thread.comments[a:b] is a slice"
    return ""


def _children(sizes: "array[int]", start: int, end: int) -> Iterator[int]:
    """Yield the roots of the consecutive subtrees from *start* to *end*."""
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
