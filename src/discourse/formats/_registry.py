"""Which formats there are, the package's own and those of other packages, and which one fits."""

import importlib
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import cache, wraps
from inspect import signature
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args

import attrs

from .._collector import collector_paused
from ..errors import FieldTypeError, UnknownFormatError, shown
from ._base import Format, Reading
from ._catalogue import CATALOGUE, Row
from ._comment_systems import unread_comments
from ._heads import Head
from ._log import log_format
from ._signatures import Magic, MailHead, Signature
from ._unsupported import what_it_is

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "discourse.formats"
"""The group of entry points by which a package brings a format; each names a `Format`."""


def entry_points(*, group: str) -> "Iterable[EntryPoint]":
    """Return the entry points of a group."""
    from importlib import metadata  # noqa: PLC0415 - slow, and needed only when something is read

    return metadata.entry_points(group=group)


@attrs.define
class _Plugin:
    """A format of another package, and whether a warning was given that its signature fails."""

    format: Format
    source: str
    is_warned: bool = False


@cache
def plugins() -> dict[str, _Plugin]:
    """Return the formats of other packages by their names."""
    found: dict[str, _Plugin] = {}
    for point in entry_points(group=GROUP):
        source = _source(point)
        try:
            format = point.load()
        except Exception as error:  # noqa: BLE001 - another package's module must not break reading
            _warn(source, f"cannot be loaded ({_brief(error)})")
            continue
        if not isinstance(format, Format):
            _warn(source, "is no discourse.formats.Format")
        elif format.name in CATALOGUE or format.name in found:
            _warn(source, f"has the name of another one, {shown(format.name)}")
        else:
            found[format.name] = _Plugin(format, source)
    return found


def _source(point: "EntryPoint") -> str:
    """Return what to call the format of an entry point in messages: with its package."""
    package = getattr(getattr(point, "dist", None), "name", None)
    of = f" of the package {shown(package)}" if isinstance(package, str) else ""
    return f"the format of entry point {shown(point.name)}{of}"


def _brief(error: Exception) -> str:
    return f"{type(error).__name__}: {shown(str(error), 200)}"


def _warn(source: str, why: str) -> None:
    warnings.warn(f"{source} {why}", RuntimeWarning, stacklevel=3)


def names() -> list[str]:
    """Return the names of all formats, in order."""
    return sorted([*CATALOGUE, *plugins()])


@cache
def _own(name: str) -> Format:
    module = importlib.import_module(f".{CATALOGUE[name].module}", __package__)
    format: Format = module.FORMAT
    return format


def loaded(name: str) -> Format | None:
    """Return the format of a name, its module imported; None where there is none."""
    if name in CATALOGUE:
        return _own(name)
    plugin = plugins().get(name)
    return plugin.format if plugin is not None else None


def known() -> dict[str, Format]:
    """Return every format by its name, in order of names. Imports the modules of all of them."""
    return {name: format for name in names() if (format := loaded(name)) is not None}


def named(name: str) -> Format:
    """Return the format of a name, or raise `UnknownFormatError` with the names there are."""
    if not isinstance(name, str):
        raise FieldTypeError("formats", "format", name, "must be a str, the name of a format")
    format = loaded(name)
    if format is None:
        raise UnknownFormatError(f"no format is called {shown(name)}: try {', '.join(names())}")
    if name not in _checked or _checked[name][0] is not format:
        _checked[name] = format, _checking(format)
    return _checked[name][1]


_checked: dict[str, tuple[Format, Format]] = {}
"""Formats by their names, and what `_checking` makes of them."""


def detected(text: str, file_name: str | None = None) -> Format:
    """Return the format that fits a text best; of those that fit alike, the one of the suffix.

    Raises `UnknownFormatError` where none fits, or where a format of another package does and the
    suffix does not decide.
    """
    head = Head(text)
    of_others = [name for name, plugin in plugins().items() if _plugin_fits(plugin, head)]
    candidates = _best(head)
    if of_others:
        candidates = [name for name in candidates if not _last_resort(name)] + of_others
    possible = candidates or ([] if head.text.strip() else list(CATALOGUE))
    with_suffix = [name for name in possible if has_suffix(file_name, suffixes_of(name))]
    if len(with_suffix) == 1:
        log_format(file_name, with_suffix[0], "by its suffix", candidates)
        return named(with_suffix[0])
    if not candidates:
        hint = (
            what_it_is(head.text)
            or (unread_comments(text) if head.is_html else None)
            or f"say format=, one of {', '.join(names())}"
        )
        raise UnknownFormatError(f"no format recognises this input: {hint}")
    if of_others and len(candidates) > 1:
        raise UnknownFormatError(f"this may be {' or '.join(candidates)}: say which with format=")
    log_format(file_name, candidates[0], "by its content", candidates)
    return named(candidates[0])


def is_of_pages(format: Format) -> bool:
    """Whether a format is markup in pages, which may have other markup too."""
    return format.name in CATALOGUE and CATALOGUE[format.name].page_rank > 0


def formats_of_page(text: str, chosen: Format) -> list[Format]:
    """Return the formats whose markup a page has, in order of rank; *chosen* is one of them."""
    head = Head(text)
    ranked = sorted((row.page_rank, name) for name, row in CATALOGUE.items() if row.page_rank)
    return [
        named(name)
        for _, name in ranked
        if name == chosen.name
        or (head.is_html and any(each.fits(head) for each in CATALOGUE[name].signature))
    ]


def detected_bytes(data: bytes) -> Format | None:
    """Return the format that a file is of which is no text; None of a text, or of no format."""
    head = Head("", data)
    scores = {
        name: max(
            (each.fits(head) for each in signature if isinstance(each, Magic | MailHead)), default=0
        )
        for name, signature in _signatures()
    }
    best = max(scores, key=lambda name: scores[name])
    return named(best) if scores[best] else None


