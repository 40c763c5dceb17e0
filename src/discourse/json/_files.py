"""Threads in files: `load` and `dump`; how files are opened, read within bounds and replaced."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias

import attrs

from ..errors import DecodeError, LimitError, Place, shown
from ..thread import Thread
from ._compressed import Input, packed
from ._documents import OnUnknown, Report, encode, loads

MAX_BYTES = 2**30
"""How many bytes `load` reads at most, made plain, unless the caller says otherwise: 1 GiB."""

FilePath: TypeAlias = "str | os.PathLike[str]"


def load(
    source: FilePath | IO[Any],
    *,
    on_unknown: OnUnknown = "error",
    report: Report | None = None,
    max_bytes: int = MAX_BYTES,
) -> Thread:
    """Return the thread in a JSON file.

    Args:
        source: A path, or an open file of text or bytes. What is packed with gzip or Zstandard
            (the extra ``zstd``) is known by its first bytes, whatever its name.
        on_unknown: As for `loads`.
        report: As for `loads`.
        max_bytes: Refuse what is larger, made plain, with a `LimitError`.

    Raises `DecodeError` like `loads`, and where a packed file ends too early.
    """
    expect_file(source, "read")
    data, name = _content(source, max_bytes)
    try:
        return loads(data, on_unknown=on_unknown, report=report)
    except DecodeError as error:
        place = error.place if name is None else attrs.evolve(error.place or Place(), source=name)
        raise DecodeError(error.message + _other(error), place, error.problems) from None


def _content(source: FilePath | IO[Any], max_bytes: int) -> tuple[str | bytes, str | None]:
    """Return what is in a file, and its name where that is known."""
    if not isinstance(source, str | os.PathLike) and isinstance(source.read(0), str):
        text: str = source.read(max_bytes + 1)
        if len(text) > max_bytes:
            raise LimitError(f"larger than {max_bytes:,} characters: raise max_bytes to read it")
        return text, None
    with opened(source, max_bytes) as file:
        return file.read(), file.raw.name


def _other(error: DecodeError) -> str:
    """Return what else may read a file that is not one JSON document."""
    told = error.message
    if told.startswith("not JSON: Extra data"):
        return "; discourse.json.iter_jsonl() reads a document a line"
    if told.startswith(("not JSON", "not UTF-8")):
        return "; discourse.read() reads other formats"
    return ""


def dump(thread: Thread, target: FilePath | IO[Any], *, indent: int | None = None) -> None:
    """Write *thread* as a JSON file.

    Args:
        thread: What to write.
        target: A path, or an open file of text or bytes. A path that ends in ``.gz`` or ``.zst``
            is packed.
        indent: As for `dumps`.

    At a path, there is the old file until the new one is whole: it is written beside it, brought to
    the disk, and put in its place in one step. A link is followed, and the old file's mode kept.
    """
    expect_file(target, "write")
    data = encode(thread, indent) + b"\n"
    if isinstance(target, str | os.PathLike):
        with replacing(target) as file:
            file.write(data)
    elif _is_binary(target):
        target.write(data)
    else:
        target.write(data.decode())


def _is_binary(file: IO[Any]) -> bool:
    try:
        file.write("")
    except TypeError:
        return True
    return False


def expect_file(given: object, method: Literal["read", "write"]) -> None:
    """Raise `TypeError` where *given* is neither a path nor a file that can do *method*."""
    if not isinstance(given, str | os.PathLike) and not hasattr(given, method):
        hint = ": loads() reads a document itself" if isinstance(given, bytes) else ""
        raise TypeError(f"must be a path or an open file, not {shown(given)}{hint}")


class Opened(io.BufferedReader):
    """An input open to be read plain."""

    raw: Input


@contextmanager
def opened(source: FilePath | IO[bytes], max_bytes: int | None = None) -> Iterator[Opened]:
    """Open an input to be read plain, whatever it is packed with; a caller's file stays open."""
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            yield Opened(Input(file, os.fspath(source), max_bytes), 2**20)
    else:
        name = getattr(source, "name", None)
        yield Opened(Input(source, name if isinstance(name, str) else None, max_bytes), 2**20)


@contextmanager
def replacing(path: FilePath) -> Iterator[IO[bytes]]:
    """Give a file to write to, which takes the place of *path* once all is written, or never does.

    Whatever goes wrong before, the old file stays as it was and nothing is left beside it, unless
    the process is killed: then that is a hidden file named ``.discourse-....tmp``.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as file, packed(file, os.fspath(path)) as packing:
            yield packing  # a device or a pipe, which nothing can take the place of
        return
    beside = target.parent / f".discourse-{os.urandom(8).hex()}.tmp"
    with _none_left(beside, path):
        with os.fdopen(_create(beside, target), "wb") as file:
            with packed(file, os.fspath(path)) as packing:
                yield packing
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    sync_folder(target.parent)


@contextmanager
def _none_left(beside: Path, path: FilePath) -> Iterator[None]:
    """Remove the file at *beside* where anything goes wrong, an interruption included.

    What the system says of it is said of *path*, the file that somebody wanted to be written.
    """
    try:
        yield
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.filename in {beside, str(beside)}:
            raise OSError(error.errno, error.strerror, os.fspath(path)) from None
        raise


def _create(path: Path, like: Path) -> int:
    """Create a file that was not there, with the mode of *like* from its beginning."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        mode = stat.S_IMODE(like.stat().st_mode)
    except FileNotFoundError:
        return os.open(path, flags, 0o666)
    made = os.open(path, flags, 0o600)
    path.chmod(mode)
    return made


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
