"""Parse JSON text to plain values. What RFC 8259 forbids is an error with a position."""

import codecs
import json
import re
from collections.abc import Sequence
from typing import NoReturn

import attrs

from ..errors import DecodeError, Place, Problem, shown
from ._scan import Fault, walk

#: Byte order marks of other encodings, longest first, for an error that names the encoding.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

#: The two encodings without a mark: an ASCII character, padded with zeros.
_WIDE = (
    (re.compile(rb"[\x01-\x7f]\0\0\0|\0\0\0[\x01-\x7f]"), "UTF-32"),
    (re.compile(rb"[\x01-\x7f]\0|\0[\x01-\x7f]"), "UTF-16"),
)

#: Invalid text that the JSON parser accepts: lone surrogates and huge numbers.
_SUSPECT = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]|[eE]\+?[0-9]{3}|[0-9]{300}")

_LONGEST_PATH = 200


def decode(data: str | bytes) -> object:
    """Return the plain value of JSON, or raise `DecodeError` with the position."""
    text = to_text(data)
    if text.startswith("\ufeff"):
        place = Place(line=1, column=1, offset=0)
        raise _refusal("begins with a byte order mark, which JSON forbids", place)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message, start = f"not JSON: {error.msg[:200]}", error.pos
    except RecursionError:
        message, start = "nested too deeply for the rest of the stack", 0
        _refuse_fault(data, text)
    except ValueError:  # from a hook below, or for an integer with too many digits
        message, start = "not readable", 0
        _refuse_fault(data, text)
    raise _refusal(message, place_at(data, text, start))


def to_text(data: str | bytes) -> str:
    """Return *data* as text. Raises `DecodeError` for bytes that are not UTF-8."""
    if isinstance(data, str):
        return data
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"JSON must be str or bytes, not {type(data).__name__}")
    data = bytes(data)
    for mark, name in _MARKS:
        if data.startswith(mark):
            _refuse_encoding(name)
    for look, name in _WIDE:
        if look.match(data):
            _refuse_encoding(name)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        start = error.start
        message = f"not UTF-8: {error.reason} ({shown(data[start : start + 4])})"
    whole = data[:start].decode()
    raise _refusal(message, place_at(data, whole, len(whole)))


def _refuse_encoding(name: str) -> NoReturn:
    place = Place(line=1, column=1, offset=0)
    raise _refusal(f"looks like {name}: JSON must be UTF-8", place)


def _refusal(message: str, place: Place) -> DecodeError:
    return DecodeError(message, place, (Problem("not-json", message, place=place),))


def place_at(data: str | bytes, text: str, start: int, path: str | None = None) -> Place:
    """Return the place of a character of *text*. Its offset is in bytes if *data* is bytes."""
    return Place(
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        offset=start if isinstance(data, str) else len(text[:start].encode("utf-8", "replace")),
        path=path,
    )


def refuse_suspect(data: str | bytes, text: str) -> None:
    """Raise `DecodeError` for a lone surrogate or a huge number."""
    if _SUSPECT.search(text):
        _refuse_fault(data, text)


def _refuse_fault(data: str | bytes, text: str) -> None:
    try:
        for _ in walk(text):
            pass
    except Fault as fault:
        refused = _refusal(fault.message, place_at(data, text, fault.start, _brief(fault.path)))
    else:
        return
    raise refused


def _brief(path: str) -> str:
    half = _LONGEST_PATH // 2
    return path if len(path) <= _LONGEST_PATH else f"{path[:half]} ... {path[-half:]}"


def located(data: str | bytes, text: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return *problems*, each with the line, column and offset of the value at its path.

    A missing value gets the place of the value that should contain it.
    """
    wanted: dict[str, Place | None] = {}
    for problem in problems:
        for path in _paths(problem):
            wanted.setdefault(path, None)
    waiting = len(wanted)
    try:
        for path, start in walk(text):
            if path in wanted and wanted[path] is None:
                wanted[path] = place_at(data, text, start)
                waiting -= 1
                if not waiting:
                    break
    except Fault:  # after all that is wanted
        pass
    return tuple(_located(problem, wanted) for problem in problems)


def _paths(problem: Problem) -> tuple[str, ...]:
    """Return the path of the problem and of the value around it."""
    if problem.place is None or problem.place.path is None:
        return ()
    path = problem.place.path
    return path, path.rpartition(".")[0]


def _located(problem: Problem, places: dict[str, Place | None]) -> Problem:
    for path in _paths(problem):
        place = places.get(path)
        if place is not None and problem.place is not None:
            return attrs.evolve(problem, place=attrs.evolve(place, path=problem.place.path))
    return problem


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    items = dict(pairs)
    if len(items) != len(pairs):
        raise ValueError("duplicate key")
    return items


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
