"""Read one cell of a column: as its kind says, and as the field of the model needs it."""

import datetime as dt
import json
import math
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from types import NoneType
from typing import Any

import cattrs

from ..errors import FieldError
from ..json import make_converter
from ..model import Author, Meta, Status, TextFormat
from ._schema import KINDS, Kind

_MINUTE = dt.timedelta(minutes=1)
_EXACT = 2**53  # up to here a float holds every integer

_OF_NUMBERS = {
    "id": " (pass columns={} to read numbers, or convert them by discourse.model.id_text)",
    "author_id": " (discourse.model.id_text converts numbers)",
    "parent_id": " (discourse.model.parent_id converts numbers, and 0 to None)",
}


def cleaned(name: str, values: Sequence[object]) -> list[Any]:
    kind = KINDS[name]
    if set(map(type, values)) <= _PLAIN_TYPES[kind]:
        return list(values)
    return each(list(map(_known, values)), name, _CHECKS[kind])


def each(values: list[Any], name: str, read: Callable[[object, str, int], object]) -> list[Any]:
    """Return what each cell that is known reads as."""
    return [value if value is None else read(value, name, n) for n, value in enumerate(values)]


def _refuse(column: str, n: int, value: object, reason: str) -> FieldError:
    return FieldError("tables", f"{column}[{n}]", value, reason)


#: The types of cells that need no second look, as nearly all have.
_PLAIN_TYPES: dict[Kind, set[type]] = {
    "text": {str, NoneType},
    "integer": {int, NoneType},
    "number": {int, NoneType},
    "flag": {bool, NoneType},
    "time": {NoneType},
}


def _known(value: object) -> object:
    """Return the plain value of a cell; None for what pandas and NumPy have where there is none."""
    if value is None or type(value) is str or type(value) is int or type(value) is bool:
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if not hasattr(value, "item") or getattr(value, "ndim", False):
        return value  # for the check of the column; an array of several has no one plain value
    plain = value.item()
    return plain if type(plain) is type(value) else _known(plain)


def _string(value: object, name: str, n: int) -> str:
    if not isinstance(value, str):
        hint = _OF_NUMBERS.get(name, "") if isinstance(value, int | float) else ""
        raise _refuse(name, n, value, f"must be text{hint}")
    return value


def _integer(value: object, name: str, n: int) -> int:
    """Return an integer; pandas makes floats of integers beside missing ones."""
    if type(value) is float and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if type(value) is not int:
        raise _refuse(name, n, value, "must be an integer")
    return value


def _number(value: object, name: str, n: int) -> int | float:
    if type(value) is not int and type(value) is not float:
        raise _refuse(name, n, value, "must be a number")
    return value


def _flag(value: object, name: str, n: int) -> bool:
    """Return a flag; SQLite has 0 and 1 instead."""
    if type(value) is bool or (type(value) is int and value in {0, 1}):
        return bool(value)
    raise _refuse(name, n, value, "must be true or false")


def _time(value: object, name: str, n: int) -> dt.datetime:
    """Return a time; SQLite has text instead."""
    try:
        time = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise _refuse(name, n, value, "must be a time, or text of ISO 8601") from None
    if not isinstance(time, dt.datetime) or time.utcoffset() is None:
        raise _refuse(name, n, value, "must be a time with its zone")
    return time


@lru_cache
def _zone(minutes: int) -> dt.timezone:
    return dt.timezone(minutes * _MINUTE)


def local(time: dt.datetime | None, offset: int | None, name: str, n: int) -> dt.datetime | None:
    """Return a time on the clock that the offset tells."""
    if time is None or offset is None:
        return time
    try:
        return time.astimezone(_zone(offset))
    except (ValueError, OverflowError):
        reason = "must be the minutes of a zone in which the time exists"
        raise _refuse(f"{name}_offset", n, offset, reason) from None


def exact(score: int | float | None, exact: int | None) -> int | float | None:
    """Return the exact score where it is the same to a float; else a whole number as an int.

    Nearly all scores are integers, and as long as a float is exact, 3.0 is 3.
    """
    if score is None or (exact is not None and float(exact) == score):
        return exact if score is not None else None
    whole = type(score) is float and score.is_integer() and abs(score) < _EXACT
    return int(score) if whole else score


def to_meta(text: object, name: str, n: int) -> Meta:
    value = _json(text, name, n, "object")
    try:
        return Meta(value)  # type: ignore[arg-type]  # it refuses what is no mapping
    except (ValueError, TypeError) as error:
        raise _refuse(name, n, text, f"must be a JSON object: {error}") from None


def _tuple_of(kind: object) -> Callable[[object, str, int], object]:
    def read(text: object, name: str, n: int) -> object:
        value = _json(text, name, n, "array")
        try:
            return converter().structure(value, kind)  # type: ignore[arg-type]
        except (cattrs.BaseValidationError, ValueError, TypeError) as error:
            raise _refuse(name, n, text, f"must be a JSON array that fits: {error}") from None

    return read


@cache
def converter() -> cattrs.Converter:
    return make_converter()


def to_tags(text: object, name: str, n: int) -> frozenset[str]:
    value = _json(text, name, n, "array")
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise _refuse(name, n, text, "must be a JSON array of strings")
    return frozenset(value)


def _json(text: object, name: str, n: int, what: str) -> object:
    try:
        return json.loads(str(text))
    except (ValueError, RecursionError):
        raise _refuse(name, n, text, f"must be a JSON {what}") from None


#: The words of the model, which are known faster as its own than as text; others it refuses.
WORDS: dict[object, dict[str, Status | TextFormat]] = {
    kind: {word.value: word for word in kind} for kind in (Status, TextFormat)
}

#: How tuples are read from JSON; what they hold is plain, or the converter's to judge.
TUPLES: dict[object, Callable[[object, str, int], object]] = {
    kind: _tuple_of(kind) for kind in (tuple[str, ...], tuple[Author, ...])
}

_CHECKS: dict[Kind, Callable[[object, str, int], object]] = {
    "text": _string,
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "time": _time,
}
