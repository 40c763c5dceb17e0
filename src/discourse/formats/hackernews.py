"""Hacker News: items of its API (Firebase), results of Algolia's search, and rows of BigQuery.

Reads items of the API (``/v0/item/ID.json``): single, in a list, one per line, by id in an object,
or as ``{"post": ..., "comments": [...]}``; Algolia's ``items/ID`` trees, of any depth, and pages of
search hits; rows of the BigQuery table and its copies, one per line; and trees of HNPWA. To get one
thread, read a story and all files of its comments together: ``read([story, *comments])``.

=====================================  ===========================================================
in the item                            in the model
=====================================  ===========================================================
story, job, poll: ``id``, ``title``    `Article` ``id``, ``title``; ``tags``: job, poll, ask_hn, ...
``url``                                ``meta["url"]``; ``url`` is the page at Hacker News
``descendants``, ``num_comments``      ``comment_count``
pollopt                                ``meta["options"]`` of the poll's article, unchanged
comment: ``id``, ``objectID``          `Comment` ``id``
``parent``, ``parent_id``              ``parent_id``; the story itself is the article
``by``, ``author``, ``user``           ``author.name``
``text``, ``comment_text``, ...        ``text``, HTML, unchanged
``time``, ``created_at_i``, ...        ``created_at``
``score``, ``points``                  ``score``
``deleted``; ``dead``                  ``status``: deleted; removed (by flags or moderators)
``kids``, ``children`` as ids          ``reply_count``, and a `Stub` for missing ones
``story_title``, ``story_url``         ``title`` and ``meta["url"]`` of a missing story
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

An item does not name its story. It is items through all parents up to the story, or by
``story_id``. Comments with neither form one thread without an article. Algolia empties deleted and
dead comments: without author and text, a comment is deleted.

Lost: the ranking in the order of ``kids``, ``_highlightResult``, the second form of a time.
Problems: ``more-pages`` (of a search), ``not-recognised``, ``no-id``, and those of JSON and of
`Thread.repair`.
"""

import datetime as dt
from collections.abc import Mapping

import attrs

from .._markup.html import unescape
from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, Stub, TextFormat
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents, without_resolved

_TYPES = {"story", "comment", "job", "poll", "pollopt", "link", "ask"}  # the last two of HNPWA
_MADE_TAGS = ("author_", "story_")
_DEAD_TEXTS = {"[dead]", "[flagged]"}
_DROPPED = (
    *("_highlightResult", "_tags", "author", "created_at", "level", "objectID"),
    *("story_title", "story_url", "time_ago", "time_ts", "timestamp", "type"),
)
_PAGE = "https://news.ycombinator.com/item?id="


def parse(text: str) -> Reading:
    """Read the items in a text, in any envelope."""
    reader = _Reader()
    is_known = False
    for path, value in documents(text, reader.builder.log):
        nodes = _items(reader.builder, value, path)
        is_empty_search = isinstance(value, dict) and value.get("hits") == []
        is_known = is_known or is_empty_search or any(_is_item(node.data) for node in nodes)
        reader.take(nodes)
    if not is_known:
        raise ParseError("no item of Hacker News in this input", Place(path="$"))
    return reader.reading()


def _is_item(data: Mapping[str, object]) -> bool:
    if "id" not in data and "objectID" not in data:
        return False
    kind = data.get("type")
    is_typed = isinstance(kind, str) and kind in _TYPES
    if "time" in data:  # of the API, BigQuery or HNPWA
        return is_typed or not data.keys().isdisjoint(("by", "deleted", "dead"))
    if "author" in data and "created_at_i" in data:  # of Algolia
        return True
    return (is_typed and ("children" in data or "points" in data)) or (
        "_tags" in data and "objectID" in data
    )


def _items(builder: Builder, value: object, path: str) -> list[Node]:
    """Return the items of a response or a dump; null is an id that was never used."""
    if value is None:
        return []
    if isinstance(value, list):
        value = [each for each in value if each is not None]
    items: list[Node] = []
    for node in builder.roots(value, path):
        inside = [] if _is_item(node.data) else _inside(builder, node)
        items += inside if any(_is_item(inner.data) for inner in inside) else [node]
    return [node for node in items if node.data.get("hits") != []]


def _inside(builder: Builder, outer: Node) -> list[Node]:
    """Return the objects in an envelope: a page of hits, or items or a page under any keys."""
    if "hits" not in outer:
        inside = [node for key in outer.data for node in _objects(outer, key)]
        pages = [node for node in inside if "hits" in node]
        return [hit for page in pages for hit in _inside(builder, page)] if pages else inside
    number, count = outer.data.get("page"), outer.data.get("nbPages")
    if isinstance(number, int) and isinstance(count, int) and number + 1 < count:
        message = f"this is page {number + 1:,} of {count:,} of a search"
        builder.log.add("more-pages", message, place=outer.place())
    return outer.nodes("hits")


