"""Derive from the fields of `Comment` and `Author` their structs, and the code between the two.

How a field crosses depends on its validator alone, and `_WIRES` has each validator once. So a new
field with one of them needs nothing here, and one with another is an error on import.
"""

import datetime as dt
import enum
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeAlias

import attrs
import msgspec

from .._meta import items_of, meta_of_canonical
from ..model import EMPTY, Author, Comment, Meta
from ..model import _checks as check
from ..model._fast_init import compiled, draft_of
from ._converter import to_meta
from ._decode import decode

ENCODER = msgspec.json.Encoder(enc_hook=items_of)

_SORTED = msgspec.json.Encoder(order="sorted")
_Item: TypeAlias = bool | int | float | str | tuple[Any, ...] | dict[str, Any] | None
_PLAIN: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, _Item])
_SHORT = 4_000  # bytes in which no integer has more digits than `Meta` allows
_BIG = 2**63
_NO_LIST: list[str] = []  # shared: structs that are written and thrown away only read it


class GiveUp(Exception):  # noqa: N818 - not an error: the other lane takes over
    """Raised inside where the converter has to look."""


@attrs.frozen
class _Wire:
    """How fields of one type cross, as pieces of code in which ``it`` is what the field holds."""

    type: Any
    """Their type in a struct."""
    fill: str = "it"
    """From a struct to a value."""
    tell: str = "it"
    """From a value to a struct."""
    check: str = ""
    """A statement that raises `GiveUp` for what only the converter can judge."""


_Id = Annotated[str, msgspec.Meta(min_length=1)]
_Time = Annotated[dt.datetime, msgspec.Meta(tz=True)]

_WIRES: dict[object, _Wire] = {
    check.identifier: _Wire(_Id),
    check.optional_identifier: _Wire(_Id | None),
    check.text: _Wire(str | None),
    check.flag: _Wire(bool | None),
    check.whole: _Wire(Annotated[int, msgspec.Meta(ge=-_BIG, le=_BIG - 1)] | None),
    check.count: _Wire(Annotated[int, msgspec.Meta(ge=0, le=_BIG - 1)] | None),
    check.number: _Wire(
        int | float | None,
        check="if it is not None and not LEAST <= it < MOST: raise GiveUp",
    ),
    check.time: _Wire(
        _Time | None, check="if it is not None and it.tzinfo is not UTC: check_moment(it)"
    ),
    check.labels: _Wire(
        list[str], "to_tags(it) if it else NO_TAGS", "sorted(it) if it else NO_LIST"
    ),
    check.mapping: _Wire(
        msgspec.Raw,
        "EMPTY if it is None else raw_meta(it)",
        "it or None",
    ),
}
_AUTHOR = _Wire(  # most stand there many times, and are read and written once
    msgspec.Raw,
    "None if it is None else authors[bytes(it)]",
    "None if it is None else authors.get(id(it)) or to_author(it, authors)",
)


def _wire(field: "attrs.Attribute[Any]") -> _Wire:
    kind: Any = field.type
    if kind == Author | None:
        return _AUTHOR
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _Wire(kind)
    return _WIRES[field.validator]


def times_of(cls: type[attrs.AttrsInstance]) -> list[str]:
    """Return the names of the fields of a class that are times."""
    return [field.name for field in attrs.fields(cls) if field.validator is check.time]


def struct_of(cls: type[attrs.AttrsInstance], time: object = None) -> Any:  # noqa: ANN401 - a struct's type
    """Return a struct with the fields of *cls*, of the types that they have in JSON.

    Args:
        cls: The class.
        time: The type of its times, where that is another.
    """
    fields: list[Any] = []
    for field in attrs.fields(cls):
        kind = time if time and field.name in times_of(cls) else _wire(field).type
        if field.default is attrs.NOTHING:
            fields.append((field.name, kind))
        elif kind == list[str]:
            fields.append((field.name, kind, msgspec.field(default_factory=list)))
        else:
            fields.append((field.name, kind, None if kind is msgspec.Raw else field.default))
    return defstruct(f"_{cls.__name__}", fields)


