"""Get the bytes of an input: from a path or an open file, unpacked, and never more than allowed."""

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..errors import DiscourseError, FieldTypeError, LimitError, ParseError, Place, shown
from .packing import LONG_WINDOW, Input

_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # gzip, Zstandard
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is that of an archive with nothing in it
_CLUTTER = frozenset({".DS_Store", "Thumbs.db"})
_CLUTTER_FOLDER = "__MACOSX/"


def name_of(source: str | os.PathLike[str] | IO[bytes]) -> str | None:
    """Return what to call an input in messages."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def bytes_of(source: str | os.PathLike[str] | IO[bytes], limit: int) -> bytes:
    """Return all bytes of a path or a binary file; raise `LimitError` beyond *limit*.

    Raises `FieldTypeError` for a limit that is no whole number.
    """
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise FieldTypeError("formats", "max_bytes", limit, "must be an int, a number of bytes")
    if isinstance(source, str | os.PathLike):
        with open_path(source) as file:
            return _read(file, limit)
    if not hasattr(source, "read"):
        raise TypeError(f"must be a path or a binary file, not {shown(source)}; see parse()")
    return _read(source, limit)


def open_path(source: str | os.PathLike[str]) -> IO[bytes]:
    """Open a file for reading; an address is refused, since nothing here opens one."""
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        raise ParseError("nothing here opens a URL: fetch it, and read the file")
    if not os.fspath(source):  # which pathlib would take for the folder at hand
        raise FileNotFoundError(errno.ENOENT, "no such file, since the path is empty", "")
    return Path(source).open("rb")


def _read(file: IO[bytes], limit: int) -> bytes:
    data = file.read(limit + 1)
    if not isinstance(data, bytes):
        raise TypeError("must be a file open in binary mode; for text, use parse()")
    if len(data) > limit:
        raise LimitError(f"the input is larger than {limit:,} bytes: raise max_bytes to read it")
    return data


def is_archive(head: bytes) -> bool:
    """Whether an input is an archive of files, by its first bytes."""
    return head.startswith(_ZIP)


def plain(file: IO[bytes], limit: int | None) -> io.BufferedReader:
    """Return *file* as it is without gzip or Zstandard, by its first bytes; see `Plain`."""
    return io.BufferedReader(Plain(file, None, limit, max_window=LONG_WINDOW), 1 << 16)


class Plain(Input):
    """The bytes of an input, made plain as they are asked for; damage is a `ParseError`.

    It never closes the file, which may be the caller's.
    """

    def _refuse(self, message: str) -> None:
        raise ParseError(message, Place(offset=self.taken)) from None


def unpacked(data: bytes, limit: int) -> Iterator[tuple[str | None, bytes]]:
    """Yield the name and the bytes of each file that *data* packs; of what packs none, itself.

    A file in an archive may be packed once more. What systems put beside the files of an archive is
    passed over without a word, and is nothing else than: all below ``__MACOSX/``, and files called
    ``.DS_Store`` or ``Thumbs.db``. Raises `LimitError` where all together are larger
    than *limit*, made plain, and `ParseError` for what is damaged or cut.
    """
    if is_archive(data):
        yield from _members(data, limit)
    else:
        yield None, _made_plain(data, limit)


def _made_plain(data: bytes, limit: int) -> bytes:
    if not data.startswith(_PACKED):
        return data
    return plain(io.BytesIO(data), limit).read()


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER_FOLDER) or name.rpartition("/")[2] in _CLUTTER


def _members(data: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    import zipfile  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            room = limit
            for member in archive.infolist():
                if member.is_dir() or _is_clutter(member.filename):
                    continue
                with archive.open(member) as file:
                    made = _made_plain(_read(file, room), room)
                room -= len(made)
                yield member.filename, made
    except DiscourseError:
        raise
    except Exception as error:  # noqa: BLE001 - damage makes zipfile raise whatever there is
        place = Place(offset=0)
        raise ParseError(f"the zip archive cannot be read: {shown(str(error))}", place) from None
