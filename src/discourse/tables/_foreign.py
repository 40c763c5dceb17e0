"""Read tables of comments from other programs: find the columns, and build threads."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypedDict

import attrs

from .._markup.local_times import LOCAL, LOCAL_EDIT, local_times
from .._problems import ProblemLog
from .._reading import Reading
from ..errors import FieldError, Place, shown
from ..model import EMPTY, Article, Author, Comment, Meta, Source, Status, TextFormat, parent_id
from ..thread import OnCycle, OnDuplicate, OnOrphan, Thread
from ._cells import READERS, Times, TimeUnit, json_cell, text, whole_ids
from ._comment_paths import parents_of_paths
from ._guesses import choose_columns
from ._table_cells import Cells

_ARTICLE = ("article_title", "article_url", "article_text")
_UNITS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
_BREAK = re.compile(r"(?:\s|<br\s?/?>)*")  # all that the titles of the New York Times hold
#: Texts that Reddit, and tables made of it, have in place of one that is gone.
_GONE = {
    "[deleted]": Status.DELETED,
    "[removed]": Status.REMOVED,
    "[ Removed by Reddit ]": Status.REMOVED,
}
#: What columns of states have: Coral's, WordPress's, the New York Times', Civil Comments'.
_STATUS = {
    **dict.fromkeys(("visible", "approved", "approve", "published", "accepted"), Status.VISIBLE),
    **dict.fromkeys(("online", "none"), Status.VISIBLE),
    **dict.fromkeys(("pending", "premod", "unapproved", "hold"), Status.PENDING),
    **dict.fromkeys(("removed", "rejected", "blocked"), Status.REMOVED),
    **dict.fromkeys(("deleted", "trash"), Status.DELETED),
    "spam": Status.SPAM,
    "hidden": Status.HIDDEN,
}  # fmt: skip


class Policies(TypedDict):
    """How threads are repaired; see `Thread.repair`."""

    on_orphan: OnOrphan
    on_duplicate: OnDuplicate
    on_cycle: OnCycle


@attrs.frozen(kw_only=True)
class Options:
    """What a caller says of a table; see `read`."""

    columns: Mapping[str, str | None]
    thread: str | None
    zone: dt.tzinfo | None
    time_unit: TimeUnit | None
    text_format: TextFormat
    roots: Collection[str]
    policies: Policies


def read_foreign(cells: Cells, count: int, options: Options, log: ProblemLog) -> Reading:
    """Return the threads of a table by what its columns are; see `read`."""
    asked = dict(options.columns)
    if options.thread is not None:
        asked["thread"] = options.thread
    columns = choose_columns(cells, count, asked, log)
    return _Table(cells, count, columns, options, log).reading()


class _Table:
    """A table whose columns are known, on its way to threads."""

    def __init__(
        self, cells: Cells, count: int, columns: dict[str, str], options: Options, log: ProblemLog
    ) -> None:
        self._cells, self._count, self._columns = cells, count, columns
        self._options, self._log = options, log
        self._unread: dict[int, dict[str, object]] = {}
        self._local: list[int] = []
        self._unknown: list[Any] = [None] * count
        self._other = [(name, cells[name]) for name in cells if name not in set(columns.values())]
        self._people: dict[tuple[Any, ...], Author | None] = {}
        self._fields: dict[str, list[Any]] = {}
        self._keys = self._read_ids("thread")
        self._ids, self._parents = self._tree()

    def reading(self) -> Reading:
        """Return the threads, repaired, with every problem."""
        self._fields = self._read_fields()
        people = self._authors()
        threads: dict[str | None, list[int]] = {}
        for n, id in enumerate(self._ids):
            if id is None:
                self.skip(n, "no-id", "a row without an id")
            else:
                threads.setdefault(self._keys[n], []).append(n)
        self._tell_times()
        made = [self._thread(key, rows, people) for key, rows in threads.items()]
        return Reading(made, self._log.finish())

    def _tree(self) -> tuple[list[str | None], list[Any]]:
        """Return the id and the raw parent of each row."""
        if "path" in self._columns:
            paths = self._read_ids("path")
            ids = self._read_ids("id") if "id" in self._columns else paths
            return ids, parents_of_paths(paths, ids, self._keys)
        parents = self._read_ids("parent_id")
        if "id" in self._columns:
            ids = self._read_ids("id")
            known = set(ids)  # where "1.5" is an id "1.0" is none that was 1
            raw = self._cells.get(self._columns.get("parent_id", ""), self._unknown)
            cells = zip(raw, parents, strict=True)
            return ids, [cell if type(cell) is str and cell in known else id for cell, id in cells]
        if self._count:
            self._log.add(
                "no-ids", "no column has ids: the ids are the numbers of the rows, from 1"
            )
        return [str(n + 1) for n in range(self._count)], parents

    def _thread(self, key: str | None, rows: list[int], people: list[Author | None]) -> Thread:
        known = {id for n in rows if (id := self._ids[n]) is not None}
        root = next(
            (n for n in rows if self._ids[n] == key and not self._parent(n, key, known)), -1
        )
        if root >= 0 and key is not None:
            known.remove(key)  # what answers it answers the article
        comments: list[Comment] = []
        article: Article | None = None
        for n in rows:
            comment = self._comment(n, self._parent(n, key, known), people[n])
            if comment is not None and n == root:
                article = _article_of(comment)
            elif comment is not None:
                comments.append(comment)
        repaired = Thread.repair(
            comments,
            article=self._article(key, rows, article),
            source=Source("table"),
            **self._options.policies,
        )
        self._log.problems += repaired.problems
        return repaired.thread

    def _parent(self, n: int, key: str | None, known: set[str]) -> str | None:
        raw = self._parents[n]
        if raw is None or raw in self._options.roots:
            return None
        return parent_id(raw, id=self._ids[n], article_id=key, known=known)

    def _comment(self, n: int, parent: str | None, author: Author | None) -> Comment | None:
        values = {name: cells[n] for name, cells in self._fields.items() if cells[n] is not None}
        status = values.pop("status", Status.VISIBLE)
        if (gone := _GONE.get(values.get("text", ""))) is not None:
            status = gone
            del values["text"]
        try:
            return Comment(
                str(self._ids[n]),
                parent,
                author,
                text_format=self._options.text_format,
                status=status,
                meta=self._meta(n),
                **values,
            )
        except FieldError as error:
            self.skip(n, "bad-row", str(error))
            return None

    def _article(self, key: str | None, rows: list[int], row: Article | None) -> Article | None:
        """Return the article of a thread: a row's, and what columns say of it."""
        first: dict[str, str] = {}
        for target in _ARTICLE:
            cells = self._cells.get(self._columns.get(target, ""), None)
            for n in rows if cells is not None else ():
                value = cells[n]  # type: ignore[index]  # there are cells
                if value in (None, ""):
                    continue
                if first.setdefault(target, str(value)) != str(value):
                    self._unread.setdefault(n, {})[self._columns[target]] = value
        is_address = key is not None and key.startswith(("http://", "https://"))
        article = row or Article(id=None if is_address else key, url=key if is_address else None)
        more: dict[str, Any] = {
            target.removeprefix("article_"): value for target, value in first.items()
        }
        if is_address:
            more.setdefault("url", str(key))
        article = attrs.evolve(
            article, **{name: v for name, v in more.items() if getattr(article, name) is None}
        )
        return article if article != Article() else None

    # -- columns ---------------------------------------------------------------------------------

    def _read_ids(self, target: str) -> list[str | None]:
        name = self._columns.get(target)
        if name is None:
            return list(self._unknown)
        ids: list[str | None] = []
        raw = whole_ids(self._cells[name])
        is_reddit = target != "author_id" and _are_fullnames(raw)
        for n, value in enumerate(raw):
            id = value
            if value is not None and type(value) is not str:
                self._refuse(n, name, value, "an id: its last digits may be lost")
                id = None
            elif is_reddit and value and value[:1] == "t" and value[2:3] == "_":
                id = None if target == "parent_id" and value[1] == "3" else value[3:]
            ids.append(id or None)
        return ids

    def _read_fields(self) -> dict[str, list[Any]]:
        """Return the values of the fields of `Comment` that columns have."""
        fields: dict[str, list[Any]] = {}
        for target, name in self._columns.items():
            if target in ("created_at", "edited_at"):
                fields[target] = self._times(target, name)
            elif target == "status":
                fields[target] = self._status(name)
            elif target in READERS and not target.startswith("author_"):
                fields[target] = self._each(name, READERS[target], "a number or a flag")
            elif target == "text":
                fields[target] = [c if c is None else text(c) for c in self._cells[name]]
            elif target in ("title", "url", "language"):
                fields[target] = [
                    None if c is None or _BREAK.fullmatch(text(c)) else text(c)
                    for c in self._cells[name]
                ]
        return fields

    def _each(
        self,
        name: str,
        read: Any,  # noqa: ANN401 - a function
        wanted: Callable[[object], str] | str,
    ) -> list[Any]:
        values: list[Any] = []
        for n, cell in enumerate(self._cells[name]):
            value = None
            if cell not in (None, ""):
                try:
                    value = read(cell)
                except (ValueError, OverflowError):
                    reason = wanted if isinstance(wanted, str) else wanted(cell)
                    self._refuse(n, name, cell, reason)
            values.append(value)
        return values

    def _times(self, target: str, name: str) -> list[dt.datetime | None]:
        cells = self._cells[name]
        times = Times(cells, name, self._options.time_unit, self._options.zone)
        if times.is_guess and times.unit is not None:
            unit = _UNITS[times.unit]
            self._log.add(
                "guessed-time-unit", f"{shown(name)} counts {unit} since 1970, by its size"
            )
        values = self._each(name, times.read, times.wanted)
        for n, time in enumerate(values):
            if time is not None and time.tzinfo is None:
                key = LOCAL if target == "created_at" else LOCAL_EDIT
                self._unread.setdefault(n, {})[key] = time.isoformat()
                values[n] = None
                if target == "created_at":
                    self._local.append(n)
        return values

    def _status(self, name: str) -> list[Status | None]:
        words = Counter(
            str(cell).strip().casefold() for cell in self._cells[name] if cell is not None
        )
        words.pop("", None)
        if not all(word in _STATUS for word in words):
            for n, cell in enumerate(self._cells[name]):
                if cell not in (None, ""):
                    self._unread.setdefault(n, {})[name] = json_cell(cell)
        return [_STATUS.get(str(cell).strip().casefold()) for cell in self._cells[name]]

    def _authors(self) -> list[Author | None]:
        """Return the author of each row, equal ones as one object."""
        columns: dict[str, list[Any]] = {}
        for target, name in self._columns.items():
            if target == "author_id":
                columns["id"] = self._read_ids(target)
            elif target in READERS and target.startswith("author_"):
                columns["is_bot"] = self._each(name, READERS[target], "true or false")
            elif target.startswith("author_"):
                columns[target.removeprefix("author_")] = [
                    text(c) if c not in (None, "", "[deleted]", "[removed]") else None
                    for c in self._cells[name]
                ]
        if not columns:
            return list(self._unknown)
        authors: list[Author | None] = []
        for row in zip(*columns.values(), strict=True):
            if row not in self._people:
                known = {key: v for key, v in zip(columns, row, strict=True) if v is not None}
                self._people[row] = Author(known.pop("name", None), **known) if known else None
            authors.append(self._people[row])
        return authors

    # -- what is left ----------------------------------------------------------------------------

    def _meta(self, n: int) -> Meta:
        left = {
            name: json_cell(cells[n])
            for name, cells in self._other
            if cells[n] is not None and cells[n] != ""
        }
        left |= self._unread.get(n, {})
        if not left:
            return EMPTY
        try:
            return Meta(left)
        except (TypeError, ValueError) as error:
            self._log.add(
                "bad-value", f"cells cannot be kept: {error}", values=(str(left),), place=_row(n)
            )
            return EMPTY

    def _refuse(self, n: int, name: str, value: object, wanted: str) -> None:
        """Report a cell that its column cannot hold; it stays in ``meta``."""
        kept = json_cell(value)
        self._unread.setdefault(n, {})[name] = kept
        message = f"{shown(name)} must be {wanted}, not {shown(value)}: kept in meta"
        self._log.add("bad-value", message, values=(kept,), place=_row(n))

    def skip(self, n: int, kind: str, message: str) -> None:
        """Report a row that makes no comment."""
        row = {name: json_cell(cells[n]) for name, cells in self._cells.items()}
        self._log.add(kind, f"{message}: skipped", values=(row,), place=_row(n))

    def _tell_times(self) -> None:
        if self._local:
            local = [id for n in self._local if (id := self._ids[n]) is not None]
            self._log.add("local-time", local_times(len(self._local)), ids=local)


def _row(n: int) -> Place:
    return Place(path=f"$[{n}]")


def _are_fullnames(ids: list[Any]) -> bool:
    """Whether ids are those of Reddit with their kind before them, such as ``t1_c7``."""
    known = [id for id in ids if id not in (None, "", "0", "root")]
    return bool(known) and all(
        type(id) is str and id[:1] == "t" and id[1:2].isdecimal() and id[2:3] == "_" for id in known
    )


def _article_of(comment: Comment) -> Article:
    """Return a row that is what the others answer as an article."""
    return Article(
        comment.title,
        id=comment.id,
        url=comment.url,
        authors=[comment.author] if comment.author is not None else [],
        text=comment.text,
        text_format=comment.text_format,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        language=comment.language,
        score=comment.score,
        meta=comment.meta,
    )
