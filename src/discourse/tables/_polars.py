"""Threads as polars frames, and back."""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._columns import check_names, micros, times_from, to_columns, to_comments
from ._extras import imported
from ._head import Head, rest
from ._schema import KINDS, READ

if TYPE_CHECKING:
    import polars  # type: ignore[import-not-found, unused-ignore]  # noqa: ICN001 - as the pages show it


def to_polars(thread: Thread) -> "polars.DataFrame":
    """Return the comments of a thread as a polars frame, one row each, in order.

    It has all of `COLUMNS`, as ``String``, ``Int64``, ``Float64``, ``Boolean`` and
    ``Datetime("us", "UTC")``. A polars frame has no place for the head: keep `head` beside it, and
    hand it to `from_polars`. Needs the extra ``polars``. O(n).

    >>> frame = to_polars(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> frame.select("id", "depth", "score").rows()
    [('1', 0, None), ('2', 1, 5.0)]
    """
    expect_thread(thread)
    pl = imported("polars", "discourse.tables.to_polars")
    dtypes = {
        "text": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "flag": pl.Boolean,
    }
    time = pl.Datetime("us", "UTC")
    columns = [
        pl.Series(name, micros(cells), dtype=pl.Int64).cast(time)
        if KINDS[name] == "time"
        else pl.Series(name, cells, dtype=dtypes[KINDS[name]])
        for name, cells in to_columns(thread).items()
    ]
    frame: polars.DataFrame = pl.DataFrame(columns)
    return frame


def from_polars(frame: "polars.DataFrame", *, head: Head = None) -> Thread:
    """Return the thread that a polars frame holds.

    Args:
        frame: The rows, in the order of the thread: sort them by ``position`` where they have lost
            it. `from_rows` tells which columns are read, and what their cells may be.
        head: The article, the stubs, the source and the meta: a `head`, or a thread that has them.
            Without it, the thread has none.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, give ``frame.to_dicts()`` to `comments_from_rows`. Times finer than a
    microsecond are cut. Needs the extra ``polars``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_polars(to_polars(thread), head=thread) == thread
    True
    """
    pl = imported("polars", "discourse.tables.from_polars")
    if not isinstance(frame, pl.DataFrame):
        raise FieldError("tables", "from_polars(frame)", frame, "must be a polars DataFrame")
    check_names(frame.columns)
    columns = {name: _cells(pl, frame[name]) for name in READ if name in frame.columns}
    return rest(head).thread(to_comments(columns, frame.height))


def _cells(pl: ModuleType, series: "polars.Series") -> list[Any]:
    if KINDS[series.name] != "time" or not isinstance(series.dtype, pl.Datetime):
        cells: list[Any] = series.to_list()
        return cells
    if series.dtype.time_zone is None:
        reason = "must be a column of times in a zone"
        raise FieldError("tables", series.name, str(series.dtype), reason)
    return times_from(series.dt.cast_time_unit("us").cast(pl.Int64).to_list())
