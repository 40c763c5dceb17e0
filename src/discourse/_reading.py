"""`Reading`: the threads and problems of an input."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ._notebook import Result
from .errors import FieldTypeError, NotOneThreadError, Problem
from .model import _checks as check
from .thread import Thread

_Validator = Callable[[object, "attrs.Attribute[Any]", object], None]
_NO_LIST = "a reading is not a list of comments"


def _threads(value: Iterable[Thread]) -> tuple[Thread, ...]:
    # A thread is an iterable of comments. The validator refuses it.
    return value if isinstance(value, Thread) else check.to_tuple(value)


def _problems(value: Iterable[Problem]) -> tuple[Problem, ...]:
    return check.to_tuple(value)


def _tuple_of(kind: type) -> _Validator:
    name = kind.__name__
    what = f"must be an iterable of {name}"

    def validate(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if isinstance(value, kind):
            _refuse(instance, attribute, value, f"{what}, such as [{name.lower()}]")
        if type(value) is not tuple:
            _refuse(instance, attribute, value, what)
            return
        for item in value:
            if not isinstance(item, kind):
                _refuse(instance, attribute, item, f"must hold only {name}")

    return validate


def _refuse(instance: object, attribute: "attrs.Attribute[Any]", value: object, why: str) -> None:
    raise FieldTypeError(type(instance).__name__, attribute.name, value, why)


@attrs.frozen(repr=False)
class Reading(Result):
    """The result of parsing an input: threads and problems.

    >>> Reading((Thread(),)).thread
    <Thread: no article, 0 comments>
    """

    threads: tuple[Thread, ...] = attrs.field(
        default=(), converter=_threads, validator=_tuple_of(Thread)
    )
    """The discussions, in the order of the input."""
    problems: tuple[Problem, ...] = attrs.field(
        default=(), converter=_problems, validator=_tuple_of(Problem)
    )
    """What was unusable, guessed, inconsistent or missing. Nothing is dropped without a problem."""
    inferred: frozenset[str] = attrs.field(
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """The ids of the comments whose parent was inferred (from indentation, say), not read."""

    @property
    def thread(self) -> Thread:
        """The one thread. Raises `NotOneThreadError` if there is none, or more than one."""
        if len(self.threads) == 1:
            return self.threads[0]
        raise NotOneThreadError(len(self.threads))

    if not TYPE_CHECKING:  # a type checker should report these

        def __getattr__(self, name: str) -> object:
            hint = ""
            if hasattr(Thread, name) and not name.startswith("_"):
                hint = f": use reading.thread.{name}, or loop over reading.threads"
            raise AttributeError(f"'Reading' has no attribute {name!r}{hint}", name=name)

        def __bool__(self) -> bool:
            return True

        def __len__(self) -> int:
            raise TypeError(f"{_NO_LIST}: use len(reading.thread), or len(reading.threads)")

        def __iter__(self) -> Iterator[object]:
            raise TypeError(f"{_NO_LIST}: use reading.thread, or loop over reading.threads")

        def __contains__(self, item: object) -> bool:
            raise TypeError(f"{_NO_LIST}: use reading.thread, or loop over reading.threads")

        def __getitem__(self, key: object) -> object:
            raise TypeError(f"{_NO_LIST}: use reading.thread[...], or reading.threads[...]")
