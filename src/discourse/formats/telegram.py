"""Telegram chats exported by Telegram Desktop: ``result.json`` of one chat or of an account.

Export a chat in Telegram Desktop (menu of the chat, "Export chat history", format JSON). Each topic
of a group is a thread. Messages outside topics form one thread about the chat.

=====================================  ===========================================================
in the export                          in the model
=====================================  ===========================================================
chat ``id``, ``name``                  `Article` ``id``, ``title``; ``type`` stays in ``meta``
topic (service message                 `Article` ``id`` (chat, ``/``, message), ``title`` (the last
``topic_created``, ``topic_edit``)     one), ``authors``, ``created_at``, ``site`` (the chat)
message ``id``                         `Comment` ``id``
``reply_to_message_id``                ``parent_id``; None for a topic's own message. For a reply
                                       to another chat, it stays in ``meta`` with
                                       ``reply_to_peer_id``
``from``, ``from_id``                  ``author.name``, ``author.id``; a deleted account has no name
``text``, ``text_entities``            ``text``, plain; formatting entities stay in ``meta``
``date_unixtime``                      ``created_at``
``edited_unixtime``                    ``edited_at``
``reactions``                          ``upvotes``, ``downvotes`` from thumbs; all stay in ``meta``
``forwarded_from``                     ``tags``: forwarded; it stays in ``meta``
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Only the chats of an account's export are read: no phone numbers, contacts, sessions or stories.

Lost: local times in addition to exact ones, service messages. Problems: ``service-message`` and
``unsupported-message`` (one problem for all, with the messages as values), ``local-time`` (exports
before 2022 only have the computer's local time: it stays in ``meta``, and *zone* resolves it),
``not-recognised``, ``no-id``, and those of JSON and of `Thread.repair`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from .._markup.local_times import LOCAL, LOCAL_EDIT
from .._zones import Zone, zone_of
from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

_OF_MESSAGE = frozenset({"date", "date_unixtime", "from", "from_id"})


def parse(text: str, *, zone: Zone = None) -> Reading:
    """Read an export.

    Args:
        text: The JSON.
        zone: The zone of the computer that exported it, for times without one: a name, an offset
            or a `tzinfo`.
    """
    reader = _Reader(zone_of(zone))
    builder = reader.builder
    values = documents(text, builder.log)
    roots = builder.items(node for path, value in values for node in builder.roots(value, path))
    if not sum(reader.take_root(root) for root in roots):
        raise ParseError("no Telegram chat in this input", Place(path="$"))
    return reader.reading()


def _is_chat(data: Mapping[str, Any]) -> bool:
    """Whether an object is a chat of Telegram Desktop, perhaps without messages."""
    messages = data.get("messages")
    if not isinstance(messages, list) or not messages:
        return "name" in data or "type" in data
    return any(isinstance(each, dict) and not _OF_MESSAGE.isdisjoint(each) for each in messages)


class _Reader:
    """Collects a thread for each topic and each chat."""

    def __init__(self, zone: dt.tzinfo | None) -> None:
        self.builder = Builder("telegram", platform="telegram")
        self._zone = zone
        self._services: list[Node] = []
        self._unsupported: list[Node] = []
        self._authors: dict[tuple[str | None, str | None], Author] = {}

    def take_root(self, root: Node) -> int:
        """Add a chat, or the chats of an account, and return their number."""
        chats = [root]
        if "messages" not in root:
            lists = (root.inner(key, rest=False) for key in ("chats", "left_chats"))
            chats = [chat for each in lists for chat in each.nodes("list")]
        self.builder.done(root)
        if not any(_is_chat(chat.data) for chat in chats):  # no value: it may be a whole account
            message = "neither a chat nor a list of chats: skipped"
            self.builder.log.add("not-recognised", message, place=root.place())
            return 0
        for chat in chats:
            self._take(chat)
        return len(chats)

    def _take(self, chat: Node) -> None:
        """Add a chat with its messages."""
        key = chat.id("id") or chat.path
        name = chat.label("name")
        topics, messages = self._sorted(self.builder.items(chat.nodes("messages")))
        parents = {node.id("id"): self._parent(node, key) for node in messages}
        for topic_id, (node, title) in topics.items():
            self._take_topic(node, topic_id, title, key, name)
        topic_of = _topics(parents, topics)
        if not topics or None in topic_of.values():
            self.builder.article(chat, Article(name, id=key, meta=chat.rest(empty=False)), key)
        for node in messages:
            id = node.id("id")
            if id is None:
                self.builder.skip(node, "no-id", "a message without an id")
                continue
            topic, parent = topic_of[id], parents[id]
            comment = self._comment(node, id, None if parent in topics else parent)
            self.builder.comment(node, comment, key if topic is None else f"{key}/{topic}")

    def _sorted(self, nodes: list[Node]) -> tuple[dict[str, tuple[Node, str | None]], list[Node]]:
        """Return the topics with their titles, and the messages; set other entries aside."""
        topics: dict[str, tuple[Node, str | None]] = {}
        messages: list[Node] = []
        for node in nodes:
            kind, action = node.label("type"), node.data.get("action")
            if kind is None:  # somebody removed fields from the export
                is_message = "text" in node or "from_id" in node or "from" in node
                kind = "service" if action is not None else "message" if is_message else None
            if kind == "message":
                messages.append(node)
                continue
            id = node.id("id")
            is_topic = kind == "service" and action == "topic_created"
            if is_topic and id is not None and id not in topics:
                topics[id] = node, node.label("title")
                continue
            edited = node.id("reply_to_message_id") if action == "topic_edit" else None
            if edited is not None and edited in topics:
                topic, title = topics[edited]
                topics[edited] = topic, node.label("new_title") or title
            (self._services if kind == "service" else self._unsupported).append(node)
            self.builder.done(node)
        return topics, messages

    def _take_topic(
        self, node: Node, id: str, title: str | None, chat: str, name: str | None
    ) -> None:
        author = self._author(node.label("actor"), node.id("actor_id"))
        node.drop("action", "text", "text_entities")
        more: dict[str, object] = {}
        article = Article(
            title,
            id=f"{chat}/{id}",
            authors=[author] if author is not None else [],
            created_at=self._time(node, "date", id, more),
            site=name,
            meta=node.rest(empty=False, **more),
        )
        self.builder.article(node, article, article.id)

    def _parent(self, node: Node, chat: str) -> str | None:
        """Return the id of the parent message if it is in this chat."""
        parent, peer = node.id("reply_to_message_id"), node.label("reply_to_peer_id")
        if peer is None or peer.lstrip("abcdefghijklmnopqrstuvwxyz") == chat:
            return parent
        node.keep("reply_to_message_id", "reply_to_peer_id")
        return None

    def _comment(self, node: Node, id: str, parent: str | None) -> Comment:
        text, more = _text(node)
        thumbs = _thumbs(node)
        return Comment(
            id,
            parent,
            self._author(node.label("from"), node.id("from_id")),
            text,
            created_at=self._time(node, "date", id, more),
            edited_at=self._time(node, "edited", id, more),
            upvotes=thumbs.get("\N{THUMBS UP SIGN}"),
            downvotes=thumbs.get("\N{THUMBS DOWN SIGN}"),
            tags=frozenset(["forwarded"] if "forwarded_from" in node else []),
            meta=node.rest(empty=False, **more),
        )

    def _author(self, name: str | None, id: str | None) -> Author | None:
        if name is None and id is None:
            return None
        author = self._authors.get((name, id))
        if author is None:
            author = self._authors[name, id] = Author(name, id)
        return author

    def _time(self, node: Node, key: str, id: str, more: dict[str, object]) -> dt.datetime | None:
        """Return a time, preferably from seconds since 1970."""
        exact = node.epoch(f"{key}_unixtime")
        if exact is not None:
            node.drop(key)
            return exact
        local_key = LOCAL_EDIT if key == "edited" else LOCAL
        return self.builder.resolved(node.clock(key), self._zone, id, more, local_key)

    def reading(self) -> Reading:
        """Return the threads, with one problem for each kind of skipped message."""
        if self._services:
            self.builder.log.add("service-message", **_all_of(self._services, "service"))
        if self._unsupported:
            self.builder.log.add("unsupported-message", **_all_of(self._unsupported, "unsupported"))
        return self.builder.reading()


def _all_of(nodes: list[Node], word: str) -> dict[str, Any]:
    """Return the message, ids and values of a problem about several messages."""
    actions = Counter(str(node.data.get("action") or node.data.get("type")) for node in nodes)
    counts = ", ".join(f"{count:,} {shown(action)}" for action, count in actions.most_common(20))
    count = f"{len(nodes):,} {word} message{'' if len(nodes) == 1 else 's'}"
    return {
        "message": f"{count}: skipped ({counts})",
        "ids": [id for node in nodes if (id := node.id("id")) is not None],
        "values": tuple(node.data for node in nodes),
    }


def _topics(
    parents: Mapping[str | None, str | None], topics: Mapping[str, Any]
) -> dict[str | None, str | None]:
    """Return the topic of each message: a reply is in the topic of its parent. O(n)."""
    topic_of: dict[str | None, str | None] = {id: id for id in topics}
    for id in parents:
        path: list[str | None] = []
        at = id
        while at is not None and at not in topic_of:
            topic_of[at] = None  # ends a loop
            path.append(at)
            at = parents.get(at)
        for each in path:
            topic_of[each] = topic_of.get(at)
    return topic_of


def _text(node: Node) -> tuple[str | None, dict[str, object]]:
    """Return the text of a message, and its formatting as ``text_entities``."""
    value, entities = node.raw("text"), node.raw("text_entities")
    parts = value if isinstance(value, list) else entities if value is None else [value]
    if parts is None:
        return None, {}
    pieces = []
    for part in parts if isinstance(parts, list) else [parts]:
        piece = part.get("text") if isinstance(part, dict) else part
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            node.refuse("text", part, "a string, or strings and entities")
    formatting = entities if isinstance(entities, list) and entities else parts
    is_plain = all(_is_plain(part) for part in formatting) if isinstance(formatting, list) else True
    return "".join(pieces), {} if is_plain else {"text_entities": formatting}


def _is_plain(part: object) -> bool:
    return not isinstance(part, dict) or part.get("type") == "plain"


def _thumbs(node: Node) -> dict[str, int]:
    """Return the number of reactions for each emoji."""
    reactions = node.data.get("reactions")
    counts = {}
    for reaction in reactions if isinstance(reactions, list) else []:
        if isinstance(reaction, dict):
            emoji, count = reaction.get("emoji"), reaction.get("count")
            if isinstance(emoji, str) and type(count) is int and abs(count) < 2**53:
                counts[emoji] = count
    return counts


FORMAT = catalogued("telegram", parse=parse)
