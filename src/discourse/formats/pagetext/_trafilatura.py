"""Read JSON, XML or TEI of trafilatura: an article, and the paragraphs of its comments.

trafilatura marks the parts of the article, but writes comments as paragraphs without names or
boundaries. A `Problem` has these paragraphs.
"""

import re
from collections.abc import Iterator, Mapping

from ..._markup.xml import Element, Wanted, pieces, read
from ..._problems import ProblemLog
from ...model import Article, Author, Source
from ...thread import Thread
from .._base import Reading
from .._kit import documents

_JSON = re.compile(r"\ufeff?\s{0,99}\{")
_XML = re.compile(r"\ufeff?\s{0,99}(?:<\?xml[^>]{0,99}>\s{0,99})?<(?:doc|TEI)[\s>]")
_JSON_MARKS = ('"fingerprint"', '"text"', '"comments"')
_XML_ENDS = ("</main>", "</body>")
_WANTED = Wanted(
    roots=frozenset({"doc", "TEI"}),
    records={"main": None, "comments": None, "teiHeader": None, "div": None},
    outside=frozenset(),
)
#: The same field in JSON and as attributes in XML.
_NAMES = {"url": "source", "sitename": "source-hostname", "description": "excerpt"}
_KEPT = ("date", "description", "hostname", "categories", "license", "pagetype", "fingerprint")
_BLOCKS = frozenset(("p", "head", "item", "quote", "row", "lb", "list", "table", "code", "ab"))
_HOST = re.compile(r" \([^\s()]{1,200}\)$")  # behind the name of the site
_SEPARATOR = re.compile("[;,]")


def is_of_trafilatura(text: str) -> bool:
    """Whether a text is JSON or XML of trafilatura."""
    if _JSON.match(text):
        return all(mark in text for mark in _JSON_MARKS)
    return _XML.match(text) is not None and any(end in text for end in _XML_ENDS)


def reading_of(text: str, source: Source, meta: Mapping[str, object]) -> Reading:
    """Return the articles, one thread each, and problems with the paragraphs of their comments."""
    log = ProblemLog()
    all_fields = _json_fields(text, log) if _JSON.match(text) else iter((_xml_fields(text, log),))
    threads = []
    for fields in all_fields:
        comments = fields.pop("comments", "").splitlines()
        if comments:
            message = "there are paragraphs of comments: nothing shows where one ends"
            log.add("maybe-comments", message, values=tuple(comments))
        threads.append(Thread(_article(fields), source=source, meta=meta))
    return Reading(threads, log.finish())


def _article(fields: Mapping[str, str]) -> Article:
    names = fields.get("author", "").split(";")
    return Article(
        fields.get("title"),
        url=fields.get("url"),
        authors=[Author(name.strip()) for name in names if name.strip()],
        text=fields.get("text"),
        site=fields.get("sitename") or fields.get("hostname"),
        language=fields.get("language"),
        tags={tag.strip() for tag in _SEPARATOR.split(fields.get("tags", ""))} - {""},
        meta={name: fields[name] for name in _KEPT if name in fields},
    )


def _json_fields(text: str, log: ProblemLog) -> Iterator[dict[str, str]]:
    """Yield the fields of each object that has strings."""
    for _, value in documents(text, log):
        known = value if isinstance(value, dict) else {}
        fields = {key: text for key, text in known.items() if isinstance(text, str) and text}
        fields.update({new: fields[old] for new, old in _NAMES.items() if old in fields})
        yield fields


def _xml_fields(text: str, log: ProblemLog) -> dict[str, str]:
    fields: dict[str, str] = {}
    parts: dict[str, list[str]] = {"text": [], "comments": []}
    for element in read(pieces(text), _WANTED, log):
        if element.name == "doc":
            fields.update({key: value for key, value in element.attributes.items() if value})
        elif element.name == "teiHeader":
            fields.update(_header_fields(element))
        elif element.name in ("main", "comments", "div"):
            kind = element.attributes.get("type", element.name)
            parts["comments" if kind == "comments" else "text"].extend(_lines(element))
    return fields | {name: "\n".join(lines) for name, lines in parts.items() if lines}


def _header_fields(header: Element) -> dict[str, str]:
    """Return the article's fields in the header of a TEI document; the first of each field."""
    fields: dict[str, str] = {}
    pending = [header]
    while pending:
        element = pending.pop()
        text = " ".join(element.text.split())
        kind = element.attributes.get("type")
        name = {
            "author": "author", "publisher": "sitename", "ptr": "url", "term": kind, "note": kind,
            "title": "title", "date": "date" if kind is None else None,
        }.get(element.name)  # fmt: skip
        value = element.attributes.get("target") if element.name == "ptr" else text
        is_of_program = element.name == "ptr" and kind != "URL"
        if name and value and not is_of_program:
            fields.setdefault(name, _HOST.sub("", value) if name == "sitename" else value)
        pending.extend(reversed([*element.children]))
    return fields


def _lines(element: Element) -> Iterator[str]:
    """Yield the text of each block in an element, on one line."""
    words: list[str] = []
    pending: list[str | Element | None] = [None, *reversed(element.parts)]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            words.append(part)
        elif part is not None and part.name not in _BLOCKS:
            pending.extend(reversed(part.parts))
        else:
            if line := " ".join("".join(words).split()):
                yield line
            words.clear()
            if part is not None:
                pending.extend((None, *reversed(part.parts)))
