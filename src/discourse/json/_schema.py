"""The schema of documents: its name, its JSON Schema, and migrations from older versions.

`MIGRATIONS` maps the name of each older version to a function that converts a document, as plain
values, to the next version. It is empty, because the first version is the current one.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from .._shown import shown_json
from ..errors import Place, Problem, shown
from ._problems import refused

SCHEMA = "discourse/thread/1"
"""The value of ``schema`` in every document that this version writes."""

Plain: TypeAlias = "dict[str, Any]"

MIGRATIONS: dict[str, Callable[[Plain], Plain]] = {}
"""Maps the name of an older schema to a function that converts a document to the next one."""

_PUBLISHED = "schema/thread-1.json"
_NAME = re.compile(r"discourse/thread/([0-9]{1,9})", re.ASCII)
_PRESENT = int(SCHEMA.rpartition("/")[2])


def migrate(data: Mapping[str, Any]) -> Plain:
    """Return the document in the current schema. Raises `DecodeError` if that is impossible.

    *data* is not changed: a migration gets a copy of the outermost object.
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
        return f"required, but missing: it must be {SCHEMA!r}"
    schema = data["schema"]
    named = _NAME.fullmatch(schema) if type(schema) is str else None
    if named is None:
        return f"must be {SCHEMA!r}, not {shown_json(schema)}"
    if int(named[1]) > _PRESENT:
        return (
            f"this version reads documents up to {SCHEMA!r}, but this is a {shown(schema)}: "
            "it needs a newer discourse-model"
        )
    return f"this version reads {SCHEMA!r} and cannot migrate {shown(schema)}"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``discourse/thread/1``, draft 2020-12, as a new dict.

    It has all rules of the classes, except those that JSON Schema cannot express: that the comments
    are a tree, that an integer is not written as a float, and the limits of ``meta``.

    >>> schema()["properties"]["schema"]
    {'const': 'discourse/thread/1'}
    """
    from importlib import resources  # noqa: PLC0415 - slow to import, and rarely needed

    text = resources.files("discourse").joinpath(_PUBLISHED).read_text(encoding="utf-8")
    published: dict[str, Any] = json.loads(text)
    return published
