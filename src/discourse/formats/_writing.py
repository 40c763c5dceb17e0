"""Turn threads into the text of a format, and tell what of them it cannot hold."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from .._expect import expect_thread
from ..errors import FieldTypeError, Problem, UnknownFormatError, shown
from ..thread import Thread
from ._base import Format, Reading
from ._registry import known


def several(threads: Thread | Iterable[Thread], path: object = None) -> tuple[Thread, ...]:
    """Return the threads to write; raise `TypeError` for what is none, or stands in its place."""
    if isinstance(threads, Thread):
        listed: tuple[Thread, ...] = (threads,)
    elif isinstance(threads, Iterable) and not isinstance(threads, str | bytes | Path | Reading):
        listed = tuple(threads)
    elif isinstance(path, Thread | Reading | list | tuple):
        raise TypeError(
            f"the threads come first and the path second: {shown(threads)} is no thread"
        )
    else:
        expect_thread(threads)
        listed = ()
    for thread in listed:
        expect_thread(thread)
    return listed


def written(threads: Sequence[Thread], chosen: Format) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of *threads* in a format, and a problem for everything that is not in it."""
    reasons = (
        [] if chosen.holds is None else [why for each in threads for why in chosen.holds(each)]
    )
    return _text(threads, chosen), tuple(Problem("not-written", why) for why in reasons)


def _text(threads: Sequence[Thread], chosen: Format) -> str:
    if chosen.serialize_all is not None:
        return _checked(chosen.serialize_all(threads), chosen)
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
    """Return which formats hold several threads, and how their files are called."""
    writable = [made for made in known().values() if made.serialize_all is not None]
    names = (
        f"{each.name} ({each.suffixes[0]})" if each.suffixes else each.name for each in writable
    )
    return f"several can be written as {' or '.join(names)}"


def _checked(made: object, chosen: Format) -> str:
    if isinstance(made, str):
        return made
    raise FieldTypeError(f"Format({shown(chosen.name)})", "serialize", made, "must give a str")
