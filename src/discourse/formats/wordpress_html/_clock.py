"""Times as WordPress prints them, which are not always what they say."""

import datetime as dt
import re
from collections.abc import Iterable

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_VERSION = re.compile(r"WordPress (([0-9]{1,3})(?:\.([0-9]{1,3}))?(?:\.[0-9]{1,3})*)")
_HONEST_SINCE = (5, 3)
_YEARS = range(1970, 2400)  # others are of another calendar: 1402 is of the Persian one, 2566 Thai


class Clock:
    """Knows which times can be believed.

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
        self.is_honest = release >= _HONEST_SINCE or any(
            time is not None and time.utcoffset() for time in map(time_in, times)
        )
        self.zone = zone

    def time(self, text: str, *, is_utc: bool = False) -> dt.datetime | None:
        """Return a time; None where it is none, its zone is not known, or its calendar is another.

        With *is_utc*, an offset of zero is believed whatever the version.
        """
        time = time_in(text)
        if time is None or time.year not in _YEARS:
            return None
        if time.tzinfo is not None and (
            time.utcoffset() or is_utc or self.is_honest or text.strip().endswith("Z")
        ):
            return time
        if self.zone is None:
            return None
        try:
            return time.replace(tzinfo=self.zone).astimezone(self.zone)
        except (OverflowError, ValueError):
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
