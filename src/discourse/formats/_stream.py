"""Provide `Stream`: the threads of a large input, one at a time, and the problems so far."""

import codecs
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import IO

from .._io.encoding import to_text
from .._io.inputs import is_archive, name_of, open_path, plain
from ..errors import Problem
from ..thread import Thread
from . import _registry
from ._base import Format, Reading

_HEAD = 65_536
_PROBLEMS_KEPT = 10_000


class Stream(Iterator[Thread]):
    """An iterator over threads; `problems` lists the problems so far.

    Only the first 10,000 problems are listed; `problem_count` counts them all.
    """

    def __init__(self, readings: Iterator[Reading]) -> None:
        self._readings = readings
        self._waiting: Iterator[Thread] = iter(())
        self.problems: list[Problem] = []
        """The problems so far: what was unusable, guessed or missing."""
        self.problem_count = 0
        """How many problems there were so far."""

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
    """Return the readings of an input whose format can stream; None for any other input.

    If the result is None, a file that the caller opened is back at its position.
    """
    with ExitStack() as stack:
        file = source
        if isinstance(file, str | os.PathLike):
            file = stack.enter_context(open_path(file))
        elif not file.seekable():
            return None
        start = file.tell()
        is_packed = is_archive(file.read(4))
        file.seek(start)
        if chosen is None and not is_packed:
            head = plain(file, None).read(4 * _HEAD)
            file.seek(start)
            chosen = _registry.detected_bytes(head)
            if chosen is None:
                chosen = _registry.detected(_text_of(head), name_of(source))
        if is_packed or chosen is None or chosen.stream is None:
            return None
        return _closing(chosen.stream(plain(file, None)), chosen, stack.pop_all())


def _text_of(head: bytes) -> str:
    """Decode the beginning of an input; drop a character that is cut off at its end."""
    with suppress(UnicodeDecodeError):
        head = head[: codecs.utf_8_decode(head, "strict", False)[1]]  # noqa: FBT003 - positional
    return to_text(head)[0]


def _closing(readings: Iterator[Reading], chosen: Format, stack: ExitStack) -> Iterator[Reading]:
    with stack:
        for reading in readings:
            yield _registry.expect_reading(reading, chosen, "stream")
