"""The validators and converters of the model's fields.

A converter brings a value into the form that the model stores (an aware time with a fixed offset,
a frozen mapping). It returns what it cannot convert unchanged; the validator then raises an error
that names the class and the field.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

import attrs

from .._meta import Meta, to_meta
from ..errors import FieldError, FieldTypeError, shown
from ._kinds import Status, StubKind, TextFormat

_T = TypeVar("_T")
_STRINGS = "must be an iterable of strings, such as a list"
_NUMBER = "must be a string (discourse.model.id_text gives the number's exact text)"
_PARENT_NUMBER = "must be a string or None (discourse.model.parent_id converts numbers)"
AWARE = "must be an aware datetime (add its zone, such as tzinfo=datetime.UTC)"
"""The reason against a datetime without a zone."""
FROM_TEXT = "datetime.fromisoformat converts text, which needs a zone such as +00:00"
"""The hint for text in place of a datetime."""
_Validator = Callable[[object, "attrs.Attribute[Any]", Any], None]

# -- plain tests: a value that passes needs no validator and no converter --------------------------

_BIG = 2**63
_TEXT = "type({0}) is str and ({0}.isascii() or _is_unicode({0}))"
_WHOLE = f"type({{0}}) is int and {-_BIG} <= {{0}} < {_BIG}"

_Test = tuple[str, dict[str, object]]
_PLAIN: dict[object, _Test] = {}


def plain(test: str, **names: object) -> Callable[[_Validator], _Validator]:
    """Return a decorator that attaches a plain test to a validator.

    Args:
        test: An expression with ``{0}`` for the value. It must be false for every value that the
            validator refuses or the converter changes, and may be false for others.
        names: The globals of the expression.
    """

    def decorate(validator: _Validator) -> _Validator:
        _PLAIN[validator] = test, names
        return validator

    return decorate


def plain_test(field: "attrs.Attribute[Any]") -> _Test:
    """Return the plain test of a field's validator, and the globals of the test."""
    return _PLAIN[field.validator]


def is_text(value: object) -> bool:
    """Whether *value* is a `str` (not of a subclass) that UTF-8 can encode."""
    return type(value) is str and (value.isascii() or _is_unicode(value))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _are_labels(items: frozenset[object]) -> bool:
    return all(is_text(item) and item for item in items)


def _are_texts(items: tuple[object, ...]) -> bool:
    return all(map(is_text, items))


# -- validators ------------------------------------------------------------------------------------


def refuse(instance: object, attribute: "attrs.Attribute[Any]", value: Any, why: str) -> NoReturn:
    """Raise a `FieldError` with the reason *why* the field refuses *value*."""
    raise FieldError(type(instance).__name__, attribute.name, value, why)


def _refuse_type(
    instance: object, attribute: "attrs.Attribute[Any]", value: Any, why: str
) -> NoReturn:
    raise FieldTypeError(type(instance).__name__, attribute.name, value, why)


