"""Mastodon's API: statuses, timelines and contexts, of Mastodon and compatible servers.

Reads the responses of ``/api/v1/statuses/ID`` and ``/api/v1/statuses/ID/context``, timelines,
searches, notifications and lists of statuses, and events of the streaming API; of Mastodon,
Pleroma, Akkoma, Pixelfed, GoToSocial and others with this API. The status that starts a
conversation is the article, and each conversation is a thread. A context does not contain its own
status. To get one thread, read both together: ``read([status, context])``.

=====================================  ===========================================================
in the response                        in the model
=====================================  ===========================================================
``id``, ``in_reply_to_id``             ``id``, ``parent_id``, which differ between servers
``content``                            ``text`` (HTML)
``spoiler_text``                       ``title``
``account``: ``acct``, ``id``,         ``author``: ``name``, ``id``, ``display_name``,
``display_name``, ``url``,             ``url``, ``avatar_url``, ``bio``, ``is_bot``;
``avatar``, ``note``, ``bot``          other keys in its ``meta``
``created_at``, ``edited_at``          ``created_at``, ``edited_at``; null is ``is_edited`` false
``favourites_count``                   ``upvotes``; ``score`` of an article
``replies_count``                      ``reply_count``: direct replies; ``meta`` of an article
``language``, ``url``                  ``language``, ``url``
``tags``, ``account.roles``            ``tags``: hashtags as ``#name``, and names of roles
``visibility``, ``sensitive``          ``tags``: ``unlisted``, ``private``, ``direct``, ...; and
                                       ``sensitive``
other keys                             ``meta``, unless null or empty: ``uri``, media, polls, cards,
                                       quotes, ...
=====================================  ===========================================================

Lost: data about the logged-in user (``favourited``, ``bookmarked``, ``filtered``, ...), settings of
accounts, and who boosted a status and when. Problems: ``reposts`` (boosts: the shared status is
read), ``no-parent`` (a reply whose parent the server does not know), ``not-recognised`` (other
objects, versions of an edit history), ``error-object``, ``no-id``, and those of JSON and of
`Thread.repair`. Servers silently truncate long contexts: compare ``reply_count``.
"""

from typing import Any

from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import (
    Builder,
    Conversations,
    Node,
    Shared,
    answering_article,
    documents,
    without_keys,
)

NAME = "mastodon"

_VIEWER = (
    *("favourited", "reblogged", "muted", "bookmarked", "pinned", "filtered", "voted"),
    *("own_votes", "thread_muted", "direct_conversation_id", "me"),
)
#: Settings of an account, which only its owner gets, and copies of pictures.
_ACCOUNT = (
    *("source", "role", "relationship", "pleroma", "akkoma", "username"),
    *("avatar_static", "header_static"),
)
_NESTED = frozenset(_VIEWER).union(_ACCOUNT)
_PLEROMA_ROLES = {"is_admin": "admin", "is_moderator": "moderator"}
#: Keys of a status that a version in an edit history lacks.
_STATUS_KEYS = ("visibility", "in_reply_to_id", "uri")
_UPDATES = ("update", "status.update")


def parse(text: str) -> Reading:
    """Read one response, or several in sequence."""
    reader = _Reader()
    for path, answer in documents(text, reader.builder.log):
        reader.take(answer, path)
    return reader.reading()


