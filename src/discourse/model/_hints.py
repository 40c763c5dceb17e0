"""What to say to somebody who asks a value for another library's name, or sets one of its fields.

A class with a ``__getattr__`` could say the first, but would be read more slowly: on Python 3.11,
each field of each comment takes twice the time. So a name that is no attribute is a descriptor that
raises what reading it would raise anyway, with a hint; `Value` keeps it out of `dir`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn, TypeVar

import attrs
from attrs.exceptions import FrozenInstanceError

_C = TypeVar("_C", bound=type)


class Absent:
    """An attribute that is not there, and what there is instead."""

    __slots__ = ("_hint",)

    def __init__(self, hint: str) -> None:
        self._hint = hint

    def __repr__(self) -> str:
        return f"<not here: {self._hint}>"

    def __get__(self, instance: object, owner: type) -> NoReturn:
        raise AttributeError(self._hint)


def hinted(hints: Mapping[str, str]) -> Callable[[_C], _C]:
    """Return a decorator of a class that says for each name in *hints* what to use instead."""

    def decorate(cls: _C) -> _C:
        for name, hint in hints.items():
            setattr(cls, name, Absent(f"{cls.__name__!r} has no attribute {name!r}: {hint}"))
        return cls

    return decorate


def absent(cls: type) -> Iterator[str]:
    """Yield the names that *cls* has only a hint for."""
    for base in cls.__mro__:
        for name, value in vars(base).items():
            if isinstance(value, Absent):
                yield name


def refuse_setting(instance: attrs.AttrsInstance, name: str, _: object) -> NoReturn:
    """Raise what attrs raises where a frozen field is set, and say how a new value is made."""
    raise _frozen(instance, name)


def refuse_deleting(instance: attrs.AttrsInstance, name: str) -> NoReturn:
    """Raise the same where one is deleted."""
    raise _frozen(instance, name)


def _frozen(instance: attrs.AttrsInstance, name: str) -> FrozenInstanceError:
    cls = type(instance).__name__
    message = f"a value never changes, and {cls} has no field {name!r}"
    if name in {field.name for field in attrs.fields(type(instance)) if field.init}:
        message = f"a value never changes: attrs.evolve({cls.lower()}, {name}=...) gives a new one"
        if cls == "Comment":
            message += f", discourse.edit.replace(thread, comment, {name}=...) a thread with it"
    return frozen_error(message)


def frozen_error(message: str) -> FrozenInstanceError:
    """Return the error of attrs for a value that somebody tries to change, with a message."""
    # Its own __init__ takes no message, and what it has of its own differs between attrs' versions.
    error = FrozenInstanceError.__new__(FrozenInstanceError, message)
    error.msg = message
    return error
