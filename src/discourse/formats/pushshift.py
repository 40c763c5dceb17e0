"""Dumps of Reddit by Pushshift and Arctic Shift (``RC_*.zst``, ``RS_*.zst``, ``*_comments.jsonl``).

Reads one comment or post per line, as in the dumps of all years and of single subreddits, and the
responses of both search APIs (``{"data": [...]}``, or the list in it). A dump of comments has no
posts: only the ids of its articles are known. Read both together, ``read([posts, comments])``, or
several months of comments: each discussion becomes one thread.

=====================================  ===========================================================
in the line                            in the model
=====================================  ===========================================================
``id``, ``author``, ``body``, ...      as in `reddit`
``link_id``                            `Article` ``id``, without the prefix ``t3_``
``parent_id``                          `Comment` ``parent_id``: ``t1_...``; of Pushshift's API of
                                       2022 the same as an integer. ``t3_...`` or null: top level
``created_utc``                        ``created_at``, from a number or its digits
``edited``                             ``edited_at``, or only ``is_edited``; 0 is not edited
``_meta.is_edited``                    ``is_edited``
``_meta.was_deleted_later``            ``status``: deleted or removed, by ``_meta.removal_type``;
                                       the earlier text stays
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

The dumps escape ``<``, ``>`` and ``&`` in all texts; this is undone once.

`discourse.stream` yields one thread at a time if the lines of each thread are adjacent: in a dump
sorted by ``link_id``, or a dump of posts. Inputs up to 8 MiB may be in any order. In a larger one,
`ParseError` is raised at the first thread whose lines are not adjacent: read such a dump whole, or
sort its lines (the guide shows how). If threads are sorted by id, ascending or descending, one
thread is in memory at a time. In any other order, the ids of all threads are stored, and more than
half a million are refused.

Lost: the same as in `reddit`. Problems: ``not-recognised``, ``no-id``, ``no-parent``,
``broken-line``, ``too-long``, and those of JSON and of `Thread.repair`. Nearly all parents of a
month's first comments are in another file: each gets a placeholder, and an ``orphan`` problem.
"""

import io
import operator
from collections.abc import Callable, Iterator
from typing import IO, TypeAlias

from .._io.encoding import to_text
from .._problems import ProblemLog
from ..errors import LimitError, ParseError, Place, shown
from ._base import Reading
from ._catalogue import catalogued
from ._kit import MAX_LINE, Builder, Node, documents, lines
from ._reddit import Things, kind_of, post_of, settle, unescaped

_Line: TypeAlias = tuple[str, dict[str, object]]
"""A path, and the comment or post at it."""

_WHOLE = 2**23
"""Smaller inputs are read whole, in any order; of larger ones, this many bytes are checked."""
_LARGEST_PAGE = 2**30
_REMEMBERED = 2**19
"""How many ids of threads are stored if the threads are not in order."""
_ORDERS: list[Callable[[str, str], bool]] = [
    operator.lt,
    operator.gt,
    lambda a, b: (len(a), a) < (len(b), b),  # as numbers
    lambda a, b: (len(a), a) > (len(b), b),
]


def parse(text: str) -> Reading:
    """Read comments and posts from one file, or from several in sequence."""
    things = Things("pushshift")
    is_known = False
    for path, value in documents(text, things.builder.log):
        nodes = _nodes(things.builder, value, path)
        is_known = is_known or any(map(_is_item, nodes)) or value == {"data": []}
        things.take(nodes)
    if not is_known:
        raise ParseError("nothing here is a comment or a post of Reddit", Place(path="$"))
    return things.reading()


def _nodes(builder: Builder, value: object, path: str) -> list[Node]:
    """Return the items of a line, a list, or a page of a search API."""
    if value is None:
        return []
    roots = builder.roots(unescaped(value), path)
    if len(roots) == 1 and isinstance(roots[0].data.get("data"), list):
        return roots[0].nodes("data")
    return roots


def _is_item(node: Node) -> bool:
    """Whether a node is a comment or a post, alone or in a tree from Arctic Shift."""
    is_in_tree = node.above is not None and "kind" in node and "data" in node
    return is_in_tree or kind_of(node.data) is not None


