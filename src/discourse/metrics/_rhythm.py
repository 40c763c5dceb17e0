"""Measures of when comments come: in bursts or evenly, and how many in each bin of time."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import final

import attrs

from .._expect import expect_thread
from ..errors import FieldError, LimitError
from ..thread import Thread
from ._times import known_times

#: Where the bins of all threads are counted from: a Monday, so that weeks begin on Mondays.
_ORIGIN = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)


def burstiness(thread: Thread, *, finite: bool = False) -> float | None:
    """Return how far the comments come in bursts: -1 like clockwork, 0 at random, near 1 in bursts.

    Args:
        thread: What to measure.
        finite: Correct for how few the comments are.

    With μ the mean and σ the standard deviation (of the population) of the n intervals between one
    comment and the next in time, wherever they stand in the tree, B = (σ - μ) / (σ + μ). For short
    sequences B is too low: even the most uneven n intervals have no more than σ = μ √(n - 1). With
    r = σ / μ, the corrected value is (√(n + 1) r - √(n - 1)) / ((√(n + 1) - 2) r + √(n - 1)), which
    goes from -1 to 1 for every n, and is 0 for r = √((n - 1) / (n + 1)), that of a span of time cut
    at random into n intervals.

    None under two intervals, and where all comments have the same time. Comments whose time is not
    known, most placeholders among them, are left out. O(n log n), in exact integers up to one root.

    Sources: K.-I. Goh, A.-L. Barabási, *Burstiness and memory in complex systems*, EPL 81, 2008,
    48002; for the correction E.-K. Kim, H.-H. Jo, *Measuring burstiness for finite event
    sequences*, Physical Review E 94, 2016, 032311.

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> def at(*minutes):
    ...     return Thread(None, [
    ...         Comment(str(n), created_at=noon + dt.timedelta(minutes=n)) for n in minutes])
    >>> burstiness(at(0, 10, 20, 30)), burstiness(at(0, 10))
    (-1.0, None)
    >>> round(burstiness(at(0, 1, 2, 90)), 3), round(burstiness(at(0, 1, 2, 90), finite=True), 3)
    (0.155, 0.933)
    """
    expect_thread(thread)
    times = sorted(known_times(thread))
    intervals = [(later - earlier) // _TICK for earlier, later in pairwise(times)]
    n, total = len(intervals), sum(intervals)
    if n < 2 or not total:
        return None
    # σ/μ = √(n Σx² - (Σx)²) / Σx: the integers are exact, and never below zero.
    r = math.sqrt(n * sum(x * x for x in intervals) - total * total) / total
    if not finite:
        return (r - 1) / (r + 1)
    more, less = math.sqrt(n + 1), math.sqrt(n - 1)
    return (more * r - less) / ((more - 2) * r + less)


@final
@attrs.frozen
class Activity:
    """How many comments each bin of time has: what `activity` gives.

    Iterating gives the beginning of each bin, in UTC, with its count.
    """

    start: dt.datetime | None
    """The beginning of the first bin, in UTC; None where no time is known."""
    bin: dt.timedelta
    """How long a bin is."""
    counts: tuple[int, ...]
    """The number of comments of each bin, empty ones too; the first and the last are not empty."""
    unknown: int
    """The number of comments whose time is not known."""

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[tuple[dt.datetime, int]]:
        if self.start is not None:
            for n, count in enumerate(self.counts):
                yield self.start + n * self.bin, count


def activity(
    thread: Thread,
    bin: dt.timedelta,  # noqa: A002 - nobody would know it under another name
    *,
    max_bins: int = 100_000,
) -> Activity:
    """Return how many comments were written in each bin of time, from the first to the last.

    Args:
        thread: What to measure.
        bin: How long a bin is, such as ``timedelta(hours=1)``.
        max_bins: The most bins to make.

    A bin has its beginning and not its end. Bins are counted from the first moment of the year 1 in
    UTC, a Monday, so that hours begin on the hour, days at midnight UTC, weeks on Monday, and the
    bins of two threads match. Comments whose time is not known, most placeholders among them, are
    counted apart; the counts and ``unknown`` add up to the number of comments. O(n + bins).

    Raises `FieldError` for a bin that is not longer than nothing, and `LimitError` where there
    would be more than *max_bins*: one comment with a wrong year would make millions.

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> found = activity(Thread(None, [
    ...     Comment("1", created_at=noon), Comment("2"),
    ...     Comment("3", created_at=noon + dt.timedelta(minutes=130)),
    ... ]), dt.timedelta(hours=1))
    >>> found.counts, found.unknown
    ((1, 0, 1), 1)
    >>> [f"{start:%H:%M} {count}" for start, count in found]
    ['12:00 1', '13:00 0', '14:00 1']
    """
    expect_thread(thread)
    if not isinstance(bin, dt.timedelta) or bin <= dt.timedelta(0):
        raise FieldError("metrics", "activity(bin)", bin, "must be a timedelta longer than zero")
    if type(max_bins) is not int or max_bins < 1:
        raise FieldError("metrics", "activity(max_bins)", max_bins, "must be an int from 1")
    times = known_times(thread)
    unknown = len(thread) - len(times)
    if not times:
        return Activity(None, bin, (), unknown)
    filled = Counter((time - _ORIGIN) // bin for time in times)
    first, last = min(filled), max(filled)
    if last - first >= max_bins:
        raise LimitError(
            f"the comments span {last - first + 1:,} bins of {bin}, more than max_bins="
            f"{max_bins:,}: take longer bins, or look for wrong times"
        )
    counts = tuple(filled[n] for n in range(first, last + 1))
    return Activity(_ORIGIN + first * bin, bin, counts, unknown)
