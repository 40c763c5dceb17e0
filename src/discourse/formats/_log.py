"""The logger ``discourse``: which format an input has and why, and how long reading took.

It is silent until a program enables it, such as with ``logging.basicConfig(level="DEBUG")``.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

from ..errors import shown
from ..thread import Thread
from ._base import Reading

LOG = logging.getLogger("discourse")
LOG.addHandler(logging.NullHandler())


def log_done(
    action: str, name: str | None, start: float, threads: Sequence[Thread], problems: int
) -> None:
    """Log at INFO that an input was read or an output written, and how long that took.

    Args:
        action: Such as ``"read"``.
        name: The name of the input; None if it has no name.
        start: The value of `time.perf_counter` at the start.
        threads: The threads that were read or written.
        problems: The number of problems.
    """
    if LOG.isEnabledFor(logging.INFO):
        comments = sum(map(len, threads))
        _log(action, name, start, len(threads), comments, problems)


def log_stream(name: str | None, readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield readings, and log at the end how long they took, including the caller's time."""
    start = perf_counter()
    threads = comments = problems = 0
    for reading in readings:
        threads += len(reading.threads)
        comments += sum(map(len, reading.threads))
        problems += len(reading.problems)
        yield reading
    _log("streamed", name, start, threads, comments, problems)


def _log(action: str, name: str | None, start: float, *counts: int) -> None:
    what = "an input" if name is None else shown(name, 200)
    words = "%s %s: %d threads, %d comments, %d problems in %.3f s"
    LOG.info(words, action, what, *counts, perf_counter() - start)


def log_format(name: str | None, format: str, why: str, fitting: Iterable[str] = ()) -> None:
    """Log at DEBUG the format chosen for an input, and why."""
    if LOG.isEnabledFor(logging.DEBUG):
        what = "an input" if name is None else shown(name, 200)
        among = ", ".join(fitting) or format
        LOG.debug("%s is read as %s: %s (the content fits %s)", what, format, why, among)
