"""Artrans: the format that Artalk exports and imports, also converted from other systems.

A file is written by ``artalk export``, by the page "Transfer" of its dashboard, or by Artransfer,
which converts exports of Valine, Waline, Twikoo, Typecho, WordPress and Disqus.

=====================================  ===========================================================
in the file                            in the model
=====================================  ===========================================================
``page_key``, ``page_title``           `Article` ``id``, ``title``; ``url`` if it is a full URL
``site_name``                          ``site`` of the article
``id``, ``rid``                        `Comment` ``id``, ``parent_id``; 0 is the article
``content``                            ``text``, Markdown, which may contain HTML
``nick``, ``link``                     ``author.name``, ``author.url``
``created_at``                         ``created_at``
``updated_at``                         ``meta``, if it differs: votes change it too
``is_pending``, ``is_collapsed``       ``status``: pending, hidden
``is_pinned``, ``badge_name``          ``tags``: pinned, and the badge
``vote_up``, ``vote_down``             ``upvotes``, ``downvotes``
other keys                             ``meta``, unless empty
=====================================  ===========================================================

Numbers and booleans may be strings. Omitted: e-mail addresses, IP addresses and user agents, unless
*contacts* is true. Problems: ``local-time``, ``bad-value``, ``no-id``, and those of JSON and of
`Thread.repair` (Twikoo's exports can have duplicate ids).
"""

import datetime as dt
import re

from .._markup.times import clock, in_zone
from .._zones import Zone, zone_of
from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

_CONTACTS = ("email", "ip", "ua")
_OF_PAGE = ("page_key", "page_title", "site_name", "site_urls", "page_admin_only")
_DIGITS = re.compile(r"[0-9]{1,18}")
_GO = re.compile(r"([0-9: .-]{19,29} [+-][0-9]{4}) [A-Z0-9+-]{1,5}")
_TRUE = (True, "true", "1", 1)


def parse(text: str, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read a file.

    Args:
        text: The JSON.
        zone: The zone of times without one: a name, an offset or a `tzinfo`.
        contacts: Keep e-mail addresses, IP numbers and user agents, in ``meta``.
    """
    builder = Builder("artrans", platform="artalk")
    for path, value in documents(text, builder.log):
        nodes = builder.items(builder.roots(value, path))
        if nodes and not any("page_key" in node or "rid" in node for node in nodes):
            raise ParseError("not a file of Artalk", Place(path=path))
        for node in nodes:
            _take(builder, node, zone_of(zone), contacts=contacts)
    return builder.reading()


def _take(builder: Builder, node: Node, zone: dt.tzinfo | None, *, contacts: bool) -> None:
    id, page = node.id("id"), node.id("page_key")
    if id is None:
        builder.skip(node, "no-id", "a comment without an id")
        return
    _take_page(builder, node, page)
    if not contacts:
        node.drop(*_CONTACTS)
    name, link, badge = node.label("nick"), node.label("link"), node.label("badge_name")
    status = Status.HIDDEN if _is_true(node, "is_collapsed") else Status.VISIBLE
    if _is_true(node, "is_pending"):
        status = Status.PENDING
    tags = [badge] if badge is not None else []
    if _is_true(node, "is_pinned"):
        tags.append("pinned")
    if node.data.get("updated_at") == node.data.get("created_at"):
        node.drop("updated_at")
    local: dict[str, str] = {}
    comment = Comment(
        id,
        parent_id(node.id("rid"), id=id),
        Author(name, url=link) if name is not None or link is not None else None,
        node.text("content"),
        text_format=TextFormat.MARKDOWN,
        created_at=builder.resolved(_time(node), zone, id, local),
        status=status,
        upvotes=_count(node, "vote_up"),
        downvotes=_count(node, "vote_down"),
        tags=frozenset(tags),
        meta=node.rest(empty=False, **local),
    )
    builder.comment(node, comment, page)


def _take_page(builder: Builder, node: Node, key: str | None) -> None:
    title, site = node.label("page_title"), node.label("site_name")
    node.drop(*_OF_PAGE)
    if key is None:
        return
    draft = builder.thread(key)
    if draft.article is None:
        url = key if key.startswith(("http://", "https://")) else None
        draft.article = Article(title, id=key, url=url, site=site)


def _time(node: Node) -> dt.datetime | None:
    """Return the time; Go writes it as ``2022-04-09 09:28:47 +0000 UTC``."""
    value = node.text("created_at")
    match = _GO.fullmatch(value or "")
    if match is None:
        return node.clock("created_at")
    try:
        return in_zone(clock(match[1]), None)
    except ValueError:
        node.refuse("created_at", value, "a time")
        return None


def _is_true(node: Node, key: str) -> bool:
    return node.raw(key) in _TRUE


def _count(node: Node, key: str) -> int | None:
    value = node.data.get(key)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        node.drop(key)
        return int(value)
    return node.count(key) if value != "" else None


FORMAT = catalogued("artrans", parse=parse)
