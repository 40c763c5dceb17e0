"""Strategies for single values: texts, ids, times and each class of the model."""

import datetime as dt
from collections.abc import Mapping
from itertools import combinations
from typing import Any, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from ..model import Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat

_T = TypeVar("_T")
Fields: TypeAlias = "Mapping[str, SearchStrategy[object]]"

#: Characters that break programs: controls, joiners, combining marks, changes of direction.
_AWKWARD = (
    "\n\t\r \u00a0\u3000\x00\x07\x08\x1b\x7f\x85\x9b\u2028\u2029\ufeff\u200b\u200d\ufe0f\u00ad"
    "\u202e\u202d\u2066\u2069\u200f\u0301\u0308\u20dd\u0e33\u05d0\u0627\u4e2d\uac00\uff1d"
    "\U0001f44d\U0001f3fd\U0001f1e9\ue000\ufffd\uffff\U0010ffff'\"\\<>&=,;|ab1."
)

#: Ids that must not be confused: different case, digits, spaces, normal forms, generated ids.
_LOOK_ALIKE = (
    *("a", "A", "a~2", "a~3", "a ", " a", "a\u200b", "\u0430", "1", "01", "1.0", "\u0661", "-1"),
    *("caf\u00e9", "cafe\u0301", "\u212b", "\u00c5", "None", "null", "0", "root", "t1_a", "../b"),
    *("\x00", "\x1b[2J", "$.comments[0]", "<a@b.example>", " ", "\U0001f44d"),
)

_COMMON_NAMES = ("Ada", "Bo", "ada", "Ada ", "[deleted]", "admin\u202e", "Zo\u00eb", "Zoe\u0308")


def texts(*, min_size: int = 0, max_size: int = 30) -> SearchStrategy[str]:
    """Return a strategy for texts: any Unicode except lone surrogates, often awkward characters.

    Args:
        min_size: The minimum length.
        max_size: The maximum length.
    """
    plain = st.text(st.characters(codec="utf-8"), min_size=min_size, max_size=max_size)
    return plain | st.text(_AWKWARD, min_size=min_size, max_size=max_size)


def ids() -> SearchStrategy[str]:
    """Return a strategy for ids: non-empty strings, many of which are similar.

    >>> from hypothesis import find
    >>> find(ids(), lambda id: True)
    'a'
    """
    return st.one_of(st.sampled_from(_LOOK_ALIKE), texts(min_size=1, max_size=8))


_EARLIEST = dt.datetime(1, 1, 3)  # noqa: DTZ001 - a zone is drawn for it
_LATEST = dt.datetime(9999, 12, 29)  # noqa: DTZ001 - the same
_PLAINEST = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same
_MICROSECOND = dt.timedelta(microseconds=1)


