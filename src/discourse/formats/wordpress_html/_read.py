"""From the source of a page to its `Reading`: the parts are put together and accounted for here."""

import datetime as dt

import attrs

from ..._markup.html import tree
from ...errors import ParseError, Place, Problem
from ...model import Article, Comment, Source, Status, Stub, StubKind
from ...thread import Thread
from .._base import Reading
from ._article import article_of, is_other_page, url_of
from ._byline import joined
from ._comments import Context, comment_of, times_in
from ._detect import is_wordpress
from ._find import Item, comments_in
from ._head import Head, Outside
from ._marks import PINGS, Page, fragment_of
from ._parents import parents
from ._times import Clock, version_in

NAME = "wordpress-html"
_FIRST = 2  # elements and texts among which a whole page begins


def parse(text: str, *, zone: dt.tzinfo | None = None, url: str | None = None) -> Reading:
    """Read a page of a WordPress site: its article, and the comments that are in the page.

    Args:
        text: The source of the page, or of its list of comments alone.
        zone: The site's zone, for times that are told in local time only.
        url: Where the page was fetched from, if that is known.

    Raises `ParseError` where nothing shows that this is a WordPress page. O(n).
    """
    page = Page(tree(text))
    problems: list[Problem] = []
    items = comments_in(page)
    if not items and not is_wordpress(text):
        raise ParseError("nothing here is of a WordPress page", Place(offset=0))
    head = Head(page, problems)
    version = version_in(head.meta.get("generator", ()))
    clock = Clock(version, times_in(page, items), zone)
    taken = {node for item in items for node in item.nodes}
    nodes = [node for node, name in enumerate(page.tree.names) if name and node not in taken]
    outside = Outside(page, head, nodes)
    context = Context(page, clock, url_of(outside) or url)
    rows, inferred = _comments(context, items, problems)
    article, rows = joined(article_of(outside, items, clock), rows)
    if "datetime" in article.meta:
        problems.append(_local_time(()))
    stubs = _stubs(outside, article, rows)
    repaired = Thread.repair(
        rows,
        article=article,
        stubs=stubs,
        source=Source(NAME, platform="wordpress", url=url, version=version),
    )
    problems += repaired.problems
    _tell_count(article, rows, stubs, problems)
    _tell_cut(page, items, problems)
    return Reading(
        (repaired.thread,), problems, inferred=inferred & {c.id for c in repaired.thread}
    )


def _comments(
    context: Context, items: list[Item], problems: list[Problem]
) -> tuple[list[Comment], frozenset[str]]:
    made = [item for item in items if item.number is None]
    ids = {id(item): item.number or f"n{place}" for place, item in enumerate(items, 1)}
    if made:
        message = f"{len(made)} comments have no id: each is named after its place in the page"
        problems.append(Problem("no-id", message, tuple(ids[id(item)] for item in made)))
    above, guessed = parents(items, problems)
    rows, local = [], []
    for item, parent in zip(items, above, strict=True):
        parent_id = ids.get(id(parent)) if isinstance(parent, Item) else parent
        if parent_id == ids[id(item)]:
            parent_id = None
        row, is_local = comment_of(context, item, ids[id(item)], parent_id)
        rows.append(row)
        if is_local:
            local.append(row.id)
    if local:
        problems.append(_local_time(tuple(local)))
    return rows, frozenset(rows[place].id for place in guessed)


def _local_time(ids: tuple[str, ...]) -> Problem:
    times = f"the times of {len(ids):,} comments" if len(ids) > 1 else "the time of 1 comment"
    it = "they stay" if len(ids) > 1 else "it stays"
    what = times if ids else "the time of the article"
    message = f"{what} cannot be told for certain: {it} as printed, in meta"
    return Problem("local-time", message, ids)


def _stubs(outside: Outside, article: Article, rows: list[Comment]) -> list[Stub]:
    """Return where the page says that there are comments on other pages, or not loaded yet."""
    page = outside.page
    addresses = (page.attribute(node, "href") or "" for node in outside.named("a"))
    others = {a for a in addresses if is_other_page(a) and fragment_of(a) is None}
    missing = None
    if article.comment_count is not None and article.comment_count > len(rows):
        missing = article.comment_count - len(rows)
    if others:
        return [Stub(None, StubKind.CURSOR, count=missing, cursor=min(others))]
    more = outside.with_class("wpd-load-more-submit", "wc-load-more-submit")
    return [Stub(None, StubKind.MORE, count=missing)] if more and missing else []


def settle(thread: Thread) -> Thread:
    """Return what several pages make, where stubs tell of no more than has not been read.

    Pings are not counted here, since a claim may leave them out.
    """
    claimed = thread.article.comment_count if thread.article is not None else None
    if not thread.stubs or claimed is None:
        return thread
    here = sum(row.status != Status.MISSING and PINGS.isdisjoint(row.tags) for row in thread)
    if here >= claimed:
        return attrs.evolve(thread, stubs=())
    most = claimed - here
    return attrs.evolve(thread, stubs=[_at_most(most, stub) for stub in thread.stubs])


def _at_most(most: int, stub: Stub) -> Stub:
    return stub if stub.count is None or stub.count <= most else attrs.evolve(stub, count=most)


def _tell_count(
    article: Article, rows: list[Comment], stubs: list[Stub], problems: list[Problem]
) -> None:
    claimed, people = article.comment_count, [row for row in rows if PINGS.isdisjoint(row.tags)]
    if claimed not in (None, len(rows), len(people)) and not stubs:  # many themes count no pings
        message = f"the page claims {claimed} comments, and {len(rows)} are in it"
        problems.append(Problem("count-differs", message, values=(claimed, len(rows))))


def _tell_cut(page: Page, items: list[Item], problems: list[Problem]) -> None:
    """Tell where the source ends inside a comment, or a page before its end."""
    made, size = page.tree, len(page.tree.text)
    if made.is_whole:
        return
    last = items[-1].node if items else -1
    place = Place(offset=size)
    if items and made.ends[last] == size and made.closes[last] == size:
        message = "the page ends inside a comment: it and others may be cut off"
        problems.append(Problem("truncated", message, (items[-1].number or "?",), place=place))
    elif "html" in made.names[:_FIRST] or "body" in made.names[:_FIRST]:
        message = "the page has no end: comments may be cut off"
        problems.append(Problem("truncated", message, place=place))
