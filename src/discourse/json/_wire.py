"""Derive structs from `Comment` and `Author`, and the code that converts between the two.

A field's validator alone decides how it is converted, by the table `_WIRES`. A new field with a
validator of the table works at once; one with another validator is an error on import.
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
_SHORT = 4_000  # bytes: too few for an integer with more digits than `Meta` allows
_BIG = 2**63
_NO_LIST: list[str] = []  # shared: the structs with it are written and discarded


class GiveUp(Exception):  # noqa: N818 - not an error: the converter takes over
    """Raised if the converter must decide."""


@attrs.frozen
class _Wire:
    """How to convert fields of one type, as code in which ``it`` is the field's value."""

    type: Any
    """The type in a struct."""
    load: str = "it"
    """From a struct to a value."""
    dump: str = "it"
    """From a value to a struct."""
    check: str = ""
    """A statement that raises `GiveUp` if the converter must decide."""


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
_AUTHOR = _Wire(  # most authors occur many times, but are parsed and written once
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
    """Return the names of a class's fields that are times."""
    return [field.name for field in attrs.fields(cls) if field.validator is check.time]


def struct_of(cls: type[attrs.AttrsInstance], time: object = None) -> Any:  # noqa: ANN401 - a struct's type
    """Return a struct with the fields of *cls*, with their types in JSON.

    Args:
        cls: The class.
        time: The type of times, to override the default.
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
"""Define a struct that forbids unknown keys and omits defaults."""


def _filling(cls: type[attrs.AttrsInstance]) -> Callable[..., Any]:
    """Return a function from structs to values, which are filled as drafts and then frozen."""
    lines = ["def fill(structs, authors):", "    values = []", "    for struct in structs:"]
    lines.append("        draft = Draft()")
    for field in attrs.fields(cls):
        wire = _wire(field)
        if wire.load != "it" or wire.check:
            lines.append(f"        it = struct.{field.name}")
            lines.append(f"        draft.{field.name} = {wire.load}")
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


def _dumping(cls: type[attrs.AttrsInstance], struct: object) -> Callable[..., Any]:
    """Return a function from values to structs."""
    lines = ["def to_structs(values, authors):", "    structs = []", "    for value in values:"]
    cells = []
    for field in attrs.fields(cls):
        wire = _wire(field)
        if wire.dump == "it":
            cells.append(f"value.{field.name}")
        else:
            cells.append(f"_{field.name}")
            lines.append(f"        it = value.{field.name}")
            lines.append(f"        _{field.name} = {wire.dump}")
    lines += [f"        structs.append(Struct({', '.join(cells)}))", "    return structs"]
    names = {"Struct": struct, "NO_LIST": _NO_LIST, "to_author": _to_author}
    return compiled("to_structs", cls, lines, names)


def _check_moment(time: dt.datetime) -> None:
    if not dt.MINYEAR < time.year < dt.MAXYEAR:
        raise GiveUp  # its year in UTC may be out of range


def _to_tags(items: list[str]) -> frozenset[str]:
    tags = frozenset(items)
    if len(tags) != len(items) or "" in tags:
        raise GiveUp
    return tags


def raw_meta(raw: msgspec.Raw) -> Meta:
    """Return the `Meta` of an object in JSON.

    An object in the canonical form encodes, with its keys sorted, to the same bytes. That proves
    that it has no duplicate key, and no number that msgspec parses differently.
    """
    data = bytes(raw)
    if len(data) <= _SHORT:
        try:
            plain = _PLAIN.decode(data)
            if _SORTED.encode(plain) == data:
                is_flat = data.find(b"{", 1) < 0 and data.count(b"[") < 2
                return meta_of_canonical(plain, is_flat=is_flat)
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
            pass  # the strict parser decides
    return to_meta(decode(data))


def encoded(value: object) -> bytes:
    """Return a struct or plain value as JSON. Raises `GiveUp` if msgspec cannot write it."""
    try:
        return ENCODER.encode(value)
    except (OverflowError, ValueError, RecursionError):
        raise GiveUp from None


def _to_author(author: Author, authors: dict[int, Any]) -> Any:  # noqa: ANN401 - a struct
    (struct,) = author_structs((author,), {})
    authors[id(author)] = struct
    return struct


COMMENT: Any = struct_of(Comment)
AUTHOR: Any = struct_of(Author)
fill_comments = _filling(Comment)
fill_authors = _filling(Author)
comment_structs = _dumping(Comment, COMMENT)
author_structs = _dumping(Author, AUTHOR)
