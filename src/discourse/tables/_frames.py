"""Threads as pandas and polars frames and as Arrow tables, and back.

Arrow is the way to Parquet, DuckDB and other languages.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, Unpack, overload

from .._reading import Reading
from .._threads import Threads
from ..errors import FieldError
from ..thread import Thread
from ._any_table import ReadOptions, read_with
from ._columns import check_names, micros, times_from, to_comments
from ._head import KEY, Head, rest, thread_head
from ._schema import KINDS, READ, Cell, imported, kind_of
from ._several import columns_of

if TYPE_CHECKING:
    # Imported by their own names, as the pages show them.
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001
    import polars  # type: ignore[import-not-found, unused-ignore]  # noqa: ICN001
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001


def _kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


# -- pandas ----------------------------------------------------------------------------------------


#: Dtypes with missing values. Without them, integers would become floats.
_PANDAS = {"text": "string", "integer": "Int64", "number": "Float64", "flag": "boolean"}
_NOT_A_TIME = -(2**63)


def to_pandas(
    threads: Threads,
    *,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    heads: bool = False,
) -> "pandas.DataFrame":
    """Return the comments of a thread, or of several, as a pandas frame, one row each.

    The arguments are those of `to_rows`. One call for many threads takes a twentieth of the time of
    a call for each. A frame of several threads carries no head.

    It has all of `COLUMNS`, in dtypes that hold missing cells: ``string``, ``Int64``, ``Float64``,
    ``boolean``, ``datetime64[us, UTC]``. The head is in ``frame.attrs["discourse"]``; pandas keeps
    ``attrs`` through most operations and in Parquet. Needs the extra ``pandas``. O(n).

    >>> frame = to_pandas(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> frame[["id", "depth", "score"]]
      id  depth  score
    0  1      0   <NA>
    1  2      1    5.0
    """
    cells_by_name = columns_of(
        threads, plain=plain, parent_author=parent_author, local_times=local_times, heads=heads
    )
    pd = imported("pandas", "discourse.tables.to_pandas")
    columns = {
        name: _pandas_times(pd, cells)
        if kind_of(name) == "time"
        else pd.array(cells, dtype=_PANDAS[kind_of(name)])
        for name, cells in cells_by_name.items()
    }
    frame: pandas.DataFrame = pd.DataFrame(columns)
    if isinstance(threads, Thread):
        frame.attrs[KEY] = thread_head(threads)
    return frame


def _pandas_times(pd: ModuleType, cells: list[Cell]) -> "pandas.DatetimeIndex":
    """Return times from exact counts of microseconds: nanoseconds would end in 2262."""
    numpy = imported("numpy", "discourse.tables.to_pandas", "pandas")
    counts = [_NOT_A_TIME if n is None else n for n in micros(cells)]
    naive = numpy.array(counts, dtype="int64").view("datetime64[us]")
    times: pandas.DatetimeIndex = pd.DatetimeIndex(naive).tz_localize("UTC")
    return times


@overload
def from_pandas(frame: "pandas.DataFrame", *, head: Head = None) -> Thread: ...
@overload
def from_pandas(
    frame: "pandas.DataFrame", *, columns: Mapping[str, str | None], **options: Unpack[ReadOptions]
) -> Reading: ...
def from_pandas(
    frame: "pandas.DataFrame",
    *,
    head: Head = None,
    columns: Mapping[str, str | None] | None = None,
    **options: Unpack[ReadOptions],
) -> Thread | Reading:
    """Return the thread that a pandas frame holds.

    Args:
        frame: The rows in the order of the thread; if they lost it, sort them by ``position``. The
            columns and cells are those of `from_rows`.
        head: The article, stubs, source and meta: a `thread_head`, or a thread that has them.
            The default is the one in ``frame.attrs``, if any.
        columns, options: As for `read`, for tables with other columns, numeric ids, missing parents
            or several discussions. The result is a `Reading` then, with threads and problems.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, pass ``columns={}``. Times finer than
    a microsecond are cut. Needs the extra ``pandas``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_pandas(to_pandas(thread)) == thread
    True
    """
    pd = imported("pandas", "discourse.tables.from_pandas")
    if not isinstance(frame, pd.DataFrame):
        raise FieldError(
            "tables", "from_pandas(frame)", _kind(frame), "must be a DataFrame of pandas"
        )
    if columns is not None or options:
        return read_with(frame, head, columns, options)
    check_names(list(frame.columns))
    cells = {name: _pandas_cells(frame[name], name) for name in READ if name in frame.columns}
    comments = to_comments(cells, len(frame))
    return rest(frame.attrs.get(KEY) if head is None else head).thread(comments)


def _pandas_cells(series: "pandas.Series", name: str) -> list[Any]:
    if KINDS[name] != "time" or series.dtype.kind != "M":
        missing = series.isna().tolist()
        return [None if n else cell for cell, n in zip(series.tolist(), missing, strict=True)]
    if series.dt.tz is None:
        raise FieldError("tables", name, str(series.dtype), "must be a column of times in a zone")
    naive = series.dt.tz_convert("UTC").dt.tz_localize(None)
    counts = naive.to_numpy("datetime64[us]").astype("int64").tolist()
    return times_from(None if n == _NOT_A_TIME else n for n in counts)


# -- polars ----------------------------------------------------------------------------------------


def to_polars(
    threads: Threads,
    *,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    heads: bool = False,
) -> "polars.DataFrame":
    """Return the comments of a thread, or of several, as a polars frame, one row each.

    The arguments are those of `to_rows`.

    It has all of `COLUMNS`, as ``String``, ``Int64``, ``Float64``, ``Boolean`` and
    ``Datetime("us", "UTC")``. A polars frame has no place for the head: keep `thread_head` beside
    it, and pass it to `from_polars`. Needs the extra ``polars``. O(n).

    >>> frame = to_polars(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> frame.select("id", "depth", "score").rows()
    [('1', 0, None), ('2', 1, 5.0)]
    """
    cells_by_name = columns_of(
        threads, plain=plain, parent_author=parent_author, local_times=local_times, heads=heads
    )
    pl = imported("polars", "discourse.tables.to_polars")
    dtypes = {
        "text": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "flag": pl.Boolean,
    }
    time = pl.Datetime("us", "UTC")
    columns = [
        pl.Series(name, micros(cells), dtype=pl.Int64).cast(time)
        if kind_of(name) == "time"
        else pl.Series(name, cells, dtype=dtypes[kind_of(name)])
        for name, cells in cells_by_name.items()
    ]
    frame: polars.DataFrame = pl.DataFrame(columns)
    return frame


@overload
def from_polars(frame: "polars.DataFrame", *, head: Head = None) -> Thread: ...
@overload
def from_polars(
    frame: "polars.DataFrame", *, columns: Mapping[str, str | None], **options: Unpack[ReadOptions]
) -> Reading: ...
def from_polars(
    frame: "polars.DataFrame",
    *,
    head: Head = None,
    columns: Mapping[str, str | None] | None = None,
    **options: Unpack[ReadOptions],
) -> Thread | Reading:
    """Return the thread that a polars frame holds.

    Args:
        frame: The rows in the order of the thread; if they lost it, sort them by ``position``. The
            columns and cells are those of `from_rows`.
        head: The article, stubs, source and meta: a `thread_head`, or a thread that has them.
            Without it, the thread has none.
        columns, options: As for `read`, for tables with other columns, numeric ids, missing parents
            or several discussions. The result is a `Reading` then, with threads and problems.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, pass ``columns={}``. Times finer than a
    microsecond are cut. Needs the extra ``polars``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_polars(to_polars(thread), head=thread) == thread
    True
    """
    pl = imported("polars", "discourse.tables.from_polars")
    if not isinstance(frame, pl.DataFrame):
        raise FieldError(
            "tables", "from_polars(frame)", _kind(frame), "must be a DataFrame of polars"
        )
    if columns is not None or options:
        return read_with(frame, head, columns, options)
    check_names(frame.columns)
    cells = {name: _polars_cells(pl, frame[name]) for name in READ if name in frame.columns}
    return rest(head).thread(to_comments(cells, frame.height))


def _polars_cells(pl: ModuleType, series: "polars.Series") -> list[Any]:
    if KINDS[series.name] != "time" or not isinstance(series.dtype, pl.Datetime):
        cells: list[Any] = series.to_list()
        return cells
    if series.dtype.time_zone is None:
        reason = "must be a column of times in a zone"
        raise FieldError("tables", series.name, str(series.dtype), reason)
    return times_from(series.dt.cast_time_unit("us").cast(pl.Int64).to_list())


# -- Arrow -----------------------------------------------------------------------------------------


def to_arrow(
    threads: Threads,
    *,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    heads: bool = False,
) -> "pyarrow.Table":
    """Return the comments of a thread, or of several, as an Arrow table, one row each.

    The arguments are those of `to_rows`. A table of several threads carries no head.

    It has all of `COLUMNS`, as ``string``, ``int64``, ``double``, ``bool`` and
    ``timestamp[us, tz=UTC]``. The head is in the metadata of the schema, under ``discourse``, which
    Parquet and Feather files keep. Needs the extra ``arrow``. O(n).

    >>> table = to_arrow(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> table.select(["id", "depth", "score"]).to_pylist()
    [{'id': '1', 'depth': 0, 'score': None}, {'id': '2', 'depth': 1, 'score': 5.0}]
    """
    cells_by_name = columns_of(
        threads, plain=plain, parent_author=parent_author, local_times=local_times, heads=heads
    )
    pa = imported("pyarrow", "discourse.tables.to_arrow", "arrow")
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("us", "UTC"),
    }
    schema = pa.schema([(name, types[kind_of(name)]) for name in cells_by_name])
    if isinstance(threads, Thread):
        schema = schema.with_metadata({KEY: thread_head(threads)})
    arrays = [
        pa.nulls(len(cells), field.type)  # a fraction of the time, and most columns are empty
        if cells.count(None) == len(cells)
        else pa.array(micros(cells) if field.type == types["time"] else cells, field.type)
        for field, cells in zip(schema, cells_by_name.values(), strict=True)
    ]
    table: pyarrow.Table = pa.table(arrays, schema=schema)
    return table


@overload
def from_arrow(table: "pyarrow.Table", *, head: Head = None) -> Thread: ...
@overload
def from_arrow(
    table: "pyarrow.Table", *, columns: Mapping[str, str | None], **options: Unpack[ReadOptions]
) -> Reading: ...
def from_arrow(
    table: "pyarrow.Table",
    *,
    head: Head = None,
    columns: Mapping[str, str | None] | None = None,
    **options: Unpack[ReadOptions],
) -> Thread | Reading:
    """Return the thread that an Arrow table holds.

    Args:
        table: The rows in the order of the thread; if they lost it, sort them by ``position``. The
            columns and cells are those of `from_rows`.
        head: The article, stubs, source and meta: a `thread_head`, or a thread that has them.
            The default is the one in the table's metadata, if any.
        columns, options: As for `read`, for tables with other columns, numeric ids, missing parents
            or several discussions. The result is a `Reading` then, with threads and problems.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, pass ``columns={}``. Times finer than a
    microsecond are cut. Needs the extra ``arrow``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_arrow(to_arrow(thread)) == thread
    True
    """
    pa = imported("pyarrow", "discourse.tables.from_arrow", "arrow")
    if not isinstance(table, pa.Table):
        raise FieldError("tables", "from_arrow(table)", _kind(table), "must be a Table of pyarrow")
    if columns is not None or options:
        return read_with(table, head, columns, options)
    check_names(table.column_names)
    cells = {
        name: _arrow_cells(pa, table[name], name) for name in READ if name in table.column_names
    }
    comments = to_comments(cells, table.num_rows)
    return rest(_carried(table) if head is None else head).thread(comments)


def _carried(table: "pyarrow.Table") -> str | None:
    metadata = (table.schema.metadata or {}).get(KEY.encode())
    return None if metadata is None else str(metadata, "utf-8", "replace")


def _arrow_cells(pa: ModuleType, column: "pyarrow.ChunkedArray", name: str) -> list[Any]:
    if KINDS[name] != "time" or not pa.types.is_timestamp(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    if column.type.tz is None:
        raise FieldError("tables", name, str(column.type), "must be a column of times in a zone")
    exact = column.cast(pa.timestamp("us", "UTC"), safe=False)
    return times_from(exact.cast(pa.int64()).to_pylist())
