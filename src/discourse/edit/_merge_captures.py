"""`merge`: combine two captures of a discussion."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from itertools import accumulate, islice, takewhile
from typing import Any, TypeVar, final

import attrs

from .._expect import expect_thread
from .._markup.html import unescape
from .._notebook import Result
from ..errors import FieldTypeError, Problem, shown
from ..model import Article, Author, Comment, Meta, Source, Status, Stub, TextFormat
from ..plain import plain_text
from ..thread import Thread

_V = TypeVar("_V", Article, Author, Comment, Source)


@final
@attrs.frozen(repr=False)
class Merged(Result):
    """The result of `merge`: a thread, and a problem for every conflict."""

    thread: Thread
    """The merged thread."""
    problems: tuple[Problem, ...] = ()
    """Kind ``conflict``: a field is known in both captures and differs; ``values`` is (field, a's,
    b's). Kind ``cycle``: the parents from both captures formed a loop, which was cut as in
    `Thread.repair`.
    """


def merge(a: Thread, b: Thread, *, guessed: Collection[str] = ()) -> Merged:
    """Combine two captures of a discussion, of which *b* is the later one.

    The result has every comment of both. For a comment in both, *b* wins field by field, except
    that fields unknown to *b* (None or empty) keep *a*'s value: a comment deleted in between keeps
    its text and gets *b*'s status. The fields of an author are merged likewise if both are the same
    person: by id, or by name if one of them has no id. Conflicts are reported in ``problems``.
    Siblings are in *b*'s order. Those only in *a* stay after the same sibling as in *a*.

    Args:
        a: The earlier capture.
        b: The later capture.
        guessed: The ids of comments whose parent in *b* is a guess, such as `Reading.inferred`.
            For these, *a*'s parent wins.

    A stub of *a* is dropped once *b* has the comments it names. Stubs of *b* stay. O(n).

    >>> a = Thread(None, [Comment("1", text="First!")], stubs=[Stub("1", ids=("2",))])
    >>> b = Thread(None, [Comment("1", score=3), Comment("2", "1")])
    >>> merged = merge(a, b).thread
    >>> merged["1"].text, merged["1"].score, merged.stubs
    ('First!', 3, ())
    """
    expect_thread(a)
    expect_thread(b)
    if isinstance(guessed, str):
        raise FieldTypeError("edit", "merge(guessed)", guessed, "must be a collection of ids")
    problems: list[Problem] = []
    unsure = frozenset(guessed)
    comments = [_merged_comment(id, a, b, unsure, problems) for id in _order(a, b, unsure)]
    repaired = Thread.repair(
        comments,
        article=_either(a.article, b.article, (), problems),
        stubs=_stubs(a, b),
        source=b.source if b.source is not None else a.source,
        meta=a.meta | b.meta,
    )
    return Merged(repaired.thread, (*problems, *repaired.problems))


def _order(a: Thread, b: Thread, unsure: frozenset[str]) -> Iterable[str]:
    """Yield the ids of *b* in order, and those only in *a* after their previous sibling."""
    following: dict[str | None, list[str]] = {}
    before: dict[str | None, str] = {}  # for each parent, its last reply that still is one in b
    for comment in a.comments:
        new = b.get(comment.id)
        if new is None:
            following.setdefault(before.get(comment.parent_id), []).append(comment.id)
        elif _stays(comment, new, unsure):
            before[comment.parent_id] = comment.id
    yield from following.get(None, ())
    for comment in b.comments:
        yield comment.id
        yield from following.get(comment.id, ())


def _stays(old: Comment, new: Comment, unsure: frozenset[str]) -> bool:
    """Whether a comment in both captures keeps its parent."""
    if old.parent_id == new.parent_id:
        return True
    if Status.MISSING in (old.status, new.status) and old.status is not new.status:
        return new.status is Status.MISSING
    return old.id in unsure


def _merged_comment(
    id: str, a: Thread, b: Thread, unsure: frozenset[str], problems: list[Problem]
) -> Comment:
    old, new = a.get(id), b.get(id)
    if old is None or new is None or old == new:
        return new or old  # type: ignore[return-value]  # at least one exists
    # A placeholder knows neither its parent nor its status.
    if new.status is Status.MISSING and old.status is not Status.MISSING:
        new = attrs.evolve(new, parent_id=old.parent_id, status=old.status)
    elif old.status is Status.MISSING and new.status is not Status.MISSING:
        old = attrs.evolve(old, parent_id=new.parent_id)
    elif id in unsure:
        new = attrs.evolve(new, parent_id=old.parent_id)
    return _merged(old, new, (id,), problems)


def _either(
    old: _V | None, new: _V | None, ids: tuple[str, ...], problems: list[Problem]
) -> _V | None:
    if old is None or new is None or old == new:
        return new if new is not None else old
    return _merged(old, new, ids, problems)


def _merged(old: _V, new: _V, ids: tuple[str, ...], problems: list[Problem]) -> _V:
    """Return *new* with its unknown fields taken from *old*, and report conflicts."""
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(old)):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now or (field.name == "text_format" and _lacks_text(old, new)):
            continue  # see _text_format
        if isinstance(was, Meta):
            changes[field.name] = was | now
        elif _unknown(field.name, now):
            changes[field.name] = was
        elif isinstance(was, dt.datetime) and _is_to_the_minute(was, now):
            changes[field.name] = max(was, now)  # a page prints no seconds, its feed does
        elif field.name in _PEOPLE and _are_the_same(_people(was), _people(now)):
            differing: list[Problem] = []
            pairs = zip(_people(was), _people(now), strict=True)
            people = tuple(_merged(*pair, (), differing) for pair in pairs)
            changes[field.name] = people if isinstance(now, tuple) else people[0]
            if differing:
                problems.append(_conflict(field.name, was, now, ids))
        elif not _unknown(field.name, was) and not _reads_the_same(field.name, old, new):
            problems.append(_conflict(field.name, was, now, ids))
    if isinstance(old, Article | Comment) and isinstance(new, Article | Comment):
        changes["text_format"] = _text_format(old, new)
    return attrs.evolve(new, **changes) if changes else new


def _reads_the_same(name: str, old: object, new: object) -> bool:
    """Whether two texts of HTML differ in nothing that readers see, as ``<br>`` and ``<br />``."""
    texts = [
        each.text
        for each in (old, new)
        if isinstance(each, Article | Comment) and each.text_format is TextFormat.HTML and each.text
    ]
    if name != "text" or len(texts) < 2:
        return False
    one, other = (
        (plain_text(text, TextFormat.HTML).split(), [*map(unescape, _ADDRESS.findall(text))])
        for text in texts
    )
    return one == other


def _is_to_the_minute(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether a time is another one without its seconds."""
    return min(one, other) == max(one, other).replace(second=0, microsecond=0)


_PEOPLE = ("author", "authors")
_ADDRESS = re.compile(r"\b(?:src|href)\s{0,9}=\s{0,9}[\"']?([^\"'\s>]{1,2000})")


def _people(value: Author | tuple[Author, ...] | None) -> tuple[Author, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _are_the_same(some: tuple[Author, ...], others: tuple[Author, ...]) -> bool:
    return len(some) == len(others) and all(map(_is_one, some, others))


def _is_one(one: Author, other: Author) -> bool:
    """Whether two authors are the same person: same id or, unless both have ids, same name."""
    if one.id is not None and other.id is not None:
        return one.id == other.id
    return one.name is not None and one.name == other.name


def _conflict(name: str, was: object, now: object, ids: tuple[str, ...]) -> Problem:
    what = f"{name} of {shown(ids[0], 30)}" if ids else name
    message = (
        f"{what} was {_difference(was, now)} and is {_difference(now, was)}: kept the later one"
    )
    return Problem("conflict", message, ids, (name, was, now))


_FAR_IN = 40  # characters that two texts share and a message leaves out
_BEFORE = 20
_SPELLED_OUT = 3  # how many elements or fields a message spells out


def _difference(value: object, other: object) -> str:
    """Describe briefly how a value differs from another."""
    if isinstance(value, tuple | frozenset):
        return _element_difference(value, other)
    if isinstance(value, Author) and isinstance(other, Author):
        return _field_difference(value, other)
    if isinstance(value, str) and isinstance(other, str):
        return _text_difference(value, other)
    return shown(value.isoformat()) if isinstance(value, dt.datetime) else shown(value)


def _text_difference(value: str, other: str) -> str:
    """Return a text from shortly before its first difference from another."""
    pairs = zip(value, other, strict=False)
    place = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shown(value) if place < _FAR_IN else f"...{shown(value[place - _BEFORE :])}"


def _element_difference(value: tuple[object, ...] | frozenset[object], other: object) -> str:
    if isinstance(value, frozenset):
        only = sorted(map(_name, value - other if isinstance(other, frozenset) else value))
    else:
        others = other if isinstance(other, tuple) else ()
        pairs = zip(value, others, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        only = [_name(element) for element in islice(value, same, same + _SPELLED_OUT)]
        if only and same < len(others) and only[0] == _name(others[same]):
            only[:1] = [_difference(value[same], others[same])]
    total = f"{len(value):,} value{'' if len(value) == 1 else 's'}"
    return f"{total} (with {', '.join(only[:_SPELLED_OUT])})" if only else total


def _name(value: object) -> str:
    if isinstance(value, Author):
        return shown(next((x for x in (value.name, value.display_name, value.id) if x), None), 30)
    return shown(value, 30)


def _field_difference(value: Author, other: Author) -> str:
    differing = [
        f"{field.name} {shown(getattr(value, field.name), 30)}"
        for field in attrs.fields(Author)
        if getattr(value, field.name) != getattr(other, field.name)
    ]
    return f"{_name(value)} ({', '.join(differing[:_SPELLED_OUT])})"


def _text_format(old: Article | Comment, new: Article | Comment) -> TextFormat:
    """Return the format of the text that is kept. Without a text, prefer a non-default format."""
    is_new = new.text is not None or (old.text is None and new.text_format is not TextFormat.TEXT)
    return new.text_format if is_new else old.text_format


def _lacks_text(old: object, new: object) -> bool:
    return getattr(old, "text", None) is None or getattr(new, "text", None) is None


def _unknown(name: str, value: object) -> bool:
    if name == "parent_id":
        return False  # None is known: the comment is top-level
    return value is None or value in ((), frozenset()) or value is Status.MISSING


def _stubs(a: Thread, b: Thread) -> list[Stub]:
    if not a.stubs:
        return list(b.stubs)
    repeated = set(b.stubs)
    parents = {stub.parent_id for stub in b.stubs}
    # for each position of b, how many of the comments before it are new
    new = list(accumulate((comment.id not in a for comment in b.comments), initial=0))
    stubs = []
    for stub in a.stubs:
        if stub in repeated:
            continue
        ids = tuple(id for id in stub.ids if id not in b)
        if not ids and stub.parent_id in parents:
            continue  # b's own stub says what is still missing
        rest = _rest(stub, ids) if stub.ids else _less(stub, _newly_below(stub.parent_id, b, new))
        if rest is not None:
            stubs.append(rest)
    return [*stubs, *b.stubs]


def _rest(stub: Stub, ids: tuple[str, ...]) -> Stub | None:
    """Return the rest of a stub of whose ids only *ids* are still missing."""
    if not ids and (stub.count is None or stub.count <= len(stub.ids)):
        return None
    # max(), because a source may list more ids than it counts
    new = len(stub.ids) - len(ids)
    count = None if stub.count is None else max(stub.count - new, 0)
    return attrs.evolve(stub, ids=ids, count=count)


def _less(stub: Stub, new: int) -> Stub | None:
    """Return the rest of a stub without ids, under which *new* comments are new."""
    if not new:
        return stub
    if stub.count is None or stub.count <= new:
        return None
    return attrs.evolve(stub, count=stub.count - new)


def _newly_below(parent: str | None, b: Thread, new: list[int]) -> int:
    if parent is None:
        return new[-1]
    if parent not in b:
        return 0
    at = b.position(parent)
    return new[at + b.size(parent)] - new[at + 1]
