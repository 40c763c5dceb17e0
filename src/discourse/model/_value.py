"""What all values of the model share: how they are copied, pickled and shown."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Self

import attrs

from .._shown import brief
from . import _hints


class _ValueType(type):
    """The class of the classes: it keeps names that have only a hint out of `dir` and `help`."""

    def __dir__(cls) -> list[str]:
        return sorted(set(super().__dir__()).difference(_hints.absent(cls)))


class Value(metaclass=_ValueType):
    """Base of the model's classes: never copied, rebuilt through its checks, shown in brief."""

    # Here and not in each class, so that the layout of each is its fields and nothing else.
    __slots__ = ("__weakref__",)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        # In place of attrs' own, which only say that it is frozen.
        cls.__setattr__ = _hints.refuse_setting  # type: ignore[assignment, method-assign]
        cls.__delattr__ = _hints.refuse_deleting  # type: ignore[assignment, method-assign]

    def __attrs_pre_init__(self) -> None:
        for first in self.__attrs_attrs__[:1]:  # type: ignore[attr-defined]  # the fields
            if hasattr(self, first.name):
                cls = type(self).__name__
                raise _hints.frozen_error(f"a value never changes: {cls}(...) makes a new one")

    def __dir__(self) -> list[str]:
        return dir(type(self))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Not attrs' own state: that would come back past the validators, and could be forged.
        return rebuild, (type(self), told(self))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={brief(value)}" for name, value in told(self).items())
        return f"{type(self).__name__}({inside})"


def rebuild(cls: type[Value], fields: dict[str, object]) -> Value:
    """Make a value again from its fields, with every check: what a pickle calls."""
    return cls(**fields)


def told(value: Value) -> dict[str, object]:
    """Return the fields of *value* that are not at their defaults, in order.

    The required field is always told. What is told is enough to make an equal value.
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
