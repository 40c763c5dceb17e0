"""Disqus's XML export: all threads of a site, with all their posts.

====================================  ===========================================================
in the export                         in the model
====================================  ===========================================================
``thread/@dsq:id``                    `Article` ``id``, to which posts refer
``thread/id``                         ``meta["id"]``: the page's own identifier, often empty
``thread/link``, ``title``            ``url``, ``title`` (as plain text)
``thread/message``, ``createdAt``     ``text`` (HTML), ``created_at``
``thread/author``                     ``authors``
``isClosed``, ``isDeleted``           ``meta``, if true
``thread/forum``                      ``site``
``post/@dsq:id``                      `Comment` ``id``
``post/parent/@dsq:id``               ``parent_id``
``post/message``                      ``text``, HTML; a deleted post keeps its text
``post/createdAt``                    ``created_at``
``post/isDeleted``, ``isSpam``        ``status``: deleted or spam; a post that is both is deleted,
                                      and its ``meta["isSpam"]`` is true
``post/author``                       ``author``: the displayed name, and as its ``id`` the user
                                      name, unless the author is anonymous
``post/id``                           ``meta["id"]``
other elements with text              ``meta``
====================================  ===========================================================

Each thread of the export becomes a thread, even without posts. Several may be about one page, for
example after its address changed: ``merge_by="link"`` merges those whose links have the same path
and query. The result has the first thread's article, and ``Thread.meta["merged"]`` has all the ids.

E-mail and IP addresses, which newer exports lack, are left out unless *contacts* is true (then in
``meta``). Categories are lost.

Problems: ``missing-thread`` (posts name an unknown thread, or none), ``made-id`` (a post had no
id), ``duplicate-thread`` (the first is kept), ``bad-time``, ``bad-flag``, ``truncated``, those of
malformed XML, and those of `Thread.repair`.
"""

import datetime as dt
import re
from typing import Literal
from urllib.parse import urlsplit

import attrs

from .._markup.html import one_line, unescape
from .._markup.times import in_zone
from .._markup.xml import Element, MadeIds, Wanted, pieces, read, time_in
from .._problems import ProblemLog
from ..errors import FieldError, Problem, shown
from ..model import Article, Author, Comment, JsonValue, Meta, Source, Status, TextFormat
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued

__all__ = ["FORMAT", "NAME", "parse"]

NAME = "disqus-xml"

