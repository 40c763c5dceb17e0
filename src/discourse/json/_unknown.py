"""Keep the keys that this version does not know, under ``meta``, where the caller asks for that.

A key that is not of the form goes to ``meta["unknown"]`` of the value it stood in. `Source` and
`Stub` have no ``meta``: what stood in them goes to the thread's, named with its way, such as
``stubs[2].expires``. What is kept is told as a `Problem`, each key with its path.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from ..errors import Place, Problem, shown
from ..model import Article, Author, Comment, Source, Stub
from ..thread import Thread
from ._scan import step

UNKNOWN = "unknown"
"""The key in ``meta`` under which unknown keys are kept."""

_FIELDS: dict[type, frozenset[str]] = {
    cls: frozenset(field.name for field in attrs.fields(cls))
    for cls in (Article, Author, Comment, Source, Stub, Thread)
}
_HELD: dict[type, dict[str, type]] = {
    Thread: {"article": Article, "comments": Comment, "stubs": Stub, "source": Source},
    Article: {"authors": Author},
    Comment: {"author": Author},
}

Plain = Mapping[str, Any]


def keep(data: Plain) -> tuple[Plain, list[Problem]]:
    """Return a document without unknown keys, and a problem for each that was put under ``meta``.

    *data* is left as it is; whatever has no unknown key is shared with it.
    """
    problems: list[Problem] = []
    left: dict[str, object] = {}
    known = _kept(data, Thread, "$", left, problems)
    assert isinstance(known, Mapping)  # a mapping stays one
    return _with(known, left) if left else known, problems


def _kept(
    data: object, cls: type, path: str, above: dict[str, object], problems: list[Problem]
) -> object:
    """Return a value without unknown keys; what it cannot keep itself goes to *above*."""
    if not isinstance(data, Mapping):
        return data  # for the converter to refuse
    own: dict[str, object] = {}
    made: dict[str, Any] = {}
    for key, value in data.items():
        here = f"{path}.{step(str(key))}"
        if key in _FIELDS[cls]:
            made[key] = value
            inner = _HELD.get(cls, {}).get(key)
            if isinstance(value, list) and inner is not None:
                made[key] = [
                    _kept(item, inner, f"{here}[{n}]", own, problems)
                    for n, item in enumerate(value)
                ]
            elif inner is not None:
                made[key] = _kept(value, inner, here, own, problems)
        else:
            own[here if "meta" not in _FIELDS[cls] else str(key)] = value
            message = f"unknown key {shown(key)}, kept under meta"
            problems.append(
                Problem("unknown-key", message, values=(value,), place=Place(path=here))
            )
    if not own:
        return data if all(made[key] is data[key] for key in made) else made
    if "meta" not in _FIELDS[cls]:
        above.update({name.removeprefix("$."): value for name, value in own.items()})
        return made
    return _with(made, own)


def _with(data: Plain, unknown: dict[str, object]) -> Plain:
    """Return a value with *unknown* added to what its meta keeps already, nothing overwritten."""
    meta = data.get("meta", {})
    if not isinstance(meta, Mapping):
        return data  # for the converter to refuse
    under = UNKNOWN
    while not isinstance(meta.get(under, {}), Mapping):
        under += "~2"
    kept = dict(meta.get(under, {}))
    for name, value in unknown.items():
        while name in kept:
            name += "~2"
        kept[name] = value
    return {**data, "meta": {**meta, under: kept}}
