r"""The content hash of a thread.

It is the SHA-256 of one JSON document in a canonical form: the wire form, fields at their defaults
left out, keys sorted, no white space, UTF-8, nothing escaped but ``"``, ``\`` and the control
characters below U+0020; labels are sorted, times are in UTC, and a float that is a whole number is
written as the integer that it equals (others as Python's ``repr`` has them, the shortest that reads
back equal).
"""

import datetime as dt
import enum
import json
from collections.abc import Iterator

from ..model import Comment, Meta
from ..model._value import Value, told

_SCHEMA = "discourse/thread/1"
_BATCH = 1_000

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def digest(thread: Value) -> str:
    """Return the hexadecimal SHA-256 of the canonical form of a thread."""
    from hashlib import sha256  # noqa: PLC0415 - it loads a library of its own, and is seldom needed

    sha = sha256()
    for piece in canonical(thread):
        sha.update(piece.encode())
    return sha.hexdigest()


def canonical(thread: Value) -> Iterator[str]:
    """Yield the canonical form, in pieces."""
    fields = {"schema": _SCHEMA, **told(thread)}
    separator = "{"
    for name in sorted(fields):
        yield f"{separator}{_encode(name)}:"
        value = fields[name]
        if name == "comments" and isinstance(value, tuple):
            yield from _comments(value)
        else:
            yield _encode(plain(value))
        separator = ","
    yield "}"


def _comments(comments: tuple[Comment, ...]) -> Iterator[str]:
    separator = "["
    for start in range(0, len(comments), _BATCH):
        batch = [plain(comment) for comment in comments[start : start + _BATCH]]
        yield f"{separator}{_encode(batch)[1:-1]}"
        separator = ","
    yield "]"


def plain(value: object) -> object:
    """Return a value of the model as the plain JSON of the canonical form."""
    if value is None or type(value) is str or type(value) is bool or type(value) is int:
        return value
    if isinstance(value, Value):
        return {name: plain(field) for name, field in told(value).items()}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()[:-6] + "Z"
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Meta):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    assert isinstance(value, tuple)  # there is nothing else in the model
    return [plain(item) for item in value]