@plain("{0} is None or " + _TEXT, _is_unicode=_is_unicode)
def text(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None`` and any string that UTF-8 can encode."""
    if value is None or (type(value) is str and value.isascii()):
        return
    required_text(instance, attribute, value)


def required_text(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept any string that UTF-8 can encode."""
    if not isinstance(value, str):
        needs = "must be a string" if attribute.default is attrs.NOTHING else "must be str or None"
        _refuse_type(instance, attribute, value, needs)
    if type(value) is not str:
        # Subclasses (enum members, Beautiful Soup nodes) may override comparison or keep a whole
        # document alive. The model stores only their characters.
        value = str.__str__(value)
        object.__setattr__(instance, attribute.name, value)
    if not (value.isascii() or _is_unicode(value)):
        refuse(instance, attribute, value, "must be Unicode text without lone surrogates")


@plain("type({0}) is str and {0} and {0}.isascii()")
def identifier(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept a non-empty string."""
    if type(value) is str and value and value.isascii():
        return
    if isinstance(value, int | float):
        _refuse_type(instance, attribute, value, _NUMBER)
    required_text(instance, attribute, value)
    if not str.__str__(value):  # a subclass may override __bool__
        refuse(instance, attribute, value, "must not be empty")


@plain("{0} is None or type({0}) is str and {0} and {0}.isascii()")
def optional_identifier(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None`` and a non-empty string."""
    if value is None or (type(value) is str and value and value.isascii()):
        return
    if isinstance(value, int | float):
        why = _PARENT_NUMBER if attribute.name == "parent_id" else _NUMBER
        _refuse_type(instance, attribute, value, why)
    required_text(instance, attribute, value)
    if not str.__str__(value):
        refuse(instance, attribute, value, "must be None or a non-empty string")


@plain("{0} is None or type({0}) is bool")
def flag(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None``, ``True`` and ``False``."""
    if value is not None and type(value) is not bool:
        _refuse_type(instance, attribute, value, "must be True, False or None")


@plain("{0} is None or " + _WHOLE)
def number(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None``, a 64-bit int and a finite float."""
    if value is None:
        return
    if type(value) is int:
        if not -_BIG <= value < _BIG:
            refuse(instance, attribute, value, "must fit in 64 bits")
    elif type(value) is float:
        if not math.isfinite(value):
            refuse(instance, attribute, value, "must be finite")
    else:
        _refuse_type(instance, attribute, value, "must be int, float or None")


@plain("{0} is None or " + _WHOLE)
def whole(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None`` and a 64-bit int."""
    if value is not None and type(value) is not int:
        _refuse_type(instance, attribute, value, "must be int or None")
    number(instance, attribute, value)


@plain("{0} is None or type({0}) is int and 0 <= {0} < " + str(_BIG))
def count(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None`` and a 64-bit int that is not negative."""
    whole(instance, attribute, value)
    if type(value) is int and value < 0:
        refuse(instance, attribute, value, "must not be negative")


def _has_fixed_offset(value: dt.datetime) -> bool:
    """Whether a time is as `to_time` leaves it, with an offset from UTC."""
    if type(value.tzinfo) is not dt.timezone or value.fold:
        return False
    if not dt.MINYEAR < value.year < dt.MAXYEAR:
        return False
    offset, *name = value.tzinfo.__getinitargs__()  # type: ignore[attr-defined]  # as it is pickled
    return bool(offset) and not name and not offset.seconds % 60 and not offset.microseconds


@plain(
    "{0} is None or type({0}) is Datetime and ({0}.tzinfo is UTC or _has_fixed_offset({0}))",
    Datetime=dt.datetime,
    UTC=dt.UTC,
    _has_fixed_offset=_has_fixed_offset,
)
def time(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept ``None`` and an aware datetime."""
    if value is None:
        return
    if not isinstance(value, dt.datetime):
        hint = f" ({FROM_TEXT})" if isinstance(value, str) else ""
        _refuse_type(instance, attribute, value, f"must be a datetime or None{hint}")
    elif value != value:  # noqa: PLR0124 - pandas.NaT
        refuse(instance, attribute, str(value), "must be None if the time is unknown")
    elif value.tzinfo is None:
        raise FieldError(type(instance).__name__, attribute.name, value.isoformat(), AWARE)
    elif type(value.tzinfo) is not dt.timezone or not _has_moment(value):
        why = "must be within the years 1 to 9999 in UTC"
        clock = value.replace(tzinfo=None).isoformat()
        raise FieldError(type(instance).__name__, attribute.name, clock, why)


def _has_moment(value: dt.datetime) -> bool:
    """Whether Python can represent the time in UTC."""
    if dt.MINYEAR < value.year < dt.MAXYEAR:
        return True
    try:
        value.astimezone(dt.UTC)
    except OverflowError:
        return False
    return True


@plain("type({0}) is Meta", Meta=Meta)
def mapping(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept a `Meta`, to which the converter turns any mapping of JSON values."""
    if type(value) is Meta:
        return
    if not isinstance(value, Mapping):
        _refuse_type(instance, attribute, value, "must be a mapping of strings to JSON values")
    try:
        Meta(value)  # raises the reason
    except TypeError as error:
        _refuse_type(instance, attribute, value, str(error))
    except ValueError as error:
        refuse(instance, attribute, value, str(error))


@plain("type({0}) is frozenset and (not {0} or _are_labels({0}))", _are_labels=_are_labels)
def labels(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept a frozenset of non-empty strings."""
    if type(value) is not frozenset and not (value and type(value) is list):
        _refuse_type(instance, attribute, value, _STRINGS)
    for item in value:
        if not isinstance(item, str):
            _refuse_type(instance, attribute, item, "must hold only strings")
        if not item or not _is_unicode(item):
            refuse(instance, attribute, item, "must hold only non-empty Unicode text")


@plain("type({0}) is tuple and (not {0} or _are_texts({0}))", _are_texts=_are_texts)
def texts(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    """Accept a tuple of strings."""
    if type(value) is not tuple:
        _refuse_type(instance, attribute, value, _STRINGS)
    for item in value:
        if not isinstance(item, str):
            _refuse_type(instance, attribute, item, "must hold only strings")
        if not _is_unicode(item):
            refuse(instance, attribute, item, "must be Unicode text without lone surrogates")


def instance_of(kind: type) -> _Validator:
    """Return a validator that accepts ``None`` and instances of *kind*."""

    def check(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if value is not None and type(value) is not kind:
            _refuse_type(
                instance, attribute, value, f"must be {kind.__name__} or None{_hint(kind, value)}"
            )

    return plain(f"{{0}} is None or type({{0}}) is {kind.__name__}", **{kind.__name__: kind})(check)


def _hint(kind: type, value: object) -> str:
    """Return what the caller may have meant by *value* in place of a *kind*."""
    if isinstance(value, str):
        return f" (such as {kind.__name__}({shown(value, 30)}))"
    if isinstance(value, list | tuple):
        return " (the article comes first: Thread(None, comments))"
    return ""


def word_of(kind: type[Status] | type[TextFormat] | type[StubKind]) -> _Validator:
    """Return a validator that accepts members of the enum *kind* only."""

    def check(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not kind:
            refuse(instance, attribute, value, f"must be one of {', '.join(kind)}")

    return plain(f"type({{0}}) is {kind.__name__}", **{kind.__name__: kind})(check)


def tuple_of(kind: type) -> _Validator:
    """Return a validator that accepts tuples of *kind* only."""

    def check(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not tuple:
            _refuse_type(instance, attribute, value, f"must be an iterable of {kind.__name__}")
        for item in value:
            if type(item) is not kind:
                _refuse_type(instance, attribute, item, f"must hold only {kind.__name__}")

    return check


# -- converters ------------------------------------------------------------------------------------


def to_time(value: dt.datetime | None) -> dt.datetime | None:
    """Replace the zone by the fixed offset that it has at that moment, in whole minutes.

    Two times in the same `zoneinfo.ZoneInfo` compare by wall clock, even in the hour that a shift
    repeats, and a folded time is not equal to itself in UTC: ``==``, ``hash`` and round trips would
    disagree. RFC 3339 cannot write an offset with seconds (local mean time before 1900), and some
    JSON libraries round it, which moves the instant. Such a time is converted to UTC.
    """
    if value is None or (
        type(value) is dt.datetime and (value.tzinfo is dt.UTC or _has_fixed_offset(value))
    ):
        return value
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        return value
    try:
        offset = value.utcoffset()
    except Exception:  # noqa: BLE001 - the caller's own zone, which may raise anything
        return value
    if offset is None:
        return value.replace(tzinfo=None)
    zone = dt.timezone(offset) if offset else dt.UTC
    fixed = dt.datetime(  # not .replace(): a subclass, such as pandas.Timestamp, would stay one
        value.year, value.month, value.day,
        value.hour, value.minute, value.second, value.microsecond, zone,
    )  # fmt: skip
    if offset % dt.timedelta(minutes=1) and _has_moment(fixed):
        return fixed.astimezone(dt.UTC)
    return fixed


def to_frozen(value: Mapping[str, object]) -> Meta:
    """Return *value* as a `Meta`."""
    if type(value) is Meta:
        return value
    try:
        return to_meta(value)
    except (TypeError, ValueError):
        return value  # type: ignore[return-value]


def to_labels(value: Iterable[str]) -> frozenset[str]:
    """Return an iterable of strings, but not a single string, as a frozenset."""
    if type(value) is frozenset:
        if all(type(item) is str for item in value):
            return value
    elif isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return value  # type: ignore[return-value]
    items = [str.__str__(item) if isinstance(item, str) else item for item in value]
    try:
        return frozenset(items)
    except TypeError:
        return items  # type: ignore[return-value]  # an unhashable item is not a string


def to_tuple(value: Iterable[_T]) -> tuple[_T, ...]:
    """Return an iterable, but not a string or mapping, as a tuple."""
    if type(value) is tuple:
        return value
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return value  # type: ignore[return-value]
    return tuple(value)


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """Return an iterable of strings as a tuple of `str`, without subclasses."""
    if not value and type(value) is tuple:
        return value
    items = to_tuple(value)
    if type(items) is not tuple:
        return items
    return tuple(str.__str__(item) if isinstance(item, str) else item for item in items)


def to_status(value: Status | str) -> Status:
    """Return the `Status` with this value."""
    return value if type(value) is Status else _member(Status, value)


def to_format(value: TextFormat | str) -> TextFormat:
    """Return the `TextFormat` with this value."""
    return value if type(value) is TextFormat else _member(TextFormat, value)


def to_stub_kind(value: StubKind | str) -> StubKind:
    """Return the `StubKind` with this value."""
    return value if type(value) is StubKind else _member(StubKind, value)


_W = TypeVar("_W", Status, TextFormat, StubKind)


def _member(kind: type[_W], value: str) -> _W:
    try:
        return kind(value)
    except ValueError:
        return value  # type: ignore[return-value]
