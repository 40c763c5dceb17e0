"""Whole documents: `loads`, `dumps`, `load`, `dump` of ``discourse/thread/1``."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

import attrs
import cattrs

from ..errors import DecodeError, DiscourseError, Place, Problem, ThreadError, shown
from ..model import Article, Meta, Source, Stub
from ..thread import Thread
from . import _fast
from ._converter import make_converter
from ._decode import decode

SCHEMA = "discourse/thread/1"
"""What ``schema`` says in every document that this version writes."""

_PROBLEMS_KEPT = 100


def dumps(thread: Thread, *, indent: int | None = None) -> str:
    """Return *thread* as a JSON document.

    Args:
        thread: What to write.
        indent: Spaces a level, for people; without it, all on one line, which is much faster.

    Equal threads give equal text but for the zones in which equal times are told.

    >>> dumps(Thread(None, [Comment("1", text="First.")]))
    '{"schema":"discourse/thread/1","comments":[{"id":"1","text":"First."}]}'
    """
    if indent is not None:
        return json.dumps(to_dict(thread), ensure_ascii=False, allow_nan=False, indent=indent)
    return _encode(thread).decode()


def _encode(thread: Thread) -> bytes:
    if not isinstance(thread, Thread):
        raise TypeError(f"must be a Thread, not {shown(thread)}")
    bare = attrs.evolve(thread, comments=(), stubs=())
    head = {"schema": SCHEMA, **_converter().unstructure(bare)}
    if thread.stubs:
        head["stubs"] = _converter().unstructure(thread.stubs, tuple[Stub, ...])
    try:
        return _fast.write(thread, head)
    except _fast.GiveUp:
        data = to_dict(thread)
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def loads(data: str | bytes, *, strict: bool = True) -> Thread:
    """Return the thread that a JSON document holds.

    Args:
        data: The document.
        strict: Refuse an object that has one key twice. ``False`` takes the last, as nearly all
            JSON readers do, and saves time on documents that `dumps` did not write.

    Raises `DecodeError` for everything that is not a document of this schema, with the position or
    the path of every problem (the first hundred); comments that are no tree are among them.

    >>> loads('{"schema": "discourse/thread/1", "comments": [{"id": 1}]}')
    Traceback (most recent call last):
        ...
    discourse.errors.DecodeError: $.comments[0].id: must be a string, not 1
    """
    try:
        return _read_fast(data, strict)
    except _fast.GiveUp:
        return from_dict(decode(data))  # the converter finds the same, and can say what it is


def _read_fast(data: str | bytes, strict: bool) -> Thread:
    fields, comments = _fast.read(data, strict=strict)
    if fields["schema"] != SCHEMA:
        raise _fast.GiveUp
    structure: Any = _converter().structure
    try:
        return Thread(
            structure(fields.get("article"), Article | None),
            comments,
            stubs=structure(fields.get("stubs", []), tuple[Stub, ...]),
            source=structure(fields.get("source"), Source | None),
            meta=structure(fields.get("meta", {}), Meta),
        )
    except (cattrs.BaseValidationError, ValueError, TypeError):
        raise _fast.GiveUp from None


def to_dict(thread: Thread) -> dict[str, object]:
    """Return *thread* as the plain dicts and lists that `dumps` writes."""
    if not isinstance(thread, Thread):
        raise TypeError(f"must be a Thread, not {shown(thread)}")
    return {"schema": SCHEMA, **_converter().unstructure(thread)}


def from_dict(data: object) -> Thread:
    """Return the thread that plain dicts and lists hold; raises `DecodeError` like `loads`."""
    if not isinstance(data, Mapping):
        raise DecodeError(f"must be an object, not {shown(data)}", Place(path="$"))
    _check_schema(data.get("schema"))
    fields = {key: value for key, value in data.items() if key != "schema"}
    try:
        return _converter().structure(fields, Thread)
    except cattrs.BaseValidationError as error:
        raise _explained(error) from None
    except ThreadError as error:
        raise DecodeError(str(error), Place(path="$.comments"), error.problems) from None


def load(source: str | os.PathLike[str] | IO[Any]) -> Thread:
    """Return the thread in a JSON file: a path, or an open file of text or bytes."""
    if isinstance(source, str | os.PathLike):
        return loads(Path(source).read_bytes())
    return loads(source.read())


def dump(
    thread: Thread, target: str | os.PathLike[str] | IO[Any], *, indent: int | None = None
) -> None:
    """Write *thread* as a JSON file, to a path or to an open file of text or bytes."""
    text = dumps(thread, indent=indent) + "\n"
    if isinstance(target, str | os.PathLike):
        Path(target).write_text(text, encoding="utf-8", newline="\n")
    elif _is_binary(target):
        target.write(text.encode())
    else:
        target.write(text)


def _is_binary(file: IO[Any]) -> bool:
    try:
        file.write("")
    except TypeError:
        return True
    return False


@cache
def _converter() -> cattrs.Converter:
    return make_converter()


def _check_schema(schema: object) -> None:
    place = Place(path="$.schema")
    if schema == SCHEMA and type(schema) is str:
        return
    if type(schema) is str and schema.startswith("discourse/thread/"):
        raise DecodeError(f"this version reads {SCHEMA}, not {shown(schema)}", place)
    raise DecodeError(f"must be {SCHEMA!r}, not {shown(schema)}", place)


def _explained(error: cattrs.BaseValidationError) -> DecodeError:
    lines = cattrs.transform_error(error, "$", _reason)
    problems = tuple(
        Problem("invalid", reason, place=Place(path=path[:300]))
        for reason, _, path in (line.rpartition(" @ ") for line in lines[:_PROBLEMS_KEPT])
    )
    told = [f"{p.place}: {p.message}" for p in problems[:10]]
    if len(lines) > len(told):
        told.append(f"... and {len(lines) - len(told)} more")
    return DecodeError("\n".join(told), None, problems)


def _reason(error: BaseException, kind: type | None) -> str:
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"unknown key {', '.join(shown(key) for key in sorted(error.extra_fields)[:5])}"
    if isinstance(error, KeyError):
        return "required and not there"
    if isinstance(error, DiscourseError):
        return str(error)
    return str(error)[:300] if isinstance(error, ValueError | TypeError) else "not usable"
