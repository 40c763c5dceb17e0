"""Find the times that MediaWiki writes after a signature, in the date formats of all languages."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import attrs

from ..._markup.times import zone_named
from ._month_names import LANGUAGES

_WINDOW = 80  # characters before the zone that may contain the date and time
_LONGEST_GAP = 32
_FIRST_YEAR, _LAST_YEAR = 2000, 2099  # MediaWiki's; Thai wikis count 543 more
_THAI = 543
#: The zone in brackets: ``UTC``, ``CEST``, ``+07``; Arabic wikis spell it out.
_ZONE = re.compile(
    r"\(([A-Z]{2,5}|(?:UTC|GMT)?[+\u2212-]\d{1,2}(?::?\d\d)?|[^\W\d_]{1,4}(?:[\s.][^\W\d_]{1,4}){1,2})\)"
)
_NUMBERS = re.compile(r"(\d+)")
_WORD = re.compile(r"[^\W\d_][^\s\d,،.()]*")
_MARKS = re.compile("[\u200c-\u200f\u202a-\u202e]")
_UTC_NAMES = {"ت ع م", "ع ت م"}
_Months = frozenset[tuple[str, int]]
_LEAST = 3  # letters of a month's name that identify it


@attrs.frozen
class Timestamp:
    """A time in a text."""

    start: int
    end: int
    text: str
    """The text of the time, with the zone."""
    zone: dt.tzinfo | None
    """None if the name of the zone is ambiguous."""
    numbers: tuple[int, ...]
    """Year, day, hour and minute; and the month, if it is a number."""
    month: str = ""
    """The word or words for the month, if it is not a number."""


def timestamps(text: str) -> Iterator[Timestamp]:
    """Yield the times in a text. O(n)."""
    last = 0
    for match in _ZONE.finditer(text):
        begin = max(last, match.start() - _WINDOW)
        stamp = _stamp(text, begin, match)
        if stamp is not None:
            last = match.end()
            yield stamp


def _stamp(text: str, begin: int, zone: "re.Match[str]") -> Timestamp | None:
    parts = _NUMBERS.split(text[begin : zone.start()])
    gaps = [_MARKS.sub("", gap).replace("\xa0", " ") for gap in parts[::2]]
    numbers = parts[1::2]
    if len(gaps[-1]) > _LONGEST_GAP:
        return None
    for count in (4, 5):
        if len(numbers) < count or any("\n" in gap for gap in gaps[-count:]):
            return None
        if any(len(gap) > _LONGEST_GAP for gap in gaps[-count:-1]):
            return None
        parsed = _date(numbers[-count:], gaps[-count - 1 :])
        if parsed is not None:
            values, word = parsed
            start = zone.start() - sum(map(len, parts[-2 * count :]))
            written = _MARKS.sub("", text[start : zone.end()]).strip()
            return Timestamp(start, zone.end(), written, _zone(zone[1]), values, word)
    return None


def _date(numbers: list[str], gaps: list[str]) -> tuple[tuple[int, ...], str] | None:
    """Return year, day, hour, minute (and month), and the word for the month.

    *gaps* are the texts before, between and after the *numbers*.
    """
    inner = gaps[1:-1]
    times = [at for at, gap in enumerate(inner) if gap in (":", ".", "h") and _is_time(numbers, at)]
    if not times:
        return None
    at = next((at for at in times if inner[at] == ":"), times[-1])
    hour, minute = int(numbers[at]), int(numbers[at + 1])
    rest = numbers[:at] + numbers[at + 2 :]
    years = [n for n, digits in enumerate(rest) if len(digits) == 4]
    if len(years) != 1:
        return None
    year = int(rest.pop(years[0]))
    year -= _THAI if year >= _FIRST_YEAR + _THAI else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if len(rest) == 2:
        month, day = map(int, rest if years[0] == 0 else reversed(rest))
        return ((year, day, hour, minute, month), "") if _is_day(month, day) else None
    words = [gap for n, gap in enumerate(inner) if n != at] + [gaps[-1], gaps[0][-_LONGEST_GAP:]]
    for gap in words:
        if (word := _month_word(gap)) and _is_day(1, int(rest[0])):
            return (year, int(rest[0]), hour, minute), word
    return None


def _is_time(numbers: list[str], at: int) -> bool:
    hour, minute = numbers[at], numbers[at + 1]
    return len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _zone(name: str) -> dt.tzinfo | None:
    """Return the zone of an unambiguous name."""
    words = " ".join(name.replace("\u2212", "-").split())
    if words in _UTC_NAMES:
        return dt.UTC
    if match := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", words):
        words = f"{match[1]}{match[2]:0>2}{match[3] or '00'}"
    try:
        return zone_named(words)
    except ValueError:
        return None


# -- months --------------------------------------------------------------------------------------


@cache
def _names() -> tuple[dict[str, _Months], dict[str, _Months]]:
    """The languages and months for each name, and for each beginning of one."""
    names: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    beginnings: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for language, months in LANGUAGES.items():
        for number, spellings in enumerate(months.split(), 1):
            for name in spellings.replace("_", " ").split("/"):
                names[name].add((language, number))
                for size in range(_LEAST, len(name) + 1):
                    beginnings[name[:size]].add((language, number))
    return (
        {name: frozenset(months) for name, months in names.items()},
        {name: frozenset(months | names[name]) for name, months in beginnings.items()},
    )


@cache
def _month_word(gap: str) -> str:
    """Return the name of a month in a text between two numbers, or an empty string."""
    whole = gap.casefold().strip(" .,،()")
    words = _WORD.findall(whole)
    pairs = map(" ".join, pairwise(words))
    return next((word for word in (whole, *pairs, *words) if _months(word)), "")


@cache
def _months(word: str) -> _Months:
    """The languages in which a word is a month, and which; with an ending, or a Hebrew "in"."""
    names, beginnings = _names()
    for form in (word, word.removeprefix("ב"), word.removeprefix("d'"), word.removeprefix("d’")):
        if months := beginnings.get(form) or names.get(form):
            return months
    for size in range(len(word) - 1, _LEAST, -1):
        if stem := names.get(word[:size]):
            return stem
    return frozenset()


class Calendar:
    """Converts timestamps to times, in the language that explains most months of a page.

    Croatian *listopada* is October, and Polish *listopada* November.
    """

    def __init__(self, stamps: Iterable[Timestamp]) -> None:
        votes = Counter(stamp.month for stamp in stamps if stamp.month)
        self._rank: Counter[str] = Counter()
        for word, count in votes.items():
            for language in {language for language, _ in _months(word)}:
                self._rank[language] += count

    def time(self, stamp: Timestamp, zone: dt.tzinfo | None) -> dt.datetime | None:
        """Return the time in its own zone or else in *zone*; None for an invalid date.

        Without either zone it is naive.
        """
        year, day, hour, minute, *month = stamp.numbers
        if not month:
            # Ties go to the first language in the table, which has larger wikis first.
            best = max(
                _months(stamp.month),
                key=lambda pair: (self._rank[pair[0]], -_ORDER[pair[0]], -pair[1]),
            )
            month = [best[1]]
        try:
            return dt.datetime(year, month[0], day, hour, minute, tzinfo=stamp.zone or zone)
        except ValueError:
            return None


_ORDER = {language: place for place, language in enumerate(LANGUAGES)}
