"""Decode JSON without recursion, for values too deep for Python's decoder."""

import json
import re
from collections.abc import Callable
from typing import Any

from ...errors import LimitError, ParseError, Place

MAX_NESTING = 1_000_000
"""The most nested arrays and objects in JSON of other programs."""

_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:([{}\[\],:])|("(?:[^"\\]++|\\.)*+")|([^\s{}\[\],:"]++))', re.DOTALL
)
#: The tokens that may come next: marks, `"` for a string, `w` for another scalar.
_VALUE, _VALUE_OR_END = '{["w', '{["w]'
_KEY, _KEY_OR_END = '"', '"}'
_NAMES = {_VALUE: "a value", _KEY: "a key", _KEY_OR_END: "a key or }", ":": ":"}


class _Open:
    """An open array or object: its items, or its pairs and the current key."""

    __slots__ = ("items", "key", "to_dict")

    def __init__(self, to_dict: Callable[[Any], object] | None) -> None:
        self.items: list[Any] = []
        self.key: object = None
        self.to_dict = to_dict  # None for an array

    def add(self, value: object) -> str:
        """Add a value, and return the tokens that may follow."""
        self.items.append(value if self.to_dict is None else (self.key, value))
        return ",]" if self.to_dict is None else ",}"

    def value(self) -> object:
        """Return the complete array or object."""
        return self.items if self.to_dict is None else self.to_dict(self.items)


def decode_deep(text: str, start: int, to_dict: Callable[[Any], object]) -> tuple[object, int]:
    """Return the JSON value at *start* and its end; *to_dict* converts pairs to objects. O(n).

    Raises `ParseError` with a place if it is not JSON, and `LimitError` beyond `MAX_NESTING`.
    """
    stack: list[_Open] = []
    at, expected = start, _VALUE
    while match := _TOKEN.match(text, at):
        mark, string, word = match.groups()
        begin, at = match.start(match.lastindex or 0), match.end()
        if (mark or ('"' if string else "w")) not in expected:
            message = f"{_NAMES.get(expected, 'another token')} expected"
            raise ParseError(f"not JSON: {message}", _place(text, begin))
        if mark in {"{", "["}:
            if len(stack) == MAX_NESTING:
                message = f"nested more than {MAX_NESTING:,} levels deep"
                raise LimitError(message, _place(text, begin))
            stack.append(_Open(to_dict if mark == "{" else None))
            expected = _KEY_OR_END if mark == "{" else _VALUE_OR_END
        elif mark == ":":
            expected = _VALUE
        elif mark == ",":
            expected = _VALUE if stack[-1].to_dict is None else _KEY
        elif expected in (_KEY, _KEY_OR_END) and string:
            stack[-1].key = _scalar(text, string, begin)
            expected = ":"
        else:
            value = stack.pop().value() if mark else _scalar(text, string or word, begin)
            if not stack:
                return value, at
            expected = stack[-1].add(value)
    raise ParseError("not JSON: the text ends inside a value", _place(text, len(text)))


def _scalar(text: str, token: str, begin: int) -> object:
    try:
        return _SCALARS.decode(token)
    except ValueError:
        raise ParseError("not JSON: a value expected", _place(text, begin)) from None


def _refuse(name: str) -> object:
    raise ValueError(name)


_SCALARS = json.JSONDecoder(parse_constant=_refuse)


def _place(text: str, at: int) -> Place:
    return Place(line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at), offset=at)
