"""Times as WordPress prints them for machines, which are not always what they say."""

import datetime as dt
import re
from collections.abc import Iterable

from ..._markup.local_times import offset_at
from ..._zones import zone_of
from ...errors import FieldError

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_VERSION = re.compile(r"WordPress (([0-9]{1,3})(?:\.([0-9]{1,3}))?(?:\.[0-9]{1,3})*)")
_HONEST_SINCE = (5, 3)
#: The settings that WordPress core gives to its script for dates, which plugins load.
_SETTINGS = re.compile(
    r'"timezone":\s{0,3}\{"offset":\s{0,3}"?([+-]?[0-9]{1,2})(?:\.([0-9]{1,2}))?"?'
    r'[^{}]{0,200}?"string":\s{0,3}"([A-Za-z_/\\+-]{0,60})"'
)
_FAR = 40_000  # characters of these settings, which name months and days first
_YEARS = range(1970, 2400)  # others are of another calendar: 1402 is of the Persian one, 2566 Thai
_FARTHEST = dt.timedelta(hours=14)  # of a zone from UTC
_QUARTER = dt.timedelta(minutes=15)  # of which the offsets of all zones are multiples today


class Clock:
    """Knows which times can be believed, and what those of the site's clock mean.

    Before 5.3, WordPress printed the site's own time with ``+00:00`` behind it. Where the version
    is older or unknown, that is no time but a reading of a clock, unless another time of the page
    has a real offset.

    Args:
        generators: What the page says that made it.
        times: The times of its comments.
        zone: The site's zone, where it is known.
    """

    def __init__(
        self, generators: Iterable[str], times: Iterable[str], zone: dt.tzinfo | None
    ) -> None:
        matches = (_VERSION.match(text.strip()) for text in generators)
        match = next(filter(None, matches), None)
        self.version = match[1] if match else None
        release = (int(match[2]), int(match[3] or 0)) if match else (0, 0)
        texts = list(times)
        self.is_honest = release >= _HONEST_SINCE or any(
            time is not None and time.utcoffset() for time in map(time_in, texts)
        )
        self.zone = zone
        self._unread = texts if self.is_honest else []
        self._known: dict[tuple[dt.timedelta | None, int], dt.datetime] = {}

    def learn(self, time: dt.datetime) -> None:
        """Take a time whose offset is the site's own: one of each offset and year is enough."""
        if time.tzinfo is not None:
            self._known.setdefault((time.utcoffset(), time.year), time)

    def learn_from(self, local: dt.datetime, utc: dt.datetime) -> dt.datetime | None:
        """Return a time in UTC on the site's clock, which shows *local*; None if it cannot be."""
        naive = utc.astimezone(dt.UTC).replace(tzinfo=None, second=0, microsecond=0)
        gap = local.replace(second=0, microsecond=0) - naive
        if not gap or abs(gap) > _FARTHEST or gap % _QUARTER:
            return None
        time = utc.astimezone(dt.timezone(gap))
        self.learn(time)
        return time

    def time(self, text: str, *, is_utc: bool = False) -> dt.datetime | None:
        """Return a time; None where it is none, its zone is not known, or its calendar is another.

        With *is_utc*, an offset of zero is believed whatever the version.
        """
        time = time_in(text)
        if time is None or time.tzinfo is None or time.year not in _YEARS:
            return None
        is_sure = time.utcoffset() or is_utc or self.is_honest or text.strip().endswith("Z")
        return time if is_sure else None

    def local(self, text: str) -> dt.datetime | None:
        """Return what the site's clock showed, by a time that is not believed."""
        time = time_in(text)
        return None if time is None or time.year not in _YEARS else time.replace(tzinfo=None)

    def placed(self, local: dt.datetime) -> dt.datetime | None:
        """Return the time at which the site's clock showed another one.

        Other times of the page come first, if all zones that fit them agree: a caller names one
        zone for many pages. The caller's zone is used otherwise.
        """
        while self._unread:
            if (time := time_in(self._unread.pop())) is not None and time.year in _YEARS:
                self.learn(time)
        offset = offset_at(local, self._known.values()) if self._known else None
        zone = self.zone if offset is None else offset
        if zone is None:
            return None
        try:
            return local.replace(tzinfo=zone).astimezone(zone)
        except (OverflowError, ValueError):
            return None


def zone_in(text: str) -> dt.tzinfo | None:
    """Return the site's zone, where the settings of a script name it."""
    start = text.find("wp.date.setSettings(")
    match = _SETTINGS.search(text, start, start + _FAR) if start >= 0 else None
    if match is None:
        return None
    hours, part, name = match.groups()
    try:
        if name:
            return zone_of(name.replace("\\", ""))
        minutes = int(float(f"0.{part or 0}") * 60)  # the offset of Adelaide is "9.5"
        offset = dt.timedelta(hours=abs(int(hours)), minutes=minutes)
        return dt.timezone(-offset if hours[0] == "-" else offset)
    except (FieldError, ValueError):
        return None


def time_in(text: str) -> dt.datetime | None:
    """Return the time that a text is, with its offset where it has one; None where it is none."""
    match = _TIME.fullmatch(text.strip()[:60])
    if match is None:
        return None
    date, clock, offset = match.groups()
    try:
        time = dt.datetime.fromisoformat(f"{date}T{clock}{offset or ''}")
        if time.tzinfo is not None:
            time.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None
    return time
