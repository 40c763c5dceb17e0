"""Read one date as a site prints it: in which ways it can be read, and with which time of day.

PHP and WordPress let a site's owner choose any format, so that nothing here expects one: a date is
a month's name beside a day and a year, or three numbers, and the time of day is beside it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

import attrs

from .date_words import WORD, DateWords, Order, normal, word_set

_LONGEST = 100  # characters
_YEARS = range(1970, 2400)  # others are of another calendar: 1402 is of the Persian one, 2566 Thai
_GAP = 12  # characters between the parts of a date, as in "3 de mayo de 2020"
_WORDS = 3  # of a month's name, as "Tháng Mười Hai"

_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?::|\s?[h時时點点시]\s?)(?P<minute>[0-5]\d)(?!\d)"
    r"(?:[:.](?P<second>[0-5]\d)(?!\d))?"
)
_DOTTED_TIME = re.compile(r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?P<second>)(?![\d.])")
_WHOLE_HOUR = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minute>)(?P<second>)(?=\s?[ap]\.?\s?m\b)"
)
#: Words beside a time that are neither "a.m." nor "p.m.": "o'clock", and what links of themes say.
OF_CLOCKS = word_set(
    """uhr h hs hrs hours min klo kl at um om ora ore ure hodin годин часов ч г saat utc gmt cet
    cest est edt pst pdt reply edit permalink permanentlink link antworten says said sagt"""
)
_NEAR = r"[^\s\d|,/#\-–—•·()\[\]]"
_AFTER = re.compile(rf"\s{{0,3}}{_NEAR}{{1,20}}(?:[\s.]{{1,2}}{_NEAR}{{1,10}})?")
_NUMBER = re.compile(r"\d+")
_SEPARATOR = r"[^\w:]{1,4}"
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d?)(\.\s?|[-/])(\d\d?)\2(\d\d)(?!\d)")
#: Months that are numbers beside a word: "3 Tháng 5, 2020", "2020年5月3日", "2020년 5월 3일".
_NUMBERED = re.compile(r"\bth(?:ang|g)\s?(\d{1,2})\b|(?<!\d)(\d{1,2})\s?[月월]")


@attrs.frozen
class Printed:
    """The ways in which a date can be read."""

    dates: Mapping[Order | None, dt.date]
    """The date by the order of its numbers; None is the order where there is one reading alone."""
    times: tuple[dt.time, ...]
    """The time of day: none where it is not printed, two where it may be before or after noon."""
    has_24_hours: bool
    """Whether the time of day can be one of 24 hours alone."""

    @property
    def sole_order(self) -> Order | None:
        """The order of the numbers, where the date can be read in one alone."""
        orders = [order for order in self.dates if order is not None]
        return orders[0] if len(self.dates) == 1 and orders else None


def printed_date(text: str, words: DateWords) -> Printed | None:
    """Return the ways to read a printed date; None where it is none that these words can tell.

    >>> from .date_words import english
    >>> printed_date("June 28th, 2015 at 10:25 pm", english()).times
    (datetime.time(22, 25),)
    >>> {order: str(date) for order, date in printed_date("3/4/2020", english()).dates.items()}
    {'dmy': '2020-04-03', 'mdy': '2020-03-04'}
    """
    if len(text) > _LONGEST:
        return None
    line = normal(text)
    match = _TIME.search(line)
    rest = line if match is None else _without(line, match)
    found = _named(rest, words) or _numbered(rest, words.order)
    if found is None:
        return None
    dates, (start, end) = found
    if match is None:
        rest = f"{rest[:start]} {rest[end:]}"
        match = _DOTTED_TIME.search(rest) or _WHOLE_HOUR.search(rest)
        line = rest
    times = tuple(_times(line, match, words)) if match else ()
    return Printed(dates, times, match is not None and int(match["hour"]) not in range(1, 13))


def _without(line: str, match: re.Match[str]) -> str:
    return f"{line[: match.start()]} {line[match.end() :]}"


# -- the day ----------------------------------------------------------------------

_Found = tuple[dict[Order | None, dt.date], tuple[int, int]]
_Numbers = list[tuple[int, int, str]]


def _named(line: str, words: DateWords) -> _Found | None:
    """Return the date around a month's name."""
    months = list(_months(line, words))
    numbers = [(match.start(), match.end(), match[0]) for match in _NUMBER.finditer(line)]
    for start, end, of_name in months:
        others = [place for place, *_ in months if place != start]
        before = _near([n for n in numbers if n[1] <= start], start, others, -1)
        after = _near([n for n in numbers if n[0] >= end], end, others, 1)
        for year, day in _years_and_days(before, after):
            dates = {date for month in of_name if (date := _date(year[2], month, day[2]))}
            if len(dates) == 1:
                places = (year, day)
                first = min(start, *(place for place, _, _ in places))
                last = max(end, *(place for _, place, _ in places))
                return {None: dates.pop()}, (first, last)
    return None