defstruct = partial(msgspec.defstruct, forbid_unknown_fields=True, omit_defaults=True, gc=False)
"""Make a struct that knows no other key, and leaves out what is at its default."""


def _filling(cls: type[attrs.AttrsInstance]) -> Callable[..., Any]:
    """Return a function of structs that gives values: drafts, which only then become frozen."""
    lines = ["def fill(structs, authors):", "    values = []", "    for struct in structs:"]
    lines.append("        draft = Draft()")
    for field in attrs.fields(cls):
        wire = _wire(field)
        if wire.fill != "it" or wire.check:
            lines.append(f"        it = struct.{field.name}")
            lines.append(f"        draft.{field.name} = {wire.fill}")
            lines += [f"        {wire.check}"] if wire.check else []
        else:
            lines.append(f"        draft.{field.name} = struct.{field.name}")
    lines += [
        "        draft.__class__ = Frozen",
        "        values.append(draft)",
        "    return values",
    ]
    names = {"Draft": draft_of(cls), "Frozen": cls, "UTC": dt.UTC, "LEAST": -_BIG, "MOST": _BIG}
    names |= {"NO_TAGS": frozenset(), "EMPTY": EMPTY, "GiveUp": GiveUp}
    names |= {"to_tags": _to_tags, "raw_meta": raw_meta, "check_moment": _check_moment}
    return compiled("fill", cls, lines, names)


def _telling(cls: type[attrs.AttrsInstance], struct: object) -> Callable[..., Any]:
    """Return a function of values that gives structs."""
    lines = ["def tell(values, authors):", "    structs = []", "    for value in values:"]
    cells = []
    for field in attrs.fields(cls):
        wire = _wire(field)
        if wire.tell == "it":
            cells.append(f"value.{field.name}")
        else:
            cells.append(f"_{field.name}")
            lines.append(f"        it = value.{field.name}")
            lines.append(f"        _{field.name} = {wire.tell}")
    lines += [f"        structs.append(Struct({', '.join(cells)}))", "    return structs"]
    names = {"Struct": struct, "NO_LIST": _NO_LIST, "to_author": _to_author}
    return compiled("tell", cls, lines, names)


def _check_moment(time: dt.datetime) -> None:
    if not dt.MINYEAR < time.year < dt.MAXYEAR:
        raise GiveUp  # it may have no moment in UTC


def _to_tags(items: list[str]) -> frozenset[str]:
    tags = frozenset(items)
    if len(tags) != len(items) or "" in tags:
        raise GiveUp
    return tags


def raw_meta(raw: msgspec.Raw) -> Meta:
    """Return the `Meta` of an object that is still JSON.

    Written again with its keys in order, an object in the canonical form gives the same bytes. That
    proves that it has no key twice, and no number that msgspec reads in another way.
    """
    data = bytes(raw)
    if len(data) <= _SHORT:
        try:
            plain = _PLAIN.decode(data)
            if _SORTED.encode(plain) == data:
                is_flat = data.find(b"{", 1) < 0 and data.count(b"[") < 2
                return meta_of_canonical(plain, is_flat=is_flat)
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
            pass  # the strict reader decides
    return to_meta(decode(data))


def encoded(value: object) -> bytes:
    """Return a struct or a plain value as JSON; raises `GiveUp` where only the other lane can."""
    try:
        return ENCODER.encode(value)
    except (OverflowError, ValueError, RecursionError):
        raise GiveUp from None


def _to_author(author: Author, authors: dict[int, Any]) -> Any:  # noqa: ANN401 - a struct
    (struct,) = tell_authors((author,), {})
    authors[id(author)] = struct
    return struct


COMMENT: Any = struct_of(Comment)
AUTHOR: Any = struct_of(Author)
fill_comments = _filling(Comment)
fill_authors = _filling(Author)
tell_comments = _telling(Comment, COMMENT)
tell_authors = _telling(Author, AUTHOR)
