"""Isso: its database, responses of its API, and the JSON that it imports.

The database is the file named by ``dbpath`` in the configuration, usually ``comments.db``; copy it
and read the copy. A response of the API is for ``/?uri=...`` (one page), ``/id/...`` (one comment)
or ``/latest`` (the newest comments of the site). The JSON is the input of ``isso import -t
generic``. (Feeds of Isso are read as `feed <discourse.formats.feeds>`.)

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
``threads.uri``, ``title``             `Article` ``id``, ``title``; ``url`` if it is a full URL
``id``, ``parent``                     `Comment` ``id``, ``parent_id``. Isso has two levels: an
                                       answer to a reply names the top-level comment
``author``, ``website``                ``author.name``, ``author.url``; no author without both
``text``                               ``text``: Markdown, and HTML from the API
``created``, ``modified``              ``created_at``, ``edited_at``
``mode``                               ``status``: 1 visible, 2 pending, 4 deleted, without text
``likes``, ``dislikes``                ``upvotes``, ``downvotes``
``total_replies``                      ``reply_count``
``hidden_replies``                     a `Stub` of kind more
other keys                             ``meta``
=====================================  ===========================================================

Omitted: e-mail addresses and IP addresses, unless *contacts* is true (then in ``meta``); who voted;
whether someone is notified. A response of the API does not name its page.

Problems: ``local-time`` (the JSON for import has local times, which stay in ``meta`` unless *zone*
is given), ``no-id``, ``unknown-status``, ``truncated`` (the database is damaged), and those of JSON
and of `Thread.repair`.
"""

import datetime as dt

from .._zones import Zone, zone_of
from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, Stub, StubKind, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

_STATUSES = {1: Status.VISIBLE, 2: Status.PENDING, 4: Status.DELETED}
_CONTACTS = ("email", "remote_addr")


def parse(text: str, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read a response of the API, or the JSON that Isso imports.

    Args:
        text: The JSON.
        zone: The zone of times without one: a name, an offset or a `tzinfo`.
        contacts: Keep e-mail addresses and IP numbers, in ``meta``.
    """
    reader = _Reader(zone_of(zone), contacts)
    for path, value in documents(text, reader.builder.log):
        for node in reader.builder.roots(value, path):
            if "id" in node and _is_page(node.data.get("comments")):
                reader.take_page(node)
            elif "replies" in node or ("mode" in node and "parent" in node):
                reader.take_answer(node)
            else:
                raise ParseError("neither a comment nor a page of Isso", Place(path=path))
    return reader.builder.reading()


def _is_page(comments: object) -> bool:
    """Whether a value is the comments of a page; other systems have no ``created``."""
    if not isinstance(comments, list):
        return False
    objects = [comment for comment in comments if isinstance(comment, dict)]
    return not objects or any("created" in comment for comment in objects)


def parse_bytes(data: bytes, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read a database; options as for `parse`."""
    from ._sqlite import database  # noqa: PLC0415 - only needed for databases

    reader = _Reader(zone_of(zone), contacts)
    with database(data, reader.builder.log) as tables:
        if not {"threads", "comments"} <= tables.names:
            raise ParseError("not a database of Isso", Place(offset=0))
        uris: dict[str | None, str | None] = {}
        for number, row in enumerate(tables.rows("threads")):
            node = reader.builder.node(row, f"threads[{number}]")
            uri = node.id("uri")
            uris[node.id("id")] = uri
            reader.article(node, uri)
        for number, row in enumerate(tables.rows("comments")):
            node = reader.builder.node(row, f"comments[{number}]")
            node.drop("voters")
            reader.builder.items([node])
            thread = node.id("tid")
            reader.comment(node, uris.get(thread, thread), parent_id(node.id("parent")))
    return reader.builder.reading()


class _Reader:
    def __init__(self, zone: dt.tzinfo | None, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self.builder = Builder("isso", platform="isso")
        self._zone = zone
        self._contacts = contacts

    def take_page(self, page: Node) -> None:
        """Add a page of the JSON that Isso imports; its ids start from 0."""
        uri = page.id("id")
        nodes = self.builder.items(page.nodes("comments"))
        self.article(page, uri)
        ids = {str(node.data.get("id")) for node in nodes}
        for node in nodes:
            parent = parent_id(node.id("parent"), id=node.id("id"), known=ids)
            self.comment(node, uri, parent)

    def take_answer(self, answer: Node) -> None:
        """Add a response of the API: a comment, or an envelope of comments."""
        if "mode" in answer:
            self.builder.items([answer])
        pending: list[tuple[Node, str | None]] = [(answer, None)]
        while pending:
            node, uri = pending.pop()
            uri = node.id("uri") or uri
            replies = self.builder.items(node.nodes("replies"))
            pending += ((reply, uri) for reply in reversed(replies))
            id, hidden = node.id("id"), node.count("hidden_replies")
            if node is not answer or "mode" in node:
                parent = parent_id(node.id("parent"))
                self.comment(node, uri, parent, TextFormat.HTML)
            if hidden:
                self.builder.stub(node, Stub(id, StubKind.MORE, count=hidden), uri)
        if "mode" not in answer:
            self.builder.thread(None)  # a page without comments is a thread too

    def article(self, page: Node, uri: str | None) -> None:
        """Add the article of a page."""
        is_whole = uri is not None and uri.startswith(("http://", "https://"))
        article = Article(
            page.label("title"), id=uri, url=uri if is_whole else None, meta=page.rest()
        )
        self.builder.article(page, article, uri)

    def comment(
        self,
        node: Node,
        thread: str | None,
        parent: str | None,
        text_format: TextFormat = TextFormat.MARKDOWN,
    ) -> None:
        """Add a comment."""
        id = node.id("id")
        if id is None:
            self.builder.skip(node, "no-id", "a comment without an id")
            return
        status = self._status(node, id)
        name, website = node.label("author"), node.label("website")
        node.drop(
            "replies", "parent", "tid", "notification", *(() if self._contacts else _CONTACTS)
        )
        is_deleted = status is Status.DELETED
        local: dict[str, str] = {}
        comment = Comment(
            id,
            parent,
            Author(name, url=website) if name is not None or website is not None else None,
            node.label("text") if is_deleted else node.text("text"),
            text_format=text_format,
            created_at=self._created(node, id, local),
            edited_at=node.epoch("modified"),
            status=status,
            upvotes=node.count("likes"),
            downvotes=node.count("dislikes"),
            reply_count=node.count("total_replies"),
            meta=node.rest(empty=False, **local),
        )
        self.builder.comment(node, comment, thread)

    def _status(self, node: Node, id: str) -> Status:
        mode = node.whole("mode")
        if mode is None or mode in _STATUSES:
            return _STATUSES[mode or 1]
        message = f"mode {mode} is unknown: read as visible"
        self.builder.log.add("unknown-status", message, ids=(id,), values=(mode,))
        return Status.VISIBLE

    def _created(self, node: Node, id: str, local: dict[str, str]) -> dt.datetime | None:
        if not isinstance(node.raw("created"), str):
            return node.epoch("created")
        return self.builder.resolved(node.clock("created"), self._zone, id, local)


FORMAT = catalogued("isso", parse=parse, parse_bytes=parse_bytes)