def _objects(outer: Node, key: str) -> list[Node]:
    value = outer.data[key]
    if isinstance(value, dict):
        return [outer.inner(key, rest=False)]
    return outer.nodes(key) if _has_objects(value) else []


def _has_objects(values: object) -> bool:
    return isinstance(values, list) and any(isinstance(each, dict) for each in values)


@attrs.frozen
class _Item:
    """A comment with the ids that lead to its thread."""

    node: Node
    id: str
    parent: str | None
    story: str | None


class _Reader:
    """Collects items in any order, then finds the story of each."""

    def __init__(self) -> None:
        self.builder = Builder("hackernews", platform="hackernews", settle=settle)
        self._articles: set[str] = set()
        self._authors: dict[str, Author] = {}
        self._comments: dict[str, _Item] = {}
        self._again: list[_Item] = []
        """Comments with the id of an earlier one."""
        self._kids: dict[str, list[str]] = {}
        """The ids of the replies to each item."""
        self._stories: dict[str, Article] = {}
        """Articles of stories that may be missing, from search hits."""
        self._options: dict[str, list[object]] = {}
        """The options of polls."""

    def take(self, nodes: list[Node]) -> None:
        """Add items and the items nested in them."""
        pending: list[tuple[Node, str | None, str | None]] = [
            (node, None, None) for node in reversed(self.builder.items(nodes))
        ]
        while pending:
            node, above, story = pending.pop()
            id = _id(node, "id", "objectID")
            if above is None and not _is_item(node.data):
                self.builder.skip(node, "not-recognised", "not an item")
            elif id is None:
                self.builder.skip(node, "no-id", "an item without an id")
            else:
                inner, story = self._take(node, id, above, story)
                pending += [(each, id, story) for each in reversed(self.builder.items(inner))]

    def _take(
        self, node: Node, id: str, above: str | None, story: str | None
    ) -> tuple[list[Node], str | None]:
        """Add an item; return the items nested in it, and the id of their story."""
        inner, self._kids[id] = _replies(node)
        parent = _id(node, "parent", "parent_id")
        named_story = _id(node, "story_id")
        kind = _kind(node, above or parent)
        if kind == "pollopt":
            if (poll := _id(node, "poll") or above or parent) is None:
                self.builder.skip(node, "no-parent", "an option without a poll", ids=(id,))
            else:
                self._options.setdefault(poll, []).append(dict(node.data))
                self.builder.done(node)
            return inner, story
        if kind != "comment":
            self._articles.add(id)
            self.builder.article(node, _article(node, id, kind, self._author(node)), id)
            return inner, id
        story = story or named_story
        if story is not None and story not in self._stories:
            self._stories[story] = _story(node, story)
        item = _Item(node, id, above or parent, story)
        if self._comments.setdefault(id, item) is not item:
            self._again.append(item)
        return inner, story

    def reading(self) -> Reading:
        """Return a thread for each story, and one for the comments of unknown stories."""
        builder = self.builder
        roots = self._roots()
        for item in [*self._comments.values(), *self._again]:
            root, count = roots[item.id], len(self._kids[item.id]) or None
            comment = _comment(item, root, count, self._author(item.node))
            builder.comment(item.node, comment, root)
        for id, kids in self._kids.items():
            absent = [kid for kid in kids if kid not in self._kids]
            if absent and id in self._articles:
                builder.thread(id).stubs.append(Stub(ids=absent))
            elif absent and id in roots:
                builder.thread(roots[id]).stubs.append(Stub(id, ids=absent))
        for id, story in self._stories.items():
            if id in builder.threads and builder.thread(id).article is None:
                builder.thread(id).article = story
        for poll, options in self._options.items():
            article = builder.thread(poll).article or Article(id=poll)
            meta = article.meta | {"options": options}
            builder.thread(poll).article = attrs.evolve(article, meta=meta)
        return builder.reading()

    def _author(self, node: Node) -> Author | None:
        name = node.label(_first(node, "by", "author", "user"))
        if name is None:
            return None
        author = self._authors.get(name)
        if author is None:
            author = self._authors[name] = Author(name)
        return author

    def _roots(self) -> dict[str, str | None]:
        """Return the id of the story of each comment, items through its parents. O(n)."""
        roots: dict[str, str | None] = {}
        for start in self._comments:
            chain: dict[str, None] = {}  # a loop ends it
            story: str | None = None
            id: str | None = start
            while id is not None and id in self._comments and id not in roots and id not in chain:
                chain[id] = None
                item = self._comments[id]
                story, id = item.story or story, item.parent
            if id in self._articles:
                story = id
            elif id in roots:
                story = roots[id] or story
            roots.update(dict.fromkeys(chain, story))
        return roots


