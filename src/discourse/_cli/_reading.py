"""Read the threads of a file one by one, or all at once."""

import argparse
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar, cast

from .. import formats
from .._io.inputs import open_path
from .._zones import zone_of
from ..errors import FieldError, ParseError, Problem, shown
from ..formats import Reading
from ..formats._registry import names, unknown
from ..thread import Thread
from ._command import UsageError
from ._printing import counted, report
from ._progress import watched, watched_files

_T = TypeVar("_T")

_PIECE = 65_536
_NAMED = 5  # files that an error names


class Source(Protocol):
    """A source of threads, such as a `formats.Stream`."""

    problems: list[Problem]
    problem_count: int

    def __next__(self) -> Thread: ...


class Input(Iterator[Thread]):
    """The threads of an input, one after another; its problems are complete at the end."""

    def __init__(
        self,
        stream: Source,
        before_each: Callable[[], None],
        wanted: int | None = None,
    ) -> None:
        self.stream = stream
        """The source of the threads, which has the problems."""
        self._before_each = before_each
        self.wanted = wanted
        """The number of the selected thread, or None for all."""
        self.count = 0
        """How many threads have come, including those not selected."""
        self.comments = 0
        """How many comments the selected threads had."""

    def __next__(self) -> Thread:
        for thread in self._all():
            self.count += 1
            if self.wanted in {None, self.count}:
                self.comments += len(thread)
                return thread
        if self.wanted is not None and self.count < self.wanted:
            raise _no_thread(self.wanted)
        raise StopIteration

    def _all(self) -> Iterator[Thread]:
        while True:
            try:
                thread = next(self.stream, None)
            finally:
                self._before_each()
            if thread is None:
                return
            yield thread

    def numbered(self, results: Iterator[_T]) -> Iterator[tuple[_T, int | None]]:
        """Yield the result for each thread, with its number if there are several threads.

        The first result waits for the second thread, or for the end of the input or an error.
        """
        first: list[_T] = []
        try:
            for each in results:
                number = self.count
                if number == 1 and self.wanted is None:
                    first.append(each)
                    continue
                while first:
                    yield first.pop(), 1
                yield each, None if self.wanted else number
        finally:
            if first and sys.exc_info()[0] is not GeneratorExit:
                yield first.pop(), 1 if self.count > 1 else None

    def report(self) -> None:
        """Report on stderr what the output lacks."""
        report_counts(self.count, self.stream.problem_count)


def report_counts(threads: int, problems: int) -> None:
    """Report on stderr that there was no thread, or that there were problems."""
    if not threads:
        report("no thread in this input")
    if problems:
        report(f"{counted(problems, 'problem')}; see discourse check")


@contextmanager
def opened(options: argparse.Namespace, *, prints: bool = True) -> Iterator[Input]:
    """Open FILE and yield its threads, or the one of --thread, one by one if the format allows it.

    Args:
        options: The command line.
        prints: Whether the command prints between threads, which requires removing the progress bar
            before the first.
    """
    expect_format(options.format)
    wanted, zone = getattr(options, "thread", None), zone_in(options)
    if Path(options.file).is_dir():
        yield Input(formats.stream(options.file, options.format, **zone), lambda: None, wanted)
        return
    with _file(options.file) as file, watched(file, options.color) as stop:
        stream = formats.stream(file, options.format, **zone)
        yield Input(stream, stop if prints else lambda: None, wanted)


def zone_in(options: argparse.Namespace) -> dict[str, Any]:
    """Return the value of ``--zone`` as an option; refuse a wrong one before opening anything."""
    try:
        zone = zone_of(options.zone)
    except FieldError:
        message = "--zone must be the name of a time zone, such as Europe/London, or an offset"
        raise UsageError(f"{message}, not {shown(options.zone)}") from None
    return {} if zone is None else {"zone": zone}


@contextmanager
def opened_file(name: str) -> Iterator[IO[bytes] | str]:
    """Open one of several files; for a folder, which is one data set, yield its name."""
    if name != "-" and Path(name).is_dir():
        yield name
        return
    with _file(name) as file:
        yield file


def expect_format(name: str | None) -> None:
    """Refuse an unknown format before opening anything."""
    if name is not None and name not in names():
        raise UsageError(f"{unknown(name)}; discourse formats lists them")


@contextmanager
def _file(name: str) -> Iterator[IO[bytes]]:
    if name != "-":
        with open_path(name) as file:
            yield file
    elif sys.stdin is None:
        raise ParseError("standard input is closed")
    elif sys.stdin.buffer.seekable():
        yield sys.stdin.buffer
    else:
        yield cast("IO[bytes]", _Pipe(sys.stdin.buffer))


class _Pipe(io.RawIOBase):
    """A pipe, read in pieces so that interrupts take effect between them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = cast("io.BufferedReader", file)
        self.name = file.name

    def read(self, size: int = -1, /) -> bytes:
        parts = []
        while size and (part := self._file.read1(_PIECE if size < 0 else min(size, _PIECE))):
            parts.append(part)
            size -= len(part) if size > 0 else 0
        return b"".join(parts)

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()


def read_parts(names: Sequence[str], options: argparse.Namespace) -> Reading:
    """Read all threads of one file, or of files that are parts of one discussion."""
    zone = zone_in(options)
    if len(names) > 1:
        started: list[str] = []
        with watched_files(len(names), lambda: len(started), options.color):
            return formats.read(_parts(names, started), options.format, **zone)
    if Path(names[0]).is_dir():
        return formats.read(names[0], options.format, **zone)
    with _file(names[0]) as file, watched(file, options.color):
        return formats.read(file, options.format, **zone)


def _parts(names: Sequence[str], started: list[str]) -> Iterator[IO[bytes] | str]:
    """Open one file after another, each after the previous one has been read."""
    for name in names:
        started.append(name)
        with opened_file(name) as file:
            yield file


def refuse_same(names: Sequence[str], output: str | None) -> None:
    """Refuse to overwrite an input: what the format cannot hold would be lost."""
    target = None if output in {None, "-"} else _stat(output)
    if target is None or not stat.S_ISREG(target.st_mode):
        return
    for name in names:
        source = _stat(name)
        if source is not None and os.path.samestat(source, target):
            raise UsageError(f"{output} is an input file: write to another one")


def _stat(name: str | None) -> os.stat_result | None:
    """Return the status of a file or of standard input, or None if there is none."""
    try:
        return os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(str(name))  # noqa: PTH116 - "" is no path
    except (OSError, ValueError, AttributeError):  # missing, not a valid name, closed
        return None


def in_files(names: Sequence[str]) -> str:
    """Return the error message for files without a thread."""
    if len(names) > _NAMED:
        return f"there is no thread in these {len(names):,} files"
    several = ", ".join("standard input" if name == "-" else name for name in names)
    return f"there is no thread in {several}"


def chosen(threads: tuple[Thread, ...], number: int | None) -> tuple[Thread, ...]:
    if number is not None and number > len(threads):
        raise _no_thread(number)
    return threads if number is None else threads[number - 1 : number]


def _no_thread(number: int) -> ParseError:
    return ParseError(f"there is no thread {number} in this input")
