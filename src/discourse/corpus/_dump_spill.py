"""Turn the lines of a dump into rows on the disk, on several processes."""

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from .._io.inputs import open_path, plain
from ..json import make_converter
from ..model import Comment, Source
from ..tables._columns import cells_of
from ._dump_rows import COLUMNS, Lines, rows_of
from ._problem_rows import ProblemRow
from ._rows import TREE
from ._schema import arrow, arrow_schema

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_BLOCK = 2**24
_FILE = 2**40  # more lines than a file has
_SOURCE = Source("pushshift", platform="reddit")
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
    """What became of a block."""

    rows: int
    problems: list[ProblemRow]


def spill(folder: Path, number: int, block: Block) -> Spilled:
    """Write the rows of a block to files in a folder."""
    lines = rows_of(block.data, block.first, block.source, block.seq, is_last=block.is_last)
    parquet = arrow().parquet
    for name, table in (("rows", _comment_table(lines)), ("posts", _post_table(lines))):
        if table is not None:
            path = folder / f"{name}-{number:06}.parquet"
            parquet.write_table(
                table, path, compression="lz4", use_dictionary=False, write_statistics=False
            )
    return Spilled(lines.rows, lines.problems)


def spill_schema() -> "pyarrow.Schema":
    """Return the schema of rows that are not in order yet."""
    pa = arrow()
    fields = [pa.field("thread_id", pa.string()), pa.field("seq", pa.int64())]
    fields += [pa.field("post", pa.string())]
    fields += [pa.field(each.name, each.type) for each in [*arrow_schema("comments")][len(TREE) :]]
    return pa.schema(fields)


def _comment_table(lines: Lines) -> "pyarrow.Table | None":
    pa = arrow()
    tables = []
    if lines.plain:
        columns = zip(*lines.plain, strict=True)
        tables.append(_table(dict(zip(COLUMNS, map(list, columns), strict=True))))
    if lines.comments:
        keys, seqs, posts, comments = map(list, zip(*lines.comments, strict=True))
        cells = {"thread_id": keys, "seq": seqs, "post": posts, **cells_of(Comment, comments)}
        tables.append(_table(cells))
    return pa.concat_tables(tables) if tables else None


def _table(cells: dict[str, Any]) -> "pyarrow.Table":
    pa = arrow()
    schema = spill_schema()
    count = len(cells["seq"])
    arrays = [
        pa.array(cells[field.name], field.type)
        if field.name in cells
        else pa.nulls(count, field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


def _post_table(lines: Lines) -> "pyarrow.Table | None":
    if not lines.posts:
        return None
    pa = arrow()
    texts = [json.dumps(_converter.unstructure(post)) for _, _, post in lines.posts]
    keys, seqs = ([post[n] for post in lines.posts] for n in (0, 1))
    return pa.table({"thread_id": keys, "seq": seqs, "post": texts}, schema=_post_schema())


def _post_schema() -> "pyarrow.Schema":
    pa = arrow()
    return pa.schema([("thread_id", pa.string()), ("seq", pa.int64()), ("post", pa.string())])


def spill_all(folder: Path, several: Iterator[Block], workers: int) -> Iterator[Spilled]:
    """Write the rows of all blocks, on several processes, and yield what became of each."""
    numbered = enumerate(several)
    if workers == 1:
        yield from (spill(folder, number, block) for number, block in numbered)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        running: deque[Future[Spilled]] = deque()
        for number, block in numbered:
            running.append(pool.submit(spill, folder, number, block))
            if len(running) > workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
