"""Choose the ticks of a time axis, from seconds to centuries, and their labels.

Times are seconds from the year 1, in UTC, which avoids special cases at the limits of datetime. The
label of a tick shows the smallest unit that changes. A second label shows the rest of the date
where it changes.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

FIRST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
_DAY = 86_400
LAST: Final = 3_652_059 * _DAY
"""The end of the year 9999."""
_MONTHS = (  # of no locale
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


class Step(NamedTuple):
    """The distance between two ticks."""

    unit: str
    """One of second, minute, hour, day, week, month, year."""
    many: int
    seconds: int
    """Its mean length."""

    @property
    def name(self) -> str:
        """Its name: ``hour``, ``6 hours``."""
        return self.unit if self.many == 1 else f"{self.many:,} {self.unit}s"


_UNITS = {
    "second": (1, (1, 2, 5, 10, 15, 30)),
    "minute": (60, (1, 2, 5, 10, 15, 30)),
    "hour": (3_600, (1, 2, 3, 6, 12)),
    "day": (_DAY, (1, 2)),
    "week": (7 * _DAY, (1,)),
    "month": (2_629_746, (1, 3, 6)),
    "year": (31_556_952, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)),
}
STEPS: Final = tuple(
    Step(unit, count, count * seconds)
    for unit, (seconds, counts) in _UNITS.items()
    for count in counts
)


def moment(time: dt.datetime) -> float:
    """Return a time as seconds from the year 1, in UTC."""
    return (time - FIRST).total_seconds()


def step_for(span: float, most: int) -> Step:
    """Return the smallest step that fits into a span of seconds at most *most* times."""
    return next((step for step in STEPS if span / step.seconds <= most), STEPS[-1])


def ticks(start: float, end: float, step: Step) -> list[float]:
    """Return the times between two at which a calendar unit starts, by steps."""
    if step.unit in {"month", "year"}:
        times = _months(start, end, step)
    else:
        # 1 January of the year 1 was a Monday, so weeks start on Mondays.
        first = -(-start // step.seconds)
        times = (
            number * step.seconds for number in range(int(first), int(end // step.seconds) + 1)
        )
    return [float(tick) for tick in times if start <= tick <= min(end, LAST - 1)]


def _months(start: float, end: float, step: Step) -> Iterator[float]:
    size = step.many * (12 if step.unit == "year" else 1)
    first = _month_of(start) // size
    last = _month_of(min(end, LAST - 1)) // size
    for number in range(first, last + 1):
        year, month = divmod(number * size, 12)
        if year >= 1:
            yield moment(dt.datetime(year, month + 1, 1, tzinfo=dt.UTC))


def _month_of(second: float) -> int:
    day = date_of(second)
    return day.year * 12 + day.month - 1


def date_of(second: float) -> dt.datetime:
    """Return the time so many seconds from the year 1."""
    return FIRST + dt.timedelta(seconds=max(0.0, min(second, LAST - 1.0)))


def labels(times: list[float], step: Step) -> list[tuple[str, str]]:
    """Return the label of each tick, and the rest of the date where it changes."""
    shown, before = [], ""
    for tick in times:
        label, rest = _label(date_of(tick), step)
        shown.append((label, rest if rest != before else ""))
        before = rest
    return shown


def _label(time: dt.datetime, step: Step) -> tuple[str, str]:
    month = _MONTHS[time.month - 1]
    if step.unit == "second":
        return f"{time:%H:%M:%S}", f"{time.day} {month} {time.year}"
    if step.unit in {"minute", "hour"}:
        return f"{time:%H:%M}", f"{time.day} {month} {time.year}"
    if step.unit in {"day", "week"}:
        return f"{time.day} {month}", str(time.year)
    if step.unit == "month":
        return month, str(time.year)
    return str(time.year), ""


def time_in_words(second: float, span: float) -> str:
    """Return a time in words, as precise as a span of seconds needs."""
    time = date_of(second)
    day = f"{time.day} {_MONTHS[time.month - 1]} {time.year}"
    if span >= 60 * _DAY:
        return day
    return f"{day} {time:%H:%M}" if span >= 600 else f"{day} {time:%H:%M:%S}"
