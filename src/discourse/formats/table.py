"""Tables of comments, one row a comment: CSV, TSV, JSON Lines of rows, Parquet, Arrow and Feather.

Reads what spreadsheets, databases, pandas and crawlers export, and published data sets, whatever
their columns are called. `discourse.tables.read` has the same options: which columns mean what,
which column identifies the thread, and the zone of times without one. It also reads data frames.

=====================================  ===========================================================
in the table                           in the model
=====================================  ===========================================================
``id``, ``comment_id``, ``commentID``  `Comment` ``id``; numbers as their exact digits. Without such
                                       a column, the row number
``parent_id``, ``inReplyTo``, ...      ``parent_id``; 0, empty, ``root``, ``NaN`` are the article
``comment_counter`` (SOCC)             ``id``; ``parent_id`` is its path without the last part
``text``, ``body``, ``comment``, ...   ``text``; ``[deleted]``, ``[removed]`` are the ``status``
``author``, ``user_id``, ...           ``author``
``created_at``, ``timestamp``, ...     ``created_at``: ISO 8601, RFC 822, or numbers since 1970
``score``, ``likes``, ``status``, ...  the fields with these meanings
``article_id``, ``link_id``, ...       the thread of the row: the `Article` ``id`` or ``url``. A URL
                                       that several rows share also identifies a thread
a row whose id is that of its thread   the `Article`
other columns                          ``meta``, unless empty; not the row numbers of pandas
=====================================  ===========================================================

Writing produces all of `discourse.tables.COLUMNS`. The first row of each thread also has the fields
of the thread itself, so reading returns equal threads. In CSV, an empty cell is unknown and an
empty text is an apostrophe. An apostrophe also precedes text that a spreadsheet would run as a
formula; reading removes it. Nothing is lost. Problems: ``guessed-columns``, ``guessed-time-unit``,
``no-columns``, ``no-ids``, ``no-id``, ``bad-value``, ``bad-row``, ``ragged-row``, ``local-time``,
``changed-table``, and those of JSON and of `Thread.repair`.
"""

import datetime as dt
import importlib
import io
import json
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType
from typing import Any

from .. import tables
from .._csv_guard import CSV_HEAD, guarded
from .._problems import ProblemLog
from ..errors import FieldError, MissingExtraError, ParseError, Place
from ..model import TextFormat
from ..tables import TimeUnit, Zone
from ..thread import OnCycle, OnDuplicate, OnOrphan, Thread
from ._base import Reading
from ._catalogue import catalogued
from ._kit import documents
from ._separated import not_of_comments, rows_of, separator_of, text_of

_HEAD = "thread_head"
_TEXT = frozenset(column.name for column in tables.COLUMNS if column.kind == "text")
_OF_COMMENTS = {"text", "id", "path", "parent_id", "author_name"}
_OTHERS = frozenset({"thread", "plain_text", "parent_author"})


def parse(
    data: str | bytes,
    *,
    separator: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    thread: str | None = None,
    zone: Zone = None,
    time_unit: TimeUnit | None = None,
    text_format: TextFormat | str = TextFormat.TEXT,
    roots: Collection[str] = (),
    on_orphan: OnOrphan = "placeholder",
    on_duplicate: OnDuplicate = "rename",
    on_cycle: OnCycle = "cut",
) -> Reading:
    """Read a table.

    *separator* is the character between cells; the other options are those of
    `discourse.tables.read`.
    """
    log = ProblemLog()
    table: Any
    if isinstance(data, bytes):
        table = _columnar(data)
    elif data.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        table = _json_rows(data, log, expected=columns is None)
    else:
        table = _text_rows(data, separator, log, expected=columns is None)
    reading = tables.read(
        table,
        columns=columns,
        thread=thread,
        zone=zone,
        time_unit=time_unit,
        text_format=text_format,
        roots=roots,
        on_orphan=on_orphan,
        on_duplicate=on_duplicate,
        on_cycle=on_cycle,
    )
    return Reading(reading.threads, [*log.finish(), *reading.problems])


def _columnar(data: bytes) -> Any:  # noqa: ANN401 - a table of Arrow
    """Return the table in a file of Parquet, Arrow or Feather."""
    arrow = _arrow("pyarrow")
    try:
        if data.startswith(b"PAR1"):
            return _arrow("pyarrow.parquet").read_table(arrow.BufferReader(data))
        return _arrow("pyarrow.feather").read_table(arrow.BufferReader(data))
    except Exception as error:  # noqa: BLE001 - damage makes Arrow raise whatever there is
        raise ParseError(f"cannot be read: {str(error)[:200]}", Place(offset=0)) from None


