"""Predicates about a comment's author, time, position in the tree, score, status and tags.

`by`, `since`, `until`, `depth`, `under`, `has_replies`, `unanswered`, `score`, `status`, `tagged`
and `where`.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from .._zones import Zone
from ..errors import FieldError
from ..model import Author, Comment, Status
from ..thread import Thread
from . import _arguments as check
from ._arguments import COUNT, NUMBER, TIME, Kind, json_object, json_text, refuse_json
from ._predicate import Positions, Predicate, joined
from ._scanner import Scanner, quoted
from ._single import Test, predicate

# -- who -------------------------------------------------------------------------------------------

Whom: TypeAlias = Author | str | Callable[[Author], object] | None
"""An author, a name, a function of an author, or None for unknown authors."""


def _accept_whom(field: str, value: object) -> Whom:
    if isinstance(value, Author):
        if value.key is None:
            check.refuse(field, value, "must have an id or a name (None matches unknown authors)")
        return Author(id=value.id) if value.id is not None else Author(value.name)
    if isinstance(value, list | tuple | set | frozenset):
        check.refuse_type(field, value, "must be one author: write by(*authors) for several")
    return value if value is None or check.is_function(value) else check.text(field, value)


def _read_whom(words: Scanner, word: str) -> Whom:
    if words.prefix("unknown", of=word):
        return None
    if words.prefix("id", of=word):
        at, id = words.at, words.value("an id")
        return words.placed(at, lambda: Author(id=id))
    if words.prefix("name", of=word):
        at, name = words.at, words.value("a name")
        return words.placed(at, lambda: Author(name))
    return words.value("a name, or unknown")


def _write_whom(value: Whom) -> str:
    if isinstance(value, Author):
        ((name, text),) = _parts_of(value).items()
        return f"{name} {quoted(text)}"
    return "unknown" if value is None else quoted(str(value))


def _parts_of(author: Author) -> dict[str, str]:
    """Return the id or, without one, the name of an author."""
    return {"id": author.id} if author.id is not None else {"name": author.name or ""}


def _whom_from_json(value: object, path: str) -> Whom:
    if value is None or type(value) is str:
        return value
    fields = json_object(value, path)
    if len(fields) != 1 or not fields.keys() <= {"id", "name"}:
        refuse_json(path, "must be a name, null, or an object with either an id or a name")
    ((name, inner),) = fields.items()
    text = json_text(inner, f"{path}.{name}")
    try:
        return Author(id=text) if name == "id" else Author(text)
    except FieldError as error:
        refuse_json(f"{path}.{name}", error.reason)


def _whom_to_json(value: Whom) -> object:
    return _parts_of(value) if isinstance(value, Author) else value


def by(author: Whom, *others: Whom) -> Predicate:
    """Match comments by an author, or by any of several.

    Args:
        author: An `Author`, which matches authors with an equal `Author.key`; a string, which
            must equal the name, display name or id, including case; a function, which is called
            with each known author; or None, for comments whose author is unknown.
        others: More authors: ``by("Ada", "Ben")`` is ``by("Ada") | by("Ben")``.

    A comment whose author is unknown matches only None. Placeholders have no author. Raises
    `FieldError` if an `Author` has neither id nor name.

    >>> thread = Thread(None, [Comment("1", author=Author("ada", id="7", display_name="Ada L."))])
    >>> [by(whom)(thread, "1") for whom in ("ada", "Ada L.", "7", Author(id="7"), "Ada")]
    [True, True, True, True, False]
    >>> by(lambda author: author.is_bot)(thread, "1")
    False
    >>> by("ben", "ada")(thread, "1")
    True
    """
    return joined("any", [_by(each) for each in (author, *others)])


@predicate(
    author=Kind(
        _accept_whom, _read_whom, _write_whom, _whom_from_json, _whom_to_json, is_text=True
    ),
    examples=["by Ann", 'by "Ann Lee"', "by id u1", "by name Ann", "by unknown"],
)
def _by(author: Whom) -> Test:
    if author is None:
        return lambda _, at, positions: [
            n for n in positions if (a := at[n].author) is None or a.key is None
        ]
    if isinstance(author, str):
        return lambda _, at, positions: [
            n
            for n in positions
            if (a := at[n].author) is not None and author in (a.name, a.display_name, a.id)
        ]
    if isinstance(author, Author):
        key = author.key
        return lambda _, at, positions: [
            n for n in positions if (a := at[n].author) is not None and a.key == key
        ]
    return lambda _, at, positions: [
        n for n in positions if (a := at[n].author) is not None and author(a)
    ]


# -- when ------------------------------------------------------------------------------------------


Moment: TypeAlias = dt.datetime | dt.date | str
"""A time with its zone or a day, also as a string in ISO 8601."""


def since(time: Moment, *, zone: Zone = None) -> Predicate:
    """Match comments written at *time* or later.

    Args:
        time: A datetime with its zone, a date, or a string: a day (``"2024-05-01"``), a month, a
            year or a time (``"2024-05-01T08:00+02:00"``). A day, a month or a year is its
            beginning.
        zone: The timezone of a *time* that has none: a name (``"Europe/Vienna"``), an offset
            (``"+02:00"``) or a tzinfo. Without it, days begin in UTC, and a time of day that has no
            timezone raises `FieldError`.

    ``since(a) & until(b)`` is the half-open interval from *a* (included) to *b* (excluded), so
    consecutive days or months neither overlap nor leave gaps. A comment whose time is unknown does
    not match.

    >>> import datetime
    >>> may = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    >>> thread = Thread(None, [Comment("1", created_at=may), Comment("2")])
    >>> [(since(may)(thread, c), until(may)(thread, c)) for c in thread]
    [(True, False), (False, False)]
    >>> since("2024-05-01") == since(datetime.date(2024, 5, 1)) == since(may)
    True
    >>> since("2024-05-01", zone="Europe/Vienna") == since("2024-04-30T22:00Z")
    True
    """
    return _since(check.time("since(time)", time, zone))


@predicate(time=TIME, examples=["since 2024-05-01"])
def _since(time: dt.datetime) -> Test:
    return lambda _, at, positions: [
        n for n in positions if (t := at[n].created_at) is not None and t >= time
    ]


def until(time: Moment, *, zone: Zone = None) -> Predicate:
    """Match comments written before *time*, which takes the same values as in `since`.

    A comment whose time is unknown does not match.
    """
    return _until(check.time("until(time)", time, zone))


@predicate(time=TIME, examples=["until 2024-05-01T08:00Z"])
def _until(time: dt.datetime) -> Test:
    return lambda _, at, positions: [
        n for n in positions if (t := at[n].created_at) is not None and t < time
    ]


# -- where -----------------------------------------------------------------------------------------


@predicate(min=COUNT, max=COUNT, examples=["depth 2..4"])
def depth(*, min: int | None = None, max: int | None = None) -> Test:
    """Match comments by depth, from *min* to *max*, both included; 0 is the top level.

    Without bounds, every comment matches. Raises `FieldError` if *min* is above *max*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("a1x", "a1")])
    >>> [c.id for c in select(thread, depth(min=1))], [c.id for c in select(thread, depth(max=0))]
    (['a1', 'a1x'], ['a'])
    """
    check.in_order("depth", min, max)

    def test(thread: Thread, at: tuple[Comment, ...], positions: Positions) -> list[int]:
        low, high, depth = min or 0, len(at) if max is None else max, thread.depth
        return [n for n in positions if low <= depth(at[n]) <= high]

    return test


def _accept_id(field: str, value: object) -> str:
    id = check.text(field, value.id if isinstance(value, Comment) else value)
    if not id:
        check.refuse(field, id, "must be a comment or its id")
    return id


@predicate(comment=check.text_kind("the id of a comment", _accept_id), examples=["under 17"])
def under(comment: Comment | str) -> Test:
    """Match the replies to *comment*, direct and indirect, but not the comment.

    The predicate stores only its id. Applied to a thread without this comment, it raises
    `UnknownCommentError`.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("a1x", "a1")])
    >>> [c.id for c in select(thread, under("a"))]
    ['a1', 'a1x']
    """

    def test(thread: Thread, _: tuple[Comment, ...], positions: Positions) -> list[int]:
        start = thread.position(comment)
        end = start + thread.size(comment)
        return [n for n in positions if start < n < end]

    return test


@predicate(examples=["has-replies"])
def has_replies() -> Test:
    """Match comments with a reply in the thread, even if it is a placeholder.

    Replies that the source claims but the thread lacks do not count; see `unanswered`.
    """
    return lambda thread, at, positions: [n for n in positions if thread.size(at[n]) > 1]


@predicate(examples=["unanswered"])
def unanswered() -> Test:
    """Match comments that have no replies, as far as is known.

    Such a comment has no reply in the thread, its `reply_count` is 0 or unknown, and no stub
    announces more replies. ``~has_replies()`` is wider: it ignores the last two.

    >>> from discourse.query import count, select
    >>> thread = Thread(None, [Comment("1"), Comment("2", reply_count=3), Comment("3")],
    ...                 stubs=[Stub("3")])
    >>> [c.id for c in select(thread, unanswered())], count(thread, ~has_replies())
    (['1'], 3)
    """

    def test(thread: Thread, at: tuple[Comment, ...], positions: Positions) -> list[int]:
        size, stubs = thread.size, {stub.parent_id for stub in thread.stubs}
        return [
            n
            for n in positions
            if size(c := at[n]) == 1 and not c.reply_count and c.id not in stubs
        ]

    return test


# -- what the source says --------------------------------------------------------------------------


@predicate(min=NUMBER, max=NUMBER, examples=["score -1.5.."])
def score(*, min: float | None = None, max: float | None = None) -> Test:
    """Match comments whose score is from *min* to *max*, both included.

    Without bounds, every known score matches. An unknown score never matches: it is not 0. Raises
    `FieldError` if *min* is above *max*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", score=-3), Comment("2", score=0), Comment("3")])
    >>> [c.id for c in select(thread, score(min=-1))], [c.id for c in select(thread, ~score())]
    (['2'], ['3'])
    """
    check.in_order("score", min, max)
    return lambda _, at, positions: [
        n
        for n in positions
        if (score := at[n].score) is not None
        and (min is None or score >= min)
        and (max is None or score <= max)
    ]


@predicate(
    statuses=check.texts_kind(f"one of {', '.join(Status)}", str.lower, is_text=False),
    examples=["status deleted, removed"],
)
def status(*statuses: Status | str) -> Test:
    """Match comments with one of these statuses.

    ``~status("missing")`` matches every comment except placeholders. Raises `FieldError` for an
    unknown status, or without any.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1"), Comment("2", status="deleted")])
    >>> [c.id for c in select(thread, status("deleted", "removed"))]
    ['2']
    """
    for word in statuses:
        if word not in list(Status):
            check.refuse("status(statuses)", word, f"must be one of {', '.join(Status)}")
    wanted = frozenset(map(Status, statuses))
    return lambda _, at, positions: [n for n in positions if at[n].status in wanted]


@predicate(tags=check.texts_kind("a tag"), examples=['tagged pinned, "by author"'])
def tagged(*tags: str) -> Test:
    """Match comments that have one of these tags.

    To require all of them, write ``tagged("a") & tagged("b")``. Case matters. Raises `FieldError`
    without any tag.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", tags=["pinned"]), Comment("2")])
    >>> [c.id for c in select(thread, tagged("pinned", "moderator"))]
    ['1']
    """
    wanted = frozenset(tags)
    return lambda _, at, positions: [
        n for n in positions if (own := at[n].tags) and not wanted.isdisjoint(own)
    ]


# -- anything --------------------------------------------------------------------------------------


@predicate(None, function=Kind())
def where(function: Callable[[Comment], object]) -> Test:
    """Match comments for which *function* returns a true value.

    The ``repr`` shows the name of the function. There is no JSON form. Two such predicates are
    equal if their functions are. In ``p & where(f)``, *f* is called only for comments that match
    *p*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", language="de"), Comment("2", language="en")])
    >>> [c.id for c in select(thread, where(lambda comment: comment.language == "de"))]
    ['1']
    """
    if not callable(function):
        check.refuse_type("where(function)", function, "must be a function of a comment")
    return lambda _, at, positions: [n for n in positions if function(at[n])]
