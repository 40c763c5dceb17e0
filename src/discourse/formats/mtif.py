"""Movable Type's import format, the text export of Movable Type, TypePad and Hatena Blog.

=====================================  ===========================================================
in the file                            in the model
=====================================  ===========================================================
an entry                               a thread
``TITLE``, ``AUTHOR``                  `Article` ``title``, ``authors``
``BASENAME``, ``UNIQUE URL``           ``id``, ``url``
``BODY``, ``EXTENDED BODY``            ``text``, joined
``CONVERT BREAKS``                     ``text_format``: Markdown if it says so, else HTML
``CATEGORY``, ``TAGS``                 ``tags``
``COMMENT``                            a top-level `Comment`: the format has no replies
its position in the entry              `Comment` ``id``, from 1: the format has no ids
``AUTHOR``, ``URL`` of a comment       ``author.name``, ``author.url``
``SECRET: 1`` (FC2)                    ``status`` hidden
``DATE``                               ``created_at`` if *zone* is set; else
                                       ``meta["created_at_local"]``
``PING``                               ``meta["pings"]`` of the article
other keys and sections                ``meta``
=====================================  ===========================================================

Left out: passwords; e-mail and IP addresses, unless *contacts* is true (then in ``meta``).
Files in several parts are not merged by comment id, because the ids are only positions.

Problems: ``local-time`` (all times are local to the blog), ``bad-time``, ``broken-line``,
``bad-section`` (a text contains a line of five hyphens, or a section has no end: importers would
misread either), and ``truncated``.
"""

import datetime as dt
import re
from collections.abc import Iterator

import attrs

from .._markup.html import one_line, unescape
from .._markup.times import clock
from .._zones import Zone, zone_of
from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Status, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder

