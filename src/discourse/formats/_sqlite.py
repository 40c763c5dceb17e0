"""Read the tables of an untrusted SQLite database, from memory and within limits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from .._problems import ProblemLog
from ..errors import ParseError, Place, shown

_FAILURES = (sqlite3.Error, MemoryError, OverflowError, ValueError)  # a name that is not UTF-8
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})
_SMALLEST_ROW = 2  # bytes


class Database:
    """The tables of a database, without views and virtual tables."""

    def __init__(self, connection: sqlite3.Connection, size: int, log: ProblemLog) -> None:
        self._connection = connection
        self._size = size
        self._log = log
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        self.names = frozenset(row[0] for row in connection.execute(query))
        """The names of the tables."""

    def rows(self, table: str) -> Iterator[dict[str, object]]:
        """Yield the rows of one of `names` by their columns.

        If the database is damaged, yields the rows before the damage and reports a problem of kind
        ``truncated``. Pages that refer to each other can yield endless rows: more rows than the
        file has room for are damage.
        """
        count = size = 0
        name = _quoted(table)
        try:
            info = self._connection.execute(f"PRAGMA table_xinfo({name})")
            # Generated columns (not 0 in the last field) are expressions, which would run.
            columns = [column[1] for column in info if column[-1] == 0]
            query = f"SELECT {', '.join(map(_quoted, columns))} FROM {name}"  # noqa: S608 - quoted
            for row in self._connection.execute(query):
                count += 1
                size += _SMALLEST_ROW + sum(len(v) for v in row if isinstance(v, str | bytes))
                if size > self._size:
                    raise sqlite3.DatabaseError("it has more rows than fit in the file")
                yield dict(zip(columns, row, strict=True))
        except _FAILURES as error:
            message = f"the table {shown(table)} is damaged after {count:,} rows: {_words(error)}"
            self._log.add("truncated", message, values=(table, count))


@contextmanager
def database(data: bytes, log: ProblemLog) -> Iterator[Database]:
    """Open a database in memory, without writing to it or running its code.

    Raises `ParseError` if it cannot be opened.
    """
    if data[18:20] == b"\2\2":  # write-ahead logging, which in-memory databases lack
        data = data[:18] + b"\1\1" + data[20:]
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.text_factory = lambda text: _text(text, log)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(len(data), 1 << 16))
            connection.deserialize(data)
            connection.set_authorizer(_authorise)
            opened = Database(connection, len(data), log)
        except _FAILURES as error:
            message = f"the database cannot be read: {_words(error)}"
            raise ParseError(message, Place(offset=0)) from None
        yield opened


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _authorise(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _text(data: bytes, log: ProblemLog) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        log.add("encoding", "a text is not valid UTF-8: invalid bytes became U+FFFD")
        return data.decode(errors="replace")


def _words(error: BaseException) -> str:
    return shown(str(error) or type(error).__name__)[1:-1]
