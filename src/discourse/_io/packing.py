"""Read and write gzip and Zstandard as streams, within bounds, and report data that is cut.

Reading goes by the first bytes, writing by the suffix. Members (gzip) and frames (Zstandard) that
follow each other are one input, as both formats define. An input that ends inside one is an error,
where several libraries end without a word. A cut exactly between two leaves nothing to see here:
only the format of the content can report it.
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
_LARGEST_WINDOW = 2**27  # of Zstandard: what its own tools take without being asked
LONG_WINDOW = 2**31
"""The largest window of Zstandard that there is, which dumps of whole sites are packed with."""

#: How many bytes are read at once. A byte of gzip becomes at most 1,032, one of Zstandard 32,768:
#: no step makes more than 64 MiB.
_STEP = {b"": 2**18, _GZIP: 2**16, _ZSTD: 2**11}

#: People's words shrink to a third or a tenth. What shrinks to less than a hundredth, and is not
#: small, was made to fill memory.
_EXPANSION = 100
_SMALL = 2**26
TOO_DENSE = f"expands to more than {_EXPANSION} times its size: unpack it to read it"


def most_bytes(packed: int) -> int:
    """Return how many bytes an input that is held in memory may expand to, by its packed size."""
    return max(_SMALL, _EXPANSION * packed)


def take(file: IO[bytes], count: int) -> bytes:
    """Read up to *count* bytes of a binary file; none are left where there are none."""
    data = file.read(count)
    if data is None:
        raise BlockingIOError(errno.EAGAIN, "the stream is non-blocking and has no data yet")
    if not isinstance(data, bytes):
        raise TypeError("must be a file open in binary mode; for text, use parse()")
    return data


class Input(io.RawIOBase):
    """The bytes of an input, unpacked as they are asked for."""

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
        self._is_packed = False
        self._pieces = self._plain()
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill *buffer* with what comes next, and return how much that was."""
        if not self._rest:
            self._rest = memoryview(self._next())
        room = memoryview(buffer)
        count = min(len(room), len(self._rest))
        room[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def readall(self) -> bytes:
        """Return all that is left; each byte is held once, where `io.RawIOBase` holds it twice."""
        whole = io.BytesIO()
        whole.write(self._rest)
        self._rest = memoryview(b"")
        while piece := self._next():
            whole.write(piece)
        return whole.getvalue()

    def _next(self) -> bytes:
        """Return the next bytes, within the bounds; none are left where there are none."""
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
    module: ModuleType = zstandard
    return module


def _zstd_stream(max_window: int) -> Callable[[], Any]:
    library = _zstd()
    return lambda: library.ZstdDecompressor(max_window_size=max_window).decompressobj()


@contextmanager
def packed(file: IO[bytes], path: str) -> Iterator[IO[bytes]]:
    """Open a file to write to, which goes to *file*, packed as the suffix of *path* says."""
    if path.endswith(".gz"):  # without name and time, so that equal threads are equal files
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as packing:
            yield packing  # type: ignore[misc]  # it can write, which is all that is asked of it
    elif path.endswith(".zst"):
        compressor = _zstd().ZstdCompressor(write_checksum=True)
        with compressor.stream_writer(file, closefd=False) as packing:
            yield packing
    else:
        yield file
