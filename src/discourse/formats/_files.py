"""Get the bytes of an input: from a path or an open file, unpacked, and never more than allowed."""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..errors import LimitError, MissingExtraError, ParseError, Place, shown

_STEP = 1 << 20

GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = b"PK\x03\x04"


def name_of(source: str | os.PathLike[str] | IO[bytes]) -> str | None:
    """Return what to call an input in messages."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


def bytes_of(source: str | os.PathLike[str] | IO[bytes], limit: int) -> bytes:
    """Return all bytes of a path or a binary file; raise `LimitError` beyond *limit*."""
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
    return Path(source).open("rb")


def _read(file: IO[bytes] | gzip.GzipFile, limit: int) -> bytes:
    data = file.read(limit + 1)
    if not isinstance(data, bytes):
        raise TypeError("must be a file open in binary mode; for text, use parse()")
    if len(data) > limit:
        raise LimitError(f"the input is larger than {limit:,} bytes: raise max_bytes to read it")
    return data


def unpacked(data: bytes, limit: int) -> Iterator[tuple[str | None, bytes]]:
    """Yield the name and the bytes of each file that *data* packs; of what packs none, itself."""
    if data.startswith(_ZIP):
        yield from _members(data, limit)
    elif data.startswith(GZIP):
        yield None, _read_packed(gzip.GzipFile(fileobj=io.BytesIO(data)), limit)
    elif data.startswith(_ZSTD):
        yield None, _unpacked_zstd(data, limit)
    else:
        yield None, data


def _read_packed(file: IO[bytes] | gzip.GzipFile, limit: int) -> bytes:
    try:
        return _read(file, limit)
    except (EOFError, OSError, zlib.error) as error:
        raise ParseError(f"the compressed input is damaged or cut: {str(error)[:100]}") from None


def _unpacked_zstd(data: bytes, limit: int) -> bytes:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("reading .zst files", "zstd") from None
    parts: list[bytes] = []
    size = 0
    rest = data
    try:
        while rest:  # a file may hold several frames; the one-call reader takes only the first
            frame = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()
            for start in range(0, len(rest), _STEP):
                parts.append(frame.decompress(rest[start : start + _STEP]))
                size += len(parts[-1])
                if size > limit:
                    raise LimitError(f"the input unpacks to more than {limit:,} bytes")
                if frame.eof:
                    rest = frame.unused_data + rest[start + _STEP :]
                    break
            else:
                raise ParseError("the compressed input is cut: its end is missing")
    except zstandard.ZstdError as error:
        raise ParseError(f"the compressed input is damaged: {str(error)[:100]}") from None
    return b"".join(parts)


def _members(data: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    import zipfile  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            room = limit
            for member in archive.infolist():
                if member.is_dir():
                    continue
                with archive.open(member) as file:
                    made = _read_packed(file, room)
                room -= len(made)
                yield member.filename, made
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        place = Place(offset=0)
        raise ParseError(f"the zip archive cannot be read: {str(error)[:100]}", place) from None