def _replies(node: Node) -> tuple[list[Node], list[str]]:
    """Return the items nested in one, and the ids of its replies if it has only ids."""
    inner: list[Node] = []
    ids: list[str] = []
    for key in ("kids", "children", "comments"):
        values = node.data.get(key)
        if not values or not isinstance(values, list):
            if values == []:
                node.drop(key)
            continue
        if _has_objects(values):
            inner += node.nodes(key)
        else:
            node.drop(key)
            ids += [str(each) for each in values if type(each) in (int, str) and each != ""]
    return inner, ids


def _kind(node: Node, parent: str | None) -> str:
    kind, tags = node.data.get("type"), node.data.get("_tags")
    if kind is None and isinstance(tags, list) and tags:
        kind = tags[0]
    if isinstance(kind, str) and kind in _TYPES:
        return kind
    return "story" if parent is None and node.data.get("comment_text") is None else "comment"


def _story(node: Node, id: str) -> Article:
    """Return the story of a comment, from a search hit."""
    title, target = node.label("story_title"), node.label("story_url")
    meta = {} if target is None else {"url": target}
    return Article(None if title is None else unescape(title), id=id, url=_PAGE + id, meta=meta)


def _article(node: Node, id: str, kind: str, author: Author | None) -> Article:
    title = node.label("title")
    tags = node.data.get("_tags")
    labels = {kind} if kind in ("job", "poll") else set()
    if isinstance(tags, list):  # the type, the author and the story
        labels |= {
            tag for tag in tags[1:] if isinstance(tag, str) and not tag.startswith(_MADE_TAGS)
        }
    count = _whole(node, "descendants", "num_comments", "comments_count")
    created_at = _time(node)
    text, score = _text(node), _whole(node, "score", "points")
    node.drop(*_DROPPED)
    return Article(
        None if title is None else unescape(title),
        id=id,
        url=_PAGE + id,
        authors=() if author is None else (author,),
        text=text or None,
        text_format=TextFormat.HTML,
        created_at=created_at,
        score=score,
        comment_count=None if count is None else max(count, 0),
        tags=labels - {""},
        meta=node.rest(empty=False),
    )


def _comment(
    item: _Item, root: str | None, reply_count: int | None, author: Author | None
) -> Comment:
    node, text = item.node, _text(item.node)
    status = Status.VISIBLE
    if node.raw("deleted") == 1 or (author is None and text is None and "created_at_i" in node):
        status = Status.DELETED
    elif node.raw("dead") == 1:
        status = Status.REMOVED
        text = None if text in _DEAD_TEXTS else text
    score, created_at = _whole(node, "score", "points"), _time(node)
    node.drop(*_DROPPED)
    return Comment(
        item.id,
        None if item.parent == root else item.parent,
        author,
        text,
        text_format=TextFormat.HTML,
        created_at=created_at,
        status=status,
        url=_PAGE + item.id,
        score=score,
        reply_count=reply_count,
        meta=node.rest(empty=False),
    )


def _first(node: Node, *keys: str) -> str:
    """Return the first of these keys that has a value; without any, the first."""
    data = node.data
    for key in keys:
        if data.get(key) is not None:
            return key
    return keys[0]


def _id(node: Node, *keys: str) -> str | None:
    """Return the first id under these keys; tables write 0 for none and 8863.0 for 8863."""
    key = _first(node, *keys)
    value = node.raw(key)
    if value is None:
        return None
    if type(value) is float and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    id = str(value) if type(value) is int else node.id(key)
    return None if id == "0" else id


def _whole(node: Node, *keys: str) -> int | None:
    """Return an integer, which BigQuery writes as text."""
    key = _first(node, *keys)
    value = node.raw(key)
    if type(value) is str and value.isdecimal() and len(value) < 19:
        return int(value)
    return node.whole(key) if value != "" else None


def _text(node: Node) -> str | None:
    return node.text(_first(node, "text", "comment_text", "story_text", "content"))


def _time(node: Node) -> dt.datetime | None:
    key = _first(node, "created_at_i", "time", "created_at")
    value = node.raw(key)
    is_clock = type(value) is str and "-" in value[1:]  # as ClickHouse writes times
    return node.utc(key) if is_clock else node.epoch(key)


def settle(thread: Thread) -> Thread:
    """Return the thread with replies to the story, which another file has, at the top level."""
    story = thread.article.id if thread.article is not None else None
    unknown = thread.get(story) if story is not None else None
    if unknown is not None and unknown.status is Status.MISSING:
        comments = [
            attrs.evolve(each, parent_id=None) if each.parent_id == story else each
            for each in thread
            if each is not unknown
        ]
        stubs = [
            attrs.evolve(stub, parent_id=None) if stub.parent_id == story else stub
            for stub in thread.stubs
        ]
        thread = attrs.evolve(thread, comments=comments, stubs=stubs)
    return without_resolved(thread)


FORMAT = catalogued("hackernews", parse=parse, settle=settle)
