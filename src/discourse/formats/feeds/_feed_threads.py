"""Build threads from the entries of a feed, one for each post it has or is about."""

from collections.abc import Iterator

import attrs

from ..._markup.local_times import LOCAL, LOCAL_EDIT, local_times
from ..._markup.xml import MadeIds, Wanted, pieces, read
from ..._problems import ProblemLog
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place, Problem, shown
from ...model import Article, Author, Comment, Source, Stub, StubKind
from ...thread import Thread
from .._base import Reading
from . import _atom, _rss
from ._entries import Entry, Feed, comment_id_of, page_of, post_id
from ._title_phrases import (
    article_title,
    author_in,
    is_made_up,
    post_title,
    site_title,
    take_replies,
)

NAME = "feed"

_WANTED = Wanted(
    roots=frozenset({"rss", "feed", "RDF"}),
    records={"item": None, "atom:entry": None},
    outside=frozenset(
        {
            *("title", "link", "language", "generator"),
            *("atom:link", "atom:title", "atom:generator", "thr:in-reply-to"),
            "openSearch:totalResults",
        }
    ),
)


def parse(text: str, *, contacts: bool = False, zone: Zone = None) -> Reading:
    """Read a feed.

    Args:
        text: The feed.
        contacts: Keep e-mail addresses, in ``meta``.
        zone: The zone of times without one: a name, an offset or a `tzinfo`.

    Raises `ParseError` for anything but a feed. O(n).
    """
    log = ProblemLog()
    feed = Feed()
    place = zone_of(zone)
    for element in read(pieces(text), _WANTED, log):
        entry = None
        if element.name == "atom:feed":
            feed.language = element.attributes.get("xml:lang") or None
        elif element.name == "rss" and "wp" in element.attributes.get("xmlns", "").split():
            raise ParseError("this is a WordPress export, not a feed", Place(offset=0))
        elif element.name in ("item", "atom:entry"):
            of = _rss if element.name == "item" else _atom
            entry = of.entry_of(element, log.problems, place, contacts=contacts)
        elif element.name.startswith(("atom:", "thr:")):
            _rss.take_channel(element, feed)
            _atom.take_feed(element, feed)
        else:
            _rss.take_channel(element, feed)
        if entry is not None and element.whole:
            feed.entries.append(entry)
        elif entry is not None:
            message = f"the entry {shown(entry.own)} is cut: skipped"
            ids = (entry.comment_id,) if entry.comment_id else ()
            log.add("truncated", message, ids, (entry.own, entry.title, entry.text))
    problems = log.take()
    threads = list(_threads(feed, problems))
    if not threads:
        problems.append(Problem("no-entries", "the feed has no entries and names no post"))
    inferred = (comment.id for thread in threads for comment in _unplaced(thread))
    return Reading(threads, problems, inferred=inferred)


def _unplaced(thread: Thread) -> tuple[Comment, ...]:
    """Return the comments of a feed that states no parents at all."""
    return thread.comments if all(c.parent_id is None for c in thread) else ()


@attrs.define
class _Group:
    """The entries of one post."""

    page: str | None
    url: str | None = None
    post: Entry | None = None
    comments: list[Entry] = attrs.field(factory=list)


def _threads(feed: Feed, problems: list[Problem]) -> Iterator[Thread]:
    _number(feed.entries, problems)
    comments = [entry for entry in feed.entries if entry.comment_id is not None]
    take_replies(comments, problems)
    _resolve(comments, feed)
    groups = _groups(feed)
    is_page = _is_of_one_page(feed, groups)
    if not groups and is_page:
        groups = [_Group(feed.page, feed.page_url or feed.url)]
    for group in groups:
        yield _thread(group, feed, problems, is_page=is_page)
    if not is_page and (feed.next_url or (feed.total or 0) > len(feed.entries)):
        total = f" of {feed.total:,}" if feed.total is not None else ""
        message = f"this page of the feed has {len(feed.entries)}{total} entries: more follow"
        problems.append(Problem("gap", message, values=(feed.next_url,) if feed.next_url else ()))


def _stubs(feed: Feed, here: int) -> tuple[Stub, ...]:
    """Return stubs if a feed of one post's comments claims that there are more."""
    missing = max(feed.total - here, 0) if feed.total is not None else None
    if feed.next_url is None and not missing:
        return ()
    kind = StubKind.MORE if feed.next_url is None else StubKind.CURSOR
    return (Stub(None, kind, count=missing, cursor=feed.next_url),)


def _number(entries: list[Entry], problems: list[Problem]) -> None:
    """Give an id to each comment without one; what it answers then identifies a comment."""
    made_ids = MadeIds("comment", {entry.comment_id for entry in entries}, problems)
    for entry in entries:
        if entry.comment_id is None and (
            entry.is_comment or entry.parent is not None or "ref" in entry.meta
        ):
            entry.comment_id = made_ids.next()


