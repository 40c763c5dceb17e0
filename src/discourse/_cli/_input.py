"""What commands read: the threads of a file as they come, or all of them at once."""

import argparse
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

from .. import formats
from ..errors import ParseError, Problem
from ..formats import Reading
from ..formats._files import open_path
from ..render import clean
from ..thread import Thread
from ._command import UsageError
from ._output import tell
from ._progress import watched

_PIECE = 65_536


class Input(Iterator[Thread]):
    """The threads of an input, one after another; what was wrong with it is known at the end."""

    def __init__(self, stream: formats.Stream, before_each: Callable[[], None]) -> None:
        self._stream = stream
        self._before_each = before_each
        self.count = 0
        """How many threads have come."""
        self.comments = 0
        """How many comments they had."""

    def __next__(self) -> Thread:
        try:
            thread = next(self._stream)
        finally:
            self._before_each()
        self.count += 1
        self.comments += len(thread)
        return thread

    @property
    def problems(self) -> list[Problem]:
        """What was wrong, as far as it is kept."""
        return self._stream.problems

    @property
    def problem_count(self) -> int:
        """How much was wrong."""
        return self._stream.problem_count

    def tell(self) -> None:
        """Say on stderr what is not in the output, so that nothing is lost in silence."""
        tell_of(self.count, self.problem_count)


def tell_of(threads: int, problems: int) -> None:
    """Say that there was no thread, or that there were problems."""
    if not threads:
        tell("no thread in this input")
    if problems:
        tell(f"{problems:,} problem(s); see discourse check")


@contextmanager
def opened(options: argparse.Namespace, *, prints: bool = True) -> Iterator[Input]:
    """Open FILE; its threads come one by one where its format allows that.

    Args:
        options: The command line.
        prints: Whether the command prints between the threads, so that a progress bar must be gone
            before the first of them.
    """
    with _file(options.file) as file, watched(file, options.color) as stop:
        yield Input(formats.stream(file, options.format), stop if prints else _nothing)


def _nothing() -> None:
    pass


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
        """Read all there is to come, or so many bytes."""
        parts = []
        while size and (part := self._file.read1(_PIECE if size < 0 else min(size, _PIECE))):
            parts.append(part)
            size -= len(part) if size > 0 else 0
        return b"".join(parts)

    def fileno(self) -> int:
        """Return the number by which the system knows it."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether somebody is typing."""
        return self._file.isatty()


def read_parts(names: list[str], options: argparse.Namespace) -> Reading:
    """Read files that are parts of one discussion, or one file, whole."""
    if names.count("-") > 1:
        raise UsageError("standard input can be read once")
    if len(names) > 1:
        return formats.read(_parts(names, options), options.format)
    with _file(names[0]) as file, watched(file, options.color):
        return formats.read(file, options.format)


def _parts(names: list[str], options: argparse.Namespace) -> Iterator[IO[bytes]]:
    """Open one file after another, each when the one before has been read."""
    for name in names:
        with _file(name) as file, watched(file, options.color):
            yield file


def refuse_same(names: Sequence[str], output: str | None) -> None:
    """Refuse to write to a file that is read: what a format cannot hold would be gone."""
    target = None if output in {None, "-"} else _known(output)
    if target is None or not stat.S_ISREG(target.st_mode):
        return
    for name in names:
        read = _known(name)
        if read is not None and os.path.samestat(read, target):
            raise UsageError(f"{clean(str(output))} is a file that is read: write to another one")


def _known(name: str | None) -> os.stat_result | None:
    """Return what the system knows of a file, or of standard input; None where it knows none."""
    try:
        return os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(str(name))  # noqa: PTH116 - "" is no path
    except (OSError, ValueError, AttributeError):  # not there, no name, closed
        return None


def in_files(names: Sequence[str]) -> str:
    """Return that there is no thread in these files."""
    shown = ", ".join("standard input" if name == "-" else clean(name) for name in names)
    return f"there is no thread in {shown}"


def chosen(threads: "Input | tuple[Thread, ...]", number: int | None) -> tuple[Thread, ...]:
    """Return the threads, or the one of a number."""
    if number is None:
        return tuple(threads)
    found = None
    for at, thread in enumerate(threads, 1):
        found = thread if at == number else found
    if found is None:
        raise ParseError(f"there is no thread {number} in this input")
    return (found,)
