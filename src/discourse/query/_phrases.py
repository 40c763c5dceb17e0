"""The phrase of each predicate: how the words after ``by``, ``depth`` and the others are read."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

from ..errors import FieldError, refusal, shown
from ..model import Author, Status
from ._facts import score, since, status, tagged, until
from ._people import by, mentions
from ._places import depth, has_replies, unanswered, under
from ._predicate import Predicate
from ._scanner import Scanner
from ._words import length, matching

_T = TypeVar("_T")

MOST_DIGITS = 400
"""The most digits of a number; no float has more."""

_COUNT = rf"[0-9]{{1,{MOST_DIGITS}}}"
_NUMBER = rf"-?{_COUNT}(?:\.{_COUNT})?(?:[eE][+-]?[0-9]{{1,4}})?"


def _range_of(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<low>{number})?\s*\.\.(?:\s*(?P<high>{number}))?"
        rf"|>=\s*(?P<least>{number})|<=\s*(?P<most>{number})|(?P<just>{number}))(?=[\s()]|\Z)"
    )


_COUNTS, _NUMBERS = _range_of(_COUNT), _range_of(_NUMBER)
_TIME = re.compile(
    r"(?P<day>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)"
    r"(?:[Tt ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
)
_APART = re.compile(  # a time of day that stands apart from its day
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"\s*(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})?(?=[\s()]|\Z)"
)


def phrase(words: Scanner) -> Predicate:
    """Take one predicate with what belongs to it."""
    names = list(_PHRASES)
    key = words.keyword() or ""
    name = key if key in _PHRASES else "has-replies"  # which may be two words
    if not words.take(*name.split("-")):
        words.expected(f"{', '.join(names[:-1])} or {names[-1]}")
    words.refuse_sign(name, is_text=name in _TEXTS, is_whole=name in _WHOLE)
    return _PHRASES[name](words)


def made(words: Scanner, at: int, make: Callable[[], _T]) -> _T:
    """Return what *make* makes of the words from *at* on; a refusal gets their place."""
    try:
        return make()
    except FieldError as error:
        words.fail(refusal(error.reason, error.value), at)


# -- people ----------------------------------------------------------------------------------------


def _by(words: Scanner) -> Predicate:
    if words.prefix("unknown", of="by"):
        return by(None)
    if words.prefix("id", of="by"):
        at, id = words.at, words.value("an id")
        return made(words, at, lambda: by(Author(id=id)))
    if words.prefix("name", of="by"):
        at, name = words.at, words.value("a name")
        return made(words, at, lambda: by(Author(name)))
    at, whom = words.at, words.value("a name, or unknown")
    return made(words, at, lambda: by(whom))


def _mentions(words: Scanner) -> Predicate:
    bare = words.prefix("bare", of="mentions")
    at, name = words.at, words.value("a name")
    return made(words, at, lambda: mentions(name, bare=bare))


# -- texts -----------------------------------------------------------------------------------------


def _matching(words: Scanner) -> Predicate:
    at, regex, any_case = words.at, True, False
    if words.text.startswith("/", at):
        text, any_case = words.slashed()
    else:
        regex = words.prefix("regex", of="matching")
        text = words.value("a text, or a /regular expression/")
    any_case = words.take("ignoring", "case") or any_case
    return made(words, at, lambda: matching(text, regex=regex, ignore_case=any_case))


def _length(words: Scanner) -> Predicate:
    at = words.at
    low, high = _counts(words)
    if words.take("words"):
        return made(words, at, lambda: length(min=low, max=high, unit="words"))
    words.take("characters")
    return made(words, at, lambda: length(min=low, max=high))


# -- numbers and times -----------------------------------------------------------------------------


def _counts(words: Scanner) -> tuple[int | None, int | None]:
    found = words.match(_COUNTS)
    if found is None:
        words.expected("a whole number or a range, such as 2, 2..4, 2.., ..4, >= 2 or <= 4")
    low = found["low"] or found["least"] or found["just"]
    high = found["high"] or found["most"] or found["just"]
    return None if low is None else int(low), None if high is None else int(high)


def _depth(words: Scanner) -> Predicate:
    at = words.at
    low, high = _counts(words)
    return made(words, at, lambda: depth(min=low, max=high))


def _score(words: Scanner) -> Predicate:
    at = words.at
    found = words.match(_NUMBERS)
    if found is None:
        words.expected("a number or a range, such as 5, -1..2.5, 3.., ..0, >= 3 or <= 0")
    low = _number(found["low"] or found["least"] or found["just"])
    high = _number(found["high"] or found["most"] or found["just"])
    return made(words, at, lambda: score(min=low, max=high))


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _time(words: Scanner) -> dt.datetime:
    """Take a time with its zone; a day, a month or a year is its beginning in UTC."""
    at = words.at
    what = "a day (2024-05-01), a month, a year, or a time with its zone (2024-05-01T08:00Z)"
    text = words.value(what)
    found = _TIME.fullmatch(text)
    if found is None:
        words.fail(f"expected {what}, not {shown(text, 40)}", at)
    if found["clock"] is None and (apart := words.match(_APART)) is not None:
        clock = f"{apart['clock'].zfill(5)}{(apart['zone'] or 'Z').upper()}"
        words.fail(f"a time is one word, with its zone: write {text}T{clock}", apart.start())
    if found["clock"] is not None and found["zone"] is None:
        words.fail("expected a zone after the time: Z for UTC, or one such as +02:00", at)
    day = f"{found['day']}-01-01"[:10] if len(found["day"]) < 10 else found["day"]
    clock = f"{found['clock'] or '00:00'}{(found['zone'] or 'Z').upper()}"
    try:
        return dt.datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        words.fail(f"there is no such time as {shown(text)}", at)


def _since(words: Scanner) -> Predicate:
    at, time = words.at, _time(words)
    return made(words, at, lambda: since(time))


def _until(words: Scanner) -> Predicate:
    at, time = words.at, _time(words)
    return made(words, at, lambda: until(time))


# -- lists and places ------------------------------------------------------------------------------


def _several(words: Scanner, what: str) -> list[str]:
    """Take one value or more, with commas between them."""
    found = [words.value(what)]
    while words.sign(","):
        found.append(words.value(what))
    return found


def _status(words: Scanner) -> Predicate:
    at = words.at
    names = _several(words, f"one of {', '.join(Status)}")
    return made(words, at, lambda: status(*(name.lower() for name in names)))


def _tagged(words: Scanner) -> Predicate:
    at, tags = words.at, _several(words, "a tag")
    return made(words, at, lambda: tagged(*tags))


def _under(words: Scanner) -> Predicate:
    at, id = words.at, words.value("the id of a comment")
    return made(words, at, lambda: under(id))


_PHRASES: dict[str, Callable[[Scanner], Predicate]] = {
    "by": _by,
    "depth": _depth,
    "has-replies": lambda _: has_replies(),
    "length": _length,
    "matching": _matching,
    "mentions": _mentions,
    "score": _score,
    "since": _since,
    "status": _status,
    "tagged": _tagged,
    "unanswered": lambda _: unanswered(),
    "under": _under,
    "until": _until,
}

_TEXTS = frozenset({"by", "matching", "mentions", "tagged", "under"})
"""Those that take a text of any sort."""
_WHOLE = frozenset({"has-replies", "unanswered"})
"""Those that take nothing."""
