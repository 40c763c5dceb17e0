r"""The content hash of a thread.

It is the SHA-256 of the thread's canonical JSON form: defaults omitted, keys sorted, no white
space, UTF-8, and only ``"``, ``\`` and the control characters below U+0020 escaped. Labels are
sorted, and times are in UTC. A float equal to an integer is written as that integer, and others as
by Python's ``repr``: the shortest text that parses to the same float.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import attrs
import msgspec

from .._meta import items_of
from ..model import Meta
from ..model._fast_init import compiled
from ..model._value import Value, set_fields

_SCHEMA = "discourse/thread/1"
_BATCH = 1_000
_UNCHANGED = frozenset({str, int, bool, type(None)})


def digest(thread: Value) -> str:
    """Return the hexadecimal SHA-256 of the canonical form of a thread."""
    from hashlib import sha256  # noqa: PLC0415 - it loads OpenSSL, and is rarely needed

    sha = sha256()
    for piece in canonical(thread):
        sha.update(piece)
    return sha.hexdigest()


def canonical(thread: Value) -> Iterator[bytes]:
    """Yield the canonical form, in pieces."""
    fields = {"schema": _SCHEMA, **set_fields(thread)}
    separator = b"{"
    for name in sorted(fields):
        yield separator + _encode(name) + b":"
        value = fields[name]
        if name == "comments" and isinstance(value, tuple):
            yield from _comments(value)
        else:
            yield _encode(_plain(value))
        separator = b","
    yield b"}"


def _comments(comments: tuple[Value, ...]) -> Iterator[bytes]:
    separator = b"["
    for start in range(0, len(comments), _BATCH):
        batch = comments[start : start + _BATCH]
        to_struct = _to_struct(type(batch[0]))
        yield separator + _encode([to_struct(comment) for comment in batch])[1:-1]
        separator = b","
    yield b"]"


def _plain(value: object) -> object:
    """Convert a value to something that the encoder writes in the canonical form."""
    if type(value) in _UNCHANGED or isinstance(value, Meta):
        return value
    if isinstance(value, float):
        # The encoder writes 1e-07 as 1e-7.
        return int(value) if value.is_integer() else msgspec.Raw(repr(value).encode())
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Value):
        return _to_struct(type(value))(value)
    assert isinstance(value, enum.Enum)  # the model has no other types
    return value.value


def _items(meta: Meta) -> dict[str, object]:
    return {
        key: item if type(item) in _UNCHANGED else _plain(item)
        for key, item in items_of(meta).items()
    }


_encode = msgspec.json.Encoder(enc_hook=_items).encode


@cache
def _to_struct(cls: Any) -> Callable[[Value], object]:  # noqa: ANN401 - a class of the model
    """Return a function from values of a class to structs, with the fields sorted by name.

    In a struct, None means that the field is at its default and omitted.
    """
    fields = sorted((f for f in attrs.fields(cls) if f.init), key=lambda field: field.name)
    lines = ["def to_struct(value):"]
    names: dict[str, object] = {"UNCHANGED": _UNCHANGED, "plain": _plain}
    for field in fields:
        plain = "it if type(it) in UNCHANGED else plain(it)"
        if field.default is not None and field.default is not attrs.NOTHING:
            names[f"default_{field.name}"] = field.default
            plain = f"None if it is default_{field.name} or it == default_{field.name} else {plain}"
        lines += [f"    it = value.{field.name}", f"    _{field.name} = {plain}"]
    lines.append(f"    return Struct({', '.join(f'_{field.name}' for field in fields)})")
    names["Struct"] = msgspec.defstruct(
        f"_{cls.__name__}", [(field.name, Any, None) for field in fields], omit_defaults=True
    )
    return compiled("to_struct", cls, lines, names)