def _arrow(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError("a file of Parquet, Arrow or Feather", "arrow") from error


def _json_rows(text: str, log: ProblemLog, *, expected: bool) -> list[Mapping[str, object]]:
    """Return the objects of JSON lines or of an array; report anything else in it."""
    rows: list[Mapping[str, object]] = []
    for path, value in documents(text, log):
        for n, row in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(row, dict):
                rows.append(row)
                continue
            where = f"{path}[{n}]" if isinstance(value, list) else path
            log.add("bad-value", "a row that is not an object: skipped", values=(row,),
                    place=Place(path=where))  # fmt: skip
    if expected:
        _expect_comments(
            {key: row[key] for row in rows[:100] for key in row}, {"text", "parent_id"}, "$"
        )
    return rows


def _expect_comments(row: Mapping[str, object], expected: set[str], path: str) -> None:
    """Raise `ParseError` if no column is one of comments, or one has objects for cells."""
    guesses = tables.guess_columns(row)
    if not expected & guesses.keys():
        raise ParseError(not_of_comments([*row]), Place(path=path))
    for target in ("id", "parent_id", "text", "author_name"):
        if target in guesses and isinstance(row[guesses[target]], dict | list):
            message = f"not a table: the column for {target} has objects in it"
            raise ParseError(message, Place(path=path))


def _text_rows(
    text: str, separator: str | None, log: ProblemLog, *, expected: bool
) -> list[dict[str, Any]]:
    """Return the rows of delimited text; report rows that are too short or too long."""
    text = text.lstrip("\ufeff\r\n")
    if separator is None:
        separator = separator_of(text) or _likely_separator(text)
    elif len(separator) != 1 or separator in '"\r\n':
        raise FieldError("formats", "separator", separator, "must be one character, such as ';'")
    rows = rows_of(text, separator)
    names = [name.strip().strip("'") for name in next(rows, [])]
    if expected:
        _expect_comments(dict.fromkeys(names), _OF_COMMENTS, "$[0]")
    names = [name or f"column {n}" for n, name in enumerate(names, 1)]
    table: list[dict[str, Any]] = []
    for n, cells in enumerate(rows):
        row: dict[str, Any] = {name: c or None for name, c in zip(names, cells, strict=False)}
        if len(cells) != len(names):
            message = f"a row has {len(cells)} cells, but the header has {len(names)}"
            log.add("ragged-row", message, values=tuple(cells), place=Place(path=f"$[{n}]"))
            if len(cells) > len(names):
                row["more cells"] = cells[len(names) :]
        table.append(row)
    if names and names[0] == "column 1" and _counts([row.get("column 1") for row in table]):
        for row in table:  # the index of pandas
            row.pop("column 1", None)
    return table


def _likely_separator(text: str) -> str:
    """Return the most frequent separator in the first line; raise `ParseError` if none is there."""
    header = text.partition("\n")[0]
    separator = max(",\t;|", key=header.count)
    if separator not in header and tables.guess_columns([header.strip()]) == {}:
        raise ParseError("not a table: its first line has no column names", Place(line=1))
    return separator


def _counts(cells: list[str | None]) -> bool:
    return all(cell == str(n) for n, cell in enumerate(cells))


# -- writing ---------------------------------------------------------------------------------------

_SPREADSHEETS = (".xlsx", ".xls", ".ods")


def _time(value: dt.datetime) -> str:
    return value.isoformat()


def _cell(value: object, *, is_text: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    text = str(value)
    return guarded(text) if is_text else text


def serialize_all(
    threads: Sequence[Thread],
    *,
    separator: str = ",",
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
) -> str:
    """Write a table as text; the arguments are those of `discourse.tables.to_rows`."""
    rows = tables.to_rows(
        threads, plain=plain, parent_author=parent_author, local_times=local_times, heads=True
    )
    names = list(rows[0]) if rows else ["thread", *(c.name for c in tables.COLUMNS), _HEAD]
    are_text = [name in _TEXT or name in _OTHERS for name in names]
    lines = [[CSV_HEAD if name == _HEAD else name for name in names]]
    lines += [
        [_cell(value, is_text=t) for value, t in zip(row.values(), are_text, strict=True)]
        for row in rows
    ]
    return text_of(lines, separator)


def serialize(thread: Thread) -> str:
    """Write a table of one thread as CSV."""
    return serialize_all([thread])


def to_bytes(
    threads: Sequence[Thread],
    suffix: str,
    *,
    separator: str | None = None,
    plain: bool = False,
    parent_author: bool = False,
    local_times: bool = False,
    encoding: str = "utf-8",
) -> bytes:
    """Write a table in the format that the suffix names: Parquet, Feather, JSON, or encoded text.

    Excel needs *encoding* to be ``"utf-8-sig"`` to recognise UTF-8.
    """
    extras = {"plain": plain, "parent_author": parent_author, "local_times": local_times}
    if suffix in _SPREADSHEETS:
        why = 'must not be a spreadsheet: write .csv with encoding="utf-8-sig", which Excel opens'
        raise FieldError("formats", "path", suffix, why)
    if suffix in (".json", ".jsonl", ".ndjson"):
        rows = tables.to_rows(threads, heads=True, **extras)
        lines = [json.dumps(row, default=_time) for row in rows]
        if suffix == ".json":
            return f"[{','.join(lines)}]".encode()
        return "".join(f"{line}\n" for line in lines).encode()
    if suffix not in (".parquet", ".feather", ".arrow"):
        between = separator or ("\t" if suffix in (".tsv", ".tab") else ",")
        text = serialize_all(threads, separator=between, **extras)
        try:
            return text.encode(encoding)
        except (LookupError, UnicodeEncodeError) as error:
            wanted = f"must be an encoding that can represent every character: {error}"
            raise FieldError("formats", "encoding", encoding, wanted) from None
    table = tables.to_arrow(threads, heads=True, **extras)
    sink = io.BytesIO()
    if suffix == ".parquet":
        _arrow("pyarrow.parquet").write_table(table, sink)
    else:
        _arrow("pyarrow.feather").write_feather(table, sink)
    return sink.getvalue()


FORMAT = catalogued(
    "table",
    parse=parse,
    parse_bytes=parse,
    serialize=serialize,
    serialize_all=serialize_all,
    to_bytes=to_bytes,
)
