"""Turn JSON text into plain values, refusing what RFC 8259 does not allow."""

import codecs
import json
from typing import NoReturn

from ..errors import DecodeError, Place, shown

#: Marks that other Unicode encodings begin with, longest first, for an error that names them.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: str | bytes) -> object:
    """Return the plain value that *data* says, or raise `DecodeError` with the position."""
    if isinstance(data, bytes | bytearray | memoryview):
        data = _to_text(bytes(data))
    if not isinstance(data, str):
        raise TypeError(f"JSON must be str or bytes, not {type(data).__name__}")
    if data.startswith("\ufeff"):
        raise DecodeError("begins with a byte order mark, which JSON does not have", Place(offset=0))
    try:
        return _DECODER.decode(data)
    except json.JSONDecodeError as error:
        place = Place(line=error.lineno, column=error.colno, offset=error.pos)
        raise DecodeError(f"not JSON: {error.msg[:200]}", place) from None
    except DecodeError:
        raise
    except RecursionError:
        raise DecodeError("not readable: nested too deeply") from None
    except ValueError as error:  # an integer of more digits than Python converts
        raise DecodeError(f"not readable: {str(error)[:200]}") from None


def _to_text(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise DecodeError(f"looks like {name}: JSON must be UTF-8", Place(offset=0))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"not UTF-8: {error.reason} ({shown(error.object[error.start : error.start + 4])})",
            Place(offset=error.start),
        ) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        again = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise DecodeError(f"the key {shown(again)} stands twice in one object")
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise DecodeError(f"not JSON: {name} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
