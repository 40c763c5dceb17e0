"""Measures of time: how long answers take, how long it lasts, how even it is, how much when."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar, final, overload

import attrs

from .._expect import expect_thread
from .._shown import brief
from .._threads import Threads, keyed, listed
from ..errors import FieldError, LimitError
from ..thread import Thread
from ._frozen_map import FrozenMap
from ._tree_shape import with_parents

#: Where the bins of all threads are counted from: a Monday, so that weeks begin on Mondays.
_ORIGIN = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)
_ZERO = dt.timedelta(0)

_Id = TypeVar("_Id")


@final
@attrs.frozen
class ResponseTimes(Generic[_Id]):
    """How long each comment came after what it answers: what `response_times` gives.

    The number of ``times``, ``unknown`` and ``to_article`` add up to the number of comments.
    """

    times: FrozenMap[_Id, dt.timedelta]
    """The time from the comment that is answered to the reply, by the reply's id, in order.

    For several threads, the keys are pairs of the thread and the id."""
    unknown: int
    """How many replies were left out: the time of the reply or of what it answers is not known."""
    negative: int
    """How many of ``times`` are below zero: the source has the reply before what it answers."""
    to_article: int
    """How many comments were left out since they answer the article; 0 where that was asked for."""

    @cached_property
    def _sorted(self) -> tuple[dt.timedelta, ...]:
        return tuple(sorted(self.times.values()))

    @property
    def median(self) -> dt.timedelta | None:
        """The middle one of the times, or half way between the two middle ones; None of none."""
        return self.quantile(0.5)

    def quantile(self, q: float) -> dt.timedelta | None:
        """Return the time that the share *q* of the times do not exceed; None where there are none.

        Between two times it goes in a straight line: with the times x in ascending order, x_0 to
        x_(n-1), and h = (n - 1) q, it is x_⌊h⌋ + (h - ⌊h⌋) (x_(⌊h⌋+1) - x_⌊h⌋). That is type 7 of
        R. J. Hyndman, Y. Fan, *Sample quantiles in statistical packages*, The American Statistician
        50 (4), 1996, 361-365: the default of R, NumPy and pandas, and ``"inclusive"`` in the
        standard library's ``statistics``. Rounded to the microsecond. The first call sorts,
        O(n log n).

        Raises `FieldError` unless *q* is a number from 0 to 1.
        """
        if isinstance(q, bool) or not isinstance(q, int | float) or not 0 <= q <= 1:
            raise FieldError("ResponseTimes", "quantile(q)", q, "must be a number from 0 to 1")
        ordered = self._sorted
        if not ordered:
            return None
        at = (len(ordered) - 1) * q
        below = int(at)
        if below == at:
            return ordered[below]
        return ordered[below] + (ordered[below + 1] - ordered[below]) * (at - below)


@overload
def response_times(threads: Thread, *, article: bool = False) -> ResponseTimes[str]: ...
@overload
def response_times(
    threads: Mapping[str, Thread], *, article: bool = False
) -> ResponseTimes[tuple[str, str]]: ...
@overload
def response_times(
    threads: Iterable[Thread], *, article: bool = False
) -> ResponseTimes[tuple[int, str]]: ...
def response_times(threads: Threads, *, article: bool = False) -> ResponseTimes[Any]:
    """Return how long after the comment that it answers each comment was written.

    Args:
        threads: What to measure: one thread, or several taken together. For several, the keys of
            ``times`` are pairs: the number of the thread, from 0, or its key in a mapping; and the
            id of the comment.
        article: Measure the comments that answer the article too, from its ``created_at``. Without
            it they are left out, and counted in ``to_article``.

    Where one of the two times is not known, as with most placeholders, the reply is left out and
    counted in ``unknown``. Negative times, which wrong clocks and sources with times to the day
    make, are kept and counted: leave them out only if you know what they are. O(n).

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> thread = Thread(None, [Comment("1", created_at=noon), Comment("2", "1"),
    ...     Comment("3", "1", created_at=noon + dt.timedelta(minutes=5))])
    >>> found = response_times(thread)
    >>> str(found.median), found.unknown, found.negative, found.to_article
    ('0:05:00', 1, 0, 1)
    >>> list(response_times({"monday": thread, "friday": thread}).times)
    [('monday', '3'), ('friday', '3')]
    """
    times: dict[object, dt.timedelta] = {}
    unknown = to_article = 0
    for key, thread in keyed(threads):
        published = thread.article.created_at if thread.article is not None else None
        for comment, parent in with_parents(thread):
            if parent is None and not article:
                to_article += 1
                continue
            before = published if parent is None else parent.created_at
            if before is None or comment.created_at is None:
                unknown += 1
            else:
                id = comment.id if key is None else (key, comment.id)
                times[id] = comment.created_at - before
    negative = sum(time < _ZERO for time in times.values())
    return ResponseTimes(FrozenMap(times), unknown, negative, to_article)


def known_times(thread: Thread) -> list[dt.datetime]:
    """Return the times of the comments, where they are known, in order of the thread."""
    return [comment.created_at for comment in thread.comments if comment.created_at is not None]


def duration(thread: Thread, *, article: bool = False) -> dt.timedelta | None:
    """Return the time from the earliest comment to the latest.

    Args:
        thread: What to measure.
        article: Let the publication of the article count as one more time.

    Zero where one time is known, None where none is; comments whose time is not known are left out.
    O(n).

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> str(duration(Thread(None, [Comment("1", created_at=noon),
    ...     Comment("2", "1", created_at=noon + dt.timedelta(hours=30))])))
    '1 day, 6:00:00'
    """
    expect_thread(thread)
    times = known_times(thread)
    if article and thread.article is not None and thread.article.created_at is not None:
        times.append(thread.article.created_at)
    return max(times) - min(times) if times else None


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
    counts: tuple[int, ...] = attrs.field(repr=brief)
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
    threads: Threads,
    bin: dt.timedelta,  # noqa: A002 - nobody would know it under another name
    *,
    max_bins: int = 100_000,
) -> Activity:
    """Return how many comments were written in each bin of time, from the first to the last.

    Args:
        threads: What to measure: one thread, or several taken together.
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
    several = listed(threads)
    if not isinstance(bin, dt.timedelta) or bin <= _ZERO:
        raise FieldError("metrics", "activity(bin)", bin, "must be a timedelta longer than zero")
    if type(max_bins) is not int or max_bins < 1:
        raise FieldError("metrics", "activity(max_bins)", max_bins, "must be an int from 1")
    times = [time for thread in several for time in known_times(thread)]
    unknown = sum(map(len, several)) - len(times)
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
