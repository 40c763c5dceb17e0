"""Put the rows of a thread in depth-first order, by ids and parents alone.

The order, and where placeholders stand, are those of `Thread.repair`: a placeholder for a missing
parent stands at the top level, right before its first reply. What takes more than that (two
comments of one id that differ, loops) is for `Thread.repair` itself.
"""

from collections.abc import Sequence

import attrs


@attrs.frozen
class Preorder:
    """The comments of a thread in depth-first order, placeholders among them."""

    rows: Sequence[int | None]
    """Which row stands at each position; None for a placeholder."""
    depths: list[int]
    """How many ancestors each has."""
    sizes: list[int]
    """How many comments each subtree has."""
    parents: list[int | None]
    """Where the parent of each stands."""
    placeholders: dict[int, str]
    """The ids of the placeholders, by their positions."""
    orphans: dict[str, list[str]]
    """The ids of the replies to each missing parent."""


def preorder(ids: Sequence[str], parents: Sequence[str | None]) -> Preorder | None:
    """Return the order of rows, each id of which stands once; None where there is a loop. O(n)."""
    numbers = dict(zip(ids, range(len(ids)), strict=True))
    nodes, above, orphans = _nodes(ids, parents, numbers)
    n = len(nodes)
    first_child = [-1] * (n + 1)  # the last cell is the article's
    next_sibling = [-1] * n
    for node in range(n - 1, -1, -1):
        parent = above[node]
        next_sibling[node] = first_child[parent]
        first_child[parent] = node
    order: list[int] = []
    position = [-1] * n
    depths: list[int] = []
    places: list[int | None] = []
    pending = [first_child[n]] if first_child[n] >= 0 else []
    while pending:
        node = pending.pop()
        here = position[node] = len(order)
        order.append(node)
        parent = above[node]
        if parent < 0:
            places.append(None)
            depths.append(0)
        else:
            place = position[parent]
            places.append(place)
            depths.append(depths[place] + 1)
        if next_sibling[node] >= 0:
            pending.append(next_sibling[node])
        if first_child[node] >= 0:
            pending.append(first_child[node])
    if len(order) != n:
        return None
    sizes = [1] * n
    for here in range(n - 1, 0, -1):
        place_above = places[here]
        if place_above is not None:
            sizes[place_above] += sizes[here]
    if not orphans:
        return Preorder(order, depths, sizes, places, {}, {})
    rows = [nodes[node] for node in order]
    missing = iter(orphans)  # in the order of their nodes, which is that of the top level
    placeholders = {here: next(missing) for here, row in enumerate(rows) if row is None}
    return Preorder(rows, depths, sizes, places, placeholders, orphans)


def _nodes(
    ids: Sequence[str], parents: Sequence[str | None], numbers: dict[str, int]
) -> tuple[Sequence[int | None], list[int], dict[str, list[str]]]:
    """Return the rows with placeholders, the node above each (-1: the article), and the orphans."""
    above = [-1 if parent is None else numbers.get(parent, -2) for parent in parents]
    if -2 not in above:
        return range(len(ids)), above, {}
    orphans: dict[str, list[str]] = {}
    nodes: list[int | None] = []
    shifted = [0] * len(ids)  # where the node of each row is
    of_missing: dict[str, int] = {}
    for row, parent in enumerate(parents):
        if above[row] == -2 and parent is not None:
            if parent not in orphans:
                of_missing[parent] = len(nodes)
                nodes.append(None)
            orphans.setdefault(parent, []).append(ids[row])
        shifted[row] = len(nodes)
        nodes.append(row)
    with_placeholders = []
    for node in nodes:
        if node is None:
            with_placeholders.append(-1)
        elif above[node] == -2:
            with_placeholders.append(of_missing[parents[node]])  # type: ignore[index]  # it has one
        else:
            with_placeholders.append(-1 if above[node] < 0 else shifted[above[node]])
    return nodes, with_placeholders, orphans
