"""Find the posts in activities and collections, and group them into conversations."""

from collections import Counter

import attrs

from ...errors import ParseError, Place
from ...model import Status, Stub, StubKind
from .._base import Reading
from .._kit import Builder, Conversations, Node, documents
from ._object_fields import Fields
from ._vocabulary import (
    ACTORS,
    COLLECTIONS,
    DELETING,
    MAKING,
    PAGES,
    POSTS,
    PRIVATE,
    TOMBSTONE,
    UNDOING,
    address_of,
    is_of_the_vocabulary,
    many,
    names_of,
    page_of,
    types_of,
)

NAME = "activitystreams"

#: The keys of collections; AS1 and some servers leave out the type.
_CONTENTS = frozenset({"items", "orderedItems", "first", "totalItems"})

ANONYMOUS = ""
"""The thread key of a post without an id, and of replies to it."""


def parse(text: str) -> Reading:
    """Read objects, activities and collections; several documents may follow each other."""
    reader = _Reader()
    for path, document in documents(text, reader.builder.log):
        reader.take(document, path)
    return reader.reading()


@attrs.define
class _Candidate:
    """An object, and what its surroundings say about it."""

    node: Node
    above: str | None = None
    """The key of the post whose ``replies`` contain it."""
    is_update: bool = False


@attrs.define
class _Post:
    """A post to become an article or a comment."""

    node: Node
    id: str | None
    answers: list[str] | None
    """The names of its parent; None for a post that is not a reply."""
    is_update: bool


