"""Threads as columns, and columns as comments: what all tables have in common."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

import attrs

from ..errors import FieldError
from ..model import EMPTY, Author, Comment, Meta
from ..model._fast_init import compiled
from ..thread import Thread
from ._cell_values import TUPLES, WORDS, cleaned, converter, each, exact, local, to_meta, to_tags
from ._schema import NAMES, READ, REQUIRED, SECOND, TYPES, Cell

Columns: TypeAlias = "dict[str, list[Cell]]"
_Cells: TypeAlias = "dict[str, list[Any]]"
_T = TypeVar("_T")

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MINUTE = dt.timedelta(minutes=1)

# -- a thread as columns ---------------------------------------------------------------------------


def to_columns(threads: Sequence[Thread]) -> Columns:
    """Return the cells of threads, one after another, by the names of the columns."""
    comments = [comment for thread in threads for comment in thread.comments]
    columns = _tree(threads) | cells_of(Comment, comments)
    return {name: columns[name] for name in NAMES}


def cells_of(cls: type[attrs.AttrsInstance], values: Sequence[Any], prefix: str = "") -> Columns:
    """Return the cells of values of a class; a value that is None has no cell at all."""
    columns: Columns = {}
    for field in attrs.fields(cls):
        name, kind = prefix + field.name, field.type
        get = attrgetter(field.name)
        cells: list[Any] = (
            [value and get(value) for value in values] if prefix else [*map(get, values)]
        )
        if kind == Author | None:
            columns |= _author_cells(cells, f"{name}_")
        elif kind is Meta and cls is Author:
            columns[name] = [author and _author_meta(author) for author in values]
        elif kind is Meta:
            columns[name] = [_text(meta.to_dict()) if meta else None for meta in cells]
        elif kind == frozenset[str]:
            columns[name] = [_text(sorted(tags)) if tags else None for tags in cells]
        elif kind in TUPLES:
            columns[name] = [
                _text(converter().unstructure(items, kind)) if items else None for items in cells
            ]
        elif kind in WORDS:
            columns[name] = [word and word.value for word in cells]
        elif TYPES[kind] == "time":
            is_utc = all(time is None or time.tzinfo is dt.UTC for time in cells)
            columns[name] = (
                cells if is_utc else [time and time.astimezone(dt.UTC) for time in cells]
            )
            columns[name + SECOND["time"]] = [time and _minutes(time.tzinfo) for time in cells]
        elif TYPES[kind] == "number":
            columns[name] = [None if number is None else float(number) for number in cells]
            columns[name + SECOND["number"]] = [
                n if type(n) is int and int(float(n)) != n else None for n in cells
            ]
        else:
            columns[name] = cells
    return columns


def _author_cells(authors: list[Author | None], prefix: str) -> Columns:
    """Return the cells of authors, each of whom is asked once: most wrote several comments."""
    places: dict[int, int] = {}
    rows = [places.setdefault(id(author), len(places)) for author in authors]
    unique = [*{id(author): author for author in authors}.values()]
    columns = cells_of(Author, unique, prefix)
    columns[f"{prefix}key"] = [author and author.key for author in unique]
    if len(unique) == len(authors):
        return columns
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
        reason = f"must have the columns {' and '.join(REQUIRED)} (tables.read reads others)"
        raise FieldError("tables", "columns", ", ".join(map(str, names)), reason)


def to_comments(columns: Mapping[str, Sequence[object]], count: int) -> list[Comment]:
    """Return the comments that the columns hold; a column that is not there is unknown throughout.

    Raises `FieldError` for a cell that its column cannot hold, naming the row.
    """
    cells = {name: cleaned(name, columns[name]) for name in READ if name in columns}
    return values_of(Comment, cells, count)


def values_of(
    cls: Callable[..., _T], cells: Mapping[str, list[Any]], count: int, prefix: str = ""
) -> list[_T]:
    """Return the values of a class that cells hold; raises `FieldError` with the row."""
    of: Any = cls  # which is a class of the model
    fields = _fields(of, cells, [None] * count, prefix)
    known: dict[str, list[Any]] = {}
    for field in attrs.fields(of):
        values = fields[field.name]
        if field.default is attrs.NOTHING:
            known[field.name] = values
        elif _any_known(values):
            known[field.name] = (
                values
                if field.default is None
                else [field.default if value is None else value for value in values]
            )
    if not known:
        return [cls()] * count
    try:
        filled: list[_T] = _filling(of, tuple(known))(*known.values())
    except FieldError:
        rows = enumerate(zip(*known.values(), strict=True))
        return [_value(cls, zip(known, row, strict=True), n) for n, row in rows]
    return filled


@cache
def _filling(cls: type[attrs.AttrsInstance], names: tuple[str, ...]) -> Callable[..., Any]:
    """Return a function of columns, one for each name, that gives a value for each row."""
    arguments = ", ".join(f"{name}={name}" for name in names)
    rows = f"for {', '.join(names)}, in zip({', '.join(f'{name}s' for name in names)})"
    lines = [
        f"def fill({', '.join(f'{name}s' for name in names)}):",
        f"    return [Class({arguments}) {rows}]",
    ]
    return compiled("fill", cls, lines, {"Class": cls})


def _fields(
    cls: type[attrs.AttrsInstance], cells: Mapping[str, list[Any]], unknown: list[Any], prefix: str
) -> _Cells:
    """Return what cells hold for each field of a class, None where that is not known."""
    fields: _Cells = {}
    for field in attrs.fields(cls):
        name, kind = prefix + field.name, field.type
        values = cells.get(name, unknown)
        if kind == Author | None:
            values = _authors(_fields(Author, cells, unknown, f"{name}_"))
        elif kind is Meta:
            values = each(values, name, to_meta)
        elif kind == frozenset[str]:
            values = each(values, name, to_tags)
        elif kind in TUPLES:
            values = each(values, name, TUPLES[kind])
        elif kind in WORDS:
            values = [WORDS[kind].get(word, word) for word in values]
        elif TYPES[kind] in SECOND:
            seconds = cells.get(name + SECOND[TYPES[kind]], unknown)
            if TYPES[kind] == "number":
                values = list(map(exact, values, seconds))
            elif any(seconds):
                rows = enumerate(zip(values, seconds, strict=True))
                values = [local(time, offset, name, n) for n, (time, offset) in rows]
        fields[field.name] = values
    return fields


def _authors(fields: _Cells) -> list[Author | None]:
    """Return the author of each row, equal ones as one object."""
    told = {name: cells for name, cells in fields.items() if _any_known(cells)}
    if not told:
        return [None] * len(fields["name"])
    known: dict[tuple[Any, ...], Author | None] = {(None,) * len(told): None}
    authors = []
    for n, row in enumerate(zip(*told.values(), strict=True)):
        if row not in known:
            known[row] = _value(Author, zip(told, row, strict=True), n)
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
