"""`Value`, the base of the model's classes: copying, pickling and ``repr``."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Self

import attrs

from .._shown import brief
from . import _hints


class _ValueType(type):
    """Metaclass that hides names with only a hint from `dir` and `help`."""

    def __dir__(cls) -> list[str]:
        return sorted(set(super().__dir__()).difference(_hints.absent(cls)))


class Value(metaclass=_ValueType):
    """Base of the model's classes."""

    # Here and not in each class, so each class has only fields in its layout.
    __slots__ = ("__weakref__",)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        # These give a hint; those of attrs do not.
        cls.__setattr__ = _hints.refuse_setting  # type: ignore[assignment, method-assign]
        cls.__delattr__ = _hints.refuse_deleting  # type: ignore[assignment, method-assign]

    def __attrs_pre_init__(self) -> None:
        for first in self.__attrs_attrs__[:1]:  # type: ignore[attr-defined]  # the fields
            if hasattr(self, first.name):
                cls = type(self).__name__
                raise _hints.frozen_error(f"values are immutable: {cls}(...) returns a new one")

    def __dir__(self) -> list[str]:
        return dir(type(self))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # The state of attrs would bypass the validators, so a pickle could be forged.
        return rebuild, (type(self), set_fields(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={brief(value)}" for name, value in set_fields(self).items())
        return f"{type(self).__name__}({fields})"


def rebuild(cls: type[Value], fields: dict[str, object]) -> Value:
    """Unpickle a value, with every check."""
    return cls(**fields)


def set_fields(value: Value) -> dict[str, object]:
    """Return the fields of *value* that differ from their defaults, in order.

    A required field is always included, so the result is enough to build an equal value.
    """
    names, get, defaults = _fields(type(value))
    return {
        name: field
        for name, field, default in zip(names, get(value), defaults, strict=True)
        if field is not default and (field != default or type(field) is not type(default))
    }


@cache
def _fields(
    cls: Any,
) -> tuple[tuple[str, ...], Callable[[Value], tuple[object, ...]], list[object]]:
    fields = [field for field in attrs.fields(cls) if field.init]
    names = tuple(field.name for field in fields)
    return names, attrgetter(*names), [field.default for field in fields]
