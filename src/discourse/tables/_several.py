"""The columns of one thread or several as one table, and those that only some readers need."""

from .._markup.local_times import LOCAL, local_of
from .._threads import Threads, named
from ..model import Comment
from ..plain import plain_text
from ..thread import Thread
from ._columns import Columns, to_columns
from ._head import thread_head
from ._schema import HEAD, THREAD, Cell


def columns_of(
    threads: Threads,
    *,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    heads: bool = False,
) -> Columns:
    """Return the cells of a thread, or of several, by the names of their columns.

    Args:
        threads: The thread or the threads.
        plain: Add a column ``plain_text``, the text without markup.
        parent_author: Add a column ``parent_author``, the key of the author of the parent.
        local_times: Add a column ``created_at_local``, the time on the writer's clock. It is there
            anyway if a comment has no other time.
        heads: Add a column ``thread_head``, and a row for a thread without comments.
    """
    by_name = named(threads)
    several = list(by_name.values())
    columns = to_columns(several)
    if plain:
        columns["plain_text"] = [plain_text(c) for each in several for c in each.comments]
    if parent_author:
        columns["parent_author"] = [key for each in several for key in _parent_authors(each)]
    if local_times or any(
        comment.meta and LOCAL in comment.meta for each in several for comment in each.comments
    ):
        columns[LOCAL] = [_local_time(c) for each in several for c in each.comments]
    sizes = [len(thread.comments) for thread in several]
    if heads:
        if 0 in sizes:
            columns = _with_empty_rows(columns, sizes)
        sizes = [size or 1 for size in sizes]
        columns[HEAD] = [
            cell
            for thread, size in zip(several, sizes, strict=True)
            for cell in (thread_head(thread), *[None] * (size - 1))
        ]
    if heads or not isinstance(threads, Thread):
        keys: list[Cell] = [
            key for key, size in zip(by_name, sizes, strict=True) for _ in range(size)
        ]
        columns = {THREAD: keys, **columns}
    return columns


def _with_empty_rows(columns: Columns, sizes: list[int]) -> Columns:
    """Return columns with a row of empty cells for each thread that has no comment."""
    rows: list[int | None] = []
    start = 0
    for size in sizes:
        rows += range(start, start + size) if size else [None]
        start += size
    return {
        name: [None if row is None else cells[row] for row in rows]
        for name, cells in columns.items()
    }


def _local_time(comment: Comment) -> Cell:
    time = comment.created_at
    if time is not None:
        return time.replace(tzinfo=None).isoformat(" ")
    return (local_of(comment.meta) or "").replace("T", " ") or None


def _parent_authors(thread: Thread) -> list[Cell]:
    """Return who each comment answers: the author of its parent, or of the article."""
    article = thread.article
    of_article = article.authors[0].key if article is not None and article.authors else None
    authors: list[Cell] = []
    for comment in thread.comments:
        parent = thread.parent(comment)
        answered = None if parent is None else parent.author
        authors.append(of_article if parent is None else answered and answered.key)
    return authors
