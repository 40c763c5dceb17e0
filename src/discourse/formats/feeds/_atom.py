"""Read the entries of Atom: comment feeds (RFC 4685), and Blogger's."""

import datetime as dt
from collections.abc import Mapping

from ..._markup.html import one_line
from ..._markup.local_times import LOCAL, LOCAL_EDIT
from ..._markup.times import clock
from ..._markup.xml import Element
from ...errors import ParseError, Place, Problem
from ...model import Status
from .._atom_elements import (
    author_of,
    categories_of,
    is_of_export,
    kind_of,
    links_of,
    related_to,
    removed_status,
    text_of,
)
from ._entries import Entry, Feed, comment_id_of, comment_in, count_of, page_of, time_of

_PUBLISHED = ("atom:published", "atom:issued", "atom:created")
_UPDATED = ("atom:updated", "atom:modified")


def take_feed(element: Element, feed: Feed) -> None:
    """Read the fields of the feed itself."""
    attributes = element.attributes
    if element.name == "atom:title":
        feed.title = feed.title or one_line(element.text) or None
    elif element.name == "atom:link" and attributes.get("rel", "alternate") == "alternate":
        feed.url = feed.url or attributes.get("href") or None
    elif element.name == "atom:link" and attributes.get("rel") == "self":
        feed.self_url = feed.self_url or attributes.get("href") or None
    elif element.name == "thr:in-reply-to" and feed.page is None:
        feed.page = attributes.get("ref") or None
        feed.page_url = attributes.get("href") or None
    elif element.name == "atom:generator":
        text = element.text + element.attributes.get("uri", "")
        for platform in ("wordpress", "blogger"):
            if platform in text.lower():
                feed.platform = platform


def entry_of(
    element: Element, problems: list[Problem], zone: dt.tzinfo | None, *, contacts: bool
) -> Entry:
    """Read an entry; raise `ParseError` for one from an export of Blogger."""
    if is_of_export(element):
        raise ParseError("this is an export of Blogger, not a feed", Place(offset=0))
    kind = kind_of(element)
    links = links_of(element)
    own = element.value("atom:id")
    url = links.get("alternate")
    replies = [child.attributes for child in element.children if child.name == "thr:in-reply-to"]
    number = comment_in(own) or comment_in(url)
    is_comment = kind == "comment" or (kind is None and bool(number or replies))
    entry = Entry(
        comment_id=(number or comment_id_of(own)) if is_comment else None,
        own=own,
        url=url,
        page=own,
        is_comment=is_comment,
    )
    if is_comment:
        entry.page = page_of(own if comment_in(own) else url) if number else None
        entry.page_url = page_of(url) if number else None
        _take_replies(entry, replies, links)
    else:
        _take_post(element, entry, links, problems)
    entry.title = one_line(text_of(element, "atom:title")[0] or "") or None
    is_blogger = "blogger" in (own or "")
    entry.author = author_of(element, entry.meta, is_blogger=is_blogger, contacts=contacts)
    entry.text, entry.text_format = text_of(element, "atom:content")
    if entry.text is None:
        entry.text, entry.text_format = text_of(element, "atom:summary")
    published, updated = _first(element, _PUBLISHED), _first(element, _UPDATED)
    name = "published" if published else "updated"
    entry.created_at = time_of(
        entry, problems, published or updated, name=name, read=clock, zone=zone
    )
    if published and updated:
        edited_at = time_of(
            entry, problems, updated, name="updated", read=clock, zone=zone, key=LOCAL_EDIT
        )
        if entry.meta.get(LOCAL_EDIT) == entry.meta.get(LOCAL):
            entry.meta.pop(LOCAL_EDIT, None)
        entry.edited_at = edited_at if edited_at != entry.created_at else None
    entry.status = removed_status(element, entry.text) or Status.VISIBLE
    return entry


def _first(element: Element, names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := element.value(name))), None)


def _take_replies(entry: Entry, replies: list[Mapping[str, str]], links: dict[str, str]) -> None:
    """Find the parent: a comment, a post, or both."""
    refs = [(reply.get("ref", "").strip(), reply.get("href", "").strip()) for reply in replies]
    entry.parent = related_to(entry.own, links)
    for ref, href in refs:
        if comment_in(ref) is not None:
            entry.parent = entry.parent or ref
        elif ref:
            # A comment or the post: only all entries together show which.
            entry.meta.setdefault("ref", ref)
            entry.page_url = entry.page_url or page_of(href)


def _take_post(
    element: Element, entry: Entry, links: dict[str, str], problems: list[Problem]
) -> None:
    for child in element.children:
        attributes = child.attributes
        if child.name == "thr:total":
            entry.count = count_of(child.text.strip() or None, "thr:total", problems)
        elif (
            child.name == "atom:link" and attributes.get("rel") == "replies" and entry.count is None
        ):
            entry.count = count_of(attributes.get("thr:count"), "thr:count", problems)
    if "replies" in links:
        entry.meta["replies"] = links["replies"]
    entry.tags = categories_of(element)
