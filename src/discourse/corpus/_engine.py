"""DuckDB over the files of a corpus: its views and macros, and nothing else in reach of a query."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..errors import CorpusError, FieldError, FieldTypeError, shown
from ..tables._schema import imported
from ._macros import MACROS, VIEWS
from ._manifest import Manifest
from ._schema import TABLES, Column

if TYPE_CHECKING:
    import duckdb  # type: ignore[import-not-found, unused-ignore]
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001

_TYPES = {
    "text": "varchar",
    "position": "integer",
    "integer": "bigint",
    "offset": "smallint",
    "number": "double",
    "flag": "boolean",
    "time": "timestamptz",
}
_ROWS = {"comments": "comment_rows", "threads": "thread_rows", "problems": "problem_rows"}
_ALLOWED = {"SELECT", "EXPLAIN"}


def connected(
    *, memory: str | None = None, workers: int | None = None, spill: Path | None = None
) -> "duckdb.DuckDBPyConnection":
    """Return a connection to an empty database in memory, within bounds.

    Args:
        memory: The most memory that it takes, such as ``"2GB"``.
        workers: The number of its threads.
        spill: The folder for what does not fit in memory.
    """
    engine = imported("duckdb", "discourse.corpus", "corpus")
    config: dict[str, Any] = {
        "TimeZone": "UTC",
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
        "temp_directory": str(spill or _unused_folder()),
    }
    if spill is not None:
        config["preserve_insertion_order"] = False  # of what is sorted anyway, which saves memory
    if memory is not None:
        config["memory_limit"] = memory
    if workers is not None:
        config["threads"] = workers
    try:
        return cast("duckdb.DuckDBPyConnection", engine.connect(config=config))
    except (engine.Error, TypeError) as error:
        raise FieldError("corpus", "memory", memory, f"is refused by DuckDB: {error}") from None


def _unused_folder() -> Path:
    """Return where to spill to: DuckDB makes the folder when it needs one, and removes it."""
    return Path(tempfile.gettempdir()) / f"discourse-{os.urandom(8).hex()}"


def attached(
    folder: Path, manifest: Manifest, *, memory: str | None, workers: int | None
) -> "duckdb.DuckDBPyConnection":
    """Return a connection whose queries see the tables of a corpus and no other file."""
    duckdb = imported("duckdb", "discourse.corpus", "corpus")
    connection = connected(memory=memory, workers=workers)
    try:
        _define(connection, folder, manifest)
    except duckdb.Error as error:
        connection.close()
        raise CorpusError(f"DuckDB cannot read {folder}: {_brief(error)}") from None
    return connection


def _define(connection: "duckdb.DuckDBPyConnection", folder: Path, manifest: Manifest) -> None:
    """Define the views and the macros, and shut the door behind them."""
    paths: list[str] = []
    for table, columns in TABLES.items():
        files = manifest.paths(folder, table)
        paths += files
        connection.execute(f"create view {_ROWS[table]} as {_source(files, columns)}")
    for name, query in VIEWS.items():
        connection.execute(f"create view {name} as {query}")
    for macro in MACROS:
        parameters = ", ".join(
            f"{name} := null" if macro.is_optional else name for name in macro.parameters
        )
        connection.execute(f"create macro {macro.name}({parameters}) as table {macro.query}")
    connection.execute(f"set allowed_paths = {literal(paths)}")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _source(files: Sequence[str], columns: Sequence[Column]) -> str:
    """Return a query of the rows of files, of which there may be none."""
    names = ", ".join(f'"{each.name}"' for each in columns)
    if files:
        return f"select {names} from read_parquet({literal(files)})"  # noqa: S608 - quoted
    nulls = ", ".join(f'null::{_TYPES[each.kind]} as "{each.name}"' for each in columns)
    return f"select {nulls} where false"


def literal(texts: Sequence[str]) -> str:
    """Return texts as a list in SQL."""
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f"[{quoted}]"


def asked(
    connection: "duckdb.DuckDBPyConnection", query: str, params: object = None
) -> "duckdb.DuckDBPyRelation":
    """Return the answer to one question, which may not change anything or reach another file."""
    duckdb = imported("duckdb", "discourse.corpus", "corpus")
    if not isinstance(query, str):
        raise FieldTypeError("corpus", "sql(query)", query, "must be SQL, as a string")
    try:
        kinds = [each.type.name for each in connection.extract_statements(query)]
        if len(kinds) != 1 or kinds[0] not in _ALLOWED:
            raise FieldError("corpus", "sql(query)", query, "must be one SELECT")
        return connection.cursor().sql(query, params=params)
    except duckdb.Error as error:
        raise CorpusError(f"DuckDB refuses the query: {_brief(error)}") from None


def rows(relation: "duckdb.DuckDBPyRelation") -> "pyarrow.Table":
    """Return all rows of an answer; raise `CorpusError` where the files cannot be read."""
    duckdb = imported("duckdb", "discourse.corpus", "corpus")
    try:
        table: pyarrow.Table = relation.to_arrow_table()
    except duckdb.Error as error:
        raise CorpusError(f"DuckDB cannot answer: {_brief(error)}") from None
    return table


def _brief(error: Exception) -> str:
    return shown(str(error), 2000)[1:-1]
