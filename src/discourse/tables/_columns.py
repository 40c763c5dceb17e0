"""Threads as columns, and columns as comments: what all tables have in common."""

import datetime as dt
import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from types import NoneType
from typing import Any, TypeAlias, TypeVar

import attrs

from ..errors import FieldError
from ..model import EMPTY, Author, Comment, Meta, Status, TextFormat
from ..thread import Thread
from ._schema import KINDS, NAMES, READ, REQUIRED, SECOND, Cell, Kind

Columns: TypeAlias = "dict[str, list[Cell]]"
_Cells: TypeAlias = "dict[str, list[Any]]"
_T = TypeVar("_T")

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MINUTE = dt.timedelta(minutes=1)
_EXACT = 2**53  # up to here a float holds every integer

_OF_NUMBERS = {
    "id": " (discourse.model.id_text gives that of a number, and tables.read takes numbers)",
    "author_id": " (discourse.model.id_text gives that of a number)",
    "parent_id": " (discourse.model.parent_id gives that of a number, and None for 0)",
}

# -- a thread as columns ---------------------------------------------------------------------------


def to_columns(threads: Sequence[Thread]) -> Columns:
    """Return the cells of threads, one after another, by the names of the columns."""
    comments = [comment for thread in threads for comment in thread.comments]
    columns = _tree(threads) | _told(Comment, comments)
    return {name: columns[name] for name in NAMES}


def _told(cls: type[attrs.AttrsInstance], values: Sequence[Any], prefix: str = "") -> Columns:
    """Return the cells of values of a class; a value that is None has no cell at all."""
    columns: Columns = {}
    for field in attrs.fields(cls):
        name, kind = prefix + field.name, field.type
        get = attrgetter(field.name)
        cells: list[Any] = (
            [value and get(value) for value in values] if prefix else [*map(get, values)]
        )
        if kind == Author | None:
            columns |= _authors_told(cells, f"{name}_")
        elif kind is Meta and cls is Author:
            columns[name] = [author and _author_meta(author) for author in values]
        elif kind is Meta:
            columns[name] = [_text(meta.to_dict()) if meta else None for meta in cells]
        elif kind == frozenset[str]:
            columns[name] = [_text(sorted(tags)) if tags else None for tags in cells]
        elif kind in _WORDS:
            columns[name] = [word and word.value for word in cells]
        elif KINDS[name] == "time":
            columns[name] = [time and time.astimezone(dt.UTC) for time in cells]
            columns[name + SECOND["time"]] = [time and _minutes(time.tzinfo) for time in cells]
        elif KINDS[name] == "number":
            columns[name] = [None if number is None else float(number) for number in cells]
            columns[name + SECOND["number"]] = [
                n if type(n) is int and int(float(n)) != n else None for n in cells
            ]
        else:
            columns[name] = cells
    return columns


def _authors_told(authors: list[Author | None], prefix: str) -> Columns:
    """Return the cells of authors, each of whom mostly wrote several comments."""
    numbers: dict[int, int] = {}
    rows = [numbers.setdefault(id(author), len(numbers)) for author in authors]
    distinct = list({id(author): author for author in authors}.values())
    columns = _told(Author, distinct, prefix)
    columns[f"{prefix}key"] = [author and author.key for author in distinct]
    return {name: [cells[row] for row in rows] for name, cells in columns.items()}


@lru_cache
def _minutes(zone: dt.tzinfo) -> int:
    """Return the offset of a zone, which in the model is fixed."""
    return dt.datetime(1970, 1, 1, tzinfo=zone).utcoffset() // _MINUTE  # type: ignore[operator]


def _tree(threads: Sequence[Thread]) -> Columns:
    columns: Columns = {"position": [], "root_id": [], "depth": [], "size": []}
    for thread in threads:
        columns["position"] += range(len(thread.comments))
        columns["depth"] += thread._index.depths
        columns["size"] += thread._index.sizes
        roots: list[Cell] = []
        for comment in thread.comments:
            roots.append(comment.id if comment.parent_id is None else roots[-1])
        columns["root_id"] += roots
    return columns


