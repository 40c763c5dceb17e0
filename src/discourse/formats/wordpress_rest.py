"""WordPress's REST API, version 2: saved responses with posts, comments, or both.

A file is a response of ``/wp-json/wp/v2/comments?post=...`` (an array of comments) or
``/wp-json/wp/v2/posts/...`` (a post or an array of posts; with ``?_embed``, also the replies), or
any array of such objects, with an envelope (``?_envelope``) or without. To get one thread, read the
post and all pages of its comments together: ``read([post, page_1, page_2])``. They may also be in
one file: concatenated, in an array, or under any keys. HTTP headers and PHP warnings in HTML may
precede the JSON. A selection of fields (``?_fields``) is enough.

====================================  ===========================================================
in the response                       in the model
====================================  ===========================================================
post ``id``, ``link``, ``title``      `Article` ``id``, ``url``, ``title`` (as plain text)
post ``content.rendered``             ``text``, HTML; otherwise ``raw``
post ``date_gmt``, ``modified_gmt``   ``created_at``, ``edited_at``
``_embedded.author``, ``wp:term``     ``authors``, ``tags`` (the names of its terms)
comment ``id``, ``parent``            ``id``, ``parent_id``; 0 is the article
comment ``author_name``, ``author``   ``author.name``, as plain text, and ``author.id``; 0 is a
                                      guest, without an id
``author_url``, largest avatar        ``author.url``, ``author.avatar_url``
comment ``content.rendered``          ``text``, likewise
comment ``date_gmt``                  ``created_at``
comment ``status``                    ``status``: hold is pending, trash is removed
comment ``type``                      ``tags``, if it is not an ordinary comment
all other keys                        ``meta``, except ``_links``
what a comment embeds                 its post, parent and replies, if they are not complete
                                      elsewhere
====================================  ===========================================================

Problems: ``local-time`` (a local time without the UTC time, as in embedded objects: it stays in
``meta``, and *zone* resolves it), ``error-object`` (the server's error in place of an object,
reported once for all of them), ``not-recognised``, ``unknown-status``, ``no-id``, ``no-parent``
(comments that do not say what they answer), those of the JSON (``bad-value``, ``junk-before``,
``junk-after``, ``truncated``, ``repeated-key``, ``encoding``), and those of `Thread.repair`.

Lost: links to other responses, excerpts, and whether the file has all comments, which only a header
of the server says. E-mail addresses, IP addresses and user agents (which only editors get) are
omitted unless *contacts* is true.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from .._markup.html import one_line, unescape
from .._markup.local_times import LOCAL, LOCAL_EDIT
from .._zones import Zone, zone_of
from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Status, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

NAME = "wordpress-rest"

_STATUSES = {
    "approved": Status.VISIBLE,
    "approve": Status.VISIBLE,
    "hold": Status.PENDING,
    "spam": Status.SPAM,
    "trash": Status.REMOVED,
    "1": Status.VISIBLE,
    "0": Status.PENDING,
    "unapproved": Status.PENDING,
    "post-trashed": Status.REMOVED,
}


def parse(text: str, *, zone: Zone = None, contacts: bool = False) -> Reading:
    """Read a response of the server.

    Args:
        text: The JSON.
        zone: The site's zone, for times without one: a name, an offset or a `tzinfo`.
        contacts: Keep e-mail addresses, IP numbers and user agents in ``meta``.
    """
    reader = _Reader(zone_of(zone), contacts)
    values = documents(text, reader.builder.log)
    nodes = [node for path, value in values for node in reader.nodes(value, path)]
    if not nodes and not all(_is_empty(value) for _, value in values):
        raise ParseError("no object in this input", Place(path="$"))
    if nodes and all(_is_error(node.data) for node in nodes):
        raise ParseError(f"the server answered with an error: {_error_of(nodes[0].data)}")
    taken = [reader.take(node) for node in nodes]
    if nodes and not any(taken):
        raise ParseError("no WordPress post or comment in this input", Place(path="$"))
    return reader.reading()


# -- which objects there are -----------------------------------------------------------------------


def _body(answer: object) -> object:
    """Return the content of an envelope; None if there is no envelope."""
    if isinstance(answer, dict) and "headers" in answer:
        body: object = answer.get("body")
        return body if isinstance(body, list | dict) else None
    return None


def _is_empty(value: object) -> bool:
    """Whether a response, or each response in an array, has no object."""
    body = value if (inside := _body(value)) is None else inside
    return isinstance(body, list) and all(page == [] for page in body)


def _is_error(data: Mapping[str, Any]) -> bool:
    """Whether an object is an error of the server."""
    return "code" in data and "message" in data and "id" not in data


def _error_of(data: Mapping[str, Any]) -> str:
    return f"{shown(data['code'])}: {shown(data['message'], 200)}"


def _is_comment(data: Mapping[str, Any]) -> bool:
    """Whether an object is a comment, perhaps with few of its fields."""
    if isinstance(data.get("title"), dict):
        return False
    if "author_name" in data:
        return "content" in data or "parent" in data
    return "title" not in data and "content" in data and "parent" in data


def _is_post(data: Mapping[str, Any]) -> bool:
    """Whether an object is a post, a page or the like, perhaps with few of its fields."""
    title = data.get("title")
    if isinstance(title, dict):
        return "rendered" in title or "raw" in title or ("link" in data and "id" in data)
    return isinstance(title, str) and "link" in data and "id" in data


class _Reader:
    """Collects posts and comments, complete or embedded."""

    def __init__(self, zone: dt.tzinfo | None, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self.builder = Builder(NAME, platform="wordpress")
        self._zone = zone
        self._contacts = contacts
        self._known: set[str | None] = set()
        self._embedded: list[tuple[Node, str | None]] = []
        self._errors: dict[str, list[Node]] = {}
        self._no_parent: list[str] = []

    def nodes(self, value: object, path: str) -> list[Node]:
        """Return the objects in a response, in any envelope."""
        if (body := _body(value)) is not None:
            value, path = body, f"{path}.body"
        if isinstance(value, list):
            if not value or not all(isinstance(page, list) for page in value):
                return self.builder.items(self.builder.nodes(value, path))
            pages = (self.builder.nodes(page, f"{path}[{n}]") for n, page in enumerate(value))
            return self.builder.items(node for page in pages for node in page)
        answer = self.builder.node(value, path)
        data = answer.data
        if data and all(key.isascii() and key.isdecimal() for key in data):  # of a PHP array
            return self.builder.items(self.builder.nodes([*data.values()], path))
        if _is_comment(data) or _is_post(data) or _is_error(data):
            return self.builder.items([answer])
        return self.builder.items(self._wrapped(answer) or [answer])

    def _wrapped(self, answer: Node) -> list[Node]:
        """Return the posts and comments under any keys."""
        nodes: list[Node] = []
        for key, value in answer.data.items():
            is_list = isinstance(value, list)
            rows = (row for row in (value if is_list else [value]) if isinstance(row, dict))
            if any(_is_comment(row) or _is_post(row) for row in rows):
                nodes += answer.nodes(key) if is_list else [answer.inner(key, rest=False)]
            elif value is None or value == []:
                answer.drop(key)
        if nodes and (rest := answer.unread()):
            message = "a value next to the posts and comments is neither"
            self.builder.skip(answer, "not-recognised", message, value=rest)
        return nodes

    # -- objects ---------------------------------------------------------------------------------

    def take(self, node: Node) -> bool:
        """Add an object; return whether it is a post or a comment."""
        if _is_comment(node.data):
            self._take_comment(node, node.id("post"))
            self._take_around(node)
        elif _is_post(node.data):
            self._take_post(node)
        elif _is_error(node.data):
            self._take_error(node)
            return False
        else:
            self.builder.skip(node, "not-recognised", "this is neither a post nor a comment")
            return False
        return True

    def _take_error(self, node: Node) -> None:
        self._errors.setdefault(_error_of(node.data), []).append(node)
        self.builder.done(node)

    def _take_around(self, node: Node) -> None:
        """Add the embedded post, parent and replies of a comment."""
        embedded, post = node.inner("_embedded", rest=False), node.id("post")
        for up in self.builder.items(embedded.nodes("up")):
            draft = self.builder.threads.get(up.id("id"))
            if _is_error(up.data):
                self._take_error(up)
            elif _is_post(up.data) and (draft is None or draft.article is None):
                self._take_post(up)
            else:
                self.builder.done(up)
        self._take_replies([*embedded.nodes("in-reply-to"), *_lists(embedded, "children")], post)

    def _take_replies(self, replies: list[Node], post: str | None) -> None:
        for reply in self.builder.items(replies):
            if _is_error(reply.data):
                self._take_error(reply)
            else:
                self._embedded.append((reply, post))

    def _take_post(self, node: Node) -> None:
        id = node.id("id")
        embedded = node.inner("_embedded", rest=False)
        title = _rendered(node, "title")
        key = id if id is not None else node.path
        people = embedded.nodes("author")
        node.drop("_links", "excerpt", "guid")
        local: dict[str, Any] = {}
        article = Article(
            one_line(title or "") or None,
            id=id,
            url=node.label("link"),
            authors=[author for person in people if (author := self._person(person))],
            text=_rendered(node),
            text_format=TextFormat.HTML,
            created_at=self._time(node, "date", None, local),
            edited_at=self._time(node, "modified", None, local, LOCAL_EDIT),
            tags=_terms(embedded),
            meta=node.rest(**local),
        )
        self.builder.article(node, article, key)
        self._take_replies(_lists(embedded, "replies"), key)

    def _person(self, node: Node) -> Author | None:
        if _is_error(node.data):
            self._take_error(node)
            return None
        return Author(
            _name(node, "name"),
            node.id("id"),
            url=node.label("link"),
            avatar_url=_avatar(node.inner("avatar_urls")),
            bio=node.label("description"),
        )

    def _take_comment(self, node: Node, post: str | None) -> None:
        id = node.id("id")
        if id is None:
            self.builder.skip(node, "no-id", "a comment without an id")
            return
        self._known.add(id)
        if not self._contacts:
            node.drop("author_email", "author_ip", "author_user_agent")
        node.drop("_links", "_embedded", "post")
        kind = node.label("type")
        local: dict[str, Any] = {}
        comment = Comment(
            id,
            self._parent(node, id),
            _author(node),
            _rendered(node),
            text_format=TextFormat.HTML,
            created_at=self._time(node, "date", id, local),
            status=self._status(node, id),
            url=node.label("link"),
            tags=frozenset(() if kind in (None, "comment") else (kind,)),
            meta=node.rest(**local),
        )
        self.builder.comment(node, comment, post)

    def _parent(self, node: Node, id: str) -> str | None:
        if "parent" not in node:
            self._no_parent.append(id)
        return parent_id(node.id("parent"))

    def _status(self, node: Node, id: str) -> Status:
        word = node.label("status")
        if word is not None and word not in _STATUSES:
            message = f"status {word[:60]!a} is unknown: read as visible"
            self.builder.log.add("unknown-status", message, ids=(id,), values=(word,))
        return _STATUSES.get(word or "approved", Status.VISIBLE)

    def _time(
        self, node: Node, key: str, id: str | None, local: dict[str, Any], local_key: str = LOCAL
    ) -> dt.datetime | None:
        """Return a time, preferably from the key in UTC."""
        return node.utc(f"{key}_gmt") or self.builder.resolved(
            node.clock(key), self._zone, id, local, local_key
        )

    # -- the whole -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each post, including posts that only comments name."""
        for node, post in self._embedded:  # those that are complete nowhere
            if node.id("id") in self._known:
                self.builder.done(node)
            elif _is_comment(node.data):
                self._take_comment(node, post)
            else:
                self.builder.skip(node, "not-recognised", "this is not a comment")
        for error, nodes in self._errors.items():
            count = f" ({len(nodes):,} times)" if len(nodes) > 1 else ""
            self.builder.log.add(
                "error-object",
                f"the server sent an error in place of an object{count}: {error}",
                values=tuple(node.data for node in nodes),
                place=nodes[0].place(),
            )
        if ids := tuple(self._no_parent):
            message = f"{len(ids):,} comments do not name their parents: read as top-level"
            self.builder.log.add("no-parent", message, ids=ids)
        return self.builder.reading()


