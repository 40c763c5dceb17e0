"""What the functions that make predicates accept, and the sentences by which they refuse."""

import datetime as dt
import math
from typing import NoReturn

from ..errors import FieldError, FieldTypeError
from ..model import _checks


def refuse(field: str, value: object, why: str) -> NoReturn:
    """Raise the `FieldError` that says *why* an argument cannot be *value*."""
    raise FieldError("query", field, value, why)


def refuse_type(field: str, value: object, why: str) -> NoReturn:
    """Raise the same for something of the wrong type."""
    raise FieldTypeError("query", field, value, why)


def text(field: str, value: object) -> str:
    """Accept a string that UTF-8 can write, made plain."""
    if not isinstance(value, str):
        refuse_type(field, value, "must be a string")
    plain = str.__str__(value)
    if not _checks.is_text(plain):
        refuse(field, value, "must be Unicode text without lone surrogates")
    return plain


def flag(field: str, value: object) -> bool:
    """Accept True and False."""
    if type(value) is not bool:
        refuse_type(field, value, "must be True or False")
    return value


def time(field: str, value: object) -> dt.datetime:
    """Accept a datetime that knows its offset, brought into the model's form."""
    if not isinstance(value, dt.datetime):
        refuse_type(field, value, "must be a datetime")
    made = _checks.to_time(value)
    if made is None or made.tzinfo is None or made.utcoffset() is None:
        why = "must be an aware datetime (add its zone, such as tzinfo=datetime.UTC)"
        refuse(field, value.isoformat(), why)
    return made


_MOST_BITS = 14_000
"""The longest int: what Python still writes in digits, as printing and JSON need it."""


def written(field: str, value: float) -> None:
    """Refuse an int of so many digits that it cannot be written."""
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
    """Accept an int from *least*."""
    if type(value) is not int:
        refuse_type(field, value, f"must be an int from {least}")
    if value < least:
        refuse(field, value, f"must be an int from {least}")
    written(field, value)
    return value


def optional_count(field: str, value: object) -> int | None:
    """Accept None and an int from 0."""
    return None if value is None else count(field, value)


def in_order(word: str, low: float | None, high: float | None) -> None:
    """Refuse bounds between which there is nothing."""
    if low is not None and high is not None and low > high:
        refuse(f"{word}(min)", low, f"must not be above max, {high!r}")
