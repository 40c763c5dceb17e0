"""Read JSON that others wrote: whatever keys and types it has, told where they are not usable."""

import datetime as dt
import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NoReturn

import attrs

from .._markup.times import clock
from ..errors import ParseError, Place, Problem, shown
from ..model import EMPTY, Meta, id_text

_TAG = re.compile(r"<[^<>]*>")
_BIG = 2**63


def decode(text: str, problems: list[Problem]) -> object:
    """Return the plain value of a JSON text; raise `ParseError` with the place where it is none.

    Byte order marks before it, which plugins leave there, are passed over. What a server says in
    HTML behind it, and lone surrogates, which no text can hold, are told among *problems*.
    """
    start = len(text) - len(text.lstrip(_BLANK))
    value, end = _decoded(text, start)
    rest = text[end:].lstrip(_BLANK)
    if rest.startswith("<"):
        message = f"{len(rest):,} characters follow the JSON: left out"
        place = Place(offset=len(text) - len(rest))
        problems.append(Problem("junk-after", message, values=(rest[:_KEPT],), place=place))
    elif rest:
        at = len(text) - len(rest)
        place = Place(line=text.count("\n", 0, at) + 1, offset=at)
        raise ParseError("not JSON: more follows the end of the value", place)
    if _LONE.search(text):
        with suppress(RecursionError):
            whole = json.dumps(value, ensure_ascii=False)
            made = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if made != whole:
                message = "lone surrogates are no text: they became U+FFFD"
                problems.append(Problem("encoding", message))
                value = _DECODER.decode(made)
    return value


def _decoded(text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        place = Place(line=error.lineno, column=error.colno, offset=error.pos)
        raise ParseError(f"not JSON: {error.msg[:200]}", place) from None
    except RecursionError:
        raise ParseError("not readable: nested too deeply") from None
    except ValueError as error:
        raise ParseError(f"not readable: {str(error)[:200]}") from None


def _refuse(name: str) -> NoReturn:
    raise ParseError(f"not JSON: {name} is no number")


_BLANK = "\ufeff \t\r\n"
_KEPT = 10_000  # characters of junk that are kept
_LONE = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89aAbB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_DECODER = json.JSONDecoder(parse_constant=_refuse)


def one_line(markup: str) -> str:
    """Return a title as plain text: without tags, its entities resolved, on one line."""
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


@attrs.frozen
class Record:
    """One object of the input; what is asked of it and is of the wrong type becomes a problem."""

    data: Mapping[str, object]
    path: str
    """Where the object is, as ``$.posts[3]``."""
    problems: list[Problem]
    """Where problems go."""

    def text(self, key: str) -> str | None:
        """Return a string; None where there is none, or an empty one."""
        value = self.data.get(key)
        if value is None or isinstance(value, str):
            return value or None
        self._tell(key, value, "a string")
        return None

    def inner(self, key: str) -> "Record":
        """Return the object under a key; an empty one where there is none.

        PHP writes an empty object as an empty array.
        """
        value = self.data.get(key)
        if value is not None and not isinstance(value, Mapping) and value != []:
            self._tell(key, value, "an object")
        made = value if isinstance(value, Mapping) else {}
        return Record(made, f"{self.path}.{key}", self.problems)

    def records(self, key: str) -> list["Record"]:
        """Return the objects of an array; what else is in it becomes a problem."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._tell(key, value, "an array")
            return []
        return records_of(value, f"{self.path}.{key}", self.problems)

    def id(self, key: str) -> str | None:
        """Return an identifier as text."""
        try:
            return id_text(self.data.get(key))
        except ValueError:
            self._tell(key, self.data.get(key), "an id")
            return None

    def whole(self, key: str) -> int | None:
        """Return an integer of 64 bits."""
        value = self.data.get(key)
        if value is None or (type(value) is int and -_BIG <= value < _BIG):
            return value
        self._tell(key, value, "an integer")
        return None

    def count(self, key: str) -> int | None:
        """Return an integer from 0."""
        value = self.whole(key)
        if value is not None and value < 0:
            self._tell(key, value, "a count")
            return None
        return value

    def markup(self, key: str) -> str | None:
        """Return a string, an empty one too; None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else self.text(key)

    def flag(self, key: str) -> bool:
        """Whether the value is ``true``."""
        return self.data.get(key) is True

    def utc(self, key: str) -> dt.datetime | None:
        """Return a time that is in UTC where it does not say its zone; zeros are no time."""
        made = self.clock(key)
        return made.replace(tzinfo=dt.UTC) if made is not None and made.tzinfo is None else made

    def clock(self, key: str) -> dt.datetime | None:
        """Return a time with the zone that it says, or none; zeros are no time."""
        value = self.text(key)
        try:
            made = clock(value or "")
            if made is not None and made.tzinfo is not None:
                made.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            self._tell(key, value, "a time")
            return None
        return made

    def rest(self, used: frozenset[str]) -> Meta:
        """Return the keys that nothing else takes, as they are."""
        kept = {key: value for key, value in self.data.items() if key not in used}
        if not kept:
            return EMPTY
        try:
            return Meta(kept)
        except (TypeError, ValueError) as error:
            message = f"keys beyond the model cannot be kept: {error}"
            self.problems.append(
                Problem("bad-value", message, values=(kept,), place=Place(path=self.path))
            )
            return EMPTY

    def _tell(self, key: str, value: object, what: str) -> None:
        message = f"{key} must be {what}, not {shown(value)}: left out"
        place = Place(path=f"{self.path}.{key}")
        self.problems.append(Problem("bad-value", message, values=(value,), place=place))


def records_of(values: list[object], path: str, problems: list[Problem]) -> list[Record]:
    """Return the objects among *values*; the others become problems."""
    made = []
    for position, value in enumerate(values):
        here = f"{path}[{position}]"
        if isinstance(value, Mapping):
            made.append(Record(value, here, problems))
        else:
            message = f"must be an object, not {shown(value)}: left out"
            problems.append(Problem("bad-value", message, values=(value,), place=Place(path=here)))
    return made
