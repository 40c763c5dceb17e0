"""Match a passage with a place in a source, word by word, in linear time."""

from collections.abc import Sequence
from typing import NamedTuple

_FAR = 4
"""The most words that may be inserted, omitted or changed at one place."""


class Agreement(NamedTuple):
    """Where the passage occurs in the source, in words, and how well they match."""

    start: int
    end: int
    score: float


def align(
    passage: Sequence[str], source: Sequence[str], at: tuple[int, int], gaps: frozenset[int]
) -> Agreement:
    """Match a passage and a source around a common word.

    The score is Dice's coefficient: 2 · common words / (words of the passage + words of the place
    in the source); 1 if they are equal. Words omitted at an ellipsis do not count.

    Args:
        passage: The words of the passage.
        source: The words of the source.
        at: The common word: (position in the passage, position in the source).
        gaps: The words of the passage that follow an ellipsis.

    O(len(passage) + len(source)).
    """
    i, j = at
    right, end, left_out = _extend(passage, source, (i, j), 1, gaps)
    left, start, more = _extend(passage, source, (i - 1, j - 1), -1, gaps)
    start = start if left else j
    length = end + 1 - start - left_out - more
    return Agreement(start, end + 1, 2 * (left + right) / (len(passage) + length))


def _extend(
    passage: Sequence[str],
    source: Sequence[str],
    at: tuple[int, int],
    step: int,
    gaps: frozenset[int],
) -> tuple[int, int, int]:
    """Return the common words in one direction, the place of the last, and the omitted words."""
    i, j = at
    common = left_out = 0
    last = j - step
    while 0 <= i < len(passage) and 0 <= j < len(source):
        if passage[i] == source[j]:
            common, last = common + 1, j
            i, j = i + step, j + step
            continue
        if (i if step > 0 else i + 1) in gaps:
            after_gap = _next(passage, source, (i, j), step)
            if after_gap is not None:
                left_out += abs(after_gap - last) - 1
                j = after_gap
                continue
        shift = _resume(passage, source, (i, j), step)
        if shift is None:
            break
        i, j = i + shift[0] * step, j + shift[1] * step
    return common, last, left_out


def _resume(
    passage: Sequence[str], source: Sequence[str], at: tuple[int, int], step: int
) -> tuple[int, int] | None:
    """Return the smallest steps after which two words match again, or one side ends."""
    i, j = at
    for total in range(1, 2 * _FAR + 1):
        for di in range(max(0, total - _FAR), min(total, _FAR) + 1):
            a, b = i + di * step, j + (total - di) * step
            if not (0 <= a < len(passage) and 0 <= b < len(source)) or passage[a] != source[b]:
                continue
            a, b = a + step, b + step
            if not 0 <= a < len(passage) or (0 <= b < len(source) and passage[a] == source[b]):
                return di, total - di
    return None


def _next(
    passage: Sequence[str], source: Sequence[str], at: tuple[int, int], step: int
) -> int | None:
    """Return where in the source the two words after an ellipsis occur."""
    i, j = at
    following = i + step
    while 0 <= j < len(source):
        if source[j] == passage[i] and (
            not 0 <= following < len(passage)
            or (0 <= j + step < len(source) and source[j + step] == passage[following])
        ):
            return j
        j += step
    return None
