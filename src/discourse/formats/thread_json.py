"""The library's own JSON, ``discourse/thread/1``, as one format among the others.

Every field crosses, nothing is lost: see `discourse.json` for the form itself.
"""

import re

from .. import json
from ..errors import DecodeError, ParseError
from ..thread import Thread
from . import thread_jsonl
from ._base import Format, Reading

_OWN = re.compile(r'"schema"\s{0,9}:\s{0,9}"discourse/')


def parse(text: str) -> Reading:
    """Read one JSON document; raises `ParseError` with what `discourse.json.loads` found."""
    try:
        return Reading((json.loads(text),))
    except DecodeError as error:
        several = error.message.startswith("not JSON: Extra data") and text.count("\n", 0, -1)
        hint = "; for a document a line, say format='jsonl'" if several else ""
        raise ParseError(error.message + hint, error.place) from error


def serialize(thread: Thread) -> str:
    """Write one JSON document, ending in a newline."""
    return json.dumps(thread) + "\n"


def detect(head: str) -> float:
    """Return 1 where the beginning of one object names one of this library's schemas."""
    if head.lstrip()[:1] != "{" or thread_jsonl.detect(head):
        return 0.0
    return 1.0 if _OWN.search(head) else 0.0


FORMAT = Format(
    name="json",
    title="this library's own JSON, one thread",
    suffixes=(".json",),
    media_types=("application/json",),
    parse=parse,
    serialize=serialize,
    detect=detect,
)
