"""Threads as rows of Arrow tables, and rows as threads."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import cattrs

from .._collector import collector_paused
from ..errors import CorpusError, DiscourseError, shown
from ..json import make_converter
from ..model import EMPTY, Article, Comment, Meta, Source, Status, Stub
from ..tables._cell_values import to_meta
from ..tables._columns import Columns, cells_of, times_from, values_of
from ..tables._schema import Cell
from ..thread import Thread
from ._schema import COMMENTS, OF_ARTICLE, THREADS, arrow, arrow_schema

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

Pair = tuple[str, Thread]
"""The key of a thread, and the thread."""


class Head(NamedTuple):
    """All of a thread but its comments, for rows that were never a `Thread`."""

    article: Article | None
    source: Source | None
    stubs: tuple[Stub, ...] = ()
    meta: Meta = EMPTY


TREE = ("thread_id", "position", "parent_position", "depth", "size", "thread_size")
"""The columns that say where a comment stands."""

# -- threads as rows -------------------------------------------------------------------------------


def to_tables(pairs: Sequence[Pair], *, digests: bool) -> "tuple[pyarrow.Table, pyarrow.Table]":
    """Return the rows of the comments and of the threads."""
    threads = [thread for _, thread in pairs]
    with collector_paused():
        comments = [comment for thread in threads for comment in thread.comments]
        cells: dict[str, Any] = {"thread_id": _repeated(pairs), **_tree(threads)}
        cells |= cells_of(Comment, comments)
        rows = table_of("comments", cells)
    counts = [len(thread.comments) for thread in threads]
    placeholders = [sum(c.status is Status.MISSING for c in thread.comments) for thread in threads]
    digests_of = [thread.digest() for thread in threads] if digests else [None] * len(threads)
    heads = head_cells(pairs, rows, counts, placeholders) | {"digest": digests_of}
    return rows, table_of("threads", heads)


def table_of(name: str, cells: dict[str, Any]) -> "pyarrow.Table":
    """Return a table of the schema; a column that is not among the cells is empty."""
    pa = arrow()
    schema = arrow_schema(name)
    count = max(map(len, cells.values()), default=0)
    arrays = []
    for field in schema:
        column = cells.get(field.name)
        if column is None or (isinstance(column, list) and column.count(None) == count):
            arrays.append(pa.nulls(count, field.type))
        elif isinstance(column, list):
            arrays.append(pa.array(column, field.type))
        else:
            arrays.append(column)
    table: pyarrow.Table = pa.table(arrays, schema=schema)
    return table


def _repeated(pairs: Sequence[Pair]) -> "pyarrow.Array":
    pa = arrow()
    places = [n for n, (_, thread) in enumerate(pairs) for _ in range(len(thread.comments))]
    keys = pa.array([key for key, _ in pairs], pa.string())
    return keys.take(pa.array(places, pa.int32()))


def _tree(threads: Sequence[Thread]) -> Columns:
    """Return the columns of the tree, which follow from the order and the depth of each comment."""
    columns: dict[str, list[Any]] = {name: [] for name in TREE[1:]}
    for thread in threads:
        count = len(thread.comments)
        if count:
            depths = list(map(thread.depth, thread.comments))
            columns["position"] += range(count)
            columns["parent_position"] += parent_positions(depths)
            columns["depth"] += depths
            columns["size"] += map(thread.size, thread.comments)
            columns["thread_size"] += [count] * count
    return columns


def parent_positions(depths: Sequence[int]) -> list[int | None]:
    """Return where the parent of each comment stands, by the depths of comments in preorder."""
    parents: list[int | None] = []
    branch: list[int | None] = [None]  # the last comment of each depth, after the article
    for position, depth in enumerate(depths):
        del branch[depth + 1 :]
        parents.append(branch[depth])
        branch.append(position)
    return parents


def head_cells(
    pairs: Sequence[tuple[str, Thread | Head]],
    rows: "pyarrow.Table",
    counts: list[int],
    placeholders: list[int],
) -> dict[str, list[Any]]:
    """Return the cells of the table of threads.

    Args:
        pairs: The keys and the threads, whose comments are not looked at.
        rows: The rows of all their comments.
        counts: How many comments each has.
        placeholders: How many of them are placeholders.
    """
    threads = [thread for _, thread in pairs]
    articles = [thread.article for thread in threads]
    sources = [thread.source for thread in threads]
    return {
        "thread_id": [key for key, _ in pairs],
        "comments": counts,
        "placeholders": placeholders,
        **_spans(rows, counts),
        "has_article": [article is not None for article in articles],
        **_named(cells_of(Article, articles, "article_")),
        "has_source": [source is not None for source in sources],
        **cells_of(Source, sources, "source_"),
        "stubs": [_stubs_text(thread.stubs) if thread.stubs else None for thread in threads],
        "meta": [_text(thread.meta.to_dict()) if thread.meta else None for thread in threads],
    }


def _spans(rows: "pyarrow.Table", counts: Sequence[int]) -> Columns:
    """Return the first and the last known time of each thread."""
    pa = arrow()
    times = rows["created_at"].cast(pa.int64()).to_pylist()
    firsts: list[Cell] = []
    lasts: list[Cell] = []
    start = 0
    for count in counts:
        known = [time for time in times[start : start + count] if time is not None]
        firsts.append(min(known, default=None))
        lasts.append(max(known, default=None))
        start += count
    return {"first_at": firsts, "last_at": lasts}


def _named(columns: Columns) -> Columns:
    """Return the cells of the article by the names that they have in a corpus."""
    named: Columns = {}
    for name, cells in columns.items():
        field = name.removeprefix("article_")
        named[OF_ARTICLE.get(field, field)] = cells
    return named


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _converter() -> cattrs.Converter:
    return make_converter()


def _stubs_text(stubs: tuple[Stub, ...]) -> str:
    return _text(_converter().unstructure(stubs, tuple[Stub, ...]))


# -- rows as threads -------------------------------------------------------------------------------

WRITTEN_BY_ANOTHER = (
    "another program has written these files: discourse.corpus.rewrite sorts the rows and puts "
    "each thread into one row group"
)
"""What a reader is told of files that are no longer as they were written."""


def to_pairs(comments: "pyarrow.Table", threads: "pyarrow.Table") -> Iterator[Pair]:
    """Yield the threads that rows hold, which must follow each other as `THREADS` says.

    Raises `CorpusError` for rows that are not whole threads in order, or are no threads at all.
    """
    heads = _Heads(threads)
    counts = threads["comments"].to_pylist()
    keys = heads.keys
    expect_whole(comments, keys, counts)
    try:
        with collector_paused():
            read = values_of(Comment, cells_from(comments, COMMENTS), comments.num_rows)
            fields = heads.fields()
        start = 0
        for key, count, (article, stubs, source, meta) in zip(keys, counts, fields, strict=True):
            values = read[start : start + count]
            start += count
            yield key, Thread(article, values, stubs=stubs, source=source, meta=meta)
    except (DiscourseError, ValueError, cattrs.BaseValidationError) as error:
        raise CorpusError(f"the rows are not those of threads: {error}") from None


def expect_whole(comments: "pyarrow.Table", keys: Sequence[str], counts: Sequence[int]) -> None:
    """Raise `CorpusError` where rows are not exactly the threads that they should be, in order."""
    if not are_whole(comments, keys, counts):
        raise CorpusError(f"a thread is cut, or its rows are out of order: {WRITTEN_BY_ANOTHER}")


def are_whole(comments: "pyarrow.Table", keys: Sequence[str], counts: Sequence[int]) -> bool:
    """Whether rows are exactly the threads of these keys and numbers of comments, in order."""
    pa = arrow()
    positions = [n for count in counts for n in range(count)]
    owners = pa.array([n for n, count in enumerate(counts) for _ in range(count)], pa.int32())
    wanted = pa.array(keys, pa.string()).take(owners)
    have = comments["thread_id"].combine_chunks()
    return (
        len(have) == len(wanted)
        and have.equals(wanted)
        and comments["position"].combine_chunks().equals(pa.array(positions, pa.int32()))
        and comments["thread_size"]
        .combine_chunks()
        .equals(pa.array(counts, pa.int32()).take(owners))
    )


def cells_from(table: "pyarrow.Table", columns: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the cells of the columns that a table has, times as times."""
    pa = arrow()
    names = set(table.column_names)
    cells: dict[str, list[Any]] = {}
    for column in columns:
        if column.name not in names or column.name in TREE:
            continue
        array = table[column.name]
        if array.null_count == len(array):
            continue
        if column.kind == "time":
            cells[column.name] = times_from(array.cast(pa.int64()).to_pylist())
        else:
            cells[column.name] = array.to_pylist()
    return cells


