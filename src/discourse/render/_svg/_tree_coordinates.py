"""Compute the coordinates of the nodes of a tidy tree, in whole numbers, for any size.

A plan has its own unit: ``scale`` units make a pixel. So coordinates are short whole numbers, and
still precise for a million comments. The size of the picture is bounded: large trees are drawn
smaller.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from ._tidy_layout import Shape

_ROW = 12.0  # pixels between two comments of a level, if there is room
_FLAT = 1_200.0  # pixels of the levels together, at most
_WIDE = 1_000.0
_STEPS = (28.0, 110.0)  # pixels between two levels, if there is room
_RADIUS = (70.0, 560.0)  # pixels from the article to the outermost level
_RING = 46.0  # pixels between two circles, if there is room
_FINEST = 4  # units between neighbours
_LEAST = 6.0  # pixels between two comments on the innermost circle, if there is room
_DOTS = (0.9, 4.5)  # pixels of the radius of a dot


class Plan(NamedTuple):
    """The coordinates of the nodes, in units. Node 0 is the article."""

    scale: int
    """Units per pixel."""
    xs: list[int]
    ys: list[int]
    turns: list[float] | None
    """The angle of each node, clockwise from the top; None if the layout is not radial."""
    edges: Iterator[str]
    """For each node except the article, the curve from its parent, as path data."""
    dot: float
    """The radius of a dot in pixels."""
    pitch: float
    """The smallest distance between neighbours in pixels."""


def across(tree: Shape, places: list[float]) -> Plan:
    """Plan a tree that grows to the right, from top to bottom in the order of the page. O(n)."""
    breadth, levels = max(places), max(tree.depths)
    height = min(breadth * _ROW, _FLAT)
    least, most = _STEPS
    width = min(levels * max(least, min(most, height / 3)), _WIDE)
    row = height / breadth if breadth else _ROW
    column = width / levels if levels else least
    scale = _scale(min(row, column))
    step = max(round(column * scale), 1)
    xs = [depth * step for depth in tree.depths]
    ys = [round(place * row * scale) for place in places]
    pitch = min(row, column)
    edges = _bends(tree, xs, ys, step)
    return Plan(scale, xs, ys, None, edges, _dot(pitch), pitch)


def _scale(pitch: float) -> int:
    scale = 10
    while scale * pitch < _FINEST and scale < 10_000:
        scale *= 10
    return scale


def _dot(pitch: float) -> float:
    least, most = _DOTS
    return max(least, min(most, pitch * 0.45))


def _bends(tree: Shape, xs: list[int], ys: list[int], step: int) -> Iterator[str]:
    half = step // 2
    for node in range(1, len(xs)):
        above = tree.parents[node]
        x, y = xs[above], ys[above]
        fall = ys[node] - y
        if fall:
            yield f"M{x} {y}c{half} 0 {half} {fall} {step} {fall}"
        else:
            yield f"M{x} {y}h{step}"


def round_about(tree: Shape, places: list[float]) -> Plan:
    """Plan a tree that grows outward, with a circle per level, clockwise from the top. O(n)."""
    breadth, levels = max(places) + 1, max(tree.depths)
    least, most = _RADIUS
    outer = max(least, min(most, max(breadth * _ROW / math.tau, levels * _RING)))
    # The innermost level has the least room: if it is crowded, its circle grows.
    inner = outer * max(1 / max(levels, 1), min(0.45, breadth * _LEAST / math.tau / outer))
    step = (outer - inner) / (levels - 1) if levels > 1 else 0.0
    turns = _turns(tree, places, breadth)
    pitch = min(math.tau * inner / breadth, step or inner)
    scale = _scale(pitch)
    radii = [0.0, *(scale * (inner + step * level) for level in range(levels))]
    sines, cosines = [math.sin(turn) for turn in turns], [-math.cos(turn) for turn in turns]
    along = [radii[depth] for depth in tree.depths]
    xs = [round(far * sine) for far, sine in zip(along, sines, strict=True)]
    ys = [round(far * cosine) for far, cosine in zip(along, cosines, strict=True)]
    edges = _arcs(tree, (xs, ys), (sines, cosines), radii)
    return Plan(scale, xs, ys, turns, edges, _dot(pitch), pitch)


def _turns(tree: Shape, places: list[float], breadth: float) -> list[float]:
    """Return the angle of each node, clockwise from the top.

    Only three branches or more fill the whole circle: the replies to one comment fan out in front
    of it, not around it.
    """
    branches = tree.number[tree.last[0]] + 1 if tree.last[0] >= 0 else 0
    share = {1: 0.4, 2: 0.75}.get(branches, 1.0)
    if share < 1:
        return [math.tau * share * ((place + 0.5) / breadth - 0.5) for place in places]
    return [math.tau * place / breadth for place in places]


def _arcs(
    tree: Shape,
    places: tuple[list[int], list[int]],
    turns: tuple[list[float], list[float]],
    radii: list[float],
) -> Iterator[str]:
    """Yield curves that leave and arrive along the radius; straight lines from the article."""
    xs, ys = places
    sines, cosines = turns
    for node in range(1, len(xs)):
        above = tree.parents[node]
        start, end = f"M{xs[above]} {ys[above]}", f"{xs[node]} {ys[node]}"
        if not above:
            yield f"{start}L{end}"
            continue
        depth = tree.depths[node]
        half = (radii[depth] + radii[depth - 1]) / 2
        yield (
            f"{start}C{round(half * sines[above])} {round(half * cosines[above])}"
            f" {round(half * sines[node])} {round(half * cosines[node])} {end}"
        )
