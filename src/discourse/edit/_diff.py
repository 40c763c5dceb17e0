"""Compare two threads (`diff`), and apply the difference (`apply`)."""

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
    """A changed field of a comment or of the thread itself."""

    id: str | None
    """The id of the comment, or None for the thread itself."""
    field: str
    """The name of the field."""
    old: Any
    """The old value."""
    new: Any
    """The new value."""


@final
@attrs.frozen(repr=False)
class Diff(Result):
    """What changed from one thread to another. It is false if nothing changed."""

    added: tuple[Comment, ...] = ()
    """The comments that only the new thread has, in its order."""
    gone: tuple[Comment, ...] = ()
    """The comments that only the old thread has, in its order."""
    changes: tuple[Change, ...] = ()
    """Every changed field: of comments in both threads, in the new order, then of the thread."""
    order: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    """The new order of replies, as pairs of a parent (None: the top level) and the ids.

    Only orders that do not follow from the other changes are listed."""

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changes or self.order)

    @property
    def edited(self) -> tuple[Change, ...]:
        """Changes of comments, other than of the parent, the status, the score and the votes."""
        others = ("status", "parent_id", *_SCORE)
        return tuple(c for c in self.changes if c.id is not None and c.field not in others)

    @property
    def moved(self) -> tuple[Change, ...]:
        """Changes of a comment's parent."""
        return self._of("parent_id")

    @property
    def status_changed(self) -> tuple[Change, ...]:
        """Changes of a comment's status: deleted, removed, approved and so on."""
        return self._of("status")

    @property
    def score_changed(self) -> tuple[Change, ...]:
        """Changes of scores and votes."""
        return self._of(*_SCORE)

    @property
    def thread_changed(self) -> tuple[Change, ...]:
        """Changes of the thread's article, stubs, source and meta."""
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
    applied = _apply(old, difference)
    if applied.comments == new.comments:
        return difference
    return attrs.evolve(difference, order=tuple(_orders(applied, new)))


def apply(old: Thread, difference: Diff) -> Thread:
    """Return *old* with the difference applied.

    Raises `DiffError` if the difference does not fit *old*: a comment to be removed or changed is
    missing or differs, or a comment to be added is there already. O(n).
    """
    expect_thread(old)
    for comment in difference.added:
        if comment.id in old:
            raise DiffError(f"cannot add comment {shown(comment.id)}: the id is taken")
    for comment in difference.gone:
        if comment not in old:
            raise DiffError(f"cannot remove comment {shown(comment.id)}: it is missing or differs")
    for change in difference.changes:
        value = old if change.id is None else old.get(change.id)
        if value is None or getattr(value, change.field) != change.old:
            where = "the thread" if change.id is None else f"comment {shown(change.id)}"
            raise DiffError(f"cannot change {change.field} of {where}: it is missing or differs")
    try:
        return _apply(old, difference)
    except ThreadError as error:  # a missing parent, or a reply to a removed comment
        raise DiffError(f"the result is not a tree: {error.problems[0].message}") from error


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
    """Return the comments with replies in the difference's order, if it lists one."""
    place = {id: n for _, ids in difference.order for n, id in enumerate(ids)}
    return sorted(comments, key=lambda comment: place.get(comment.id, -1))


def _orders(applied: Thread, new: Thread) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield each parent whose replies are in another order in *new*, and their ids."""
    replies = _replies(applied)
    for parent, ids in _replies(new).items():
        if ids != replies.get(parent):
            yield parent, tuple(ids)


def _replies(thread: Thread) -> dict[str | None, list[str]]:
    replies: defaultdict[str | None, list[str]] = defaultdict(list)
    for comment in thread:
        replies[comment.parent_id].append(comment.id)
    return replies