def times(
    *, min_value: dt.datetime = _EARLIEST, max_value: dt.datetime = _LATEST
) -> SearchStrategy[dt.datetime]:
    """Return a strategy for aware times, with fixed offsets in whole minutes.

    Args:
        min_value: The earliest clock time, without a zone, as for Hypothesis' ``datetimes``.
        max_value: The latest clock time.

    >>> from hypothesis import find
    >>> find(times(), lambda time: True)
    datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    # Threads have many times: draw two numbers for each, where ``datetimes`` draws nine.
    low, high = (bound - _PLAINEST for bound in (min_value, max_value))
    after = st.integers(low // _MICROSECOND, high // _MICROSECOND)
    hours = st.integers(-12, 14).map(lambda hour: 60 * hour)
    return st.builds(_time, after, st.one_of(st.just(0), hours, st.integers(-1439, 1439)))


def _time(microseconds: int, minutes: int) -> dt.datetime:
    zone = dt.timezone(dt.timedelta(minutes=minutes)) if minutes else dt.UTC
    return (_PLAINEST + microseconds * _MICROSECOND).replace(tzinfo=zone)


def metas(*, max_leaves: int = 5) -> SearchStrategy[Meta]:
    """Return a strategy for `Meta`: nested JSON objects.

    Args:
        max_leaves: The approximate maximum number of values in each.

    >>> from hypothesis import find
    >>> find(metas(), lambda meta: len(meta) > 1)
    Meta({'': None, '0': None})
    """
    keys = texts(max_size=5)

    def extend(inner: SearchStrategy[object]) -> SearchStrategy[object]:
        return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)

    scalars: SearchStrategy[object] = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 2),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        texts(max_size=8),
    )
    values = st.recursive(scalars, extend, max_leaves=max_leaves)
    return st.dictionaries(keys, values, max_size=3).map(Meta)


_NUMBERS = st.integers(-(2**63), 2**63 - 1)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_COUNTS = st.integers(0, 9) | st.integers(0, 2**63 - 1)
_WORDS = texts(max_size=12)
_URLS = st.just("https://example.org/c/1") | _WORDS
_LABELS = st.frozensets(
    st.sampled_from(["pinned", "moderator", "by-author", "Pinned"]) | texts(min_size=1, max_size=8),
    max_size=3,
)

#: Strategies for fields by name, and for all other fields by type.
_BY_NAME: Fields = {
    "id": ids(),
    "ids": st.lists(ids(), max_size=3, unique=True).map(tuple),
    "text": texts(),
    "url": _URLS,
    "avatar_url": _URLS,
    "language": st.sampled_from(["en", "de", "ar", ""]),
    "count": _COUNTS,
    "reply_count": _COUNTS,
    "comment_count": _COUNTS,
}

_BY_TYPE: dict[object, SearchStrategy[object]] = {
    str | None: _WORDS,
    bool | None: st.booleans(),
    int | None: st.integers(0, 9) | _NUMBERS,
    int | float | None: st.one_of(st.integers(-3, 3), _NUMBERS, _FLOATS),
    dt.datetime | None: times(),
    frozenset[str]: _LABELS,
    tuple[str, ...]: st.lists(_WORDS, max_size=2).map(tuple),
    tuple[Author, ...]: st.lists(
        st.deferred(lambda: authors()),  # noqa: PLW0108 - it is defined below
        max_size=2,
    ).map(tuple),
    Status: st.sampled_from(Status),
    TextFormat: st.sampled_from(TextFormat),
    Meta: metas(),
}


def _drawn(field: "attrs.Attribute[Any]") -> SearchStrategy[object]:
    """Return the strategy for a field: by its name or, failing that, by its type."""
    return _BY_NAME[field.name] if field.name in _BY_NAME else _BY_TYPE[field.type]


def _built(cls: type[_T], given: Fields, **usual: SearchStrategy[object]) -> SearchStrategy[_T]:
    """Return a strategy for *cls*: the given fields, mostly the usual ones, and a few others."""
    fields = attrs.fields(cls)  # type: ignore[arg-type]  # a class of the model
    known = {field.name: field for field in fields}
    for name, strategy in given.items():
        if name not in known:
            raise InvalidArgument(f"{cls.__name__} has no field {name!r:.60}")
        if not isinstance(strategy, SearchStrategy):
            raise InvalidArgument(f"{name}= must be a strategy, such as st.just(...)")
    often = [name for name in usual if name not in given]
    rest = [
        name for name in known if name not in usual and name not in given and name != "parent_id"
    ]
    others = {**usual, **{name: _drawn(known[name]) for name in rest}}
    return _value(cls, given, others, st.sampled_from(_choices(often, rest)))


def _choices(often: list[str], rest: list[str]) -> list[list[str]]:
    """Return a strategy for the set of fields to draw. A fifth of the sets are empty."""
    some = [list(names) for n in (0, 1, 2) for names in combinations(rest, n)]
    full = [often] * (len(some) // 2) + [often + names for names in some] + [often + rest]
    return [[]] * (1 + len(full) // 5) + [[name] for name in often + rest] + full


@st.composite
def _value(
    draw: DrawFn,
    cls: type[_T],
    given: Fields,
    others: Fields,
    choices: SearchStrategy[list[str]],
) -> _T:
    chosen = draw(choices)
    fields: dict[str, Any] = {name: draw(strategy) for name, strategy in given.items()}
    for name in chosen:
        fields[name] = draw(others[name])
    return cls(**fields)


def authors(**fields: SearchStrategy[object]) -> SearchStrategy[Author]:
    """Return a strategy for `Author`, with repeated and similar names.

    Args:
        fields: Strategies for fields, by name, in place of the default ones.

    >>> from hypothesis import find, strategies as st
    >>> find(authors(id=st.just("u17")), lambda author: True)
    Author(id='u17')
    """
    names = st.one_of(st.just(None), st.sampled_from(_COMMON_NAMES), _WORDS)
    return _built(Author, fields, name=names)


def sources(**fields: SearchStrategy[object]) -> SearchStrategy[Source]:
    """Return a strategy for `Source`.

    Args:
        fields: Strategies for fields, by name, in place of the default ones.
    """
    return _built(Source, fields, format=st.one_of(st.none(), st.just("json"), _WORDS))


def stubs(**fields: SearchStrategy[object]) -> SearchStrategy[Stub]:
    """Return a strategy for `Stub`. Without ``parent_id=``, all are at the top level.

    Args:
        fields: Strategies for fields, by name, in place of the default ones.
    """
    return _built(Stub, fields, kind=st.sampled_from(StubKind))


def articles(**fields: SearchStrategy[object]) -> SearchStrategy[Article]:
    """Return a strategy for `Article`.

    Args:
        fields: Strategies for fields, by name, in place of the default ones.
    """
    return _built(Article, fields, title=st.none() | texts())


def comments(**fields: SearchStrategy[object]) -> SearchStrategy[Comment]:
    """Return a strategy for `Comment`. Without ``parent_id=``, all are top-level.

    Args:
        fields: Strategies for fields, by name, in place of the default ones.

    >>> from hypothesis import find
    >>> find(comments(), lambda comment: True)
    Comment(id='a')
    """
    fields.setdefault("id", ids())
    usual = {
        "author": st.none() | authors(),
        "text": st.none() | texts(),
        "created_at": st.none() | times(),
    }
    return _built(Comment, fields, **usual)
