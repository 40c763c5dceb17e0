"""Provide `register`: the data source ``discourse``, which reads files of every format."""

import glob
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import formats
from ..corpus._keys import thread_key
from ..corpus._problem_rows import ProblemRow, problem_cells
from ..corpus._rows import Pair, table_of, to_tables
from ..corpus._schema import TABLES
from ..errors import FieldError, Problem
from ..tables._schema import imported
from ..thread import Thread
from ._sql_views import ddl

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001
    import pyspark.sql  # type: ignore[import-not-found, unused-ignore]

_OPTIONS = {"path", "table", "format"}
_ROWS = 8_192
"""From how many comments, threads or problems on rows are handed to Spark."""


def register(session: "pyspark.sql.SparkSession") -> None:
    """Make ``session.read.format("discourse")`` read files of every format of `discourse.read`.

    The frame has the rows and the schema of a table of a corpus. One file is one partition, read
    with `discourse.stream`. Options:

    - ``table``: ``comments`` (the default), ``threads`` or ``problems``.
    - ``format``: the name of the format, which is detected otherwise.

    The path is a file, a folder or a pattern such as ``"saved/*.xml"``, which every worker must see
    under the same name. Of a folder, all files in it are read, except those that begin with ``.``
    or ``_``.
    """
    session.dataSource.register(_source_class())


@cache
def _source_class() -> type[Any]:
    """Return the class of the data source, whose bases are there only where PySpark is."""
    base = imported("pyspark.sql.datasource", "discourse.spark", "spark")

    class Reader(base.DataSourceReader):  # type: ignore[misc, name-defined, unused-ignore]
        def __init__(self, options: dict[str, str]) -> None:
            self.options = options

        def partitions(self) -> list[Any]:
            return [base.InputPartition(path) for path in _files(self.options.get("path"))]

        def read(self, partition: Any) -> "Iterator[pyarrow.RecordBatch]":  # noqa: ANN401 - Spark's
            return _batches(partition.value, _table(self.options), self.options.get("format"))

    class DiscourseSource(base.DataSource):  # type: ignore[misc, name-defined, unused-ignore]
        @classmethod
        def name(cls) -> str:
            return "discourse"

        def schema(self) -> str:
            return ddl(TABLES[_table(self.options)])

        def reader(self, schema: object) -> Reader:  # noqa: ARG002 - Spark passes it
            return Reader(dict(self.options))

    return DiscourseSource


def _table(options: Mapping[str, str]) -> str:
    unknown = sorted(options.keys() - _OPTIONS)
    if unknown:
        wanted = f"must be one of {', '.join(sorted(_OPTIONS))}"
        raise FieldError("spark", "option", unknown[0], wanted)
    table = options.get("table", "comments")
    if table not in TABLES:
        raise FieldError("spark", "table", table, f"must be one of {', '.join(TABLES)}")
    return table


def _batches(path: str, table: str, format: str | None) -> "Iterator[pyarrow.RecordBatch]":
    """Yield the rows that a file has for a table."""
    stream = formats.stream(path, format)
    if table == "problems":
        yield from _problem_batches(stream)
        return
    for pairs in _grouped(stream):
        comments, threads = to_tables(pairs, digests=table == "threads")
        yield from (comments if table == "comments" else threads).to_batches(_ROWS)


def _files(path: str | None) -> list[str]:
    """Return the files that a path, a folder or a pattern means, in order."""
    if not path:
        raise FieldError("spark", "path", path, "must be one file, folder or pattern: load(path)")
    if "://" in path:
        raise FieldError("spark", "path", path, "must be on a disk that every worker sees")
    if Path(path).is_file():
        return [path]
    found = Path(path).iterdir() if Path(path).is_dir() else map(Path, glob.glob(path))  # noqa: PTH207
    files = sorted(str(each) for each in found if each.is_file() and each.name[0] not in "._")
    if not files:
        raise FieldError("spark", "path", path, "is no file, and no folder or pattern of files")
    return files


def _grouped(threads: Iterable[Thread]) -> Iterator[list[Pair]]:
    """Yield the threads and their keys in groups, each of which is turned into rows at once."""
    pairs: list[Pair] = []
    size = 0
    for thread in threads:
        pairs.append((thread_key(thread), thread))
        size += 1 + len(thread.comments)
        if size >= _ROWS:
            yield pairs
            pairs, size = [], 0
    if pairs:
        yield pairs


def _problem_batches(stream: formats.Stream) -> "Iterator[pyarrow.RecordBatch]":
    """Yield the rows of the problems of a file, in the memory of some of them."""
    problems: list[Problem] = []
    for _ in stream:
        problems += stream.problems
        stream.problems.clear()
        if len(problems) >= _ROWS:
            yield from _rows_of(problems)
            problems = []
    yield from _rows_of(problems + stream.problems)


def _rows_of(problems: list[Problem]) -> "list[pyarrow.RecordBatch]":
    cells = problem_cells([ProblemRow(problem) for problem in problems])
    batches: list[pyarrow.RecordBatch] = table_of("problems", cells).to_batches()
    return batches
