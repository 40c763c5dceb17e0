"""Make ids, numbers, times and meta of the cells of tables that others made."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias

from .._markup.times import either
from ..model import id_text

TimeUnit: TypeAlias = Literal["s", "ms", "us", "ns"]
"""What numbers that are times count since 1970: seconds, or thousandths, and so on."""

PER_SECOND: dict[str, int] = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
#: Numbers of times between 2001 and 2286, by the number of their digits.
_UNIT_OF_DIGITS = {10: "s", 13: "ms", 16: "us", 19: "ns"}
#: Names that say that a column counts seconds, or is in UTC.
_EPOCH_NAME = re.compile(r"(?i)(?:^|[_. -]|(?<=[a-z]))(?:utc|unix|epoch)")
_NUMBER = re.compile(r"\s*-?\d{1,19}(?:\.\d{0,9})?\s*", re.ASCII)
#: "2024/05/01": after a year, the month comes first. Databases and Japanese sites write this.
_YEAR_FIRST = re.compile(r"^\s*(\d{4})/(\d\d?)/(\d\d?)(?!\d)", re.ASCII)
_FLOAT_ID = re.compile(r"-?\d+\.0+", re.ASCII)
_LARGEST_EXACT = 2**53
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def plain_cell(value: object) -> Any:  # noqa: ANN401 - whatever a table has there
    """Return a cell as a plain value of Python; None for what pandas and NumPy have for none."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, dt.datetime) and hasattr(value, "to_pydatetime"):
        return value.to_pydatetime(warn=False)
    if hasattr(value, "tolist"):  # of NumPy, one value or an array
        inside = value.tolist()
        return (
            inside
            if isinstance(inside, list) or type(inside) is type(value)
            else plain_cell(inside)
        )
    return value


