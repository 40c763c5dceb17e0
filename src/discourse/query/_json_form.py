"""Convert predicates to and from plain JSON values: `to_dict`, `from_dict`.

A predicate is an object with one key, the name of its function, whose value is an object of the
arguments that differ from their defaults. Combined predicates are ``all`` and ``any``, with an
array of at least two, and ``not``.
"""

from collections.abc import Mapping

import attrs

from ..errors import DecodeError, FieldError, Place, refusal, shown
from . import _arguments as check
from ._arguments import json_object, refuse_json
from ._predicate import MOST_NESTED, Compound, Predicate, joined
from ._single import SINGLES, Single

# -- to JSON ---------------------------------------------------------------------------------------


def to_dict(predicate: Predicate) -> dict[str, object]:
    """Return *predicate* as plain JSON values, for `json.dumps`, a settings file or a message.

    The form is stable: later versions read what this one wrote. ``{"not": {"by": {"author":
    "Ada"}}}`` is ``~by("Ada")``; ``all`` and ``any`` have arrays; times are RFC 3339; an author is
    ``{"id": ...}`` or ``{"name": ...}``, and an unknown one null. The reference has a table.
    Raises `FieldError` for `where` and for `by` with a function, which have no JSON form.

    >>> from discourse.query import by, depth
    >>> to_dict(by("Ada") & ~depth(max=2))
    {'all': [{'by': {'author': 'Ada'}}, {'not': {'depth': {'max': 2}}}]}
    """
    if isinstance(predicate, Compound):
        parts = [to_dict(part) for part in predicate.parts]
        return {predicate.sign: parts[0] if predicate.sign == "not" else parts}
    if not isinstance(predicate, Single):
        check.refuse("to_dict(predicate)", predicate, "must be a predicate")
    why = "must not be a function (a function has no JSON form)"
    values = predicate.checked("to_dict", why).items()
    return {predicate.word: {name: predicate.kinds[name].to_json(value) for name, value in values}}


# -- from JSON -------------------------------------------------------------------------------------


def from_dict(value: Mapping[str, object]) -> Predicate:
    """Return the predicate that `to_dict` wrote as *value*.

    Reading is strict and converts no types: an unknown predicate, or an unknown, missing or wrong
    argument raises `DecodeError` with its path. Untrusted regular expressions cannot hang; see
    `matching`.

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
        refuse_json(path, f"predicates nest more than {MOST_NESTED} deep")
    fields = json_object(value, path)
    if len(fields) != 1:
        refuse_json(path, f"must have one key, the kind of predicate, not {len(fields)}")
    ((word, inner),) = fields.items()
    inside = f"{path}.{word}"
    if word == "not":
        return ~_predicate(inner, inside, levels - 1)
    if word in ("all", "any"):
        if not isinstance(inner, list | tuple) or len(inner) < 2:
            refuse_json(inside, f"must be an array of at least two predicates, not {shown(inner)}")
        parts = [_predicate(part, f"{inside}[{n}]", levels - 1) for n, part in enumerate(inner)]
        return joined("all" if word == "all" else "any", parts)
    cls = SINGLES.get(word)
    if cls is None or cls.phrase is None:
        refuse_json(path, f"unknown predicate {shown(word)}")
    return _single(cls, json_object(inner, inside), inside)


def _single(cls: type[Single], values: dict[str, object], path: str) -> Predicate:
    for name in values:
        if name not in cls.kinds:
            refuse_json(path, f"unknown key {shown(name)}")
    for field in attrs.fields(cls):  # type: ignore[arg-type]  # each is one of attrs'
        if field.default is attrs.NOTHING and field.name not in values:
            refuse_json(path, f"{field.name!r} is missing")
    arguments = {
        name: cls.kinds[name].from_json(value, f"{path}.{name}") for name, value in values.items()
    }
    try:
        return cls(**arguments)
    except FieldError as error:
        message = refusal(error.reason, error.value)
        raise DecodeError(message, Place(path=path)) from error
