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
    """Return the thread in a JSON file.

    Args:
        source: A path, or an open file of text or bytes. What is packed with gzip or Zstandard
            (the extra ``zstd``) is known by its first bytes, whatever its name.
        on_unknown: As for `loads`.
        report: As for `loads`.
        max_bytes: Refuse what is larger, unpacked, with a `LimitError`: 1 GiB by default.

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
    message = error.message
    if message.startswith("not JSON: Extra data"):
        return "; discourse.json.iter_jsonl() reads a document a line"
    if message.startswith(("not JSON", "not UTF-8")):
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