_WANTED = Wanted(roots=frozenset({"disqus"}), records={"thread": "post", "post": None})
_CONTACTS = frozenset({"email", "ipAddress"})
_OF_POST = _CONTACTS | {
    *("author", "createdAt", "id", "isDeleted", "isSpam", "message", "parent", "thread"),
}
_OF_THREAD = _CONTACTS | {
    *("author", "category", "createdAt", "forum", "id", "isClosed", "isDeleted", "link"),
    *("message", "title"),
}
_REFERENCE = re.compile(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_SOURCE = Source(NAME, platform="disqus")


def parse(text: str, *, merge_by: Literal["link"] | None = None, contacts: bool = False) -> Reading:
    """Read an export.

    Args:
        text: The export.
        merge_by: ``"link"`` merges threads about the same page.
        contacts: Keep e-mail and IP addresses, in ``meta``.

    Raises `ParseError` for anything but an export, and `FieldError` for another *merge_by*. O(n).
    """
    if merge_by not in (None, "link"):
        raise FieldError("disqus_xml", "parse(merge_by)", merge_by, "must be 'link' or None")
    log = ProblemLog()
    reader = _Reader(log, contacts)
    for element in read(pieces(text), _WANTED, log):
        if (post := element.owner) is not None:
            post.parts.append(element)  # the thread of the post
            element.owner = None  # a reference cycle would keep both in memory
        elif element.name == "thread":
            reader.take_thread(element)
        elif element.name == "post":
            reader.take_post(element)
    threads = reader.threads(merge=merge_by is not None)
    return Reading(threads, log.take())


@attrs.define
class _Post:
    """A post of the export."""

    comment: Comment
    id: str | None
    thread: str | None


class _Reader:
    """Collects threads and posts, which come in any order, and joins them."""

    def __init__(self, log: ProblemLog, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self._problems = log.problems
        self._contacts = contacts
        self._articles: dict[str | None, Article] = {}
        self._posts: list[_Post] = []
        self._loose_thread: str | None = None
        self._authors: dict[Author, Author] = {}

    def take_thread(self, element: Element) -> None:
        """Add a thread."""
        if not element.parts:  # a reference, in a post whose start tag is missing
            self._loose_thread = _id(element)
            return
        fields = _Fields(element, self._problems)
        meta = self._meta(fields)
        for flag in ("isClosed", "isDeleted"):
            if fields.flag(flag, meta):
                meta[flag] = True
        author = self._author(fields, meta)
        meta |= fields.rest(_OF_THREAD)
        article = Article(
            _title(fields.text("title") or "") or None,
            id=fields.id,
            url=fields.text("link"),
            authors=(author,) if author is not None else (),
            text=fields.whole("message") or None,
            text_format=TextFormat.HTML,
            created_at=fields.time("createdAt", meta),
            site=fields.text("forum"),
            meta=meta,
        )
        if not element.whole:
            self._report_cut(f"thread {shown(fields.id)} is cut: kept what is there", fields, ())
        if self._articles.setdefault(fields.id, article) is not article:
            message = f"thread {shown(fields.id)} occurs twice: the first is kept"
            self._problems.append(Problem("duplicate-thread", message, values=(article,)))

    def take_post(self, element: Element) -> None:
        """Add a post."""
        fields = _Fields(element, self._problems)
        thread, self._loose_thread = fields.named("thread") or self._loose_thread, None
        if not element.whole:
            ids = (fields.id,) if fields.id else ()
            self._report_cut(f"post {shown(fields.id)} is cut: skipped", fields, ids)
            return
        meta = self._meta(fields)
        is_deleted, is_spam = fields.flag("isDeleted", meta), fields.flag("isSpam", meta)
        if is_deleted and is_spam:
            meta["isSpam"] = True
        meta |= fields.rest(_OF_POST)
        comment = Comment(
            fields.id or "?",
            fields.named("parent"),
            self._author(fields, meta),
            fields.whole("message"),
            text_format=TextFormat.HTML,
            created_at=fields.time("createdAt", meta),
            status=Status.DELETED if is_deleted else Status.SPAM if is_spam else Status.VISIBLE,
            meta=Meta(meta) if meta else Meta(),
        )
        self._posts.append(_Post(comment, fields.id, thread))

    def _report_cut(self, message: str, fields: "_Fields", ids: tuple[str, ...]) -> None:
        texts = {name: child.text for name, child in fields.first.items() if name not in _CONTACTS}
        self._problems.append(Problem("truncated", message, ids, (texts,)))

    def _meta(self, fields: "_Fields") -> dict[str, JsonValue]:
        meta: dict[str, JsonValue] = {}
        if own := fields.text("id"):
            meta["id"] = own
        if self._contacts and (ip := fields.text("ipAddress")):
            meta["ipAddress"] = ip
        return meta

    def _author(self, fields: "_Fields", meta: dict[str, JsonValue]) -> Author | None:
        element = fields.first.get("author")
        if element is None:
            return None
        name, user = element.value("name"), element.value("username")
        is_anonymous = (element.value("isAnonymous") or "").lower() == "true"
        if self._contacts and (mail := element.value("email")):
            meta["email"] = mail
        if name is None and (user is None or is_anonymous):
            return None
        author = Author(unescape(name) if name else None, None if is_anonymous else user)
        return self._authors.setdefault(author, author)

    def threads(self, *, merge: bool) -> list[Thread]:
        """Return the threads of the export in order, then those that only posts name."""
        posts: dict[str | None, list[_Post]] = {id: [] for id in self._articles}
        for post in self._posts:
            posts.setdefault(post.thread, []).append(post)
        groups: dict[object, list[str | None]] = {}
        for id, own in posts.items():
            if id not in self._articles:
                named = "no thread" if id is None else f"thread {shown(id)}, which is missing"
                message = f"{len(own)} posts name {named}"
                ids = tuple(post.id for post in own if post.id)
                self._problems.append(Problem("missing-thread", message, ids, (id,)))
            page = _page(self._articles.get(id)) if merge else None
            groups.setdefault(("alone", id) if page is None else page, []).append(id)
        return [self._thread(ids, posts) for ids in groups.values()]

    def _thread(self, ids: list[str | None], posts: dict[str | None, list[_Post]]) -> Thread:
        first = ids[0]
        own = [post for id in ids for post in posts[id]]
        taken = {post.id for post in own} | {post.comment.parent_id for post in own}
        made_ids = MadeIds("post", taken, self._problems)
        repaired = Thread.repair(
            [
                post.comment if post.id else attrs.evolve(post.comment, id=made_ids.next())
                for post in own
            ],
            article=self._articles.get(first) or (None if first is None else Article(id=first)),
            source=_SOURCE,
            meta={"merged": ids} if len(ids) > 1 else {},
        )
        self._problems += repaired.problems
        return repaired.thread


class _Fields:
    """The fields of a thread or a post; unusable values are reported."""

    def __init__(self, element: Element, problems: list[Problem]) -> None:
        self.first = element.first()
        self.id = _id(element)
        self._problems = problems

    def text(self, name: str) -> str | None:
        """Return a text without surrounding space; None if it is missing or empty."""
        child = self.first.get(name)
        return None if child is None else child.text.strip() or None

    def named(self, name: str) -> str | None:
        """Return the id that the element *name* refers to."""
        child = self.first.get(name)
        return None if child is None else _id(child)

    def whole(self, name: str) -> str | None:
        """Return a text without the layout around it; None if it is missing."""
        child = self.first.get(name)
        if child is None:
            return None
        return child.markup() if child.cdata is not None else child.markup().strip()

    def rest(self, known: frozenset[str]) -> dict[str, JsonValue]:
        """Return the texts whose names are not in *known*."""
        if known.issuperset(self.first):
            return {}
        return {
            name: text for name in self.first if name not in known and (text := self.text(name))
        }

    def flag(self, name: str, meta: dict[str, JsonValue]) -> bool:
        """Return whether a flag is true; an invalid one goes to *meta*."""
        value = self.text(name)
        if value is None:
            return False
        flag = _BOOLEANS.get(value.lower())
        if flag is None:
            message = f"{name} {shown(value)} is neither true nor false: assumed false"
            ids = (self.id,) if self.id else ()
            self._problems.append(Problem("bad-flag", message, ids, (value,)))
            meta[name] = value
        return bool(flag)

    def time(self, name: str, meta: dict[str, JsonValue]) -> dt.datetime | None:
        """Return a time, in UTC if it has no zone: Disqus always writes UTC."""
        value = self.text(name)
        return in_zone(time_in(value, name, self.id, meta, self._problems), dt.UTC)


def _id(element: Element) -> str | None:
    """Return the id of an element, whatever happened to the prefix of ``dsq:id``."""
    for name, value in element.attributes.items():
        if name in ("dsq:id", "id") or name.endswith("}id"):
            return value.strip() or None
    return None


def _title(markup: str) -> str:
    """Return a title as plain text; some blogs sent Disqus titles that were already escaped."""
    return " ".join(_REFERENCE.sub(lambda match: unescape(match[0]), one_line(markup)).split())


def _page(article: Article | None) -> tuple[str, str] | None:
    """Return what links to the same page share: path and query, not scheme, host or fragment."""
    if article is None or article.url is None:
        return None
    try:
        parts = urlsplit(article.url)
    except ValueError:
        return None
    return parts.path.rstrip("/"), parts.query


FORMAT = catalogued(NAME, parse=parse)