def _resolve(comments: list[Entry], feed: Feed) -> None:
    """Resolve the parent of each comment to a comment's id, and find its post."""
    by_own = {entry.own: entry for entry in comments if entry.own is not None}
    for entry in comments:
        ref = entry.meta.pop("ref", None)
        if isinstance(ref, str):
            if ref in by_own and entry.parent is None:
                entry.parent = ref
            elif ref not in by_own:
                entry.page = ref
        if entry.parent in by_own:
            entry.parent = by_own[entry.parent].comment_id
        elif entry.parent is not None:
            entry.parent = comment_id_of(entry.parent)
    by_id = {entry.comment_id: entry for entry in reversed(comments)}
    for entry in comments:  # whose post only the parent shows
        trail: list[Entry] = []
        here: Entry | None = entry
        while here is not None and here.page is None and not any(here is e for e in trail[-1:]):
            trail.append(here)
            here = by_id.get(here.parent) if len(trail) <= len(comments) else None
        page, url = (here.page, here.page_url) if here is not None else (None, None)
        for passed in trail:
            passed.page = page or feed.page or feed.url or "?"
            passed.page_url = passed.page_url or url


def _groups(feed: Feed) -> list[_Group]:
    """Return the entries by post, in order; an identifier or an address identifies a post."""
    groups: list[_Group] = []
    known: dict[str, _Group] = {}
    for entry in sorted(feed.entries, key=lambda entry: entry.comment_id is not None):
        if entry.comment_id is None:
            group = _Group(entry.own, entry.url, entry)
            groups.append(group)
            for name in (entry.own, entry.url):
                if name:
                    known.setdefault(name, group)
            continue
        page_group = known.get(entry.page or "") or known.get(entry.page_url or "")
        if page_group is None:
            page_group = _Group(entry.page, entry.page_url)
            groups.append(page_group)
        for name in (entry.page, entry.page_url):
            if name:
                known.setdefault(name, page_group)
        page_group.url = page_group.url or entry.page_url
        page_group.comments.append(entry)
    return groups


def _is_of_one_page(feed: Feed, groups: list[_Group]) -> bool:
    """Whether the whole feed has the comments of one post."""
    if any(group.post is not None for group in groups) or len(groups) > 1:
        return False
    if feed.page is not None:
        return True
    url = page_of(feed.url)
    if groups:
        named = article_title(feed.title) != feed.title
        return named or (url is not None and _same(url, groups[0].url))
    below = (feed.self_url or "").removeprefix(url or "?")
    is_below = below.strip("/") in ("feed", "feed/atom", "feed/rss2") and url is not None
    return is_below and article_title(feed.title) != feed.title


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").rstrip("/") == (other or "").rstrip("/")


def _thread(group: _Group, feed: Feed, problems: list[Problem], *, is_page: bool) -> Thread:
    entries = [*([group.post] if group.post else []), *group.comments]
    local = [entry for entry in entries if not {LOCAL, LOCAL_EDIT}.isdisjoint(entry.meta)]
    if local:
        ids = tuple(entry.comment_id for entry in local if entry.comment_id)
        problems.append(Problem("local-time", local_times(len(local)), ids))
    platform = next((entry.platform for entry in entries if entry.platform), None)
    meta = {"title": feed.title, "link": feed.url}
    repaired = Thread.repair(
        [_comment(entry) for entry in group.comments],
        article=_article(group, feed, is_page=is_page),
        stubs=_stubs(feed, len(group.comments)) if is_page else (),
        source=Source(NAME, platform=feed.platform or platform, url=_absolute(feed.self_url)),
        meta={key: value for key, value in meta.items() if value},
    )
    problems += repaired.problems
    return repaired.thread


def _absolute(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _comment(entry: Entry) -> Comment:
    author = entry.author
    if author is None and (name := author_in(entry.title)) is not None:
        author = Author(name)
    return Comment(
        entry.comment_id or "?",
        entry.parent,
        author,
        entry.text,
        text_format=entry.text_format,
        title=None if author is not entry.author or is_made_up(entry.title, entry) else entry.title,
        created_at=entry.created_at,
        edited_at=entry.edited_at,
        status=entry.status,
        url=entry.url,
        meta=entry.meta,
    )


def _article(group: _Group, feed: Feed, *, is_page: bool) -> Article:
    post = group.post
    if post is None:
        comments = group.comments
        topic = next((e.page_title for e in comments if e.page_title), None)  # whole, as it is
        titles = (post_title(e.title, e.author.name if e.author else None) for e in comments)
        return Article(
            topic or (article_title(feed.title) if is_page else next(filter(None, titles), None)),
            id=post_id(group.page) if group.page != "?" else None,
            url=(feed.url if is_page else None) or group.url,
            site=None if is_page else site_title(feed.title),
            language=feed.language,
            comment_count=feed.total if is_page else None,
        )
    return Article(
        post.title,
        id=post_id(post.own),
        url=post.url,
        authors=(post.author,) if post.author is not None else (),
        text=post.text,
        text_format=post.text_format,
        created_at=post.created_at,
        edited_at=post.edited_at,
        site=None if _same(feed.url or "?", post.url) else feed.title,
        language=feed.language,
        comment_count=post.count,
        tags=post.tags,
        meta=post.meta,
    )
