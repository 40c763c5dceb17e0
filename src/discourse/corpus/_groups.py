"""The row groups of a corpus: whole threads and their comments, which need no other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import CorpusError, FieldError
from ._manifest import Manifest
from ._rows import WRITTEN_BY_ANOTHER, Pair, to_pairs
from ._schema import COMMENTS, arrow

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

ALWAYS = ("thread_id", "position", "thread_size", "id", "parent_id")


@attrs.frozen
class Group:
    """One row group of threads, and the row group of their comments."""

    threads: str
    """The file of the threads."""
    comments: str
    """The file of the comments."""
    number: int
    """Which row group of the threads it is."""
    of_comments: int | None
    """Which row group of the comments it is; None where the threads have none."""
    only: frozenset[str] | None = None
    """The keys of the threads that are wanted; None: all."""
    columns: tuple[str, ...] | None = None
    """The columns of comments to read; None: all."""


def groups_of(
    folder: Path,
    manifest: Manifest,
    only: frozenset[str] | None = None,
    columns: Sequence[str] | None = None,
) -> Iterator[Group]:
    """Yield the row groups in which wanted threads are, in order."""
    names = None if columns is None else _expect_columns(columns)
    for part in manifest.parts:
        paths = str(folder / part.threads.path), str(folder / part.comments.path)
        threads, comments = map(opened, paths)
        of_comments = 0
        for number in range(threads.num_row_groups):
            table = threads.read_row_group(number, columns=["thread_id", "comments"])
            count = sum(table["comments"].to_pylist())
            wanted = None if only is None else only.intersection(table["thread_id"].to_pylist())
            if wanted is None or wanted:
                at = of_comments if count else None
                yield Group(*paths, number, at, wanted, names)
            if count:
                _expect_rows(comments, of_comments, count)
                of_comments += 1
        if of_comments != comments.num_row_groups:
            raise CorpusError(f"{paths[1]} has rows of no thread: {WRITTEN_BY_ANOTHER}")


def opened(path: str) -> Any:  # noqa: ANN401 - a file of pyarrow
    """Return a Parquet file, open; raise `CorpusError` for what is none."""
    pa = arrow()
    try:
        return pa.parquet.ParquetFile(path)
    except FileNotFoundError:
        raise CorpusError(f"{path} is not here, which the manifest names") from None
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{path} cannot be read: {error}") from None


def _expect_columns(columns: Sequence[str]) -> tuple[str, ...]:
    names = {column.name for column in COMMENTS}
    for name in columns:
        if isinstance(columns, str) or name not in names:
            wanted = "must be columns of the table of comments"
            raise FieldError("corpus", "columns", columns, wanted)
    return (*ALWAYS, *(name for name in columns if name not in ALWAYS))


def _expect_rows(file: Any, number: int, count: int) -> None:  # noqa: ANN401 - of pyarrow
    groups = file.num_row_groups
    if number >= groups or file.metadata.row_group(number).num_rows != count:
        raise CorpusError(f"row groups do not end where threads end: {WRITTEN_BY_ANOTHER}")


def pairs(group: Group) -> Iterator[Pair]:
    """Yield the keys and the threads of a row group."""
    pa = arrow()
    try:
        threads = opened(group.threads).read_row_group(group.number)
        file = opened(group.comments)
        columns = None if group.columns is None else list(group.columns)
        if group.of_comments is None:
            comments = file.schema_arrow.empty_table()
        else:
            comments = file.read_row_group(group.of_comments, columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{group.comments} cannot be read: {error}") from None
    if group.only is not None and len(group.only) < threads.num_rows:
        keys = pa.array(sorted(group.only), pa.string())
        threads, comments = (_of(table, keys) for table in (threads, comments))
    return to_pairs(comments, threads)


def _of(table: "pyarrow.Table", keys: "pyarrow.Array") -> "pyarrow.Table":
    return table.filter(arrow().compute.is_in(table["thread_id"], keys))
