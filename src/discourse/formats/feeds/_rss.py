"""Read the items of RSS, as WordPress and other programs write it."""

import datetime as dt
import re

from ..._markup.html import one_line, unescape
from ..._markup.local_times import LOCAL
from ..._markup.times import clock, either
from ..._markup.xml import Element
from ...errors import Problem
from ...model import Author
from ._entries import Entry, Feed, comment_in, count_of, page_of, time_of, topic_of

_PASSWORD = re.compile("<input[^<>]{0,300}name=[\"']post_password")
_MAIL = re.compile(r"[^\s@()]{1,200}@[^\s@()]{1,200}")


def take_channel(element: Element, feed: Feed) -> None:
    """Read the fields of the channel itself."""
    text = " ".join(element.text.split())
    if element.name == "title":
        feed.title = feed.title or one_line(text) or None
    elif element.name == "link":
        feed.url = feed.url or text or None
    elif element.name == "language":
        feed.language = feed.language or text or None
    elif element.name == "generator" and "wordpress" in text.lower():
        feed.platform = "wordpress"
    elif element.name == "openSearch:totalResults" and re.fullmatch("[0-9]{1,9}", text):
        feed.total = int(text)
    elif element.name == "atom:link" and element.attributes.get("rel") == "self":
        feed.self_url = feed.self_url or element.attributes.get("href") or None
    elif element.name == "atom:link" and element.attributes.get("rel") == "next":
        feed.next_url = element.attributes.get("href") or None


def entry_of(
    item: Element, problems: list[Problem], zone: dt.tzinfo | None, *, contacts: bool
) -> Entry:
    """Read an item."""
    guid, link = item.value("guid") or item.attributes.get("rdf:about"), item.value("link")
    entry = Entry(
        comment_id=comment_in(guid) or comment_in(link),
        own=guid or link,
        page=page_of(guid if comment_in(guid) else link),
        page_url=page_of(link),
        url=link,
        title=one_line(item.value("title") or "") or None,
    )
    entry.author = _author(item, entry, contacts=contacts)
    if "-post-" in (guid or ""):
        _take_forum(entry, link)
    fields = item.first()
    body = fields.get("content:encoded") or fields.get("description")
    if body is not None:
        entry.text = body.markup().strip()
    if entry.text is not None and _PASSWORD.search(entry.text):
        ids_and_text = ((entry.comment_id,) if entry.comment_id else (), (entry.text,))
        problems.append(
            Problem("protected", "a password form replaces the text: left out", *ids_and_text)
        )
        entry.text = None
    if entry.comment_id is None:
        _take_post(item, entry, problems)
    entry.created_at = time_of(
        entry, problems, item.value("pubDate"), name="pubDate", read=either, zone=zone
    )
    if entry.created_at is None and entry.meta.keys().isdisjoint(("pubDate", LOCAL)):
        entry.created_at = time_of(
            entry, problems, item.value("dc:date"), name="dc:date", read=clock, zone=zone
        )
    return entry


def _take_forum(entry: Entry, link: str | None) -> None:
    """Read topic and number from the address of a post in a Discourse forum."""
    if (match := topic_of(link)) is None:
        return
    address, topic, number = match
    if number == "1":
        entry.own, entry.page_url = topic, address
    else:
        entry.comment_id, entry.own = number, f"{topic}/{number}"
        entry.page, entry.page_url = topic, address
        entry.page_title, entry.title = entry.title, None
    entry.platform = "discourse"
    if entry.author is not None and entry.author.name and entry.author.name.startswith("@"):
        name, _, shown_name = entry.author.name[1:].partition(" ")
        entry.author = Author(name or None, display_name=shown_name or None)


def _take_post(item: Element, entry: Entry, problems: list[Problem]) -> None:
    entry.page, entry.url = entry.own or item.value("comments"), entry.page_url or entry.url
    entry.count = count_of(item.value("slash:comments"), "slash:comments", problems)
    named = (one_line(child.text) for child in item.children if child.name == "category")
    entry.tags = frozenset(name for name in named if name)
    for name in ("comments", "wfw:commentRss"):
        if value := item.value(name):
            entry.meta[name] = value


def _author(item: Element, entry: Entry, *, contacts: bool) -> Author | None:
    name = item.value("dc:creator")
    if name is None and (mail := item.value("author")):
        address = _MAIL.search(mail)
        if address and contacts:
            entry.meta["author"] = mail
        name = (mail.replace(address[0], "") if address else mail).strip().strip(
            "()"
        ).strip() or None
    return Author(unescape(name)) if name else None