# -- values ----------------------------------------------------------------------------------------


def _rendered(node: Node, key: str = "content") -> str | None:
    """Return a text; themes without a filter of their own give it without an object around it."""
    if isinstance(node.data.get(key), str):
        return node.text(key)
    inner = node.inner(key, rest=False).data
    text = inner["rendered"] if isinstance(inner.get("rendered"), str) else inner.get("raw")
    return text if isinstance(text, str) else None


def _name(node: Node, key: str) -> str | None:
    """Return a name, which WordPress stores as HTML."""
    name = node.label(key)
    return unescape(name) if name is not None else None


def _author(node: Node) -> Author | None:
    name, id, url = _name(node, "author_name"), node.id("author"), node.label("author_url")
    avatar = _avatar(node.inner("author_avatar_urls", rest=False))
    id = None if id == "0" else id
    return None if name is None and id is None else Author(name, id, url=url, avatar_url=avatar)


def _avatar(sizes: Node) -> str | None:
    """Return the address of the largest picture; the keys are widths."""
    known = [size for size in sizes.data if size.isascii() and size.isdecimal() and len(size) < 9]
    return sizes.label(max(known, key=int)) if known else None


def _lists(node: Node, key: str) -> list[Node]:
    """Return the objects in an array of arrays or objects."""
    return [*_in_lists(node, key)]


def _in_lists(node: Node, key: str) -> Iterator[Node]:
    values = node.data.get(key)
    for n, inner in enumerate(values if isinstance(values, list) else []):
        rows = inner if isinstance(inner, list) else [inner]
        holder = Node({str(n): rows}, node.log, f".{key}", node)
        yield from holder.nodes(str(n))


def _terms(embedded: Node) -> set[str]:
    names = (term.label("name") for term in _lists(embedded, "wp:term"))
    return {one_line(name) for name in names if name} - {""}


FORMAT = catalogued(NAME, parse=parse)
