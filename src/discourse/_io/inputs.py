"""Read the bytes of a path or an open file: decompressed, complete and within limits."""

import errno
import io
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import DiscourseError, FieldTypeError, LimitError, ParseError, Place, shown
from .packing import LONG_WINDOW, TOO_DENSE, Input, most_bytes, take

if TYPE_CHECKING:
    import zipfile

_STEP = 2**20  # bytes per read
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # gzip, Zstandard
_ZIP_END = b"PK\x05\x06"  # before the last 18 bytes and the comment
_ZIP = (b"PK\x03\x04", _ZIP_END)  # an empty archive is only an end record
CLUTTER = frozenset({".DS_Store", "Thumbs.db"})
"""Files that operating systems add to folders."""
_CLUTTER_FOLDER = "__MACOSX/"


def name_of(source: str | os.PathLike[str] | IO[bytes]) -> str | None:
    """Return the name of an input for messages."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def bytes_of(source: str | os.PathLike[str] | IO[bytes], limit: int) -> bytes:
    """Return all bytes of a path or binary file. Raises `LimitError` beyond *limit*.

    Raises `FieldTypeError` for a limit that is not an int.
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
    """Open a file for reading. URLs are refused."""
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        raise ParseError("discourse never opens a URL: download it, and read the file")
    if not os.fspath(source):  # pathlib would take it for the current folder
        raise FileNotFoundError(errno.ENOENT, "no such file: the path is empty", "")
    try:
        return Path(source).open("rb")
    except OSError as error:
        # Windows refuses * and ? in a name as invalid.
        is_missing = error.errno in {errno.ENOENT, errno.EINVAL}
        if not is_missing or not any(sign in os.fspath(source) for sign in "*?["):
            raise
        message = (
            "no such file, and patterns are not expanded: use [discourse.read(path) for path in "
            "glob.glob(pattern)], or discourse.read(glob.glob(pattern)) for parts of one discussion"
        )
        raise FileNotFoundError(errno.ENOENT, message, os.fspath(source)) from None


def _read(file: IO[bytes], limit: int) -> bytes:
    """Read to the end in steps. A raw stream may return few bytes, or None for no data yet."""
    whole = io.BytesIO()
    while whole.tell() <= limit and (piece := take(file, _STEP)):
        whole.write(piece)
    if whole.tell() > limit:
        raise LimitError(f"the input is larger than {limit:,} bytes: raise max_bytes to read it")
    return whole.getvalue()


def is_archive(head: bytes) -> bool:
    """Whether an input is an archive of files, by its first bytes."""
    return head.startswith(_ZIP)


def plain(file: IO[bytes], limit: int | None) -> io.BufferedReader:
    """Return *file* decompressed from gzip or Zstandard, by its first bytes; see `Plain`."""
    return io.BufferedReader(Plain(file, None, limit, max_window=LONG_WINDOW), 1 << 16)


class Plain(Input):
    """An `Input` that raises `ParseError` for damage and never closes the caller's file."""

    def _refuse(self, message: str) -> None:
        raise ParseError(message, Place(offset=self.taken)) from None


def unpacked(
    data: bytes, limit: int, choose: Callable[[list[str]], Collection[str]] = lambda names: names
) -> Iterator[tuple[str | None, bytes]]:
    """Yield the name and content of each file in an archive, or *data* itself if it is not one.

    *choose* selects which of all file names to unpack.

    A file in an archive may be compressed again. Only files that operating systems add are skipped
    without a problem: those under ``__MACOSX/``, and files named ``.DS_Store`` or ``Thumbs.db``.
    Raises `LimitError` if all files together are larger than *limit*, or than `most_bytes` allows,
    and `ParseError` if the archive is damaged or truncated.
    """
    if is_archive(data):
        yield from _members(data, limit, choose)
    else:
        yield None, _unpacked_once(data, limit)


def _unpacked_once(data: bytes, limit: int) -> bytes:
    return plain(io.BytesIO(data), limit).read() if data.startswith(_PACKED) else data


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER_FOLDER) or name.rpartition("/")[2] in CLUTTER


def _members(
    data: bytes, limit: int, choose: Callable[[list[str]], Collection[str]]
) -> Iterator[tuple[str, bytes]]:
    import zipfile  # noqa: PLC0415 - slow to import, and rarely needed

    if _ZIP_END not in data:
        raise _broken_archive("it is truncated: its end is missing")
    room = min(limit, most_bytes(len(data)))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _expect_whole(archive, data)
            members = [
                member
                for member in archive.infolist()
                if not (member.is_dir() or _is_clutter(member.filename))
            ]
            wanted = frozenset(choose([member.filename for member in members]))
            for member in members:
                if member.filename not in wanted:
                    continue
                with archive.open(member) as file:
                    content = _unpacked_once(_read(file, room), room)
                room -= len(content)
                yield member.filename, content
    except LimitError as error:
        if error.message == TOO_DENSE or most_bytes(len(data)) < limit:
            raise LimitError(f"the archive {TOO_DENSE}") from None
        raise LimitError(
            f"the archive is larger than {limit:,} bytes, unpacked: raise max_bytes to read it"
        ) from None
    except DiscourseError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises many kinds of errors for damage
        raise _broken_archive(shown(str(error))) from None


def _expect_whole(archive: "zipfile.ZipFile", data: bytes) -> None:
    """Raise `ParseError` for bytes before or after an archive, which zipfile ignores.

    They are the rest of another archive. Either two archives were joined, or the end of one is
    missing and its last file is itself an archive.
    """
    end = data.rfind(_ZIP_END) + 22 + len(archive.comment)
    first = min((member.header_offset for member in archive.infolist()), default=archive.start_dir)
    if first > 0:
        raise _broken_archive("there is data before its first file")
    if data[end:].strip(b"\0"):
        raise _broken_archive("there is data after its end")


def _broken_archive(why: str) -> ParseError:
    return ParseError(f"the zip archive cannot be read: {why}", Place(offset=0))
