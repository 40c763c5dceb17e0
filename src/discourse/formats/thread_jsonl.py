r"""JSON Lines: one ``discourse/thread/1`` document a line, for many threads in one file.

Every field crosses, nothing is lost: see `discourse.json` for the form itself. A line ends with
``\n`` and nothing else. A line that is no document is a problem of kind ``broken-line``, and the
others are read. Beyond 1,000 problems of one kind, one more has the numbers of the other lines.
"""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO

from .. import json
from .._problems import ProblemLog
from ..errors import ParseError, Problem
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued


def parse(text: str) -> Reading:
    """Read each line; raises `ParseError` where there are lines and none is a document."""
    log = ProblemLog()
    threads = list(json.iter_jsonl(io.BytesIO(text.encode()), report=partial(_add, log)))
    problems = log.finish()
    if problems and not threads:
        raise ParseError(f"no line is a document; {problems[0].message}", problems[0].place)
    return Reading(threads, problems)


def stream(file: IO[bytes]) -> Iterator[Reading]:
    """Read one line after another, in the memory of one."""
    log = ProblemLog()
    for thread in json.iter_jsonl(file, report=partial(_add, log)):
        yield Reading((thread,), log.take())
    if problems := log.finish():
        yield Reading((), problems)


def _add(log: ProblemLog, problem: Problem) -> None:
    """Add a problem of a line; the lines of those that are only counted are their values."""
    line = problem.place.line if problem.place is not None else None
    values = problem.values or (line,)
    log.add(problem.kind, problem.message, problem.ids, values, place=problem.place)


def serialize(thread: Thread) -> str:
    """Write one line."""
    return json.dumps(thread) + "\n"


def serialize_all(threads: Sequence[Thread]) -> str:
    """Write one line a thread."""
    return "".join(map(serialize, threads))


FORMAT = catalogued(
    "jsonl", parse=parse, serialize=serialize, serialize_all=serialize_all, stream=stream
)
