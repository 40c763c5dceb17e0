"""The library's own JSON, ``discourse/thread/1``, as one format among the others.

Every field crosses, nothing is lost: see `discourse.json` for the form itself.
"""

from .. import json
from ..errors import DecodeError, ParseError
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued


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


FORMAT = catalogued("json", parse=parse, serialize=serialize)
