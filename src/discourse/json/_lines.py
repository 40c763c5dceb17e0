r"""Many threads in one file, a document a line: `iter_jsonl`, `write_jsonl`, `append_jsonl`.

A line ends with ``\n`` and with nothing else: what other characters end a line elsewhere stand in
people's texts. Memory is that of one line, however long the file.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeAlias

from .._io.files import FilePath, Opened, expect_file, opened, replacing, sync_folder
from ..errors import DecodeError, DiscourseError, FieldError, LimitError, Place, Problem
from ..thread import Thread
from ._documents import OnUnknown, Report, encode, loads
from ._problems import KEPT

MAX_LINE_BYTES = 2**28
"""How long a line may be, unless the caller says otherwise: 256 MiB."""

Progress: TypeAlias = Callable[[int, int | None], object]
"""What is called with the bytes read of a file, and how many it has, where that is known."""

_PROGRESS_EVERY = 2**20
_SKIP = 2**20


class JsonLines(Iterator[Thread]):
    """The threads of a JSON Lines file, one after another, and what was wrong with the others.

    It is its own context manager, which closes the file; the end of the iteration does so too.
    """

    def __init__(self, threads: "Iterator[Thread | Problem]", report: Report | None) -> None:
        self.problems: list[Problem] = []
        """The problems met so far: the first hundred."""
        self.problem_count = 0
        """How many there were."""
        self._items = threads
        self._report = report

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Thread:
        for item in self._items:
            if isinstance(item, Thread):
                return item
            self._tell(item)
        raise StopIteration

    def _tell(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < KEPT:
            self.problems.append(problem)
        if self._report is not None:
            self._report(problem)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, where it was opened here."""
        close: Callable[[], None] = getattr(self._items, "close", lambda: None)
        close()


