"""Reading and writing every format: `read`, `parse`, `stream`, `write`, `serialize`, `available`.

Each format is one module: pure functions from text to values. Nothing here opens a URL.

Reading order: `_base` (the `Format` record), `_signatures` (how to recognise a format),
`_catalogue` (a row for each format), `_registry` (the format of an input), `_unsupported` and
`_comment_systems` (inputs that no format reads), `_pages` (pages with several kinds of markup),
`_structured` (shared by readers of pages), `_combine` (several inputs of one discussion),
`_several` (folders), `_writing`, `_log`, `_kit` (a toolkit for readers of JSON), `_sqlite`
(databases), `_separated` (tables as text), and then any format.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import perf_counter
from typing import IO, TypeAlias, cast

import attrs

from .._io.encoding import to_text
from .._io.files import MAX_BYTES, replacing
from .._io.inputs import bytes_of, name_of, unpacked
from ..errors import LimitError, ParseError, Place, Problem, UnknownFormatError, shown
from ..thread import Thread
from . import _registry
from ._base import Format, Reading
from ._heads import HEAD, Head
from ._log import log_done, log_format, log_stream
from ._several import Together, files_of, is_folder, matching, unread
from ._signatures import Beginning, HtmlMarks, JsonKeys, Magic, Prose, Signature, XmlRoot
from ._stream import Stream, readings_of
from ._writing import bytes_for, expect_options, lost, several, write_files, written
from ._zoned import without_zone, zoned

__all__ = [
    "Beginning",
    "Format",
    "HtmlMarks",
    "JsonKeys",
    "Magic",
    "Prose",
    "Reading",
    "Signature",
    "Stream",
    "XmlRoot",
    "available",
    "parse",
    "read",
    "serialize",
    "stream",
    "write",
]

_ADDRESS = re.compile(r"https?://|[^\s<>{}\[\]|]{1,250}\.(?:txt|json|jsonl|html?|xml|gz|zst|zip)\Z")

_Input: TypeAlias = str | os.PathLike[str] | IO[bytes]


def available() -> tuple[Format, ...]:
    """Return all known formats, sorted by name.

    Other packages can add formats by entry points of the group ``discourse.formats``.

    >>> {"json", "pagetext"} <= {format.name for format in available()}
    True
    """
    return tuple(_registry.known().values())


def read(
    source: _Input | Iterable[_Input],
    format: str | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    **options: object,
) -> Reading:
    """Read the threads in a file, or in several files that are parts of one discussion.

    Args:
        source: A path or an open binary file, plain or compressed (gzip, zstd, zip). Or a list of
            them: threads of the same discussion are merged, and later files win. Or a folder in a
            format that consists of several files. For text or bytes in memory, use `parse`.
        format: The name of the format, one of `available`. By default, the content decides.
        max_bytes: Raise `LimitError` for larger inputs, before or after decompression. The default
            is 1 GiB.
        options: Options of the format's ``parse``, such as ``heads=True`` for ``pagetext``. Every
            format takes ``zone``, the zone of times without one: a name (``"Europe/London"``), an
            offset (``"+01:00"``) or a `datetime.tzinfo`.

    Raises `ParseError` (with a place) for an input that does not match the format,
    `UnknownFormatError` if no format matches, `FieldError` for an empty list, `FieldTypeError` for
    an option of the wrong type, and `OSError` if the file cannot be opened. Problems with *parts*
    of an input are in the reading's `problems`, and the rest is kept.
    """
    start = perf_counter()
    reading = _read(source, format, max_bytes, options)
    log_done("read", _called(source), start, reading.threads, len(reading.problems))
    return reading


def _called(source: object) -> str | None:
    """Return the name of an input, if it has one."""
    is_one = isinstance(source, str | os.PathLike) or hasattr(source, "read")
    return name_of(cast("_Input", source)) if is_one else None


def _read(
    source: _Input | Iterable[_Input],
    format: str | None,
    max_bytes: int,
    options: dict[str, object],
) -> Reading:
    left: list[Problem] = []
    is_one_whole = is_folder(source)
    if is_one_whole:
        folder = cast("str | os.PathLike[str]", source)
        _expect_name(format, source)
        source, format, left = files_of(folder, format)
    if isinstance(source, str | bytes | os.PathLike) or hasattr(source, "read"):
        _expect_name(format, source)
        together = Together()
        one = _read_one(cast("_Input", source), format, max_bytes, options, together)
        return _as_one([one, *together.readings(options)])
    if not isinstance(source, Iterable):
        raise TypeError(f"must be a path, a binary file or a list of them, not {shown(source)}")
    from ._combine import combined  # noqa: PLC0415 - slow to import, and rarely needed

    together = Together()
    parts = [
        _told_of(_read_one(part, format, max_bytes, options, together), name_of(part))
        for part in source
    ]
    if left:
        parts.append(Reading((), left))
    parts += together.readings(options)
    if is_one_whole and sum(bool(part.threads) for part in parts) < 2:
        return _as_one(
            parts
        )  # the discussions of a data set are separate, even if their ids are equal
    return combined(parts)


def _expect_name(format: object, source: object) -> None:
    """Raise for an unknown format, with a hint if it is a second file."""
    if isinstance(format, os.PathLike):
        format = os.fspath(format)
    if isinstance(format, str) and _registry.loaded(format) is None:
        paths = (os.fspath(p) if isinstance(p, os.PathLike) else p for p in (source, format))
        one, other = (shown(each, 200) for each in paths)
        raise UnknownFormatError(
            f"{_registry.unknown(format)}; {_registry.THEIR_LIST}; several files are given as a "
            f"list, read([{one}, {other}])"
        )


def _told_of(reading: Reading, source: str | None) -> Reading:
    """Return a reading whose problems name their input, one of several."""
    if source is None or not reading.problems:
        return reading
    places = (problem.place or Place() for problem in reading.problems)
    named = [attrs.evolve(place, source=place.source or source) for place in places]
    problems = zip(reading.problems, named, strict=True)
    return attrs.evolve(reading, problems=[attrs.evolve(p, place=place) for p, place in problems])


def _read_one(
    source: _Input,
    format: str | None,
    max_bytes: int,
    options: dict[str, object],
    together: Together,
) -> Reading:
    """Return the reading of an input, without the files that *together* keeps for later."""
    name = name_of(source)
    readings: list[Reading] = []

    def choose(names: list[str]) -> list[str]:
        nonlocal format
        match = matching(names, format)
        if match is None:
            return names
        format = match[0]
        readings.append(Reading((), unread(names, match[1])))
        return match[1]

    for member, data in unpacked(bytes_of(source, max_bytes), max_bytes, choose):
        place = Place(source=member if name is None else f"{name}/{member}" if member else name)
        try:
            reading = _parsed(
                data, format, options, member or name, partial(together.add, place.source)
            )
            readings.append(_told_of(reading, member))
        except UnknownFormatError as error:
            if member is None or format is not None:
                raise _placed(error, place) from None
            ignored = Problem("unread-member", error.message, place=place)
            readings.append(Reading((), [ignored]))
        except (ParseError, LimitError) as error:
            raise _placed(error, place) from None
    return _as_one(readings)


def _as_one(readings: list[Reading]) -> Reading:
    if len(readings) == 1:
        return readings[0]
    return Reading(
        [thread for reading in readings for thread in reading.threads],
        [problem for reading in readings for problem in reading.problems],
        inferred=frozenset().union(*(reading.inferred for reading in readings)),
    )


def _placed(error: ParseError | LimitError, place: Place) -> ParseError | LimitError:
    known = error.place or Place()
    return type(error)(error.message, attrs.evolve(known, source=known.source or place.source))


def parse(data: str | bytes, format: str | None = None, **options: object) -> Reading:
    r"""Parse the threads in text or bytes in memory.

    Like `read`, but *data* is the content itself, never a path.

    >>> reading = parse('A title\n\nThe body.\n\n  1. First!\n\n    • And second.\n')
    >>> [comment.id for comment in reading.thread]
    ['1', '1.1']
    """
    return _parsed(data, format, options)


def _parsed(
    data: str | bytes,
    format: str | None,
    options: dict[str, object],
    name: str | None = None,
    keep: Callable[[Format, str | bytes], None] | None = None,
) -> Reading:
    if not isinstance(data, str) and (binary := _of_bytes(data, format)) is not None:
        own, zone = without_zone(options, binary)
        expect_options(own, binary, binary.parse)
        if keep is not None and binary.are_parts_bytes:
            keep(binary, bytes(data))
            return Reading()
        reading = binary.parse_bytes(bytes(data), **own)  # type: ignore[misc]  # it has one
        return zoned(reading, zone)
    text, problems = to_text(data)
    if format is None and text.strip() == "[]":  # the last page of a paged API
        return Reading((), [Problem("empty", "an empty JSON array, without comments")])
    chosen = _registry.named(format) if format is not None else _registry.detected(text, name)
    own, zone = without_zone(options, chosen)
    expect_options(own, chosen, chosen.parse)
    problems += tuple(_misplaced(text))
    if format is None and chosen.name == "pagetext":
        problems += tuple(_table(text))
    if keep is not None and chosen.parse_parts is not None:
        keep(chosen, text)
        return Reading((), problems)
    if format is None and _registry.is_of_pages(chosen):
        from ._pages import read_page  # noqa: PLC0415 - only pages need it

        reading = zoned(read_page(text, chosen, own), zone)
    else:
        reading = zoned(chosen.parse(text, **own), zone)
    return attrs.evolve(reading, problems=problems + reading.problems) if problems else reading


def _of_bytes(data: object, format: str | None) -> Format | None:
    """Return the format of a binary file, or None for text."""
    if not isinstance(data, bytes | bytearray | memoryview):
        return None
    start = bytes(data[:HEAD])
    chosen = _registry.named(format) if format is not None else _registry.detected_bytes(start)
    if chosen is None or chosen.parse_bytes is None or not chosen.fits(Head("", start)):
        return None
    if format is None:
        log_format(None, chosen.name, "by its first bytes")
    return chosen


def _misplaced(text: str) -> Iterator[Problem]:
    """Yield a problem if a text looks like a path or URL."""
    line = text.strip()
    if 0 < len(line) < 300 and len(line.split()) == 1 and _ADDRESS.match(line):
        message = f"{shown(line)} was parsed as the content itself: use read() for a file"
        yield Problem("looks-like-a-path", message, values=(line,))


def _table(text: str) -> Iterator[Problem]:
    """Yield a problem if text without a suffix looks like a table of unknown columns."""
    from ._separated import how_to_map, other_columns  # noqa: PLC0415 - as in the signature

    if names := other_columns(text):
        message = f"a table was parsed as the text of a page; {how_to_map(names)}"
        yield Problem("looks-like-a-table", message, values=tuple(names))


def stream(
    source: _Input, format: str | None = None, *, max_bytes: int = MAX_BYTES, **options: object
) -> Stream:
    """Return an iterator over the threads of a file, with the problems so far.

    If the format supports streaming, one thread is in memory at a time, and *max_bytes* does not
    apply. Otherwise, and with options, the whole file is read first. Arguments and errors are those
    of `read`.
    """
    chosen = _registry.named(format) if format is not None else None
    readings = None if options or is_folder(source) else readings_of(source, chosen)
    if readings is None:
        readings = iter((_read(source, format, max_bytes, options),))
    return Stream(log_stream(name_of(source), readings))


def serialize(
    threads: Thread | Iterable[Thread], format: str, **options: object
) -> tuple[str, tuple[Problem, ...]]:
    """Return threads as text in a format, and a problem for everything it cannot store.

    The *options* are those of the format's ``serialize_all``, such as ``plain=True`` for ``table``.

    >>> text, lost = serialize(Thread(None, [Comment("a7", text="Hm.")]), "pagetext")
    >>> print(lost[-1])
    not-written: comment 'a7': only text, at the id '1', can be held
    """
    return written(several(threads), _registry.named(format), options)


def write(
    threads: Thread | Iterable[Thread],
    path: str | os.PathLike[str],
    format: str | None = None,
    **options: object,
) -> tuple[Problem, ...]:
    """Write a thread, or several if the format can store several, to a file or folder.

    Args:
        threads: The threads.
        path: The path. Without *format*, its suffix decides. Some formats, such as ``convokit``,
            write a folder.
        format: The name of the format.
        options: Options of the format, such as ``encoding="utf-8-sig"`` and ``plain=True`` for
            ``table``.

    Returns a problem of kind ``not-written`` for everything that the format cannot store, and no
    problems if reading the file would return equal threads. Raises `UnknownFormatError` for an
    unknown suffix or a format that cannot be written, `FieldError` for an unknown option, and
    `TypeError` for anything but threads.
    """
    start = perf_counter()
    listed = several(threads, path)
    chosen = _registry.by_suffix(path) if format is None else _registry.named(format)
    if is_folder(path) or (
        chosen.to_files is not None and not _registry.has_suffix(os.fspath(path), chosen.suffixes)
    ):
        write_files(path, listed, chosen, options)
    else:
        data = bytes_for(path, listed, chosen, options)
        with replacing(path) as file:
            file.write(data)
    problems = lost(listed, chosen)
    log_done(f"wrote as {chosen.name}", os.fspath(path), start, listed, len(problems))
    return problems
