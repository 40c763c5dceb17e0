"""Write the files of a corpus in row groups, and put them in place in one step."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ._manifest import NAME, File, Manifest, Part, described, load, locked, save, sweep
from ._problem_rows import ProblemRow, problem_cells
from ._rows import Pair, table_of, to_tables
from ._schema import arrow, arrow_schema

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

GROUP = 65_536
"""From how many comments on a row group ends, at the end of a thread."""
GROUP_THREADS = 16_384
"""A row group ends at this number of threads, however few comments they have."""
_PART = 4_000_000
"""From how many comments on a new file begins."""
_PROBLEMS = 10_000
_PAGE = 2**22
"""The bytes of a page: texts compress better in larger pages than in those of 1 MiB."""
_ENCODINGS = {
    "text": "DELTA_LENGTH_BYTE_ARRAY",
    "id": "DELTA_BYTE_ARRAY",
    "parent_id": "DELTA_BYTE_ARRAY",
    "article_id": "DELTA_BYTE_ARRAY",
    "url": "DELTA_BYTE_ARRAY",
}
"""How to write columns whose values mostly differ, for which a dictionary is a waste."""


class Writer:
    """Writes parts and problems into the folder of a corpus; nothing counts before `commit`."""

    def __init__(self, folder: Path, base: Manifest, *, digests: bool = False) -> None:
        self.folder = folder
        self.base = base
        self.parts: list[Part] = []
        """The parts that were written."""
        self.rows = 0
        """How many rows of dumps were read."""
        self._digests = digests
        self._pairs: list[Pair] = []
        self._comments = 0
        self._files: dict[str, tuple[str, Any]] = {}
        self._rows: dict[str, int] = {}
        self._problems: list[ProblemRow] = []
        self._problem_files: list[File] = []

    # -- threads ---------------------------------------------------------------------------------

    def add(self, pair: Pair) -> None:
        """Take a thread."""
        self._pairs.append(pair)
        self._comments += len(pair[1].comments)
        if self._comments >= GROUP or len(self._pairs) >= GROUP_THREADS:
            self.flush()

    def flush(self) -> None:
        """Write the threads at hand as a row group."""
        if self._pairs:
            self.write(*to_tables(self._pairs, digests=self._digests))
            self._pairs, self._comments = [], 0

    def write(self, comments: "pyarrow.Table", threads: "pyarrow.Table") -> None:
        """Write a row group of whole threads and their comments."""
        for name, table in (("comments", comments), ("threads", threads)):
            if not self._files.get(name):
                self._open(name)
            if table.num_rows:
                self._files[name][1].write_table(table, row_group_size=table.num_rows)
                self._rows[name] += table.num_rows
        if self._rows["comments"] >= _PART:
            self.end_part()

    def _open(self, table: str) -> None:
        name = f"{os.urandom(8).hex()}.parquet"
        path = self.folder / table / name
        path.parent.mkdir(exist_ok=True)
        schema = arrow_schema(table)
        writer = arrow().parquet.ParquetWriter(
            path,
            schema,
            compression="zstd",
            compression_level=4,
            data_page_size=_PAGE,
            use_dictionary=[column for column in schema.names if column not in _ENCODINGS],
            column_encoding={
                column: encoding
                for column, encoding in _ENCODINGS.items()
                if column in schema.names
            },
        )
        self._files[table] = (name, writer)
        self._rows[table] = 0

    def _close(self, table: str) -> File:
        name, writer = self._files.pop(table)
        writer.close()
        return described(self.folder, table, name, self._rows.pop(table))

    def end_part(self) -> None:
        """End the files of the part at hand."""
        self.flush()
        if self._files.get("threads"):
            self.parts.append(Part(self._close("threads"), self._close("comments")))

    # -- problems --------------------------------------------------------------------------------

    def tell(self, problems: Iterable[Problem], thread_id: str | None = None) -> None:
        """Take problems of a thread."""
        self.tell_rows(ProblemRow(problem, thread_id) for problem in problems)

    def tell_rows(self, rows: Iterable[ProblemRow]) -> None:
        """Take problems."""
        for row in rows:
            self._problems.append(row)
            if len(self._problems) >= _PROBLEMS:
                self._write_problems()

    def _write_problems(self) -> None:
        if self._problems:
            if not self._files.get("problems"):
                self._open("problems")
            table = table_of("problems", problem_cells(self._problems))
            self._files["problems"][1].write_table(table)
            self._rows["problems"] += table.num_rows
            self._problems = []

    # -- the end ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """End all files."""
        self.end_part()
        self._write_problems()
        if self._files.get("problems"):
            self._problem_files.append(self._close("problems"))

    def commit(self, parts: Iterable[Part]) -> Manifest:
        """Put the manifest in place: the corpus then is these parts, and all problems so far."""
        self.finish()
        manifest = Manifest(
            tuple(parts), (*self.base.problems, *self._problem_files), self.base.rows + self.rows
        )
        save(self.folder, manifest)
        return manifest

    def abandon(self) -> None:
        """Close what is open, so that it can be removed."""
        for _, writer in self._files.values():
            writer.close()
        self._files.clear()


@contextmanager
def writing(folder: Path, *, keep: bool, digests: bool = False) -> Iterator[Writer]:
    """Give a writer of a folder that nobody else writes to; remove what it wrote if it fails.

    Args:
        folder: The folder.
        keep: Whether what is there stays a part of the corpus.
        digests: Whether to compute the digest of each thread.
    """
    is_new = not folder.exists()
    try:
        with locked(folder):
            there = load(folder) if (folder / NAME).exists() else Manifest()
            sweep(folder, there)
            writer = Writer(folder, there if keep else Manifest(), digests=digests)
            try:
                yield writer
            except BaseException:
                writer.abandon()
                sweep(folder, there)
                raise
            sweep(folder, there, load(folder))
    except BaseException:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise
