"""Threads as pandas frames, and back."""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._columns import check_names, micros, times_from, to_columns, to_comments
from ._extras import imported
from ._head import KEY, Head, head, rest
from ._schema import KINDS, READ, Cell

if TYPE_CHECKING:
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001 - as the pages show it

#: Dtypes that hold missing cells beside exact ones: without them, integers would become floats.
_DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "flag": "boolean"}
_NOT_A_TIME = -(2**63)


def to_pandas(thread: Thread) -> "pandas.DataFrame":
    """Return the comments of a thread as a pandas frame, one row each, in order.

    It has all of `COLUMNS`, in dtypes that hold missing cells: ``string``, ``Int64``, ``Float64``,
    ``boolean``, ``datetime64[us, UTC]``. The head is in ``frame.attrs["discourse"]``; pandas keeps
    ``attrs`` through most operations and in Parquet. Needs the extra ``pandas``. O(n).

    >>> frame = to_pandas(Thread(None, [Comment("1"), Comment("2", "1", score=5)]))
    >>> frame[["id", "depth", "score"]]
      id  depth  score
    0  1      0   <NA>
    1  2      1    5.0
    """
    expect_thread(thread)
    pd = imported("pandas", "discourse.tables.to_pandas")
    columns = {
        name: _times(pd, cells)
        if KINDS[name] == "time"
        else pd.array(cells, dtype=_DTYPES[KINDS[name]])
        for name, cells in to_columns(thread).items()
    }
    frame: pandas.DataFrame = pd.DataFrame(columns)
    frame.attrs[KEY] = head(thread)
    return frame


def _times(pd: ModuleType, cells: list[Cell]) -> "pandas.DatetimeIndex":
    """Return times from exact counts of microseconds: nanoseconds would end in 2262."""
    numpy = imported("numpy", "discourse.tables.to_pandas", "pandas")
    counts = [_NOT_A_TIME if n is None else n for n in micros(cells)]
    naive = numpy.array(counts, dtype="int64").view("datetime64[us]")
    times: pandas.DatetimeIndex = pd.DatetimeIndex(naive).tz_localize("UTC")
    return times


def from_pandas(frame: "pandas.DataFrame", *, head: Head = None) -> Thread:
    """Return the thread that a pandas frame holds.

    Args:
        frame: The rows, in the order of the thread: sort them by ``position`` where they have lost
            it. `from_rows` tells which columns are read, and what their cells may be.
        head: The article, the stubs, the source and the meta: a `head`, or a thread that has them.
            Without it, what ``frame.attrs`` carries is taken, and where it carries none, nothing.

    Raises `FieldError` for a cell that its column cannot hold, and `ThreadError` for rows that are
    no tree: for those, give ``frame.to_dict("records")`` to `comments_from_rows`. Times finer than
    a microsecond are cut. Needs the extra ``pandas``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_pandas(to_pandas(thread)) == thread
    True
    """
    pd = imported("pandas", "discourse.tables.from_pandas")
    if not isinstance(frame, pd.DataFrame):
        raise FieldError("tables", "from_pandas(frame)", frame, "must be a pandas DataFrame")
    check_names(list(frame.columns))
    columns = {name: _cells(frame[name], name) for name in READ if name in frame.columns}
    comments = to_comments(columns, len(frame))
    return rest(frame.attrs.get(KEY) if head is None else head).thread(comments)


def _cells(series: "pandas.Series", name: str) -> list[Any]:
    if KINDS[name] != "time" or series.dtype.kind != "M":
        missing = series.isna().tolist()
        return [None if n else cell for cell, n in zip(series.tolist(), missing, strict=True)]
    if series.dt.tz is None:
        raise FieldError("tables", name, str(series.dtype), "must be a column of times in a zone")
    naive = series.dt.tz_convert("UTC").dt.tz_localize(None)
    counts = naive.to_numpy("datetime64[us]").astype("int64").tolist()
    return times_from(None if n == _NOT_A_TIME else n for n in counts)
