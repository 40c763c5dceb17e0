"""From the source of a page to its `Reading`, in which all of the page is accounted for."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress

import attrs

from ..._markup.html import UNSEEN, Tree, tree
from ..._zones import Zone, zone_of
from ...errors import FieldError, ParseError, Place, Problem
from ...model import Article, Comment, Source, Status, Stub, StubKind
from ...thread import Thread
from .._base import Reading
from .._phrases.page_dates import PageDates
from ._article_dates import ArticleDates
from ._article_fields import article_of, is_other_page, language_of, url_of
from ._byline import with_one_author
from ._clock import Clock, zone_in
from ._comment_dates import stamps_in
from ._comment_fields import Draft, draft_of
from ._comment_finder import Item, comments_in, parents
from ._comment_text import CommentElements
from ._declarations import Declarations, Outside
from ._page_index import PINGS, Page, fragment_of, word_set
from ._page_times import PageTimes

NAME = "wordpress-html"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PROLOG = 1000  # characters among which a page says that it is HTML
_HALF_TAG = re.compile(r"</?[A-Za-z]")  # which is text only where the tag does not end
#: Elements that are around comments or between them, and must be closed.
_CLOSED = word_set(
    "article aside blockquote dl div footer form header main ol script section style table ul"
)

#: What WordPress, its themes and wpDiscuz write somewhere in a page.
_START = re.compile(r"\s*(?:<!--|<!doctype html|<html|<\?xml|<[a-z])", re.IGNORECASE)
_CLASSES = re.compile(
    r"class\s*=\s*[\"'][^\"'<>]{0,300}\b(?:wp-block-|wp-image-|wp-singular|single-format-|"
    r"postid-[0-9]|comment-reply-link|comment-respond|wpdiscuz|wpd-thread|wc-thread)"
)
_SIGNS = (
    "/wp-content/", "/wp-includes/", "/wp-json", "WordPress", "wp-block-", "comment-respond",
    "commentlist", "comment-list", "wpdiscuz", "xmlrpc.php", "replytocom", "hentry",
)  # fmt: skip


def parse(
    text: str,
    *,
    zone: Zone = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
    day_first: bool | None = None,
) -> Reading:
    """Read a page of a WordPress site: its article, and the comments that are in the page.

    Args:
        text: The source of the page, or of its list of comments alone.
        zone: The site's zone, for times without one: a name, an offset or a `tzinfo`.
        url: Where the page was fetched from, if that is known.
        captured_at: When the page was saved, with its zone: "3 days ago" counts back from it.
        day_first: Whether 3/4/2020 is in April, where nothing in the page tells.

    Raises `ParseError` where nothing shows that this is a WordPress page. O(n).
    """
    if captured_at is not None and captured_at.tzinfo is None:
        raise FieldError("formats", "captured_at", captured_at, "must be a time with its zone")
    page = Page(tree(text))
    problems: list[Problem] = []
    items, rest, strays = comments_in(page)
    if not items and not _is_wordpress(text):
        raise ParseError("nothing here is of a WordPress page", Place(offset=0))
    head = Declarations(page, problems)
    place = zone_of(zone) or zone_in(text)
    clock = Clock(head.meta.get("generator", ()), stamps_in(page, items), place)
    outside = Outside(page, head, rest)
    drafts, inferred = _drafts(page, items, url_of(outside) or url, problems)
    language = language_of(head)
    article_dates = ArticleDates(outside)
    dates = PageDates(
        [draft.printed for draft in drafts if draft.printed and not clock.time(draft.stamp or "")],
        language,
        day_first=day_first,
        beside=lambda: [*_beside(drafts), *article_dates.beside()],
    )
    times = PageTimes(clock, dates, captured_at, language)
    article = article_of(outside, items, article_dates, times)
    rows = [
        draft.comment(times.of_comment(draft.fields["id"], draft.stamp, draft.printed, draft.meta))
        for draft in drafts
    ]
    article, rows = with_one_author(article, rows)
    problems += times.problems()
    stubs = _stubs(outside, article, rows)
    source = Source(
        NAME, platform="wordpress", url=url, retrieved_at=captured_at, version=clock.version
    )
    repaired = Thread.repair(rows, article=article, stubs=stubs, source=source)
    problems += repaired.problems
    claimed, people = article.comment_count, [row for row in rows if PINGS.isdisjoint(row.tags)]
    if claimed not in (None, len(rows), len(people)) and not stubs:  # many themes count no pings
        message = f"the page claims {claimed} comments, and {len(rows)} are in it"
        problems.append(Problem("count-differs", message, values=(claimed, len(rows))))
    _report_unloaded(page, items, problems)
    _report_strays(page, strays, problems)
    _report_cut(page, items, problems)
    inferred &= {comment.id for comment in repaired.thread}
    return Reading((repaired.thread,), problems, inferred=inferred)


def _is_wordpress(text: str) -> bool:
    """Whether anything in a page shows that WordPress made it."""
    has_sign = any(sign in text for sign in _SIGNS) or _CLASSES.search(text) is not None
    return _START.match(text) is not None and has_sign


def _drafts(
    page: Page, items: list[Item], base: str | None, problems: list[Problem]
) -> tuple[list[Draft], frozenset[str]]:
    """Return the comments, and the ids of those whose parent is a guess."""
    ids = {id(item): item.number or f"n{place}" for place, item in enumerate(items, 1)}
    nameless = tuple(ids[id(item)] for item in items if item.number is None)
    if nameless:
        message = (
            f"comments without an id: {len(nameless)}; each is named after its place in the page"
        )
        problems.append(Problem("no-id", message, nameless))
    above, guessed = parents(items, problems)
    drafts = []
    for item, parent in zip(items, above, strict=True):
        own = ids[id(item)]
        parent_id = ids.get(id(parent)) if isinstance(parent, Item) else parent
        elements = CommentElements(page, item)
        drafts.append(draft_of(elements, own, parent_id if parent_id != own else None, base))
    return drafts, frozenset(ids[id(items[place])] for place in guessed)


def _beside(drafts: list[Draft]) -> Iterator[tuple[str, dt.date]]:
    """Yield dates that are printed beside a day for machines."""
    for draft in drafts:
        if draft.printed and draft.stamp and (match := _DAY.match(draft.stamp)):
            with suppress(ValueError):
                yield draft.printed, dt.date.fromisoformat(match[0])


def _stubs(outside: Outside, article: Article, rows: list[Comment]) -> list[Stub]:
    """Return where the page says that there are comments on other pages, or not loaded yet."""
    addresses = {outside.page.attribute(node, "href") for node in outside.find("a")}
    others = [each for each in addresses if is_other_page(each) and fragment_of(each) is None]
    missing = max((article.comment_count or 0) - len(rows), 0) or None
    if others:
        return [Stub(None, StubKind.CURSOR, count=missing, cursor=min(others))]
    more = outside.find(classes=("wpd-load-more-submit", "wc-load-more-submit"))  # wpDiscuz
    return [Stub(None, StubKind.MORE, count=missing)] if more and missing else []


def settle(thread: Thread) -> Thread:
    """Return what several pages make, without stubs for what another of them has.

    Pings are not counted here, since a claim may leave them out.
    """
    claimed = thread.article.comment_count if thread.article is not None else None
    if not thread.stubs or claimed is None:
        return thread
    here = sum(row.status != Status.MISSING and PINGS.isdisjoint(row.tags) for row in thread)
    most = claimed - here
    stubs = (
        stub if stub.count is None or stub.count <= most else attrs.evolve(stub, count=most)
        for stub in thread.stubs
    )
    return attrs.evolve(thread, stubs=stubs if most > 0 else ())


def _report_unloaded(page: Page, items: list[Item], problems: list[Problem]) -> None:
    """Report long comments of which wpDiscuz loads the rest when a reader asks for it."""
    if "wpdiscuz-readmore" not in page.tree.text:
        return
    marked = {at for at, own in enumerate(page.classes) if "wpdiscuz-readmore" in own}
    ids = tuple(item.number or "?" for item in items if not marked.isdisjoint(item.nodes))
    if ids:
        message = f"the page has only the beginning of {len(ids)} comments, and a link to the rest"
        problems.append(Problem("cut-text", message, ids))


def _report_strays(page: Page, strays: list[int], problems: list[Problem]) -> None:
    """Report text of comments that is in none, as where the tag that begins one is missing."""
    tree = page.tree
    lines = tuple(
        " ".join(tree.string(node).split())
        for node in strays
        if tree.names[tree.parents[node]] not in UNSEEN
        and not tree.inner(node).isspace()
        and tree.ends[node] < len(tree.text)  # else the source is cut, which is a problem anyway
    )
    if lines:
        message = "text among the comments is in none of them: it may be a comment without its tag"
        problems.append(Problem("maybe-comments", message, values=lines))


def _report_cut(page: Page, items: list[Item], problems: list[Problem]) -> None:
    """Report where the source ends inside a comment, or before its end.

    WordPress ends all pages with ``</body>``. Where a source is a list of comments alone, a tag or
    an element that is not closed shows the cut.
    """
    tree, text = page.tree, page.tree.text
    if tree.is_whole:
        return
    place = Place(offset=len(text))
    if items and _is_open(tree, items[-1].node):
        message = "the page ends inside a comment: it and others may be cut off"
        problems.append(Problem("truncated", message, (items[-1].number or "?",), place=place))
    elif "<!doctype" in text[:_PROLOG].lower() or any(
        page.named[name] for name in ("html", "head", "body")
    ):
        message = "the page has no end: comments may be cut off"
        problems.append(Problem("truncated", message, place=place))
    elif _ends_inside(tree):
        message = "the source ends inside a tag or an element: comments may be cut off"
        problems.append(Problem("truncated", message, place=place))


def _ends_inside(tree: Tree) -> bool:
    """Whether a tag, a remark or an element that needs an end tag is open at the end."""
    text, node = tree.text, len(tree) - 1
    if text.endswith(("<", "</", "<!")) or text.rfind("<!--") > text.rfind("-->"):
        return True
    is_text = node >= 0 and not tree.names[node] and _is_open(tree, node)
    if is_text and _HALF_TAG.search(tree.inner(node)):
        return True
    while node >= 0:
        if tree.names[node] in _CLOSED and _is_open(tree, node):
            return True
        node = tree.parents[node]
    return False


def _is_open(tree: Tree, node: int) -> bool:
    return tree.closes[node] == tree.ends[node] == len(tree.text)
