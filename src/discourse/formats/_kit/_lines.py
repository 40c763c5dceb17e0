"""Read JSON Lines of any size, one value at a time."""

import io
from collections.abc import Iterator
from typing import IO, Any

from ..._io.encoding import to_text
from ..._problems import ProblemLog
from ...errors import ParseError, Place
from ._documents import BLANK, KEPT, Decoder, without_lone_surrogates

MAX_LINE = 2**28
"""The most bytes of a line: 256 MiB."""


def lines(file: IO[bytes], log: ProblemLog, *, head: bytes = b"") -> Iterator[tuple[str, int, Any]]:
    """Yield the JSON value of each line, with its path and line number. One line is in memory.

    The paths are like those of `documents`: ``$[0]``, ``$[1]``, ... A line that is not JSON, or is
    longer than `MAX_LINE`, is reported and skipped.

    Args:
        file: The file.
        log: The log for problems.
        head: Complete lines that were read from the file before.
    """
    decoder = Decoder(log)
    position = 0
    for number, line in _numbered(file, head):
        place = Place(line=number)
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            message = f"the line is longer than {MAX_LINE - 1:,} bytes: skipped"
            log.add("too-long", message, place=place)
            continue
        text, problems = to_text(line)
        log.problems += problems
        text = without_lone_surrogates(text, log).strip(BLANK)
        if not text:
            continue
        value, why = _decoded(decoder, text)
        if why is None:
            yield f"$[{position}]", number, value
            position += 1
        elif line.endswith(b"\n"):
            message = f"{why}: skipped this line"
            log.add("broken-line", message, values=(text[:KEPT],), place=place)
        else:
            message = "the last value is truncated: skipped"
            log.add("truncated", message, values=(text[:KEPT],), place=place)


def _decoded(decoder: Decoder, text: str) -> tuple[Any, str | None]:
    """Return the value of a line, or why it has none."""
    try:
        value, end = decoder.decode(text, 0)
    except ParseError as error:
        return None, error.message
    return value, None if end == len(text) else "more text follows the value"


def _numbered(file: IO[bytes], head: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers. Of a line that is too long, only the start."""
    number = 0
    for part in (io.BytesIO(head), file):
        is_rest = False
        while line := part.readline(MAX_LINE):
            if not is_rest:
                number += 1
                yield number, line
            is_rest = len(line) == MAX_LINE and not line.endswith(b"\n")
