"""Read and write gzip and Zstandard as streams: bounded, and with every cut told.

Reading goes by the first bytes and writing by the suffix, so that a file is read for what it is and
written as its name says. Members and frames that follow each other are one input, as the formats
have it. What ends in the middle of one is an error, where several libraries end as if all was well.
"""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

from ..errors import DecodeError, LimitError, MissingExtraError, Place, shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_LARGEST_WINDOW = 2**27  # of Zstandard: what its own tools take without being asked
LONG_WINDOW = 2**31
"""The largest window of Zstandard that there is, which dumps of whole sites are packed with."""

#: How many bytes are read at once. A byte of gzip becomes at most 1,032, one of Zstandard 32,768:
#: no step makes more than 64 MiB.
_STEP = {b"": 2**18, _GZIP: 2**16, _ZSTD: 2**11}


class Input(io.RawIOBase):
    """The bytes of an input, made plain as they are asked for."""

    def __init__(
        self,
        file: IO[bytes],
        name: str | None,
        max_bytes: int | None,
        *,
        max_window: int = _LARGEST_WINDOW,
    ) -> None:
        super().__init__()
        self.name = name
        """The path, where it is known."""
        self.taken = 0
        """How many bytes were read of the file."""
        self.total = _size(file)
        """How many bytes the file has, where that is known."""
        self._file = file
        self._max = max_bytes
        self._max_window = max_window
        self._given = 0
        self._pieces = self._plain()
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill *buffer* with what comes next, and return how much that was."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._given += len(piece)
            if self._max is not None and self._given > self._max:
                message = f"larger than {self._max:,} bytes: raise max_bytes to read it"
                raise LimitError(message, Place(source=self.name) if self.name else None)
            self._rest = memoryview(piece)
        room = memoryview(buffer)
        count = min(len(room), len(self._rest))
        room[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _plain(self) -> Iterator[bytes]:
        head = self._take(4)
        while head and len(head) < 4 and (more := self._take(4 - len(head))):
            head += more
        if head.startswith(_ZSTD):
            return self._inflated(head, _ZSTD, "Zstandard", _zstd_stream(self._max_window))
        if head.startswith(_GZIP):
            return self._inflated(head, _GZIP, "gzip", lambda: zlib.decompressobj(31))
        return self._chunks(head, _STEP[b""])

    def _chunks(self, head: bytes, step: int) -> Iterator[bytes]:
        while head:
            yield head
            head = self._take(step)

    def _take(self, count: int) -> bytes:
        data = self._file.read(count)
        if not isinstance(data, bytes):
            raise TypeError("must be a file open in binary mode")
        self.taken += len(data)
        return data

    def _inflated(
        self, head: bytes, kind: bytes, name: str, start: Callable[[], Any]
    ) -> Iterator[bytes]:
        stream = start()
        for chunk in self._chunks(head, _STEP[kind]):
            rest = chunk
            while rest:
                if stream is None:
                    rest = (
                        rest.lstrip(b"\0") if kind is _GZIP else rest
                    )  # what tapes are padded with
                    if not rest:
                        break
                    stream = start()
                try:
                    yield stream.decompress(rest)
                except Exception as error:  # noqa: BLE001 - zlib's, or one of the library not imported
                    self._refuse(f"not whole {name}: {shown(str(error))[1:-1]}")
                rest = b""
                if stream.eof:
                    rest, stream = stream.unused_data, None
        if stream is not None:
            self._refuse(f"the {name} data ends in the middle")

    def _refuse(self, message: str) -> None:
        raise DecodeError(message, Place(source=self.name, offset=self.taken)) from None


def _size(file: IO[bytes]) -> int | None:
    try:
        about = os.fstat(file.fileno())
    except (AttributeError, OSError):
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None


def _zstd() -> ModuleType:
    try:
        import zstandard  # noqa: PLC0415 - an extra, and only where a file asks for it
    except ImportError as error:
        raise MissingExtraError("Zstandard (.zst)", "zstd") from error
    made: ModuleType = zstandard
    return made


def _zstd_stream(max_window: int) -> Callable[[], Any]:
    library = _zstd()
    return lambda: library.ZstdDecompressor(max_window_size=max_window).decompressobj()


@contextmanager
def packed(file: IO[bytes], path: str) -> Iterator[IO[bytes]]:
    """Give a file to write to, which *file* gets as the suffix of *path* says."""
    if path.endswith(".gz"):  # without name and time, so that equal threads are equal files
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packing:
            yield packing  # type: ignore[misc]  # it can write, which is all that is asked of it
    elif path.endswith(".zst"):
        with _zstd().ZstdCompressor(write_checksum=True).stream_writer(file, closefd=False) as made:
            yield made
    else:
        yield file
