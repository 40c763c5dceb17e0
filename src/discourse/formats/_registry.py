"""The registry of formats, built-in and from other packages, and the detection of formats."""

import importlib
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache, wraps
from inspect import signature
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args

import attrs

from .._collector import collector_paused
from ..errors import DiscourseError, FieldTypeError, UnknownFormatError, shown
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
"""The entry point group by which packages add formats. Each entry point is a `Format`."""

THEIR_LIST = "discourse.formats.available() lists them"


def entry_points(*, group: str) -> "Iterable[EntryPoint]":
    """Return the entry points of a group."""
    from importlib import metadata  # noqa: PLC0415 - slow, and needed only when something is read

    return metadata.entry_points(group=group)


@attrs.define
class _Plugin:
    """A format of another package, and whether a warning about its failing signature was given."""

    format: Format
    source: str
    is_warned: bool = False


@cache
def plugins() -> dict[str, _Plugin]:
    """Return the formats of other packages, by name."""
    found: dict[str, _Plugin] = {}
    for point in entry_points(group=GROUP):
        source = _source(point)
        try:
            format = point.load()
        except Exception as error:  # noqa: BLE001 - another package's module must not break reading
            _warn(source, f"cannot be loaded ({_brief(error)})")
            continue
        if not isinstance(format, Format):
            _warn(source, "is not a discourse.formats.Format")
        elif format.name in CATALOGUE or format.name in found:
            _warn(source, f"has the name of another format, {shown(format.name)}")
        else:
            found[format.name] = _Plugin(format, source)
    return found


def _source(point: "EntryPoint") -> str:
    """Return the name of a format for messages, with its package."""
    package = getattr(getattr(point, "dist", None), "name", None)
    of = f" of the package {shown(package)}" if isinstance(package, str) else ""
    return f"the format of entry point {shown(point.name)}{of}"


def _brief(error: Exception) -> str:
    return f"{type(error).__name__}: {shown(str(error), 200)}"


def _warn(source: str, why: str) -> None:
    warnings.warn(f"{source} {why}", RuntimeWarning, stacklevel=3)


def names() -> list[str]:
    """Return the names of all formats, sorted."""
    return sorted([*CATALOGUE, *plugins()])


@cache
def _own(name: str) -> Format:
    module = importlib.import_module(f".{CATALOGUE[name].module}", __package__)
    format: Format = module.FORMAT
    return format


def loaded(name: str) -> Format | None:
    """Return the format with a name, or None. Imports its module."""
    if name in CATALOGUE:
        return _own(name)
    plugin = plugins().get(name)
    return plugin.format if plugin is not None else None


def known() -> dict[str, Format]:
    """Return all formats by name, sorted. Imports all their modules."""
    return {name: format for name in names() if (format := loaded(name)) is not None}


def named(name: str) -> Format:
    """Return the format with a name. Raises `UnknownFormatError` with those that are similar."""
    if not isinstance(name, str):
        raise FieldTypeError("formats", "format", name, "must be a str, the name of a format")
    format = loaded(name)
    if format is None:
        raise UnknownFormatError(f"{unknown(name)}; {THEIR_LIST}")
    if name not in _checked or _checked[name][0] is not format:
        _checked[name] = format, _checking(format)
    return _checked[name][1]


def unknown(name: str) -> str:
    """Return that no format has a name, and which ones are similar."""
    similar = get_close_matches(name.casefold(), names())
    hint = f" (similar: {', '.join(similar)})" if similar else ""
    return f"no format is called {shown(name)}{hint}"


_checked: dict[str, tuple[Format, Format]] = {}
"""Formats by name, after `_checking`."""


def detected(text: str, file_name: str | None = None) -> Format:
    """Return the format that matches a text best. Among equals, the suffix decides.

    Raises `UnknownFormatError` if no format matches, or if a format of another package does and the
    suffix does not decide.
    """
    head = Head(text)
    of_others = [name for name, plugin in plugins().items() if _plugin_fits(plugin, head)]
    candidates = _best(head)
    if candidates == ["pagetext"] and has_suffix(file_name, suffixes_of("table")):
        _expect_columns(text)
        candidates = ["table"]
    if of_others:
        candidates = [name for name in candidates if not _last_resort(name)] + of_others
    possible = candidates or ([] if head.text.strip() else list(CATALOGUE))
    with_suffix = [name for name in possible if has_suffix(file_name, suffixes_of(name))]
    if len(with_suffix) == 1:
        log_format(file_name, with_suffix[0], "by its suffix", candidates)
        return named(with_suffix[0])
    if not candidates:
        no_comments = "this page has no comments in markup that a format reads, or "
        hint = (
            what_it_is(head.text)
            or (unread_comments(text) if head.is_html else None)
            or f"{no_comments if head.is_html else ''}say which with format=; {THEIR_LIST}"
        )
        raise UnknownFormatError(f"no format recognises this input: {hint}")
    if of_others and len(candidates) > 1:
        raise UnknownFormatError(f"this may be {' or '.join(candidates)}: say which with format=")
    log_format(file_name, candidates[0], "by its content", candidates)
    return named(candidates[0])


def _expect_columns(text: str) -> None:
    """Raise `UnknownFormatError` for a file that is a table by its suffix, but not of comments."""
    from ._separated import unknown_columns  # noqa: PLC0415 - rarely needed

    if why := unknown_columns(text):
        raise UnknownFormatError(why)


