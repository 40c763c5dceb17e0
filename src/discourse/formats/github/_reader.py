"""Provide `Reader`, which finds issues and comments in objects of any shape."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from ...errors import ParseError, shown
from ...model import Article, Author, Comment, Status, Stub, StubKind
from .._base import Reading
from .._kit import Builder, Node, with_claimed
from ._shapes import (
    TOPICS,
    address_of,
    is_comment,
    is_event,
    is_page_of_topics,
    is_topic,
    kind_of,
    number_in,
)
from ._values import (
    claimed_by,
    drop_twins,
    labels_of,
    reactions_of,
    status_of,
    tags_of,
    text_of,
    time_of,
    total_of,
)

#: The keys of what a topic contains; names with ``_data`` come from Perceval.
_BELOW_TOPICS = (
    *("comments", "comments_data", "reviews", "reviews_data", "reviewThreads"),
    *("review_comments_data", "timelineItems", "timeline", "answer"),
)
_BELOW_COMMENTS = ("replies", "comments")
_LISTS = frozenset({"nodes", "edges", "items", *_BELOW_TOPICS, *_BELOW_COMMENTS})


@attrs.frozen
class _Around:
    """What the position of an object says about it."""

    thread: str | None = None
    parent: str | None = None
    status: Status = Status.VISIBLE
    is_answer: bool = False
    is_listed: bool = True
    """Whether it is an item of a list, and reported if there is nothing in it."""


_Inside: TypeAlias = list[tuple[Node, _Around]]


class Reader:
    """Reads objects in any order, and builds a thread for each topic."""

    def __init__(self) -> None:
        self.builder = Builder("github", platform="github", settle=with_claimed)
        self.count = 0
        """How many topics and comments there were."""
        self._ids: dict[str, str] = {}
        """The ids of comments by their GraphQL ids."""
        self._answers: set[str | int] = set()
        """The ids and addresses of accepted answers."""
        self._parents: dict[tuple[str | None, str], str | None] = {}
        self._positions: Counter[tuple[str | None, str | None]] = Counter()
        self._made: list[str] = []
        self._strangers: list[Node] = []
        self._authors: dict[tuple[object, ...], Author] = {}

    def take(self, roots: list[Node]) -> None:
        """Read objects, and everything in them."""
        pending: list[tuple[Node, _Around | int]] = [(node, _Around()) for node in reversed(roots)]
        while pending:
            node, around = pending.pop()
            if isinstance(around, int):  # everything in it has been read
                if around == self.count:
                    self._strangers.append(node)
                continue
            if is_topic(node.data):
                inside = self._take_topic(node)
            elif is_comment(node.data):
                inside = self._take_comment(node, around)
            else:
                inside = self._look_into(node, around)
                if around.is_listed:
                    pending.append((node, self.count))
            pending += reversed(inside)

    def _look_into(self, node: Node, around: _Around) -> _Inside:
        """Return the objects in one that is neither a topic nor a comment."""
        self._expect_no_error(node)
        data, thread = node.data, around.thread
        if is_event(data):
            return self._below(node, ("comments",), around)
        for key in TOPICS:
            topic = data.get(key)
            if isinstance(topic, dict) and is_topic(topic):
                thread = self._key(node.inner(key, rest=False))
        around = attrs.evolve(around, thread=thread)
        self._note_page(node, around)
        return self._below(node, data, around)

    def _expect_no_error(self, node: Node) -> None:
        errors = node.data.get("errors")
        if errors and node.data.get("data"):
            message = "GitHub returned an error together with the data"
            self.builder.log.add("error-object", message, values=(errors,))
        elif errors or "documentation_url" in node:
            first = errors[0] if isinstance(errors, list) else None
            details = first if isinstance(first, dict) else node.data
            error = shown(details.get("message"), 200)
            raise ParseError(f"GitHub returned an error: {error}", node.place())

    def _below(self, node: Node, keys: Iterable[str], around: _Around) -> _Inside:
        """Return the objects under these keys, alone or in lists."""
        inside: _Inside = []
        for key in keys:
            value, is_listed = node.data.get(key), key in _LISTS
            if isinstance(value, dict):
                of_key = attrs.evolve(
                    around,
                    status=_deletion(node.data) if key == "comment" else around.status,
                    is_answer=around.is_answer or key == "answer",
                    is_listed=False,
                )
                inside.append((node.inner(key, rest=False), of_key))
            elif isinstance(value, list) and (is_listed or any(map(_is_object, value))):
                in_list = attrs.evolve(around, is_listed=is_listed)
                inside += [(each, in_list) for each in node.nodes(key)]
        return inside

    def _note_page(self, node: Node, around: _Around) -> None:
        """Record that a GraphQL connection continues."""
        page = node.inner("pageInfo", rest=False) if "pageInfo" in node else None
        if page is None or not page.is_true("hasNextPage"):
            return
        cursor = page.label("endCursor")
        if is_page_of_topics(node.data):
            message = f"the list continues after {shown(cursor)}"
            self.builder.log.add("more-pages", message, values=(cursor,))
        else:
            stub = Stub(around.parent, StubKind.CURSOR, cursor=cursor)
            self.builder.thread(around.thread).stubs.append(stub)

    # -- topics ----------------------------------------------------------------------------------

    def _key(self, node: Node) -> str:
        """Return the key by which other objects refer to a topic."""
        if (address := address_of(node.data)) is not None:
            return address
        number = node.id("number")
        repository = node.inner("repository", rest=False).data
        name = repository.get("nameWithOwner") or repository.get("full_name")
        if number is not None:
            return f"{name}#{number}" if isinstance(name, str) else number
        return node.id("id") or node.path

    def _take_topic(self, node: Node) -> _Inside:
        self.builder.items([node])
        self.count += 1
        key = self._key(node)
        inside = self._below(node, _BELOW_TOPICS, _Around(key))
        answer = node.data.get("answer")
        names = [answer.get("id") if isinstance(answer, dict) else None]
        names.append(node.data.get("answer_html_url"))
        self._answers.update(name for name in names if isinstance(name, str | int))
        author, (text, text_format) = self._author(node), text_of(node)
        ups, downs, reactions = reactions_of(node)
        claimed, url = claimed_by(node), node.label("html_url") or node.label("url")
        for branch in ("head", "base"):
            if isinstance(node.data.get(branch), dict):
                node.inner(branch).drop("repo", "user")
        node.keep("id", "number")
        drop_twins(node, *_BELOW_TOPICS, "repository")
        article = Article(
            node.label("title"),
            id=key,
            url=url,
            authors=[author] if author is not None else [],
            text=text,
            text_format=text_format,
            created_at=time_of(node, "created_at", "createdAt"),
            edited_at=node.utc("lastEditedAt"),
            site=key.partition("#")[0] if "#" in key else None,
            score=None if ups is None else ups - (downs or 0),
            comment_count=claimed,
            tags=labels_of(node),
            meta=node.rest(empty=False, **reactions),
        )
        self.builder.article(node, article, key)
        return inside

    # -- comments --------------------------------------------------------------------------------

    def _take_comment(self, node: Node, around: _Around) -> _Inside:
        self.builder.items([node])
        self.count += 1
        thread = around.thread or address_of(node.data)
        parent = self._parent(node, around)
        id = self._id(node, thread, parent)
        if parent is None:  # the comment may also occur in a thread of reviews
            parent = self._parents.get((thread, id))
        self._parents[thread, id] = parent
        inside = self._below(node, _BELOW_COMMENTS, _Around(thread, id))
        names = (node.data.get("id"), node.data.get("node_id"), node.data.get("html_url"))
        is_named = any(isinstance(x, str | int) and x in self._answers for x in names)
        author, (text, text_format) = self._author(node), text_of(node)
        ups, downs, reactions = reactions_of(node)
        status = status_of(node, around.status)
        tags = tags_of(node, is_answer=is_named or around.is_answer)
        replies, url = total_of(node, "replies"), node.label("html_url") or node.label("url")
        drop_twins(node, *_BELOW_COMMENTS, "isMinimized")
        comment = Comment(
            id,
            parent if parent != id else None,
            author,
            None if status is Status.DELETED and not text else text,
            text_format=text_format,
            created_at=time_of(node, "created_at", "createdAt", "submitted_at", "submittedAt"),
            edited_at=node.utc("lastEditedAt"),
            is_edited=node.flag("includesCreatedEdit"),
            status=status,
            url=url,
            upvotes=ups,
            downvotes=downs,
            reply_count=node.count("child_comment_count") if replies is None else replies,
            tags=frozenset(tags),
            meta=node.rest(empty=False, **reactions),
        )
        self.builder.comment(node, comment, thread)
        return inside

    def _id(self, node: Node, thread: str | None, parent: str | None) -> str:
        """Return the id of a comment: its number, else its GraphQL id, else its position."""
        raw = node.data.get("id")
        id = node.id("databaseId") or node.id("fullDatabaseId")
        if type(raw) is int or id is None:
            id = node.id("id") if type(raw) is int else number_in(node.data) or node.id("id")
        if id is None:
            self._positions[thread, parent] += 1
            number = self._positions[thread, parent]
            id = f"{number}" if parent is None else f"{parent}.{number}"
            self._made.append(id)
            self.builder.thread(thread).meta = {"ids": "position"}
        for name in (raw, node.data.get("node_id")):
            if isinstance(name, str):
                self._ids[name] = id
        if isinstance(raw, str) and raw != id:
            node.keep("id")
        return id

    def _parent(self, node: Node, around: _Around) -> str | None:
        """Return the parent of a comment, or the review it is part of."""
        for key in ("in_reply_to_id", "parent_id", "replyToId"):
            if (parent := node.id(key)) is not None:
                return self._ids.get(parent, parent)
        for key in ("replyTo", "pullRequestReview"):
            if isinstance(node.data.get(key), dict):
                named = node.inner(key, rest=False)
                parent = named.id("databaseId") or named.id("id")
                if parent is not None:
                    return self._ids.get(parent, around.parent or parent)
        return around.parent or node.id("pull_request_review_id")

    def _author(self, node: Node) -> Author | None:
        keys = [key for key in ("user", "author", "actor") if key in node]
        key = next((key for key in keys if isinstance(node.raw(key), dict)), "user")
        person = node.inner(key, rest=False)
        login, kind = person.label("login"), person.label("type") or person.label("__typename")
        if login is None or login == "ghost":  # a deleted account
            return None
        is_bot = person.flag("is_bot")
        if kind == "Bot" or login.endswith("[bot]"):
            is_bot = True
        elif kind is not None:
            is_bot = False
        id, name = person.id("databaseId") or person.id("id"), person.label("name")
        url = person.label("html_url" if "html_url" in person else "url")
        avatar = person.label("avatar_url") or person.label("avatarUrl")
        known = (login, id, name, url, avatar, is_bot)
        if known not in self._authors:
            self._authors[known] = Author(
                login, id, display_name=name, url=url, avatar_url=avatar, is_bot=is_bot
            )
        return self._authors[known]

    # -- building threads ------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each topic, including those that only comments name."""
        if nodes := self._strangers:
            kinds = Counter(kind_of(node.data) for node in nodes)
            words = ", ".join(f"{count:,} {shown(kind)}" for kind, count in kinds.most_common(20))
            message = f"neither an issue nor a comment: skipped ({words})"
            values, place = tuple(node.data for node in nodes), nodes[0].place()
            self.builder.log.add("not-recognised", message, values=values, place=place)
        if ids := tuple(self._made):
            message = f"{len(ids):,} comments had no id: each got one by position"
            self.builder.log.add("made-id", message, ids=ids)
        return self.builder.reading()


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _deletion(webhook: Mapping[str, object]) -> Status:
    """Return the status of a comment that a webhook reports as deleted, by who deleted it."""
    if webhook.get("action") != "deleted":
        return Status.VISIBLE
    comment = webhook["comment"]
    user = comment.get("user") if isinstance(comment, dict) else None
    logins = [
        person.get("login") if isinstance(person, dict) else None
        for person in (webhook.get("sender"), user)
    ]
    return Status.REMOVED if logins[0] != logins[1] and None not in logins else Status.DELETED
