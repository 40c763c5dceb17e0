"""Read the dates of one page together, since one of them shows how the others are meant."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import TypeAlias

import attrs

from .date_words import (
    EXTRA,
    UNIT,
    UNLIKE_OTHERS,
    WORD,
    Order,
    babel,
    english,
    normal,
    units_of,
    units_of_all,
    word_set,
    words_of,
    words_of_all,
)
from .printed_dates import OF_CLOCKS, Printed, printed_date

_LONGEST = 100  # characters of a date
_YEAR = re.compile(r"\d{4}")
_LONGEST_AGE = 60
_LEAST_WORD = 3  # letters of a word that may be a month's name
_ENGLISH = word_set("at on am pm a p m st nd rd th")  # of dates, beside the months
_AGE = re.compile(r"(?<!\d)(\d{1,4})\s?(?=\D)")
_ONE_AGO = re.compile(r"(?:about )?an? (minute|hour|day|week|month|year) ago")  # timeago.js, moment
_DAY = dt.timedelta(days=1)
_FIXED = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_UNITS = _FIXED | {"month": 2_629_800, "year": 31_557_600}  # in seconds


Age: TypeAlias = tuple[tuple[int, str], ...]
"""How long ago something was: numbers of units, the longest unit first."""


@attrs.frozen
class Local:
    """A date on the site's clock, with the time of day where that is printed."""

    date: dt.date
    time: dt.time | None = None

    def iso(self) -> str:
        """Return it in ISO 8601, without an offset."""
        return self.date.isoformat() if self.time is None else self.naive().isoformat()

    def naive(self) -> dt.datetime:
        """Return the time, which is the beginning of the day where the time of day is not known."""
        return dt.datetime.combine(self.date, self.time or dt.time())


@attrs.frozen
class Unread:
    """A date that is not read: it has two readings, is an age ("3 days ago"), or is none known."""

    readings: tuple[str, ...] = ()
    """The two readings, of an ambiguous one."""
    age: Age = ()
    """How many of which unit of time ago."""


class PageDates:
    """Reads the dates that one page prints.

    The order of day and month is what the caller says; else what other dates of the page show, by a
    day after the 12th or by a machine-readable time beside them; else that of the page's language.

    Args:
        texts: The printed dates of the page.
        language: The language of the page, such as ``de-DE``.
        day_first: Whether days are printed before months, where the caller knows.
        beside: Printed dates with the day that a machine-readable time beside them tells.
    """

    def __init__(
        self,
        texts: Iterable[str],
        language: str | None,
        *,
        day_first: bool | None = None,
        beside: Callable[[], Iterable[tuple[str, dt.date]]] = tuple,
    ) -> None:
        texts = list(texts)
        self._language = language or _language_of(texts)
        self._day_first = day_first
        self._beside = beside
        self._printed: dict[str, Printed | None] = {}
        self._several = [each for each in map(self._parsed, texts) if each is not None]
        self._has_24_hours = any(each.has_24_hours for each in self._several)
        # Without Babel, "3. September" would be read and "3. Mai" not, which would mislead.
        self._is_in_part = bool(advice(self._language)) and any(
            self._printed[text] is None and _YEAR.search(text) for text in texts
        )

    @cached_property
    def _order(self) -> Order | None:
        if self._day_first is not None:
            return "dmy" if self._day_first else "mdy"
        beside = (_order_that_fits(self._parsed(text), date) for text, date in self._beside())
        shown = {*(each.sole_order for each in self._several), *beside} - {None}
        if shown:
            return shown.pop() if len(shown) == 1 else None
        return words_of(self._language).order

    def read(self, text: str) -> Local | Unread:
        """Return the date that *text* is, or why it is not read."""
        printed = self._parsed(text)
        if printed is None or (self._is_in_part and WORD.search(normal(text))):
            return Unread(age=_age_of(text, self._language))
        dates = printed.dates
        order = next(iter(dates)) if len(dates) == 1 else self._order
        times = printed.times[:1] if self._has_24_hours else printed.times
        if order in dates and len(times) < 2:
            return Local(dates[order], times[0] if times else None)
        ways = [str(date) for date in dates.values()] if order not in dates else map(str, times)
        return Unread(tuple(ways))

    def _parsed(self, text: str) -> Printed | None:
        if text not in self._printed:
            self._printed[text] = _parsed_in(text, self._language)
        return self._printed[text]


@cache
def _english() -> frozenset[str]:
    return _ENGLISH | OF_CLOCKS | english().months.keys()


def _language_of(texts: list[str]) -> str | None:
    """Return a language that has all words of the dates of a page which does not say its own.

    Languages that share names for different months are passed over: all are tried together then.
    """
    used = {word for text in texts for word in WORD.findall(normal(text))} - _english()
    for language in UNLIKE_OTHERS if used else ():
        words = words_of(language)
        if used <= words.months.keys() | words.mornings | words.afternoons:
            return language
    return None


def _parsed_in(text: str, language: str | None) -> Printed | None:
    """Return the date in the page's language and in English; else in any."""
    words = set(WORD.findall(normal(text[:_LONGEST])))
    if language is None:
        return printed_date(text, english() if words <= _english() else words_of_all())
    printed = printed_date(text, words_of(language if words else None))
    may_name_month = any(len(word) >= _LEAST_WORD or not word.isascii() for word in words)
    if printed is None and may_name_month and not _age_of(text, language):
        return printed_date(text, words_of_all())
    return printed


def _order_that_fits(printed: Printed | None, day: dt.date) -> Order | None:
    """Return the one order in which a date is a day, or one of those around it in other zones."""
    dates = printed.dates if printed is not None else {}
    near = [order for order, date in dates.items() if abs(date - day) <= _DAY]
    return near[0] if len(near) == 1 else None


# -- ages ------------------------------------------------------------


def _age_of(text: str, language: str | None) -> Age:
    """Return how long ago a text says; nothing if it says anything else.

    WordPress prints "3 days ago", wpDiscuz "3 Tage her" and "1 Stunde 51 Minuten her".
    """
    if len(text) > _LONGEST_AGE:
        return ()
    line = normal(text)
    if match := _ONE_AGO.search(line):
        return ((1, match[1]),)
    age: list[tuple[int, str]] = []
    end = 0
    while (match := _AGE.search(line, end)) is not None:
        word = UNIT.match(line, match.end())
        unit = word and (units_of(language).get(word[0]) or units_of_all().get(word[0]))
        if word is None or unit is None or (age and _UNITS[age[-1][1]] <= _UNITS[unit]):
            return ()
        age.append((int(match[1]), unit))
        end = word.end()
    return () if any(map(str.isdigit, line[end:])) else tuple(age)


def before(moment: dt.datetime, age: Age) -> dt.datetime:
    """Return the time so long before a moment; raise `OverflowError` beyond all years.

    >>> before(dt.datetime(2024, 3, 31, tzinfo=dt.UTC), ((1, "month"), (2, "day"))).date()
    datetime.date(2024, 2, 27)
    """
    for count, unit in age:
        moment = _before(moment, count, unit)
    return moment


def _before(moment: dt.datetime, count: int, unit: str) -> dt.datetime:
    if unit in _FIXED:
        return moment - dt.timedelta(seconds=count * _FIXED[unit])
    months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    if year < 1:
        raise OverflowError("beyond all years")
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def advice(language: str | None) -> str:
    """Return what to install to read dates of a language; nothing where that is no help."""
    if babel() is not None or (language or "en").lower().startswith("en"):
        return ""
    return f"; other languages need an extra: python -m pip install 'discourse-model[{EXTRA}]'"
