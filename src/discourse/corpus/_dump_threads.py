"""Make the threads of a flat dump from its sorted rows, each thread in preorder."""

import itertools
import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from .._problems import ProblemLog
from ..errors import Problem, shown
from ..json import make_converter
from ..model import Article, Comment, Source
from ..tables._columns import values_of
from ..thread import Thread
from ..thread._tree_repair import log_copies, log_orphans
from ._external_sort import Run, borders, read_sorted
from ._preorder import preorder
from ._problem_rows import ProblemRow
from ._rows import TREE, Head, Pair, cells_from, head_cells, table_of, to_tables
from ._schema import COMMENTS, arrow
from ._writer import GROUP, Writer

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_SOURCE = Source("pushshift", platform="reddit")
_converter = make_converter()


def thread_all(
    writer: Writer,
    comments: Sequence[Run],
    posts: Sequence[Run],
    memory: int,
    told: Callable[[int], object],
) -> None:
    """Sort the rows of runs in so many bytes of memory, and write their threads."""
    total = sum(run.size for run in (*comments, *posts))
    share = memory / max(total, 1)
    rows_of_posts, rows_of_comments = (
        read_sorted(runs, int(share * sum(run.size for run in runs)), count)
        for runs, count in ((posts, GROUP // 8), (comments, GROUP))
    )
    articles = _Posts(rows_of_posts)
    done = 0
    for rows in rows_of_comments:
        told(done := done + rows.num_rows)
        threading = _Threading(rows, articles, writer)
        del rows  # of which `threading` lets go as early as it can
        threading.write()
        del threading
        writer.tell_rows(articles.problems)
        articles.problems.clear()
    for key, post in articles.until(None):
        writer.add((key, Thread(post, source=_SOURCE)))
    writer.flush()
    writer.tell_rows(articles.problems)


class _Posts:
    """The posts of a dump, in order of the keys."""

    def __init__(self, tables: "Iterator[pyarrow.Table]") -> None:
        self._tables = tables
        self._waiting: deque[tuple[str, str]] = deque()
        self.problems: list[ProblemRow] = []

    def until(self, key: str | None) -> Iterator[tuple[str, Article]]:
        """Yield the posts up to a key, that of the key included; None: all that are left."""
        while self._fill() and (key is None or self._waiting[0][0] <= key):
            at, text = self._waiting.popleft()
            article = _article(text)
            while self._fill() and self._waiting[0][0] == at:
                self._repeated(at, article, _article(self._waiting.popleft()[1]))
            yield at, article

    def _fill(self) -> bool:
        if not self._waiting and (table := next(self._tables, None)) is not None:
            self._waiting.extend(
                zip(table["thread_id"].to_pylist(), table["post"].to_pylist(), strict=True)
            )
        return bool(self._waiting)

    def _repeated(self, key: str, first: Article, other: Article) -> None:
        id = shown(first.id)
        if first == other:
            problem = Problem("duplicate", f"post {id} stands again with the same content", ())
        else:
            message = f"another article has the id {id}: the first one is kept"
            problem = Problem("duplicate-article", message, values=(other,))
        self.problems.append(ProblemRow(problem, key, 1))


def _article(text: str) -> Article:
    data = json.loads(text)
    if data.keys() <= {"id", "site"}:
        return Article(**data)
    article: Article = _converter.structure(data, Article)
    return article


class _Threading:
    """Puts rows, each thread together, into the tables of a corpus."""

    def __init__(self, rows: "pyarrow.Table", posts: _Posts, writer: Writer) -> None:
        self._rows = rows = rows.combine_chunks()
        self._posts = posts
        self._writer = writer
        self._ids: list[str] = rows["id"].to_pylist()
        self._parents: list[str | None] = rows["parent_id"].to_pylist()
        self._pairs: list[tuple[str, Head]] = []
        self._counts: list[int] = []
        self._placeholder_counts: list[int] = []
        self._take: list[int | None] = []
        self._tree: dict[str, list[Any]] = {name: [] for name in TREE[1:]}
        self._missing: dict[int, str] = {}
        self._repaired: list[Pair] = []

    def write(self) -> None:
        """Write all threads."""
        keys, texts = (self._rows[name].combine_chunks() for name in ("thread_id", "post"))
        starts = [0, *borders(keys), len(keys)]
        for start, end in itertools.pairwise(starts):
            key = keys[start].as_py()
            told = _article(texts[start].as_py())
            article = told
            for at, post in self._posts.until(key):
                if at == key:
                    article = post if post.site is not None else attrs.evolve(post, site=told.site)
                else:
                    self._add(at, post, 0, 0)
            self._thread(key, article, start, end)
        self._writer.write(*self._tables())
        if self._repaired:
            self._writer.write(*to_tables(self._repaired, digests=False))

    def _add(self, key: str, article: Article, count: int, placeholders: int) -> None:
        self._pairs.append((key, Head(article, _SOURCE)))
        self._counts.append(count)
        self._placeholder_counts.append(placeholders)

    def _thread(self, key: str, article: Article, start: int, end: int) -> None:
        rows: Sequence[int] = range(start, end)
        ids, parents = self._ids[start:end], self._parents[start:end]
        copies: Counter[str] = Counter()
        if len(set(ids)) != len(ids):
            unique = self._without_copies(rows, copies)
            if unique is None:
                self._repair(key, article, start, end)
                return
            rows = unique
            ids, parents = [self._ids[row] for row in rows], [self._parents[row] for row in rows]
        order = preorder(ids, parents)
        if order is None:
            self._repair(key, article, start, end)
            return
        if copies or order.orphans:
            problems = []
            for log_all in (
                partial(log_copies, counts=copies),
                partial(log_orphans, orphans=order.orphans, policy="placeholder", known=ids),
            ):
                log = ProblemLog()
                log_all(log)
                problems += log.finish()
            self._tell(key, problems)
        count, before = len(order.rows), len(self._take)
        self._take += [None if row is None else rows[row] for row in order.rows]
        for position, id in order.placeholders.items():
            self._missing[before + position] = id
        tree = self._tree
        tree["position"] += range(count)
        tree["parent_position"] += order.parents
        tree["depth"] += order.depths
        tree["size"] += order.sizes
        tree["thread_size"] += [count] * count
        self._add(key, article, count, len(order.placeholders))

    def _without_copies(self, rows: Sequence[int], copies: Counter[str]) -> list[int] | None:
        """Return the rows without those that stand there twice; None where two differ."""
        first: dict[str, int] = {}
        pairs = []
        unique = []
        for row in rows:
            id = self._ids[row]
            if id in first:
                pairs += [first[id], row]
                copies[id] += 1
            else:
                first[id] = row
                unique.append(row)
        names = [name for name in self._rows.column_names if name not in ("seq", "post")]
        cells = self._rows.select(names).take(arrow().array(pairs)).to_pylist()
        return unique if cells[::2] == cells[1::2] else None

    def _repair(self, key: str, article: Article, start: int, end: int) -> None:
        """Leave a thread to `Thread.repair`, which costs more, and decides all that there is."""
        cells = cells_from(self._rows.slice(start, end - start), COMMENTS)
        comments = values_of(Comment, cells, end - start)
        repaired = Thread.repair(comments, article=article, source=_SOURCE)
        self._tell(key, repaired.problems)
        self._repaired.append((key, repaired.thread))

    def _tell(self, key: str, problems: Sequence[Problem]) -> None:
        self._writer.tell_rows(
            ProblemRow(
                problem,
                key,
                sum(count - 1 for count in problem.values if isinstance(count, int))
                if problem.kind == "duplicate"
                else 0,
            )
            for problem in problems
        )

    def _tables(self) -> "tuple[pyarrow.Table, pyarrow.Table]":
        pa = arrow()
        taken = self._rows.take(pa.array(self._take, pa.int64()))
        del self._rows  # to have the memory for what is written
        cells: dict[str, Any] = {name: taken[name] for name in taken.column_names}
        keys = pa.array([key for key, _ in self._pairs], pa.string())
        owners = [n for n, count in enumerate(self._counts) for _ in range(count)]
        cells |= {"thread_id": keys.take(pa.array(owners, pa.int32())), **self._tree}
        if self._missing:
            ids = pa.array([self._missing.get(n) for n in range(len(self._take))], pa.string())
            fill = pa.compute.fill_null
            cells["id"] = pa.compute.coalesce(taken["id"], ids)
            cells["status"] = fill(taken["status"], "missing")
            cells["text_format"] = fill(taken["text_format"], "text")
        comments = table_of("comments", cells)
        heads = head_cells(self._pairs, comments, self._counts, self._placeholder_counts)
        return comments, table_of("threads", heads)
