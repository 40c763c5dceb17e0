"""Problems, as values (`Problem`), and the hierarchy of errors under `DiscourseError`.

::

    DiscourseError
    ├── FieldError (ValueError)              an invalid value for a field
    │   └── FieldTypeError (TypeError)       a value of the wrong type for a field
    ├── ThreadError (ValueError)             comments that are not a tree; lists every problem
    │   └── CycleError                       an edit would make a comment its own ancestor
    ├── DiffError (ValueError)               a diff that does not fit the thread
    ├── UnknownCommentError (KeyError)       an id that is not in the thread
    ├── DecodeError (ValueError)             JSON that is not a `discourse` document
    ├── ParseError (ValueError)              an input that does not match its format
    │   └── UnknownFormatError               no format, or more than one, matches the input
    ├── CorpusError (ValueError)             a corpus that is damaged or cannot be written
    ├── LimitError (ValueError)              an input beyond a documented limit
    ├── NotOneThreadError (LookupError)      `Reading.thread` of no threads, or of several
    └── MissingExtraError (ImportError)      an optional dependency is not installed

Every message is a sentence or a short list of sentences. Its length is bounded, and it contains no
control characters, whatever the input.
"""

from collections.abc import Iterable

import attrs

from ._meta import frozen
from ._shown import brief, printable
from ._shown import shown as shown  # noqa: PLC0414 - the layers above import it from here

__all__ = [
    "CorpusError",
    "CycleError",
    "DecodeError",
    "DiffError",
    "DiscourseError",
    "FieldError",
    "FieldTypeError",
    "LimitError",
    "MissingExtraError",
    "NotOneThreadError",
    "ParseError",
    "Place",
    "Problem",
    "ThreadError",
    "UnknownCommentError",
    "UnknownFormatError",
]

#: How many problems an error message lists. The error itself has all of them.
_PROBLEMS_SHOWN = 10
_MESSAGE_SHOWN = 120


def refusal(reason: str, value: object) -> str:
    """Return *reason*, followed by the value if it starts with "must".

    >>> refusal("must be a string", 7), refusal("must not be empty", "")
    ('must be a string, not 7', "must not be empty: ''")
    >>> refusal("a is an object: not a JSON value", {})
    'a is an object: not a JSON value'
    """
    if reason.startswith("must not "):
        return f"{reason}: {shown(value)}"
    return f"{reason}, not {shown(value)}" if reason.startswith("must ") else reason


@attrs.frozen(kw_only=True)
class Place:
    """A position in an input. Unknown parts are None.

    >>> print(Place(source="page.txt", line=72))
    page.txt, line 72
    """

    source: str | None = None
    """The file or archive member."""
    line: int | None = None
    """The line, counted from 1."""
    column: int | None = None
    """The column in characters, counted from 1."""
    offset: int | None = None
    """The offset in bytes (of binary input) or characters (of text), counted from 0."""
    path: str | None = None
    """The path inside a document, such as ``$.comments[3].created_at``."""

    def __str__(self) -> str:
        parts = [
            self.source and shown(self.source, 200)[1:-1],
            self.path and printable(self.path),
            self.line is not None and f"line {self.line}",
            self.column is not None and f"column {self.column}",
            self.offset is not None and f"offset {self.offset}",
        ]
        return ", ".join(part for part in parts if part) or "an unknown place"


def _to_frozen(values: Iterable[object]) -> tuple[object, ...]:
    return tuple([v if type(v) is str else frozen(v) for v in values]) if values else ()


def _to_ids(ids: Iterable[str]) -> tuple[str, ...]:
    if isinstance(ids, str):
        raise FieldTypeError("Problem", "ids", ids, "must be several ids, such as ('7',)")
    return tuple(ids)


def _to_place(place: Place | None) -> Place | None:
    if place is not None and not isinstance(place, Place):
        raise FieldTypeError("Problem", "place", place, "must be a Place, such as Place(line=3)")
    return place


@attrs.frozen(repr=False)
class Problem:
    """A part of an input that was unusable, guessed or inconsistent.

    >>> problem = Problem("orphan", "parent 'x' of comment 'b' is missing", ids=("b", "x"))
    >>> print(problem)
    orphan: parent 'x' of comment 'b' is missing
    """

    kind: str
    """The kind of problem: one of the short identifiers that each function documents."""
    message: str = attrs.field(converter=printable)
    """A sentence for people."""
    ids: tuple[str, ...] = attrs.field(default=(), converter=_to_ids)
    """The ids of the comments concerned."""
    values: tuple[object, ...] = attrs.field(default=(), converter=_to_frozen)
    """The complete values concerned: what was dropped, replaced or left over.

    Arrays are tuples and objects are `Meta`. A value that `Meta` cannot hold (too deep, or with a
    NaN) is the first 65,536 characters of its JSON text."""
    place: Place | None = attrs.field(default=None, converter=_to_place)
    """Its position in the input, if known."""

    def __repr__(self) -> str:
        parts = [f"kind={self.kind!r}", f"message={brief(self.message, _MESSAGE_SHOWN)}"]
        known = ((name, getattr(self, name)) for name in ("ids", "values", "place"))
        parts += [f"{name}={brief(value)}" for name, value in known if value]
        return f"Problem({', '.join(parts)})"

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place is not None else ""
        return f"{self.kind}: {self.message}{where}"


