"""The content hash of a thread.

The canonical form is UTF-8 text of lines. The first is the JSON of ``{"article", "meta", "schema",
"source", "stubs"}``, then one line follows for each comment, depth first. In each, keys are sorted,
fields at their defaults are left out, there is no white space, nothing but ``"``, ``\\`` and control
characters is escaped; labels are sorted, times are in UTC, and a float without a fraction is
written as the integer that it equals. The hash is the SHA-256 of the lines, each with its newline.
"""

import datetime as dt
import enum
import hashlib
import json
from collections.abc import Iterable

from ..model import Comment, Meta
from ..model._value import Value, told

_NAME = "discourse/thread/1"
_BATCH = 1_000

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def digest(head: dict[str, object], comments: Iterable[Comment]) -> str:
    """Return the hexadecimal SHA-256 of the canonical form."""
    made = hashlib.sha256()
    lines = [_encode(plain({"schema": _NAME, **head}))]
    for comment in comments:
        lines.append(_encode({name: plain(value) for name, value in told(comment).items()}))
        if len(lines) >= _BATCH:
            made.update(_bytes(lines))
            lines.clear()
    made.update(_bytes(lines))
    return made.hexdigest()


def _bytes(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def plain(value: object) -> object:
    """Return a field's value as the plain JSON of the canonical form."""
    if value is None or type(value) is str or type(value) is bool or type(value) is int:
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()[:-6] + "Z"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Value):
        return {name: plain(field) for name, field in told(value).items()}
    if isinstance(value, Meta | dict):
        return {name: plain(field) for name, field in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    assert isinstance(value, tuple)  # there is nothing else in the model
    return [plain(item) for item in value]
