r"""Many threads in one file, one document per line: `iter_jsonl`, `write_jsonl`, `append_jsonl`.

Only ``\n`` ends a line: other line separators occur in people's texts. One line is in memory at a
time.
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
"""The default limit of the length of a line: 256 MiB."""

Progress: TypeAlias = Callable[[int, int | None], object]
"""A function that is called with the bytes read so far and the size of the file, or None."""

_PROGRESS_EVERY = 2**20
_SKIP = 2**20


class JsonLines(Iterator[Thread]):
    """An iterator over the threads of a JSON Lines file, with the problems so far.

    It closes the file at the end of the iteration. It is also a context manager that does so.
    """

    def __init__(self, threads: "Iterator[Thread | Problem]", report: Report | None) -> None:
        self.problems: list[Problem] = []
        """The first hundred problems."""
        self.problem_count = 0
        """The number of all problems so far."""
        self._items = threads
        self._report = report

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Thread:
        for item in self._items:
            if isinstance(item, Thread):
                return item
            self._add(item)
        raise StopIteration

    def _add(self, problem: Problem) -> None:
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
        """Close the file if it was opened here."""
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
        source: A path or an open binary file, plain or compressed with gzip or Zstandard.
        on_error: What to do with a line that is not a document: ``"report"`` reports it, with its
            number, and continues; ``"raise"`` raises the error.
        on_unknown: As for `loads`.
        report: Called with each `Problem`. The first hundred are in ``problems`` too.
        progress: Called after each mebibyte and at the end, with the bytes read so far (compressed
            bytes for a compressed file) and the size of the file, or None.
        max_line_bytes: The longest line. Longer ones are reported and skipped.

    Blank lines are skipped. The last line needs no newline. A truncated line, or a truncated
    compressed file, is a problem like any other.
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
            problems: list[Problem] = []
            thread = None
            try:
                if isinstance(line, DiscourseError):
                    raise line
                thread = loads(line, on_unknown=on_unknown, report=problems.append)
            except (DecodeError, LimitError) as error:
                if on_error == "raise":
                    raise type(error)(error.message, _within(error.place, place)) from None
                problems.append(_broken(error, place))
            for problem in problems:
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
    """Yield each line that is not blank, or the error of reading it, with its place."""
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
        except DecodeError as error:  # a truncated or damaged compressed file cannot be read on
            yield place, error
            return
        if not line:
            return
        if not line.isspace():
            yield place, line


def _skip_line(file: Opened) -> int:
    """Skip to the end of a line, and return the number of bytes skipped."""
    skipped = 0
    while part := file.readline(_SKIP):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _broken(error: DecodeError | LimitError, place: Place) -> Problem:
    if isinstance(error, LimitError):
        return Problem("too-long", f"{error.message}: skipped", place=place)
    where = error.place.path if error.place is not None else None
    reason = error.message.partition("\n")[0]
    message = f"not a document: {where}: {reason}" if where else f"not a document: {reason}"
    return Problem("broken-line", message, place=error.place)


def _within(inner: Place | None, line: Place) -> Place:
    """Return the place in the file of the place *inner* in a line."""
    if inner is None:
        return line
    offset = (
        line.offset if inner.offset is None or line.offset is None else (line.offset + inner.offset)
    )
    return Place(
        source=line.source, line=line.line, column=inner.column, offset=offset, path=inner.path
    )


def write_jsonl(threads: Iterable[Thread], target: FilePath | IO[bytes]) -> int:
    """Write threads as a JSON Lines file, one per line, and return their number.

    Args:
        threads: The threads. An iterator is consumed one thread at a time.
        target: A path, whose file is replaced atomically like by `dump` and compressed if the
            suffix is ``.gz`` or ``.zst``; or an open binary file.
    """
    _expect_several(threads, "write_jsonl")
    expect_file(target, "write")
    if isinstance(target, str | os.PathLike):
        with replacing(target) as file:
            return _write_lines(threads, file)
    return _write_lines(threads, target)


def _expect_several(threads: object, name: str) -> None:
    if isinstance(threads, Thread):
        raise TypeError(f"must be an iterable of threads: discourse.json.{name}([thread], ...)")


def _write_lines(threads: Iterable[Thread], file: IO[bytes]) -> int:
    count = 0
    for thread in threads:
        file.write(encode(thread) + b"\n")
        count += 1
    return count


def append_jsonl(threads: Iterable[Thread], path: FilePath) -> int:
    """Append threads to a JSON Lines file, and return their number.

    The file is created if it does not exist. Each line is written unbuffered, and all are synced to
    disk before the call returns. A line that cannot be written completely is removed again. If the
    last line of the file has no newline, one is added first: a line truncated earlier damages no
    other. Compressed files are refused, because damage to one loses everything after it.
    """
    _expect_several(threads, "append_jsonl")
    if os.fspath(path).endswith((".gz", ".zst")):
        raise FieldError("json", "append_jsonl(path)", os.fspath(path), "must not be compressed")
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
    """Write the whole *line* at the end, or nothing."""
    end = file.seek(0, os.SEEK_END)
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[file.write(rest) :]
    except BaseException:
        with suppress(OSError):
            file.truncate(end)
        raise
