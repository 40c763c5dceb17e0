"""The tree behind `Thread`: comments in depth-first order, with the depth and size of each subtree.

The descendants of the comment at *i* are the slice from ``i + 1`` to ``i + size[i]``, its next
sibling is at ``i + size[i]``, and its parent is found by id. Nothing here recurses, and everything
is linear in the number of comments.
"""

from array import array
from collections.abc import Callable, Container, Sequence
from functools import partial

from ._positions import numbered, with_one
from ._problems import ProblemLog
from .errors import Problem, shown
from .model import Comment, Stub


class Index:
    """The shape of a tree of comments in depth-first order. Immutable by convention."""

    __slots__ = ("depths", "positions", "sizes")

    def __init__(
        self, positions: dict[str, int], depths: "array[int]", sizes: "array[int]"
    ) -> None:
        self.positions = positions
        """The position of each id, in depth-first order."""
        self.depths = depths
        """The number of ancestors of each comment."""
        self.sizes = sizes
        """The number of comments in each subtree, including its root."""


def build(comments: tuple[Comment, ...]) -> tuple[tuple[Comment, ...], Index] | None:
    """Return *comments* in depth-first order with their index, or None if they are not a tree.

    Siblings keep their order. O(n); about half the time if the order is depth first already.
    """
    positions = numbered(comments)
    if len(positions) != len(comments):
        return None
    numbers = _numbers(comments)
    if numbers is None:
        ordered = _depth_first(comments, positions)
        if ordered is None:
            return None
        comments = ordered
        positions = numbered(comments)
        numbers = _numbers(comments)
        assert numbers is not None
    return comments, Index(positions, *numbers)


def _numbers(comments: tuple[Comment, ...]) -> "tuple[array[int], array[int]] | None":
    """Return the depth and size of each subtree, or None if the order is not depth first.

    One pass keeps the path from the top level to the last comment. The next comment's parent must
    be on this path; the subtrees below that parent have ended.
    """
    count = len(comments)
    depths, sizes = [0] * count, [1] * count
    branch: list[int] = []
    ids: list[str] = []  # of the comments on the branch
    depth, last = -1, None
    for position, comment in enumerate(comments):
        parent = comment.parent_id
        if parent is None:
            for ended in branch:
                sizes[ended] = position - ended
            branch.clear()
            ids.clear()
            depth = -1
        elif parent != last:
            while depth >= 0 and ids[depth] != parent:
                ended = branch.pop()
                sizes[ended] = position - ended
                del ids[depth]
                depth -= 1
            if depth < 0:
                return None
        depth += 1
        depths[position] = depth
        last = comment.id
        branch.append(position)
        ids.append(last)
    for ended in branch:
        sizes[ended] = count - ended
    return array("i", depths), array("i", sizes)


def _depth_first(
    comments: tuple[Comment, ...], positions: dict[str, int]
) -> tuple[Comment, ...] | None:
    """Return *comments* depth first, or None if a parent is missing or there is a cycle.

    The children of each comment are a linked list in two arrays, built from the end so that the
    first child comes first. Comments in or under a cycle are never reached from the top level.
    """
    n = len(comments)
    first_child = [-1] * (n + 1)  # the last cell is the article's
    next_sibling = [-1] * n
    for position in range(n - 1, -1, -1):
        parent = comments[position].parent_id
        above = n if parent is None else positions.get(parent, -1)
        if above < 0:
            return None
        next_sibling[position] = first_child[above]
        first_child[above] = position
    ordered: list[Comment] = []
    pending = [first_child[n]] if first_child[n] >= 0 else []
    while pending:
        position = pending.pop()
        ordered.append(comments[position])
        if next_sibling[position] >= 0:
            pending.append(next_sibling[position])
        if first_child[position] >= 0:
            pending.append(first_child[position])
    return tuple(ordered) if len(ordered) == n else None


