"""What a format is (`Format`) and what reading gives (`Reading`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

import attrs

from ..errors import FieldError, FieldTypeError, NotOneThreadError, Problem
from ..model import _checks as check
from ..thread import Thread
from ._heads import Head
from ._signatures import Signature

_Validator = Callable[[object, "attrs.Attribute[Any]", object], None]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NO_LIST = "a reading is no list of comments"


def _threads(value: Iterable[Thread]) -> tuple[Thread, ...]:
    # A thread is an iterable of comments, and is left for the validator to refuse.
    return value if isinstance(value, Thread) else check.to_tuple(value)


def _problems(value: Iterable[Problem]) -> tuple[Problem, ...]:
    return check.to_tuple(value)


def _held(kind: type) -> _Validator:
    """Return a validator that accepts a tuple of *kind*."""
    name = kind.__name__
    what = f"must be an iterable of {name}"

    def held(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if isinstance(value, kind):
            _refuse(instance, attribute, value, f"{what}, such as [{name.lower()}]")
        if type(value) is not tuple:
            _refuse(instance, attribute, value, what)
            return
        for item in value:
            if not isinstance(item, kind):
                _refuse(instance, attribute, item, f"must hold only {name}")

    return held


def _refuse(instance: object, attribute: "attrs.Attribute[Any]", value: object, why: str) -> None:
    raise FieldTypeError(type(instance).__name__, attribute.name, value, why)


def _name(instance: object, attribute: "attrs.Attribute[Any]", value: str) -> None:
    check.required_text(instance, attribute, value)
    if not _NAME.fullmatch(value):
        why = 'must be letters, digits, "-", "_" and ".", such as "my-forum"'
        raise FieldError(type(instance).__name__, attribute.name, value, why)


def _endings(instance: object, attribute: "attrs.Attribute[Any]", value: tuple[str, ...]) -> None:
    check.texts(instance, attribute, value)
    for item in value:
        if not item.startswith(".") or item != item.lower():
            why = 'must begin with a dot and have no capitals, such as ".bar"'
            raise FieldError(type(instance).__name__, attribute.name, item, why)


def _signatures(value: Signature | Iterable[Signature]) -> tuple[Signature, ...]:
    return (value,) if isinstance(value, Signature) else check.to_tuple(value)


def _are_signatures(
    instance: object, attribute: "attrs.Attribute[Any]", value: tuple[Signature, ...]
) -> None:
    if type(value) is not tuple or not all(isinstance(each, Signature) for each in value):
        why = "must be a signature or several, such as JsonKeys(...) or Beginning(...)"
        _refuse(instance, attribute, value, why)


def _function(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    is_optional = attribute.default is None
    if not (callable(value) or (value is None and is_optional)):
        wanted = "must be a function or None" if is_optional else "must be a function"
        _refuse(instance, attribute, value, wanted)


@attrs.frozen
class Reading:
    """What an input held: its threads, and everything that was not as it should be.

    >>> Reading((Thread(),)).thread
    <Thread: no article, 0 comments>
    """

    threads: tuple[Thread, ...] = attrs.field(
        default=(), converter=_threads, validator=_held(Thread)
    )
    """The discussions found, in the order of the input."""
    problems: tuple[Problem, ...] = attrs.field(
        default=(), converter=_problems, validator=_held(Problem)
    )
    """What could not be used, had to be guessed, or is missing; nothing is dropped without one."""
    inferred: frozenset[str] = attrs.field(
        default=frozenset(), converter=check.to_labels, validator=check.labels, kw_only=True
    )
    """The ids of the comments whose parent was worked out (from indentation, say), not read."""

    @property
    def thread(self) -> Thread:
        """The one thread; raises `NotOneThreadError` where there is none, or more than one."""
        if len(self.threads) == 1:
            return self.threads[0]
        raise NotOneThreadError(len(self.threads))

    if not TYPE_CHECKING:  # a type checker is to know what a reading has not

        def __getattr__(self, name: str) -> object:
            hint = ""
            if hasattr(Thread, name) and not name.startswith("_"):
                hint = f": use reading.thread.{name}, or that of each of reading.threads"
            raise AttributeError(f"'Reading' has no attribute {name!r}{hint}", name=name)

        def __bool__(self) -> bool:
            return True

        def __len__(self) -> int:
            raise TypeError(f"{_NO_LIST}: use len(reading.thread), or len(reading.threads)")

        def __iter__(self) -> Iterator[object]:
            raise TypeError(f"{_NO_LIST}: use reading.thread, or each of reading.threads")

        def __contains__(self, item: object) -> bool:
            raise TypeError(f"{_NO_LIST}: use reading.thread, or each of reading.threads")

        def __getitem__(self, key: object) -> object:
            raise TypeError(f"{_NO_LIST}: use reading.thread[...], or reading.threads[...]")


@attrs.frozen(kw_only=True)
class Format:
    """One format: its name, what it is recognised by, and the functions that read and write it."""

    name: str = attrs.field(validator=_name)
    """What ``format=`` calls it."""
    title: str = attrs.field(validator=check.required_text)
    """What it is, in a few words."""
    suffixes: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=_endings
    )
    """File name endings. They decide between formats that recognise an input equally well."""
    media_types: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """Its media types."""
    parse: Callable[..., Reading] = attrs.field(validator=_function)
    """Text to `Reading`, with options of its own as keywords; pure."""
    parse_bytes: Callable[..., Reading] | None = attrs.field(default=None, validator=_function)
    """Bytes to `Reading`, for files that are no text, which a `Magic` recognises; pure."""
    parse_parts: Callable[..., Reading] | None = attrs.field(default=None, validator=_function)
    """Pairs of a name and a text to `Reading`, where only several files are the whole; pure."""
    folder: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """Which files are read of a folder, as patterns below it: ``Posts.xml``, ``cur/*``."""
    signature: tuple[Signature, ...] = attrs.field(
        default=(), converter=_signatures, validator=_are_signatures
    )
    """What an input of it is recognised by: one signature, or several of which one must fit."""
    serialize: Callable[[Thread], str] | None = attrs.field(default=None, validator=_function)
    """`Thread` to text, where the format can be written; pure."""
    serialize_all: Callable[[Sequence[Thread]], str] | None = attrs.field(
        default=None, validator=_function
    )
    """Several threads to one text, where the format holds several."""
    stream: Callable[[IO[bytes]], Iterator[Reading]] | None = attrs.field(
        default=None, validator=_function
    )
    """A large input to one `Reading` a thread, in bounded memory, where the format can do that."""
    settle: Callable[[Thread], Thread] | None = attrs.field(default=None, validator=_function)
    """Puts right what only the whole shows, after parts of one discussion were merged."""
    holds: Callable[[Thread], Sequence[str]] | None = attrs.field(default=None, validator=_function)
    """Why the written form of a thread would not give it back; empty where it would."""
    losses: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """What of a thread the written form cannot hold."""

    def fits(self, head: Head) -> int:
        """Return how many facts about a text fit the best signature; 0 where none does."""
        return max((each.fits(head) for each in self.signature), default=0)

    @property
    def is_writable(self) -> bool:
        """Whether threads can be written in it, and not only read."""
        return self.serialize is not None or self.serialize_all is not None
