"""Find the posts in responses of Bluesky's services, and group them into conversations."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import ParseError, Place
from ...model import Stub, StubKind
from .._base import Reading
from .._kit import Builder, Node, documents, map_objects
from ._post_views import NAME, POST, Posts, is_post, record_of

_SNAKE = re.compile(r"_([a-z])")
_LISTS = ("feed", "posts", "records", "notifications")
#: The kind of stub for each type of hidden post, by the end of the type.
_GAPS = {
    "notFoundPost": StubKind.NOT_FOUND,
    "threadItemNotFound": StubKind.NOT_FOUND,
    "blockedPost": StubKind.BLOCKED,
    "threadItemBlocked": StubKind.BLOCKED,
    "threadItemNoUnauthenticated": StubKind.BLOCKED,
}


def parse(text: str) -> Reading:
    """Read one response of a service, or several in a row."""
    reader = _Reader()
    is_sdk = '"py_type"' in text
    for path, answer in documents(text, reader.builder.log):
        reader.take(map_objects(_as_on_the_wire, answer) if is_sdk else answer, path)
    return reader.reading()


class _Reader:
    """Collects the posts of all responses: a post may come several times, in any order."""

    def __init__(self) -> None:
        self.builder = Builder(NAME, platform=NAME)
        self._posts: dict[str, Node] = {}
        self._parents: dict[str, tuple[str | None, str | None]] = {}
        """For each post, its parent and the first post of its conversation, as it states them."""
        self._stubs: list[tuple[Node | None, str, Stub]] = []
        """Gaps, each with the id of a post in the same conversation."""
        self._without_replies: dict[str, None] = {}
        self._is_list = self._has_others = False
        self._reposted: list[str] = []
        self._fields = Posts()

    # -- finding posts ---------------------------------------------------------------------------

    def take(self, answer: object, path: str) -> None:
        """Collect the posts and gaps of a response."""
        pending = [(node, "", False) for node in self.builder.roots(answer, path)]
        pending.reverse()
        while pending:
            node, near, is_above = pending.pop()
            self.builder.items([node])
            inside = list(self._inside(node, near, is_above))
            pending += reversed(inside)

    def _inside(self, node: Node, near: str, is_above: bool) -> Iterator[tuple[Node, str, bool]]:  # noqa: FBT001 - inside only
        """Read an object, and yield the objects in it, each with the id of a nearby post.

        Args:
            node: The object.
            near: The id of that post; empty for none.
            is_above: Whether the object is an ancestor of that post, not a reply to it.
        """
        data = node.data
        if (kind := _gap(data)) is not None:
            self._take_gap(node, kind, near, is_above)
        elif isinstance(data.get("post"), dict):
            yield from self._view(node, "" if is_above else near)
        elif is_post(data):
            self._take_post(node, "" if is_above else near)
        elif isinstance(data.get("commit"), dict) and "did" in data:
            self._take_commit(node)
        elif isinstance(data.get("thread"), list):
            yield from self._flat_thread(node)
        elif isinstance(data.get("thread"), dict):
            self._take_threadgate(node)
            self.builder.done(node)
            yield node.inner("thread", rest=False), "", False
        elif (key := next((k for k in _LISTS if isinstance(data.get(k), list)), None)) is not None:
            if (cursor := node.label("cursor")) is not None:
                message = f"the response continues after {cursor[:100]!a}"
                self.builder.log.add("more-pages", message, values=(cursor,))
            self._is_list = True
            self.builder.done(node)
            yield from ((each, "", False) for each in node.nodes(key))
        else:
            self._has_others = True
            self.builder.skip(node, "not-recognised", "not a post of Bluesky")

    def _view(self, node: Node, parent: str) -> Iterator[tuple[Node, str, bool]]:
        """Read a post and what surrounds it in a thread or a feed."""
        post = node.inner("post", rest=False)
        id = post.id("uri") or ""
        self.builder.done(node)
        yield post, parent, False
        self._take_signs(node, id)
        for key in ("root", "parent") if "reply" in node else ():
            if isinstance(node.inner("reply").data.get(key), dict):
                yield node.inner("reply").inner(key, rest=False), id, True
        if isinstance(node.data.get("parent"), dict):
            yield node.inner("parent", rest=False), id, True
        if isinstance(node.data.get("replies"), list):
            yield from ((reply, id, False) for reply in node.nodes("replies"))
        elif node.data.get("parent") or str(node.data.get("$type")).endswith("threadViewPost"):
            self._without_replies[id] = None

    def _take_signs(self, view: Node, id: str) -> None:
        """Read what a feed or a thread adds to a post: pins, likes of the author."""
        if "reason" in view:
            reason = str(view.inner("reason").data.get("$type"))
            if reason.endswith("reasonRepost"):
                self._reposted.append(id)
            elif reason.endswith("reasonPin"):
                self._fields.tags[id] = "pinned"
        context = view.inner("threadContext") if "threadContext" in view else None
        if context is not None and context.label("rootAuthorLike") is not None:
            self._fields.tags[id] = "liked-by-author"

    def _flat_thread(self, answer: Node) -> Iterator[tuple[Node, str, bool]]:
        """Read the rows of a thread, which state their depth."""
        self._take_threadgate(answer)
        self.builder.done(answer)
        rows = self.builder.items(answer.nodes("thread"))
        ids = [row.id("uri") or "" for row in rows]
        posts = (id for row, id in zip(rows, ids, strict=True) if "post" in row.inner("value"))
        first = next(posts, "")
        above: dict[int, str] = {}
        for row, id in zip(rows, ids, strict=True):
            value, depth = row.inner("value"), row.whole("depth") or 0
            above[depth] = id
            self.builder.done(row)
            if _gap(value.data) is not None:
                parent = above.get(depth - 1)
                gap = Node({**value.data, "uri": id}, value.log, value.step, row)
                yield gap, parent or first, parent is None
            else:
                yield value.inner("post", rest=False), "", False
                self._take_row(value, id)
            if depth == 0 and answer.is_true("hasOtherReplies"):
                self._stubs.append((None, id, Stub(id, StubKind.MORE)))

    def _take_row(self, value: Node, id: str) -> None:
        if value.is_true("hiddenByThreadgate"):
            self._fields.hidden.add(id)
        if count := value.count("moreReplies"):
            self._stubs.append((None, id, Stub(id, StubKind.MORE, count=count)))
        if value.is_true("moreParents"):
            self._stubs.append((None, id, Stub(None, StubKind.CONTINUE)))

    def _take_gap(self, node: Node, kind: StubKind, near: str, is_above: bool) -> None:  # noqa: FBT001 - inside only
        id = node.id("uri")
        if id is None:
            self.builder.skip(node, "no-id", "a hidden post without its URI")
            return
        stub = Stub((near or None) if not is_above else None, kind, ids=(id,))
        self._stubs.append((node, near or id, stub))

    def _take_commit(self, node: Node) -> None:
        commit = node.inner("commit")
        if not is_post(commit.data):
            self._has_others = True
            self.builder.skip(node, "not-recognised", "a commit that creates no post")
            return
        id = f"at://{node.id('did')}/{POST}/{commit.id('rkey')}"
        post = {key: commit.data[key] for key in ("cid", "record") if key in commit}
        post |= {"uri": id, "time_us": node.data.get("time_us")}
        self.builder.done(node)
        (post_node,) = self.builder.items([Node(post, node.log, node.step, node.above)])
        self._take_post(post_node)

    def _take_post(self, node: Node, shown_below: str = "") -> None:
        id = node.id("uri")
        known = self._posts.get(id or "")
        if id is None:
            self.builder.skip(node, "no-id", "a post without its URI")
        elif known is not None and known.data.get("cid") == node.data.get("cid"):
            self.builder.done(node)  # another copy; the content of one cid never changes
        elif known is not None:
            message = f"post {id!a} occurs twice, with different content"
            self.builder.skip(node, "duplicate-conflict", message, ids=(id,))
        else:
            self._posts[id] = node
            reply = record_of(node).inner("reply")
            parent = reply.inner("parent", rest=False).id("uri") or shown_below or None
            root = reply.inner("root", rest=False).id("uri") or parent
            self._parents[id] = (None, None) if parent is None else (parent, root)
            self._take_threadgate(node)

    def _take_threadgate(self, node: Node) -> None:
        if "threadgate" not in node:
            return
        gate = node.inner("threadgate").data.get("record")
        hidden = gate.get("hiddenReplies") if isinstance(gate, dict) else None
        if isinstance(hidden, list):
            self._fields.hidden.update(id for id in hidden if isinstance(id, str))

    # -- building threads ------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each conversation."""
        if not self._posts and not self._stubs and (self._has_others or not self._is_list):
            raise ParseError("there are no posts of Bluesky in it", Place(path="$"))
        roots = self._roots()
        here: dict[str | None, int] = {}
        for parent, _ in self._parents.values():
            here[parent] = here.get(parent, 0) + 1
        for id, node in self._posts.items():
            parent, _ = self._parents[id]
            if parent is None:
                self.builder.article(node, self._fields.article(node, id), id)
            else:
                above = None if parent == roots[id] else parent
                self.builder.comment(node, self._fields.comment(node, id, above), roots[id])
        self._take_stubs(roots, here)
        if self._reposted:
            message = f"{len(self._reposted):,} reposts: the posts they share were read instead"
            self.builder.log.add("reposts", message, values=tuple(self._reposted))
        return self.builder.reading()

    def _roots(self) -> dict[str, str]:
        """Return the first post of each post's conversation.

        Each post names it, but bridges from other networks name the parent there. What the topmost
        known post names is therefore the first post.
        """
        roots: dict[str, str] = {}
        for id in self._parents:
            chain = []
            at = id
            while at not in roots:
                parent, root = self._parents[at]
                roots[at] = root or at  # as stated; a loop ends here
                chain.append(at)
                if parent is None or parent not in self._parents:
                    break
                at = parent
            for step in chain:
                roots[step] = roots[at]
        return roots

    def _take_stubs(self, roots: dict[str, str], here: dict[str | None, int]) -> None:
        stubs = dict.fromkeys(self._stubs)
        for id in self._without_replies:
            if (post := self._posts.get(id)) is not None:
                count = (post.count("replyCount") or 0) - here.get(id, 0)
                if count > 0:
                    stubs[None, id, Stub(id, StubKind.CONTINUE, count=count)] = None
        seen: set[tuple[str, Stub]] = set()
        for node, near, stub in stubs:
            root = roots.get(near, near)
            if stub.parent_id == root:
                stub = Stub(None, stub.kind, ids=stub.ids, count=stub.count)
            absent = not stub.ids or any(id not in self._posts for id in stub.ids)
            if absent and (root, stub) not in seen:
                seen.add((root, stub))
                self.builder.stub(node, stub, root)
            else:
                self.builder.done(node)


def _gap(data: Mapping[str, Any]) -> StubKind | None:
    kind = data.get("$type")
    if isinstance(kind, str):
        return _GAPS.get(kind.rpartition("#")[2])
    if data.get("notFound") is True:
        return StubKind.NOT_FOUND
    return StubKind.BLOCKED if data.get("blocked") is True else None


def _as_on_the_wire(data: dict[str, Any]) -> dict[str, Any]:
    """Rename the keys of an object dumped by the Python SDK to those of the protocol."""
    return {_camel(key): value for key, value in data.items()}


def _camel(key: str) -> str:
    return "$type" if key == "py_type" else _SNAKE.sub(lambda match: match[1].upper(), key)
