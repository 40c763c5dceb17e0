"""Strategies for whole discussions: threads of all shapes, rows that are not a tree, documents."""

import json as stdlib_json
from collections.abc import Callable
from typing import TypeAlias

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from ..json import dumps, make_converter, to_dict
from ..model import Article, Comment, Meta, Source, Status, Stub
from ..thread import Thread
from . import _values as values

#: The position of a comment's parent; 0 is the article, so shrinking flattens the thread.
#: Small numbers give wide threads. Large ones are cut to the previous comment and give deep ones.
_RAW = st.one_of(st.integers(0, 2), st.integers(0, 8), st.integers(0, 100))

_PRESENT = st.sampled_from([status for status in Status if status is not Status.MISSING])


def threads(
    *,
    min_size: int = 0,
    max_size: int | None = None,
    max_depth: int | None = None,
    max_width: int | None = None,
    complete: bool = True,
    comments: SearchStrategy[Comment] | None = None,
    article: SearchStrategy[Article | None] | None = None,
    source: SearchStrategy[Source | None] | None = None,
    meta: SearchStrategy[Meta] | None = None,
    ids: SearchStrategy[str] | None = None,
) -> SearchStrategy[Thread]:
    """Return a strategy for `Thread`: wide, deep, and both.

    Args:
        min_size: The minimum number of comments.
        max_size: The maximum number of comments. The default is 12, or *min_size* if larger.
        max_depth: The maximum depth of a comment. 0 gives flat threads.
        max_width: The maximum number of replies to a comment or to the article.
        complete: Whether `Thread.is_complete` always holds. If not, some threads have stubs,
            placeholders, or an article that claims more comments than there are.
        comments: Comments. Their ids and parents are overwritten.
        article: Articles; None is allowed.
        source: Sources; None is allowed.
        meta: The ``meta`` of the thread.
        ids: Ids. By default, they are numbers or similar strings.

    >>> from hypothesis import find
    >>> find(threads(), lambda thread: len(thread.levels()) == 3)
    <Thread: no article, 3 comments, 1 top-level, 3 levels>
    """
    largest = max(min_size, 12) if max_size is None else max_size
    largest = min(largest, _room(largest, max_depth, max_width))
    if not 0 <= min_size <= largest:
        raise InvalidArgument(f"no thread with {min_size} comments fits these limits")
    status = st.just(Status.VISIBLE) | _PRESENT if complete else st.sampled_from(Status)
    usual = _mixed(status=status)
    return _threads(
        sizes=st.integers(min_size, largest),
        bounds=(max_depth, max_width),
        complete=complete,
        comments=comments if comments is not None else usual,
        article=article if article is not None else st.none() | values.articles(),
        source=source if source is not None else st.none() | values.sources(),
        meta=meta if meta is not None else st.just(Meta()) | values.metas(),
        ids=ids,
    )


def _mixed(**fields: SearchStrategy[object]) -> SearchStrategy[Comment]:
    """Return a strategy for comments, some with only an id, for threads with many comments."""
    bare = st.just(Comment("-"))
    with_text = values.texts(max_size=8).map(lambda text: Comment("-", text=text))
    return st.one_of(bare, with_text, values.comments(id=st.just("-"), **fields))


_Bounds: TypeAlias = tuple[int | None, int | None]


def _room(largest: int, max_depth: int | None, max_width: int | None) -> int:
    """Return how many comments fit the limits, at most *largest*."""
    if max_depth is not None and max_depth < 0:
        raise InvalidArgument("max_depth must not be negative")
    if max_width is None:
        return largest
    if max_width < 1:
        return 0
    room = level = max_width
    for _ in range(min(largest, largest if max_depth is None else max_depth)):
        level = min(level * max_width, largest)
        room = min(room + level, largest)
    return min(room, largest)


@st.composite
def _threads(
    draw: DrawFn,
    *,
    sizes: SearchStrategy[int],
    bounds: _Bounds,
    complete: bool,
    comments: SearchStrategy[Comment],
    article: SearchStrategy[Article | None],
    source: SearchStrategy[Source | None],
    meta: SearchStrategy[Meta],
    ids: SearchStrategy[str] | None,
) -> Thread:
    size = draw(sizes)
    names = _names(draw, size, ids)
    row = st.tuples(_RAW, comments)  # a single draw, so shrinking removes whole rows
    drawn = [draw(row) for _ in range(size)]
    parents = _placed([raw for raw, _ in drawn], *bounds)
    rows = [
        attrs.evolve(comment, id=name, parent_id=names[parent - 1] if parent else None)
        for (_, comment), name, parent in zip(drawn, names, parents, strict=True)
    ]
    about = draw(article)
    if complete and about is not None and (about.comment_count or 0) > size:
        about = attrs.evolve(about, comment_count=size)
    gaps = () if complete else draw(_stubs_in(tuple(names)))
    return Thread(about, rows, stubs=gaps, source=draw(source), meta=draw(meta))


def _names(draw: DrawFn, size: int, ids: SearchStrategy[str] | None) -> list[str]:
    """Draw so many unique ids."""
    if ids is not None:
        return draw(st.lists(ids, min_size=size, max_size=size, unique=True))
    if not draw(st.booleans()):
        return [str(number) for number in range(1, size + 1)]
    names: dict[str, None] = {}
    for _ in range(size):
        name = draw(_IDS)
        while name in names:
            name += "~2"  # like the new ids of Thread.repair
        names[name] = None
    return list(names)


_IDS = values.ids()