class _Reader:
    """Collects the statuses of all responses, which together form the conversations."""

    def __init__(self) -> None:
        self.builder = Builder(NAME, platform=NAME)
        self._statuses: list[Node] = []
        self._asked_for: dict[str, str | None] = {}
        """The status of each context, which does not contain it, and its last ancestor."""
        self._boosts: list[str] = []
        self._errors: list[Node] = []
        self._versions: list[Node] = []
        self._others: list[Node] = []
        self._accounts = Shared(_account)
        self._has_context = False

    def take(self, answer: object, path: str) -> None:
        """Add the statuses in a response."""
        builder = self.builder
        pending = builder.items(builder.roots(answer, path))
        pending.reverse()
        while pending:
            node = pending.pop()
            inside = self._inside(node)
            if inside is not None:
                builder.done(node)
                pending += reversed(builder.items(inside))

    def _inside(self, node: Node) -> list[Node] | None:
        """Return the objects in an envelope; None for any other object."""
        data = node.data
        if "content" in data and any(key in data for key in _STATUS_KEYS):
            if not data.get("reblog"):
                self._statuses.append(node)
                return None
            self._boosts.append(node.id("id") or "")
            return [node.inner("reblog", rest=False)]
        if "ancestors" in data and "descendants" in data:
            return self._context(node)
        if data.get("event") in _UPDATES and isinstance(data.get("payload"), str):
            return self._payload(node)
        for key in ("statuses", "status", "last_status"):
            if isinstance(data.get(key), list):
                return node.nodes(key)
            if isinstance(data.get(key), dict):
                return [node.inner(key, rest=False)]
        is_error = "error" in data and "id" not in data
        is_version = "content" in data and "account" in data
        (self._errors if is_error else self._versions if is_version else self._others).append(node)
        return None

    def _context(self, node: Node) -> list[Node]:
        self._has_context = True
        ancestors, descendants = node.nodes("ancestors"), node.nodes("descendants")
        here = {status.id("id") for status in descendants}
        answered = (status.id("in_reply_to_id") for status in descendants)
        asked_for = next((id for id in answered if id is not None and id not in here), None)
        if asked_for is not None:
            self._asked_for[asked_for] = ancestors[-1].id("id") if ancestors else None
        return ancestors + descendants

    def _payload(self, node: Node) -> list[Node] | None:
        try:
            values = documents(node.data["payload"], self.builder.log)
        except ParseError:
            self._others.append(node)
            return None
        path = f"{node.path}.payload"
        return self.builder.nodes([value for _, value in values], path)

    # -- the whole -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each conversation."""
        if not self._statuses and not self._has_context:
            self._refuse()
        parents: dict[str, str | None] = {}
        for node in self._statuses:
            if (id := node.id("id")) is not None:
                parents.setdefault(id, node.id("in_reply_to_id"))
        absent = {id: last for id, last in self._asked_for.items() if id not in parents}
        conversations = Conversations(parents | absent)
        for node in self._statuses:
            self._take_status(node, conversations)
        for id, last_ancestor in absent.items():
            if last_ancestor is not None:
                self._take_asked_for(id, last_ancestor, conversations)
        self._report()
        return self.builder.reading()

    def _take_status(self, node: Node, conversations: Conversations) -> None:
        id, parent = node.id("id"), node.id("in_reply_to_id")
        if id is None:
            self.builder.skip(node, "no-id", "a status without an id")
        elif parent is None:
            self.builder.article(node, self._article(node, id), id)
        else:
            thread, above = conversations.thread_of_reply(self.builder, parent)
            self.builder.comment(node, self._comment(node, id, above), thread)

    def _take_asked_for(self, id: str, last_ancestor: str, conversations: Conversations) -> None:
        """Add a placeholder between the ancestors and the descendants of a context."""
        thread, above = conversations.thread_of_reply(self.builder, last_ancestor)
        placeholder = Comment(id, above, status=Status.MISSING)
        self.builder.thread(thread).comments.append(placeholder)
        message = f"the status of this context, {id!a}, is missing"
        self.builder.log.add("orphan", message, ids=(id,))

    def _refuse(self) -> None:
        """Raise an error that names what the input holds instead of a status."""
        message, nodes = "nothing here is a status of Mastodon", self._others
        if self._errors:
            error = str(self._errors[0].raw("error"))[:200]
            message, nodes = f"the server answered with an error: {error!a}", self._errors
        elif self._versions:
            message, nodes = "an edit history does not say of which status it is", self._versions
        raise ParseError(message, nodes[0].place() if nodes else Place(path="$"))

    def _report(self) -> None:
        for kind, message, nodes in (
            ("error-object", "the server answered with an error", self._errors),
            ("not-recognised", "a version of an edit history, which is no status", self._versions),
            ("not-recognised", "neither a status nor a context", self._others),
        ):
            for node in nodes:
                self.builder.skip(node, kind, message)
        if self._boosts:
            message = f"{len(self._boosts):,} boosts: read as the statuses they share"
            self.builder.log.add("reposts", message, values=tuple(self._boosts))

    # -- statuses --------------------------------------------------------------------------------

    def _article(self, node: Node, id: str) -> Article:
        author, roles = self._author(node)
        if node.id("in_reply_to_account_id") not in (None, author and author.id):
            message = "a status answers an account, and what it answers is not known"
            self.builder.log.add("no-parent", message, ids=(id,), place=node.place())
        node.keep("in_reply_to_account_id")
        return Article(
            node.label("spoiler_text"),
            id=id,
            authors=[author] if author is not None else [],
            score=node.whole("favourites_count"),
            **_fields(node, roles),
        )

    def _comment(self, node: Node, id: str, parent: str | None) -> Comment:
        author, roles = self._author(node)
        is_edited = False if "edited_at" in node and node.raw("edited_at") is None else None
        return Comment(
            id,
            parent,
            author,
            title=node.label("spoiler_text"),
            is_edited=is_edited,
            upvotes=node.whole("favourites_count"),
            reply_count=node.count("replies_count"),
            **_fields(node, roles),
        )

    def _author(self, status: Node) -> tuple[Author | None, frozenset[str]]:
        """Return the author of a status and their roles; equal authors are one object."""
        return self._accounts.of(status.inner("account", rest=False), "id")


def _account(account: Node) -> tuple[Author | None, frozenset[str]]:
    id = account.id("id")
    roles = {role.label("name") or "" for role in account.nodes("roles")}
    pleroma = account.inner("pleroma", rest=False).data
    roles |= {name for key, name in _PLEROMA_ROLES.items() if pleroma.get(key) is True}
    account.drop(*_ACCOUNT)
    author = Author(
        account.label("acct") or account.label("username"),
        id,
        display_name=account.label("display_name"),
        url=account.label("url"),
        avatar_url=account.label("avatar"),
        bio=account.label("note"),
        is_bot=account.flag("bot"),
        meta=account.rest(empty=False),
    )
    return author if author.key is not None else None, frozenset(roles - {""})


def _fields(node: Node, roles: frozenset[str]) -> dict[str, Any]:
    """Return the fields that articles and comments share."""
    hashtags = [f"#{name}" for tag in node.nodes("tags") if (name := tag.label("name"))]
    visibility = node.label("visibility")
    tags = roles.union(hashtags)
    if visibility is not None and visibility != "public":
        tags |= {visibility}
    if node.is_true("sensitive"):
        tags |= {"sensitive"}
    if node.data.get("sensitive") is False:
        node.drop("sensitive")
    node.drop("in_reply_to_id", "reblog", *_VIEWER)
    nested = {
        key: without_keys(_NESTED, node.raw(key))
        for key in ("quote", "poll", "pleroma", "akkoma")
        if node.data.get(key)
    }
    return {
        "text": node.text("content"),
        "text_format": TextFormat.HTML,
        "created_at": node.utc("created_at"),
        "edited_at": node.utc("edited_at"),
        "url": node.label("url"),
        "language": node.label("language"),
        "tags": tags,
        "meta": node.rest(empty=False, **nested),
    }


FORMAT = catalogued(NAME, parse=parse, settle=answering_article)
