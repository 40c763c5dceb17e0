"""What commands read: the threads of a file as they come, or all of them at once."""

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
from ._printing import counted, tell
from ._progress import watched, watched_files

_T = TypeVar("_T")

_PIECE = 65_536
_NAMED = 5  # files that an error names


class Source(Protocol):
    """Where threads come from: a `formats.Stream`, or something like it."""

    problems: list[Problem]
    problem_count: int

    def __next__(self) -> Thread: ...


class Input(Iterator[Thread]):
    """The threads of an input, one after another; what was wrong with it is known at the end."""

    def __init__(
        self,
        stream: Source,
        before_each: Callable[[], None],
        wanted: int | None = None,
    ) -> None:
        self.stream = stream
        """Where they come from; it has the problems."""
        self._before_each = before_each
        self.wanted = wanted
        """The number of the one thread that is wanted; None where all are."""
        self.count = 0
        """How many threads have come, those among them that are not wanted."""
        self.comments = 0
        """How many comments the wanted ones had."""

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
        """Yield what is made of each thread, with its number where there are several threads.

        The first waits until a second has come, of which nobody knows before, or until the end of
        the input, or of what of it can be read.
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

    def tell(self) -> None:
        """Say on stderr what is not in the output, so that nothing is lost in silence."""
        tell_of(self.count, self.stream.problem_count)


def tell_of(threads: int, problems: int) -> None:
    """Say that there was no thread, or that there were problems."""
    if not threads:
        tell("no thread in this input")
    if problems:
        tell(f"{counted(problems, 'problem')}; see discourse check")


@contextmanager
def opened(options: argparse.Namespace, *, prints: bool = True) -> Iterator[Input]:
    """Open FILE; its threads, or the one of --thread, come one by one where its format allows that.

    Args:
        options: The command line.
        prints: Whether the command prints between the threads, so that a progress bar must be gone
            before the first of them.
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
    """Return the option of ``--zone``; refuse what is no zone before anything is opened."""
    try:
        zone = zone_of(options.zone)
    except FieldError:
        message = "--zone must be the name of a time zone, such as Europe/London, or an offset"
        raise UsageError(f"{message}, not {shown(options.zone)}") from None
    return {} if zone is None else {"zone": zone}


@contextmanager
def opened_file(name: str) -> Iterator[IO[bytes] | str]:
    """Open one of several files; a folder, which is one data set, is its name."""
    if name != "-" and Path(name).is_dir():
        yield name
        return
    with _file(name) as file:
        yield file


def expect_format(name: str | None) -> None:
    """Refuse a format that nobody knows, before anything is opened."""
    if name is not None and name not in names():
        raise UsageError(f"{unknown(name)}; discourse formats lists them")


@contextmanager
def _file(name: str) -> Iterator[IO[bytes]]:
    if name != "-":
        with open_path(name) as file:
            yield file
    elif sys.stdin is None:
        raise ParseError("there is no standard input: it is closed")
    elif sys.stdin.buffer.seekable():
        yield sys.stdin.buffer
    else:
        yield cast("IO[bytes]", _Pipe(sys.stdin.buffer))


class _Pipe(io.RawIOBase):
    """A pipe, read piece by piece so that an interruption is heard between two of them."""

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
    """Read files that are parts of one discussion, or one file, whole."""
    zone = zone_in(options)
    if len(names) > 1:
        begun: list[str] = []
        with watched_files(len(names), lambda: len(begun), options.color):
            return formats.read(_parts(names, begun), options.format, **zone)
    if Path(names[0]).is_dir():
        return formats.read(names[0], options.format, **zone)
    with _file(names[0]) as file, watched(file, options.color):
        return formats.read(file, options.format, **zone)


def _parts(names: Sequence[str], begun: list[str]) -> Iterator[IO[bytes] | str]:
    """Open one file after another, each when the one before has been read."""
    for name in names:
        begun.append(name)
        with opened_file(name) as file:
            yield file


def refuse_same(names: Sequence[str], output: str | None) -> None:
    """Refuse to write to a file that is read: what a format cannot hold would be gone."""
    target = None if output in {None, "-"} else _stat(output)
    if target is None or not stat.S_ISREG(target.st_mode):
        return
    for name in names:
        source = _stat(name)
        if source is not None and os.path.samestat(source, target):
            raise UsageError(f"{output} is a file that is read: write to another one")


def _stat(name: str | None) -> os.stat_result | None:
    """Return what the system knows of a file, or of standard input; None where it knows none."""
    try:
        return os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(str(name))  # noqa: PTH116 - "" is no path
    except (OSError, ValueError, AttributeError):  # not there, no name, closed
        return None


def in_files(names: Sequence[str]) -> str:
    """Return that there is no thread in these files."""
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
