"""One `Comment` from what the page has of it."""

import datetime as dt
import re
from urllib.parse import urljoin

import attrs

from ...model import Comment, Status, TextFormat
from ._body import body_element, notices_in, text_of
from ._find import Item
from ._marks import PINGS, Page, fragment_of
from ._names import author_of, date_beside
from ._times import Clock, read

_DATES = (
    frozenset(("wpd-comment-date", "wc-comment-date")),
    frozenset(("comment-date", "comment_date", "comment-time", "comment_time", "comment__date",
     "comment__time", "comment-datetime", "comment-timestamp", "comment__timestamp",
     "wp-block-comment-date")),
    frozenset(("comment-metadata", "comment-permalink", "comment-date-link", "comment-link")),
    frozenset(("commentmetadata", "comment-meta", "comment_meta", "date", "time",
     "published", "posted-on")),
)  # fmt: skip
_LONGEST_DATE = 100
_OFF_DATE = re.compile(
    r"reply|edit|says|comment[-_]{0,2}(?:author|reply|edit|quote|direct).{0,40}|vcard|fn"
)
_LONG_DATE = 40  # characters beyond which only the words with digits are the date
_BY_AUTHOR = frozenset(("bypostauthor", "wpd-blog-post_author", "wc-blog-post_author"))
_STAMPS = {"time": "datetime", "abbr": "title"}
_EDGES = " |·•/,–—-#"
_VOTES = frozenset(("wpd-vote-result", "wc-vote-result"))
_PING = re.compile(
    r"(pingback|trackback)(?:\s(?:by|from|von|de|di|par|por|van|door)\s|:)", re.IGNORECASE
)
_SCORE = re.compile(r"[+-]?[0-9]{1,15}")


@attrs.frozen
class Context:
    """What all comments of a page have in common."""

    page: Page
    clock: Clock
    base: str | None
    """The address of the page."""


def comment_of(
    context: Context, item: Item, id: str, parent_id: str | None
) -> tuple[Comment, bool]:
    """Return a comment, and whether it has a time that could not be read."""
    page = context.page
    meta: dict[str, object] = {}
    item.open(page)
    body = body_element(page, item)
    author, name = author_of(page, item, body, meta)
    notices = notices_in(page, item)
    text = text_of(page, item, body, notices | ({name} if name is not None else set()), meta)
    created_at = _time(context, item, body, meta)
    if author is not None and author.name:
        _settle_date(page, name, author.name, meta, created_at)
    comment = Comment(
        id,
        parent_id,
        author,
        text,
        text_format=TextFormat.HTML,
        created_at=created_at,
        status=Status.PENDING if notices or "unapproved" in item.classes else Status.VISIBLE,
        url=_address(context, item),
        score=_score(page, item),
        tags=_tags(page, item, name),
        meta=meta,
    )
    item.close()
    return comment, created_at is None and not meta.keys().isdisjoint(("datetime", "date"))


def _settle_date(
    page: Page, node: int | None, name: str, meta: dict[str, object], created_at: dt.datetime | None
) -> None:
    """Part the printed date from the name, in whose element, or behind which, it may stand."""
    if isinstance(meta.get("date"), str):
        meta["date"] = str(meta["date"]).removeprefix(name).strip(_EDGES)
    elif node is not None and created_at is None and "datetime" not in meta:
        beside = date_beside(page, node, name)
        meta |= {"date": beside} if beside else {}


def times_in(page: Page, items: list[Item]) -> list[str]:
    """Return the machine-readable times that a page prints for its comments."""
    return [
        value
        for item in items
        for node in item.nodes
        if page.tree.names[node] in ("a", "time") and (value := page.attribute(node, "datetime"))
    ]


