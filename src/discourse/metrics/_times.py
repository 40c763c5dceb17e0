"""Measures of time: how long it takes to be answered, and how long a discussion lasts."""

import datetime as dt
from functools import cached_property
from typing import final

import attrs

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._answers import answers
from ._frozen import FrozenMap


@final
@attrs.frozen
class ResponseTimes:
    """How long each comment came after what it answers: what `response_times` gives.

    The number of ``times``, ``unknown`` and ``to_article`` add up to the number of comments.
    """

    times: FrozenMap[str, dt.timedelta]
    """The time from the comment that is answered to the reply, by the reply's id, in order."""
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


def response_times(thread: Thread, *, article: bool = False) -> ResponseTimes:
    """Return how long after the comment that it answers each comment was written.

    Args:
        thread: What to measure.
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
    """
    expect_thread(thread)
    times: dict[str, dt.timedelta] = {}
    unknown = to_article = 0
    published = thread.article.created_at if thread.article is not None else None
    for comment, parent in answers(thread):
        if parent is None and not article:
            to_article += 1
            continue
        before = published if parent is None else parent.created_at
        if before is None or comment.created_at is None:
            unknown += 1
        else:
            times[comment.id] = comment.created_at - before
    negative = sum(time < _ZERO for time in times.values())
    return ResponseTimes(FrozenMap(times), unknown, negative, to_article)


_ZERO = dt.timedelta(0)


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
