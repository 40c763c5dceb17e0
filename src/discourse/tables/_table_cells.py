"""The cells of any table by its columns: of pandas, polars, Arrow, or rows that are mappings."""

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any

from ..errors import FieldError
from ._cells import plain_cell
from ._head import KEY
from ._schema import imported

Cells = dict[str, list[Any]]


def cells_of(table: Any) -> tuple[Cells, int, str | None]:  # noqa: ANN401 - of libraries that are extras
    """Return the cells of a table by columns, its number of rows, and the head that it carries."""
    library = type(table).__module__.partition(".")[0]
    name = type(table).__name__
    if library == "pandas" and name == "DataFrame":
        return _of_pandas(table)
    if library == "polars" and name == "LazyFrame":
        table, name = table.collect(), "DataFrame"
    if library == "polars" and name == "DataFrame":
        pairs = [(each, _plain(table[each].to_list())) for each in table.columns]
        return _columns(pairs), table.height, None
    if library == "pyarrow" and name in {"Table", "RecordBatch"}:
        return _of_arrow(table)
    if isinstance(table, Iterable) and not isinstance(table, str | bytes | Mapping):
        return _of_rows(table)
    wanted = "must be rows (mappings), a frame of pandas or polars, or an Arrow table"
    raise FieldError("tables", "read(table)", table, wanted)


def _columns(pairs: Iterable[tuple[object, list[Any]]]) -> Cells:
    """Return columns by their names as text; of two with one name, the later has a number more."""
    cells: Cells = {}
    for label, values in pairs:
        name = base = str(label)
        number = 1
        while name in cells:
            name, number = f"{base}.{number}", number + 1
        cells[name] = values
    return cells


def _of_pandas(frame: Any) -> tuple[Cells, int, str | None]:  # noqa: ANN401 - a frame of pandas
    head = frame.attrs.get(KEY)
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    pairs = []
    for at, label in enumerate(frame.columns):
        series = frame.iloc[:, at]
        missing = series.isna().tolist()
        values = [
            None if gone is True else plain_cell(cell)
            for cell, gone in zip(series.tolist(), missing, strict=True)
        ]
        pairs.append((label, values))
    return _columns(pairs), len(frame), head if isinstance(head, str) else None


def _of_arrow(table: Any) -> tuple[Cells, int, str | None]:  # noqa: ANN401 - a table of Arrow
    pa = imported("pyarrow", "discourse.tables.read", "arrow")
    pairs = []
    for name, column in zip(table.schema.names, table.columns, strict=True):
        values = column
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            values = column.cast(pa.timestamp("us", column.type.tz), safe=False)
        pairs.append((name, _plain(values.to_pylist())))
    head = (table.schema.metadata or {}).get(KEY.encode())
    return _columns(pairs), table.num_rows, None if head is None else str(head, "utf-8", "replace")


def _of_rows(table: Iterable[object]) -> tuple[Cells, int, str | None]:
    rows: list[Mapping[Any, Any]] = []
    labels: dict[object, None] = {}
    for row in table:
        if not isinstance(row, Mapping):
            raise FieldError("tables", "rows", row, "must be mappings of columns to cells")
        rows.append(row)
        labels.update(dict.fromkeys(row))
    pairs = ((label, _plain([row.get(label) for row in rows])) for label in labels)
    return _columns(pairs), len(rows), None


def _plain(cells: list[Any]) -> list[Any]:
    return cells if set(map(type, cells)) <= _PLAIN else list(map(plain_cell, cells))


_PLAIN = {str, int, bool, NoneType}
