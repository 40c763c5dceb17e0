"""Provide `Stream`: the threads of a large input, one after another, and the problems so far."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

from ..errors import Problem
from ..thread import Thread
from . import _registry
from ._base import Format, Reading
from ._files import GZIP, open_path

_HEAD = 65_536
_PROBLEMS_KEPT = 10_000


class Stream(Iterator[Thread]):
    """Yields threads as they come; `problems` has what was wrong up to here.

    Only the first 10,000 problems are kept; `problem_count` counts them all.
    """

    def __init__(self, readings: Iterator[Reading]) -> None:
        self._readings = readings
        self._waiting: Iterator[Thread] = iter(())
        self.problems: list[Problem] = []
        """What could not be used, had to be guessed, or is missing, up to here."""
        self.problem_count = 0
        """How many problems there were up to here."""

    def __next__(self) -> Thread:
        for thread in self._waiting:
            return thread
        for reading in self._readings:
            self.problem_count += len(reading.problems)
            self.problems += reading.problems[: _PROBLEMS_KEPT - len(self.problems)]
            self._waiting = iter(reading.threads)
            for thread in self._waiting:
                return thread
        raise StopIteration


def readings_of(
    source: str | os.PathLike[str] | IO[bytes], chosen: Format | None
) -> Iterator[Reading] | None:
    """Return the readings of an input whose format can stream; None of any other.

    A file that the caller opened is left where it was when the answer is None.
    """
    with ExitStack() as stack:
        file = source
        if isinstance(file, str | os.PathLike):
            file = stack.enter_context(open_path(file))
        elif not file.seekable():
            return None
        start = file.tell()
        plain = _plain(file)
        stack.callback(plain.detach)  # or it would close the file, which may be the caller's
        if chosen is None:
            chosen = _registry.detected(plain.peek(_HEAD)[:_HEAD].decode("utf-8", "replace"))
        if chosen.stream is None:
            file.seek(start)
            return None
        return _closing(chosen.stream(plain), stack.pop_all())


def _plain(file: IO[bytes]) -> io.BufferedReader:
    start = file.tell()
    packed = file.read(2) == GZIP
    file.seek(start)
    raw = gzip.GzipFile(fileobj=file) if packed else file
    return io.BufferedReader(raw, _HEAD)  # type: ignore[arg-type]  # both can be read


def _closing(readings: Iterator[Reading], stack: ExitStack) -> Iterator[Reading]:
    with stack:
        yield from readings