_START = re.compile(
    r"\s*+[A-Z][A-Z0-9_ ]{1,30}:[^\n]*\n(?:(?!-----)[^\n]*\n){0,200}-----[ \t]*\r?\n"
)
_FIELD = re.compile(r"([A-Z][A-Z0-9_ ]{1,30}):[ \t]*(.*)", re.DOTALL)
_HEADER = re.compile(r"([A-Z][A-Z0-9_ ]{1,30}):[ \t]*")
_SECTIONS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"})
_OF_COMMENT = frozenset({"AUTHOR", "EMAIL", "URL", "IP", "DATE", "SECRET", "PASS"})  # FC2's last
_OF_PING = frozenset({"TITLE", "URL", "IP", "BLOG NAME", "DATE"})
_ESCAPED = re.compile(r"^(-{5}|-{8})\t$", re.MULTILINE)  # by Movable Type 7
_DATE = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})\s{1,9}(\d{1,2}):(\d\d)(?::(\d\d))?\s{0,9}([AaPp][Mm])?", re.ASCII
)
_LINK = re.compile(r"""<a\s[^<>]{0,300}?href\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
_TAG = re.compile(r'"([^"]*)"|([^",]+)')


@attrs.define
class _Section:
    """A part of an entry between two lines of hyphens."""

    name: str
    line: int
    lines: list[str] = attrs.field(factory=list)

    @property
    def text(self) -> str | None:
        """The text without surrounding line breaks; None if it is empty."""
        text = _ESCAPED.sub(r"\1", "\n".join(self.lines).strip("\n"))
        return text if text.strip() else None


def parse(text: str, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read an export.

    Args:
        text: The export.
        zone: The zone of the blog: a name, an offset or a `tzinfo`.
        contacts: Keep e-mail and IP addresses, in ``meta``.
    """
    if not _START.match(text):
        message = "does not begin with fields of an entry, such as TITLE: and AUTHOR:"
        raise ParseError(message, Place(line=1))
    reader = _Reader(zone_of(zone), contacts=contacts)
    for number, sections in enumerate(_entries(text, reader.builder), 1):
        reader.take(f"entry {number}", sections)
    return reader.builder.reading()


def _entries(text: str, builder: Builder) -> Iterator[list[_Section]]:
    """Yield the sections of each entry; the first has its fields and no name."""
    sections = [_Section("", 1)]
    is_open = False  # whether a section has begun and not ended
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        hyphens = line.rstrip(" ")
        if hyphens == "--------":
            if is_open and sections[-1].text is not None:
                _report(builder, "an entry ends inside a section", number, line)
            yield sections
            sections, is_open = [_Section("", number + 1)], False
        elif hyphens == "-----":
            is_open = False
            sections.append(_Section("?", number + 1))
        elif sections[-1].name == "?":
            if line.strip():
                _begin(builder, sections, number, line)
                is_open = True
        elif sections[-1].name and line.rstrip() in ("COMMENT:", "PING:"):
            _report(builder, f"{line} begins inside another section", number, line)
            sections.append(_Section(line.rstrip()[:-1], number))
        else:
            sections[-1].lines.append(line)
            is_open = is_open or bool(line.strip())
    if any(section.text is not None for section in sections):
        place = Place(line=sections[-1].line)
        builder.log.add("truncated", "the last entry has no end: it may be cut", place=place)
        yield sections


def _begin(builder: Builder, sections: list[_Section], number: int, line: str) -> None:
    """Begin the section that a line names, or continue the one before the hyphens."""
    header = _HEADER.fullmatch(line)
    if header is not None:
        sections[-1] = _Section(header[1], number)
        return
    _report(builder, "a text contains a line of hyphens", number, line)
    sections.pop()
    sections[-1].lines += ["-----", line]


def _report(builder: Builder, message: str, number: int, line: str) -> None:
    builder.log.add("bad-section", message, values=(line,), place=Place(line=number))


class _Reader:
    def __init__(self, zone: dt.tzinfo | None, *, contacts: bool) -> None:
        self.builder = Builder("mtif")
        self._zone = zone
        self._contacts = contacts

    def take(self, key: str, sections: list[_Section]) -> None:
        """Read an entry."""
        named: dict[str, list[_Section]] = {}
        for section in sections:
            named.setdefault(section.name, []).append(section)
        fields = self._fields(sections[0])
        draft = self.builder.thread(key)
        draft.meta = {"ids": "position"}
        comments = self.builder.items(named.pop("COMMENT", []))
        draft.article = self._article(fields, named)
        for number, section in enumerate(comments, 1):
            self.builder.comment(section, self._comment(str(number), section), key)

    def _fields(self, section: _Section) -> dict[str, list[str]]:
        """Return the fields of an entry, each with all its values."""
        fields: dict[str, list[str]] = {}
        for number, line in enumerate(section.lines, section.line):
            field = _FIELD.fullmatch(line)
            if field is not None:
                fields.setdefault(field[1], []).append(field[2].strip())
            elif line.strip():
                message = "neither a field of an entry nor a section: skipped"
                place = Place(line=number)
                self.builder.log.add("broken-line", message, values=(line,), place=place)
        return fields

    def _article(
        self, fields: dict[str, list[str]], sections: dict[str, list[_Section]]
    ) -> Article:
        def field(name: str) -> str | None:
            values = fields.get(name, [])
            return values.pop(0) or None if values else None

        def text(name: str) -> list[str]:
            return [each for part in sections.pop(name, []) if (each := part.text) is not None]

        meta: dict[str, object] = {}
        author, title, breaks = field("AUTHOR"), field("TITLE"), field("CONVERT BREAKS")
        id, url = field("BASENAME"), field("UNIQUE URL")
        created_at = self._time(field("DATE"), meta, None)
        tags = [*fields.pop("CATEGORY", []), *fields.pop("PRIMARY CATEGORY", [])]
        for listed in fields.pop("TAGS", []):
            tags += (match[1] or match[2] or "" for match in _TAG.finditer(listed))
        if breaks is not None:
            meta["CONVERT BREAKS"] = breaks
        body = [*text("BODY"), *text("EXTENDED BODY")]
        pings = [self._ping(section) for section in sections.pop("PING", [])]
        sections.pop("", None)
        sections.pop("?", None)
        meta |= {name: "\n\n".join(inside) for name in [*sections] if (inside := text(name))}
        if not self._contacts:
            fields.pop("AUTHOR EMAIL", None)
        meta |= {
            name: values[0] if len(values) == 1 else values
            for name, values in fields.items()
            if any(values)
        }
        if pings:
            meta["pings"] = pings
        is_markdown = breaks is not None and breaks.lower().startswith("markdown")
        return Article(
            one_line(title) or None if title is not None else None,
            id=id or url,
            url=url,
            authors=[Author(author)] if author is not None else [],
            text="\n\n".join(body) if body else None,
            text_format=TextFormat.MARKDOWN if is_markdown else TextFormat.HTML,
            created_at=created_at,
            tags=frozenset(tag.strip() for tag in tags if tag.strip()),
            meta=meta,
        )

    def _split(self, section: _Section, known: frozenset[str]) -> tuple[dict[str, str], str | None]:
        """Return the fields that begin a section, and the text after them."""
        fields: dict[str, str] = {}
        for at, line in enumerate(section.lines):
            field = _FIELD.fullmatch(line)
            if field is None or field[1] not in known or field[1] in fields:
                section.lines = section.lines[at:]
                break
            fields[field[1]] = field[2].strip()
        else:
            section.lines = []
        return fields, section.text

    def _ping(self, section: _Section) -> dict[str, str]:
        fields, text = self._split(section, _OF_PING)
        if not self._contacts:
            fields.pop("IP", None)
        return fields | ({"text": text} if text is not None else {})

    def _comment(self, id: str, section: _Section) -> Comment:
        fields, text = self._split(section, _OF_COMMENT)
        name, url = fields.pop("AUTHOR", None) or None, fields.pop("URL", "")
        linked = _LINK.search(url)
        if linked is not None:
            url = unescape(linked[1])
        meta: dict[str, object] = {}
        created_at = self._time(fields.pop("DATE", None), meta, id)
        fields.pop("PASS", None)
        is_secret = fields.pop("SECRET", "0") == "1"
        if self._contacts:
            meta |= {name: value for name, value in fields.items() if value}
        return Comment(
            id,
            None,
            Author(name, url=url or None) if name is not None or url else None,
            text,
            text_format=TextFormat.HTML,
            created_at=created_at,
            status=Status.HIDDEN if is_secret else Status.VISIBLE,
            meta=meta,
        )

    def _time(
        self, written: str | None, meta: dict[str, object], id: str | None
    ) -> dt.datetime | None:
        """Return a time in the blog's zone; an unresolved one goes to *meta*."""
        if not written:
            return None
        try:
            time = _clock(written)
        except (OverflowError, ValueError):
            meta["DATE"] = written
            ids = (id,) if id is not None else ()
            message = f"DATE {shown(written)} is not a time: stored as it is"
            self.builder.log.add("bad-time", message, ids=ids, values=(written,))
            return None
        return self.builder.resolved(time, self._zone, id, meta)


def _clock(written: str) -> dt.datetime:
    """Parse ``01/31/2002 03:31:05 PM``; without AM or PM the clock has 24 hours."""
    match = _DATE.fullmatch(written)
    if match is None:
        time = clock(written.replace("/", "-"))
        if time is None or time.tzinfo is not None:
            raise ValueError("not a time")
        return time
    month, day, year, hour, minute, second = (int(each or 0) for each in match.groups()[:6])
    if match[7] is not None:
        if not 1 <= hour <= 12:
            raise ValueError("not a time")
        hour = hour % 12 + (12 if match[7].lower() == "pm" else 0)
    return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - of the blog's clock


FORMAT = catalogued("mtif", parse=parse)
