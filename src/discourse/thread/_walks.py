"""The orders in which a thread can be walked: each a lazy, iterative generator of positions."""

from array import array
from collections.abc import Iterator
from typing import Literal, TypeAlias

Order: TypeAlias = Literal["depth-first", "post-order", "breadth-first", "chronological"]
"""The name of an order of walking."""

Sizes: TypeAlias = "array[int]"


def children(sizes: Sizes, start: int, end: int) -> Iterator[int]:
    """Yield the roots of the subtrees that lie side by side from *start* to *end*."""
    while start < end:
        yield start
        start += sizes[start]


def depth_first(sizes: Sizes, depths: Sizes, start: int, end: int, deepest: int) -> Iterator[int]:
    """Yield positions, each before its replies, no deeper than *deepest*."""
    while start < end:
        yield start
        start += 1 if depths[start] < deepest else sizes[start]


def post_order(sizes: Sizes, depths: Sizes, start: int, end: int, deepest: int) -> Iterator[int]:
    """Yield positions, each after its replies, no deeper than *deepest*."""
    waiting: list[int] = []
    for position in depth_first(sizes, depths, start, end, deepest):
        while waiting and depths[waiting[-1]] >= depths[position]:
            yield waiting.pop()
        waiting.append(position)
    yield from reversed(waiting)


def breadth_first(
    sizes: Sizes, depths: Sizes, start: int, end: int, deepest: int
) -> Iterator[list[int]]:
    """Yield the positions of one level after another, down to *deepest*."""
    level = list(children(sizes, start, end))
    while level:
        yield level
        if depths[level[0]] >= deepest:
            return
        level = [
            child
            for position in level
            if sizes[position] > 1
            for child in children(sizes, position + 1, position + sizes[position])
        ]
