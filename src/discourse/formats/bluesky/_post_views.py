"""The fields of a post, from a view of it or only its record."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model import Article, Author, Comment, Status, TextFormat
from .._kit import Node, Shared, without_keys

NAME = "bluesky"

POST = "app.bsky.feed.post"
"""The record type of posts."""

_URI = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([^/]+)")
_VIEWER = frozenset({"viewer"})


class Posts:
    """Builds articles and comments from posts; equal authors are one object."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        """The ids of replies that the author of the first post hid."""
        self.tags: dict[str, str] = {}
        """Tags that a response adds to a post from outside it."""
        self._authors = Shared(_author)

    def article(self, node: Node, id: str) -> Article:
        """Return the post that starts a conversation."""
        author = self._author(node, id)
        return Article(
            id=id,
            authors=[author] if author is not None else [],
            score=node.whole("likeCount"),
            **self._fields(node, id, author),
        )

    def comment(self, node: Node, id: str, parent: str | None) -> Comment:
        """Return a reply."""
        author = self._author(node, id)
        return Comment(
            id,
            parent,
            author,
            status=Status.HIDDEN if id in self.hidden else Status.VISIBLE,
            upvotes=node.whole("likeCount"),
            reply_count=node.count("replyCount"),
            **self._fields(node, id, author),
        )

    def _author(self, post: Node, id: str) -> Author | None:
        """Return the author of a post; equal ones are one object. A record only has the DID."""
        profile = post.inner("author", rest=False)
        did = profile.id("did")
        if did is None:
            address = _URI.match(id)
            return Author(id=address[1]) if address is not None else None
        return self._authors.of(profile, "did")

    def _fields(self, node: Node, id: str, author: Author | None) -> dict[str, Any]:
        """Return the fields that articles and comments share."""
        record = record_of(node)
        tags = {f"#{tag}" for tag in record.strings("tags")}
        tags.update(_labels(node.raw("labels")))
        if "labels" in record:
            tags.update(_labels(record.inner("labels").raw("values")))
        if id in self.tags:
            tags.add(self.tags[id])
        lists: dict[str, Any] = {}
        if features := list(_features(record.data.get("facets"))):
            tags.update(f"#{tag}" for feature in features if (tag := _string(feature, "tag")))
            lists = {
                "links": [uri for feature in features if (uri := _string(feature, "uri"))],
                "mentions": [did for feature in features if (did := _string(feature, "did"))],
            }
        languages = record.strings("langs")
        if len(languages) > 1:
            record.keep("langs")
        if node.data.get("embed") is not None:
            lists["embed"] = without_keys(_VIEWER, node.raw("embed"))
            record.drop("embed")  # the same, with unresolved addresses
        record.drop("$type", "reply")
        node.drop("$type", "viewer", "threadgate", "isRead")
        address = _URI.fullmatch(id)
        who = (author.name if author is not None else None) or (address and address[1])
        return {
            "text": record.text("text"),
            "text_format": TextFormat.TEXT,
            "created_at": record.utc("createdAt"),
            "url": address and f"https://bsky.app/profile/{who}/post/{address[2]}",
            "language": languages[0] if languages else None,
            "tags": frozenset(tags),
            "meta": node.rest(empty=False, **{key: value for key, value in lists.items() if value}),
        }


def _author(profile: Node) -> Author:
    did, handle = profile.id("did"), profile.label("handle")
    labels = set(_labels(profile.raw("labels")))
    profile.keep("labels")
    profile.drop("viewer")
    return Author(
        handle if handle != "handle.invalid" else None,
        did,
        display_name=profile.label("displayName"),
        url=f"https://bsky.app/profile/{did}",
        avatar_url=profile.label("avatar"),
        bio=profile.label("description"),
        is_bot=True if "bot" in labels else None,
        meta=profile.rest(empty=False),
    )


def record_of(post: Node) -> Node:
    """Return the record of a post, whichever key it is under."""
    return post.inner("record" if "record" in post else "value")


def is_post(data: Mapping[str, Any]) -> bool:
    """Whether an object is a post's record, or a view of one; a bare record has no URI."""
    record = data.get("record", data.get("value", data))
    if not isinstance(record, dict):
        return False
    if "$type" in record:
        return bool(record["$type"] == POST)
    return "text" in record and "createdAt" in record


def _features(facets: object) -> Iterator[Mapping[str, Any]]:
    for facet in facets if isinstance(facets, list) else ():
        features = facet.get("features") if isinstance(facet, dict) else None
        for feature in features if isinstance(features, list) else ():
            if isinstance(feature, dict):
                yield feature


def _labels(labels: object) -> Iterator[str]:
    """Yield the labels that are set; ``neg`` removes one."""
    for label in labels if isinstance(labels, list) else ():
        if isinstance(label, dict) and not label.get("neg") and (value := _string(label, "val")):
            yield value


def _string(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
