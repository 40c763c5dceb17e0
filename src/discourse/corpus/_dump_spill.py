"""Turn the lines of a dump into sorted rows on the disk, on several processes."""

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from .._io.inputs import open_path, plain
from ..errors import CorpusError
from ..json import make_converter
from ..model import Comment
from ..tables._columns import cells_of
from ._dump_rows import COLUMNS, Lines, rows_of
from ._external_sort import Run, write_run
from ._problem_rows import ProblemRow
from ._processes import BROKEN
from ._schema import arrow, arrow_schema

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_BLOCK = 2**21
_BLOCKS = 8  # whose rows are one run
_FILE = 2**40  # more lines than a file has
_converter = make_converter()

# -- lines to rows on the disk ---------------------------------------------------------------------


class Block(NamedTuple):
    """Whole lines of a file."""

    data: bytes
    first: int
    """The number of the first line, from 1."""
    source: str
    seq: int
    is_last: bool


def blocks(paths: Sequence[Path], told: Callable[[int, int], object]) -> Iterator[Block]:
    """Yield the lines of files; *told* is called with the bytes read so far and in all."""
    sizes = [path.stat().st_size for path in paths]
    for number, path in enumerate(paths):
        with open_path(path) as file:
            for block in _blocks_of(plain(file, None), str(path), number * _FILE):
                told(sum(sizes[:number]) + file.tell(), sum(sizes))
                yield block


def _blocks_of(file: IO[bytes], source: str, seq: int) -> Iterator[Block]:
    rest, first = b"", 1
    while piece := file.read(_BLOCK):
        end = piece.rfind(b"\n") + 1
        if not end:
            rest += piece
            continue
        block = rest + piece[:end]
        yield Block(block, first, source, seq, is_last=False)
        first += block.count(b"\n")
        rest = piece[end:]
    if rest:
        yield Block(rest, first, source, seq, is_last=True)


class Spilled(NamedTuple):
    """What several blocks hold."""

    lines: int
    """How many lines are not blank."""
    problems: list[ProblemRow]
    comments: Run | None
    """The rows of comments."""
    posts: Run | None
    """The rows of posts."""


def spill_all(folder: Path, several: Iterator[Block], workers: int) -> Iterator[Spilled]:
    """Write the rows of all blocks to files in a folder, on several processes."""
    several = iter(several)
    tasks = enumerate(iter(lambda: list(islice(several, _BLOCKS)), []))
    if workers == 1:
        yield from (_spill(folder, number, blocks) for number, blocks in tasks)
        return
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            running: deque[Future[Spilled]] = deque()
            for number, blocks in tasks:
                running.append(pool.submit(_spill, folder, number, blocks))
                if len(running) > workers:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
    except BrokenProcessPool as error:
        raise CorpusError(BROKEN) from error


def _spill(folder: Path, number: int, several: Sequence[Block]) -> Spilled:
    comments: list[pyarrow.Table] = []
    posts: list[pyarrow.Table] = []
    problems: list[ProblemRow] = []
    count = 0
    for block in several:
        lines = rows_of(block.data, block.first, block.source, block.seq, is_last=block.is_last)
        comments += _comment_tables(lines)
        posts += _post_tables(lines)
        problems += lines.problems
        count += lines.rows
    name = f"{number:06}.arrow"
    return Spilled(
        count,
        problems,
        _run(comments, folder / f"comments-{name}"),
        _run(posts, folder / f"posts-{name}"),
    )


def _run(tables: "list[pyarrow.Table]", path: Path) -> Run | None:
    if not tables:
        return None
    return write_run(arrow().concat_tables(tables, promote_options="default"), path)


def _comment_tables(lines: Lines) -> "Iterator[pyarrow.Table]":
    if lines.plain:
        columns = map(list, zip(*lines.plain, strict=True))
        yield _table(dict(zip(COLUMNS, columns, strict=True)))
    if lines.comments:
        keys, seqs, posts, comments = map(list, zip(*lines.comments, strict=True))
        cells = {"thread_id": keys, "seq": seqs, "post": posts}
        yield _table(cells | cells_of(Comment, comments))


def _post_tables(lines: Lines) -> "Iterator[pyarrow.Table]":
    if lines.posts:
        keys, seqs, articles = map(list, zip(*lines.posts, strict=True))
        texts = [json.dumps(_converter.unstructure(article)) for article in articles]
        yield _table({"thread_id": keys, "seq": seqs, "post": texts})


def _table(cells: dict[str, list[Any]]) -> "pyarrow.Table":
    """Return rows without the columns that are null in most dumps and here as well."""
    pa = arrow()
    types = {field.name: field.type for field in arrow_schema("comments")}
    types |= {"seq": pa.int64(), "post": pa.string()}
    return pa.table(
        {
            name: pa.array(column, types[name])
            for name, column in cells.items()
            if name in COLUMNS or (name in types and column.count(None) < len(column))
        }
    )
