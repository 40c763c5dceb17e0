"""Sort more rows than fit in memory: sorted runs on the disk, read back by ranges of keys.

The keys that the runs know cut all rows into ranges that fit in memory. A range needs only a few
batches of each run, so the memory does not grow with the number of rows.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ._schema import arrow

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_BATCH = 512
"""The rows of a batch: of longer ones more is read twice where ranges meet."""
_LARGEST = 10**9
"""The most bytes of a range, well below the 2 GiB that a column of Arrow holds."""
_BATCHES = 4
"""The batches of each run in a range: more are read no faster, and memory that is new is slow."""
_TABLE = 3 * 2**23
"""From how many bytes on a table ends."""


class Run(NamedTuple):
    """Rows in order, in a file."""

    path: str
    keys: list[str]
    """The first key of each batch."""
    size: int
    """How many bytes the rows take in memory."""


def write_run(rows: "pyarrow.Table", path: Path) -> Run:
    """Sort rows by ``thread_id`` and ``seq``, and write them."""
    pa = arrow()
    rows = rows.take(_order(rows))
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(path, rows.schema, options=options) as file:
        file.write_table(rows, max_chunksize=_BATCH)
    firsts = pa.array(range(0, rows.num_rows, _BATCH))
    return Run(str(path), rows["thread_id"].take(firsts).to_pylist(), rows.nbytes)


def read_sorted(runs: Sequence[Run], memory: int, rows: int) -> "Iterator[pyarrow.Table]":
    """Yield all rows in order, in tables that end where a thread ends.

    Args:
        runs: The runs. Columns that only some of them have are null elsewhere.
        memory: How many bytes to take, unless a single thread needs more.
        rows: From how many rows on a table ends; fewer where they are long.
    """
    for low, high in itertools.pairwise(_borders(runs, min(memory // 2, _enough(runs)))):
        yield from _cut(_range(runs, low, high), rows)
        arrow().default_memory_pool().release_unused()


def _cut(table: "pyarrow.Table", rows: int) -> "Iterator[pyarrow.Table]":
    """Yield rows in order, in tables that end where a thread ends."""
    order = _order(table)
    keys = table["thread_id"].take(order).combine_chunks()
    rows = min(rows, _TABLE * len(keys) // table.nbytes + 1)
    start = 0
    for end in [*borders(keys), len(keys)]:
        if end - start >= rows or end == len(keys):
            yield table.take(order[start:end])
            start = end


def borders(keys: "pyarrow.Array") -> list[int]:
    """Return where another key begins."""
    pc = arrow().compute
    return [n + 1 for n in pc.indices_nonzero(pc.not_equal(keys[1:], keys[:-1])).to_pylist()]


def _order(rows: "pyarrow.Table") -> "pyarrow.Array":
    keys = [("thread_id", "ascending"), ("seq", "ascending")]
    return arrow().compute.sort_indices(rows, sort_keys=keys)


def _enough(runs: Sequence[Run]) -> int:
    """Return how many bytes a range needs for few batches to be read twice."""
    size = _BATCHES * sum(run.size / len(run.keys) for run in runs)
    return min(max(int(size), 2 * _TABLE), _LARGEST)


def _borders(runs: Sequence[Run], size: int) -> list[str | None]:
    """Return where ranges of about so many bytes begin, and None for the end."""
    batches = sorted((key, run.size / len(run.keys)) for run in runs for key in run.keys)
    begins: list[str | None] = []
    total = float(size)
    for key, bytes_of_batch in batches:
        if total >= size and key not in begins[-1:]:
            begins.append(key)
            total = 0
        total += bytes_of_batch
    return [*begins, None]


def _range(runs: Sequence[Run], low: str | None, high: str | None) -> "pyarrow.Table":
    """Return the rows from a key on, up to another."""
    pa = arrow()
    tables = [
        pa.Table.from_batches([batch])
        for run in runs
        for batch in _batches(run, low or "", high)
        if batch.num_rows
    ]
    return pa.concat_tables(tables, promote_options="default").combine_chunks()


def _batches(run: Run, low: str, high: str | None) -> "Iterator[pyarrow.RecordBatch]":
    pa = arrow()
    first = max(bisect_left(run.keys, low) - 1, 0)
    end = len(run.keys) if high is None else bisect_left(run.keys, high)
    if first >= end:
        return
    with pa.OSFile(run.path) as source:
        file = pa.ipc.open_file(source)
        for number in range(first, end):
            batch = file.get_batch(number)
            begin = _count_below(batch, low) if number == first else 0
            stop = batch.num_rows if high is None or number < end - 1 else _count_below(batch, high)
            yield batch.slice(begin, stop - begin)


def _count_below(batch: "pyarrow.RecordBatch", key: str) -> int:
    pc = arrow().compute
    count: int = pc.sum(pc.less(batch["thread_id"], key)).as_py()
    return count