def json_cell(value: object) -> object:
    """Return a cell as JSON has it: times in ISO 8601, what has no such form as text."""
    if value is None or isinstance(value, str | int | dict):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, list | tuple):
        return list(value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def whole_ids(cells: list[Any]) -> list[Any]:
    """Return ids as text, those of a column of floats as whole numbers; other cells as they are.

    pandas writes ``123.0`` where a column of whole numbers has gaps. Floats from 2**53 on stay what
    they are: their last digits are lost.
    """
    texts = {cell for cell in cells if type(cell) is str}
    are_floats = any(map(_FLOAT_ID.fullmatch, texts)) and all(
        _FLOAT_ID.fullmatch(text)
        or not text.strip()
        or text.lstrip("-").isdecimal()
        or _is_word(text)
        for text in texts
    )
    ids: list[Any] = []
    for cell in cells:
        value = cell
        if type(cell) is str:
            value = cell.strip()
            if are_floats and _FLOAT_ID.fullmatch(value):
                whole = value.partition(".")[0]
                value = whole if abs(int(whole)) < _LARGEST_EXACT else float(value)
        try:
            ids.append(id_text(value))
        except ValueError:
            ids.append(str(value) if _is_scalar(value) else value)
    return ids


def _is_word(text: str) -> bool:
    return text.strip().casefold() in {"nan", "none", "null", "na", "root", "<na>"}


def _is_scalar(value: object) -> bool:
    """Whether a value, such as a UUID or a Decimal, is its own text; a float's digits are lost."""
    return not isinstance(value, float | bool | list | dict | tuple | bytes | dt.date)


class Times:
    """Reads the times of one column: of text, of numbers, or as the table has them.

    Args:
        cells: The cells, plain.
        name: The name of the column, which may say that it counts seconds or is in UTC.
        unit: What its numbers count; None where the caller does not say.
        zone: The zone of times that name none.
    """

    def __init__(
        self, cells: list[Any], name: str, unit: TimeUnit | None, zone: dt.tzinfo | None
    ) -> None:
        is_epoch = _EPOCH_NAME.search(name) is not None
        self._zone = dt.UTC if is_epoch and zone is None else zone
        guess = _unit_of(cells)
        self.unit: str | None = unit or guess or ("s" if is_epoch else None)
        """What numbers count; None where that is not known."""
        self.is_guess = unit is None and guess is not None and not is_epoch
        """Whether only the size of the numbers tells what they count."""

    def read(self, cell: object) -> dt.datetime | None:
        """Return the time of a cell, naive without a zone; or raise `ValueError`."""
        if isinstance(cell, str):
            if not cell.strip():
                return None
            if not _NUMBER.fullmatch(cell):
                return self._placed(either(_with_zone(_dashed(cell))))
            cell = float(cell) if "." in cell else int(cell)
        if isinstance(cell, int | float) and type(cell) is not bool:
            return self._counted(cell)
        if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
            cell = dt.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - it is placed
        if isinstance(cell, dt.datetime):
            return self._placed(cell)
        raise ValueError("no time")

    def wanted(self, cell: object) -> str:
        """Return what a cell must be that `read` refused."""
        is_number = isinstance(cell, int | float) or _NUMBER.fullmatch(str(cell)) is not None
        if is_number and self.unit is None:
            return "a time: say time_unit="
        return "a time that can be read"

    def _counted(self, number: int | float) -> dt.datetime | None:
        """Return the time of a number; 0 is none, as databases have it."""
        if self.unit is None:
            raise ValueError("a number of unknown unit")
        if not number:
            return None
        try:
            if isinstance(number, int):
                micros = number * 10**6 // PER_SECOND[self.unit]
            else:
                micros = int(number * 10**6 / PER_SECOND[self.unit])
            return _EPOCH + dt.timedelta(microseconds=micros)
        except OverflowError:
            raise ValueError("beyond all years") from None

    def _placed(self, time: dt.datetime | None) -> dt.datetime | None:
        if time is None or (time.tzinfo is None and self._zone is None):
            return time
        time = time.replace(tzinfo=self._zone) if time.tzinfo is None else time
        try:
            time.astimezone(dt.UTC)
        except OverflowError:
            raise ValueError("beyond all years") from None
        return time


def _unit_of(cells: Iterable[object]) -> str | None:
    """Return what numbers count that are all of one size, as times of this century are."""
    units = set()
    for cell in cells:
        if isinstance(cell, str) and (not cell.strip() or not _NUMBER.fullmatch(cell)):
            if cell.strip():
                return None
            continue
        if isinstance(cell, int | float | str) and type(cell) is not bool:
            number = abs(float(cell))
            if number:
                units.add(_UNIT_OF_DIGITS.get(len(str(int(number))) if number < 1e20 else 0))
    return units.pop() if len(units) == 1 else None


_UTC = re.compile(r"\s*(?:UTC|GMT)\Z")
_SHORT = re.compile(r"(?<=\d)([+-]\d\d)\Z")


def _dashed(text: str) -> str:
    """Return a date that begins with the year in the form of ISO 8601, if it has slashes."""
    return _YEAR_FIRST.sub(lambda date: f"{date[1]}-{date[2]:0>2}-{date[3]:0>2}", text)


def _with_zone(text: str) -> str:
    """Return a time with its zone as RFC 3339 has it: BigQuery writes UTC, PostgreSQL ``+00``."""
    text = text.strip()
    if ":" not in text or not text[:4].isdecimal():
        return text
    return _SHORT.sub(r"\1:00", _UTC.sub("Z", text))


_WORDS = {"true": True, "t": True, "yes": True, "1": True, "1.0": True} | {
    "false": False, "f": False, "no": False, "0": False, "0.0": False
}  # fmt: skip


def flag(cell: object) -> bool:
    """Return a flag, which tables also have as a number or a word; raise `ValueError` for none."""
    word = str(cell).strip().casefold()
    if word not in _WORDS:
        raise ValueError("no flag")
    return _WORDS[word]


def number(cell: object) -> int | float:
    """Return a number, a whole one as an integer; raise `ValueError` for none."""
    if type(cell) is bool:
        raise ValueError("no number")
    value: int | float
    if isinstance(cell, int | float):
        value = cell
    else:
        text = str(cell).strip()
        value = int(text) if text.lstrip("+-").isdecimal() and len(text) < 20 else float(text)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return int(value)
    if not math.isfinite(value) or abs(value) >= 2**63:
        raise ValueError("no number")
    return value


def whole(cell: object) -> int:
    """Return a whole number; raise `ValueError` for none."""
    value = number(cell)
    if type(value) is not int:
        raise ValueError("not whole")
    return value


def count(cell: object) -> int:
    """Return a whole number from 0; raise `ValueError` for none."""
    value = whole(cell)
    if value < 0:
        raise ValueError("no count")
    return value


def text(cell: object) -> str:
    """Return a cell as text."""
    return cell if isinstance(cell, str) else str(cell)


#: How each target reads a cell; all others are text.
READERS: dict[str, Callable[[Any], Any]] = {
    "is_edited": flag,
    "author_is_bot": flag,
    "score": number,
    "upvotes": whole,
    "downvotes": whole,
    "reply_count": count,
}