def is_of_pages(format: Format) -> bool:
    """Whether a format is markup in web pages, which may contain other markup too."""
    return format.name in CATALOGUE and CATALOGUE[format.name].page_rank > 0


def formats_of_page(text: str, chosen: Format) -> list[Format]:
    """Return the formats whose markup a page contains, by rank, including *chosen*."""
    head = Head(text)
    ranked = sorted((row.page_rank, name) for name, row in CATALOGUE.items() if row.page_rank)
    return [
        named(name)
        for _, name in ranked
        if name == chosen.name
        or (head.is_html and any(each.fits(head) for each in CATALOGUE[name].signature))
    ]


def detected_bytes(data: bytes) -> Format | None:
    """Return the format of a binary file, or None for text or an unknown format."""
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
    """Yield the name and signature of each format, without importing its module."""
    for name, row in CATALOGUE.items():
        yield name, row.signature
    for name, plugin in plugins().items():
        yield name, plugin.format.signature


def folder_patterns() -> dict[str, tuple[str, ...]]:
    """Return the patterns of the files in a folder, for each format that reads folders."""
    own = {name: row.folder for name, row in CATALOGUE.items()}
    patterns = own | {name: plugin.format.folder for name, plugin in plugins().items()}
    return {name: each for name, each in patterns.items() if each}


def _best(head: Head) -> list[str]:
    """Return the built-in formats that match best, usually one. Last resorts come last."""
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
    """Return the built-in formats, last resorts last."""
    resorts = sorted({row.last_resort for row in CATALOGUE.values()})
    return [[row for row in CATALOGUE.values() if row.last_resort == each] for each in resorts]


def _last_resort(name: str) -> int:
    return CATALOGUE[name].last_resort if name in CATALOGUE else 0


def _plugin_fits(plugin: _Plugin, head: Head) -> bool:
    """Whether a format of another package matches. If its signature fails, it does not."""
    try:
        return plugin.format.fits(head) > 0
    except Exception as error:  # noqa: BLE001 - another package's mistake must not break reading
        if not plugin.is_warned:
            plugin.is_warned = True
            _warn(plugin.source, f"is ignored, because its signature failed ({_brief(error)})")
        return False


def suffixes_of(name: str) -> tuple[str, ...]:
    """Return the suffixes of a format, without importing it."""
    return CATALOGUE[name].suffixes if name in CATALOGUE else plugins()[name].format.suffixes


def has_suffix(file_name: str | None, suffixes: tuple[str, ...]) -> bool:
    """Whether a file name, without ``.gz`` or ``.zst``, ends in one of *suffixes*."""
    return unpacked_name(file_name or "").endswith(suffixes)


def unpacked_name(name: str) -> str:
    """Return a file name in lower case without ``.gz`` or ``.zst``."""
    return name.lower().removesuffix(".gz").removesuffix(".zst")


#: The types that an option's annotation is checked for, and their names in messages.
_CHECKED: dict[object, str] = {
    bool: "True or False",
    str: "a str",
    NoneType: "None",
}


def _checking(format: Format) -> Format:
    """Return a format whose parsers check the types of their options."""
    is_own = format.name in CATALOGUE

    def checking(field: str, plain: Callable[..., Reading]) -> Callable[..., Reading]:
        @wraps(plain)
        def parse(content: object, **options: object) -> Reading:
            types = _types(format) if options else {}
            for name, value in options.items():
                if not isinstance(value, types.get(name, object)):
                    raise FieldTypeError("formats", name, value, _wanted(types[name]))
            # A reader creates a great many objects, and next to no garbage.
            with collector_paused() if is_own else _naming(format):
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


@contextmanager
def _naming(format: Format) -> Iterator[None]:
    """Add the name of a format of another package to an error that it should not raise."""
    try:
        yield
    except DiscourseError:
        raise
    except Exception as error:
        error.add_note(f"raised by the format {format.name!r}, which is of another package")
        raise


def expect_reading(made: object, format: Format, field: str = "parse") -> Reading:
    """Return the result of a parser. Raises `FieldTypeError` unless it is a `Reading`."""
    if isinstance(made, Reading):
        return made
    one_by_one = field == "stream"
    wanted = "must yield instances of Reading" if one_by_one else "must return a Reading"
    raise FieldTypeError(f"Format({shown(format.name)})", field, made, wanted)


def _types(format: Format) -> dict[str, tuple[type, ...]]:
    """Return the types of the options that are annotated with plain types only."""
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
    """Return the format for writing a file of this name. The longest suffix counts."""
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


#: What to use for suffixes that no format writes.
_MAKERS = {
    ".html": "use discourse.render.html for a page",
    ".htm": "use discourse.render.html for a page",
    ".md": "use discourse.render.markdown for Markdown",
    ".svg": "use discourse.render.svg for a picture",
    ".dot": "use discourse.render.dot for a graph",
    ".gv": "use discourse.render.dot for a graph",
    ".mmd": "use discourse.render.mermaid for a graph",
}


def _instead(name: str) -> str:
    """Return what to do about a file name that no format writes."""
    writable = [made.name for made in known().values() if made.is_writable]
    advice = f"say format=, one of {', '.join(writable)}"
    maker = _MAKERS.get(os.path.splitext(name)[1])  # noqa: PTH122 - it may not be a path
    return f"{maker}; or {advice}" if maker is not None else advice
