"""Provide `diff`, what changed between two captures, and `apply`, which does it again."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, final

import attrs

from .._expect import expect_thread
from .._notebook import Result
from ..errors import DiffError, ThreadError, shown
from ..model import Comment
from ..thread import Thread

_SCORE = ("score", "upvotes", "downvotes")
_OF_THREAD = ("article", "stubs", "source", "meta")


@final
@attrs.frozen
class Change:
    """One field of one comment, or of the thread itself, that differs."""

    id: str | None
    """The comment; None for the thread itself."""
    field: str
    """The name of the field."""
    old: object
    """What it was."""
    new: object
    """What it is."""


@final
@attrs.frozen(repr=False)
class Diff(Result):
    """What changed from one thread to another.

    It is false where nothing did.
    """

    added: tuple[Comment, ...] = ()
    """The comments that only the new thread has, in its order."""
    gone: tuple[Comment, ...] = ()
    """The comments that only the old thread has, in its order."""
    changes: tuple[Change, ...] = ()
    """Every field that differs: of comments that both have, in the new order, then of the
    thread."""
    order: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    """For each parent (None: the top level) whose replies stand in an order of their own."""

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changes or self.order)

    @property
    def edited(self) -> tuple[Change, ...]:
        """The changes of what a comment says: neither its place, nor its status, nor its votes."""
        others = ("status", "parent_id", *_SCORE)
        return tuple(c for c in self.changes if c.id is not None and c.field not in others)

    @property
    def moved(self) -> tuple[Change, ...]:
        """The comments that answer something else now."""
        return self._of("parent_id")

    @property
    def status_changed(self) -> tuple[Change, ...]:
        """The comments that were deleted, removed, approved, ..."""
        return self._of("status")

    @property
    def score_changed(self) -> tuple[Change, ...]:
        """The changes of scores and votes."""
        return self._of(*_SCORE)

    @property
    def thread_changed(self) -> tuple[Change, ...]:
        """The changes of the article, the stubs, the source and the meta of the thread."""
        return tuple(change for change in self.changes if change.id is None)

    def _of(self, *fields: str) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.id is not None and c.field in fields)


def diff(old: Thread, new: Thread) -> Diff:
    """Return what changed between two threads. O(n).

    ``apply(old, diff(old, new)) == new``.

    >>> old = Thread(None, [Comment("1", text="Frist!")])
    >>> new = Thread(None, [Comment("1", text="First!"), Comment("2", "1")])
    >>> changed = diff(old, new)
    >>> [comment.id for comment in changed.added], changed.edited
    (['2'], (Change(id='1', field='text', old='Frist!', new='First!'),))
    """
    expect_thread(old)
    expect_thread(new)
    added = tuple(comment for comment in new if comment.id not in old)
    gone = tuple(comment for comment in old if comment.id not in new)
    changes = [change for comment in new for change in _changes(old.get(comment.id), comment)]
    changes += [
        Change(None, name, getattr(old, name), getattr(new, name))
        for name in _OF_THREAD
        if getattr(old, name) != getattr(new, name)
    ]
    difference = Diff(added, gone, tuple(changes))
    usual = _apply(old, difference)
    if usual.comments == new.comments:
        return difference
    return attrs.evolve(difference, order=tuple(_orders(usual, new)))


def apply(old: Thread, difference: Diff) -> Thread:
    """Return *old* with the difference done to it.

    Raises `DiffError` where *old* is not the thread that the difference starts from: a comment that
    goes or changes is missing or differs, or one that is added is here already. O(n).
    """
    expect_thread(old)
    for comment in difference.added:
        if comment.id in old:
            raise DiffError(f"comment {shown(comment.id)} is to be added and is here already")
    for comment in difference.gone:
        if comment not in old:
            raise DiffError(f"comment {shown(comment.id)} is to go and is not here as it was")
    for change in difference.changes:
        here = old if change.id is None else old.get(change.id)
        if here is None or getattr(here, change.field) != change.old:
            where = "the thread" if change.id is None else f"comment {shown(change.id)}"
            raise DiffError(f"{change.field} of {where} is not what it was")
    try:
        return _apply(old, difference)
    except ThreadError as error:  # a parent that is not here, or a reply to what goes
        raise DiffError(f"what it makes is no tree: {error.problems[0].message}") from error


def _changes(old: Comment | None, new: Comment) -> Iterator[Change]:
    if old is None or old == new:
        return
    for field in attrs.fields(Comment):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was != now:
            yield Change(new.id, field.name, was, now)


def _apply(old: Thread, difference: Diff) -> Thread:
    changes: dict[str | None, dict[str, Any]] = {}
    for change in difference.changes:
        changes.setdefault(change.id, {})[change.field] = change.new
    gone = {comment.id for comment in difference.gone}
    comments = [
        attrs.evolve(comment, **changes[comment.id]) if comment.id in changes else comment
        for comment in old
        if comment.id not in gone
    ]
    comments += difference.added
    if difference.order:
        comments = _in_order(comments, difference)
    return attrs.evolve(old, comments=comments, **changes.get(None, {}))


def _in_order(comments: list[Comment], difference: Diff) -> list[Comment]:
    """Return the comments so that the replies that have an order of their own stand in it."""
    place = {id: n for _, ids in difference.order for n, id in enumerate(ids)}
    return sorted(comments, key=lambda comment: place.get(comment.id, -1))


def _orders(usual: Thread, new: Thread) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield the replies whose order in *new* is not the one that comes of itself."""
    groups, other = _replies(new), _replies(usual)
    for parent, ids in groups.items():
        if ids != other.get(parent):
            yield parent, tuple(ids)


def _replies(thread: Thread) -> dict[str | None, list[str]]:
    replies: defaultdict[str | None, list[str]] = defaultdict(list)
    for comment in thread:
        replies[comment.parent_id].append(comment.id)
    return replies
