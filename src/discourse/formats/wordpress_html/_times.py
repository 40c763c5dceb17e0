"""Times as WordPress prints them, which are not always what they say."""

import datetime as dt
import re
from collections.abc import Iterable

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_GENERATOR = re.compile(r"WordPress ([0-9]{1,3})(?:\.([0-9]{1,3}))?(?:\.[0-9]{1,3})*")
_HONEST_SINCE = (5, 3)
_YEARS = range(1970, 2400)  # others are of another calendar: 1402 is of the Persian one, 2566 Thai


class Clock:
    """Tells which times can be believed.

    Before 5.3, WordPress printed the site's own time with ``+00:00`` behind it. Where the version
    is older or unknown, that is no time but a reading of a clock, unless another time of the page
    has a real offset.
    """

    def __init__(
        self, version: str | None, seen: Iterable[str], zone: dt.tzinfo | None = None
    ) -> None:
        match = _GENERATOR.match(f"WordPress {version}") if version else None
        known = (int(match[1]), int(match[2] or 0)) if match else (0, 0)
        self.is_honest = known >= _HONEST_SINCE or any(map(_has_real_offset, seen))
        self.zone = zone

    def time(self, text: str, *, is_utc: bool = False) -> dt.datetime | None:
        """Return a time; None where it is none, its zone is not known, or its calendar is another.

        With *is_utc*, an offset of zero is believed whatever the version.
        """
        made = read(text)
        if made is None or made.year not in _YEARS:
            return None
        if made.tzinfo is not None and (
            made.utcoffset() or is_utc or self.is_honest or text.strip().endswith("Z")
        ):
            return made
        if self.zone is None:
            return None
        try:
            return made.replace(tzinfo=self.zone).astimezone(self.zone)
        except (OverflowError, ValueError):
            return None


def read(text: str) -> dt.datetime | None:
    """Return the time that a text is, with its offset where it has one; None where it is none."""
    match = _TIME.fullmatch(text.strip()[:60])
    if match is None:
        return None
    date, time, offset = match.groups()
    try:
        made = dt.datetime.fromisoformat(f"{date}T{time}{offset or ''}")
        if made.tzinfo is not None:
            made.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None
    return made


def _has_real_offset(text: str) -> bool:
    made = read(text)
    return made is not None and bool(made.utcoffset())


def version_in(generators: Iterable[str]) -> str | None:
    """Return the version of WordPress that a page's ``generator`` tells."""
    for text in generators:
        match = _GENERATOR.match(text.strip())
        if match:
            return match[0].removeprefix("WordPress ")
    return None
