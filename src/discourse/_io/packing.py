"""Read and write gzip and Zstandard streams, within limits, and report truncated data.

The first bytes decide how to read, the suffix how to write. Consecutive members (gzip) or frames
(Zstandard) are one input, as both formats specify. An input that ends inside one is an error;
several libraries ignore that. Truncation exactly between two cannot be detected here, only by the
format of the content.
"""

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, NoReturn

from ..errors import DecodeError, LimitError, MissingExtraError, Place, shown

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_LARGEST_WINDOW = 2**27  # of Zstandard: the limit of its own tools
LONG_WINDOW = 2**31
"""The largest possible window of Zstandard. Dumps of whole sites use it."""

#: Bytes per read. A byte of gzip expands to at most 1,032, one of Zstandard to 32,768, which bounds
#: a step to 64 MiB.
_STEP = {b"": 2**18, _GZIP: 2**16, _ZSTD: 2**11}

#: Natural language compresses to between a third and a tenth. A large input that compresses to less
#: than a hundredth is a decompression bomb.
_EXPANSION = 100
_SMALL = 2**26
TOO_DENSE = f"expands to more than {_EXPANSION} times its size: unpack it to read it"


def most_bytes(packed: int) -> int:
    """Return how many bytes an input in memory may expand to, by its compressed size."""
    return max(_SMALL, _EXPANSION * packed)


def take(file: IO[bytes], count: int) -> bytes:
    """Read up to *count* bytes of a binary file. An empty result is the end."""
    data = file.read(count)
    if data is None:
        raise BlockingIOError(errno.EAGAIN, "the stream is non-blocking and has no data yet")
    if not isinstance(data, bytes):
        raise TypeError("must be a file open in binary mode; for text, use parse()")
    return data


class Input(io.RawIOBase):
    """A stream of the decompressed bytes of an input."""

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
        """The path, if known."""
        self.taken = 0
        """How many bytes of the file were read."""
        self.total = _size(file)
        """The size of the file in bytes, if known."""
        self._file = file
        self._max = max_bytes
        self._max_window = max_window
        self._given = 0
        self._is_packed = False
        self._pieces = self._plain()
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill *buffer* with the next bytes, and return their number."""
        if not self._rest:
            self._rest = memoryview(self._next())
        room = memoryview(buffer)
        count = min(len(room), len(self._rest))
        room[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def readall(self) -> bytes:
        """Return the rest. `io.RawIOBase` would hold every byte in memory twice."""
        whole = io.BytesIO()
        whole.write(self._rest)
        self._rest = memoryview(b"")
        while piece := self._next():
            whole.write(piece)
        return whole.getvalue()

    def _next(self) -> bytes:
        """Return the next bytes, within the limits. An empty result is the end."""
        piece = next(filter(None, self._pieces), b"")
        self._given += len(piece)
        if self._max is not None:
            if self._given > self._max:
                self._exceed(f"larger than {self._max:,} bytes: raise max_bytes to read it")
            if self._is_packed and self._given > most_bytes(self.taken):
                self._exceed(TOO_DENSE)
        return piece

    def _exceed(self, message: str) -> NoReturn:
        raise LimitError(message, Place(source=self.name) if self.name else None)

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
        data = take(self._file, count)
        self.taken += len(data)
        return data

    def _inflated(
        self, head: bytes, kind: bytes, name: str, start: Callable[[], Any]
    ) -> Iterator[bytes]:
        self._is_packed = True
        stream = start()
        for chunk in self._chunks(head, _STEP[kind]):
            rest = chunk
            while rest:
                if stream is None:
                    if kind is _GZIP and not (rest := rest.lstrip(b"\0")):  # tapes are padded
                        break
                    stream = start()
                try:
                    yield stream.decompress(rest)
                except Exception as error:  # noqa: BLE001 - an error of zlib, or of a library that is not imported here
                    self._refuse(f"damaged {name} data: {shown(str(error))[1:-1]}")
                rest = b""
                if stream.eof:
                    rest, stream = stream.unused_data, None
        if stream is not None:
            self._refuse(f"the {name} data is truncated")

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
        import zstandard  # noqa: PLC0415 - an extra, only needed for such files
    except ImportError as error:
        raise MissingExtraError("Zstandard (.zst)", "zstd") from error
    module: ModuleType = zstandard
    return module


def _zstd_stream(max_window: int) -> Callable[[], Any]:
    library = _zstd()
    return lambda: library.ZstdDecompressor(max_window_size=max_window).decompressobj()


@contextmanager
def packed(file: IO[bytes], path: str) -> Iterator[IO[bytes]]:
    """Open a file for writing to *file*, compressed by the suffix of *path*."""
    if path.endswith(".gz"):  # without name and time: equal threads give equal files
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packing:
            yield packing  # type: ignore[misc]  # only its write method is needed
    elif path.endswith(".zst"):
        compressor = _zstd().ZstdCompressor(write_checksum=True)
        with compressor.stream_writer(file, closefd=False) as packing:
            yield packing
    else:
        yield file
