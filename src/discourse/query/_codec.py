"""Predicates as plain JSON values and back: `to_dict`, `from_dict`.

The form of a predicate is an object of one key, the function that makes it, with an object of its
arguments; what is at its default is left out. Predicates that are put together are ``all`` and
``any``, with an array of at least two, and ``not``.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeAlias

from ..errors import DecodeError, FieldError, Place, refusal, shown
from ..json._converter import TIME, time_text
from ..model import Author
from ._facts import score, since, status, tagged, until
from ._people import by, mentions
from ._places import depth, has_replies, unanswered, under
from ._predicate import MOST_NESTED, Denied, Every, Predicate, Single, Some, is_function, joined
from ._words import length, matching

# -- to JSON ---------------------------------------------------------------------------------------


def to_dict(predicate: Predicate) -> dict[str, object]:
    """Return *predicate* as plain JSON values, for `json.dumps`, a settings file, a message.

    The form is stable: later versions read what this one wrote. ``{"not": {"by": {"author":
    "Ada"}}}`` is ``~by("Ada")``; ``all`` and ``any`` hold arrays; times are RFC 3339; an author is
    ``{"id": ...}`` or ``{"name": ...}``, and the unknown one null. The reference has a table.
    Raises `FieldError` for `where` and for ``by`` of a function, which no JSON can hold.

    >>> to_dict(by("Ada") & ~depth(max=2))
    {'all': [{'by': {'author': 'Ada'}}, {'not': {'depth': {'max': 2}}}]}
    """
    if isinstance(predicate, Every):
        return {"all": [to_dict(part) for part in predicate.parts]}
    if isinstance(predicate, Some):
        return {"any": [to_dict(part) for part in predicate.parts]}
    if isinstance(predicate, Denied):
        return {"not": to_dict(predicate.part)}
    if not isinstance(predicate, Single):
        raise FieldError("query", "to_dict(predicate)", predicate, "must be a predicate")
    arguments = predicate.arguments()
    return {predicate.word: {name: _plain(predicate, value) for name, value in arguments.items()}}


def _plain(predicate: Single, value: object) -> object:
    if isinstance(value, Author):
        return {"id": value.id} if value.id is not None else {"name": value.name}
    if isinstance(value, dt.datetime):
        return time_text(value)
    if isinstance(value, tuple):
        return list(value)
    if is_function(value):
        reason = "must hold no function (a function has no JSON form)"
        raise FieldError("query", f"to_dict({predicate.word})", value, reason)
    return value


# -- from JSON -------------------------------------------------------------------------------------


def from_dict(value: Mapping[str, object]) -> Predicate:
    """Return the predicate that `to_dict` wrote as *value*.

    Strict: an unknown word or argument, a missing or wrong one, anything that would have to be
    coerced raises `DecodeError`, which names the path. A regular expression from a stranger cannot
    hang: see `matching`.

    >>> from_dict({"any": [{"unanswered": {}}, {"score": {"min": 3}}]})
    unanswered() | score(min=3)
    >>> from_dict({"not": {"depth": {"least": 2}}})
    Traceback (most recent call last):
        ...
    discourse.errors.DecodeError: $.not.depth: unknown key 'least'
    """
    return _predicate(value, "$", MOST_NESTED)


def _predicate(value: object, path: str, levels: int) -> Predicate:
    if levels < 0:
        _refuse(path, f"predicates nest more than {MOST_NESTED} deep")
    fields = _object(value, path)
    if len(fields) != 1:
        _refuse(path, f"must have one key, the kind of predicate, not {len(fields)}")
    ((word, inner),) = fields.items()
    path = f"{path}.{word}" if word in _WORDS else path
    if word == "not":
        return ~_predicate(inner, path, levels - 1)
    if word in ("all", "any"):
        if not isinstance(inner, list | tuple) or len(inner) < 2:
            _refuse(path, f"must be an array of two predicates or more, not {shown(inner)}")
        parts = [_predicate(part, f"{path}[{n}]", levels - 1) for n, part in enumerate(inner)]
        return joined(Every if word == "all" else Some, parts)
    if word not in _SINGLE:
        _refuse(path, f"unknown predicate {shown(word)}")
    return _single(word, _object(inner, path), path)


def _single(word: str, given: dict[str, object], path: str) -> Predicate:
    make, required, optional = _SINGLE[word]
    kinds = {**required, **optional}
    for name in given:
        if name not in kinds:
            _refuse(path, f"unknown key {shown(name)}")
    for name in required:
        if name not in given:
            _refuse(path, f"{name!r} is missing")
    arguments = {name: kinds[name](given[name], f"{path}.{name}") for name in given}
    try:
        return make(**arguments)
    except FieldError as error:
        message = refusal(error.reason, error.value)
        raise DecodeError(message, Place(path=path)) from error


def _object(value: object, path: str) -> dict[str, object]:
    if not isinstance(value, Mapping) or not all(type(key) is str for key in value):
        _refuse(path, f"must be an object, not {shown(value)}")
    return dict(value)


def _refuse(path: str, message: str) -> NoReturn:
    raise DecodeError(message, Place(path=path))


_Read: TypeAlias = Callable[[object, str], Any]


def _any(value: object, path: str) -> object:
    """Leave the check to the function that makes the predicate, but for what JSON cannot hold."""
    if value is not None and type(value) not in (str, bool, int, float):
        _refuse(path, f"must be a plain value, not {shown(value)}")
    return value


def _present(value: object, path: str) -> object:
    """Read an argument that is left out where it is None."""
    if value is None:
        _refuse(path, "must be left out where there is none, not null")
    return _any(value, path)


def _text(value: object, path: str) -> str:
    if type(value) is not str:
        _refuse(path, f"must be a string, not {shown(value)}")
    return value


def _texts(value: object, path: str) -> list[str]:
    if not isinstance(value, list | tuple):
        _refuse(path, f"must be an array, not {shown(value)}")
    return [_text(item, f"{path}[{n}]") for n, item in enumerate(value)]


def _time(value: object, path: str) -> dt.datetime:
    text = _text(value, path)
    if TIME.fullmatch(text):
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:  # a day that no month has
            pass
    _refuse(path, f"must be a time of RFC 3339 with its zone, not {shown(value)}")


def _author(value: object, path: str) -> Author | str | None:
    if value is None or type(value) is str:
        return value
    fields = _object(value, path)
    if len(fields) != 1 or not fields.keys() <= {"id", "name"}:
        _refuse(path, "must be a name, null, or an object of either an id or a name")
    ((name, inner),) = fields.items()
    text = _text(inner, f"{path}.{name}")
    try:
        return Author(id=text) if name == "id" else Author(text)
    except FieldError as error:
        _refuse(f"{path}.{name}", error.reason)


_Arguments: TypeAlias = Mapping[str, _Read]

_SINGLE: Mapping[str, tuple[Callable[..., Predicate], _Arguments, _Arguments]] = {
    "by": (by, {"author": _author}, {}),
    "depth": (depth, {}, {"min": _present, "max": _present}),
    "has_replies": (has_replies, {}, {}),
    "length": (length, {}, {"min": _present, "max": _present, "unit": _text}),
    "matching": (matching, {"text": _text}, {"regex": _any, "ignore_case": _any}),
    "mentions": (mentions, {"name": _text}, {"bare": _any}),
    "score": (score, {}, {"min": _present, "max": _present}),
    "since": (since, {"time": _time}, {}),
    "status": (lambda statuses: status(*statuses), {"statuses": _texts}, {}),
    "tagged": (lambda tags: tagged(*tags), {"tags": _texts}, {}),
    "unanswered": (unanswered, {}, {}),
    "under": (under, {"comment": _text}, {}),
    "until": (until, {"time": _time}, {}),
}

_WORDS = frozenset({"all", "any", "not", *_SINGLE})
