"""Open a file with decompression, and replace a file atomically."""

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Literal, TypeAlias

from ..errors import shown
from .inputs import name_of
from .packing import Input, packed

FilePath: TypeAlias = "str | os.PathLike[str]"

MAX_BYTES = 2**30
"""The default limit for the bytes of an input: 1 GiB."""


def expect_file(file: object, method: Literal["read", "write"]) -> None:
    """Raise `TypeError` unless *file* is a path or a file with the method *method*."""
    if not isinstance(file, str | os.PathLike) and not hasattr(file, method):
        hint = ": loads() parses a document in memory" if isinstance(file, bytes) else ""
        raise TypeError(f"must be a path or an open file, not {shown(file)}{hint}")


class Opened(io.BufferedReader):
    """An open, decompressed input."""

    raw: Input


@contextmanager
def opened(source: FilePath | IO[bytes], max_bytes: int | None = None) -> Iterator[Opened]:
    """Open an input with decompression. A caller's file stays open."""
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            yield Opened(Input(file, name_of(source), max_bytes), 2**20)
    else:
        yield Opened(Input(source, name_of(source), max_bytes), 2**20)


@contextmanager
def replacing(path: FilePath) -> Iterator[IO[bytes]]:
    """Open a file for writing that atomically replaces *path* when it is complete.

    After an error, the old file is unchanged and the new one removed. Only a killed process leaves
    a hidden file named ``.discourse-....tmp``.
    """
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # still a link after resolving: a loop
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), os.fspath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as file, packed(file, os.fspath(path)) as packing:
            yield packing  # a device or pipe cannot be replaced
        return
    temporary = target.parent / f".discourse-{os.urandom(8).hex()}.tmp"
    with _removed_on_error(temporary, path):
        with os.fdopen(_create(temporary, target), "wb") as file:
            with packed(file, os.fspath(path)) as packing:
                yield packing
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    sync_folder(target.parent)


@contextmanager
def _removed_on_error(temporary: Path, path: FilePath) -> Iterator[None]:
    """Remove the file at *temporary* after any error or interruption.

    An `OSError` names *path*, the file that the caller asked for.
    """
    try:
        yield
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename in {temporary, str(temporary)}:
            raise OSError(error.errno, error.strerror, os.fspath(path)) from None
        raise


def _create(path: Path, like: Path) -> int:
    """Create a new file, with the mode of *like* from the start."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        mode = stat.S_IMODE(like.stat().st_mode)
    except FileNotFoundError:
        return os.open(path, flags, 0o666)
    handle = os.open(path, flags, 0o600)
    path.chmod(mode)
    return handle


def sync_folder(folder: Path) -> None:
    """Sync the directory entries of a folder to disk, if the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
