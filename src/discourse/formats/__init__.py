"""Reading and writing every format: `read`, `parse`, `write`, and the list of `formats`.

A format is one module here: pure, text in and values out. What all of them share lives in this
package and nowhere else: files and streams, encodings, bounds, and telling one format from another
by its content. Nothing here ever opens a URL.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import attrs

from ..errors import LimitError, ParseError, Place, UnknownFormatError, shown
from ..thread import Thread
from . import pagetext, thread_json
from ._base import Format, Reading
from ._text import to_text

__all__ = ["MAX_BYTES", "Format", "Reading", "formats", "parse", "read", "write"]

MAX_BYTES = 2**30
"""How many bytes of input are read at most, unless the caller says otherwise: 1 GiB."""

_FORMATS: dict[str, Format] = {f.name: f for f in (thread_json.FORMAT, pagetext.FORMAT)}

_HEAD = 65_536  # how many characters of an input a format is shown to recognise it by
_MARGIN = 0.1  # formats whose certainty differs by less than this are told apart by the caller


def formats() -> tuple[Format, ...]:
    """Return the formats that are known, in order of name.

    >>> [format.name for format in formats()]
    ['json', 'pagetext']
    """
    return tuple(_FORMATS[name] for name in sorted(_FORMATS))


def read(
    source: str | os.PathLike[str] | IO[bytes],
    format: str | None = None,
    *,
    max_bytes: int = MAX_BYTES,
) -> Reading:
    """Read the threads in a file.

    Args:
        source: A path, or a file open in binary mode. For text or bytes in memory, use `parse`.
        format: The name of the format, one of `formats`; without it, the content decides.
        max_bytes: Refuse larger inputs with a `LimitError`.

    Raises `ParseError` (with a place) for an input that is not of the format, `UnknownFormatError`
    where no format fits, and `OSError` where the file cannot be opened. What is wrong with *parts*
    of an input is in the reading's `problems`, and the rest is kept.
    """
    name, data = _bytes_of(source, max_bytes)
    try:
        return parse(data, format)
    except (ParseError, LimitError) as error:
        place = attrs.evolve(error.place or Place(), source=name)
        raise type(error)(error.message, place) from None


def parse(data: str | bytes, format: str | None = None) -> Reading:
    r"""Read the threads in text or bytes that are in memory.

    Like `read`, but *data* is the content itself, never a path.

    >>> reading = parse('A title\n\nThe body.\n\n  1. First!\n\n    • And second.\n')
    >>> [comment.id for comment in reading.thread]
    ['1', '1.1']
    """
    text, problems = to_text(data)
    chosen = _FORMATS.get(format) if format is not None else _detect(text)
    if chosen is None:
        raise UnknownFormatError(f"no format is called {shown(format)}: try {_names()}")
    reading = chosen.parse(text)
    return attrs.evolve(reading, problems=problems + reading.problems) if problems else reading


def write(
    threads: Thread | Iterable[Thread], path: str | os.PathLike[str], format: str | None = None
) -> None:
    """Write a thread, or several where the format holds several, to a file.

    Without *format*, the suffix of *path* decides. Raises `UnknownFormatError` where it does not,
    or where the format cannot be written.
    """
    several = (threads,) if isinstance(threads, Thread) else tuple(threads)
    chosen = _by_suffix(os.fspath(path)) if format is None else _FORMATS.get(format)
    if chosen is None:
        raise UnknownFormatError(
            f"no format is called {shown(format)}: try {_names()}"
            if format is not None
            else f"the suffix of {shown(os.fspath(path), 200)} names no format: say format="
        )
    if chosen.serialize is None:
        raise UnknownFormatError(f"the format {chosen.name} can be read but not written")
    if len(several) != 1:
        raise UnknownFormatError(f"a {chosen.name} file holds one thread, not {len(several)}")
    Path(path).write_text(chosen.serialize(several[0]), encoding="utf-8", newline="\n")


def _bytes_of(source: str | os.PathLike[str] | IO[bytes], limit: int) -> tuple[str | None, bytes]:
    if isinstance(source, str | os.PathLike):
        if isinstance(source, str) and source.startswith(("http://", "https://")):
            raise ParseError("nothing here opens a URL: fetch it, and read the file")
        with Path(source).open("rb") as file:
            return os.fspath(source), _bounded(file, limit)
    if not hasattr(source, "read"):
        raise TypeError(f"must be a path or a binary file, not {shown(source)}; see parse()")
    return getattr(source, "name", None) and str(source.name), _bounded(source, limit)


def _bounded(file: IO[bytes], limit: int) -> bytes:
    data = file.read(limit + 1)
    if not isinstance(data, bytes):
        raise TypeError("must be a file open in binary mode; for text, use parse()")
    if len(data) > limit:
        raise LimitError(f"the input is larger than {limit:,} bytes: raise max_bytes to read it")
    return data


def _detect(text: str) -> Format:
    """Return the format whose own look the text has; raise where none or several do."""
    head = text[:_HEAD]
    ranked = sorted(((f.detect(head), f.name) for f in _FORMATS.values()), reverse=True)
    (best, name), (second, other) = ranked[0], ranked[1]
    if best <= 0:
        raise UnknownFormatError(f"no format recognises this input: say format=, one of {_names()}")
    if best - second < _MARGIN:
        raise UnknownFormatError(f"this may be {name} or {other}: say which with format=")
    return _FORMATS[name]


def _by_suffix(path: str) -> Format | None:
    for known in _FORMATS.values():
        if path.lower().endswith(known.suffixes):
            return known
    return None


def _names() -> str:
    return ", ".join(sorted(_FORMATS))
