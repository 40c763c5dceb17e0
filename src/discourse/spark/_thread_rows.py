"""Cut batches of rows into whole threads, and refuse threads that are not whole."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..corpus._rows import are_whole
from ..corpus._schema import arrow, arrow_schema
from ..errors import CorpusError, shown

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

NEEDED = ("thread_id", "position", "thread_size")
"""The columns that show whether a thread is whole."""


def thread_rows(batches: "Iterable[pyarrow.RecordBatch]") -> "Iterator[pyarrow.Table]":
    """Yield tables that contain whole threads, for a function of ``DataFrame.mapInArrow``.

    Spark cuts rows into batches of 10,000, which end anywhere. The rows of a batch's last thread
    wait for the next batch, so each thread is in one table. A table contains many threads.

    Args:
        batches: Rows of the table of comments, each thread in order. They need the columns
            ``thread_id``, ``position`` and ``thread_size``.

    Raises `CorpusError` for a thread whose rows are incomplete or out of order.
    """
    for rows in cut(batches, 0):
        starts = rows.filter(arrow().compute.equal(rows["position"], 0))
        expect_whole_threads(rows, starts)
        yield rows


def cut(batches: "Iterable[pyarrow.RecordBatch]", first: int) -> "Iterator[pyarrow.Table]":
    """Yield tables that end where a thread ends; *first* is the position where threads start."""
    pa = arrow()
    waiting: list[pyarrow.RecordBatch] = []
    for batch in batches:
        missing = [name for name in NEEDED if name not in batch.schema.names]
        if missing:
            raise CorpusError(f"the rows have no column {shown(missing[0])}")
        starts = pa.compute.indices_nonzero(pa.compute.equal(batch["position"], first))
        if len(starts):
            last = starts[-1].as_py()
            waiting.append(batch.slice(0, last))
            yield from _table(waiting)
            waiting = []
            batch = batch.slice(last)
        waiting.append(batch)
    yield from _table(waiting)


def _table(batches: "list[pyarrow.RecordBatch]") -> "Iterator[pyarrow.Table]":
    if any(batch.num_rows for batch in batches):
        yield arrow().Table.from_batches(batches)


def expect_whole_threads(comments: "pyarrow.Table", starts: "pyarrow.Table") -> None:
    """Raise `CorpusError` unless the comments are whole threads, which have these first rows."""
    types = arrow_schema("comments")
    needed = comments.select(NEEDED).cast(arrow().schema(types.field(name) for name in NEEDED))
    keys, counts = starts["thread_id"].to_pylist(), starts["thread_size"].to_pylist()
    if not are_whole(needed, keys, counts):
        key = comments["thread_id"][0].as_py() if comments.num_rows else None
        raise CorpusError(
            f"a thread is cut, or its rows are out of order, at or after thread {shown(key)}: "
            "map_threads(..., shuffle=True) sorts the rows; rows that a filter removed must be "
            "there too"
        )
