"""Provide `build`: files of any format, and dumps of any size, into a corpus."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from .. import formats
from .._io.encoding import to_text
from .._io.inputs import is_archive, open_path, plain
from ..errors import FieldError
from ..formats._registry import detected
from ..formats.pushshift import begins_with_item
from ..thread import Thread
from ._corpus import Corpus
from ._dump_spill import blocks, spill_all
from ._dump_threads import thread_all
from ._external_sort import Run
from ._keys import thread_key
from ._manifest import ROWS
from ._merging import settle
from ._schema import arrow
from ._write import Mode, add_all, expect_mode, refuse_existing
from ._writer import Writer, writing

_HEAD = 2**18
_DUMP = "pushshift"

_SIZE = re.compile(r"(\d+(?:\.\d+)?) *([KMGT])(i?)B", re.ASCII | re.IGNORECASE)
_OVERHEAD = 300_000_000
"""What the libraries and one row group take in a process, measured, and rounded up."""
_LEAST = 400_000_000

Progress = Callable[[str, int, int | None], object]
"""A function that reports progress. It gets the step, how much is done, and the total or None."""


def build(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    mode: Mode = "new",
    memory: str = "2GB",
    workers: int = 1,
    key: Callable[[Thread], str] = thread_key,
    progress: Progress | None = None,
) -> Corpus:
    """Build a corpus from files, and open it.

    A Reddit dump (one comment or post per line, see `discourse.formats`) may be of any size, with
    its lines in any order. Its rows are sorted on disk, and every thread is the one that
    `Thread.repair` builds from them. Other files are read with `discourse.stream`, and the parts of
    one thread are merged as `write` does with ``mode="merge"``.

    Args:
        paths: The files.
        path: The folder of the corpus.
        format: The format of the files. By default, it is detected for each file.
        mode: What to do with an existing corpus: see `write`.
        memory: The memory that the process takes for dumps, such as ``"4GB"``: at least
            ``"400MB"``. Temporary files in the folder take about half the size of the decompressed
            dump. Each thread must fit in memory, and so must a whole file if its format does not
            stream.
        workers: How many processes read the lines of dumps. Each takes up to 350 MB more.
        key: As for `write`, for files other than dumps.
        progress: A function that is called with the step, how much is done, and the total or None.

    Everything that was wrong is in the table of problems: nothing is dropped without a row there.
    See `Corpus.info`. Raises what `discourse.read` raises for a file that no format recognises.
    """
    expect_mode(mode)
    arrow()
    listed = [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(p) for p in paths]
    if not listed:
        raise FieldError("corpus", "build(paths)", paths, "must name a file")
    if workers < 1:
        raise FieldError("corpus", "build(workers)", workers, "must be a number from 1")
    spare = _byte_count(memory) - _OVERHEAD
    folder = Path(path)
    refuse_existing(folder, mode)
    told = progress or (lambda *_: None)
    dumps = [each for each in listed if _is_dump(each, format)]
    others = [each for each in listed if each not in dumps]
    with writing(folder, keep=mode in ("append", "merge")) as writer:
        if dumps:
            _add_dumps(writer, dumps, spare, workers, told)
        add_all(writer, _threads_of(writer, others, format, told), key)
        settle(writer, merges=mode != "append", memory=f"{spare // 10**6}MB")
    return Corpus(folder)


def _byte_count(memory: str) -> int:
    match = _SIZE.fullmatch(memory) if isinstance(memory, str) else None
    if match is None:
        raise FieldError("corpus", "build(memory)", memory, "must be a size such as '2GB'")
    number, unit, binary = match.groups()
    size = int(float(number) * (1024 if binary else 1000) ** ("KMGT".index(unit.upper()) + 1))
    if size < _LEAST:
        raise FieldError("corpus", "build(memory)", memory, "must be at least '400MB'")
    return size


def _is_dump(path: Path, format: str | None) -> bool:
    """Whether a file is a dump of Reddit with an item a line, which may be of any size."""
    if path.is_dir() or format not in (None, _DUMP):
        return False
    with open_path(path) as file:
        if is_archive(file.read(4)):
            return False
        file.seek(0)
        head = plain(file, None).read(_HEAD)
    if not begins_with_item(head):
        return False
    return format == _DUMP or detected(to_text(head)[0], str(path)).name == _DUMP


def _add_dumps(
    writer: Writer, paths: Sequence[Path], memory: int, workers: int, told: Progress
) -> None:
    rows = writer.folder / ROWS
    shutil.rmtree(rows, ignore_errors=True)
    rows.mkdir()
    try:
        lines = blocks(paths, lambda done, size: told("reading", done, size))
        comments: list[Run] = []
        posts: list[Run] = []
        for spilled in spill_all(rows, lines, workers):
            writer.rows += spilled.lines
            writer.tell_rows(spilled.problems)
            comments += [spilled.comments] if spilled.comments else []
            posts += [spilled.posts] if spilled.posts else []
        told("sorting", 0, None)
        thread_all(writer, comments, posts, memory, lambda done: told("writing", done, writer.rows))
    finally:
        shutil.rmtree(rows, ignore_errors=True)


def _threads_of(
    writer: Writer, paths: Sequence[Path], format: str | None, told: Progress
) -> Iterator[Thread]:
    """Yield the threads of files, and hand the problems of each to the writer."""
    for number, path in enumerate(paths):
        told("reading", number, len(paths))
        stream = formats.stream(path, format)
        for thread in stream:
            writer.tell(stream.problems)
            stream.problems.clear()
            yield thread
        writer.tell(stream.problems)
