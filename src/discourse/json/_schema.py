"""The schema of documents: its name, its published JSON Schema, and documents of older ones.

Each version of the schema that is no longer written has a line in `MIGRATIONS`: its name, and a
function that takes a document as plain values and returns it as the next version has it. There is
none yet, since the first version is the present one; the way is laid and tested all the same.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..errors import Place, Problem, shown
from ._problems import refused

SCHEMA = "discourse/thread/1"
"""What ``schema`` says in every document that this version writes."""

Plain: TypeAlias = "dict[str, Any]"

MIGRATIONS: dict[str, Callable[[Plain], Plain]] = {}
"""From the name of an older schema to the function that makes a document of it one of the next."""

_PUBLISHED = "schema/thread-1.json"
_NAME = re.compile(r"discourse/thread/([0-9]{1,9})", re.ASCII)
_PRESENT = int(SCHEMA.rpartition("/")[2])


def migrate(data: Mapping[str, Any]) -> Plain:
    """Return the document in the present schema; raises `DecodeError` where there is no way to it.

    *data* itself is left as it is: a function of the table gets a copy of the outermost object.
    """
    document = dict(data)
    for _ in range(len(MIGRATIONS) + 1):
        schema = document.get("schema")
        if schema == SCHEMA and type(schema) is str:
            return document
        if type(schema) is not str or schema not in MIGRATIONS:
            break
        document = MIGRATIONS[schema](document)
    raise refused([Problem("schema", _reason(data), place=Place(path="$.schema"))])


def _reason(data: Mapping[str, Any]) -> str:
    if "schema" not in data:
        return f"required and not there: it must be {SCHEMA!r}"
    schema = data["schema"]
    named = _NAME.fullmatch(schema) if type(schema) is str else None
    if named is None:
        return f"must be {SCHEMA!r}, not {shown(schema)}"
    if int(named[1]) > _PRESENT:
        return (
            f"this version reads documents up to {SCHEMA!r}, and this is a newer {shown(schema)}: "
            "it needs a newer discourse-model"
        )
    return f"this version reads {SCHEMA!r} and has no way to it from {shown(schema)}"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``discourse/thread/1``, draft 2020-12, as a fresh dict.

    It says all that the classes say but for what such a schema cannot: that the comments are a
    tree, that an integer is not written as a float, and how deep and how large ``meta`` may be.

    >>> schema()["properties"]["schema"]
    {'const': 'discourse/thread/1'}
    """
    from importlib import resources  # noqa: PLC0415 - slow to import, and seldom needed

    text = resources.files("discourse").joinpath(_PUBLISHED).read_text(encoding="utf-8")
    published: dict[str, Any] = json.loads(text)
    return published
