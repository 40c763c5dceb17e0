"""One `Comment` from what the page has of it."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from ...model import Comment, Status, TextFormat
from ._clock import Clock, time_in
from ._comment_author import author_of, date_beside
from ._comment_finder import Item
from ._comment_text import CommentElements, text_of
from ._page_index import PINGS, Page, class_test, fragment_of, word_set

#: Elements with the date, the surest first: of wpDiscuz, of WordPress core, of themes.
_DATES = (
    word_set("wpd-comment-date wc-comment-date"),
    word_set(
        """comment-date comment_date comment-time comment_time comment__date comment__time
        comment-datetime comment-timestamp comment__timestamp wp-block-comment-date"""
    ),
    word_set("comment-metadata comment-permalink comment-date-link comment-link"),
    word_set("commentmetadata comment-meta comment_meta date time published posted-on"),
)
_LONGEST_DATE = 100
_is_off_date = class_test(
    r"reply|edit|says|comment[-_]{0,2}(?:author|reply|edit|quote|direct).{0,40}|vcard|fn"
)
_LONG_DATE = 40  # characters beyond which only the words with digits are the date
#: WordPress core, wpDiscuz 7, wpDiscuz before.
_BY_AUTHOR = frozenset(("bypostauthor", "wpd-blog-post_author", "wc-blog-post_author"))
_STAMPS = {"time": "datetime", "abbr": "title"}
_EDGES = " |·•/,–—-#"
_VOTES = frozenset(("wpd-vote-result", "wc-vote-result"))  # wpDiscuz
#: Themes of old print "Pingback by" before the name, and give no class.
_PING = re.compile(
    r"(pingback|trackback)(?:\s(?:by|from|von|de|di|par|por|van|door)\s|:)", re.IGNORECASE
)
_SCORE = re.compile(r"[+-]?[0-9]{1,15}")


def comment_of(
    elements: CommentElements, id: str, parent_id: str | None, clock: Clock, base: str | None
) -> tuple[Comment, bool]:
    """Return a comment, and whether it has a time that could not be read.

    *base* is the address of the page, where it is known.
    """
    item = elements.item
    meta: dict[str, object] = {}
    author, name = author_of(elements, meta)
    text = text_of(elements, name, meta)
    created_at = _time(elements, clock, meta)
    if author is not None and author.name:  # in whose element, or behind which, the date may be
        if isinstance(meta.get("date"), str):
            meta["date"] = str(meta["date"]).removeprefix(author.name).strip(_EDGES)
        elif name is not None and created_at is None and "datetime" not in meta:
            beside = date_beside(elements.page, name, author.name)
            meta |= {"date": beside} if beside else {}
    is_pending = bool(elements.notices) or "unapproved" in item.classes
    comment = Comment(
        id,
        parent_id,
        author,
        text,
        text_format=TextFormat.HTML,
        created_at=created_at,
        status=Status.PENDING if is_pending else Status.VISIBLE,
        url=_address(elements, base),
        score=_score(elements),
        tags=_tags(elements, name),
        meta=meta,
    )
    return comment, created_at is None and not meta.keys().isdisjoint(("datetime", "date"))


def times_in(page: Page, items: list[Item]) -> Iterator[str]:
    """Yield the machine-readable times that a page prints for its comments."""
    for item in items:
        for node in item.nodes:
            if page.tree.names[node] in ("a", "time"):  # themes give it to links too
                yield page.attribute(node, "datetime")


def _time(elements: CommentElements, clock: Clock, meta: dict[str, object]) -> dt.datetime | None:
    """Return when a comment was written; what is no time, or has no zone, goes to *meta*."""
    tree = elements.tree
    printed: str | None = None
    for node, attributes in elements.attributes.items():
        name = tree.names[node]
        if name not in _STAMPS and "datetime" not in attributes:
            continue
        stamp = attributes.get(_STAMPS.get(name, "datetime"), "").strip()
        if name == "abbr" and not time_in(stamp):
            continue
        printed = tree.string(node) or printed
        if stamp:
            time = clock.time(stamp)
            if time is None:
                meta["datetime"] = stamp
                if printed and time_in(stamp) is None and printed != stamp:
                    meta["date"] = printed
            else:
                meta.pop("date", None)
            return time
        break
    printed = printed or _printed_date(elements)
    if printed:
        meta.setdefault("date", printed)
    return None


def _printed_date(elements: CommentElements) -> str | None:
    page, tree = elements.page, elements.tree
    for group in _DATES:
        nodes = elements.having(group)
        for node in nodes:
            title = elements.attributes[node].get("title", "")
            line = title if any(map(str.isdigit, title)) else _line(page, node)
            if line and node != elements.body:
                behind = (  # the time of day in an element of its own
                    at
                    for at in nodes
                    if at >= tree.lasts[node] and tree.parents[at] == tree.parents[node]
                )
                beside = next(behind, None)
                time = (_line(page, beside) or "") if beside is not None else ""
                return f"{line} {time}".strip()[:_LONGEST_DATE]
    links = (at for at in elements.named("a") if fragment_of(page.attribute(at, "href")))
    return next(filter(None, (_line(page, at) for at in links)), None)


def _line(page: Page, node: int) -> str | None:
    """Return the text of an element that may be a date: short, with a digit in it."""
    tree = page.tree
    if page.size(node) > 20 * _LONGEST_DATE:
        return None
    is_list = page.has(node, "comment-meta", "comment_meta", "commentmetadata", "comment-metadata")
    beside = frozenset(
        at
        for at in range(node + 1, tree.lasts[node])
        if _is_off_date(page.classes[at])
        or (is_list and tree.names[at] == "a" and not any(map(str.isdigit, tree.string(at))))
    )
    line = tree.string(node, beside).strip(_EDGES)
    if len(line) > _LONG_DATE or (beside and page.has(node, "comment-meta", "comment_meta")):
        words = (tree.string(at) for at in range(node, tree.lasts[node]) if not tree.names[at])
        line = " ".join(each for each in words if any(map(str.isdigit, each))).strip(_EDGES)
    is_date = len(line) <= _LONGEST_DATE and any(map(str.isdigit, line))
    return line if is_date and "<" not in line else None  # a tag in which the page is cut off


def _address(elements: CommentElements, base: str | None) -> str | None:
    """Return the comment's own address, in full where the page's is known."""
    relative: str | None = None
    for node, attributes in elements.attributes.items():
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


def _tags(elements: CommentElements, name: int | None) -> frozenset[str]:
    classes = elements.item.classes
    tags = classes & PINGS
    if not tags and name is not None and elements.page.size(name) <= 20 * _LONGEST_DATE:
        match = _PING.match(elements.tree.string(name))
        tags = frozenset((match[1].lower(),)) if match else tags
    return tags if classes.isdisjoint(_BY_AUTHOR) else tags | {"by-author"}
