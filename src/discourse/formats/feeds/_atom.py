"""Read the entries of Atom: comment feeds (RFC 4685), Blogger's feeds, and both of its exports."""

import datetime as dt
import re
from collections.abc import Mapping

from ..._markup.html import one_line
from ..._markup.times import clock
from ..._markup.xml import Element
from ...errors import Problem
from ...model import Author, Status, TextFormat
from ._entries import Entry, Feed, comment_id_of, comment_in, count_of, page_of, time_of

_FORMATS = {
    "text/plain": TextFormat.TEXT,
    "html": TextFormat.HTML,
    "xhtml": TextFormat.HTML,
    "text": TextFormat.TEXT,
}
_NUMBER = re.compile(r"/([0-9]{1,30})(?:\?|$)")
_NOBODY = frozenset({"Anonymous", "Unknown"})  # what Blogger writes where there is no name
_PROFILE = re.compile(r"//(?:www\.|draft\.)?blogger\.com/profile/([0-9]{1,30})")
_PUBLISHED = ("atom:published", "atom:issued", "atom:created")
_UPDATED = ("atom:updated", "atom:modified")
_STATUSES = {
    "LIVE": Status.VISIBLE,
    "PENDING": Status.PENDING,
    "SPAM": Status.SPAM,
    "GHOSTED": Status.HIDDEN,
    "SOFT_TRASHED": Status.REMOVED,
    "TRASHED": Status.REMOVED,
}


def take_feed(element: Element, feed: Feed) -> None:
    """Take what the feed says of itself."""
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
) -> Entry | None:
    """Return what an entry says; None for settings and templates of a blog."""
    kind = _kind(element)
    if kind == "furniture":
        return None
    links = _links(element)
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
        _take_replies(element, entry, replies, links)
    else:
        _take_post(element, entry, links, problems)
    entry.title = one_line(_text(element, "atom:title")[0] or "") or None
    entry.author = _author(element, entry, contacts=contacts)
    entry.text, entry.text_format = _text(element, "atom:content")
    if entry.text is None:
        entry.text, entry.text_format = _text(element, "atom:summary")
    published, updated = _first(element, _PUBLISHED), _first(element, _UPDATED)
    name = "published" if published else "updated"
    entry.created_at = time_of(
        entry, problems, published or updated, name=name, read=clock, zone=zone
    )
    if published and updated:
        edited_at = time_of(entry, problems, updated, name="updated", read=clock, zone=zone)
        entry.edited_at = edited_at if edited_at != entry.created_at else None
    entry.status = _removed(element, entry.text) or Status.VISIBLE
    if status := element.value("blogger:status"):
        entry.status = _STATUSES.get(status, Status.VISIBLE)
        if status != "LIVE":
            entry.meta["status"] = status
    return entry


def _first(element: Element, names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := element.value(name))), None)


def _removed(element: Element, text: str | None) -> Status | None:
    """Return the status of what Blogger has removed; it tells by whom in the text."""
    for child in element.children:
        attributes = child.attributes
        if (
            child.name == "gd:extendedProperty"
            and attributes.get("name") == "blogger.contentRemoved"
        ):
            by_admin = "administrator" in (text or "")
            return Status.REMOVED if by_admin else Status.DELETED
    return None


def _kind(element: Element) -> str | None:
    """Return what Blogger says that an entry is; None where nothing says so."""
    kind = (element.value("blogger:type") or "").lower()
    for child in element.children:
        scheme = child.attributes.get("scheme", "")
        if child.name == "atom:category" and scheme.endswith("#kind"):
            kind = child.attributes.get("term", "").rpartition("#")[2]
    if not kind:
        return None
    return kind if kind in ("comment", "post", "page") else "furniture"


def _links(element: Element) -> dict[str, str]:
    made: dict[str, str] = {}
    for child in element.children:
        if child.name == "atom:link" and (href := child.attributes.get("href", "").strip()):
            made.setdefault(child.attributes.get("rel", "alternate"), href)
    return made


def _take_replies(
    element: Element, entry: Entry, replies: list[Mapping[str, str]], links: dict[str, str]
) -> None:
    """Find what a comment answers: a comment, a post, or both."""
    refs = [(told.get("ref", "").strip(), told.get("href", "").strip()) for told in replies]
    if parent := element.value("blogger:parent"):
        refs.append((parent, ""))
    entry.parent = element.value("blogger:inReplyTo")
    if entry.parent is None and (related := _NUMBER.search(links.get("related", ""))):
        prefix, mark, _ = (entry.own or "").rpartition("post-")  # Blogger's ids end in "post-17"
        entry.parent = prefix + mark + related[1]
    for ref, href in refs:
        if comment_in(ref) is not None:
            entry.parent = entry.parent or ref
        elif ref:
            # A comment or the post: which one is known when all entries are.
            entry.meta.setdefault("ref", ref)
            entry.page_url = entry.page_url or page_of(href)


def _take_post(
    element: Element, entry: Entry, links: dict[str, str], problems: list[Problem]
) -> None:
    if filename := element.value("blogger:filename"):
        entry.meta["filename"] = filename
    for child in element.children:
        attributes = child.attributes
        if child.name == "thr:total":
            entry.count = count_of(child.text.strip() or None, "thr:total", problems)
        elif (
            child.name == "atom:link" and attributes.get("rel") == "replies" and entry.count is None
        ):
            entry.count = count_of(attributes.get("thr:count"), "thr:count", problems)
        elif child.name == "app:control" and child.value("app:draft") == "yes":
            entry.meta["draft"] = True
    if "replies" in links:
        entry.meta["replies"] = links["replies"]
    entry.tags = frozenset(
        term
        for child in element.children
        if child.name == "atom:category"
        and not child.attributes.get("scheme", "").endswith("#kind")
        and (term := child.attributes.get("term", "").strip())
    )


def _text(element: Element, name: str) -> tuple[str | None, TextFormat]:
    child = element.first().get(name)
    if child is None:
        return None, TextFormat.HTML
    kind = child.attributes.get("type", "text")
    if kind == "xhtml":
        inner = child.first().get("xhtml:div")
        return (inner or child).markup(), TextFormat.HTML
    return child.markup(), _FORMATS.get(kind, TextFormat.HTML)


def _author(element: Element, entry: Entry, *, contacts: bool) -> Author | None:
    person = element.first().get("atom:author")
    if person is None:
        return None
    name, uri = person.value("atom:name"), person.value("atom:uri") or person.value("atom:url")
    if contacts and (address := person.value("atom:email")):
        entry.meta["email"] = address
    is_blogger = "blogger" in (entry.own or "")
    profile = _PROFILE.search(uri or "")
    if is_blogger and name in _NOBODY:
        entry.meta["author"] = name
        name = None
        if uri is None:
            return None
    picture = person.first().get("gd:image")
    avatar = picture.attributes.get("src") if picture is not None else None
    if name is None and uri is None:
        return None
    id = profile[1] if profile is not None else None
    return Author(name, id, url=uri, avatar_url=avatar or None)
