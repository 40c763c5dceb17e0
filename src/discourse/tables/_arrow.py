"""Threads as Arrow tables, and back: the way to Parquet, DuckDB and other languages."""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._columns import check_names, micros, times_from, to_columns, to_comments
from ._extras import imported
from ._head import KEY, Head, head, rest
from ._schema import COLUMNS, KINDS, READ

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001 - as the pages show it


def to_arrow(thread: Thread) -> "pyarrow.Table":
    """Return the comments of a thread as an Arrow table, one row each, in order.

    It has all of `COLUMNS`, as ``string``, ``int64``, ``double``, ``bool`` and
    ``timestamp[us, tz=UTC]``. The head is in the metadata of the schema, under ``discourse``, which
    Parquet and Feather files keep. Needs the extra ``arrow``. O(n).

    >>> table = to_arrow(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> table.select(["id", "depth", "score"]).to_pylist()
    [{'id': '1', 'depth': 0, 'score': None}, {'id': '2', 'depth': 1, 'score': 5.0}]
    """
    expect_thread(thread)
    pa = imported("pyarrow", "discourse.tables.to_arrow", "arrow")
    schema = _schema(pa).with_metadata({KEY: head(thread)})
    arrays = [
        pa.array(micros(cells) if KINDS[name] == "time" else cells, schema.field(name).type)
        for name, cells in to_columns(thread).items()
    ]
    table: pyarrow.Table = pa.table(arrays, schema=schema)
    return table


def _schema(pa: ModuleType) -> "pyarrow.Schema":
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("us", "UTC"),
    }
    schema: pyarrow.Schema = pa.schema([(c.name, types[c.kind]) for c in COLUMNS])
    return schema


def from_arrow(table: "pyarrow.Table", *, head: Head = None) -> Thread:
    """Return the thread that an Arrow table holds.

    Args:
        table: The rows, in the order of the thread: sort them by ``position`` where they have lost
            it. `from_rows` tells which columns are read, and what their cells may be.
        head: The article, the stubs, the source and the meta: a `head`, or a thread that has them.
            Without it, what the table's metadata carries is taken, and where it carries none,
            nothing.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, give ``table.to_pylist()`` to `comments_from_rows`. Times finer than a
    microsecond are cut. Needs the extra ``arrow``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_arrow(to_arrow(thread)) == thread
    True
    """
    pa = imported("pyarrow", "discourse.tables.from_arrow", "arrow")
    if not isinstance(table, pa.Table):
        raise FieldError("tables", "from_arrow(table)", table, "must be a pyarrow Table")
    check_names(table.column_names)
    columns = {name: _cells(pa, table[name], name) for name in READ if name in table.column_names}
    comments = to_comments(columns, table.num_rows)
    return rest(_carried(table) if head is None else head).thread(comments)


def _carried(table: "pyarrow.Table") -> str | None:
    found = (table.schema.metadata or {}).get(KEY.encode())
    return None if found is None else str(found, "utf-8", "replace")


def _cells(pa: ModuleType, column: "pyarrow.ChunkedArray", name: str) -> list[Any]:
    if KINDS[name] != "time" or not pa.types.is_timestamp(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    if column.type.tz is None:
        raise FieldError("tables", name, str(column.type), "must be a column of times in a zone")
    exact = column.cast(pa.timestamp("us", "UTC"), safe=False)
    return times_from(exact.cast(pa.int64()).to_pylist())
