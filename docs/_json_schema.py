"""Make the published JSON Schema from the classes: ``python docs/_json_schema.py``.

A test compares the two. The descriptions are the docstrings under the fields.
"""

import ast
import datetime as dt
import enum
import inspect
import json
from pathlib import Path
from typing import Any, get_args, get_origin

import attrs

from discourse.json import SCHEMA
from discourse.json._converter import TIME
from discourse.model import (
    Article,
    Author,
    Comment,
    Meta,
    Source,
    Status,
    Stub,
    StubKind,
    TextFormat,
)
from discourse.model import _checks as check
from discourse.thread import Thread

TARGET = Path(__file__).parents[1] / "src" / "discourse" / "schema" / "thread-1.json"
_CLASSES = (Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat)
_LEAST, _MOST = -(2**63), 2**63 - 1


def generate() -> str:
    """Return the text of the schema."""
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": SCHEMA,
        **_object(Thread),
        "$defs": {cls.__name__: _definition(cls) for cls in _CLASSES},
    }
    made["properties"] = {"schema": {"const": SCHEMA}, **made["properties"]}
    made["required"] = ["schema"]
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _definition(cls: Any) -> dict[str, Any]:
    if cls is Meta:
        return {"description": _first_words(inspect.getdoc(cls)), "type": "object"}
    if issubclass(cls, enum.Enum):
        words = [member.value for member in cls]
        return {"description": _first_words(inspect.getdoc(cls)), "enum": words}
    return _object(cls)


def _object(cls: Any) -> dict[str, Any]:
    told = _docstrings(cls)
    fields = [field for field in attrs.fields(cls) if field.init]
    made: dict[str, Any] = {
        "description": _first_words(inspect.getdoc(cls)),
        "type": "object",
        "properties": {field.name: _field(field, told[field.name]) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    return {**made, "required": required} if required else made


def _field(field: "attrs.Attribute[Any]", words: str) -> dict[str, Any]:
    kinds = [kind for kind in get_args(field.type) if kind is not type(None)]
    optional = type(None) in get_args(field.type)
    if field.type == int | float | None:
        return {"description": words, "type": ["number", "null"]}
    made = _kind(kinds[0] if optional else field.type)
    if field.validator in {check.identifier, check.optional_identifier}:
        made["minLength"] = 1
    if field.validator is check.labels:
        made["items"]["minLength"] = 1
    if field.validator is check.count:
        made["minimum"] = 0
    if optional:
        made = {"anyOf": [made, {"type": "null"}]} if "$ref" in made else _or_null(made)
    if isinstance(field.default, enum.Enum) and field.default is not attrs.NOTHING:
        made["default"] = field.default.value
    return {"description": words, **made}


def _or_null(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "type": [made["type"], "null"]}


def _kind(kind: Any) -> dict[str, Any]:
    if get_origin(kind) in {tuple, frozenset}:
        made = {"type": "array", "items": _kind(get_args(kind)[0])}
        return {**made, "uniqueItems": True} if get_origin(kind) is frozenset else made
    if kind is int:
        return {"type": "integer", "minimum": _LEAST, "maximum": _MOST}
    if kind is dt.datetime:
        return {"type": "string", "format": "date-time", "pattern": f"^{TIME.pattern}$"}
    if kind in {str, bool}:
        return {"type": "string" if kind is str else "boolean"}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _docstrings(cls: type) -> dict[str, str]:
    """Return the first words of the docstring under each field, from the source."""
    (body,) = [
        node for node in ast.parse(inspect.getsource(cls)).body if isinstance(node, ast.ClassDef)
    ]
    told = {}
    for node, after in zip(body.body, body.body[1:], strict=False):
        match node, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(ast.Constant(str(words))):
                told[name] = _first_words(words)
    return told


def _first_words(docstring: str | None) -> str:
    """Return the first paragraph on one line, without the marks of the documentation."""
    paragraph = (docstring or "").strip().partition("\n\n")[0]
    return " ".join(paragraph.replace("``", "`").split())


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