def _placed(raws: list[int], max_depth: int | None, max_width: int | None) -> list[int]:
    """Return the position of each comment's parent (0: the article), within the limits.

    A parent that is too deep or full is replaced by the next one that is neither, starting over at
    the article.
    """
    parents: list[int] = []
    depths = [-1]  # the article's, then each comment's
    widths = [0]
    for number, raw in enumerate(raws):
        parent = min(raw, number)
        while (max_depth is not None and depths[parent] >= max_depth) or (
            max_width is not None and widths[parent] >= max_width
        ):
            parent = (parent + 1) % (number + 1)
        parents.append(parent)
        widths[parent] += 1
        depths.append(depths[parent] + 1)
        widths.append(0)
    return parents


def _stubs_in(names: tuple[str, ...]) -> SearchStrategy[tuple[Stub, ...]]:
    parents = st.none() | st.sampled_from(names) if names else st.none()
    return st.lists(values.stubs(parent_id=parents), max_size=3).map(tuple)


def deep_threads(
    *,
    min_size: int = 100,
    max_size: int = 1_000,
    shapes: tuple[str, ...] = ("chain", "comb", "fan"),
) -> SearchStrategy[Thread]:
    """Return a strategy for very deep or very wide threads of comments with only an id.

    Args:
        min_size: The minimum number of comments.
        max_size: The maximum number of comments. Try a million or more to test scaling.
        shapes: Any of ``"chain"`` (each comment answers the previous one), ``"comb"`` (a chain
            where each comment also has a leaf) and ``"fan"`` (all answer the first).

    >>> from hypothesis import find
    >>> find(deep_threads(min_size=20, max_size=50), lambda thread: True)
    <Thread: no article, 20 comments, 1 top-level, 20 levels>
    """
    unknown = [shape for shape in shapes if shape not in _SHAPES]
    if unknown or not shapes:
        raise InvalidArgument(f"shapes must be some of {', '.join(_SHAPES)}")
    drawn = st.tuples(st.sampled_from(shapes), st.integers(min_size, max_size))
    return drawn.map(lambda pair: _deep(*pair))


_SHAPES: dict[str, Callable[[int], int]] = {
    "chain": lambda n: n - 1,
    "comb": lambda n: n - 1 if n % 2 else max(n - 2, 0),
    "fan": lambda _: 0,
}


def _deep(shape: str, size: int) -> Thread:
    above = _SHAPES[shape]
    rows = (Comment(str(n + 1), str(above(n) + 1) if n else None) for n in range(size))
    return Thread(None, tuple(rows))


_FAULTS = st.sampled_from(["none", "none", "none", "orphan", "any", "any", "again", "other"])
_ROW = st.integers(0, 3) | st.integers(0, 100)
_GONE = ("gone", "a~2", "1~2", "2~2")  # all but the first as repair names twins


@st.composite
def _rows(
    draw: DrawFn, sizes: SearchStrategy[int], comments: SearchStrategy[Comment]
) -> list[Comment]:
    size = draw(sizes)
    names = _names(draw, size, None)
    row = st.tuples(_RAW, comments, _FAULTS, _ROW)
    rows: list[Comment] = []
    for n in range(size):
        raw, comment, fault, other = draw(row)
        id, before = names[n], min(raw, n)
        parent = names[before - 1] if before else None
        if fault == "orphan":
            parent = _GONE[other % len(_GONE)]
        elif fault == "any":  # itself, one that comes later, one that makes a loop
            parent = names[min(other, size - 1)]
        elif n and fault == "again":
            rows.append(rows[min(other, n - 1)])
            continue
        elif n and fault == "other":
            id = names[min(other, n - 1)]
        rows.append(attrs.evolve(comment, id=id, parent_id=parent))
    return rows


def rows(
    *,
    min_size: int = 0,
    max_size: int = 12,
    comments: SearchStrategy[Comment] | None = None,
) -> SearchStrategy[list[Comment]]:
    """Return a strategy for lists of comments that may not be a tree, for `Thread.repair`.

    They include duplicate ids with equal or different content, parents that are missing or come
    later, comments that answer themselves, and loops. Some lists are valid trees.

    Args:
        min_size: The minimum number of comments.
        max_size: The maximum number of comments.
        comments: Comments. Their ids and parents are overwritten.

    >>> from hypothesis import find
    >>> broken = find(rows(), lambda rows: bool(Thread.repair(rows).problems))
    >>> len(broken)
    1
    """
    elements = comments if comments is not None else _mixed()
    return _rows(st.integers(min_size, max_size), elements)


def json_documents(*, threads: SearchStrategy[Thread] | None = None) -> SearchStrategy[str]:
    """Return a strategy for JSON documents that `discourse.loads` accepts.

    Some are as `discourse.dumps` writes them. Others have keys in another order, include defaults,
    escape non-ASCII characters, or are indented.

    Args:
        threads: The threads to write.

    >>> from hypothesis import find
    >>> find(json_documents(), lambda text: True)
    '{"schema":"discourse/thread/1"}'
    """
    drawn = _any_threads() if threads is None else threads
    return st.one_of(drawn.map(dumps), drawn.map(_respelled), drawn.map(_told_in_full))


def _any_threads() -> SearchStrategy[Thread]:
    return threads(complete=False, max_size=8)


def _respelled(thread: Thread) -> str:
    return stdlib_json.dumps(to_dict(thread), sort_keys=True, indent=1)


def _told_in_full(thread: Thread) -> str:
    plain = {**to_dict(thread), **_telling_all.unstructure(thread)}
    return stdlib_json.dumps(plain, ensure_ascii=False)


_telling_all = make_converter(omit_defaults=False)
