"""Read dumps of a wiki in XML: the latest revision of each page."""

import datetime as dt
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ..._markup.xml import Element, Wanted, read
from ..._problems import ProblemLog
from ...model import Meta
from .._base import Reading
from ._page_reader import PageReader
from ._page_threads import Page
from ._user_names import UserPages

_WANTED = Wanted(
    roots=frozenset({"mediawiki"}),
    records={"page": None, "revision": "page", "siteinfo": None},
)
_TALK = frozenset(map(str, range(1, 200, 2)))
"""The numbers of the namespaces for talk pages."""


def dumped(chunks: Iterable[str], zone: dt.tzinfo | None) -> Iterator[Reading]:
    """Yield a reading for each talk page of a dump, and each other page with signed comments."""
    log = ProblemLog()
    users = UserPages()
    base = ""
    latest = _Revision()
    others: list[str] = []
    for element in read(chunks, _WANTED, log):
        if element.name == "siteinfo":
            base = (element.value("base") or "").rpartition("/")[0]
            _add_namespaces(element, users)
        elif element.name == "revision":
            latest.take(element)
        elif element.name == "page":
            revision, latest = latest, _Revision()
            source = PageReader(zone, users)
            page = _page_in_dump(element, revision, base)
            is_talk = (element.value("ns") or "0") in _TALK
            if source.wikitext(revision.text, page).has_comments or is_talk:
                reading = source.builder.reading()
                yield Reading(reading.threads, [*log.take(), *reading.problems])
            else:
                others.append(page.title or "")
    if others:
        message = f"{len(others):,} pages are not talk pages and have no signed comments: left out"
        log.add("not-talk", message, values=tuple(others))
    if problems := log.finish():
        yield Reading((), problems)


class _Revision:
    """The latest revision of a page so far."""

    def __init__(self) -> None:
        self.time = ""
        self.id: str | None = None
        self.text = ""

    def take(self, element: Element) -> None:
        """Use a revision, unless it is older."""
        element.owner = None  # a reference cycle would keep both in memory
        time = element.value("timestamp") or ""
        if time >= self.time:
            self.time, self.id = time, element.value("id")
            text = element.first().get("text")
            self.text = "" if text is None else text.text


def _page_in_dump(element: Element, revision: _Revision, base: str) -> Page:
    title = element.value("title")
    meta = {
        "id": element.value("id"),
        "ns": element.value("ns"),
        "revision": revision.id,
        "timestamp": revision.time or None,
    }
    url = f"{base}/{quote(title.replace(' ', '_'), safe='/:')}" if base and title else None
    return Page(title=title, url=url, meta=Meta({k: v for k, v in meta.items() if v}))


def _add_namespaces(siteinfo: Element, users: UserPages) -> None:
    """Read the names of the wiki's namespaces for users."""
    namespaces = siteinfo.first().get("namespaces")
    for namespace in () if namespaces is None else namespaces.children:
        key, name = namespace.attributes.get("key"), namespace.text.strip().lower()
        if key in ("2", "3") and name:
            users.namespaces.add(name)
            if key == "2":
                users.own.add(name)
