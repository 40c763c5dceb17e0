"""Disqus's export (XML): all threads of a site, and all posts in them.

====================================  ===========================================================
in the export                         in the model
====================================  ===========================================================
``thread/@dsq:id``                    `Article` ``id``, to which posts refer
``thread/id``                         ``meta["id"]``: the page's own identifier, often empty
``thread/link``, ``title``            ``url``, ``title`` (as plain text)
``thread/message``, ``createdAt``     ``text`` (HTML), ``created_at``
``thread/author``                     ``authors``
``isClosed``, ``isDeleted``           ``meta``, where they are true
``thread/forum``                      ``site``
``post/@dsq:id``                      `Comment` ``id``
``post/parent/@dsq:id``               ``parent_id``
``post/message``                      ``text``, HTML; a deleted post keeps its text
``post/createdAt``                    ``created_at``
``post/isDeleted``, ``isSpam``        ``status``: deleted, spam; of one that is both, deleted, and
                                      ``meta["isSpam"]`` is true
``post/author``                       ``author``: the name that was shown, and as its ``id`` the
                                      user name, unless it is anonymous
``post/id``                           ``meta["id"]``
other elements with a text            ``meta``
====================================  ===========================================================

A thread of the export is a thread here, also without posts. Several may be of one page (its address
has changed, say): ``merge_by="link"`` makes one thread of those whose links have the same path and
query, under the article of the first, and ``Thread.meta["merged"]`` has the ids of all.

E-mail addresses and IP numbers, which newer exports do not have, are left out unless *contacts* is
true (then in ``meta``). What else is lost: categories.

Problem kinds: ``missing-thread`` (posts name a thread that is not here, or none), ``made-id`` (a
post had none), ``duplicate-thread`` (the first is kept), ``bad-time``, ``bad-flag``, ``truncated``,
those of reading XML that is not well-formed, and those of `Thread.repair`.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import attrs

from .._markup.html import unescape
from .._markup.times import clock, in_zone
from .._markup.xml import Element, Log, Wanted, read
from ..errors import FieldError, Problem, shown
from ..model import Article, Author, Comment, JsonValue, Meta, Source, Status, TextFormat
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued
from ._kit import one_line

__all__ = ["FORMAT", "NAME", "parse"]

NAME = "disqus-xml"

_WANTED = Wanted(roots=frozenset({"disqus"}), records=frozenset({"thread", "post"}))
_STEP = 1 << 18
_OF_POST = frozenset(
    {"author", "createdAt", "id", "ipAddress", "isDeleted", "isSpam", "message", "parent"}
)
_OF_THREAD = frozenset(
    {
        *("author", "category", "createdAt", "forum", "id", "ipAddress", "isClosed", "isDeleted"),
        *("link", "message", "title"),
    }
)
_REFERENCE = re.compile(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_SOURCE = Source(NAME, platform="disqus")


def parse(text: str, *, merge_by: Literal["link"] | None = None, contacts: bool = False) -> Reading:
    """Read an export.

    Args:
        text: The export.
        merge_by: ``"link"`` makes one thread of those of one page.
        contacts: Keep e-mail addresses and IP numbers, in ``meta``.

    Raises `ParseError` for what is no export, and `FieldError` for another *merge_by*. O(n).
    """
    if merge_by not in (None, "link"):
        raise FieldError("disqus_xml", "parse(merge_by)", merge_by, "must be 'link' or None")
    log = Log()
    reader = _Reader(log, contacts)
    pieces = (text[at : at + _STEP] for at in range(0, len(text), _STEP))
    for element in read(pieces, _WANTED, log):
        if element.owner is not None:
            reader.refer(element)
        elif element.name == "thread":
            reader.take_thread(element)
        elif element.name == "post":
            reader.take_post(element)
    threads = reader.threads(merge=merge_by is not None)
    return Reading(threads, log.take())


@attrs.define
class _Post:
    """A post as the export has it."""

    comment: Comment
    number: str | None
    thread: str | None


class _Reader:
    """Gathers threads and posts, which the export has in any order, and puts them together."""

    def __init__(self, log: Log, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self._problems = log.problems
        self._contacts = contacts
        self._articles: dict[str | None, Article] = {}
        self._posts: list[_Post] = []
        self._references: dict[int, str] = {}  # from a post to its thread
        self._authors: dict[Author, Author] = {}

    def refer(self, element: Element) -> None:
        """Take the ``<thread>`` inside a post, which only names one."""
        named = _id(element)
        if element.owner is not None and element.name == "thread" and named:
            self._references.setdefault(id(element.owner), named)

    def take_thread(self, element: Element) -> None:
        """Take a thread."""
        fields = _Fields(element, self._problems, _id(element))
        meta: dict[str, JsonValue] = {}
        if own := fields.text("id"):
            meta["id"] = own
        for flag in ("isClosed", "isDeleted"):
            if fields.flag(flag, meta):
                meta[flag] = True
        if self._contacts and (ip := fields.text("ipAddress")):
            meta["ipAddress"] = ip
        author = self._author(fields, meta)
        meta |= fields.rest(_OF_THREAD)
        message = fields.whole("message")
        made = Article(
            _title(fields.text("title") or "") or None,
            id=fields.id,
            url=fields.text("link"),
            authors=(author,) if author is not None else (),
            text=message or None,
            text_format=TextFormat.HTML,
            created_at=fields.time("createdAt", meta),
            site=fields.text("forum"),
            meta=meta,
        )
        if not element.whole:
            self._tell_cut("thread", fields)
        if self._articles.setdefault(fields.id, made) is not made:
            message = f"thread {shown(fields.id)} stands twice: the first is kept"
            self._problems.append(Problem("duplicate-thread", message, values=(made,)))

    def take_post(self, element: Element) -> None:
        """Take a post."""
        fields = _Fields(element, self._problems, _id(element))
        thread = self._references.pop(id(element), None)
        if not element.whole:
            self._tell_cut("post", fields)
            return
        meta: dict[str, JsonValue] = {}
        if own := fields.text("id"):
            meta["id"] = own
        if self._contacts and (ip := fields.text("ipAddress")):
            meta["ipAddress"] = ip
        is_deleted, is_spam = fields.flag("isDeleted", meta), fields.flag("isSpam", meta)
        if is_deleted and is_spam:
            meta["isSpam"] = True
        meta |= fields.rest(_OF_POST)
        parent = fields.first.get("parent")
        comment = Comment(
            fields.id or "?",
            (_id(parent) or None) if parent is not None else None,
            self._author(fields, meta),
            fields.whole("message"),
            text_format=TextFormat.HTML,
            created_at=fields.time("createdAt", meta),
            status=(Status.DELETED if is_deleted else Status.SPAM if is_spam else Status.VISIBLE),
            meta=Meta(meta) if meta else Meta(),
        )
        self._posts.append(_Post(comment, fields.id, thread))

    def _tell_cut(self, what: str, fields: "_Fields") -> None:
        told = {n: child.text for n, child in fields.first.items() if n != "ipAddress"}
        done = "left out" if what == "post" else "kept as far as it goes"
        message = f"{what} {shown(fields.id)} is cut: {done}"
        ids = (fields.id,) if fields.id and what == "post" else ()
        self._problems.append(Problem("truncated", message, ids, (told,)))

    def _author(self, fields: "_Fields", meta: dict[str, JsonValue]) -> Author | None:
        element = fields.first.get("author")
        if element is None:
            return None
        name, user = element.value("name"), element.value("username")
        name = unescape(name) if name is not None else None
        anonymous = (element.value("isAnonymous") or "").lower() == "true"
        if self._contacts and (mail := element.value("email")):
            meta["email"] = mail
        if name is None and (user is None or anonymous):
            return None
        made = Author(name, None if anonymous else user)
        return self._authors.setdefault(made, made)

    def threads(self, *, merge: bool) -> list[Thread]:
        """Return a thread for each of the export, in order, then for those that only posts name."""
        posts: dict[str | None, list[_Post]] = {id: [] for id in self._articles}
        for post in self._posts:
            posts.setdefault(post.thread, []).append(post)
        self._tell_missing(posts)
        groups: dict[object, list[str | None]] = {}
        for id in posts:
            page = _page(self._articles.get(id)) if merge else None
            groups.setdefault(("alone", id) if page is None else page, []).append(id)
        return [self._thread(ids, posts) for ids in groups.values()]

    def _tell_missing(self, posts: dict[str | None, list[_Post]]) -> None:
        for id, own in posts.items():
            if id not in self._articles:
                message = (
                    f"{len(own)} posts name no thread"
                    if id is None
                    else f"{len(own)} posts name thread {shown(id)}, which is not here"
                )
                ids = tuple(post.number for post in own if post.number)
                self._problems.append(Problem("missing-thread", message, ids, (id,)))

    def _thread(self, ids: list[str | None], posts: dict[str | None, list[_Post]]) -> Thread:
        first = ids[0]
        article = self._articles.get(first) or (Article(id=first) if first is not None else None)
        own = [post for id in ids for post in posts[id]]
        repaired = Thread.repair(
            self._numbered(own),
            article=article,
            source=_SOURCE,
            meta={"merged": ids} if len(ids) > 1 else {},
        )
        self._problems += repaired.problems
        return repaired.thread

    def _numbered(self, posts: Iterable[_Post]) -> list[Comment]:
        made = 0
        rows = list(posts)
        taken = {post.number for post in rows} | {post.comment.parent_id for post in rows}
        comments = []
        for post in rows:
            comment = post.comment
            if post.number is None:
                made += 1
                while f"no-id-{made}" in taken:
                    made += 1
                message = f"a post has no id: it is now 'no-id-{made}'"
                self._problems.append(Problem("made-id", message, (f"no-id-{made}",)))
                comment = attrs.evolve(comment, id=f"no-id-{made}")
            comments.append(comment)
        return comments


class _Fields:
    """The fields of a thread or a post; what cannot be understood becomes a problem."""

    def __init__(self, element: Element, problems: list[Problem], id: str) -> None:
        self.first = element.first()
        self.id = id or None
        self._problems = problems

    def text(self, name: str) -> str | None:
        """Return a text, trimmed; None where there is none, or an empty one."""
        child = self.first.get(name)
        return None if child is None else child.text.strip() or None

    def whole(self, name: str) -> str | None:
        """Return a text as it is, but for layout around it; None where there is none."""
        child = self.first.get(name)
        if child is None:
            return None
        return child.markup() if child.cdata is not None else child.markup().strip()

    def rest(self, known: frozenset[str]) -> dict[str, JsonValue]:
        """Return the texts that are not *known*."""
        if known.issuperset(self.first):
            return {}
        return {n: told for n in self.first if n not in known and (told := self.text(n))}

    def flag(self, name: str, meta: dict[str, JsonValue]) -> bool:
        """Return whether a flag is true; one that is neither stays in *meta*."""
        value = self.text(name)
        if value is None or value.lower() in _BOOLEANS:
            return value is not None and _BOOLEANS[value.lower()]
        message = f"{name} {shown(value)} is neither true nor false: taken for false"
        self._problems.append(Problem("bad-flag", message, (self.id,) if self.id else (), (value,)))
        meta[name] = value
        return False

    def time(self, name: str, meta: dict[str, JsonValue]) -> dt.datetime | None:
        """Return a time, which is in UTC also where it does not say so; a bad one stays in *meta*.

        Disqus has always written UTC.
        """
        value = self.text(name)
        try:
            made = in_zone(clock(value or ""), dt.UTC)
        except ValueError:
            made = None
        if made is None and value is not None:
            message = f"{name} {shown(value)} is no time: kept as it is"
            ids = (self.id,) if self.id else ()
            self._problems.append(Problem("bad-time", message, ids, (value,)))
            meta[name] = value
        return made


def _id(element: Element) -> str:
    """Return the id of an element; tools that take out namespaces leave it without its prefix."""
    told = element.attributes
    return told.get("dsq:id", told.get("id", "")).strip()


def _title(markup: str) -> str:
    """Return a title as plain text; blogs have given Disqus theirs with references of its own."""
    made = _REFERENCE.sub(lambda found: unescape(found[0]), one_line(markup))
    return " ".join(made.split())


def _page(article: Article | None) -> tuple[str, str] | None:
    """Return what two links to one page have in common: neither scheme, host nor fragment."""
    if article is None or article.url is None:
        return None
    try:
        parts = urlsplit(article.url)
    except ValueError:
        return None
    return parts.path.rstrip("/"), parts.query


FORMAT = catalogued(NAME, parse=parse)