def _author_meta(author: Author) -> str | None:
    """Return the author's meta; an author of whom nothing at all is told is ``{}``, not missing."""
    has_meta = author.meta is not EMPTY and bool(author.meta)
    is_told = has_meta or (author.key is None and author == _NOBODY)
    return _text(author.meta.to_dict()) if is_told else None


_NOBODY = Author()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def micros(times: Iterable[Cell]) -> list[int | None]:
    """Return times as microseconds since 1970, which every library takes exactly."""
    return [
        (time - _EPOCH) // _MICROSECOND if isinstance(time, dt.datetime) else None for time in times
    ]


def times_from(counts: Iterable[int | None]) -> list[dt.datetime | None]:
    """Return microseconds since 1970 as times in UTC."""
    return [None if n is None else _EPOCH + n * _MICROSECOND for n in counts]


# -- columns as comments ---------------------------------------------------------------------------


def check_names(names: Collection[str]) -> None:
    """Raise a `FieldError` where the table lacks a column that makes it a thread."""
    if not set(REQUIRED) <= set(names):
        reason = f"must have the columns {' and '.join(REQUIRED)} (tables.read takes others)"
        raise FieldError("tables", "columns", ", ".join(map(str, names)), reason)


def to_comments(columns: Mapping[str, Sequence[object]], count: int) -> list[Comment]:
    """Return the comments that the columns hold; a column that is not there is unknown throughout.

    Raises `FieldError` for a cell that its column cannot hold, naming the row.
    """
    cells = {name: _cleaned(name, columns[name]) for name in READ if name in columns}
    fields = _fields(Comment, cells, [None] * count)
    names = [name for name, values in fields.items() if name == "id" or _any_known(values)]
    rows = zip(*(fields[name] for name in names), strict=True)
    return [_value(Comment, zip(names, row, strict=True), n) for n, row in enumerate(rows)]


def _fields(
    cls: type[attrs.AttrsInstance], cells: _Cells, unknown: list[Any], prefix: str = ""
) -> _Cells:
    """Return what cells hold for each field of a class, None where that is not known."""
    fields: _Cells = {}
    for field in attrs.fields(cls):
        name, kind = prefix + field.name, field.type
        values = cells.get(name, unknown)
        if kind == Author | None:
            values = _authors(_fields(Author, cells, unknown, f"{name}_"))
        elif kind is Meta:
            values = _each(values, name, _meta)
        elif kind == frozenset[str]:
            values = _each(values, name, _tags)
        elif kind in _WORDS:
            values = [_WORDS[kind].get(word, word) for word in values]
        elif KINDS[name] in SECOND:
            seconds = cells.get(name + SECOND[KINDS[name]], unknown)
            if KINDS[name] == "number":
                values = list(map(_exact, values, seconds))
            else:
                rows = enumerate(zip(values, seconds, strict=True))
                values = [_local(time, offset, name, n) for n, (time, offset) in rows]
        fields[field.name] = values
    return fields


def _authors(fields: _Cells) -> list[Author | None]:
    """Return the author of each row, equal ones as one object."""
    known: dict[tuple[Any, ...], Author | None] = {(None,) * len(fields): None}
    authors = []
    for n, row in enumerate(zip(*fields.values(), strict=True)):
        if row not in known:
            known[row] = _value(Author, zip(fields, row, strict=True), n)
        authors.append(known[row])
    return authors


def _any_known(cells: list[Any]) -> bool:
    return any(cell is not None for cell in cells)


def _value(cls: Callable[..., _T], fields: Iterable[tuple[str, Any]], n: int) -> _T:
    """Return the value that a row has, from what is known of its fields."""
    try:
        return cls(**{name: v for name, v in fields if v is not None or name == "id"})
    except FieldError as error:
        error.add_note(f"in row {n}")
        raise


def _refuse(column: str, n: int, value: object, reason: str) -> FieldError:
    return FieldError("tables", f"{column}[{n}]", value, reason)


def _each(values: list[Any], name: str, read: Callable[[object, str, int], object]) -> list[Any]:
    """Return what each cell that is known reads as."""
    return [value if value is None else read(value, name, n) for n, value in enumerate(values)]


