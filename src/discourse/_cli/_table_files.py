"""Write tables as CSV, JSON Lines or Parquet, by suffix."""

import csv
import datetime as dt
import importlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from .._io.files import replacing
from ..errors import MissingExtraError
from ._command import UsageError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""The beginnings of texts that a spreadsheet would run as a formula, as in the format ``table``."""


def table_kind(output: str) -> str:
    """Return the kind of table to write, by the suffix."""
    name = output.lower().removesuffix(".gz").removesuffix(".zst")
    kind = name.rpartition(".")[2]
    if kind not in {"csv", "jsonl", "parquet"}:
        raise UsageError(f"{output} must end in .csv, .jsonl or .parquet, to be written as a table")
    return kind


def write_rows(rows: Sequence[Mapping[str, object]], output: str) -> None:
    """Write rows with equal columns. As text, times are RFC 3339, and durations seconds."""
    kind = table_kind(output)
    if kind == "parquet":
        _write_parquet(rows, output)
        return
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    text = io.StringIO()
    if kind == "jsonl":
        text.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in plain)
    elif plain:
        writer = csv.DictWriter(text, list(plain[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in plain)
    with replacing(output) as file:
        file.write(text.getvalue().encode())


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.total_seconds() if isinstance(value, dt.timedelta) else value


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_parquet(rows: Sequence[Mapping[str, object]], output: str) -> None:
    """Write rows with typed times, durations and numbers."""
    parquet = _arrow("pyarrow.parquet")
    buffer = io.BytesIO()
    parquet.write_table(_arrow("pyarrow").Table.from_pylist([dict(row) for row in rows]), buffer)
    with replacing(output) as file:
        file.write(buffer.getvalue())


def _arrow(module: str) -> Any:  # noqa: ANN401 - an extra, and slow to import
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError("writing Parquet", "arrow") from error
