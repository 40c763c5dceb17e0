"""Provide `read`, which reads any table of comments, of this library or another program."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from types import NoneType
from typing import Any, TypedDict

import attrs

from .._csv_guard import CSV_HEAD, unguarded
from .._markup.local_times import with_times
from .._problems import ProblemLog
from .._reading import Reading
from .._zones import Zone, zone_of
from ..errors import DecodeError, FieldError
from ..model import TextFormat
from ..thread import OnCycle, OnDuplicate, OnOrphan, Thread
from ._cells import TimeUnit, flag, whole_ids
from ._columns import to_comments
from ._foreign import Options, Policies, read_foreign
from ._head import Head, rest
from ._schema import HEAD, KINDS, NAMES, READ, THREAD, Kind
from ._table_cells import Cells, cells_of


class ReadOptions(TypedDict, total=False):
    """The options of `read` other than ``columns``."""

    thread: str | None
    zone: Zone
    time_unit: TimeUnit | None
    text_format: TextFormat | str
    roots: Collection[str]
    on_orphan: OnOrphan
    on_duplicate: OnDuplicate
    on_cycle: OnCycle


def read(
    table: Any,  # noqa: ANN401 - of libraries that are extras
    *,
    columns: Mapping[str, str | None] | None = None,
    thread: str | None = None,
    zone: Zone = None,
    time_unit: TimeUnit | None = None,
    text_format: TextFormat | str = TextFormat.TEXT,
    roots: Collection[str] = (),
    on_orphan: OnOrphan = "placeholder",
    on_duplicate: OnDuplicate = "rename",
    on_cycle: OnCycle = "cut",
) -> Reading:
    """Read the comments in any table, whatever its columns are called.

    Args:
        table: A pandas or polars frame, an Arrow table, or rows (mappings), one a comment.
        columns: The column of each field, such as ``{"id": "comment_id", "text": "body"}``. The
            keys are those of `guess_columns`; None prevents a guess. Fields that you leave out are
            guessed by the names of the columns, and a problem of kind ``guessed-columns`` lists the
            guesses. A ``path`` is an id that begins with the path of the parent.
        thread: The column that identifies the discussion, such as ``"article_id"``. It is guessed
            too; ``columns={"thread": None}`` makes one thread of all rows.
        zone: The zone of times without one: a name, an offset (``"+02:00"``) or a tzinfo. Without
            it, such times stay in ``meta`` as ``created_at_local`` and are reported.
        time_unit: The unit of times that are numbers since 1970: ``"s"``, ``"ms"``, ``"us"`` or
            ``"ns"``. By default, the column's name (``created_utc``) and the size of its numbers
            decide.
        text_format: The format of the texts.
        roots: More values for "no parent", besides 0, ``""``, ``"root"`` and missing cells.
        on_orphan, on_duplicate, on_cycle: As for `Thread.repair`.

    Ids may be numbers, also whole floats, which pandas makes of numbers in a column with missing
    values. Floats too large to be exact are refused. Columns without a known meaning go to the
    comment's ``meta``. A row whose id is that of its thread is the article. Tables of `to_rows` and
    its like return equal threads, unless *columns* or *thread* is given.

    Raises `FieldError` for anything but a table, and for a missing column. Invalid rows are
    problems. O(n).

    >>> reading = read([
    ...     {"comment_id": 17, "parent_id": float("nan"), "body": "At last.", "mood": 3},
    ...     {"comment_id": 18, "parent_id": 17.0, "body": "Why?", "mood": 1},
    ... ])
    >>> [(c.id, c.parent_id, c.text, c.meta["mood"]) for c in reading.thread]
    [('17', None, 'At last.', 3), ('18', '17', 'Why?', 1)]
    """
    cells, count, head = cells_of(table)
    if CSV_HEAD in cells:
        cells = _without_guards(cells)
    place = zone_of(zone, "tables")
    log = ProblemLog()
    policies = Policies(on_orphan=on_orphan, on_duplicate=on_duplicate, on_cycle=on_cycle)
    if not columns and thread is None and set(NAMES) <= cells.keys():
        try:
            return _own(cells, count, head, policies, place)
        except (FieldError, DecodeError) as error:
            log.add("changed-table", f"a table of this library that was changed: {error}")
    try:
        written_in = TextFormat(text_format)
    except ValueError:
        wanted = f"must be one of {', '.join(each.value for each in TextFormat)}"
        raise FieldError("tables", "text_format", text_format, wanted) from None
    options = Options(
        columns=columns or {},
        thread=thread,
        zone=place,
        time_unit=time_unit,
        text_format=written_in,
        roots=frozenset(roots),
        policies=policies,
    )
    return read_foreign(cells, count, options, log)


def _without_guards(cells: Cells) -> Cells:
    """Return the cells of a table that was written as CSV, such as pandas reads it."""
    return {
        HEAD if name == CSV_HEAD else name: column
        if KINDS.get(name, "text") != "text"
        else [unguarded(cell) if isinstance(cell, str) else cell for cell in column]
        for name, column in cells.items()
    }


def read_with(
    table: Any,  # noqa: ANN401 - of libraries that are extras
    head: Head,
    columns: Mapping[str, str | None] | None,
    options: ReadOptions,
) -> Reading:
    """Read a table for `from_rows` and its like, if they got options of `read`."""
    if head is not None:
        reason = "must be left out if columns or other options of tables.read are given"
        raise FieldError("tables", "head", head, reason)
    return read(table, columns=columns, **options)


def _own(
    cells: Cells, count: int, head: str | None, policies: Policies, zone: dt.tzinfo | None
) -> Reading:
    """Return the threads of a table that this library wrote, and the problems of repairing them."""
    typed = {name: _typed(name, cells[name]) for name in READ}
    of_thread = cells.get(THREAD, [None] * count)
    heads = cells.get(HEAD, [None] * count)
    groups: dict[object, list[int]] = {}
    for n, key in enumerate(of_thread):
        groups.setdefault(key, []).append(n)
    if not groups:
        groups[None] = []
    threads: list[Thread] = []
    log = ProblemLog()
    for rows in groups.values():
        carried = next((heads[n] for n in rows if heads[n] is not None), head)
        known = [n for n in rows if typed["id"][n] is not None]  # a thread may have no comment
        comments = to_comments(
            {name: [c[n] for n in known] for name, c in typed.items()}, len(known)
        )
        repaired = Thread.repair(
            comments,
            **attrs.asdict(rest(carried), recurse=False),
            **policies,
        )
        thread = repaired.thread
        threads.append(with_times(thread, lambda _: zone) if zone is not None else thread)
        log.problems += repaired.problems
    return Reading(threads, log.finish())


def _typed(name: str, cells: list[Any]) -> list[Any]:
    """Return cells of the kind of their column.

    A table may hold text alone, and pandas makes numbers of ids that it reads from CSV.
    """
    if name in _IDS and not {type(cell) for cell in cells} <= {str, NoneType}:
        return [
            None if cell is None else id for cell, id in zip(cells, whole_ids(cells), strict=True)
        ]
    read = _OF_TEXT.get(KINDS[name])
    if read is None:
        return cells
    typed: list[Any] = []
    for cell in cells:
        value = cell
        if isinstance(cell, str):
            with suppress(ValueError):  # which the column refuses then
                value = read(cell)
        typed.append(value)
    return typed


_IDS = ("id", "parent_id", "author_id")
_OF_TEXT: dict[Kind, Callable[[str], Any]] = {"flag": flag, "integer": int, "number": float}
