"""Settle what is written twice: merge the captures of one thread, or refuse them."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ..edit import merge
from ..errors import CorpusError, Problem, shown
from ..tables._schema import imported
from ..thread import Thread
from ._engine import connected, literal
from ._groups import opened
from ._manifest import SPILL, Part
from ._rows import Pair, to_pairs
from ._schema import TABLES, arrow, arrow_schema
from ._writer import GROUP, Writer

if TYPE_CHECKING:
    import duckdb  # type: ignore[import-not-found, unused-ignore]
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

MEMORY = "500MB"
"""The memory that sorting takes where nobody says otherwise."""
_WORKERS = 2  # threads of DuckDB, each of which needs memory of its own
_SHOWN = 5


def settle(writer: Writer, *, merges: bool, memory: str = MEMORY) -> None:
    """Commit what was written, each thread once."""
    writer.finish()
    parts = [*writer.base.parts, *writer.parts]
    with spilling(writer.folder, memory) as connection:
        repeated = _repeated(writer.folder, parts, connection)
        if len(repeated) and not merges:
            names = ", ".join(shown(key) for key in repeated[:_SHOWN].to_pylist())
            raise CorpusError(
                f"{len(repeated):,} threads would be in the corpus twice, such as {names}: "
                "mode='merge' makes one of several captures, key=... tells threads apart"
            )
        if len(repeated):
            parts = _merged_parts(writer, parts, repeated, connection)
    writer.commit(parts)


@contextmanager
def spilling(folder: Path, memory: str) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Give a connection that puts what does not fit in memory beside the corpus."""
    duckdb = imported("duckdb", "discourse.corpus", "corpus")
    spill = folder / SPILL
    connection = connected(memory=memory, workers=_WORKERS, spill=spill)
    try:
        yield connection
    except duckdb.OutOfMemoryException:
        what = f"DuckDB cannot sort in {memory}, its part of the memory: pass a larger memory="
        raise CorpusError(what) from None
    finally:
        connection.close()
        shutil.rmtree(spill, ignore_errors=True)


def _repeated(
    folder: Path, parts: list[Part], connection: "duckdb.DuckDBPyConnection"
) -> "pyarrow.Array":
    pa = arrow()
    if not parts:
        return pa.array([], pa.string())
    files = literal([str(folder / part.threads.path) for part in parts])
    query = f"select thread_id from read_parquet({files}) group by 1 having count(*) > 1 order by 1"  # noqa: S608 - quoted
    keys = connection.sql(query).to_arrow_table()["thread_id"]
    return keys.cast(pa.string()).combine_chunks()


def _merged_parts(
    writer: Writer,
    parts: list[Part],
    repeated: "pyarrow.Array",
    connection: "duckdb.DuckDBPyConnection",
) -> list[Part]:
    """Write the threads that several captures make, and return the parts with each thread once."""
    writer.parts = []
    captures = (
        pair
        for comments, threads in in_order(
            {
                "comments": [str(writer.folder / part.comments.path) for part in parts],
                "threads": [str(writer.folder / part.threads.path) for part in parts],
            },
            connection,
            only=repeated,
        )
        for pair in to_pairs(comments, threads)
    )
    for key, pairs in groupby(captures, key=itemgetter(0)):
        thread, problems = _merged(pairs)
        writer.tell(problems, key)
        writer.add((key, thread))
    for part in parts:
        _copy_without(writer, part, repeated)
    writer.end_part()
    kept = [part for part in parts if not _has_any(writer.folder, part, repeated)]
    return [*kept, *writer.parts]


def _merged(captures: Iterable[Pair]) -> tuple[Thread, list[Problem]]:
    problems: list[Problem] = []
    merged: Thread | None = None
    for _, thread in captures:
        if merged is None:
            merged = thread
        else:
            step = merge(merged, thread)
            merged = step.thread
            problems += step.problems
    assert merged is not None  # a group has members
    return merged, problems


