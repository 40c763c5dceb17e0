"""Generate fast code from the fields of a class: its ``__init__``, and an unfrozen draft class.

A frozen attrs class sets its fields one by one and runs each validator. That takes five times as
long as filling an unfrozen object of the same layout. Nearly all values are valid and need no
conversion, so the generated code runs the plain test of each field (see `_checks.plain`), fills a
draft, and freezes the draft by changing its class. Other values go to the ``__init__`` of attrs.
"""

import linecache
import sysconfig
from collections.abc import Callable
from gc import get_referents
from typing import Any, TypeVar

import attrs

from . import _checks as check
from ._value import Value

_C = TypeVar("_C", bound=type[attrs.AttrsInstance])

#: In free-threaded Python, changing the class of an object stops all threads.
_CHANGES_CLASS = not sysconfig.get_config_var("Py_GIL_DISABLED")
_set_class = object.__dict__["__class__"].__set__

_DRAFTS: dict[type, type] = {}


def draft_of(cls: type) -> type:
    """Return the draft class of *cls*: the same layout, not frozen and not checked.

    A filled draft becomes a value by ``draft.__class__ = cls``.
    """
    return _DRAFTS[cls]


def fast_init(cls: _C) -> _C:
    """Give a frozen attrs class an ``__init__`` that fills a draft if all plain tests pass."""
    slots = tuple(field.name for field in attrs.fields(cls))
    _DRAFTS[cls] = type(f"{cls.__name__}Draft", (Value,), {"__slots__": slots})
    if _CHANGES_CLASS:  # pragma: no branch - a Python without a global lock
        cls.__init__ = _init(cls, cls.__init__)  # type: ignore[method-assign]
    return cls


def _init(cls: type[attrs.AttrsInstance], checked: Callable[..., None]) -> Callable[..., None]:
    fields = attrs.fields(cls)
    names: dict[str, object] = {"_checked": checked, "_frozen": cls, "_draft": draft_of(cls)}
    names |= {"_set_class": _set_class, "_referents": get_referents}
    for field in fields:
        names |= check.plain_test(field)[1] | {f"_default_{field.name}": field.default}
    positional = [field for field in fields if not field.kw_only]
    by_name = [field for field in fields if field.kw_only]
    parameters = ["self", *map(_parameter, positional), "*", *map(_parameter, by_name)]
    arguments = [field.name for field in positional] + [f"{f.name}={f.name}" for f in by_name]
    tests = [check.plain_test(field)[0].format(field.name) for field in fields]
    # A new object refers to its class only. `hasattr` would take three times as long.
    count = len(get_referents(object.__new__(cls)))
    lines = [
        f"def __init__({', '.join(parameters)}):",
        "    if (",
        f"        type(self) is _frozen and len(_referents(self)) == {count}",
        *(f"        and ({test})" for test in tests),
        "    ):",
        "        _set_class(self, _draft)",
        *(f"        self.{field.name} = {field.name}" for field in fields),
        "        self.__class__ = _frozen",
        "    else:",
        f"        _checked(self, {', '.join(arguments)})",
    ]
    init = compiled("__init__", cls, lines, names)
    for name in ("__annotations__", "__doc__", "__module__", "__qualname__"):
        setattr(init, name, getattr(checked, name))
    return init


def copier(cls: type[attrs.AttrsInstance], name: str) -> Callable[[Any, Any], Any]:
    """Return a function that copies a value with another value in one field, unchecked.

    It takes a sixth of the time of `attrs.evolve`.
    """
    if not _CHANGES_CLASS:  # pragma: no cover - a Python without a global lock
        return lambda value, changed: attrs.evolve(value, **{name: changed})
    fields = [field.name for field in attrs.fields(cls)]
    lines = [
        "def copy(value, changed):",
        "    copied = _new(_draft)",
        *(f"    copied.{f} = {'changed' if f == name else f'value.{f}'}" for f in fields),
        "    copied.__class__ = _frozen",
        "    return copied",
    ]
    names = {"_frozen": cls, "_draft": draft_of(cls), "_new": object.__new__}
    return compiled("copy", cls, lines, names)


def _parameter(field: "attrs.Attribute[Any]") -> str:
    return field.name + ("" if field.default is attrs.NOTHING else f"=_default_{field.name}")


def compiled(
    name: str, cls: type, lines: list[str], names: dict[str, object]
) -> Callable[..., Any]:
    """Compile a function from source lines, which tracebacks and debuggers can show.

    Args:
        name: The name of the function.
        cls: The class that it belongs to.
        lines: The source.
        names: The globals of the source.
    """
    file = f"<discourse: {name} of {cls.__module__}.{cls.__qualname__}>"
    source = "\n".join(lines)
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), names)  # noqa: S102 - only our own source and field names
    function: Callable[..., Any] = names[name]  # type: ignore[assignment]
    return function
