"""Threads as plain rows, one dict per comment, such as for SQL."""

from collections.abc import Iterable, Mapping
from typing import Unpack, overload

from .._reading import Reading
from .._threads import Threads
from ..errors import FieldError
from ..model import Comment
from ..thread import Thread
from ._any_table import ReadOptions, read_with
from ._columns import check_names, to_comments
from ._head import Head, rest
from ._schema import READ, Row
from ._several import columns_of


def to_rows(
    threads: Threads,
    *,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    heads: bool = False,
) -> list[Row]:
    """Return the comments of a thread, or of several, as rows: a dict of plain values for each.

    Every row has all of `COLUMNS`; unknown values are None. Times are in UTC, with the offset
    that they had in a column of its own. O(n).

    Args:
        threads: The thread; or several, in a list or any other iterable. Each row then has a column
            more, ``thread``: the id of the article, its address or a number, or the key where
            *threads* is a mapping, such as of file names.
        plain: Add ``plain_text``, the text without markup.
        parent_author: Add ``parent_author``, the key of the author of the parent.
        local_times: Add ``created_at_local``, the time on the writer's clock as text. Rows have it
            anyway if a comment has no other time.
        heads: Add a column ``thread_head`` with the `thread_head` in the first row of each thread.
            A thread without comments gets a row of its own. `read` reads such rows, and returns
            equal threads.

    >>> rows = to_rows(Thread(None, [Comment("1"), Comment("2", "1", Author("Ada"))]))
    >>> [(row["position"], row["id"], row["depth"], row["author_key"]) for row in rows]
    [(0, '1', 0, None), (1, '2', 1, 'Ada')]
    >>> rows = to_rows({"a.json": Thread(None, [Comment("1")]), "b.json": Thread()}, heads=True)
    >>> [(row["thread"], row["id"]) for row in rows]
    [('a.json', '1'), ('b.json', None)]
    """
    columns = columns_of(
        threads, plain=plain, parent_author=parent_author, local_times=local_times, heads=heads
    )
    cells = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in cells]


@overload
def from_rows(rows: Iterable[Mapping[str, object]], *, head: Head = None) -> Thread: ...
@overload
def from_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    columns: Mapping[str, str | None],
    **options: Unpack[ReadOptions],
) -> Reading: ...
def from_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    head: Head = None,
    columns: Mapping[str, str | None] | None = None,
    **options: Unpack[ReadOptions],
) -> Thread | Reading:
    """Return the thread that rows hold.

    Args:
        rows: The rows in the order of the thread; if they lost it, sort them by ``position``.
            Derived columns and those outside the schema are ignored. Missing columns, other than
            ``id`` and ``parent_id``, make unknown values.
        head: The article, stubs, source and meta: a `thread_head`, or a thread that has them.
        columns, options: As for `read`, for rows with other columns, numeric ids, missing parents
            or several discussions. The result is a `Reading` then, with threads and problems.

    Missing cells may be None, NaN or pandas' missing values. An integer may be a float, a flag 0 or
    1, and a time an ISO 8601 text with an offset, as SQLite returns them.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree, such as some of a thread: see `comments_from_rows`. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_rows(to_rows(thread), head=thread) == thread
    True
    >>> rows = [{"cid": 7, "up": None, "body": "Why?"}, {"cid": 8, "up": 7.0, "body": "Age."}]
    >>> from_rows(rows, columns={"id": "cid", "parent_id": "up", "text": "body"}).thread["8"].text
    'Age.'
    """
    if columns is not None or options:
        return read_with(rows, head, columns, options)
    return rest(head).thread(comments_from_rows(rows))


def comments_from_rows(rows: Iterable[Mapping[str, object]]) -> list[Comment]:
    """Return the comments that rows hold, in their order, tree or not.

    For `Thread.repair`, where rows were left out: the replies to them have no parent any more.
    `from_rows` says what cells may hold. O(n).

    >>> rows = to_rows(Thread(None, [Comment("1"), Comment("2", "1")]))
    >>> repaired = Thread.repair(comments_from_rows(rows[1:]))
    >>> [comment.status.value for comment in repaired.thread]
    ['missing', 'visible']
    """
    listed = list(rows)
    names: set[str] = set()
    for row in listed:
        if not isinstance(row, Mapping):
            raise FieldError("tables", "rows", row, "must be mappings of columns to cells")
        names.update(row)
    if listed:
        check_names(names)
    columns = {name: [row.get(name) for row in listed] for name in READ if name in names}
    return to_comments(columns, len(listed))
