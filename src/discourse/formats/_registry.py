"""The formats that are known: those of this library, and those that other packages bring."""

import datetime as dt
import importlib
import os
import warnings
from collections.abc import Iterable
from functools import cache, wraps
from inspect import signature
from types import NoneType, UnionType
from typing import TYPE_CHECKING, SupportsFloat, get_args

import attrs

from ..errors import FieldTypeError, UnknownFormatError, shown
from ._base import Format, Reading
from ._unsupported import TABLE, is_table, what_it_is

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
_ANY_TEXT = "pagetext"  # the format that is not quite sure of anything
_MARGIN = 0.1  # formats whose certainty differs by less than this are told apart by the caller


def entry_points(*, group: str) -> "Iterable[EntryPoint]":
    """Return the entry points of a group."""
    from importlib import metadata  # noqa: PLC0415 - slow, and needed only when something is read

    return metadata.entry_points(group=group)


@attrs.define
class _Brought:
    """A format that another package brought, and whether it was told that something is wrong."""

    whose: str
    is_told: bool = False


#: The formats that other packages brought, by their names; filled together with `known`.
_brought: dict[str, _Brought] = {}


@cache
def known() -> dict[str, Format]:
    """Return every format by its name, in order of names."""
    own = (importlib.import_module(f".{name}", __package__).FORMAT for name in _OWN)
    found: dict[str, Format] = {made.name: made for made in own}
    _brought.clear()
    for point in entry_points(group=GROUP):
        whose = _whose(point)
        try:
            made = point.load()
        except Exception as error:  # noqa: BLE001 - a stranger's module must not break reading
            _warn(whose, f"cannot be loaded ({_told(error)})")
            continue
        if not isinstance(made, Format):
            _warn(whose, "is no discourse.formats.Format")
        elif made.name in found:
            _warn(whose, f"has the name of another one, {shown(made.name)}")
        else:
            found[made.name] = made
            _brought[made.name] = _Brought(whose)
    return {name: found[name] for name in sorted(found)}


def _whose(point: "EntryPoint") -> str:
    """Return what to call the format of an entry point in messages: with the package it is of."""
    package = getattr(getattr(point, "dist", None), "name", None)
    of = f" of the package {shown(package)}" if isinstance(package, str) else ""
    return f"the format of entry point {shown(point.name)}{of}"


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {shown(str(error), 200)}"


def _warn(whose: str, why: str) -> None:
    warnings.warn(f"{whose} {why}", RuntimeWarning, stacklevel=3)


def named(name: str) -> Format:
    """Return the format of a name, or raise `UnknownFormatError` with the names there are."""
    if not isinstance(name, str):
        raise FieldTypeError("formats", "format", name, "must be a str, the name of a format")
    if name not in known():
        raise UnknownFormatError(f"no format is called {shown(name)}: try {', '.join(known())}")
    return _checking(known()[name])


def detected(text: str) -> Format:
    """Return the format whose own look a text has; raise where none has it, or several."""
    head = text[:_HEAD]
    ranked = sorted(
        ((_certainty(each, head), name) for name, each in known().items()), reverse=True
    )
    (best, name), (second, other) = ranked[0], ranked[1]
    if best <= 0:
        names = ", ".join(known())
        hint = what_it_is(head) or f"say format=, one of {names}"
        raise UnknownFormatError(f"no format recognises this input: {hint}")
    if best - second < _MARGIN:
        raise UnknownFormatError(f"this may be {name} or {other}: say which with format=")
    if name == _ANY_TEXT and is_table(head, is_cut=len(head) < len(text)):
        raise UnknownFormatError(f"no format recognises this input: {TABLE}")
    return _checking(known()[name])


def _certainty(made: Format, head: str) -> float:
    """Return how sure a format is of a text; 0 where one of another package does not say."""
    brought = _brought.get(made.name)
    if brought is None:
        return made.detect(head)
    try:
        sure = made.detect(head)
        if isinstance(sure, SupportsFloat) and 0 <= float(sure) <= 1:
            return float(sure)
        why = f"is passed over, since its detect() gave {shown(sure)}, and not a number from 0 to 1"
    except Exception as error:  # noqa: BLE001 - a stranger's mistake must not break reading
        why = f"is passed over, since its detect() failed ({_told(error)})"
    if not brought.is_told:
        brought.is_told = True
        _warn(brought.whose, why)
    return 0.0


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
        return expect_reading(plain(text, **options), format)

    return attrs.evolve(format, parse=parse)


def expect_reading(made: object, format: Format, field: str = "parse") -> Reading:
    """Return what a format has made, or raise `FieldTypeError` where it is no reading."""
    if isinstance(made, Reading):
        return made
    wanted = "must give a Reading" if field == "parse" else "must give one Reading after another"
    raise FieldTypeError(f"Format({shown(format.name)})", field, made, wanted)


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
        if name.endswith(suffix) and made.is_writable
    ]
    if not fitting:
        raise UnknownFormatError(
            f"the suffix of {shown(os.fspath(path), 200)} names no format: {_instead(name)}"
        )
    return max(fitting, key=lambda pair: pair[0])[1]


#: What makes a file of a suffix that no format is written with.
_MAKERS = {
    ".html": "a page is made by discourse.render.html",
    ".htm": "a page is made by discourse.render.html",
    ".md": "Markdown is made by discourse.render.markdown",
    ".svg": "a picture is made by discourse.render.svg",
    ".dot": "a graph is made by discourse.render.dot",
    ".gv": "a graph is made by discourse.render.dot",
    ".mmd": "a graph is made by discourse.render.mermaid",
    ".csv": "a table is made by discourse.tables, such as tables.to_pandas",
    ".tsv": "a table is made by discourse.tables, such as tables.to_pandas",
    ".parquet": "a table is made by discourse.tables, such as tables.to_arrow",
}


def _instead(name: str) -> str:
    """Return what to do about a file name that no format is written with."""
    writable = [made.name for made in known().values() if made.is_writable]
    advice = f"say format=, one of {', '.join(writable)}"
    maker = _MAKERS.get(os.path.splitext(name)[1])  # noqa: PTH122 - it may be no path at all
    return f"{maker}; or {advice}" if maker is not None else advice
