"""Walk over JSON text without recursion, token by token: what is wrong with it, what is where.

Python's own reader says neither where it met a ``NaN`` nor which of a hundred keys stood twice, and
it has no end to how deep it goes but the stack's. This walk is slower and knows all that; it is
taken only over a document that is to be refused.
"""

import json
import math
import re
from collections.abc import Iterator

from ..errors import shown

MAX_NESTING = 200
"""How many arrays and objects may lie in each other; no document of this form needs half of it."""

#: The most digits that Python turns into an integer, whatever the interpreter was told.
_MAX_DIGITS = 4_300

_TOKEN = re.compile(
    r"""[ \t\n\r]*+
    (?: (?P<mark>[{}\[\]:,])
      | (?P<text>"(?:[^"\\]++|\\.)*+")
      | (?P<word>-?Infinity|NaN|true|false|null|-?[0-9][0-9eE+.\-]*+)
    )""",
    re.VERBOSE | re.DOTALL,
)


class Fault(Exception):  # noqa: N818 - not an error of the library's: it is told as a `DecodeError`
    """Raised at the first thing in a text that no document may have."""

    def __init__(self, message: str, start: int, path: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.path = path


class _Open:
    """An array or object that is being walked through."""

    __slots__ = ("count", "keys", "path")

    def __init__(self, path: str, keys: set[str] | None) -> None:
        self.path = path
        self.keys = keys  # None in an array
        self.count = 0


def walk(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path of each value and where it begins, in the order of the text. O(n).

    Raises `Fault` at what no document may have. Ends early where *text* is no JSON at all, which
    the reader proper says better.
    """
    path, in_key, at = "$", False, 0
    frames: list[_Open] = []
    while match := _TOKEN.match(text, at):
        at = match.end()
        start = match.start(match.lastgroup or 0)
        mark = match["mark"]
        if mark is None:
            token = text[start:at]
            if in_key:
                path, in_key = _key_path(frames[-1], token, start), False
                continue
            yield path, start
            _check_scalar(token, start, path)
        elif mark in "{[":
            yield path, start
            in_key = _enter(frames, mark, path, start)
            path += "" if in_key else "[0]"
        elif not frames:
            return
        elif mark in "}]":
            in_key = False
            frames.pop()
        elif mark == ",":
            top = frames[-1]
            top.count += 1
            in_key = top.keys is not None
            path = f"{top.path}[{top.count}]"


def _enter(frames: list[_Open], mark: str, path: str, start: int) -> bool:
    """Go into an array or object; return whether a key comes first there."""
    if len(frames) == MAX_NESTING:
        raise Fault(f"nested more than {MAX_NESTING} levels deep", start, path)
    frames.append(_Open(path, set() if mark == "{" else None))
    return mark == "{"


def _key_path(frame: _Open, token: str, start: int) -> str:
    """Return the path of the value that a key is for, and remember the key."""
    assert frame.keys is not None
    key = _text(token, start, frame.path)
    if key in frame.keys:
        raise Fault(f"the key {shown(key)} stands twice in one object", start, frame.path)
    frame.keys.add(key)
    return f"{frame.path}.{step(key)}"


def step(key: str) -> str:
    """Return a key as it stands in a path: printable, and cut where it is long."""
    return shown(key, 40)[1:-1] if len(key) <= 40 else shown(key, 40)[1:-4] + "..."


def _check_scalar(token: str, start: int, path: str) -> None:
    first = token[0]
    if first == '"':
        _text(token, start, path)
    elif token in ("NaN", "Infinity", "-Infinity"):
        raise Fault(f"{token} is no number of JSON", start, path)
    elif first in "-0123456789":
        if len(token) > _MAX_DIGITS and token.lstrip("-").isdecimal():
            raise Fault(f"an integer of {len(token.lstrip('-')):,} digits is too long", start, path)
        if "e" in token.lower() or "." in token or len(token) > 300:
            _check_float(token, start, path)


def _check_float(token: str, start: int, path: str) -> None:
    try:
        finite = token.lstrip("-").isdecimal() or math.isfinite(float(token))
    except ValueError:  # no number at all: for the reader proper
        return
    if not finite:
        raise Fault(f"{shown(token)[1:-1]} is too large for a number", start, path)


def _text(token: str, start: int, path: str) -> str:
    try:
        text: str = json.loads(token) if "\\" in token else token[1:-1]
    except ValueError:  # no string at all: for the reader proper
        return token
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            lone = f"\\u{ord(text[error.start]):04x}"
            raise Fault(f"{lone} is half a character: a lone surrogate", start, path) from None
    return text