def iter_jsonl(
    source: FilePath | IO[bytes],
    *,
    on_error: Literal["report", "raise"] = "report",
    on_unknown: OnUnknown = "error",
    report: Report | None = None,
    progress: Progress | None = None,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> JsonLines:
    """Return an iterator over the threads of a JSON Lines file.

    Args:
        source: A path, or a file open in binary mode, plain or packed with gzip or Zstandard.
        on_error: What to do with a line that is no document: ``"report"`` tells it, with its
            number, and goes on; ``"raise"`` raises the error.
        on_unknown: As for `loads`.
        report: Called with each `Problem`; the first hundred are in ``problems`` besides.
        progress: Called after each mebibyte and at the end, with the bytes read of the file (as
            it is, packed or not) and its size, or None.
        max_line_bytes: How long a line may be; a longer one is told, and passed over.

    Lines of white space are passed over. The last line needs no newline; one that was cut off, and
    a packed file that ends too early, are problems like others.
    """
    if on_error not in ("report", "raise"):
        raise FieldError("json", "on_error", on_error, "must be 'report' or 'raise'")
    expect_file(source, "read")
    items = _items(source, on_error, on_unknown, progress, max_line_bytes)
    return JsonLines(items, report)


def _items(
    source: FilePath | IO[bytes],
    on_error: str,
    on_unknown: OnUnknown,
    progress: Progress | None,
    longest: int,
) -> Iterator[Thread | Problem]:
    with opened(source) as file:
        reported = 0
        for place, line in _cut(file, longest):
            kept: list[Problem] = []
            thread = None
            try:
                if isinstance(line, DiscourseError):
                    raise line
                thread = loads(line, on_unknown=on_unknown, report=kept.append)
            except (DecodeError, LimitError) as error:
                if on_error == "raise":
                    raise type(error)(error.message, _within(error.place, place)) from None
                kept.append(_broken(error, place))
            for problem in kept:
                where = _within(problem.place, place)
                yield Problem(problem.kind, problem.message, problem.ids, problem.values, where)
            if thread is not None:
                yield thread
            if progress is not None and file.raw.taken - reported >= _PROGRESS_EVERY:
                reported = file.raw.taken
                progress(reported, file.raw.total)
        if progress is not None:
            progress(file.raw.taken, file.raw.total)


def _cut(file: Opened, longest: int) -> Iterator[tuple[Place, bytes | DiscourseError]]:
    """Yield each line that is not blank with its place, or why it cannot be had."""
    number = start = 0
    while True:
        number += 1
        place = Place(source=file.raw.name, line=number, offset=start)
        try:
            line = file.readline(longest + 1)
            start += len(line)
            if len(line) > longest and not line.endswith(b"\n"):
                start += _skip_line(file)
                yield place, LimitError(f"a line of more than {longest:,} bytes", place)
                continue
        except DecodeError as error:  # a packed file that is cut or damaged: nothing comes after
            yield place, error
            return
        if not line:
            return
        if not line.isspace():
            yield place, line


def _skip_line(file: Opened) -> int:
    """Read to the end of a line without keeping it, and return how many bytes that was."""
    skipped = 0
    while part := file.readline(_SKIP):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _broken(error: DecodeError | LimitError, place: Place) -> Problem:
    if isinstance(error, LimitError):
        return Problem("too-long", f"{error.message}: passed over", place=place)
    where = error.place.path if error.place is not None else None
    reason = error.message.partition("\n")[0]
    message = (
        f"this line is no document: {where}: {reason}"
        if where
        else (f"this line is no document: {reason}")
    )
    return Problem("broken-line", message, place=error.place)


def _within(inner: Place | None, line: Place) -> Place:
    """Return the place in the file of what stands at *inner* in a line."""
    if inner is None:
        return line
    offset = (
        line.offset if inner.offset is None or line.offset is None else (line.offset + inner.offset)
    )
    return Place(
        source=line.source, line=line.line, column=inner.column, offset=offset, path=inner.path
    )


def write_jsonl(threads: Iterable[Thread], target: FilePath | IO[bytes]) -> int:
    """Write threads as a JSON Lines file, one a line, and return how many there were.

    Args:
        threads: What to write; each is asked for when the one before is written.
        target: A path, replaced in one step as `dump` does, and packed as its suffix says
            (``.gz``, ``.zst``); or a file open in binary mode.
    """
    _expect_several(threads, "write_jsonl")
    expect_file(target, "write")
    if isinstance(target, str | os.PathLike):
        with replacing(target) as file:
            return _write_lines(threads, file)
    return _write_lines(threads, target)


def _expect_several(threads: object, name: str) -> None:
    if isinstance(threads, Thread):
        raise TypeError(f"must be threads, not one: discourse.json.{name}([thread], ...) takes it")


def _write_lines(threads: Iterable[Thread], file: IO[bytes]) -> int:
    count = 0
    for thread in threads:
        file.write(encode(thread) + b"\n")
        count += 1
    return count


def append_jsonl(threads: Iterable[Thread], path: FilePath) -> int:
    """Add threads to the end of a JSON Lines file, and return how many there were.

    The file is made where there is none. Each line is written at once, and brought to the disk
    before the call returns. Where a line cannot be written whole, it is taken back. A last line
    that was cut off earlier is ended, so that it stays one broken line and the next is whole.
    Files that are packed are refused: a cut in them would take all that comes after.
    """
    _expect_several(threads, "append_jsonl")
    if os.fspath(path).endswith((".gz", ".zst")):
        raise FieldError("json", "append_jsonl(path)", os.fspath(path), "must not be packed")
    is_new = not Path(path).exists()
    count = 0
    with Path(path).open("a+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":
                _add(file, b"\n")
        for thread in threads:
            _add(file, encode(thread) + b"\n")
            count += 1
        os.fsync(file.fileno())
    if is_new:
        sync_folder(Path(path).resolve().parent)
    return count


def _add(file: io.FileIO, line: bytes) -> None:
    """Write all of *line* at the end, or nothing of it."""
    end = file.seek(0, os.SEEK_END)
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[file.write(rest) :]
    except BaseException:
        with suppress(OSError):
            file.truncate(end)
        raise
