"""Provide `create_views`: a corpus as SQL views and functions of a Spark session."""

from typing import TYPE_CHECKING

from ..corpus._macros import MACROS, VIEWS
from ..corpus._manifest import NAME, parse
from ..corpus._schema import TABLES, Column
from ..errors import CorpusError
from ..tables._schema import imported

if TYPE_CHECKING:
    import pyspark.sql  # type: ignore[import-not-found, unused-ignore]

_TYPES = {
    "text": "string",
    "position": "int",
    "integer": "bigint",
    "offset": "smallint",
    "number": "double",
    "flag": "boolean",
    "time": "timestamp",
}
_ROWS = {"comments": "comment_rows", "threads": "thread_rows", "problems": "problem_rows"}


def create_views(session: "pyspark.sql.SparkSession", path: str) -> None:
    """Create the views and macros of `Corpus.sql` as temporary views and functions of a session.

    The views are ``comments``, ``threads``, ``replies`` and ``problems``, the functions
    ``depth_histogram()``, ``h_index()``, ``structural_virality()``, ``reciprocity()``,
    ``subtree()``, ``ancestors()`` and ``path()``. They replace those of another corpus:
    ``session.newSession()`` has room for a second one.

    Args:
        session: The session.
        path: The folder of the corpus, as Spark names it: ``hdfs://`` and ``s3a://`` work too.

    Raises `CorpusError` if the folder is not a corpus of this version.
    """
    errors = imported("pyspark.errors", "discourse.spark", "spark")
    folder = str(path).rstrip("/")
    manifest_path = f"{folder}/{NAME}"
    try:
        row = session.read.text(manifest_path, wholetext=True).first()
    except errors.PySparkException as error:
        raise CorpusError(f"Spark cannot read {manifest_path}: {error}") from None
    manifest = parse(row[0] if row else "", manifest_path)
    for table, columns in TABLES.items():
        files = [f"{folder}/{name}" for name in manifest.names(table)]
        _frame(session, files, columns).createOrReplaceTempView(_ROWS[table])
    for name, query in VIEWS.items():
        session.sql(query).createOrReplaceTempView(name)
    for macro in MACROS:
        default = " default null" if macro.is_optional else ""
        parameters = ", ".join(f"{name} string{default}" for name in macro.parameters)
        session.sql(
            f"create or replace temporary function {macro.name}({parameters}) "
            f"returns table return {macro.query}"
        )


def _frame(
    session: "pyspark.sql.SparkSession", files: list[str], columns: tuple[Column, ...]
) -> "pyspark.sql.DataFrame":
    """Return the rows of files, of which there may be none."""
    if files:
        return session.read.schema(ddl(columns)).parquet(*files)
    return session.createDataFrame([], ddl(columns))


def ddl(columns: tuple[Column, ...]) -> str:
    """Return the columns of a table in the words of Spark."""
    return ", ".join(
        f"`{each.name}` {_TYPES[each.kind]}{' not null' if each.is_required else ''}"
        for each in columns
    )