def _time(
    context: Context, item: Item, body: int | None, meta: dict[str, object]
) -> dt.datetime | None:
    """Return when a comment was written; what is no time, or has no zone, goes to *meta*."""
    page = context.page
    printed: str | None = None
    for node in item.elements:
        name = page.tree.names[node]
        key = _STAMPS.get(name) or "datetime"  # which themes give to links too
        if name not in _STAMPS and key not in page.tree.attributes(node):
            continue
        value = page.attribute(node, key)
        if name == "abbr" and not (value and read(value)):
            continue
        printed = page.tree.string(node) or printed
        if value and value.strip():
            made = context.clock.time(value)
            if made is None:
                meta["datetime"] = value.strip()
                if printed and (read(value) is None) and printed != value.strip():
                    meta["date"] = printed
            else:
                meta.pop("date", None)
            return made
        break
    printed = printed or _printed_date(page, item, body)
    if printed and "date" not in meta:
        meta["date"] = printed
    return None


def _printed_date(page: Page, item: Item, body: int | None) -> str | None:
    for group in _DATES:
        nodes = item.having(group)
        for node in nodes:
            title = page.attribute(node, "title") or ""
            line = title if any(map(str.isdigit, title)) else _line(page, node)
            if line and node != body:
                return f"{line} {_time_of_day(page, nodes, node)}".strip()[:_LONGEST_DATE]
    for node in item.elements:
        if page.tree.names[node] == "a" and fragment_of(page.attribute(node, "href") or ""):
            line = _line(page, node)
            if line:
                return line
    return None


def _time_of_day(page: Page, nodes: list[int], date: int) -> str:
    """Return the time that stands in an element of its own, behind the one with the date."""
    tree = page.tree
    for node in nodes:
        if node >= tree.lasts[date] and tree.parents[node] == tree.parents[date]:
            return _line(page, node) or ""
    return ""


def _line(page: Page, node: int) -> str | None:
    """Return the text of an element that may be a date: short, with a digit in it."""
    tree = page.tree
    if tree.closes[node] - tree.opens[node] > 20 * _LONGEST_DATE:
        return None
    is_list = page.has(node, "comment-meta", "comment_meta", "commentmetadata", "comment-metadata")
    beside = frozenset(
        at
        for at in range(node + 1, tree.lasts[node])
        if any(map(_OFF_DATE.fullmatch, page.classes(at)))
        or (is_list and tree.names[at] == "a" and not any(map(str.isdigit, tree.string(at))))
    )
    line = tree.string(node, beside).strip(_EDGES)
    if len(line) > _LONG_DATE or (beside and page.has(node, "comment-meta", "comment_meta")):
        words = (tree.string(at) for at in range(node, tree.lasts[node]) if not tree.names[at])
        line = " ".join(each for each in words if any(map(str.isdigit, each))).strip(_EDGES)
    is_date = len(line) <= _LONGEST_DATE and any(map(str.isdigit, line))
    return line if is_date and "<" not in line else None  # a tag in which the page is cut off


def _address(context: Context, item: Item) -> str | None:
    """Return the comment's own address, in full where the page's is known."""
    page, relative = context.page, None
    for node in item.elements:
        found = page.tree.attributes(node)
        address = (found.get("data-comment-url") or found.get("href") or "").strip()
        if "#" not in address or fragment_of(address) != item.number:
            continue
        if any("reply" in name or "like" in name or "quote" in name for name in page.classes(node)):
            continue
        if "://" in address[:12]:
            return address
        relative = relative or address
    return joined(context.base, relative) if relative is not None else None


def joined(base: str | None, address: str) -> str | None:
    """Return a relative address in full; None where that cannot be done."""
    if base is None or "://" not in base[:12]:
        return None
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def _score(page: Page, item: Item) -> int | None:
    for node in item.having(_VOTES):
        text = page.tree.string(node).replace("\u2212", "-")
        return int(text) if _SCORE.fullmatch(text) else None
    return None


def _tags(page: Page, item: Item, name: int | None) -> frozenset[str]:
    tags = item.classes & PINGS
    if not tags and name is not None:  # themes of old print "Pingback by" before the name
        made = page.tree
        is_short = made.closes[name] - made.opens[name] <= 20 * _LONGEST_DATE
        match = _PING.match(made.string(name)) if is_short else None
        tags = frozenset((match[1].lower(),)) if match else tags
    return tags if item.classes.isdisjoint(_BY_AUTHOR) else tags | {"by-author"}
