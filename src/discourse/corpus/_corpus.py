"""Provide `Corpus`: a collection of threads on disk, open for questions."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from ..errors import CorpusError, Problem, shown
from ..thread import Thread
from . import _check, _engine, _groups, _processes
from ._manifest import load
from ._problem_rows import problems_from
from ._rows import to_pairs
from ._schema import arrow, arrow_schema

if TYPE_CHECKING:
    import duckdb  # type: ignore[import-not-found, unused-ignore]
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_T = TypeVar("_T")


class Corpus:
    """A collection of threads on disk; `open` gives one.

    It is what was there when it was opened: a writer that comes later does not change it. Where a
    thread is asked for, its key will do, and the id or the address of its article if one thread
    alone has that.
    """

    def __init__(
        self, folder: Path, *, memory: str | None = None, workers: int | None = None
    ) -> None:
        arrow()
        self.path = folder
        """The folder."""
        self.manifest = load(folder)
        """Which files it is."""
        self._memory, self._workers = memory, workers
        self._connected: duckdb.DuckDBPyConnection | None = None

    def __repr__(self) -> str:
        comments = sum(part.comments.rows for part in self.manifest.parts)
        return f"<Corpus: {len(self):,} threads, {comments:,} comments, {shown(str(self.path))}>"

    # -- threads ---------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return how many threads there are."""
        return sum(part.threads.rows for part in self.manifest.parts)

    def __iter__(self) -> Iterator[Thread]:
        return self.threads()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __getitem__(self, key: str) -> Thread:
        """Return the thread with a key, or with an article of this id or URL.

        Raises `KeyError` if there is none, and `CorpusError` if several articles have that id.
        """
        thread_id = self._find(key)
        if thread_id is None:
            raise KeyError(key)
        rows = []
        for table, order in (("comment_rows", " order by position"), ("thread_rows", "")):
            query = f"select * from {table} where thread_id = $1{order}"  # noqa: S608 - our own names
            rows.append(self._query(query, [thread_id]))
        comments, threads = rows
        ((_, thread),) = to_pairs(
            comments.cast(arrow_schema("comments")), threads.cast(arrow_schema("threads"))
        )
        return thread

    def get(self, key: str) -> Thread | None:
        """Return the thread of a key, or None."""
        return self[key] if key in self else None  # noqa: SIM401 - this is what get is

    def _find(self, key: str) -> str | None:
        """Return the key of the thread with this key, article id or URL."""
        for column in ("thread_id", "article_id", "url"):
            query = f"select thread_id from threads where {column} = $1 limit 2"  # noqa: S608 - ours
            keys = self._query(query, [key])["thread_id"].to_pylist()
            if len(keys) > 1:
                raise CorpusError(
                    f"several articles have the {column.removeprefix('article_')} {shown(key)}: "
                    f"ask for the thread_id, such as {shown(keys[0])}"
                )
            if keys:
                return str(keys[0])
        return None

    def keys(self, where: str | None = None, params: object = None) -> list[str]:
        """Return the keys of all threads, or of those that match a condition in SQL."""
        relation = self.sql(f"select thread_id from threads where ({where or 'true'}\n)", params)  # noqa: S608
        keys: list[str] = _engine.rows(relation)["thread_id"].to_pylist()
        return keys

    def threads(
        self,
        where: str | None = None,
        params: object = None,
        *,
        columns: Sequence[str] | None = None,
    ) -> Iterator[Thread]:
        """Yield the threads, or those that match a condition in SQL.

        Args:
            where: The condition, on the columns of the table of threads, such as
                ``"created_at >= '2023-01-01'"``.
            params: The values for ``?`` or ``$name`` in it.
            columns: The columns of comments to read, which takes less time. The other fields are
                unknown then. ``id`` and ``parent_id`` are always read.
        """
        for _, thread in self.items(where, params, columns=columns):
            yield thread

    def items(
        self,
        where: str | None = None,
        params: object = None,
        *,
        columns: Sequence[str] | None = None,
    ) -> Iterator[tuple[str, Thread]]:
        """Yield the key and the thread, for the threads that `threads` yields."""
        for group in self._groups(where, params, columns):
            yield from _groups.pairs(group)

    def map(
        self,
        function: Callable[[Thread], _T],
        *,
        workers: int = 1,
        where: str | None = None,
        params: object = None,
        columns: Sequence[str] | None = None,
        on_error: _processes.OnError = "raise",
    ) -> Iterator[tuple[str, _T | Problem]]:
        """Yield the key of each thread and the result of *function*, in order.

        Args:
            function: A function of a thread. With several processes, `pickle` must support it and
                its results: define it at the top level of a module.
            workers: How many processes.
            where, params, columns: As for `threads`.
            on_error: What to do with an exception: ``"raise"`` raises `CorpusError`, which names
                the thread; ``"keep"`` yields a `Problem` of kind ``failed`` for that thread.
        """
        groups = self._groups(where, params, columns)
        return _processes.mapped(groups, function, workers, on_error)

    def _groups(
        self, where: str | None, params: object, columns: Sequence[str] | None
    ) -> Iterator[_groups.Group]:
        only = None if where is None else frozenset(self.keys(where, params))
        return _groups.groups_of(self.path, self.manifest, only, columns)

    # -- questions -------------------------------------------------------------------------------

    def sql(self, query: str, params: object = None) -> "duckdb.DuckDBPyRelation":
        """Return the result of a query as a relation of DuckDB.

        Convert it with ``.df()``, ``.pl()``, ``.to_arrow_table()`` or ``.fetchall()``. The query
        can use the views ``comments``, ``threads``, ``replies`` and ``problems`` and the macros,
        but no other files.

        Args:
            query: One SELECT.
            params: The values for ``?`` (a list) or ``$name`` (a dict). Never write untrusted
                values into the query itself.

        Raises `CorpusError` if DuckDB refuses the query, and `FieldError` if it is not a SELECT.
        """
        return _engine.asked(self._connection(), query, params)

    @property
    def comments(self) -> "duckdb.DuckDBPyRelation":
        """The comments, one row each, with all columns. Nothing is read before you use it."""
        return self.sql("select * from comments")

    @property
    def articles(self) -> "duckdb.DuckDBPyRelation":
        """The threads without their comments, one row each."""
        return self.sql("select * from threads")

    @property
    def replies(self) -> "duckdb.DuckDBPyRelation":
        """Who answers whom: one row for each comment that answers another."""
        return self.sql("select * from replies")

    def problems(self) -> list[Problem]:
        """Return the problems of building the corpus, with plain values."""
        return problems_from(self._query("select * from problems", []).to_pylist())

    def check(self) -> list[Problem]:
        """Return what is wrong with the files, or an empty list if they are unchanged. O(n).

        It compares the hash of each file with the manifest, reads every thread, and computes
        `Thread.digest` if the corpus has one.
        """
        return _check.checked(self.path, self.manifest)

    def info(self) -> dict[str, int]:
        """Return the numbers of threads, comments, problems, rows, files and bytes.

        ``rows`` is the number of lines of dumps. Each line is a comment, an article, or one of the
        ``rows`` of a problem.
        """
        files = self.manifest.files
        return {
            "threads": len(self),
            "comments": sum(part.comments.rows for part in self.manifest.parts),
            "problems": sum(file.rows for file in self.manifest.problems),
            "rows": self.manifest.rows,
            "files": len(files),
            "bytes": sum(file.size for file in files),
        }

    def _query(self, query: str, params: Sequence[str]) -> "pyarrow.Table":
        return _engine.rows(self.sql(query, params))

    def _connection(self) -> "duckdb.DuckDBPyConnection":
        if self._connected is None:
            self._connected = _engine.attached(
                self.path, self.manifest, memory=self._memory, workers=self._workers
            )
        return self._connected

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. The next query opens it again."""
        if self._connected is not None:
            self._connected.close()
            self._connected = None


def open(  # noqa: A001 - a counterpart of `write`, used with the name of its module
    path: str | os.PathLike[str], *, memory: str | None = None, workers: int | None = None
) -> Corpus:
    """Open a corpus.

    Args:
        path: The folder.
        memory: The memory limit for a query, such as ``"2GB"``. The default is DuckDB's.
        workers: How many processor threads a query uses. The default is all.

    Raises `CorpusError` if the folder is not a corpus of this version. Needs the extra ``corpus``.
    """
    return Corpus(Path(path), memory=memory, workers=workers)
