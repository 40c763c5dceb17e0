"""Hints in the errors for unknown attributes and for setting a field.

People try the attribute names of other libraries. A class with ``__getattr__`` could answer them,
but on Python 3.11 it doubles the time to read any field. So each such name is a descriptor that
raises the usual `AttributeError` with a hint; `Value` hides it from `dir`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn, TypeVar

import attrs
from attrs.exceptions import FrozenInstanceError

_C = TypeVar("_C", bound=type)


class Absent:
    """A missing attribute, and what to use instead."""

    __slots__ = ("_hint",)

    def __init__(self, hint: str) -> None:
        self._hint = hint

    def __repr__(self) -> str:
        return f"<missing: {self._hint}>"

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise AttributeError(self._hint)


def hinted(hints: Mapping[str, str]) -> Callable[[_C], _C]:
    """Return a class decorator that adds a hint for each name in *hints*."""

    def decorate(cls: _C) -> _C:
        for name, hint in hints.items():
            setattr(cls, name, Absent(f"{cls.__name__!r} has no attribute {name!r}: {hint}"))
        return cls

    return decorate


def absent(cls: type) -> Iterator[str]:
    """Yield the names for which *cls* has only a hint."""
    for base in cls.__mro__:
        for name, value in vars(base).items():
            if isinstance(value, Absent):
                yield name


def refuse_setting(instance: attrs.AttrsInstance, name: str, _: object) -> NoReturn:
    """Raise attrs' error for setting a frozen field, with a hint."""
    raise _frozen(instance, name)


def refuse_deleting(instance: attrs.AttrsInstance, name: str) -> NoReturn:
    """Raise attrs' error for deleting a frozen field, with a hint."""
    raise _frozen(instance, name)


def _frozen(instance: attrs.AttrsInstance, name: str) -> FrozenInstanceError:
    cls = type(instance).__name__
    message = f"values are immutable, and {cls} has no field {name!r}"
    if name in {field.name for field in attrs.fields(type(instance)) if field.init}:
        message = f"values are immutable: attrs.evolve({cls.lower()}, {name}=...) returns a new one"
        if cls == "Comment":
            message += f", discourse.edit.replace(thread, comment, {name}=...) a new thread"
    return frozen_error(message)


def frozen_error(message: str) -> FrozenInstanceError:
    """Return attrs' error for a change to a frozen value, with a message."""
    # Its __init__ takes no message, and its own attribute differs between versions of attrs.
    error = FrozenInstanceError.__new__(FrozenInstanceError, message)
    error.msg = message
    return error
