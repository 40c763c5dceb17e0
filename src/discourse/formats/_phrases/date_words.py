"""The words of printed dates: English is built in, other languages come from Babel (CLDR)."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from itertools import product
from typing import Any, Literal, TypeAlias

import attrs

Order: TypeAlias = Literal["dmy", "mdy", "ymd"]
"""The order of day, month and year in numeric dates of a language."""

EXTRA = "dates"
"""The extra that brings Babel."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


#: Languages of WordPress, which are tried if a page does not declare its language.
UNLIKE_OTHERS = ("de", "fr", "es", "it", "pt", "nl", "ru", "sv", "da", "fi", "hu", "tr", "el", "ja")
"""Languages whose names of months do not mean another month in any language."""
_LANGUAGES = (
    *("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "cs", "sv", "da", "nb", "fi", "hu", "tr"),
    *("el", "ro", "bg", "uk", "sk", "hr", "sr", "sr_Latn", "sl", "lt", "lv", "et", "ca", "gl"),
    *("eu", "ja", "zh", "zh_Hant", "ko", "vi", "id", "ms", "th", "ar", "fa", "he", "hi", "bn"),
    *("ta", "ur", "is", "ga", "cy", "sq", "mk", "bs", "ka", "hy", "az", "kk", "af", "sw"),
)
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_REMEMBERED = 64  # languages
_SHORT = 3  # letters of an English month's short form
_VIETNAMESE = (
    *("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"),
    *("muoimot", "muoihai"),
)
#: Names that CLDR lacks: WordPress printed "Mrz" for March in German until version 4, and prints
#: the words of Vietnamese numbers.
_OTHER_MONTHS = {
    "mrz": 3,
    **{f"thang{word}": month for month, word in enumerate(_VIETNAMESE, 1)},
}
#: Words of WordPress's translations that are not those of CLDR: Russian, Ukrainian, Vietnamese,
#: Greek, Chinese, Japanese, Korean.
_MORNINGS = word_set("am дп sang πμ 上午 午前 오전")
_AFTERNOONS = word_set("pm пп chieu μμ 下午 午後 오후")
_UNITS = {
    "second": ("s", "sec", "secs", "second", "seconds"),
    "minute": ("min", "mins", "minute", "minutes"),
    "hour": ("h", "hr", "hrs", "hour", "hours"),
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "wks", "week", "weeks"),
    "month": ("mo", "mos", "mth", "mths", "month", "months"),
    "year": ("y", "yr", "yrs", "year", "years"),
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_SECONDS |= {"month": 2_629_800, "year": 31_557_600}
_PLURALS = (1, 2, 3, 5, 11, 20)  # numbers of all plural forms, in all languages
_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_MARKS = re.compile("[\u0300-\u036f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: A word: its letters with the vowel signs of Indic scripts and Thai, which are no letters to `re`.
WORD = re.compile(r"[^\s\d.,:;/|\\()\[\]{}<>«»•·@#*_+=!?'’‘\"“”~–—\-、，。年日년일]+")
#: A word of an age, in which 年 and 日 are units.
UNIT = re.compile(r"[^\s\d.,;()]+")


@attrs.frozen
class DateWords:
    """The words of one language, or of several, as `normal` and `squashed` return them."""

    months: Mapping[str, frozenset[int]]
    """The numbers of the months with a name: more than one only where languages differ."""
    mornings: frozenset[str]
    afternoons: frozenset[str]
    order: Order | None
    """The order of numbers, or None if unknown."""


def normal(text: str) -> str:
    """Return a text in small letters and ASCII digits, without accents and invisible marks.

    >>> normal("16. MÄRZ ２０２３"), normal("٣ مايو")
    ('16. marz 2023', '3 مايو')
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    plain = unicodedata.normalize("NFC", plain)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)


def squashed(text: str) -> str:
    """Return the words of a text as one, without the dots in "a.m." and between others."""
    return "".join(WORD.findall(text))


@cache
def babel() -> Any:  # noqa: ANN401 - a module whose types mypy need not know
    """Return Babel, or None if the extra is not installed."""
    try:
        return import_module("babel.core")
    except ImportError:
        return None


@cache
def english() -> DateWords:
    """Return the English words."""
    months = {name: frozenset((number,)) for number, name in enumerate(_ENGLISH, 1)}
    several = {name: frozenset((number,)) for name, number in _OTHER_MONTHS.items()}
    return DateWords(_with_beginnings(months) | several, _MORNINGS, _AFTERNOONS, None)


def _with_beginnings(names: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """Return names with their beginnings of three letters or more that are of one month alone.

    WordPress's translators shorten months in other ways than CLDR does.
    """
    months: dict[str, frozenset[int]] = {}
    for name, numbers in names.items():
        for end in range(_SHORT, len(name)):
            months[name[:end]] = months.get(name[:end], frozenset()) | numbers
    return {name: numbers for name, numbers in months.items() if len(numbers) == 1} | dict(names)


@lru_cache(_REMEMBERED)
def words_of(language: str | None) -> DateWords:
    """Return the words of a language and of English; without Babel, of English only."""
    locale = _locale(language)
    return english() if locale is None else _joined([english(), _of_locale(locale)])


@cache
def words_of_all() -> DateWords:
    """Return the words of many languages; without Babel, of English only."""
    locales = filter(None, map(_locale, _LANGUAGES))
    several = _joined([english(), *map(_of_locale, locales)])
    return attrs.evolve(several, order=None)


def _locale(language: str | None) -> Any:  # noqa: ANN401 - see `babel`
    """Return a locale of Babel, or None if the language is unknown or Babel is missing."""
    core = babel()
    if core is None or language is None or not _LANGUAGE.fullmatch(language):
        return None
    parts = re.split("[-_]", language)
    for several in (parts, parts[:1]):
        try:
            return core.Locale.parse("_".join(several))
        except (ValueError, core.UnknownLocaleError):
            continue
    return None


@cache
def _of_locale(locale: Any) -> DateWords:  # noqa: ANN401 - see `babel`
    months: dict[str, frozenset[int]] = {}
    for context in ("stand-alone", "format"):
        for width in ("abbreviated", "wide"):
            for number, name in locale.months[context][width].items():
                plain = normal(name)
                if not any(map(str.isdigit, plain)):  # "3月" and "tháng 3" are read as numbers
                    months[squashed(plain)] = frozenset((number,))
    halves = [
        frozenset(
            name
            for context in ("format", "stand-alone")
            for names in locale.day_periods.get(context, {}).values()
            if half in names and _is_telling(name := squashed(normal(names[half])))
        )
        for half in ("am", "pm")
    ]
    pattern = re.sub("[^dmy]", "", locale.date_formats["short"].pattern.lower())
    order = re.sub(r"(.)\1+", r"\1", pattern)
    is_any_english = locale.language == "en" and not locale.territory
    return DateWords(
        _with_beginnings(months),
        halves[0] - halves[1],
        halves[1] - halves[0],
        None if is_any_english or order not in ("dmy", "mdy", "ymd") else order,  # type: ignore[arg-type]  # it is one of them
    )


def _is_telling(word: str) -> bool:
    """Whether a word is more than a Latin letter, which may be another word, such as "à"."""
    return len(word) > 1 or not word.isascii()


def _joined(several: list[DateWords]) -> DateWords:
    """Return the words of several, and the order of the last."""
    months: dict[str, frozenset[int]] = {}
    for words in several:
        for name, numbers in words.months.items():
            months[name] = months.get(name, frozenset()) | numbers
    mornings = frozenset().union(*(words.mornings for words in several))
    afternoons = frozenset().union(*(words.afternoons for words in several))
    both = mornings & afternoons
    return DateWords(months, mornings - both, afternoons - both, several[-1].order)


# -- ages: "3 days ago" ------------------------------------------------------------


@lru_cache(_REMEMBERED)
def units_of(language: str | None) -> Mapping[str, str]:
    """Return the unit of time of a word in a language or in English."""
    units = {word: unit for unit, words in _UNITS.items() for word in words}
    locale = _locale(language)
    return units if locale is None else {**dict(_units_in(locale)), **units}


@cache
def units_of_all() -> Mapping[str, str]:
    """Return the unit of time of a word in any of many languages, unless it is ambiguous."""
    units: dict[str, set[str]] = {}
    for locale in filter(None, map(_locale, _LANGUAGES)):
        for word, unit in _units_in(locale):
            units.setdefault(word, set()).add(unit)
    return {word: unit for word, (unit, *more) in units.items() if not more} | {**units_of(None)}


def _units_in(locale: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - see `babel`
    """Yield words for units of time: those that Babel prints next to a number."""
    phrases = {unit: set(_phrases(locale, unit)) for unit in _SECONDS}
    of_all = set.intersection(*phrases.values())  # "ago"
    for unit, words in phrases.items():
        yield from ((word, unit) for word in words - of_all if _is_telling(word))


def _phrases(locale: Any, unit: str) -> Iterable[str]:  # noqa: ANN401 - see `babel`
    format_timedelta = import_module("babel.dates").format_timedelta
    for number in _PLURALS:
        delta = dt.timedelta(seconds=-number * _SECONDS[unit])
        for width, has_direction in product(("long", "short"), (True, False)):
            try:
                phrase = format_timedelta(
                    delta,
                    granularity=unit,
                    threshold=1e9,  # never a larger unit
                    add_direction=has_direction,
                    format=width,
                    locale=locale,
                )
            except LookupError:  # CLDR has no such phrase in this language
                continue
            yield from UNIT.findall(normal(phrase))
