"""One `Comment` from what the page has of it."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urljoin

import attrs

from ...model import Comment, Status, TextFormat
from ._comment_author import author_of, date_beside
from ._comment_dates import EDGES, LONGEST_DATE, any_date, stamp_and_date
from ._comment_text import CommentElements, is_of_pingback, text_of
from ._page_index import PINGS, fragment_of

#: WordPress core, wpDiscuz 7, wpDiscuz before.
_BY_AUTHOR = frozenset(("bypostauthor", "wpd-blog-post_author", "wc-blog-post_author"))
_VOTES = frozenset(("wpd-vote-result", "wc-vote-result"))  # wpDiscuz
#: Themes of old print "Pingback by" before the name, and give no class.
_PING = re.compile(
    r"(pingback|trackback)(?:\s(?:by|from|von|de|di|par|por|van|door)\s|:)", re.IGNORECASE
)
_SCORE = re.compile(r"[+-]?[0-9]{1,15}")


@attrs.define
class Draft:
    """A comment whose time is not read yet, since the dates of a page tell of each other."""

    fields: dict[str, Any]
    meta: dict[str, object]
    stamp: str | None
    """The time as the page prints it for machines."""
    printed: str | None
    """The date as it prints it for people."""

    def comment(self, created_at: dt.datetime | None) -> Comment:
        """Return the comment."""
        return Comment(**self.fields, created_at=created_at, meta=self.meta)


def draft_of(elements: CommentElements, id: str, parent_id: str | None, base: str | None) -> Draft:
    """Return what the page has of a comment.

    *base* is the address of the page, where it is known.
    """
    item = elements.item
    meta: dict[str, object] = {}
    author, name = author_of(elements, meta)
    text = text_of(elements, name, meta)
    stamp, printed = stamp_and_date(elements)
    if author is not None and author.name:  # in whose element, or behind which, the date may be
        if printed:
            printed = printed.removeprefix(author.name).strip(EDGES)
        elif name is not None and stamp is None:
            printed = date_beside(elements.page, name, author.name)
    if not printed and stamp is None:
        printed = any_date(elements)
    is_pending = bool(elements.notices) or "unapproved" in item.classes
    fields = {
        "id": id,
        "parent_id": parent_id,
        "author": author,
        "text": text,
        "text_format": TextFormat.HTML,
        "status": Status.PENDING if is_pending else Status.VISIBLE,
        "url": _address(elements, base),
        "score": _score(elements),
        "tags": _tags(elements, name, text),
    }
    return Draft(fields, meta, stamp, printed)


def _address(elements: CommentElements, base: str | None) -> str | None:
    """Return the comment's own address, in full where the page's is known."""
    relative: str | None = None
    for node in elements.nodes:
        attributes = elements.page.attributes[node]
        address = (attributes.get("data-comment-url") or attributes.get("href") or "").strip()
        if "#" not in address or fragment_of(address) != elements.item.number:
            continue
        classes = elements.page.classes[node]
        if any(word in name for name in classes for word in ("reply", "like", "quote")):
            continue
        if "://" in address[:12]:
            return address
        relative = relative or address
    if relative is None or base is None or "://" not in base[:12]:
        return None
    try:
        return urljoin(base, relative)
    except ValueError:
        return None


def _score(elements: CommentElements) -> int | None:
    for node in elements.having(_VOTES):
        text = elements.tree.string(node).replace("\u2212", "-")
        return int(text) if _SCORE.fullmatch(text) else None
    return None


def _tags(elements: CommentElements, name: int | None, text: str | None) -> frozenset[str]:
    classes = elements.item.classes
    tags = classes & PINGS
    if not tags and name is not None and text and is_of_pingback(text):
        tags = frozenset(("pingback",))  # a page saved without its classes
    if not tags and name is not None and elements.page.size(name) <= 20 * LONGEST_DATE:
        match = _PING.match(elements.tree.string(name))
        tags = frozenset((match[1].lower(),)) if match else tags
    return tags if classes.isdisjoint(_BY_AUTHOR) else tags | {"by-author"}