def _has_any(folder: Path, part: Part, keys: "pyarrow.Array") -> bool:
    pa = arrow()
    table = opened(str(folder / part.threads.path)).read(columns=["thread_id"])
    return bool(pa.compute.any(pa.compute.is_in(table["thread_id"], keys)).as_py())


def _copy_without(writer: Writer, part: Part, keys: "pyarrow.Array") -> None:
    """Write the threads of a part again but for those of some keys, if it has any of them."""
    if not _has_any(writer.folder, part, keys):
        return
    writer.end_part()
    threads, comments = (
        opened(str(writer.folder / file.path)) for file in (part.threads, part.comments)
    )
    empty = comments.schema_arrow.empty_table()
    at = 0
    for number in range(threads.num_row_groups):
        heads = threads.read_row_group(number)
        rows = empty
        if sum(heads["comments"].to_pylist()):
            rows = comments.read_row_group(at)
            at += 1
        writer.write(*(_without(table, keys) for table in (rows, heads)))


def _without(table: "pyarrow.Table", keys: "pyarrow.Array") -> "pyarrow.Table":
    pc = arrow().compute
    return table.filter(pc.invert(pc.is_in(table["thread_id"], keys)))


# -- rows in order ---------------------------------------------------------------------------------


def in_order(
    paths: dict[str, list[str]],
    connection: "duckdb.DuckDBPyConnection",
    *,
    only: "pyarrow.Array | None" = None,
) -> "Iterator[tuple[pyarrow.Table, pyarrow.Table]]":
    """Yield comments and threads in order of the keys, whole threads; DuckDB sorts out of core.

    Args:
        paths: The files of ``comments`` and of ``threads``.
        connection: A connection for the sorting.
        only: The keys that are wanted, of which there may be several captures: they come in the
            order of the files, and in these the rows of a thread must follow each other. Without
            it all are wanted, once each, and the rows may be in any order.
    """
    streams = {}
    wanted = None if only is None else arrow().table({"thread_id": only})
    for table, files in paths.items():
        names = ", ".join(f'"{column.name}"' for column in TABLES[table])
        if only is not None:
            chosen = "where thread_id in (select thread_id from wanted)"
            order = f"list_position({literal(files)}, filename), file_row_number"
        else:
            chosen, order = "", "position" if table == "comments" else "thread_id"
        query = (  # our own names, and paths that are quoted
            f"select {names} from read_parquet({literal(files)}, filename = true, "  # noqa: S608
            f"file_row_number = true) {chosen} order by thread_id, {order}"
        )
        streams[table] = RowStream(connection, query, table, wanted=wanted)
    while threads := streams["threads"].take(GROUP // 8):
        counts = threads["comments"].to_pylist()
        start = 0
        while start < len(counts):
            end, rows = start, 0
            while end < len(counts) and rows < GROUP:
                rows += counts[end]
                end += 1
            yield streams["comments"].take(rows), threads.slice(start, end - start)
            start = end


class RowStream:
    """The rows of an answer, as many at a time as are asked for."""

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        query: str,
        table: str | None,
        *,
        wanted: "pyarrow.Table | None" = None,
    ) -> None:
        cursor = connection.cursor()
        if wanted is not None:
            cursor.register("wanted", wanted)
        self._reader = cursor.sql(query).to_arrow_reader(GROUP // 8)
        self._schema = self._reader.schema if table is None else arrow_schema(table)
        self._waiting = self._reader.schema.empty_table()

    def take(self, count: int) -> "pyarrow.Table":
        """Return the next rows, fewer at the end."""
        pa = arrow()
        batches = [self._waiting]
        have = self._waiting.num_rows
        while have < count:
            try:
                batch = pa.Table.from_batches([self._reader.read_next_batch()])
            except StopIteration:
                break
            batches.append(batch)
            have += batch.num_rows
        table = pa.concat_tables(batches)
        self._waiting = table.slice(count)
        taken: pyarrow.Table = table.slice(0, count).cast(self._schema)
        return taken
