"""Blogger: the export of a blog, from before 2024 or from Takeout.

"Back up content" in the settings of a blog saved ``blog-01-31-2024.xml``; Google Takeout has a
``feed.atom`` for each blog. Both are Atom feeds of posts, pages and comments, with different names
for these. Zips and folders of Takeout are read whole.

=====================================  ===========================================================
in the export                          in the model
=====================================  ===========================================================
``id`` of a post or page               `Article` ``id``, in full
``title``, ``content``, ``author``     ``title``, ``text`` (HTML), ``authors``
``published``, ``updated``             ``created_at``, and ``edited_at`` if it differs
``link``, ``category``                 ``url``, ``tags``
``thr:total``                          ``comment_count``
``blogger:filename``, drafts           ``meta``
the title of the blog                  ``site`` of the articles
``id`` of a comment                    `Comment` ``id``, in full
``link[rel=related]``,                 ``parent_id``; Blogger keeps two levels
``blogger:inReplyTo``
``thr:in-reply-to``,                   the post
``blogger:parent``
``blogger:status``                     ``status``: pending, spam, hidden (ghosted) or removed
                                       (trashed); for posts, ``meta["status"]``
"This comment has been removed"        ``status`` deleted or removed; the notice is not stored
"Anonymous", "Unknown"                 no author name; ``meta["author"]`` has the word
``blogger.com/profile/17``             ``author.id``
=====================================  ===========================================================

Left out: the titles of comments, which repeat their first words; e-mail addresses, unless
*contacts* is true (then in ``meta``). Problems: ``not-recognised`` (settings and templates,
counted), ``no-id``, ``bad-time``, ``local-time``, ``truncated``, those of malformed XML, and those
of `Thread.repair`.
"""

import datetime as dt
import re
from collections import Counter

from .._markup.html import one_line
from .._markup.local_times import LOCAL_EDIT, resolved
from .._markup.xml import Element, Wanted, pieces, read, time_in
from .._zones import Zone, zone_of
from ..errors import ParseError, Place
from ..model import Article, Comment, JsonValue, Status, TextFormat
from ._atom_elements import (
    author_of,
    categories_of,
    kind_of,
    links_of,
    related_to,
    removed_status,
    text_of,
)
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder

_WANTED = Wanted(
    roots=frozenset({"feed"}),
    records={"atom:entry": None},
    outside=frozenset({"atom:title"}),
)
_STATUSES = {
    "LIVE": Status.VISIBLE,
    "PENDING": Status.PENDING,
    "SPAM": Status.SPAM,
    "GHOSTED": Status.HIDDEN,
    "SOFT_TRASHED": Status.REMOVED,
    "TRASHED": Status.REMOVED,
}
_NOTICE = re.compile(r"\s*This (?:comment|post) has been removed by [^<>]{1,60}\s*", re.IGNORECASE)
#: In Takeout, some comments name their post only in their own id.
_OF_POST = re.compile(r"(tag:blogger\.com,[0-9]{4}:blog-[0-9]{1,30}\.post-[0-9]{1,30})[.:/#-].+")


