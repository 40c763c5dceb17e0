"""Expand paths, folders and patterns to files, and read the threads of all of them."""

import argparse
import glob
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs

from .. import formats
from ..errors import DiscourseError, Problem, shown
from ..formats._several import all_files, is_data_set
from ..thread import Thread
from ._command import OK, UNREADABLE, UsageError
from ._printing import is_broken_pipe, report, sentence
from ._progress import watched_files
from ._reading import Input, expect_format, opened, opened_file, zone_in

_SIGNS = "*?["

_T = TypeVar("_T")


def add_files(parser: argparse.ArgumentParser) -> None:
    what = "the files to read, folders of them or patterns; - is standard input"
    parser.add_argument("files", metavar="FILE", nargs="+", help=what)


def expanded(names: Sequence[str], format: str | None) -> list[str]:
    """Return the files that the arguments mean, in order.

    A pattern that the shell has not expanded, as on Windows or in quotes, means the files that
    match it. A folder means all files in it, unless it is one data set.
    """
    files: list[str] = []
    for name in names:
        if is_pattern(name):
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - it keeps ./ and ~
            if not matches:
                raise UsageError(f"no file matches {shown(name, 200)}")
        else:
            matches = [name]
        for match in matches:
            if match != "-" and Path(match).is_dir() and not is_data_set(match, format):
                files += _inside(match) or [match]
            else:
                files.append(match)
    if files.count("-") > 1:
        raise UsageError("standard input can be read only once")
    return files


def _inside(folder: str) -> list[str]:
    """Return the files in a folder and its subfolders, except hidden ones."""
    names = [name for name in all_files(folder) if "/." not in f"/{name}"]
    return [str(Path(folder, name)) for name in names]


def is_pattern(name: str) -> bool:
    return any(sign in name for sign in _SIGNS) and not Path(name).exists()


@attrs.frozen
class _End:
    """The problems of a file, or the error that ended it."""

    problems: Sequence[Problem] = ()
    problem_count: int = 0
    error: str = ""


@attrs.frozen
class FileRead(Generic[_T]):
    """A file that was read to its end or to an error."""

    name: str
    results: Sequence[_T]
    """The result for each of its threads."""
    problems: Sequence[Problem]
    """Its first problems."""
    problem_count: int
    error: str = ""
    """Why it could not be read, or an empty string."""


class _Files(Iterator[Thread]):
    """The threads of several files, one after another, like a `formats.Stream`.

    If a file cannot be read, stderr names it, and the others are read.
    """

    def __init__(self, names: Sequence[str], format: str | None, zone: dict[str, Any]) -> None:
        self.names = names
        self.number = 0
        """How many files have been started."""
        self.ended: list[_End] = []
        """The ends of the files that have been read."""
        self.problems: list[Problem] = []
        self.problem_count = 0
        self._threads = self._each(format, zone)

    def __next__(self) -> Thread:
        return next(self._threads)

    def _each(self, format: str | None, zone: dict[str, Any]) -> Iterator[Thread]:
        for name in self.names:
            self.number += 1
            end = _End()
            try:
                with opened_file(name) as source:
                    stream = formats.stream(source, format, **zone)
                    yield from stream
                    end = _End(stream.problems, stream.problem_count)
                    self.problem_count += stream.problem_count
            except (DiscourseError, OSError) as error:
                if is_broken_pipe(error):
                    raise
                end = _End(error=sentence(error))
                report(end.error if name in end.error else f"{name}: {end.error}")
            self.ended.append(end)


def readable(options: argparse.Namespace) -> list[str]:
    """Return the files of the command line that can be read, and report the others."""
    files = _Files(options.files, options.format, zone_in(options))
    for _ in files:
        pass
    return [name for name, end in zip(files.names, files.ended, strict=True) if not end.error]


@contextmanager
def opened_all(options: argparse.Namespace, *, prints: bool = True) -> Iterator[Input]:
    """Open the files of the command line; their threads come one by one, as in `opened`."""
    expect_format(options.format)
    options.files = expanded(options.files, options.format)
    if len(options.files) == 1:
        options.file = options.files[0]
        with opened(options, prints=prints) as threads:
            yield threads
        return
    files = _Files(options.files, options.format, zone_in(options))
    with watched_files(len(files.names), lambda: files.number, options.color) as stop:
        yield Input(files, stop if prints else _nothing, getattr(options, "thread", None))


def _nothing() -> None:
    pass


def by_file(
    threads: Input, files: Sequence[str], measure: Callable[[Thread], _T]
) -> Iterator[FileRead[_T]]:
    """Yield each of the *files*, with the result of *measure* for each of its threads."""
    source = threads.stream
    if not isinstance(source, _Files):
        results = [measure(thread) for thread in threads]
        yield FileRead(files[0], results, source.problems, source.problem_count)
        return
    results = []
    done = 0
    for thread in chain(threads, [None]):
        for end in source.ended[done:]:
            yield FileRead(files[done], results, end.problems, end.problem_count, end.error)
            results = []
            done += 1
        if thread is not None:
            results.append(measure(thread))


def failures_of(threads: Input) -> int:
    """Return how many of several files could not be read."""
    source = threads.stream
    return sum(1 for end in source.ended if end.error) if isinstance(source, _Files) else 0


def file_of(threads: Input) -> str | None:
    """Return the file of the latest thread, or None if only one file is read."""
    source = threads.stream
    return source.names[source.number - 1] if isinstance(source, _Files) else None


def name_of(threads: Input) -> str:
    """Return a unique name for the latest thread."""
    number, file = f"thread {threads.count}", file_of(threads)
    return number if file is None else f"{file}, {number}"


def status_of(threads: Input) -> int:
    """Return the exit status, which depends on whether all files could be read."""
    return UNREADABLE if failures_of(threads) else OK