class _Heads:
    """All of threads but their comments, read from the rows of the table of threads."""

    def __init__(self, table: "pyarrow.Table") -> None:
        self.keys: list[str] = table["thread_id"].to_pylist()
        self._table = table

    def fields(
        self,
    ) -> list[tuple[Article | None, tuple[Stub, ...], Source | None, Meta]]:
        """Return the article, the stubs, the source and the meta of each thread."""
        count = len(self.keys)
        cells = cells_from(self._table, THREADS)
        own = {name: cells.get(name, [None] * count) for name in ("stubs", "meta")}
        renamed = {short: long for long, short in OF_ARTICLE.items()}
        of_article = {
            f"article_{renamed.get(name, name)}": values
            for name, values in cells.items()
            if name not in own
        }
        articles = self._values(Article, of_article, "article_", "has_article")
        sources = self._values(Source, cells, "source_", "has_source")
        stubs = [_stubs(text) if text else () for text in own["stubs"]]
        metas = [to_meta(text, "meta", n) if text else EMPTY for n, text in enumerate(own["meta"])]
        return list(zip(articles, stubs, sources, metas, strict=True))

    def _values(
        self, cls: type[Any], cells: dict[str, list[Any]], prefix: str, flag: str
    ) -> list[Any]:
        known = self._table[flag].to_pylist()
        values = values_of(cls, cells, len(known), prefix)
        return [value if has else None for value, has in zip(values, known, strict=True)]


def _stubs(text: str) -> tuple[Stub, ...]:
    try:
        return _converter().structure(json.loads(text), tuple[Stub, ...])
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{shown(text)} is no array of stubs: {error}") from None
