"""The formats that are known: those of this library, and those that other packages bring."""

import datetime as dt
import importlib
import os
import re
import warnings
from collections.abc import Iterable
from functools import cache, wraps
from inspect import signature
from types import NoneType, UnionType
from typing import TYPE_CHECKING, get_args

import attrs

from ..errors import FieldTypeError, UnknownFormatError, shown
from ._base import Format, Reading

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
    return _checking(known()[name])


def detected(text: str) -> Format:
    """Return the format whose own look a text has; raise where none has it, or several."""
    head = text[:_HEAD]
    ranked = sorted(((each.detect(head), name) for name, each in known().items()), reverse=True)
    (best, name), (second, other) = ranked[0], ranked[1]
    if best <= 0:
        names = ", ".join(known())
        hint = _hint(head) or f"say format=, one of {names}"
        raise UnknownFormatError(f"no format recognises this input: {hint}")
    if best - second < _MARGIN:
        raise UnknownFormatError(f"this may be {name} or {other}: say which with format=")
    return _checking(known()[name])


#: How the beginnings of other files look as text, their stray bytes read as windows-1252.
_OTHERS = (
    ("\x1f‹", "it is packed with gzip, which read() unpacks once and parse() does not"),
    ("\x1f\x8b", "it is packed with gzip, and was read as text"),
    ("(µ/ý", "it is packed with Zstandard, which read() unpacks once and parse() does not"),
    ("PK\x03\x04", "it is a zip archive, which read() unpacks once and parse() does not"),
    ("BZh", "it is packed with bzip2: unpack it first"),
    ("ý7zXZ\0", "it is packed with xz: unpack it first"),
    ("7z¼¯'\x1c", "it is a 7z archive: unpack it first"),
    ("Rar!\x1a\x07", "it is a RAR archive: unpack it first"),
    ("%PDF-", "it is a PDF: save the page as HTML or text instead"),
    ("‰PNG\r\n", "it is a picture (PNG)"),
    ("ÿØÿ", "it is a picture (JPEG)"),
    ("GIF8", "it is a picture (GIF)"),
    ("SQLite format 3\0", "it is a SQLite database: export what is in it"),
)
_BUILD = "which no format reads: make comments of it and use Thread.repair"
_REDDIT = re.compile(r'"(?:name|id|link_id|parent_id)"\s{0,9}:\s{0,9}"t[13]_\w')


def _hint(head: str) -> str | None:
    """Return what an input seems to be that no format recognises; None where nothing is known."""
    for beginning, what in _OTHERS:
        if head.startswith(beginning):
            return what
    if "\0" in head and "ustar" in head[100:300]:
        return "it is a tar archive: unpack it first"
    sample = head[:1000]
    if sample and max(sample[::2].count("\0"), sample[1::2].count("\0")) > len(sample) // 4:
        return "it seems to be UTF-16 without a byte order mark: decode it and use parse()"
    return _json_hint(head) if head.lstrip()[:1] in ("{", "[") else None


def _json_hint(head: str) -> str | None:
    if '"conversation_id"' in head and ('"speaker"' in head or '"user"' in head):
        return f"it looks like utterances of ConvoKit, {_BUILD}"
    if _REDDIT.search(head) or ('"kind"' in head and '"data"' in head and '"Listing"' in head):
        return f"it looks like data of Reddit, {_BUILD}"
    return None


#: What an option may be checked for by its annotation, and how a message calls that.
_CHECKED: dict[object, str] = {
    bool: "True or False",
    str: "a str",
    dt.tzinfo: "a tzinfo",
    NoneType: "None",
}


def _checking(format: Format) -> Format:
    """Return a format whose ``parse`` refuses options that are not of the types it names."""
    plain = format.parse

    @wraps(plain)
    def parse(text: str, **options: object) -> Reading:
        types = _types(format) if options else {}
        for name, value in options.items():
            if not isinstance(value, types.get(name, object)):
                raise FieldTypeError("formats", name, value, _wanted(types[name], value))
        return plain(text, **options)

    return attrs.evolve(format, parse=parse)


def _types(format: Format) -> dict[str, tuple[type, ...]]:
    """Return what the options may be that are annotated with nothing but plain types."""
    found: dict[str, tuple[type, ...]] = {}
    for name, parameter in signature(format.parse).parameters.items():
        made = parameter.annotation
        types = get_args(made) if isinstance(made, UnionType) else (made,)
        is_plain = all(isinstance(each, type) and each in _CHECKED for each in types)
        if parameter.kind is parameter.KEYWORD_ONLY and is_plain:
            found[name] = types
    return found


def _wanted(types: tuple[type, ...], value: object) -> str:
    words = "must be " + " or ".join(_CHECKED[each] for each in types)
    if dt.tzinfo in types and isinstance(value, str):
        words += ', such as zoneinfo.ZoneInfo("{}")'.format(shown(value)[1:].rstrip("'."))
    return words


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
