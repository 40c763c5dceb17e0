"""Apply predicates: select comments, group them (`group_by`), filter a thread (`filter`)."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, overload

import attrs

from .._expect import expect_thread
from .._threads import Threads, answers, listed
from ..errors import FieldError
from ..model import Comment, Status
from ..model._fast_init import copier
from ..thread import Thread
from ._predicate import Predicate, others

_K = TypeVar("_K", bound=Hashable)

_FIRST_LOOK = 64  # comments; then twice as many each time


class Match(NamedTuple):
    """A matching comment in one of several threads."""

    thread: Thread
    """The thread of the comment."""
    comment: Comment
    """The comment."""


@overload
def select(threads: Thread, predicate: Predicate) -> tuple[Comment, ...]: ...
@overload
def select(
    threads: Iterable[Thread] | Mapping[str, Thread], predicate: Predicate
) -> tuple[Match, ...]: ...
def select(threads: Threads, predicate: Predicate) -> tuple[Comment, ...] | tuple[Match, ...]:
    """Return the comments that match *predicate*, in thread order. O(n).

    For several threads, each result is a pair of thread and comment. If the predicate names a
    comment, as ``under("17")`` does, at least one thread must have it.

    >>> from discourse.query import by, matching, unanswered
    >>> thread = Thread(None, [Comment("1", text="Why?"), Comment("2", "1", text="Because.")])
    >>> [comment.id for comment in select(thread, matching("?") & unanswered())]
    []
    >>> other = Thread(Article("Rain"), [Comment("1", text="When?")])
    >>> for thread, comment in select([thread, other], matching("?")):
    ...     print(thread.article and thread.article.title, comment.text)
    None Why?
    Rain When?
    """
    if isinstance(threads, Thread):
        return _matches(threads, predicate)
    each = answers(listed(threads), lambda thread: (thread, _matches(thread, predicate)))
    return tuple(Match(thread, comment) for thread, comments in each for comment in comments)


def _matches(thread: Thread, predicate: Predicate) -> tuple[Comment, ...]:
    positions = _positions(thread, predicate)
    return tuple([thread.comments[n] for n in positions])


def first(thread: Thread, predicate: Predicate) -> Comment | None:
    """Return the first comment that matches *predicate*, or None. O(comments up to it).

    >>> from discourse.query import under
    >>> first(Thread(None, [Comment("1"), Comment("2"), Comment("3")]), ~under("1")).id
    '1'
    """
    _check(thread, predicate)
    start, look = 0, _FIRST_LOOK
    while start < len(thread) or not start:
        matches = predicate.narrow(thread, range(start, min(start + look, len(thread))))
        if matches:
            return thread.comments[matches[0]]
        start, look = start + look, look * 2
    return None


def count(threads: Threads, predicate: Predicate) -> int:
    """Return how many comments match *predicate*, in all threads together. O(n).

    >>> from discourse.query import status
    >>> count(Thread(None, [Comment("1"), Comment("2", status="missing")]), ~status("missing"))
    1
    """
    return sum(answers(listed(threads), lambda thread: len(_positions(thread, predicate))))


class Partition(NamedTuple):
    """The matching comments of a thread and the others, returned by `partition`."""

    matching: tuple[Comment, ...]
    """The comments that match the predicate."""
    others: tuple[Comment, ...]
    """All others, including those whose value is unknown."""

    def __repr__(self) -> str:
        return f"<Partition: {len(self.matching):,} matching, {len(self.others):,} others>"


def partition(thread: Thread, predicate: Predicate) -> Partition:
    """Return the comments that match *predicate* and the others, each in thread order. O(n).

    >>> from discourse.query import score
    >>> known, unknown = partition(Thread(None, [Comment("1", score=0), Comment("2")]), score())
    >>> len(known), len(unknown)
    (1, 1)
    """
    at, matches = thread.comments, _positions(thread, predicate)
    rest = others(range(len(at)), matches)
    return Partition(tuple([at[n] for n in matches]), tuple([at[n] for n in rest]))


def _positions(thread: Thread, predicate: Predicate) -> list[int]:
    """Return the positions of the comments that match *predicate*, ascending."""
    return _check(thread, predicate).narrow(thread, range(len(thread)))


def _check(thread: Thread, predicate: Predicate) -> Predicate:
    expect_thread(thread)
    if not isinstance(predicate, Predicate):
        reason = "must be a predicate (where(...) turns a function into one)"
        raise FieldError("query", "predicate", predicate, reason)
    return predicate


# -- groups ----------------------------------------------------------------------------------------

TextKey: TypeAlias = Literal["author", "branch", "language", "month"]
Key: TypeAlias = Literal["author", "branch", "language", "month", "day", "depth", "status"]
"""A name that `group_by` knows."""


@overload
def group_by(thread: Thread, key: TextKey) -> dict[str | None, tuple[Comment, ...]]: ...
@overload
def group_by(thread: Thread, key: Literal["day"]) -> dict[dt.date | None, tuple[Comment, ...]]: ...
@overload
def group_by(thread: Thread, key: Literal["depth"]) -> dict[int, tuple[Comment, ...]]: ...
@overload
def group_by(thread: Thread, key: Literal["status"]) -> dict[Status, tuple[Comment, ...]]: ...
@overload
def group_by(thread: Thread, key: Callable[[Comment], _K]) -> dict[_K, tuple[Comment, ...]]: ...
def group_by(
    thread: Thread, key: Key | Callable[[Comment], Hashable]
) -> dict[Any, tuple[Comment, ...]]:
    """Group the comments by a key. O(n).

    Args:
        thread: The thread. Every comment is in exactly one group, including placeholders.
        key: A function of a comment, or a name: ``"author"`` (the `Author.key`), ``"branch"`` (the
            id of its top-level ancestor, or its own id at the top level), ``"day"`` (a date, in
            UTC), ``"month"`` (such as ``"2024-05"``, in UTC), ``"depth"``, ``"status"``,
            ``"language"``. If the value is unknown, the key is None.

    Groups are in the order of their first comments, and their comments in thread order.

    >>> thread = Thread(None, [
    ...     Comment("1", author=Author("Ada")), Comment("2"), Comment("3", author=Author("Ada")),
    ... ])
    >>> {key: len(comments) for key, comments in group_by(thread, "author").items()}
    {'Ada': 2, None: 1}
    """
    expect_thread(thread)
    groups: dict[Hashable, list[Comment]] = {}
    key_of = _key_function(thread, key)
    for comment in thread.comments:
        value = key_of(comment)
        try:
            group = groups.setdefault(value, [])
        except TypeError:
            reason = "must return a hashable value"
            raise FieldError("query", "group_by(key)", value, reason) from None
        group.append(comment)
    return {key: tuple(comments) for key, comments in groups.items()}


def _key_function(
    thread: Thread, key: Key | Callable[[Comment], Hashable]
) -> Callable[[Comment], Hashable]:
    if callable(key):
        return key
    if key == "depth":
        return thread.depth
    if key == "branch":
        tops = _branches(thread)
        return lambda comment: thread.comments[tops[thread.position(comment)]].id
    if isinstance(key, str) and key in _KEYS:
        return _KEYS[key]
    words = ", ".join(sorted([*_KEYS, "branch", "depth"]))
    raise FieldError("query", "group_by(key)", key, f"must be a function or one of {words}")


def _branches(thread: Thread) -> list[int]:
    """Return, for each comment, the position of the top-level comment of its branch."""
    tops: list[int] = []
    for position, comment in enumerate(thread.comments):
        tops.append(position if comment.parent_id is None else tops[-1])
    return tops


def _day(comment: Comment) -> dt.date | None:
    time = comment.created_at
    return None if time is None else time.astimezone(dt.UTC).date()


def _month(comment: Comment) -> str | None:
    day = _day(comment)
    return None if day is None else day.isoformat()[:7]


_KEYS: dict[str, Callable[[Comment], Hashable]] = {
    "author": lambda comment: comment.author_key,
    "day": _day,
    "language": lambda comment: comment.language,
    "month": _month,
    "status": lambda comment: comment.status,
}


# -- threads ---------------------------------------------------------------------------------------

Keep: TypeAlias = Literal["ancestors", "promote", "whole"]
"""The part of the tree around a match that `filter` keeps."""


@overload
def filter(threads: Thread, predicate: Predicate, keep: Keep = "ancestors") -> Thread: ...
@overload
def filter(
    threads: Iterable[Thread] | Mapping[str, Thread], predicate: Predicate, keep: Keep = "ancestors"
) -> tuple[Thread, ...]: ...
def filter(
    threads: Threads, predicate: Predicate, keep: Keep = "ancestors"
) -> Thread | tuple[Thread, ...]:
    """Return a thread of the comments that match *predicate*. O(n).

    Args:
        threads: A thread, or several. Of several, those without a match are dropped.
        predicate: The predicate. It sees the original thread.
        keep: ``"ancestors"`` keeps the matches and all their ancestors. ``"promote"`` keeps only
            the matches; each replies to its nearest matching ancestor or, if it has none, to the
            article. ``"whole"`` keeps every branch that contains a match, from its top-level
            comment down.

    Kept comments that do not match get the tag ``context``; matches lose it if an earlier filter
    added it. ``select(thread, ~tagged("context"))`` returns the matches.

    Otherwise comments keep their order and all their fields, except the parents that ``"promote"``
    changes. A stub is kept or dropped with its comment; top-level stubs are kept. Article, source
    and meta are kept as well: `comment_count` remains the number that the source claims.
    `partition` also returns the comments that do not match.

    >>> from discourse.query import matching
    >>> thread = Thread(None, [
    ...     Comment("a"), Comment("b", "a"), Comment("c", "b", text="Bus!"), Comment("d", "a"),
    ...     Comment("e", "c"), Comment("f", "e", text="No bus."), Comment("g"),
    ... ])
    >>> bus = matching("bus", ignore_case=True)
    >>> for keep in ("ancestors", "promote", "whole"):
    ...     print(" ".join(f"{c.parent_id or ''}>{c.id}" for c in filter(thread, bus, keep)))
    >a a>b b>c c>e e>f
    >c c>f
    >a a>b b>c c>e e>f a>d
    >>> [comment.id for comment in filter(thread, bus) if "context" in comment.tags]
    ['a', 'b', 'e']
    """
    if keep not in ("ancestors", "promote", "whole"):
        reason = "must be ancestors, promote or whole"
        raise FieldError("query", "filter(keep)", keep, reason)
    if isinstance(threads, Thread):
        return _filtered(threads, _positions(threads, predicate), keep)
    each = answers(listed(threads), lambda thread: (thread, _positions(thread, predicate)))
    return tuple(_filtered(thread, matches, keep) for thread, matches in each if matches)


def _filtered(thread: Thread, matches: list[int], keep: Keep) -> Thread:
    if keep == "promote":
        comments = _promoted(thread, matches)
    else:
        mark = _with_ancestors if keep == "ancestors" else _whole
        is_match = bytearray(len(thread))
        for position in matches:
            is_match[position] = True
        rows = zip(thread, mark(thread, matches), is_match, strict=True)
        comments = [_marked(comment, is_found) for comment, is_kept, is_found in rows if is_kept]
    ids = {comment.id for comment in comments}
    stubs = tuple(s for s in thread.stubs if s.parent_id is None or s.parent_id in ids)
    return attrs.evolve(thread, comments=comments, stubs=stubs)


_CONTEXT = frozenset({"context"})
_with_tags: Callable[[Comment, frozenset[str]], Comment] = copier(Comment, "tags")


def _marked(comment: Comment, is_match: int) -> Comment:
    """Return the comment without the tag ``context`` if it is a match, else with it."""
    tags = comment.tags
    if ("context" in tags) != bool(is_match):
        return comment
    return _with_tags(comment, tags - _CONTEXT if is_match else tags | _CONTEXT)


def _with_ancestors(thread: Thread, matches: list[int]) -> bytearray:
    """Mark the matches and their ancestors, climbing from each to the first one marked already."""
    marks = bytearray(len(thread))
    for match in matches:
        position = match
        while not marks[position]:
            marks[position] = True
            parent = thread.comments[position].parent_id
            if parent is None:
                break
            position = thread.position(parent)
    return marks


def _whole(thread: Thread, matches: list[int]) -> bytearray:
    """Mark the branches that contain a match."""
    tops = _branches(thread)
    wanted = {tops[position] for position in matches}
    return bytearray(top in wanted for top in tops)


def _promoted(thread: Thread, matches: list[int]) -> list[Comment]:
    """Return the matches, each as a reply to its nearest matching ancestor."""
    marks = bytearray(len(thread))
    for position in matches:
        marks[position] = True
    nearest: list[str | None] = []  # the id of the nearest match for each comment, maybe its own
    comments = []
    for comment, is_match in zip(thread, marks, strict=True):
        parent = comment.parent_id
        above = None if parent is None else nearest[thread.position(parent)]
        nearest.append(comment.id if is_match else above)
        if is_match:
            match = _marked(comment, is_match)
            comments.append(match if above == parent else attrs.evolve(match, parent_id=above))
    return comments