def stream(file: IO[bytes]) -> Iterator[Reading]:
    """Yield one thread at a time; raise `ParseError` if its lines are not adjacent."""
    head = file.read(_WHOLE)
    if len(head) < _WHOLE or not begins_with_item(head):
        head += file.read(_LARGEST_PAGE)
        if len(head) > _LARGEST_PAGE:
            raise LimitError(f"larger than {_LARGEST_PAGE:,} bytes, and not one item a line")
        text, problems = to_text(head)
        reading = parse(text)
        yield Reading(reading.threads, [*problems, *reading.problems])
        return
    head += file.readline(MAX_LINE)
    for _ in _threads(io.BytesIO(), ProblemLog(), head):
        pass  # most unsorted dumps raise here, before any thread is yielded
    log = ProblemLog()
    for group in _threads(file, log, head):
        things = Things("pushshift")
        for path, value in group:
            things.take(things.builder.roots(unescaped(value), path))
        reading = things.reading()
        yield Reading(reading.threads, [*log.take(), *reading.problems])
    yield Reading((), log.finish())


def begins_with_item(head: bytes) -> bool:
    """Whether the first line of an input is a comment or a post."""
    line = io.BytesIO(head.lstrip().partition(b"\n")[0])
    return any(_thread_of(value) is not None for _, _, value in lines(line, ProblemLog()))


def _thread_of(value: object) -> str | None:
    return post_of(value) if isinstance(value, dict) else None


def _threads(file: IO[bytes], log: ProblemLog, head: bytes) -> Iterator[list[_Line]]:
    """Yield the values of one thread after another, each with its path."""
    order = _Order()
    group: list[_Line] = []
    current, begin = None, 0
    for path, number, value in lines(file, log, head=head):
        id = _thread_of(value)
        if id is None:
            message = "neither a comment nor a post: skipped"
            log.add("not-recognised", message, values=(value,), place=Place(line=number))
            continue
        if id != current:
            if current is not None and order.is_new(current, group, begin, log):
                yield group
            group, current, begin = [], id, number
        group.append((path, value))
    if current is not None and order.is_new(current, group, begin, log):
        yield group


class _Order:
    """Remembers which threads were yielded, to detect threads in pieces.

    A thread cannot come again while ids are in order. After many threads in order, their ids are
    dropped, and an id out of order is an error. A repeated post without comments is not a thread
    in pieces; a month of posts has a few.
    """

    def __init__(self) -> None:
        self._threads: set[str] = set()
        self._posts: set[str] = set()
        """Threads of a post without comments."""
        self._forgot_threads = self._forgot_posts = False
        self._last: str | None = None
        self._orders = _ORDERS
        """The orders that all threads so far are in."""

    def is_new(self, id: str, group: list[_Line], line: int, log: ProblemLog) -> bool:
        """Return False for a repeated post, and report it; raise for a repeated thread."""
        if self._last is not None:
            self._orders = [order for order in self._orders if order(self._last, id)]
        self._last = id
        values = tuple(value for _, value in group)
        is_post = all(kind_of(value) == "t3" for value in values)
        if is_post and id in self._posts:
            message = f"another article has the id {shown(id)}: the first one is kept"
            log.add("duplicate-article", message, values=values, place=Place(line=line))
            return False
        if id in self._threads or id in self._posts:
            raise _torn(f"thread {shown(id)} continues after other threads", line)
        if not self._orders and (self._forgot_threads or (self._forgot_posts and not is_post)):
            raise _torn(f"thread {shown(id)} is out of order", line)
        (self._posts if is_post else self._threads).add(id)
        if len(self._threads) + len(self._posts) >= _REMEMBERED:
            self._forget(line)
        return True

    def _forget(self, line: int) -> None:
        if self._threads and not self._orders:
            raise _torn(f"more than {_REMEMBERED:,} threads are not in order", line)
        self._forgot_posts = True
        self._forgot_threads = self._forgot_threads or bool(self._threads)
        self._threads.clear()
        self._posts.clear()


def _torn(what: str, line: int) -> ParseError:
    advice = "sort the lines by link_id to stream them, or read() the whole"
    return ParseError(f"{what}: {advice}", Place(line=line))


FORMAT = catalogued("pushshift", parse=parse, stream=stream, settle=settle)
