"""Convert threads to tables and graphs: plain rows, pandas, polars, Arrow, networkx, GraphML.

All tables have the same columns, `COLUMNS`, and one row per comment in the order of the thread.
Some columns give the position in the tree, so SQL can query it without following parents: the rows
of a subtree are those from ``position`` up to ``position + size``.

The fields of the thread itself (article, stubs, source, ``meta``) are a small JSON text, the
`thread_head`. pandas frames and Arrow tables carry it. Rows and polars frames cannot: pass it to
`from_rows` and `from_polars`.

`read` reads tables from other programs, whatever their columns are called, and returns a `Reading`
with threads and problems. `from_rows` and its like expect the columns above, unless they get
options of `read`.

The law: ``from_x(to_x(thread)) == thread``, with the head where it is not carried. Each library is
an extra. Without it, a `MissingExtraError` says what to install.

Reading order: `_schema` (the columns), `_columns` (threads to columns and back), `_head`,
`_several` (several threads in one table), `_rows`, `_frames`, `_graph`, `_graphml`; and for tables
from elsewhere `_any_table` (`read`), `_table_cells`, `_guesses`, `_cells`, `_comment_paths`,
`_foreign`.
"""

from .._zones import Zone
from ._any_table import read
from ._cells import TimeUnit
from ._frames import from_arrow, from_pandas, from_polars, to_arrow, to_pandas, to_polars
from ._graph import from_networkx, to_networkx
from ._graphml import GraphML, to_graphml
from ._guesses import guess_columns
from ._head import thread_head
from ._rows import comments_from_rows, from_rows, to_rows
from ._schema import COLUMNS, Column

__all__ = [
    "COLUMNS",
    "Column",
    "GraphML",
    "TimeUnit",
    "Zone",
    "comments_from_rows",
    "from_arrow",
    "from_networkx",
    "from_pandas",
    "from_polars",
    "from_rows",
    "guess_columns",
    "read",
    "thread_head",
    "to_arrow",
    "to_graphml",
    "to_networkx",
    "to_pandas",
    "to_polars",
    "to_rows",
]
