"""Measure times: response times, duration, burstiness, and activity over time."""

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

#: The origin of all bins. It is a Monday, so weeks begin on Mondays.
_ORIGIN = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_TICK = dt.timedelta(microseconds=1)
_ZERO = dt.timedelta(0)

_Id = TypeVar("_Id")


@final
@attrs.frozen
class ResponseTimes(Generic[_Id]):
    """The time from each comment to its replies, returned by `response_times`.

    ``len(times)``, ``unknown`` and ``to_article`` add up to the number of comments.
    """

    times: FrozenMap[_Id, dt.timedelta]
    """The time from the parent to the reply, by the id of the reply, in thread order.

    For several threads, the keys are pairs of thread and id."""
    unknown: int
    """How many replies were left out because their time or their parent's is unknown."""
    negative: int
    """How many of ``times`` are below zero: the source dates the reply before its parent."""
    to_article: int
    """How many replies to the article were left out; 0 with ``article=True``."""

    @cached_property
    def _sorted(self) -> tuple[dt.timedelta, ...]:
        return tuple(sorted(self.times.values()))

    @property
    def median(self) -> dt.timedelta | None:
        """The median of the times, or None without any."""
        return self.quantile(0.5)

    def quantile(self, q: float) -> dt.timedelta | None:
        """Return the *q*-quantile of the times, or None without any.

        It interpolates linearly: with the times x in ascending order, x_0 to x_(n-1), and
        h = (n - 1) q, it is x_⌊h⌋ + (h - ⌊h⌋) (x_(⌊h⌋+1) - x_⌊h⌋), rounded to the microsecond. This
        is type 7 of R. J. Hyndman, Y. Fan, *Sample quantiles in statistical packages*, The American
        Statistician 50 (4), 1996, 361-365: the default of R, NumPy and pandas, and ``"inclusive"``
        in the standard library's ``statistics``. The first call sorts, O(n log n).

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
    """Return how long after its parent each reply was written.

    Args:
        threads: One thread, or several measured together. For several, the keys of ``times`` are
            pairs: the number of the thread, from 0, or its key in a mapping; and the id of the
            comment.
        article: Also measure replies to the article, from its ``created_at``. By default they are
            left out and counted in ``to_article``.

    If one of the two times is unknown, as for most placeholders, the reply is left out and counted
    in ``unknown``. Negative times, which come from wrong clocks and from sources that give only
    days, are kept and counted in ``negative``; check their cause before you remove them. O(n).

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> thread = Thread(None, [Comment("1", created_at=noon), Comment("2", "1"),
    ...     Comment("3", "1", created_at=noon + dt.timedelta(minutes=5))])
    >>> responses = response_times(thread)
    >>> str(responses.median), responses.unknown, responses.negative, responses.to_article
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
    """Return the known times of the comments, in thread order."""
    return [comment.created_at for comment in thread.comments if comment.created_at is not None]


def duration(thread: Thread, *, article: bool = False) -> dt.timedelta | None:
    """Return the time from the earliest comment to the latest.

    Args:
        thread: The thread.
        article: Include the time at which the article was published.

    Comments whose time is unknown are left out. Zero if one time is known, None if none is. O(n).

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
    """Return the burstiness of the times: -1 if regular, 0 if random, near 1 in bursts.

    Args:
        thread: The thread.
        finite: Correct for the number of comments.

    With μ the mean and σ the population standard deviation of the n intervals between successive
    comments in time (regardless of the tree), B = (σ - μ) / (σ + μ). For short sequences B is too
    low, since σ cannot exceed μ √(n - 1). With r = σ / μ, the corrected value is
    (√(n + 1) r - √(n - 1)) / ((√(n + 1) - 2) r + √(n - 1)), which ranges from -1 to 1 for every n,
    and is 0 for r = √((n - 1) / (n + 1)), the value for a span of time cut at random into n
    intervals.

    None for fewer than two intervals, and if all comments have the same time. Comments whose time
    is unknown, including most placeholders, are left out. O(n log n), in exact integers up to one
    root.

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
    # σ/μ = √(n Σx² - (Σx)²) / Σx, where the integer under the root is exact and never negative.
    r = math.sqrt(n * sum(x * x for x in intervals) - total * total) / total
    if not finite:
        return (r - 1) / (r + 1)
    more, less = math.sqrt(n + 1), math.sqrt(n - 1)
    return (more * r - less) / ((more - 2) * r + less)


@final
@attrs.frozen
class Activity:
    """The number of comments in each time bin, returned by `activity`.

    Iterating yields the start of each bin, in UTC, with its count.
    """

    start: dt.datetime | None
    """The start of the first bin, in UTC; None if no time is known."""
    bin: dt.timedelta
    """The length of a bin."""
    counts: tuple[int, ...] = attrs.field(repr=brief)
    """The number of comments in each bin, from the first to the last that is not empty."""
    unknown: int
    """The number of comments whose time is unknown."""

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[tuple[dt.datetime, int]]:
        if self.start is not None:
            for n, count in enumerate(self.counts):
                yield self.start + n * self.bin, count


def activity(
    threads: Threads,
    bin: dt.timedelta,  # noqa: A002 - the usual name
    *,
    max_bins: int = 100_000,
) -> Activity:
    """Return how many comments were written in each time bin, from the first to the last.

    Args:
        threads: One thread, or several measured together.
        bin: The length of a bin, such as ``timedelta(hours=1)``.
        max_bins: The largest number of bins.

    A bin includes its start and excludes its end. Bins are aligned to the first moment of the year
    1 in UTC, a Monday: hours begin on the hour, days at midnight UTC and weeks on Monday, so the
    bins of several threads align. Comments whose time is unknown, including most placeholders, are
    counted in ``unknown``; it and the counts add up to the number of comments. O(n + bins).

    Raises `FieldError` if *bin* is not positive, and `LimitError` for more than *max_bins*, since
    one comment with a wrong year would make millions.

    >>> import datetime as dt
    >>> noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    >>> counts = activity(Thread(None, [
    ...     Comment("1", created_at=noon), Comment("2"),
    ...     Comment("3", created_at=noon + dt.timedelta(minutes=130)),
    ... ]), dt.timedelta(hours=1))
    >>> counts.counts, counts.unknown
    ((1, 0, 1), 1)
    >>> [f"{start:%H:%M} {count}" for start, count in counts]
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
            f"{max_bins:,}: use longer bins, or look for wrong times"
        )
    counts = tuple(filled[n] for n in range(first, last + 1))
    return Activity(_ORIGIN + first * bin, bin, counts, unknown)
