"""Check the arguments of predicates, and convert them to and from JSON and words."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, NoReturn, TypeGuard

from .._zones import Zone, zone_of
from ..errors import DecodeError, FieldError, FieldTypeError, Place, shown
from ..json import make_converter
from ..model import Author, _checks
from ._scanner import Scanner, quoted

# -- checks ----------------------------------------------------------------------------------------


def refuse(field: str, value: object, why: str) -> NoReturn:
    """Raise a `FieldError`: *why* the argument cannot be *value*."""
    raise FieldError("query", field, value, why)


def refuse_type(field: str, value: object, why: str) -> NoReturn:
    """Raise a `FieldTypeError` in the same way."""
    raise FieldTypeError("query", field, value, why)


def text(field: str, value: object) -> str:
    """Accept a string that UTF-8 can encode; return it as a plain `str`."""
    if not isinstance(value, str):
        refuse_type(field, value, "must be a string")
    plain = str.__str__(value)
    if not _checks.is_text(plain):
        refuse(field, value, "must be Unicode text without lone surrogates")
    return plain


def texts(field: str, value: tuple[object, ...]) -> tuple[str, ...]:
    """Accept one string or more."""
    if not value:
        refuse(field, None, "must have at least one value")
    return tuple(text(field, item) for item in value)


def flag(field: str, value: object) -> bool:
    """Accept True and False."""
    if type(value) is not bool:
        refuse_type(field, value, "must be True or False")
    return value


_ZONE = r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})?"
_TIME = re.compile(
    r"(?P<day>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)"
    rf"(?:[Tt ](?P<clock>[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?){_ZONE})?"
)
_A_TIME = "a day (2024-05-01), a month, a year, or a time with its zone (2024-05-01T08:00Z)"


def time(field: str, value: object, zone: Zone = None) -> dt.datetime:
    """Accept a datetime, a date or a string in ISO 8601; return a time as the model stores it.

    A time of day without a zone is in *zone*, and an error without one. A day is its beginning in
    *zone*, by default UTC. In a string, so are a month and a year.
    """
    clock = zone_of(zone, "query")
    if isinstance(value, str):
        value = _written_time(field, value, clock)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time(), clock or dt.UTC)
    if not isinstance(value, dt.datetime):
        refuse_type(field, value, f"must be a datetime, a date or a text such as {_A_TIME}")
    if value.tzinfo is None or value.utcoffset() is None:
        if clock is None or value != value:  # noqa: PLR0124 - what pandas has for no time
            refuse(field, value.isoformat(), _no_zone(field, value))
        value = value.replace(tzinfo=clock)
    moment = _checks.to_time(value)
    if moment is None or moment.utcoffset() is None:
        refuse(field, value.isoformat(), _checks.AWARE)
    return moment


def _no_zone(field: str, time: dt.datetime) -> str:
    word, text = field.partition("(")[0], time.isoformat()
    return f'must have a zone: write {word}("{text}Z"), or {word}("{text}", zone="Europe/Vienna")'


def _written_time(field: str, text: str, clock: dt.tzinfo | None) -> dt.datetime:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        refuse(field, text, f"must be {_A_TIME}")
    zone = (match["zone"] or "").upper()
    try:
        time = dt.datetime.fromisoformat(
            f"{match['day']}-01-01"[:10] + f"T{match['clock'] or '00:00'}{zone}"
        )
    except ValueError:
        refuse(field, text, "must be a valid date and time")
    return time if zone or match["clock"] else time.replace(tzinfo=clock or dt.UTC)


_MOST_BITS = 14_000
"""The longest int that Python still converts to digits, as ``repr`` and JSON need."""


def written(field: str, value: float) -> None:
    """Refuse an int too long to convert to digits."""
    if type(value) is int and value.bit_length() > _MOST_BITS:
        refuse(field, value, "must have fewer digits")


def number(field: str, value: object) -> float | None:
    """Accept None, an int and a finite float."""
    if value is None:
        return None
    if type(value) is not int and type(value) is not float:
        refuse_type(field, value, "must be a number or None")
    if not -math.inf < value < math.inf:
        refuse(field, value, "must be finite")
    written(field, value)
    return value


def count(field: str, value: object, least: int = 0) -> int:
    """Accept an int of *least* or more."""
    if type(value) is not int:
        refuse_type(field, value, f"must be an int from {least}")
    if value < least:
        refuse(field, value, f"must be an int from {least}")
    written(field, value)
    return value


def in_order(word: str, low: float | None, high: float | None) -> None:
    """Refuse bounds that exclude everything."""
    if low is not None and high is not None and low > high:
        refuse(f"{word}(min)", low, f"must not be above max, {high!r}")


def is_function(value: object) -> TypeGuard[Callable[..., object]]:
    """Whether an argument is a function, which neither JSON nor words can express."""
    return callable(value) and not isinstance(value, str | Author | dt.datetime)


# -- from JSON -------------------------------------------------------------------------------------


def refuse_json(path: str, message: str) -> NoReturn:
    """Raise a `DecodeError` for the value at *path*."""
    raise DecodeError(message, Place(path=path))


def json_object(value: object, path: str) -> dict[str, object]:
    """Accept a JSON object."""
    if not isinstance(value, Mapping) or not all(type(key) is str for key in value):
        refuse_json(path, f"must be an object, not {shown(value)}")
    return dict(value)


def json_text(value: object, path: str) -> str:
    """Accept a JSON string."""
    if type(value) is not str:
        refuse_json(path, f"must be a string, not {shown(value)}")
    return value


def _json_texts(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        refuse_json(path, f"must be an array, not {shown(value)}")
    return tuple(json_text(item, f"{path}[{n}]") for n, item in enumerate(value))


def _json_plain(value: object, path: str) -> object:
    """Leave the check to `Kind.accept`, except for types that no argument has."""
    if value is None:
        refuse_json(path, "must be left out, not null, to use the default")
    if type(value) not in (str, bool, int, float):
        refuse_json(path, f"must be a plain value, not {shown(value)}")
    return value


_JSON = make_converter()


def _json_time(value: object, path: str) -> dt.datetime:
    text = json_text(value, path)
    try:
        return _JSON.structure(text, dt.datetime)
    except ValueError as error:
        refuse_json(path, str(error))


# -- kinds -----------------------------------------------------------------------------------------


class Kind(NamedTuple):
    """How to check, read and write an argument."""

    accept: Callable[[str, Any], Any] = lambda _, value: value
    """Returns the normal form of a value, or raises a `FieldError` that names the field."""
    read: Callable[[Scanner, str], Any] = lambda words, word: words.expected(word)
    """Reads the value from the phrase of a word."""
    write: Callable[[Any], str] = str
    """Returns an accepted value in words that `read` reads, or an empty string."""
    from_json: Callable[[object, str], object] = _json_plain
    """Returns the value for `accept`, or raises `DecodeError` if the type at a path is wrong."""
    to_json: Callable[[Any], object] = lambda value: value
    """Returns an accepted value as a JSON value."""
    is_text: bool = False
    """Whether it is free text, which may begin with a sign such as ``=``."""
    is_starred: bool = False
    """Whether it is the tuple of all positional arguments."""


def text_kind(what: str, accept: Callable[[str, Any], str] = text) -> Kind:
    """Return the kind of a string; *what* describes it in the error if it is missing."""
    return Kind(accept, lambda words, _: words.value(what), quoted, json_text, str, is_text=True)


def texts_kind(what: str, change: Callable[[str], str] = str, *, is_text: bool = True) -> Kind:
    """Return the kind of one string or more; *change* converts those read from words."""

    def read(words: Scanner, _: str) -> tuple[str, ...]:
        values = [change(words.value(what))]
        while words.sign(","):
            values.append(change(words.value(what)))
        return tuple(values)

    return Kind(texts, read, _write_texts, _json_texts, list, is_text, is_starred=True)


def _write_texts(values: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, values))


def flag_kind(word: str) -> Kind:
    """Return the kind of a flag; in words, *word* means True, and its absence False."""
    return Kind(
        flag, lambda words, of: words.prefix(word, of=of), lambda value: word if value else ""
    )


# -- bounds ----------------------------------------------------------------------------------------

_MOST_DIGITS = 400  # of a number in words; no float has more
_COUNT = rf"[0-9]{{1,{_MOST_DIGITS}}}"
_NUMBER = rf"-?{_COUNT}(?:\.{_COUNT})?(?:[eE][+-]?[0-9]{{1,4}})?"


def _bound(accept: Callable[[str, Any], float | None], number: str, hint: str) -> Kind:
    """Return the kind of ``min`` and ``max``, which are read as a pair and written separately."""
    fits = re.compile(
        rf"(?:(?P<low>{number})?\s*\.\.(?:\s*(?P<high>{number}))?"
        rf"|>=\s*(?P<least>{number})|<=\s*(?P<most>{number})|(?P<just>{number}))(?=[\s()]|\Z)"
    )

    def read(words: Scanner, _: str) -> tuple[float | None, float | None]:
        match = words.match(fits)
        if match is None:
            words.expected(hint)
        low = match["low"] or match["least"] or match["just"]
        high = match["high"] or match["most"] or match["just"]
        return _number(low), _number(high)

    return Kind(accept, read, _write_bound)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _write_bound(value: float | None) -> str:
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
        refuse("to_words(predicate)", value, f"must have at most {_MOST_DIGITS} digits in words")
    return "" if value is None else repr(value)


NUMBER = _bound(number, _NUMBER, "a number or a range, such as 5, -1..2.5, 3.., ..0, >= 3 or <= 0")
COUNT = _bound(
    lambda field, value: None if value is None else count(field, value),
    _COUNT,
    "a whole number or a range, such as 2, 2..4, 2.., ..4, >= 2 or <= 4",
)

# -- times -----------------------------------------------------------------------------------------

_APART = re.compile(  # a time of day after a space, without quotes
    rf"(?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?)\s*{_ZONE}(?=[\s()]|\Z)"
)


def _read_time(words: Scanner, _: str) -> dt.datetime:
    """Read a time with its zone; a day, a month or a year is its beginning in UTC."""
    at, text = words.at, words.value(_A_TIME)
    match = _TIME.fullmatch(text)
    if match is None:
        words.fail(f"expected {_A_TIME}, not {shown(text, 40)}", at)
    if match["clock"] is None and (apart := words.match(_APART)) is not None:
        clock = f"{apart['clock'].zfill(5)}{(apart['zone'] or 'Z').upper()}"
        words.fail(f"a time is one word, with its zone: write {text}T{clock}", apart.start())
    if match["clock"] is not None and match["zone"] is None:
        words.fail("expected a zone after the time: Z for UTC, or one such as +02:00", at)
    try:
        return _written_time("since", text, None)
    except FieldError:
        words.fail(f"{shown(text)} is not a valid date and time", at)


TIME = Kind(time, _read_time, _JSON.unstructure, _json_time, _JSON.unstructure)
