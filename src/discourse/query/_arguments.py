"""What the functions that make predicates accept, and the sentences by which they refuse."""

import datetime as dt
import math
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

from ..errors import FieldError, FieldTypeError
from ..model import _checks

_P = ParamSpec("_P")
_T = TypeVar("_T")


def named(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Refuse what is given without a name where all is to be named, and say how."""

    @wraps(function)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        if args:
            word = function.__name__
            why = f"must be given by name, as in {word}(min=1) or {word}(max=3)"
            refuse_type(f"{word}(min)", args[0], why)
        return function(*args, **kwargs)

    return called


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
        hint = f" ({_checks.FROM_TEXT})" if isinstance(value, str) else ""
        refuse_type(field, value, f"must be a datetime{hint}")
    made = _checks.to_time(value)
    if made is None or made.tzinfo is None or made.utcoffset() is None:
        refuse(field, value.isoformat(), _checks.AWARE)
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
