"""`Builder` builds threads from the items of an input, and accounts for each item."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, TypeVar

import attrs

from ..._markup.local_times import LOCAL, local_times, resolved
from ..._problems import ProblemLog
from ...errors import ParseError, Place, shown
from ...model import EMPTY, Article, Comment, Source, Stub
from ...thread import Thread
from .._base import Reading
from ._node import Node, nodes_of

_Item = TypeVar("_Item")

STRICT = False
"""Whether a forgotten item raises `AssertionError` (for tests), and is not just a problem."""


@attrs.define
class Draft:
    """A thread under construction."""

    article: Article | None = None
    comments: list[Comment] = attrs.field(factory=list)
    stubs: list[Stub] = attrs.field(factory=list)
    url: str | None = None
    """Fields of the `Source`."""
    meta: Mapping[str, object] = EMPTY
    """Fields of the `Thread`."""
    is_rootless: bool = False
    """Whether the article is unknown. If not, a key without an article is the article's id."""


class Builder:
    """Builds a `Reading` from the items of an input.

    An item is what the format counts: an object or an element. Pass all of them to `items`, then
    each exactly once to `comment`, `article`, `stub`, `skip` or `done`. `reading` enforces the
    accounting law: any other item is a problem of kind ``unaccounted``.

    Threads are identified by a key, usually the id of the article. A key without an article is the
    id of the article.

    >>> builder = Builder("bar")
    >>> for node in builder.items(builder.nodes([{"id": 1}, {"id": 2}, {}])):
    ...     id = node.id("id")
    ...     if id is None:
    ...         builder.skip(node, "no-id", "a post without an id")
    ...     else:
    ...         builder.comment(node, Comment(id, meta=node.rest()))
    >>> reading = builder.reading()
    >>> [comment.id for comment in reading.thread], [str(problem) for problem in reading.problems]
    (['1', '2'], ['no-id: a post without an id: skipped ($[2])'])
    """

    def __init__(
        self,
        format: str,
        *,
        platform: str | None = None,
        settle: Callable[[Thread], Thread] = lambda thread: thread,
    ) -> None:
        self.log = ProblemLog()
        """The problems."""
        self.threads: dict[str | None, Draft] = {}
        """The threads, in order of first use."""
        self.platform = platform
        """Fields of the `Source` of each thread."""
        self.local_times: list[str] = []
        """The ids of comments whose time has no zone."""
        self.local_articles = 0
        """How many articles have a time without a zone."""
        self._format = format
        self._settle = settle
        self._open: dict[int, object] = {}
        self._thread_of: dict[str | None, str | None] = {}

    # -- what comes in ---------------------------------------------------------------------------

    def node(self, value: object, path: str = "$") -> Node:
        """Return an object as a node. Raises `ParseError` for anything else."""
        if not isinstance(value, dict):
            raise ParseError(f"must be an object, not {shown(value)}", Place(path=path))
        return Node(value, self.log, path)

    def nodes(self, values: list[Any], path: str = "$") -> list[Node]:
        """Return the objects of an array as nodes. Other values are problems."""
        return nodes_of(values, self.log, path)

    def roots(self, value: object, path: str = "$") -> list[Node]:
        """Return the objects of an array, or a single object, as nodes."""
        return self.nodes(value, path) if isinstance(value, list) else [self.node(value, path)]

    def items(self, items: Iterable[_Item]) -> list[_Item]:
        """Count items as input, and return them as a list."""
        counted = list(items)
        for item in counted:
            self._open[id(item)] = item
        return counted

    def thread_of(self, id: str | None) -> str | None:
        """Return the key of the first thread with a comment or, failing that, the first thread."""
        return self._thread_of.get(id, next(iter(self.threads), None))

    # -- what goes out ---------------------------------------------------------------------------

    def thread(self, key: str | None) -> Draft:
        """Return the thread of a key, created on first use."""
        draft = self.threads.get(key)
        if draft is None:
            draft = self.threads[key] = Draft()
        return draft

    def comment(self, item: object, comment: Comment, thread: str | None = None) -> None:
        """Add an item as a comment of a thread."""
        self._open.pop(id(item), None)
        self.thread(thread).comments.append(comment)
        self._thread_of[comment.id] = thread

    def article(self, item: object, article: Article, thread: str | None = None) -> None:
        """Add an item as the article of a thread. The first article wins."""
        self._open.pop(id(item), None)
        draft = self.thread(thread)
        if draft.article is None:
            draft.article = article
        elif draft.article != article:
            message = f"another article has the id {shown(thread)}: kept the first one"
            self.log.add("duplicate-article", message, values=(article,))

    def stub(self, item: object, stub: Stub, thread: str | None = None) -> None:
        """Add an item as a stub."""
        self._open.pop(id(item), None)
        self.thread(thread).stubs.append(stub)

    def done(self, item: object) -> None:
        """Mark an item as used: all of it is part of another item."""
        self._open.pop(id(item), None)

    def skip(
        self,
        item: object,
        kind: str,
        message: str,
        *,
        ids: tuple[str, ...] = (),
        value: object = None,
    ) -> None:
        """Report an unusable item."""
        self._open.pop(id(item), None)
        if isinstance(item, Node):
            value = item.data if value is None else value
        place = item.place() if isinstance(item, Node) else None
        values = () if value is None else (value,)
        self.log.add(kind, f"{message}: skipped", ids=ids, values=values, place=place)

    def resolved(
        self,
        time: dt.datetime | None,
        zone: dt.tzinfo | None,
        id: str | None,
        meta: MutableMapping[str, Any],
        key: str = LOCAL,
    ) -> dt.datetime | None:
        """Return a time with its own zone or *zone*. Without either, store it in *meta*.

        *id* is the id of the comment, or None for an article.
        """
        moment = resolved(time, zone, meta, key)
        if moment is None and time is not None:
            if id is None:
                self.local_articles += 1
            else:
                self.local_times.append(id)
        return moment

    # -- the whole -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return the threads, repaired, with every problem."""
        self._account()
        if count := len(self.local_times) + self.local_articles:
            self.log.add("local-time", local_times(count), ids=tuple(self.local_times))
        threads = [self._thread(key, draft) for key, draft in self.threads.items()]
        return Reading(threads, self.log.finish())

    def finished(self, key: str | None) -> Reading:
        """Return the reading of a complete thread, and release its memory, for streams."""
        draft = self.threads.pop(key)
        for comment in draft.comments:
            self._thread_of.pop(comment.id, None)
        thread = self._thread(key, draft)
        return Reading([thread], self.log.take())

    def _account(self) -> None:
        forgotten = list(self._open.values())
        if STRICT and forgotten:
            raise AssertionError(f"{len(forgotten)} items unaccounted for: {forgotten[:3]!r}")
        for item in forgotten:
            self.skip(item, "unaccounted", "an item of an unknown kind")

    def _thread(self, key: str | None, draft: Draft) -> Thread:
        article = draft.article
        if article is None and key is not None and not draft.is_rootless:
            article = Article(id=key)
        repaired = Thread.repair(
            draft.comments,
            article=article,
            stubs=draft.stubs,
            source=Source(self._format, platform=self.platform, url=draft.url),
            meta=draft.meta,
        )
        self.log.problems += repaired.problems
        return self._settle(repaired.thread)
