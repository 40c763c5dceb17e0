"""Compute a tidy, compact layout of a tree, with parents centred over their children.

The layout is Walker's, in the linear form of Buchheim, Jünger and Leipert ("Improving Walker's
Algorithm to Run in Linear Time", Graph Drawing 2002), without recursion: a node is visited after
its children and its previous sibling. The algorithm distributes spare room among the smaller
subtrees between two large ones from first to last, so the layout of a mirrored tree is not always
the mirrored layout. This module takes the mean of both layouts. The mean is symmetrical, and keeps
distances, centred parents and equal drawings of equal subtrees.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ...thread import Thread

_DISTANCE = 1.0


class Shape(NamedTuple):
    """A tree as lists over its nodes, depth first: node 0 is the root, and -1 means none."""

    parents: list[int]
    """The parent of each node."""
    depths: list[int]
    """The depth of each."""
    first: list[int]
    """The first child of each."""
    last: list[int]
    """The last child of each."""
    before: list[int]
    """The previous sibling of each."""
    number: list[int]
    """The number of previous siblings of each."""
    orders: tuple[Sequence[int], Sequence[int]]
    """The nodes in an order where each follows its children and its previous (or next) sibling."""


def shape(thread: Thread) -> Shape:
    """Return the tree of a thread. The article is node 0, and comment *n* is node *n* + 1. O(n)."""
    count = len(thread) + 1
    sizes = [count, *map(thread.size, thread.comments)]
    depths = [0, *(thread.depth(comment) + 1 for comment in thread.comments)]
    parents, first, last = [-1] * count, [-1] * count, [-1] * count
    before, number = [-1] * count, [0] * count
    branch = [0]  # from the root down to the node before
    order = [0] * count
    order[count - 1] = 0
    for node in range(1, count):
        depth = depths[node]
        del branch[depth:]
        parent = parents[node] = branch[-1]
        branch.append(node)
        previous = before[node] = last[parent]
        if previous < 0:
            first[parent] = node
        else:
            number[node] = number[previous] + 1
        last[parent] = node
        order[node + sizes[node] - 1 - depth] = node
    orders = (order, range(count - 1, -1, -1))
    return Shape(parents, depths, first, last, before, number, orders)


def mirrored(tree: Shape) -> Shape:
    """Return the mirror image of a tree, with the same node numbers. O(n)."""
    count = len(tree.parents)
    after, number = [-1] * count, [0] * count
    for node, (previous, parent) in enumerate(zip(tree.before, tree.parents, strict=True)):
        if previous >= 0:
            after[previous] = node
        if parent >= 0:
            number[node] = tree.number[tree.last[parent]] - tree.number[node]
    return Shape(tree.parents, tree.depths, tree.last, tree.first, after, number, tree.orders[::-1])


def places(tree: Shape) -> list[float]:
    """Return the position of each node in its level; the smallest is 0. O(n).

    Nodes of a level are in the order of the thread and at least 1 apart. A node is centred between
    its first and last child.
    """
    forward, backward = _Walk(tree).places(), _Walk(mirrored(tree)).places()
    means = [(one - other) / 2 for one, other in zip(forward, backward, strict=True)]
    least = min(means)
    return [place - least for place in means]


def wedges(tree: Shape) -> list[float]:
    """Return the position of each node if every leaf has a place of its own, from 0. O(n).

    It has the properties of `places`. Also, nothing is beyond a leaf, which leaves room for labels.
    The layout is wider than that of `places`, and meant for circles.
    """
    places = [-1.0] * len(tree.parents)
    leaves = 0
    for node in tree.orders[0]:
        first, last = tree.first[node], tree.last[node]
        if first < 0:
            places[node] = float(leaves)
            leaves += 1
        else:
            places[node] = (places[first] + places[last]) / 2
    return places


class _Walk:
    """One run of the layout: the paper's variables for each node."""

    def __init__(self, tree: Shape) -> None:
        count = len(tree.parents)
        self.tree = tree
        self.prelim, self.mod = [0.0] * count, [0.0] * count
        self.shift, self.change = [0.0] * count, [0.0] * count
        self.thread = [-1] * count
        self.ancestor = list(range(count))
        self.default = list(tree.first)
        """For each node, the child to move if the true ancestor is no longer known."""
        self.steps = 0
        """How many pairs of nodes were compared."""

    def places(self) -> list[float]:
        """Run, and return the position of each node, with the root's children around 0."""
        tree, prelim, mod = self.tree, self.prelim, self.mod
        for node in tree.orders[0]:
            self._place(node)
            if tree.before[node] >= 0:
                self._apportion(node)
        moved = [0.0] * len(prelim)
        for node, parent in enumerate(tree.parents):
            if parent >= 0:
                moved[node] = moved[parent] + mod[parent]
        return [place + move for place, move in zip(prelim, moved, strict=True)]

    def _place(self, node: int) -> None:
        """Place a node over its children, or beside its previous sibling, or both."""
        tree, prelim = self.tree, self.prelim
        previous = tree.before[node]
        first = tree.first[node]
        middle = 0.0
        if first >= 0:
            self._spread(node)
            middle = (prelim[first] + prelim[tree.last[node]]) / 2
        if previous < 0:
            prelim[node] = middle
        else:
            prelim[node] = prelim[previous] + _DISTANCE
            if first >= 0:
                self.mod[node] = prelim[node] - middle

    def _spread(self, node: int) -> None:
        """Apply the recorded moves to the children, including those between two moved ones."""
        shift = change = 0.0
        child = self.tree.last[node]
        while child >= 0:
            self.prelim[child] += shift
            self.mod[child] += shift
            change += self.change[child]
            shift += self.shift[child] + change
            child = self.tree.before[child]

    def _apportion(self, node: int) -> None:
        """Move the subtree of *node* away from everything before it, level by level.

        Four nodes go down together, as in the paper: the outer and inner edges of everything before
        it (vom, vim) and of the subtree (vip, vop), each with the sum of its moves.
        """
        tree, prelim, mod, thread = self.tree, self.prelim, self.mod, self.thread
        first, last = tree.first, tree.last
        parent = tree.parents[node]
        vip = vop = node
        vim, vom = tree.before[node], first[parent]
        sip = sop = mod[node]
        sim, som = mod[vim], mod[vom]
        while True:
            right = last[vim] if last[vim] >= 0 else thread[vim]
            left = first[vip] if first[vip] >= 0 else thread[vip]
            if right < 0 or left < 0:
                break
            vim, vip = right, left
            vom = first[vom] if first[vom] >= 0 else thread[vom]
            vop = last[vop] if last[vop] >= 0 else thread[vop]
            self.ancestor[vop] = node
            gap = prelim[vim] + sim - prelim[vip] - sip + _DISTANCE
            if gap > 0:
                above = self.ancestor[vim]
                if tree.parents[above] != parent:
                    above = self.default[parent]
                self._move(above, node, gap)
                sip += gap
                sop += gap
            sim += mod[vim]
            sip += mod[vip]
            som += mod[vom]
            sop += mod[vop]
            self.steps += 1
        if right >= 0 and last[vop] < 0 and thread[vop] < 0:
            thread[vop] = right
            mod[vop] += sim - sop
        if left >= 0 and first[vom] < 0 and thread[vom] < 0:
            thread[vom] = left
            mod[vom] += sip - som
            self.default[parent] = node

    def _move(self, above: int, node: int, gap: float) -> None:
        """Move a subtree, and record that those between it and the one it met share the room."""
        between = self.tree.number[node] - self.tree.number[above]
        self.change[node] -= gap / between
        self.shift[node] += gap
        self.change[above] += gap / between
        self.prelim[node] += gap
        self.mod[node] += gap
