"""Whole documents in memory: `loads`, `dumps`, `from_dict`, `to_dict` of ``discourse/thread/1``."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs
import cattrs

from .._collector import collector_paused, spare_collector
from .._expect import expect_thread
from .._shown import shown_json
from ..errors import DecodeError, FieldError, Place, Problem
from ..model import Article, Meta, Source, Stub
from ..thread import Thread
from . import _decode, _fast, _problems, _unknown
from ._converter import make_converter
from ._schema import SCHEMA, migrate
from ._wire import GiveUp

OnUnknown: TypeAlias = Literal["error", "keep"]
"""What to do with unknown keys."""

Report: TypeAlias = Callable[[Problem], object]
"""A function that is called with each problem of an input that is not refused."""


def dumps(thread: Thread, *, indent: int | None = None) -> str:
    """Return *thread* as a JSON document.

    Args:
        thread: The thread.
        indent: The number of spaces per level, for people. By default, the document is one line,
            which is much faster to write.

    Equal threads have equal documents, except for the zones of equal times and for integers stored
    as floats.

    >>> dumps(Thread(None, [Comment("1", text="First.")]))
    '{"schema":"discourse/thread/1","comments":[{"id":"1","text":"First."}]}'
    """
    return encode(thread, indent).decode()


def encode(thread: Thread, indent: int | None = None) -> bytes:
    """Return the result of `dumps`, in UTF-8."""
    if indent is not None:
        plain = to_dict(thread)
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent).encode()
    try:
        return _fast.write(thread, head_of(thread))
    except GiveUp:
        plain = to_dict(thread)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def head_of(thread: Thread) -> dict[str, object]:
    """Return the plain fields of a document, without comments."""
    _check_type(thread)
    bare = attrs.evolve(thread, comments=(), stubs=())
    head = {"schema": SCHEMA, **_converter().unstructure(bare)}
    if thread.stubs:
        head["stubs"] = _converter().unstructure(thread.stubs, tuple[Stub, ...])
    return head


def loads(
    data: str | bytes, *, on_unknown: OnUnknown = "error", report: Report | None = None
) -> Thread:
    """Parse a JSON document.

    Args:
        data: The document.
        on_unknown: What to do with an unknown key: ``"error"`` raises `DecodeError`; ``"keep"``
            stores the key and its value under ``meta["unknown"]`` of the value around it, or of
            the thread if that value has no ``meta``.
        report: Called with a `Problem` for each unknown key that is kept.

    Raises `DecodeError` if *data* is not a document of this schema, or if its comments are not a
    tree. The error has the position and path of every problem, up to a hundred.

    >>> loads('{"schema": "discourse/thread/1", "comments": [{"id": 1}]}')
    Traceback (most recent call last):
        ...
    discourse.errors.DecodeError: $.comments[0].id: must be a string, not 1
    """
    _check_on_unknown(on_unknown)
    try:
        return _read_fast(data)
    except GiveUp:
        pass  # the converter finds the same problem, and can describe it
    plain = _decode.decode(data)
    try:
        thread, problems = _from_plain(plain, on_unknown)
    except DecodeError as error:
        refused = error
    else:
        _report(_placed(data, problems), report)
        return thread
    _decode.refuse_suspect(data, _decode.to_text(data))
    raise DecodeError(refused.message, refused.place, _placed(data, refused.problems))


def _placed(data: str | bytes, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return _decode.located(data, _decode.to_text(data), problems) if problems else ()


def _read_fast(data: str | bytes) -> Thread:
    structure: Any = _converter().structure
    with collector_paused():
        fields, structs = _fast.read(data)
        if fields["schema"] != SCHEMA:
            raise GiveUp
        try:
            article = structure(fields.get("article"), Article | None)
            thread = Thread(
                article,
                _fast.comments(structs, article.authors if article is not None else ()),
                stubs=structure(fields.get("stubs", []), tuple[Stub, ...]),
                source=structure(fields.get("source"), Source | None),
                meta=structure(fields.get("meta", {}), Meta),
            )
        except (cattrs.BaseValidationError, ValueError, TypeError):
            raise GiveUp from None
        spare_collector(len(thread))
        return thread


def to_dict(thread: Thread) -> dict[str, object]:
    """Return *thread* as the plain dicts and lists that `dumps` writes."""
    _check_type(thread)
    return {"schema": SCHEMA, **_converter().unstructure(thread)}


def from_dict(
    data: Mapping[str, object], *, on_unknown: OnUnknown = "error", report: Report | None = None
) -> Thread:
    """Build a thread from plain dicts and lists. Everything else is as for `loads`.

    >>> from_dict({"schema": "discourse/thread/1", "comments": [{"id": "1"}]})
    <Thread: no article, 1 comment, 1 top-level, 1 level>
    """
    _check_on_unknown(on_unknown)
    thread, problems = _from_plain(data, on_unknown)
    _report(problems, report)
    return thread


def _from_plain(data: object, on_unknown: OnUnknown) -> tuple[Thread, tuple[Problem, ...]]:
    if not isinstance(data, Mapping):
        message = f"must be an object, not {shown_json(data)}"
        raise _problems.refused([Problem("invalid", message, place=Place(path="$"))])
    migrated = migrate(data)
    fields = {key: value for key, value in migrated.items() if key != "schema"}
    return structured(fields, on_unknown)


def structured(
    fields: Mapping[str, Any], on_unknown: OnUnknown
) -> tuple[Thread, tuple[Problem, ...]]:
    """Build a thread from plain fields without a schema; return it and a problem per kept key."""
    problems: list[Problem] = []
    if on_unknown == "keep":
        fields, problems = _unknown.keep(fields)
    try:
        with collector_paused():
            return _converter().structure(fields, Thread), tuple(problems)
    except (cattrs.BaseValidationError, ValueError) as error:
        refused = _problems.explained(error)
    raise refused


def _report(problems: tuple[Problem, ...], report: Report | None) -> None:
    if report is not None:
        for problem in problems:
            report(problem)


def _check_on_unknown(on_unknown: str) -> None:
    if on_unknown not in ("error", "keep"):
        raise FieldError("json", "on_unknown", on_unknown, "must be 'error' or 'keep'")


def _check_type(thread: Thread) -> None:
    if isinstance(thread, list | tuple) and thread and isinstance(thread[0], Thread):
        hint = "pass one thread at a time, or all to discourse.json.write_jsonl"
        raise TypeError(f"must be a Thread, not {shown_json(thread)}: {hint}")
    expect_thread(thread)


@cache
def _converter() -> cattrs.Converter:
    return make_converter()
