"""Provide `make_converter`: a strict `cattrs` converter over the model."""

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from ..errors import shown
from ..model import Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat
from ..thread import Thread

_CLASSES: tuple[type, ...] = (Author, Source, Stub, Article, Comment, Thread)
TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII
)


def make_converter(
    converter: cattrs.Converter | None = None, *, omit_defaults: bool = True
) -> cattrs.Converter:
    """Return a `cattrs.Converter` that structures and unstructures the model, strictly.

    Args:
        converter: A fresh converter to add the model's hooks to, such as one that cattrs makes for
            MessagePack, CBOR, TOML or YAML; a plain one is made where none is given.
        omit_defaults: Leave out fields that are at their defaults, as the canonical form does.

    Nothing is coerced and no unknown key is passed over: `cattrs.transform_error` tells the paths.
    Register further hooks before you use it, since hooks are made once for each class.

    >>> converter = make_converter()
    >>> converter.unstructure(Comment("2", "1", text="Yes."))
    {'id': '2', 'parent_id': '1', 'text': 'Yes.'}
    >>> converter.structure({"id": "2", "parent_id": "1", "text": "Yes."}, Comment).text
    'Yes.'
    """
    made = converter if converter is not None else cattrs.Converter()
    _add_scalars(made)
    _add_collections(made)
    for cls in _CLASSES:  # in the order in which they hold each other
        _add_class(made, cls, omit_defaults)
    return made


def _add_scalars(converter: cattrs.Converter) -> None:
    for kind in (str, bool, int):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(_is_number, _to_number)
    converter.register_structure_hook(dt.datetime, _to_time)
    converter.register_unstructure_hook(dt.datetime, time_text)
    for words in (Status, TextFormat, StubKind):
        converter.register_structure_hook(words, _to_word)
        converter.register_unstructure_hook(words, lambda word: word.value)
    converter.register_structure_hook(Meta, _to_meta)
    converter.register_unstructure_hook(Meta, Meta.to_dict)


def _exactly(kind: type) -> Callable[[object, object], object]:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"must be {_JSON_NAMES[kind]}, not {shown(value)}")
        return value

    return structure


_JSON_NAMES = {str: "a string", bool: "true or false", int: "an integer"}


def _is_number(kind: object) -> bool:
    return set(get_args(kind)) == {int, float, type(None)}


def _to_number(value: object, _: object) -> int | float | None:
    if value is None or type(value) is int or type(value) is float:
        return value
    raise TypeError(f"must be a number, not {shown(value)}")


def _to_time(value: object, _: object) -> dt.datetime:
    if type(value) is not str:
        raise TypeError(f"must be a string with a time, not {shown(value)}")
    if not TIME.fullmatch(value):
        raise ValueError(f"must be a time of RFC 3339 with its zone, not {shown(value)}")
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{shown(value)} is no time: {error}") from None


def time_text(value: dt.datetime) -> str:
    """Return a time as RFC 3339 has it, ``Z`` for UTC."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _to_word(value: object, kind: type[enum.StrEnum]) -> enum.StrEnum:
    if type(value) is str and value in kind.__members__.values():
        return kind(value)
    raise ValueError(f"must be one of {', '.join(kind)}, not {shown(value)}")


def _to_meta(value: object, _: object) -> Meta:
    if not isinstance(value, Mapping):
        raise TypeError(f"must be an object, not {shown(value)}")
    return Meta(value)


def _is_generic(of: type) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is of


def _add_collections(converter: cattrs.Converter) -> None:
    @converter.register_structure_hook_factory(_is_generic(tuple))
    def to_tuple(kind: Any) -> Callable[[object, object], tuple[object, ...]]:
        (inner, _) = get_args(kind)

        def structure(value: object, _: object) -> tuple[object, ...]:
            return tuple(_to_list(converter, value, inner))

        return structure

    @converter.register_structure_hook_factory(_is_generic(frozenset))
    def to_frozenset(kind: Any) -> Callable[[object, object], frozenset[object]]:
        (inner,) = get_args(kind)

        def structure(value: object, _: object) -> frozenset[object]:
            items = _to_list(converter, value, inner)
            made = frozenset(items)
            if len(made) != len(items):
                raise ValueError("must not hold the same twice")
            return made

        return structure

    converter.register_unstructure_hook_func(_is_generic(frozenset), sorted)


def _to_list(converter: cattrs.Converter, value: object, inner: Any) -> list[object]:
    """Structure each item, gathering all errors with their positions as cattrs does."""
    if type(value) is not list:
        raise TypeError(f"must be an array, not {shown(value)}")
    structure = converter.get_structure_hook(inner)
    made: list[object] = []
    errors: list[Exception] = []
    for position, item in enumerate(value):
        try:
            made.append(structure(item, inner))
        except Exception as error:  # noqa: BLE001 - gathered, and raised with its position
            note = cattrs.IterableValidationNote("", position, inner)
            error.__notes__ = [*getattr(error, "__notes__", []), note]
            errors.append(error)
    if errors:
        raise cattrs.IterableValidationError("in an array", errors, inner)
    return made


def _add_class(converter: cattrs.Converter, cls: Any, omit_defaults: bool) -> None:
    inner: Callable[[Any, Any], object] = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )

    def structure(value: object, kind: Any) -> object:
        if not isinstance(value, Mapping):
            raise TypeError(f"must be an object, not {shown(value)}")
        return inner(value, kind)

    converter.register_structure_hook(cls, structure)
    converter.register_unstructure_hook(
        cls, make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=omit_defaults)
    )
