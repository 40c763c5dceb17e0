"""Scan JSON text without recursion, token by token, to find the places of values and faults.

Python's parser gives no position for a ``NaN`` or a duplicate key, and only the stack limits its
depth. This scanner does better, but is slower. It only runs over documents that will be refused.
"""

import json
import math
import re
from collections.abc import Iterator

from ..errors import shown

MAX_NESTING = 200
"""The most nested arrays and objects. No valid document needs half as many."""

#: The most digits of an integer: the default limit of Python, whatever the interpreter's setting.
_MAX_DIGITS = 4_300

_TOKEN = re.compile(
    r"""[ \t\n\r]*+
    (?: (?P<mark>[{}\[\]:,])
      | (?P<text>"(?:[^"\\]++|\\.)*+")
      | (?P<word>-?Infinity|NaN|true|false|null|-?[0-9][0-9eE+.\-]*+)
    )""",
    re.VERBOSE | re.DOTALL,
)


class Fault(Exception):  # noqa: N818 - internal: it becomes a `DecodeError`
    """Raised at the first thing in a text that documents must not contain."""

    def __init__(self, message: str, start: int, path: str) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.path = path


class _Open:
    """An open array or object."""

    __slots__ = ("count", "keys", "path")

    def __init__(self, path: str, keys: set[str] | None) -> None:
        self.path = path
        self.keys = keys  # None in an array
        self.count = 0


def walk(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path and start of each value, in the order of the text. O(n).

    Raises `Fault` at what documents must not contain. Stops early if *text* is not JSON; the parser
    has better messages for that.
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
    """Enter an array or object; return whether a key comes next."""
    if len(frames) == MAX_NESTING:
        raise Fault(f"nested more than {MAX_NESTING} levels deep", start, path)
    frames.append(_Open(path, set() if mark == "{" else None))
    return mark == "{"


def _key_path(frame: _Open, token: str, start: int) -> str:
    """Return the path of the value of a key, and store the key."""
    assert frame.keys is not None
    key = _text(token, start, frame.path)
    if key in frame.keys:
        raise Fault(f"duplicate key {shown(key)}", start, frame.path)
    frame.keys.add(key)
    return f"{frame.path}.{step(key)}"


def step(key: str) -> str:
    """Return a key as a step of a path: printable, and cut if long."""
    return shown(key, 40)[1:-1] if len(key) <= 40 else shown(key, 40)[1:-4] + "..."


def _check_scalar(token: str, start: int, path: str) -> None:
    first = token[0]
    if first == '"':
        _text(token, start, path)
    elif token in ("NaN", "Infinity", "-Infinity"):
        raise Fault(f"{token} is not a JSON number", start, path)
    elif first in "-0123456789":
        if len(token) > _MAX_DIGITS and token.lstrip("-").isdecimal():
            raise Fault(f"an integer of {len(token.lstrip('-')):,} digits is too long", start, path)
        if "e" in token.lower() or "." in token or len(token) > 300:
            _check_float(token, start, path)


def _check_float(token: str, start: int, path: str) -> None:
    try:
        finite = token.lstrip("-").isdecimal() or math.isfinite(float(token))
    except ValueError:  # not a number: left to the parser
        return
    if not finite:
        raise Fault(f"{shown(token)[1:-1]} is too large for a number", start, path)


def _text(token: str, start: int, path: str) -> str:
    try:
        text: str = json.loads(token) if "\\" in token else token[1:-1]
    except ValueError:  # not a string: left to the parser
        return token
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            lone = f"\\u{ord(text[error.start]):04x}"
            raise Fault(f"{lone} is a lone surrogate", start, path) from None
    return text
