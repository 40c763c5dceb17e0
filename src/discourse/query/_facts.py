"""Predicates about what the source says: `since`, `until`, `score`, `status`, `tagged`; `where`."""

import datetime as dt
from collections.abc import Callable
from typing import final

import attrs

from ..model import Comment, Status
from ..thread import Thread
from . import _arguments as check
from ._predicate import Positions, Predicate, Single


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Since(Single):
    """Holds from a moment on."""

    word = "since"

    time: dt.datetime

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `since`."""
        at, time = thread.comments, self.time
        return [n for n in positions if (t := at[n].created_at) is not None and t >= time]


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Until(Single):
    """Holds before a moment."""

    word = "until"

    time: dt.datetime

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `until`."""
        at, time = thread.comments, self.time
        return [n for n in positions if (t := at[n].created_at) is not None and t < time]


def since(time: dt.datetime) -> Predicate:
    """Hold for comments written at *time* or later.

    ``since(a) & until(b)`` is the half-open interval from *a* on and before *b*, so that days or
    months side by side share no comment and lose none. A comment whose time is not known does not
    match. Raises `FieldError` for a datetime without a zone.

    >>> import datetime
    >>> may = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    >>> thread = Thread(None, [Comment("1", created_at=may), Comment("2")])
    >>> [(since(may)(thread, c), until(may)(thread, c)) for c in thread]
    [(True, False), (False, False)]
    """
    return Since(check.time("since(time)", time))


def until(time: dt.datetime) -> Predicate:
    """Hold for comments written before *time*, not at it; see `since`.

    A comment whose time is not known does not match. Raises `FieldError` for a datetime without a
    zone.
    """
    return Until(check.time("until(time)", time))


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Score(Single):
    """Holds for known scores within bounds."""

    word = "score"

    min: float | None = attrs.field(default=None, kw_only=True)
    max: float | None = attrs.field(default=None, kw_only=True)

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `score`."""
        at, low, high = thread.comments, self.min, self.max
        return [
            n
            for n in positions
            if (score := at[n].score) is not None
            and (low is None or score >= low)
            and (high is None or score <= high)
        ]


@check.named
def score(*, min: float | None = None, max: float | None = None) -> Predicate:
    """Hold for comments whose score is known and within bounds, both of them included.

    Without bounds, for all whose score is known. An unknown score does not match, whatever the
    bounds: it is not 0. Raises `FieldError` where *min* is above *max*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", score=-3), Comment("2", score=0), Comment("3")])
    >>> [c.id for c in select(thread, score(min=-1))], [c.id for c in select(thread, ~score())]
    (['2'], ['3'])
    """
    low, high = check.number("score(min)", min), check.number("score(max)", max)
    check.in_order("score", low, high)
    return Score(min=low, max=high)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Standing(Single):
    """Holds for some statuses."""

    word = "status"
    starred = True

    statuses: tuple[str, ...]

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `status`."""
        at, statuses = thread.comments, frozenset(map(Status, self.statuses))
        return [n for n in positions if at[n].status in statuses]


def status(*statuses: Status | str) -> Predicate:
    """Hold for comments of one of these statuses.

    Placeholders have a status of their own: ``~status("missing")`` is what is really here. Raises
    `FieldError` for a word that is no status, and where there is none at all.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1"), Comment("2", status="deleted")])
    >>> [c.id for c in select(thread, status("deleted", "removed"))]
    ['2']
    """
    known = [status.value for status in Status]
    for word in statuses:
        if word not in known:
            check.refuse("status(statuses)", word, f"must be one of {', '.join(known)}")
    if not statuses:
        check.refuse("status(statuses)", None, "must be at least one")
    return Standing(tuple(str.__str__(word) for word in statuses))


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Tagged(Single):
    """Holds for some tags."""

    word = "tagged"
    starred = True

    tags: tuple[str, ...]

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `tagged`."""
        at, tags = thread.comments, frozenset(self.tags)
        return [n for n in positions if (own := at[n].tags) and not tags.isdisjoint(own)]


def tagged(*tags: str) -> Predicate:
    """Hold for comments that have one of these tags.

    For all of them, write ``tagged("a") & tagged("b")``. Tags compare exactly. Raises `FieldError`
    where none is given.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", tags=["pinned"]), Comment("2")])
    >>> [c.id for c in select(thread, tagged("pinned", "moderator"))]
    ['1']
    """
    if not tags:
        check.refuse("tagged(tags)", None, "must be at least one")
    return Tagged(tuple(check.text("tagged(tags)", tag) for tag in tags))


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Where(Single):
    """Holds where a function says so."""

    word = "where"

    function: Callable[[Comment], object]

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `where`."""
        at, function = thread.comments, self.function
        return [n for n in positions if function(at[n])]


def where(function: Callable[[Comment], object]) -> Predicate:
    """Hold for comments of which *function* says something true.

    It prints by the name of the function, and has no JSON form. Two are equal where the functions
    are. In ``p & where(f)``, the function is called only where *p* holds.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", language="de"), Comment("2", language="en")])
    >>> [c.id for c in select(thread, where(lambda comment: comment.language == "de"))]
    ['1']
    """
    if not callable(function):
        check.refuse_type("where(function)", function, "must be a function of a comment")
    return Where(function)
