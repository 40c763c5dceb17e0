"""Convert the errors of a `cattrs` converter to problems, each with its path."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import attrs
import cattrs
from cattrs import AttributeValidationNote

from ..errors import DecodeError, FieldError, Place, Problem, ThreadError, refusal, shown

KEPT = 100
"""The most problems of one document. After that, the rest is not checked."""

_MOST_SHOWN = 10
_LONGEST = 300


def explained(error: BaseException) -> DecodeError:
    """Convert an error of a converter to a `DecodeError`."""
    return refused(tuple(islice(_problems(error, "$"), KEPT + 1)))


def refused(problems: Sequence[Problem]) -> DecodeError:
    """Return a `DecodeError` with the first hundred problems and the text of the first ten."""
    listed = tuple(problems[:KEPT])
    first, *others = (_line(problem) for problem in listed[:_MOST_SHOWN])
    if len(problems) > KEPT:
        others.append("... and more")
    elif len(listed) > _MOST_SHOWN:
        others.append(f"... and {len(listed) - _MOST_SHOWN} more")
    path = listed[0].place.path if listed[0].place is not None else None
    if path is not None:
        first = first.removeprefix(f"{path}: ")
    place = Place(path=path) if path is not None else None
    return DecodeError("\n".join([first, *others]), place, listed)


def _line(problem: Problem) -> str:
    path = problem.place.path if problem.place is not None else None
    return problem.message if path is None else f"{path}: {problem.message}"


def _problems(error: BaseException, path: str) -> Iterator[Problem]:
    """Yield the problems of an error and the errors inside it. It recurses as deep as the model."""
    if isinstance(error, cattrs.BaseValidationError):
        group: Any = error  # its subclasses have this method, but it does not
        within, others = group.group_exceptions()
        for inner, note in within:
            attribute = isinstance(note, AttributeValidationNote)
            step = f".{note.name}" if attribute else f"[{note.index}]"
            yield from _problems(inner, path + step)
        for inner in others:
            yield from _problems(inner, path)
    elif isinstance(error, ThreadError):
        place = Place(path=f"{path}.comments")
        for problem in error.problems:
            yield attrs.evolve(problem, place=place)
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        for key in sorted(map(shown, error.extra_fields)):
            yield Problem("unknown-key", f"unknown key {key}", place=Place(path=path))
    elif isinstance(error, KeyError):
        yield Problem("missing-key", "required, but missing", place=Place(path=path))
    elif isinstance(error, FieldError):
        message = refusal(error.reason, error.value)
        yield Problem("invalid", message, place=Place(path=path))
    else:
        known = isinstance(error, ValueError | TypeError)
        message = str(error)[:_LONGEST] if known else "unusable"
        yield Problem("invalid", message, place=Place(path=path))