def _cleaned(name: str, values: Sequence[object]) -> list[Any]:
    kind = KINDS[name]
    if set(map(type, values)) <= _PLAIN_TYPES[kind]:
        return list(values)
    return _each(list(map(_known, values)), name, _CHECKS[kind])


#: The types of cells that need no second look, as nearly all have.
_PLAIN_TYPES: dict[Kind, set[type]] = {
    "text": {str, NoneType},
    "integer": {int, NoneType},
    "number": {int, NoneType},
    "flag": {bool, NoneType},
    "time": {NoneType},
}


def _known(value: object) -> object:
    """Return the plain value of a cell; None for what pandas and NumPy have where there is none."""
    if value is None or type(value) is str or type(value) is int or type(value) is bool:
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if not hasattr(value, "item") or getattr(value, "ndim", False):
        return value  # for the check of the column; an array of several has no one plain value
    plain = value.item()
    return plain if type(plain) is type(value) else _known(plain)


def _string(value: object, name: str, n: int) -> str:
    if not isinstance(value, str):
        hint = _OF_NUMBERS.get(name, "") if isinstance(value, int | float) else ""
        raise _refuse(name, n, value, f"must be text{hint}")
    return value


def _integer(value: object, name: str, n: int) -> int:
    """Return an integer; pandas makes floats of integers beside missing ones."""
    if type(value) is float and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if type(value) is not int:
        raise _refuse(name, n, value, "must be an integer")
    return value


def _number(value: object, name: str, n: int) -> int | float:
    if type(value) is not int and type(value) is not float:
        raise _refuse(name, n, value, "must be a number")
    return value


def _flag(value: object, name: str, n: int) -> bool:
    """Return a flag; SQLite has 0 and 1 instead."""
    if type(value) is bool or (type(value) is int and value in {0, 1}):
        return bool(value)
    raise _refuse(name, n, value, "must be true or false")


def _time(value: object, name: str, n: int) -> dt.datetime:
    """Return a time; SQLite has text instead."""
    try:
        time = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise _refuse(name, n, value, "must be a time, or text of ISO 8601") from None
    if not isinstance(time, dt.datetime) or time.utcoffset() is None:
        raise _refuse(name, n, value, "must be a time with its zone")
    return time


#: The words of the model, which are known faster as its own than as text; others it refuses.
_WORDS: dict[object, dict[str, Status | TextFormat]] = {
    kind: {word.value: word for word in kind} for kind in (Status, TextFormat)
}

_CHECKS: dict[Kind, Callable[[object, str, int], object]] = {
    "text": _string,
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "time": _time,
}


@lru_cache
def _zone(minutes: int) -> dt.timezone:
    return dt.timezone(minutes * _MINUTE)


def _local(time: dt.datetime | None, offset: int | None, name: str, n: int) -> dt.datetime | None:
    """Return a time on the clock that the offset tells."""
    if time is None or offset is None:
        return time
    try:
        return time.astimezone(_zone(offset))
    except (ValueError, OverflowError):
        reason = "must be the minutes of a zone in which the time exists"
        raise _refuse(f"{name}_offset", n, offset, reason) from None


def _exact(score: int | float | None, exact: int | None) -> int | float | None:
    """Return the exact score where it is the same to a float; else a whole number as an int.

    Nearly all scores are integers, and as long as a float is exact, 3.0 is 3.
    """
    if score is None or (exact is not None and float(exact) == score):
        return exact if score is not None else None
    whole = type(score) is float and score.is_integer() and abs(score) < _EXACT
    return int(score) if whole else score


def _meta(text: object, name: str, n: int) -> Meta:
    value = _json(text, name, n, "object")
    try:
        return Meta(value)  # type: ignore[arg-type]  # it refuses what is no mapping
    except (ValueError, TypeError) as error:
        raise _refuse(name, n, text, f"must be a JSON object: {error}") from None


def _tags(text: object, name: str, n: int) -> frozenset[str]:
    value = _json(text, name, n, "array")
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise _refuse(name, n, text, "must be a JSON array of strings")
    return frozenset(value)


def _json(text: object, name: str, n: int, what: str) -> object:
    try:
        return json.loads(str(text))
    except (ValueError, RecursionError):
        raise _refuse(name, n, text, f"must be a JSON {what}") from None
