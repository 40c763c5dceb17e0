"""What a format is (`Format`). What reading gives, `Reading`, lies below: tables give it too."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import attrs

from .._reading import Reading
from ..errors import FieldError, FieldTypeError
from ..model import _checks as check
from ..thread import Thread
from ._heads import Head
from ._signatures import Signature

__all__ = ["Format", "Reading"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


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
    """Bytes to `Reading`, for files that are no text in one encoding; pure."""
    parse_parts: Callable[..., Reading] | None = attrs.field(default=None, validator=_function)
    """Pairs of a name and a text to `Reading`, where only several files are the whole; pure."""
    are_parts_bytes: bool = attrs.field(default=False, validator=check.flag)
    """Whether *parse_parts* takes the bytes of a file where *parse_bytes* reads that file."""
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
    serialize_all: Callable[..., str] | None = attrs.field(default=None, validator=_function)
    """Several threads to one text, where the format holds several; with options as keywords."""
    to_bytes: Callable[..., bytes] | None = attrs.field(default=None, validator=_function)
    """Threads and the suffix of a file to its bytes, where the suffix decides what is written."""
    to_files: Callable[..., Mapping[str, str]] | None = attrs.field(
        default=None, validator=_function
    )
    """Threads to the texts of files by their names, where the format is a folder."""
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
