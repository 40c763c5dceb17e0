"""The record that describes a format, `Format`."""

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
    if type(value) is not tuple or not all(
        isinstance(each, Signature) and not isinstance(each, type) for each in value
    ):
        why = "must be a signature or several, such as JsonKeys(...) or Beginning(...)"
        _refuse(instance, attribute, value, why)


def _function(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    is_optional = attribute.default is None
    if not (callable(value) or (value is None and is_optional)):
        wanted = "must be a function or None" if is_optional else "must be a function"
        _refuse(instance, attribute, value, wanted)


@attrs.frozen(kw_only=True, repr=False)
class Format:
    """A format: its name, how to recognise it, and the functions that read and write it."""

    name: str = attrs.field(validator=_name)
    """The name for ``format=``."""
    title: str = attrs.field(validator=check.required_text)
    """A short description."""
    suffixes: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=_endings
    )
    """File name suffixes. They decide between formats that match an input equally well."""
    media_types: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """Its media types."""
    parse: Callable[..., Reading] = attrs.field(validator=_function)
    """Pure function from text to a `Reading`, with the format's options as keywords."""
    parse_bytes: Callable[..., Reading] | None = attrs.field(default=None, validator=_function)
    """Pure function from bytes to a `Reading`, for files that are not text in one encoding."""
    parse_parts: Callable[..., Reading] | None = attrs.field(default=None, validator=_function)
    """Pure function from pairs of a name and a text to a `Reading`, for inputs of several files."""
    are_parts_bytes: bool = attrs.field(default=False, validator=check.flag)
    """Whether *parse_parts* takes bytes for the files that *parse_bytes* can read."""
    folder: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """The files to read in a folder, as relative patterns: ``Posts.xml``, ``cur/*``."""
    signature: tuple[Signature, ...] = attrs.field(
        default=(), converter=_signatures, validator=_are_signatures
    )
    """How to recognise an input: a signature, or several of which one must match."""
    serialize: Callable[[Thread], str] | None = attrs.field(default=None, validator=_function)
    """Pure function from a `Thread` to text, if the format can be written."""
    serialize_all: Callable[..., str] | None = attrs.field(default=None, validator=_function)
    """Function from several threads to one text, if a file can have several, with options."""
    to_bytes: Callable[..., bytes] | None = attrs.field(default=None, validator=_function)
    """Function from threads and a suffix to bytes, if the suffix decides what to write."""
    to_files: Callable[..., Mapping[str, str]] | None = attrs.field(
        default=None, validator=_function
    )
    """Function from threads to a mapping of file names to texts, if the format is a folder."""
    stream: Callable[[IO[bytes]], Iterator[Reading]] | None = attrs.field(
        default=None, validator=_function
    )
    """Function from a large input to an iterator of `Reading` in bounded memory, one per thread."""
    settle: Callable[[Thread], Thread] | None = attrs.field(default=None, validator=_function)
    """Function that corrects a thread after all parts of a discussion were merged. It is called for
    threads whose ``source.format`` is the name of this format."""
    holds: Callable[[Thread], Sequence[str]] | None = attrs.field(default=None, validator=_function)
    """Function from a thread to its losses in a round trip. Leave it out only if there are none:
    without it, `discourse.write` reports no losses."""
    losses: tuple[str, ...] = attrs.field(
        default=(), converter=check.to_texts, validator=check.texts
    )
    """What the format cannot store, in general."""

    def __repr__(self) -> str:
        return f"Format(name={self.name!r}, suffixes={self.suffixes!r})"

    def fits(self, head: Head) -> int:
        """Return how many facts of the best signature match a text; 0 if no signature does."""
        return max((each.fits(head) for each in self.signature), default=0)

    @property
    def is_writable(self) -> bool:
        """Whether the format can be written."""
        return self.serialize is not None or self.serialize_all is not None
