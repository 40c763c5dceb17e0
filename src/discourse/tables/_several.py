"""The columns of several threads in one table, and those that only readers of it need."""

from collections.abc import Iterable

from .._expect import expect_thread
from ..plain import plain_text
from ..thread import Thread
from ._columns import Columns, to_columns
from ._head import head
from ._schema import HEAD, NAMES, THREAD, Cell

Threads = Thread | Iterable[Thread]
"""One thread, or several: their tables have one column more, ``thread``, which tells them apart."""


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
        plain: Whether there is a column ``plain_text``: the text without its markup.
        parent_author: Whether there is a column ``parent_author``: the key of who is answered.
        local_times: Whether there is a column ``created_at_local``: the time on the writer's clock.
        heads: Whether there is a column ``thread_head``, and a row for a thread without comments.
    """
    several = _threads(threads)
    tables = []
    for thread, key in zip(several, _keys(several), strict=True):
        columns = to_columns(thread)
        if plain:
            columns["plain_text"] = [plain_text(comment) for comment in thread.comments]
        if parent_author:
            columns["parent_author"] = _parent_authors(thread)
        if local_times:
            columns["created_at_local"] = _local_times(thread)
        if heads:
            columns = _with_head(columns, thread)
        if heads or not isinstance(threads, Thread):
            columns = {THREAD: [key] * len(columns["id"]), **columns}
        tables.append(columns)
    if not tables:
        return {name: [] for name in (THREAD, *NAMES, *[HEAD] * heads)}
    return {name: [cell for table in tables for cell in table[name]] for name in tables[0]}


def _threads(threads: Threads) -> list[Thread]:
    """Return the threads; raise `TypeError` for what is none."""
    if isinstance(threads, Thread):
        return [threads]
    is_reading = hasattr(threads, "problems")  # which is no list
    if is_reading or isinstance(threads, str | bytes) or not isinstance(threads, Iterable):
        expect_thread(threads)
    several = list(threads)
    for thread in several:
        expect_thread(thread)
    return several


def _with_head(columns: Columns, thread: Thread) -> Columns:
    """Return columns with the head in the first row, which a thread without comments has too."""
    rows = max(len(thread.comments), 1)
    if not thread.comments:
        columns = {name: [None] for name in columns}
    return columns | {HEAD: [head(thread), *[None] * (rows - 1)]}


def _local_times(thread: Thread) -> list[Cell]:
    times = [comment.created_at for comment in thread.comments]
    return [time and time.replace(tzinfo=None).isoformat(" ") for time in times]


def _keys(threads: list[Thread]) -> list[str]:
    """Return what tells threads apart: the id or address of the article, or a number."""
    taken: set[str] = set()
    keys = []
    for number, thread in enumerate(threads, 1):
        article = thread.article
        key = base = (article and (article.id or article.url)) or str(number)
        again = 2
        while key in taken:
            key, again = f"{base}~{again}", again + 1
        taken.add(key)
        keys.append(key)
    return keys


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