def _months(line: str, words: DateWords) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield where months are named, and which they may be."""
    found = list(WORD.finditer(line))
    place = 0
    while place < len(found):
        for count in range(min(_WORDS, len(found) - place), 0, -1):
            several = found[place : place + count]
            name = "".join([match[0] for match in several]) if count > 1 else several[0][0]
            if name in words.months:
                start, end = several[0].start(), several[-1].end()
                if end - start <= len(name) + 2 * (count - 1):
                    yield start, end, words.months[name]
                    place += count - 1
                    break
        place += 1
    for match in _NUMBERED.finditer(line):
        yield match.start(), match.end(), frozenset((int(match[1] or match[2]),))


def _near(numbers: _Numbers, place: int, others: list[int], step: int) -> _Numbers:
    """Return the two numbers next to a month, with no other month and little else between."""
    near: _Numbers = []
    for start, end, text in numbers[::step][:2]:
        gap = (end, place) if step < 0 else (place, start)
        if gap[1] - gap[0] > _GAP or any(gap[0] <= other < gap[1] for other in others):
            break
        near.append((start, end, text))
        place = start if step < 0 else end
    return near


def _years_and_days(
    before: _Numbers, after: _Numbers
) -> Iterator[tuple[tuple[int, int, str], tuple[int, int, str]]]:
    """Yield which of the numbers around a month may be the year and the day, the likeliest first.

    Years of four digits go before those of two: "12 May 3, 2020" begins with another number.
    """
    pairs = [
        *((year, day) for year in after[:1] for day in before[:1]),  # 3 May 2020
        *((year, day) for year in after[1:] for day in after[:1]),  # May 3, 2020
        *((year, day) for year in before[:1] for day in after[:1]),  # 2020 May 3
        *((year, day) for year in before[1:] for day in before[:1]),  # 2020, 3 May
    ]
    yield from (pair for pair in pairs if len(pair[0][2]) == 4 and len(pair[1][2]) <= 2)
    last = [pair for pair in pairs[:2] if len(pair[0][2]) == 2 and len(pair[1][2]) <= 2]
    yield from last[:1]  # 3 May 20; May 3, 20


def _numbered(line: str, order: Order | None) -> _Found | None:
    """Return the date that three numbers are, in each order in which they are one.

    Years of two digits come first only in languages with that *order*.
    """
    first, last = _YEAR_FIRST.search(line), _YEAR_LAST.search(line)
    if first is not None and (last is None or first.start() < last.start()):
        date = _date(first[1], int(first[3]), first[4])
        return ({None: date}, first.span()) if date is not None else None
    ways: dict[Order | None, dt.date | None]
    match = last
    if match is not None:
        one, two, year = match.groups()
        ways = {"dmy": _date(year, int(two), one), "mdy": _date(year, int(one), two)}
    else:
        match = _SHORT_YEAR.search(line)
        if match is None:
            return None
        one, _, two, three = match.groups()
        ways = {"dmy": _date(three, int(two), one), "mdy": _date(three, int(one), two)}
        if order == "ymd" and len(one) == 2:
            ways["ymd"] = _date(one, int(two), three)
    dates = {order: date for order, date in ways.items() if date is not None}
    if len(dates) > 1 and len(set(dates.values())) == 1:
        dates = {None: next(iter(dates.values()))}  # 5/5/2020
    return (dates, match.span()) if dates else None


def _date(year: str, month: int, day: str) -> dt.date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900  # as POSIX has it
    try:
        return dt.date(number, month, int(day)) if number in _YEARS else None
    except ValueError:
        return None


# -- the time of day ----------------------------------------------------------------------


def _times(line: str, match: re.Match[str], words: DateWords) -> Iterator[dt.time]:
    """Yield the time of day; two where a word beside it may say which half of the day is meant."""
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 24:
        return
    is_morning, is_afternoon, has_other = _half(line, match, words)
    if hour == 24:
        hours = [0] if not minute else []
    elif 1 <= hour <= 12 and (is_morning or is_afternoon):
        hours = [hour % 12 + 12 * is_afternoon]
    elif 1 <= hour <= 12 and has_other:
        hours = [hour % 12, hour % 12 + 12]
    else:
        hours = [hour]
    yield from (dt.time(each, minute, second) for each in hours)


def _half(line: str, match: re.Match[str], words: DateWords) -> tuple[bool, bool, bool]:
    """Return whether a time is before noon, after it, and whether an unknown word is behind it."""
    behind = _AFTER.match(line, match.end())
    after = WORD.findall(behind[0]) if behind is not None else []
    before = WORD.findall(line[max(0, match.start() - 20) : match.start()])
    near = {"".join(after[:1]), "".join(after[:2]), "".join(before[-1:]), "".join(before[-2:])}
    if before:  # Chinese, Japanese and Korean print it before the time, and without a space
        near |= {before[-1][-2:]} if before[-1] > "\u2e80" else set()
    other = after[0] if after else ""
    is_other = other != "" and other not in OF_CLOCKS and other not in words.months
    return not near.isdisjoint(words.mornings), not near.isdisjoint(words.afternoons), is_other
