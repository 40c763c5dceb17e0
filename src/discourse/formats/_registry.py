"""The formats that are known: those of this library, and those that other packages bring."""

import importlib
import os
import warnings
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from ..errors import UnknownFormatError, shown
from ._base import Format

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "discourse.formats"
"""The group of entry points by which a package brings a format; each names a `Format`."""

#: The modules of this library's own formats, imported when the first input is read: their words
#: and patterns take longer than all the rest of the library.
_OWN = (
    "discourse_forum",
    "disqus_xml",
    "feeds",
    "pagetext",
    "thread_json",
    "thread_jsonl",
    "wordpress_html",
    "wordpress_rest",
    "wxr",
)

_HEAD = 65_536  # how many characters of an input a format is shown to recognise it by
_MARGIN = 0.1  # formats whose certainty differs by less than this are told apart by the caller


def entry_points(*, group: str) -> "Iterable[EntryPoint]":
    """Return the entry points of a group."""
    from importlib import metadata  # noqa: PLC0415 - slow, and needed only when something is read

    return metadata.entry_points(group=group)


@cache
def known() -> dict[str, Format]:
    """Return every format by its name, in order of names."""
    own = (importlib.import_module(f".{name}", __package__).FORMAT for name in _OWN)
    found: dict[str, Format] = {made.name: made for made in own}
    for point in entry_points(group=GROUP):
        try:
            made = point.load()
        except Exception as error:  # noqa: BLE001 - a stranger's module must not break reading
            _warn(point.name, f"cannot be loaded ({type(error).__name__})")
            continue
        if not isinstance(made, Format):
            _warn(point.name, "is no discourse.formats.Format")
        elif made.name in found:
            _warn(point.name, f"has the name of another one, {shown(made.name)}")
        else:
            found[made.name] = made
    return {name: found[name] for name in sorted(found)}


def _warn(name: str, why: str) -> None:
    warnings.warn(f"the format of entry point {shown(name)} {why}", RuntimeWarning, stacklevel=3)


def named(name: str) -> Format:
    """Return the format of a name, or raise `UnknownFormatError` with the names there are."""
    if name not in known():
        raise UnknownFormatError(f"no format is called {shown(name)}: try {', '.join(known())}")
    return known()[name]


def detected(text: str) -> Format:
    """Return the format whose own look a text has; raise where none has it, or several."""
    head = text[:_HEAD]
    ranked = sorted(((each.detect(head), name) for name, each in known().items()), reverse=True)
    (best, name), (second, other) = ranked[0], ranked[1]
    if best <= 0:
        names = ", ".join(known())
        raise UnknownFormatError(f"no format recognises this input: say format=, one of {names}")
    if best - second < _MARGIN:
        raise UnknownFormatError(f"this may be {name} or {other}: say which with format=")
    return known()[name]


def by_suffix(path: str | os.PathLike[str]) -> Format:
    """Return the format to write a file of this name in; the longest suffix that fits counts."""
    name = os.fspath(path).lower()
    for packed in (".gz", ".zst"):
        name = name.removesuffix(packed)
    fitting = [
        (len(suffix), made)
        for made in known().values()
        for suffix in made.suffixes
        if name.endswith(suffix) and (made.serialize or made.serialize_all)
    ]
    if not fitting:
        raise UnknownFormatError(
            f"the suffix of {shown(os.fspath(path), 200)} names no format: say format="
        )
    return max(fitting, key=lambda pair: pair[0])[1]