def insert(
    comments: tuple[Comment, ...], index: Index, at: int, comment: Comment
) -> tuple[tuple[Comment, ...], Index]:
    """Return the comments and index with one more leaf at position *at*, under its parent.

    O(n), by copying blocks of memory; only the ancestors are looped over.
    """
    comments = (*comments[:at], comment, *comments[at:])
    positions = with_one(index.positions, comments, at)
    above = _above(comment, positions)
    depths = index.depths[:at]
    depths.append(depths[above] + 1 if above >= 0 else 0)
    depths += index.depths[at:]
    sizes = index.sizes[:at]
    sizes.append(1)
    sizes += index.sizes[at:]
    while above >= 0:
        last, above = above, max(above - _BLOCK, 0)
        if depths[last] - depths[above] == last - above:
            # The depth rises by one each time, so each of these replies to the one before.
            sizes[above : last + 1] = array("i", [n + 1 for n in sizes[above : last + 1]])
        else:
            above = last
            sizes[above] += 1
        above = _above(comments[above], positions)
    return comments, Index(positions, depths, sizes)


_BLOCK = 256


def _above(comment: Comment, positions: dict[str, int]) -> int:
    """Return the position of the parent, or -1 for a top-level comment."""
    return -1 if comment.parent_id is None else positions[comment.parent_id]


def find_problems(comments: Sequence[Comment], stubs: Sequence[Stub] = ()) -> tuple[Problem, ...]:
    """Return every reason why *comments* and *stubs* are not a tree, in the order of the input."""
    log = ProblemLog()
    first: dict[str, Comment] = {}
    for comment in comments:
        earlier = first.get(comment.id)
        if earlier is None:
            first[comment.id] = comment
        else:
            log.add("duplicate", partial(_duplicate, comment, earlier), (comment.id,))
    for comment in comments:
        parent = comment.parent_id
        if parent is not None and parent not in first:
            log.add("orphan", partial(_orphan, comment, parent, first), (comment.id, parent))
    for loop in cycles(first):
        log_loop(log, loop)
    for stub in stubs:
        if stub.parent_id is not None and stub.parent_id not in first:
            message = partial(stub_message, stub.parent_id, "is missing")
            log.add("stub-orphan", message, (stub.parent_id,), (stub,))
    return tuple(log.finish())


def _duplicate(comment: Comment, earlier: Comment) -> str:
    content = "the same content" if earlier == comment else "different content"
    return f"repeated id {shown(comment.id)}, with {content}"


def _orphan(comment: Comment, parent: str, known: Container[str]) -> str:
    hint = number_hint(parent, known)
    return f"parent {shown(parent)} of comment {shown(comment.id)} is missing{hint}"


def stub_message(parent: str, why: str) -> str:
    return f"the parent {shown(parent)} of a stub {why}"


def number_hint(missing: str, known: Container[str]) -> str:
    """Return a hint if *missing* looks like an id of *known* that a table wrote as a float.

    In many table libraries, integers in a column with empty cells become floats: 17 becomes 17.0.
    """
    whole = missing.removesuffix(".0")
    if whole == missing or whole not in known or not whole.isdecimal():
        return ""
    return f", but {shown(whole)} exists (discourse.model.parent_id converts such numbers)"


def cycles(comments: dict[str, Comment]) -> list[list[str]]:
    """Return every loop of parents among *comments*, each from its earliest comment upwards.

    A comment that is its own parent is a loop of length one. O(n).
    """
    order: dict[str, int] = {}
    done: set[str] = set()
    loops: list[list[str]] = []
    for start in comments:
        path: list[str] = []
        id: str | None = start
        while id is not None and id in comments and id not in done:
            done.add(id)
            path.append(id)
            id = comments[id].parent_id
        if path and id == start:  # the earliest of its loop, since the others are not done
            loops.append(path)
        elif id in path:
            order = order or {key: position for position, key in enumerate(comments)}
            loop = path[path.index(id) :]
            first = loop.index(min(loop, key=order.__getitem__))
            loops.append(loop[first:] + loop[:first])
    return loops


_LOOP_SHOWN = 5


def loop_message(loop: list[str]) -> str:
    if len(loop) == 1:
        return f"comment {shown(loop[0])} answers itself"
    names = " -> ".join(shown(id, 30) for id in loop[:_LOOP_SHOWN])
    more = f" -> ... ({len(loop)} comments)" if len(loop) > _LOOP_SHOWN else f" -> {shown(loop[0])}"
    return f"comments answer each other in a loop: {names}{more}"


def log_loop(
    log: ProblemLog,
    loop: list[str],
    message: Callable[[list[str]], str] = loop_message,
    values: tuple[object, ...] = (),
) -> None:
    """Add a loop to *log*, with the message that the function *message* returns for it."""
    log.add("self-parent" if len(loop) == 1 else "cycle", partial(message, loop), loop, values)
