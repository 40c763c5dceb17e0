"""Keep unknown keys under ``meta``, for ``on_unknown="keep"``.

An unknown key is stored in ``meta["unknown"]`` of the value around it. `Source` and `Stub` have no
``meta``: their unknown keys are stored in the thread's, under their path, such as
``stubs[2].expires``. Each key that is kept is reported as a `Problem` with its path.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from ..errors import Place, Problem, shown
from ..model import Article, Author, Comment, Source, Stub
from ..thread import Thread
from ._scan import step

UNKNOWN = "unknown"
"""The key in ``meta`` under which unknown keys are stored."""

_FIELDS: dict[type, frozenset[str]] = {
    cls: frozenset(field.name for field in attrs.fields(cls))
    for cls in (Article, Author, Comment, Source, Stub, Thread)
}
_INNER: dict[type, dict[str, type]] = {
    Thread: {"article": Article, "comments": Comment, "stubs": Stub, "source": Source},
    Article: {"authors": Author},
    Comment: {"author": Author},
}

Plain = Mapping[str, Any]


def keep(data: Plain) -> tuple[Plain, list[Problem]]:
    """Return a document with unknown keys moved to ``meta``, and a problem for each.

    *data* is not changed; values without unknown keys are shared with it.
    """
    problems: list[Problem] = []
    unknown: dict[str, object] = {}
    known = _moved(data, Thread, "$", unknown, problems)
    assert isinstance(known, Mapping)  # because data is one
    return _with(known, unknown) if unknown else known, problems


def _moved(
    data: object, cls: type, path: str, above: dict[str, object], problems: list[Problem]
) -> object:
    """Move unknown keys to the meta of a value or, if it has no meta, to *above*."""
    if not isinstance(data, Mapping):
        return data  # for the converter to refuse
    unknown: dict[str, object] = {}
    known: dict[str, Any] = {}
    for key, value in data.items():
        key_path = f"{path}.{step(str(key))}"
        if key in _FIELDS[cls]:
            known[key] = value
            inner = _INNER.get(cls, {}).get(key)
            if isinstance(value, list) and inner is not None:
                known[key] = [
                    _moved(item, inner, f"{key_path}[{n}]", unknown, problems)
                    for n, item in enumerate(value)
                ]
            elif inner is not None:
                known[key] = _moved(value, inner, key_path, unknown, problems)
        else:
            unknown[key_path if "meta" not in _FIELDS[cls] else str(key)] = value
            message = f"unknown key {shown(key)}, kept under meta"
            place = Place(path=key_path)
            problems.append(Problem("unknown-key", message, values=(value,), place=place))
    if not unknown:
        return data if all(known[key] is data[key] for key in known) else known
    if "meta" not in _FIELDS[cls]:
        above.update({name.removeprefix("$."): value for name, value in unknown.items()})
        return known
    return _with(known, unknown)


def _with(data: Plain, unknown: dict[str, object]) -> Plain:
    """Return a value with *unknown* added to its meta. Nothing is overwritten."""
    meta = data.get("meta", {})
    if not isinstance(meta, Mapping):
        return data  # for the converter to refuse
    under = UNKNOWN
    while not isinstance(meta.get(under, {}), Mapping):
        under += "~2"
    stored = dict(meta.get(under, {}))
    for name, value in unknown.items():
        while name in stored:
            name += "~2"
        stored[name] = value
    return {**data, "meta": {**meta, under: stored}}