def parse(text: str, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read an export.

    Args:
        text: The export.
        zone: The zone of times without one: a name, an offset or a `tzinfo`.
        contacts: Keep e-mail addresses, in ``meta``.
    """
    builder = Builder("blogger-export", platform="blogger")
    place = zone_of(zone)
    site = None
    is_export = False
    others: Counter[str] = Counter()
    for element in read(pieces(text), _WANTED, builder.log):
        if element.name == "atom:feed":
            is_export = "blogger" in element.attributes.get("xmlns", "").split()
        elif element.name == "atom:title":
            site = site or one_line(element.text) or None
        elif element.name == "atom:entry":
            kind = (element.value("blogger:type") or kind_of(element) or "").lower()
            is_export = is_export or bool(kind)
            if kind in ("comment", "post", "page"):
                builder.items([element])
                _take(builder, element, kind, site, zone=place, contacts=contacts)
            else:
                others[kind or "entry"] += 1
    if not is_export:
        raise ParseError("not an export of Blogger", Place(offset=0))
    for kind, count in others.items():
        message = f"{count:,} entries of kind {kind!a} were not read"
        builder.log.add("not-recognised", message, values=(kind, count))
    return builder.reading()


def _take(
    builder: Builder,
    entry: Element,
    kind: str,
    site: str | None,
    *,
    zone: dt.tzinfo | None,
    contacts: bool,
) -> None:
    id = entry.value("atom:id")
    content, text_format = text_of(entry, "atom:content")
    if id is None or not entry.whole:
        problem = ("no-id", f"a {kind} without an id") if entry.whole else _cut(kind)
        ids = (id,) if id is not None else ()
        builder.skip(entry, *problem, ids=ids, value=content)
        return
    meta: dict[str, JsonValue] = {}
    author = author_of(entry, meta, is_blogger=True, contacts=contacts)
    problems = builder.log.problems
    created = time_in(entry.value("atom:published"), "published", id, meta, problems)
    updated = time_in(entry.value("atom:updated"), "updated", id, meta, problems)
    updated = None if updated == created else resolved(updated, zone, meta, LOCAL_EDIT)
    created = builder.resolved(created, zone, id, meta)
    links, word = links_of(entry), entry.value("blogger:status")
    status = _STATUSES.get(word or "LIVE", Status.VISIBLE)
    if word not in (None, "LIVE"):
        meta["status"] = word
    if entry.value("blogger:trashed") and status is Status.VISIBLE:
        status = Status.REMOVED
        meta["trashed"] = entry.value("blogger:trashed")
    if kind == "comment":
        post, parent = _answered(entry, id, links)
        removed = removed_status(entry, content)
        is_notice = removed is not None and _NOTICE.fullmatch(content or "") is not None
        comment = Comment(
            id,
            parent,
            author,
            None if is_notice else content,
            text_format=text_format,
            created_at=created,
            edited_at=updated,
            status=removed or status,
            url=links.get("alternate"),
            meta=meta,
        )
        builder.comment(entry, comment, post)
        return
    meta |= _of_post(entry)
    total = entry.value("thr:total") or ""
    article = Article(
        one_line(text_of(entry, "atom:title")[0] or "") or None,
        id=id,
        url=links.get("alternate"),
        authors=[author] if author is not None else [],
        text=content,
        text_format=text_format if content is not None else TextFormat.HTML,
        created_at=created,
        edited_at=updated,
        site=site,
        comment_count=int(total) if re.fullmatch("[0-9]{1,9}", total) else None,
        tags=categories_of(entry) | ({"page"} if kind == "page" else frozenset()),
        meta=meta,
    )
    builder.article(entry, article, id)


def _cut(kind: str) -> tuple[str, str]:
    return "truncated", f"a {kind} is cut"


def _answered(entry: Element, id: str, links: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the ids of the post of a comment and of the comment it answers."""
    refs = [
        ref
        for child in entry.children
        if child.name == "thr:in-reply-to" and (ref := child.attributes.get("ref", "").strip())
    ]
    post = entry.value("blogger:parent") or (refs[0] if refs else None)
    if post is None and (within := _OF_POST.fullmatch(id)) is not None:
        post = within[1]
    parent = entry.value("blogger:inReplyTo") or related_to(id, links)
    return post, parent if parent != id else None


def _of_post(entry: Element) -> dict[str, JsonValue]:
    """Return the ``meta`` that only posts have."""
    meta: dict[str, JsonValue] = {}
    for name in ("filename", "metaDescription", "location"):
        if (value := entry.value(f"blogger:{name}")) is not None:
            meta[name] = value
    control = entry.first().get("app:control")
    if control is not None and control.value("app:draft") == "yes":
        meta["draft"] = True
    return meta


FORMAT = catalogued("blogger-export", parse=parse)
