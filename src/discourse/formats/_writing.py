"""Write threads in a format, and report what the format cannot store."""

import errno
import os
from collections.abc import Callable, Iterable, Sequence
from inspect import signature
from pathlib import Path

from .._expect import expect_thread
from .._io.files import replacing
from ..errors import FieldError, FieldTypeError, Problem, UnknownFormatError, shown
from ..thread import Thread
from ._base import Format, Reading
from ._registry import known, unpacked_name


def several(threads: Thread | Iterable[Thread], path: object = None) -> tuple[Thread, ...]:
    """Return the threads to write. Raises `TypeError` for anything else."""
    if isinstance(threads, Thread):
        listed: tuple[Thread, ...] = (threads,)
    elif isinstance(threads, Iterable) and not isinstance(threads, str | bytes | Path | Reading):
        listed = tuple(threads)
    elif isinstance(path, Thread | Reading | list | tuple):
        raise TypeError(
            f"the threads come first and the path second: {shown(threads)} is not a thread"
        )
    else:
        expect_thread(threads)
        listed = ()
    for thread in listed:
        expect_thread(thread)
    return listed


def written(
    threads: Sequence[Thread], chosen: Format, options: dict[str, object]
) -> tuple[str, tuple[Problem, ...]]:
    """Return *threads* as text in a format, and a problem for everything it cannot store."""
    return _text(threads, chosen, options), lost(threads, chosen)


def lost(threads: Sequence[Thread], chosen: Format) -> tuple[Problem, ...]:
    """Return a problem for everything that a format cannot store."""
    if chosen.holds is None:
        return ()
    return tuple(Problem("not-written", why) for each in threads for why in chosen.holds(each))


def bytes_for(
    path: str | os.PathLike[str],
    threads: Sequence[Thread],
    chosen: Format,
    options: dict[str, object],
) -> bytes:
    """Return the content of a file of this name."""
    if chosen.to_bytes is None:
        return _text(threads, chosen, options).encode()
    expect_options(options, chosen, chosen.to_bytes)
    name = unpacked_name(os.fspath(path))
    data = chosen.to_bytes(threads, name[name.rfind(".") :], **options)
    if isinstance(data, bytes):
        return data
    raise FieldTypeError(f"Format({shown(chosen.name)})", "to_bytes", data, "must return bytes")


def write_files(
    folder: str | os.PathLike[str],
    threads: Sequence[Thread],
    chosen: Format,
    options: dict[str, object],
) -> None:
    """Write the files of a format that is a folder. The folder is created if necessary."""
    write = chosen.to_files
    if write is None:
        raise IsADirectoryError(
            errno.EISDIR, f"a directory, but {chosen.name} is a single file", os.fspath(folder)
        )
    expect_options(options, chosen, write)
    files = write(threads, **options)
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        with replacing(Path(folder, name)) as file:
            file.write(text.encode())


def expect_options(
    options: dict[str, object], chosen: Format, function: Callable[..., object]
) -> None:
    """Raise `FieldError` for an option that a function of a format does not have."""
    if not options:
        return
    parameters = signature(function).parameters.items()
    known = [name for name, each in parameters if each.kind is each.KEYWORD_ONLY]
    for name in options:
        if name not in known:
            why = f"must not be given: {chosen.name} has no options"
            if known:
                why = f"must be an option of {chosen.name} ({', '.join(known)})"
            raise FieldError("formats", "options", name, why)


def _text(threads: Sequence[Thread], chosen: Format, options: dict[str, object]) -> str:
    if options:
        expect_options(options, chosen, chosen.serialize_all or chosen.serialize or _text)
    if chosen.serialize_all is not None:
        return _checked(chosen.serialize_all(threads, **options), chosen)
    if chosen.serialize is None:
        writable = ", ".join(name for name, made in known().items() if made.is_writable)
        raise UnknownFormatError(
            f"the format {chosen.name} can be read but not written: these can, {writable}"
        )
    if len(threads) != 1:
        raise UnknownFormatError(
            f"a {chosen.name} file holds one thread, not {len(threads)}: {_several()}"
        )
    return _checked(chosen.serialize(threads[0]), chosen)


def _several() -> str:
    """Return the formats that can store several threads, with their suffixes."""
    writable = [made for made in known().values() if made.serialize_all is not None]
    names = (
        f"{each.name} ({each.suffixes[0]})" if each.suffixes else each.name for each in writable
    )
    return f"write several as {' or '.join(names)}"


def _checked(made: object, chosen: Format) -> str:
    if isinstance(made, str):
        return made
    raise FieldTypeError(f"Format({shown(chosen.name)})", "serialize", made, "must return a str")
