r"""JSON Lines: one ``discourse/thread/1`` document a line, for many threads in one file.

Every field crosses, nothing is lost: see `discourse.json` for the form itself. A line ends with
``\n`` and nothing else. A line that is no document is a problem of kind ``broken-line``, and the
others are read.
"""

import io
from collections.abc import Iterator, Sequence
from typing import IO

from .. import json
from ..errors import ParseError, Problem
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued


def parse(text: str) -> Reading:
    """Read each line; raises `ParseError` where there are lines and none is a document."""
    problems: list[Problem] = []
    threads = list(json.iter_jsonl(io.BytesIO(text.encode()), report=problems.append))
    if problems and not threads:
        raise ParseError(f"no line is a document; {problems[0].message}", problems[0].place)
    return Reading(threads, problems)


def stream(file: IO[bytes]) -> Iterator[Reading]:
    """Read one line after another, in the memory of one."""
    problems: list[Problem] = []
    for thread in json.iter_jsonl(file, report=problems.append):
        yield Reading((thread,), problems)
        problems.clear()
    if problems:
        yield Reading((), problems)


def serialize(thread: Thread) -> str:
    """Write one line."""
    return json.dumps(thread) + "\n"


def serialize_all(threads: Sequence[Thread]) -> str:
    """Write one line a thread."""
    return "".join(map(serialize, threads))


FORMAT = catalogued(
    "jsonl", parse=parse, serialize=serialize, serialize_all=serialize_all, stream=stream
)
