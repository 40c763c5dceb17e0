"""Read the fields of a record: times, and ids for records that have none."""

import datetime as dt
from collections.abc import Callable, Container

from ...errors import Problem, shown
from ...model import JsonValue
from ..times import clock


def time_in(
    text: str | None,
    name: str,
    id: str | None,
    meta: dict[str, JsonValue],
    problems: list[Problem],
    *,
    read: Callable[[str], dt.datetime | None] = clock,
) -> dt.datetime | None:
    """Parse the time in the field *name*; it has a zone if the text has one.

    An invalid time stays in *meta* and is reported with the *id* of the record.
    """
    try:
        time = read(text) if text else None
        if time is not None and time.tzinfo is not None:
            time.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        message = f"{name} {shown(text)} is not a time: stored as it is"
        problems.append(Problem("bad-time", message, (id,) if id else (), (text,)))
        meta[name] = text
        return None
    return time


class MadeIds:
    """Ids for records that have none: ``no-id-1`` and so on, except the *taken* ones."""

    def __init__(self, what: str, taken: Container[str | None], problems: list[Problem]) -> None:
        self._what = what
        self._taken = taken
        self._problems = problems
        self._number = 0

    def next(self) -> str:
        """Return the next id, and report it."""
        self._number += 1
        while (id := f"no-id-{self._number}") in self._taken:
            self._number += 1
        message = f"a {self._what} has no id: it is now {id!r}"
        self._problems.append(Problem("made-id", message, (id,)))
        return id