class DiscourseError(Exception):
    """The base of every error that this library raises.

    The one exception is a plain `TypeError` for an argument of the wrong type.
    """


class FieldError(DiscourseError, ValueError):
    """Raised for an invalid value of a field.

    Its attributes are *cls* (the name of the class), *field*, *value* and *reason*.
    """

    def __init__(self, cls: str, field: str, value: object, reason: str) -> None:
        super().__init__(cls, field, value, reason)
        self.cls = cls
        self.field = field
        self.value = value
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.cls}.{self.field}: {refusal(self.reason, self.value)}"


class FieldTypeError(FieldError, TypeError):
    """Raised for a value of the wrong type for a field."""


class ThreadError(DiscourseError, ValueError):
    """Raised when comments are not a tree. `problems` lists every reason, not just the first.

    After 1,000 problems of one kind, one more problem counts the rest and has their ids and values.
    The other attribute, *advice*, is a sentence about what to do.
    """

    def __init__(
        self,
        problems: tuple[Problem, ...],
        advice: str = "Thread.repair() builds a thread from such comments.",
    ) -> None:
        super().__init__(problems, advice)
        self.problems = problems
        self.advice = advice

    def __str__(self) -> str:
        count = f"{len(self.problems):,} problem{'s'[: len(self.problems) != 1]}"
        lines = [f"{count}: the comments are not a tree"]
        lines += [f"  {problem}" for problem in self.problems[:_PROBLEMS_SHOWN]]
        if len(self.problems) > _PROBLEMS_SHOWN:
            lines.append(f"  ... and {len(self.problems) - _PROBLEMS_SHOWN} more")
        return "\n".join([*lines, self.advice])


class CycleError(ThreadError):
    """Raised when an edit would make a comment its own ancestor."""

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems[:_PROBLEMS_SHOWN])


class CorpusError(DiscourseError, ValueError):
    """Raised when a corpus is damaged, was changed by another program, or refuses a thread."""

    def __init__(self, message: str) -> None:
        message = "\n".join(map(printable, message.split("\n")))
        super().__init__(message)
        self.message = message


class DiffError(DiscourseError, ValueError):
    """Raised when a diff is applied to a thread that it does not fit."""


class UnknownCommentError(DiscourseError, KeyError):
    """Raised for the id of a comment that is not in the thread."""

    def __init__(self, id: object, hint: str = "") -> None:
        super().__init__(id, hint)
        self.id = id
        self.hint = hint

    def __str__(self) -> str:
        return f"no comment with id {shown(self.id)} in this thread{self.hint}"


class _PlacedError(DiscourseError, ValueError):
    """An error with a message and, if known, a place in the input."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        message = "\n".join(map(printable, message.split("\n")))
        if place is not None and not isinstance(place, Place):
            why = "must be a Place, such as Place(line=3)"
            raise FieldTypeError(type(self).__name__, "place", place, why)
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        if self.place is None or self.place == Place():
            return self.message
        if self.place.path is not None:
            return f"{self.place}: {self.message}"
        return f"{self.message} ({self.place})"


class DecodeError(_PlacedError):
    """Raised when JSON is not a `discourse` document. `problems` lists every reason."""

    def __init__(
        self, message: str, place: Place | None = None, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message, place)
        self.args = (self.message, place, problems)
        self.problems = problems


class ParseError(_PlacedError):
    """Raised when an input does not match the format it is parsed as."""


class UnknownFormatError(ParseError):
    """Raised when no format, or more than one, matches an input."""


class LimitError(_PlacedError):
    """Raised when an input exceeds a documented limit."""


class NotOneThreadError(DiscourseError, LookupError):
    """Raised by ``thread`` of a result, such as a `Reading`, with no thread or several."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return f"there are {self.count:,} threads, not one: use .threads"


class MissingExtraError(DiscourseError, ImportError):
    """Raised when an optional dependency is needed but not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.what} needs an extra: python -m pip install 'discourse-model[{self.extra}]'"
