"""Read files of talk pages: saved pages, responses of the API, dumps, and wikitext."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from ..._markup.xml import decoded, pieces
from ..._problems import ProblemLog
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place
from .._base import Reading
from ._answers import read_answers
from ._dumps import dumped
from ._page_reader import PageReader
from ._page_threads import Page

_XML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<mediawiki[\s>]", re.DOTALL
)
_HTML = re.compile(
    r"\s*(?:<!--|<!doctype html|<html|<body|<div|<section|<h[1-6]|<p[\s>]|<span)", re.IGNORECASE
)
_LINK = re.compile(r"<(?:a|h[1-6])[\s>]", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\]{])")


def parse(text: str, *, zone: Zone = None) -> Reading:
    """Read talk pages.

    Args:
        text: A dump, a page in HTML, a response of the API, or wikitext.
        zone: The wiki's zone, for times whose zone has an ambiguous name.
    """
    text = text.removeprefix("\ufeff")
    if _XML.match(text):
        readings = list(dumped(pieces(text), zone_of(zone)))
        return Reading(
            [thread for reading in readings for thread in reading.threads],
            [problem for reading in readings for problem in reading.problems],
        )
    reader = PageReader(zone_of(zone))
    if _JSON.match(text):
        read_answers(text, reader)
    elif _is_html(text):
        reader.html(text, Page())
    elif not reader.wikitext(text, Page()).has_sections:
        message = "not wikitext of a talk page: it has no heading, and no comment is signed"
        raise ParseError(message, Place(offset=0))
    return reader.builder.reading()


def _is_html(text: str) -> bool:
    """Whether a text is HTML, not wikitext that begins with a tag."""
    return _HTML.match(text) is not None and ("[[" not in text or _LINK.search(text) is not None)


def stream(file: IO[bytes], *, zone: Zone = None) -> Iterator[Reading]:
    """Yield a reading for each page of a dump of any size; one for other files. See `parse`."""
    log = ProblemLog()
    chunks = decoded(file, log)
    first = next(chunks, "")
    if _XML.match(first.removeprefix("\ufeff")):
        return dumped(chain([first], chunks), zone_of(zone))
    return iter([parse("".join([first, *chunks]), zone=zone)])
