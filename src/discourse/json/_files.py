"""Read and write a thread as a JSON file: `load` and `dump`."""

import os
from typing import IO, Any

import attrs

from .._io.files import MAX_BYTES, FilePath, expect_file, opened, replacing
from ..errors import DecodeError, LimitError, Place
from ..thread import Thread
from ._documents import OnUnknown, Report, encode, loads


def load(
    source: FilePath | IO[Any],
    *,
    on_unknown: OnUnknown = "error",
    report: Report | None = None,
    max_bytes: int = MAX_BYTES,
) -> Thread:
    """Parse a JSON file.

    Args:
        source: A path, or an open text or binary file. Compression with gzip or Zstandard (the
            extra ``zstd``) is detected by the first bytes, whatever the file's name.
        on_unknown: As for `loads`.
        report: As for `loads`.
        max_bytes: Raise `LimitError` if the file is larger than this after decompression, 1 GiB by
            default.

    Raises `DecodeError` like `loads`, and for a truncated compressed file.
    """
    expect_file(source, "read")
    data, name = _content(source, max_bytes)
    try:
        return loads(data, on_unknown=on_unknown, report=report)
    except DecodeError as error:
        place = error.place if name is None else attrs.evolve(error.place or Place(), source=name)
        raise DecodeError(error.message + _other(error), place, error.problems) from None


def _content(source: FilePath | IO[Any], max_bytes: int) -> tuple[str | bytes, str | None]:
    """Return the content of a file, and its name if known."""
    if not isinstance(source, str | os.PathLike) and isinstance(source.read(0), str):
        text: str = source.read(max_bytes + 1)
        if len(text) > max_bytes:
            raise LimitError(f"larger than {max_bytes:,} characters: raise max_bytes to read it")
        return text, None
    with opened(source, max_bytes) as file:
        return file.read(), file.raw.name


def _other(error: DecodeError) -> str:
    """Return a hint at how to read a file that is not a single JSON document."""
    message = error.message
    if message.startswith("not JSON: Extra data"):
        return "; discourse.json.iter_jsonl() reads one document per line"
    if message.startswith(("not JSON", "not UTF-8")):
        return "; discourse.read() reads other formats"
    return ""


def dump(thread: Thread, target: FilePath | IO[Any], *, indent: int | None = None) -> None:
    """Write *thread* as a JSON file.

    Args:
        thread: The thread.
        target: A path, or an open text or binary file. For a path that ends in ``.gz`` or
            ``.zst``, the file is compressed.
        indent: As for `dumps`.

    A file at a path is replaced atomically: the new file is written next to it, synced to disk and
    renamed. Symbolic links are followed, and the old file's mode is kept.
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