class _Reader:
    """Collects the posts of all documents: only together do they show the conversations."""

    def __init__(self) -> None:
        self.builder = Builder(NAME, platform="activitypub")
        self._fields = Fields()
        self._posts: dict[str, _Post] = {}
        self._keys: dict[str, str] = {}
        """The keys of posts by their alternative names."""
        self._made: dict[str, None] = {}
        """The ids made for replies without one."""
        self._stubs: list[tuple[str, Stub]] = []
        self._deleted: dict[str, tuple[Node, str | None]] = {}
        """Who deleted which object, with the activity."""
        self._activities: Counter[str] = Counter()
        self._is_known = self._is_empty = False

    # -- finding posts ---------------------------------------------------------------------------

    def take(self, document: object, path: str) -> None:
        """Collect the posts of a document."""
        if isinstance(document, list):
            message = "must be one object or collection, not an array: its objects are read"
            self.builder.log.add("bad-value", message, place=Place(path=path))
        pending = [_Candidate(node) for node in self.builder.roots(document, path)]
        self._is_known |= any(is_of_the_vocabulary(candidate.node.data) for candidate in pending)
        pending.reverse()
        while pending:
            candidate = pending.pop()
            self.builder.items([candidate.node])
            pending += reversed(self._inside(candidate))

    def _inside(self, candidate: _Candidate) -> list[_Candidate]:
        """Read an object, and return the objects in it."""
        node, data = candidate.node, candidate.node.data
        types = types_of(data)
        if types & COLLECTIONS or (not types and _CONTENTS & data.keys()):
            self.builder.done(node)
            return self._collection(candidate, types)
        if types & ACTORS:
            self._fields.actors[node.id("id") or node.path] = node
            return []
        if "object" in data and not types & POSTS:
            return self._activity(node, types)
        if types & PRIVATE:
            self.builder.skip(node, "not-recognised", "a private message, not a discussion")
            return []
        is_reply = candidate.above is not None or data.get("inReplyTo") is not None
        has_words = "content" in data or "contentMap" in data
        if types & POSTS or (types and has_words) or (TOMBSTONE in types and is_reply):
            return self._post(candidate)
        what = f"an object of type {', '.join(sorted(types))[:100]!a}" if types else "an object"
        self.builder.skip(node, "not-recognised", f"{what}, not a post")
        return []

    def _collection(self, candidate: _Candidate, types: frozenset[str]) -> list[_Candidate]:
        """Read a collection or a page of one: its items, and where it continues."""
        node, data, inside = candidate.node, candidate.node.data, []
        absent: list[str] = []
        for key, wrong in (("items", "orderedcollection"), ("orderedItems", "collection")):
            if key in node and types & {wrong, f"{wrong}page"}:
                message = f"{key} do not belong in a {wrong}: read anyway"
                self.builder.log.add("bad-value", message, place=node.place(key))
            for position, item in enumerate(many(node.raw(key))):
                if isinstance(item, dict) and not types_of(item) & {"link"}:
                    step = f".{key}[{position}]"
                    inside.append(_Candidate(Node(item, node.log, step, node), candidate.above))
                elif (address := address_of(item)) is not None:
                    absent.append(address)
                else:
                    node.refuse(key, item, "objects or their addresses")
        cursors = []
        for key in ("first", "next"):
            page = node.raw(key)
            if isinstance(page, dict) and types_of(page) & PAGES:
                inside.append(_Candidate(node.inner(key, rest=False), candidate.above))
            elif isinstance(page, dict) and not types_of(page) & {"link"}:
                node.refuse(key, page, "a page of a collection, or its address")
            elif (address := address_of(page)) is not None and data.get("totalItems") != 0:
                cursors.append(address)
        self._absent(node, candidate.above, absent, cursors)
        self._is_empty |= not any(data.get(key) for key in ("id", "items", "orderedItems", "first"))
        return inside

    def _absent(self, node: Node, above: str | None, ids: list[str], cursors: list[str]) -> None:
        """Record what a collection names but does not contain."""
        if above is not None:
            if ids:
                self._stubs.append((above, Stub(None, StubKind.MORE, ids=tuple(ids))))
            for cursor in cursors:
                self._stubs.append((above, Stub(None, StubKind.CURSOR, cursor=cursor)))
            return
        if ids:
            message = f"the collection names {len(ids):,} objects that are not in it"
            self.builder.log.add("more-pages", message, values=tuple(ids), place=node.place())
        for cursor in cursors:
            message = f"the collection continues at {cursor[:200]!a}"
            self.builder.log.add("more-pages", message, values=(cursor,), place=node.place())

    def _activity(self, node: Node, types: frozenset[str]) -> list[_Candidate]:
        """Read an activity, and return its objects."""
        name = ", ".join(sorted(types - {"activity"})) or "no type"
        targets = many(node.raw("object"))
        inside = []
        for position, target in enumerate(targets):
            if isinstance(target, dict):
                actor = {"attributedTo": node.data["actor"]} if "actor" in node else {}
                merged = (
                    {**actor, **target} if types & MAKING and "author" not in target else target
                )
                inside.append(Node(merged, node.log, f".object[{position}]", node))
            elif address_of(target) is None:
                node.refuse("object", target, "an object or its address")
        if DELETING in types:
            for target in targets:
                if (address := address_of(target)) is not None:
                    self._deleted[address] = node, address_of(node.data.get("actor"))
            if not targets or len(targets) != len([t for t in targets if address_of(t)]):
                self.builder.skip(node, "not-recognised", "a deletion of something without an id")
            return []
        if not (types & MAKING and len(inside) == len(targets)):
            self._activities[name] += 1
        self.builder.done(node)
        if types & UNDOING:
            return []
        return [_Candidate(each, is_update="update" in types) for each in inside]

    def _post(self, candidate: _Candidate) -> list[_Candidate]:
        node = candidate.node
        id = self._id(node)
        answers = self._answers(node, candidate.above)
        if id is None and answers is not None:
            id = page_of(node.data.get("url"))
            if id is None:
                id = node.path
                self._made[id] = None
        key = id if id is not None else self._free_key()
        if not self._is_newer(key, candidate):
            return []
        self._posts[key] = _Post(node, id, answers, candidate.is_update)
        for name in names_of(node.data):
            self._keys.setdefault(name, key)
        inside = [
            _Candidate(Node(value, node.log, ".inReplyTo", node))
            for value in many(node.data.get("inReplyTo"))
            if isinstance(value, dict) and ("content" in value or "attributedTo" in value)
        ]
        replies = node.data.get("replies")
        if isinstance(replies, dict | list):
            collection = {"items": replies} if isinstance(replies, list) else replies
            inside.append(_Candidate(Node(collection, node.log, ".replies", node), key))
        elif (address := address_of(replies)) is not None:
            self._stubs.append((key, Stub(None, StubKind.CURSOR, cursor=address)))
        return inside

    def _id(self, node: Node) -> str | None:
        if "id" in node and not isinstance(node.data["id"], str | None):
            node.refuse("id", node.data["id"], "an address")
            return None
        return node.label("id")

    def _free_key(self) -> str:
        return f" {len(self._posts)}" if ANONYMOUS in self._posts else ANONYMOUS

    def _answers(self, node: Node, above: str | None) -> list[str] | None:
        """Return the names of a post's parent, or None."""
        values = many(node.data.get("inReplyTo"))
        names = [name for value in values for name in names_of(value)]
        if names:
            return names
        if above is not None:
            return [above]
        return [ANONYMOUS] if any(isinstance(value, dict) for value in values) else None

    def _is_newer(self, key: str, candidate: _Candidate) -> bool:
        """Whether an object has more than an earlier one with the same id, if any."""
        known = self._posts.get(key)
        if known is None:
            return True
        new, old = candidate.node.data, known.node.data
        is_other = "content" in new and "content" in old and new["content"] != old["content"]
        if is_other and candidate.is_update == known.is_update:
            message = f"object {key!a} occurs twice, with different content"
            self.builder.skip(candidate.node, "duplicate-conflict", message, ids=(key,))
            return False
        is_newer = (candidate.is_update, len(new)) > (known.is_update, len(old))
        self.builder.done(known.node if is_newer else candidate.node)
        return is_newer

    # -- building threads ------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each conversation."""
        if not self._is_known:
            raise ParseError("there are no ActivityStreams objects in it", Place(path="$"))
        parents = {key: self._parent(post) for key, post in self._posts.items()}
        parents.setdefault(ANONYMOUS, None)
        conversations = Conversations(parents)
        for key, post in self._posts.items():
            self._take_post(key, post, parents[key], conversations)
        self._take_stubs(parents, conversations)
        for node, _ in self._deleted.values():
            self.builder.skip(node, "not-recognised", "a deletion of an object that is missing")
        self._report()
        draft = self.builder.threads.get(ANONYMOUS)
        if draft is not None:
            draft.is_rootless = True
        elif not self.builder.threads and self._is_empty:
            self.builder.thread(None)
        return self.builder.reading()

    def _parent(self, post: _Post) -> str | None:
        """Return the key of a post's parent: of several names, the last one that is present.

        Lemmy once listed the post first and the comment last.
        """
        if post.answers is None:
            return None
        keys = [self._keys.get(name, name) for name in post.answers]
        return next((key for key in reversed(keys) if key in self._posts), keys[0])

    def _take_post(
        self, key: str, post: _Post, parent: str | None, conversations: Conversations
    ) -> None:
        status = self._status(key, post)
        if parent is None:
            article = self._fields.article(post.node, post.id)
            if status is not None:
                article = attrs.evolve(article, tags=article.tags | {status.value})
            self.builder.article(post.node, article, key)
        else:
            thread, above = conversations.thread_of_reply(self.builder, parent)
            self.builder.comment(
                post.node, self._fields.comment(post.node, key, above, status), thread
            )
            if key in self._made:
                self.builder.thread(thread).meta = {"ids": "position"}

    def _status(self, key: str, post: _Post) -> Status | None:
        """Return the status of what an activity deletes, by who deleted it."""
        node, actor = self._deleted.pop(key, (None, None))
        if node is None:
            return None
        self.builder.done(node)
        authors = [address_of(each) for each in many(post.node.data.get("attributedTo"))]
        is_by_author = actor is None or not authors or actor in authors
        return Status.DELETED if is_by_author else Status.REMOVED

    def _take_stubs(self, parents: dict[str, str | None], conversations: Conversations) -> None:
        for above, stub in dict.fromkeys(self._stubs):
            thread, parent = conversations.thread_of_reply(self.builder, above)
            ids = tuple(id for id in stub.ids if self._keys.get(id, id) not in parents)
            if ids or stub.cursor is not None:
                self.builder.thread(thread).stubs.append(
                    attrs.evolve(stub, parent_id=parent, ids=ids)
                )

    def _report(self) -> None:
        for key, node in self._fields.actors.items():
            if key in self._fields.used:
                self.builder.done(node)
            else:
                self.builder.skip(node, "not-recognised", "an actor who wrote none of these posts")
        if ids := tuple(self._made):
            message = f"{len(ids):,} replies without an id: each got one by its position"
            self.builder.log.add("made-id", message, ids=ids)
        for name, count in self._activities.items():
            kind = "reposts" if name in ("announce", "share") else "not-recognised"
            message = f"{count:,} activities ({name[:100]}), not posts"
            self.builder.log.add(kind, message, values=(name,))