def _signatures() -> Iterator[tuple[str, tuple[Signature, ...]]]:
    """Yield the signature of each format by its name, without importing its module."""
    for name, row in CATALOGUE.items():
        yield name, row.signature
    for name, plugin in plugins().items():
        yield name, plugin.format.signature


def folder_patterns() -> dict[str, tuple[str, ...]]:
    """Return which files of a folder each format reads, of those that read folders."""
    own = {name: row.folder for name, row in CATALOGUE.items()}
    patterns = own | {name: plugin.format.folder for name, plugin in plugins().items()}
    return {name: each for name, each in patterns.items() if each}


def _best(head: Head) -> list[str]:
    """Return the formats of this library that fit best, mostly one; last resorts come last."""
    fitting: list[str] = []
    best = 0
    for rows in _by_resort():
        for row in rows:
            score = max([each.fits(head) for each in row.signature])
            if score > best:
                fitting, best = [], score
            if score == best > 0:
                fitting.append(row.name)
        if fitting:
            break
    return fitting


@cache
def _by_resort() -> list[list[Row]]:
    """Return the formats of this library, last resorts last."""
    resorts = sorted({row.last_resort for row in CATALOGUE.values()})
    return [[row for row in CATALOGUE.values() if row.last_resort == each] for each in resorts]


def _last_resort(name: str) -> int:
    return CATALOGUE[name].last_resort if name in CATALOGUE else 0


def _plugin_fits(plugin: _Plugin, head: Head) -> bool:
    """Whether a format of another package fits; one whose signature fails does not."""
    try:
        return plugin.format.fits(head) > 0
    except Exception as error:  # noqa: BLE001 - another package's mistake must not break reading
        if not plugin.is_warned:
            plugin.is_warned = True
            _warn(plugin.source, f"is passed over, since its signature failed ({_brief(error)})")
        return False


def suffixes_of(name: str) -> tuple[str, ...]:
    """Return the file name endings of a format, without importing it."""
    return CATALOGUE[name].suffixes if name in CATALOGUE else plugins()[name].format.suffixes


def has_suffix(file_name: str | None, suffixes: tuple[str, ...]) -> bool:
    """Whether a file name, its ``.gz`` or ``.zst`` left out, ends in one of *suffixes*."""
    return unpacked_name(file_name or "").endswith(suffixes)


def unpacked_name(name: str) -> str:
    """Return a file name in small letters without its ``.gz`` or ``.zst``."""
    return name.lower().removesuffix(".gz").removesuffix(".zst")


#: What an option may be checked for by its annotation, and how a message calls that.
_CHECKED: dict[object, str] = {
    bool: "True or False",
    str: "a str",
    NoneType: "None",
}


def _checking(format: Format) -> Format:
    """Return a format whose parsers refuse options that are not of the types it names."""
    is_own = format.name in CATALOGUE

    def checking(field: str, plain: Callable[..., Reading]) -> Callable[..., Reading]:
        @wraps(plain)
        def parse(content: object, **options: object) -> Reading:
            types = _types(format) if options else {}
            for name, value in options.items():
                if not isinstance(value, types.get(name, object)):
                    raise FieldTypeError("formats", name, value, _wanted(types[name]))
            # A reader makes a great many objects, and next to no garbage.
            with collector_paused() if is_own else nullcontext():
                reading = plain(content, **options)
            return expect_reading(reading, format, field)

        return parse

    fields = ("parse", "parse_bytes", "parse_parts")
    parsers: dict[str, Any] = {
        field: checking(field, plain)
        for field in fields
        if (plain := getattr(format, field)) is not None
    }
    return attrs.evolve(format, **parsers)


def expect_reading(made: object, format: Format, field: str = "parse") -> Reading:
    """Return what a format has made, or raise `FieldTypeError` where it is no reading."""
    if isinstance(made, Reading):
        return made
    one_by_one = field == "stream"
    wanted = "must give one Reading after another" if one_by_one else "must give a Reading"
    raise FieldTypeError(f"Format({shown(format.name)})", field, made, wanted)


def _types(format: Format) -> dict[str, tuple[type, ...]]:
    """Return what the options may be that are annotated with nothing but plain types."""
    found: dict[str, tuple[type, ...]] = {}
    for name, parameter in signature(format.parse).parameters.items():
        annotation = parameter.annotation
        types = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
        is_plain = all(isinstance(each, type) and each in _CHECKED for each in types)
        if parameter.kind is parameter.KEYWORD_ONLY and is_plain:
            found[name] = types
    return found


def _wanted(types: tuple[type, ...]) -> str:
    return "must be " + " or ".join(_CHECKED[each] for each in types)


def by_suffix(path: str | os.PathLike[str]) -> Format:
    """Return the format to write a file of this name in; the longest suffix that fits counts."""
    name = os.fspath(path)
    fitting = [
        (max(len(suffix) for suffix in suffixes if has_suffix(name, (suffix,))), format)
        for each in names()
        if has_suffix(name, suffixes := suffixes_of(each))
        and (format := loaded(each)) is not None
        and format.is_writable
    ]
    if not fitting:
        raise UnknownFormatError(
            f"the suffix of {shown(name, 200)} names no format: {_instead(unpacked_name(name))}"
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
}


def _instead(name: str) -> str:
    """Return what to do about a file name that no format is written with."""
    writable = [made.name for made in known().values() if made.is_writable]
    advice = f"say format=, one of {', '.join(writable)}"
    maker = _MAKERS.get(os.path.splitext(name)[1])  # noqa: PTH122 - it may be no path at all
    return f"{maker}; or {advice}" if maker is not None else advice
