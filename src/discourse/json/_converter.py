"""`make_converter`: a strict `cattrs` converter for the model."""

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from .._shown import shown, shown_json
from ..errors import FieldError, FieldTypeError
from ..model import (
    EMPTY,
    Article,
    Author,
    Comment,
    Meta,
    Source,
    Status,
    Stub,
    StubKind,
    TextFormat,
)
from ..thread import Thread

CLASSES: tuple[type, ...] = (Author, Source, Stub, Article, Comment, Thread)
"""The classes of a document, each after the classes it contains."""

TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
"""A time of RFC 3339 without leap seconds, and with no digits to round."""

_MOST_ERRORS = 100  # of one array; after that, the rest of the array is not checked

Renames = Mapping[type, Mapping[str, str]]
_NONE: Renames = MappingProxyType({})


def make_converter(
    converter: cattrs.Converter | None = None,
    *,
    omit_defaults: bool = True,
    rename: Renames = _NONE,
) -> cattrs.Converter:
    """Return a `cattrs.Converter` that structures and unstructures the model, strictly.

    Args:
        converter: A new converter to add the model's hooks to, such as one from cattrs for
            MessagePack, CBOR, TOML or YAML. The default is a plain one.
        omit_defaults: Omit fields that are at their defaults, like the canonical form.
        rename: Other names for fields, by class: ``{Comment: {"text": "body"}}``.

    Nothing is coerced, and unknown keys are errors. `cattrs.transform_error` lists the paths. Pass
    ``lambda error, kind: str(error)`` as its ``format_exception`` to get the reasons too, including
    why comments are not a tree.

    The hooks of the model's classes are created on first use. A hook that you register before that,
    for a class or for the type of a field, takes precedence.

    >>> converter = make_converter(rename={Comment: {"text": "body"}})
    >>> converter.unstructure(Comment("2", "1", text="Yes."))
    {'id': '2', 'parent_id': '1', 'body': 'Yes.'}
    >>> converter.structure({"id": "2", "parent_id": "1", "body": "Yes."}, Comment).text
    'Yes.'
    """
    result = cattrs.Converter() if converter is None else converter
    if not isinstance(result, cattrs.Converter):
        raise FieldTypeError("json", "make_converter(converter)", converter, "must be a Converter")
    _check_renames(rename)
    _add_scalars(result)
    _add_collections(result)
    _add_classes(result, omit_defaults=omit_defaults, rename=rename)
    return result


def _check_renames(rename: Renames) -> None:
    """Raise `FieldError` for a name that is no field, and for one name of two fields."""
    for cls, names in rename.items():
        fields = [field.name for field in attrs.fields(cls)]
        for name in names:
            if name not in fields:
                why = f"must be a field of {cls.__name__}: {', '.join(fields)}"
                raise FieldError("json", "make_converter(rename)", name, why)
        renamed = [names.get(name, name) for name in fields]
        for name in names.values():
            if renamed.count(name) > 1:
                why = f"must be the name of one field of {cls.__name__}"
                raise FieldError("json", "make_converter(rename)", name, why)


def _add_scalars(converter: cattrs.Converter) -> None:
    for kind in (str, bool, int):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(_is_number, _to_number)
    converter.register_structure_hook(dt.datetime, _to_time)
    converter.register_unstructure_hook(dt.datetime, time_text)
    for words in (Status, TextFormat, StubKind):
        converter.register_structure_hook(words, _to_word)
        converter.register_unstructure_hook(words, lambda word: word.value)
    converter.register_structure_hook(Meta, to_meta)
    converter.register_unstructure_hook(Meta, Meta.to_dict)


_JSON_NAMES = {str: "a string", bool: "true or false", int: "an integer"}


def _exactly(kind: type) -> Callable[[object, object], object]:
    """Return a hook that accepts values of *kind* and converts those of subclasses to *kind*."""

    def structure(value: object, _: object) -> object:
        if type(value) is kind:
            return value
        if isinstance(value, kind) and not isinstance(value, bool | enum.Enum):
            return str.__str__(value) if isinstance(value, str) else kind(value)
        raise TypeError(f"must be {_JSON_NAMES[kind]}, not {shown_json(value)}")

    return structure


def _is_number(kind: object) -> bool:
    return set(get_args(kind)) == {int, float, type(None)}


def _to_number(value: object, _: object) -> int | float | None:
    if value is None or type(value) is int or type(value) is float:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool | enum.Enum):
        return int(value) if isinstance(value, int) else float(value)
    raise TypeError(f"must be a number, not {shown_json(value)}")


def _to_time(value: object, _: object) -> dt.datetime:
    if not isinstance(value, str):
        raise TypeError(f"must be a string with a time, not {shown_json(value)}")
    value = str.__str__(value)
    if not TIME.fullmatch(value):
        raise ValueError(f"must be an RFC 3339 time with a zone, not {shown_json(value)}")
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{shown(value)} is not a time: {error}") from None


def time_text(value: dt.datetime) -> str:
    """Return a time in RFC 3339 form, with ``Z`` for UTC."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _to_word(value: object, kind: type[enum.StrEnum]) -> enum.StrEnum:
    if isinstance(value, str) and value in kind.__members__.values():
        return kind(value)
    raise ValueError(f"must be one of {', '.join(kind)}, not {shown_json(value)}")


def to_meta(value: object, _: object = None) -> Meta:
    """Return a plain object as a `Meta`."""
    if not isinstance(value, Mapping):
        raise TypeError(f"must be an object, not {shown_json(value)}")
    unwrap = getattr(value, "unwrap", None)  # tomlkit: some of its values are not of plain types
    return Meta(unwrap() if callable(unwrap) else value) if value else EMPTY


# -- arrays ----------------------------------------------------------------------------------------


def _add_collections(converter: cattrs.Converter) -> None:
    @converter.register_structure_hook_factory(_is_tuple)
    def to_tuple(kind: Any) -> Callable[[object, object], tuple[object, ...]]:
        (inner, _) = get_args(kind)
        return lambda value, _: tuple(_to_list(converter, value, inner))

    @converter.register_structure_hook_factory(_is_frozenset)
    def to_frozenset(kind: Any) -> Callable[[object, object], frozenset[object]]:
        (inner,) = get_args(kind)

        def structure(value: object, _: object) -> frozenset[object]:
            items = _to_list(converter, value, inner)
            labels = frozenset(items)
            if len(labels) != len(items):
                raise ValueError("must not contain duplicates")
            return labels

        return structure

    converter.register_unstructure_hook_func(_is_frozenset, sorted)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _is_frozenset(kind: Any) -> bool:
    return get_origin(kind) is frozenset


def _to_list(converter: cattrs.Converter, value: object, inner: Any) -> list[object]:
    """Structure each item, and collect errors with their positions like cattrs, up to a limit."""
    if not isinstance(value, list):
        raise TypeError(f"must be an array, not {shown_json(value)}")
    structure = converter.get_structure_hook(inner)
    items: list[object] = []
    errors: list[Exception] = []
    count = 0
    for position, item in enumerate(value):
        try:
            items.append(structure(item, inner))
        except Exception as error:  # noqa: BLE001 - collected, and raised with its position
            note = cattrs.IterableValidationNote("", position, inner)
            error.__notes__ = [*getattr(error, "__notes__", []), note]
            errors.append(error.with_traceback(None))
            count += _leaves(error)
            if count > _MOST_ERRORS:
                break
    if errors:
        raise cattrs.IterableValidationError("in an array", errors, inner)
    return items


def _leaves(error: BaseException) -> int:
    if isinstance(error, BaseExceptionGroup):
        return sum(map(_leaves, error.exceptions))
    return 1


# -- classes ---------------------------------------------------------------------------------------


def _add_classes(converter: cattrs.Converter, *, omit_defaults: bool, rename: Renames) -> None:
    def is_ours(kind: Any) -> bool:
        return isinstance(kind, type) and kind in CLASSES

    @converter.register_structure_hook_factory(is_ours)
    def structuring(cls: Any) -> Callable[[object, Any], object]:
        names = rename.get(cls, {})
        fields = {
            field.name: override(
                rename=names.get(field.name), struct_hook=_checked(converter, cls, field)
            )
            for field in attrs.fields(cls)
        }
        inner: Callable[[Any, Any], object] = make_dict_structure_fn(
            cls,
            converter,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=True,
            **fields,  # type: ignore[arg-type]  # mypy mistakes the fields for options of cattrs
        )

        def structure(value: object, kind: Any) -> object:
            if not isinstance(value, Mapping):
                raise TypeError(f"must be an object, not {shown_json(value)}")
            structured = inner(value, kind)
            if type(structured) is Thread:
                _share_authors(structured)
            return structured

        return structure

    @converter.register_unstructure_hook_factory(is_ours)
    def unstructuring(cls: Any) -> Callable[[Any], dict[str, Any]]:
        names = rename.get(cls, {})
        fields = {field.name: override(rename=names.get(field.name)) for field in attrs.fields(cls)}
        return make_dict_unstructure_fn(
            cls,
            converter,
            _cattrs_omit_if_default=omit_defaults,
            **fields,  # type: ignore[arg-type]  # as above
        )


def _checked(
    converter: cattrs.Converter, cls: Any, field: "attrs.Attribute[Any]"
) -> Callable[[Any, Any], object]:
    """Return a hook for one field that also runs the model's validator.

    The class itself would report only the first invalid field. Validating each field here reports
    all of them, each with its path.
    """
    inner = [kind for kind in get_args(field.type) if kind is not type(None)]
    optional = len(inner) == 1 and type(None) in get_args(field.type)
    kind: Any = inner[0] if optional else field.type
    hook = converter.get_structure_hook(kind)
    check = field.validator if cls is not Thread else None
    convert: Any = field.converter or (lambda value: value)
    blank = object.__new__(cls)  # the validator takes the name of the class from it

    def structure(value: Any, _: Any) -> object:
        structured = None if optional and value is None else hook(value, kind)
        if check is not None:
            check(blank, field, convert(structured))
        return structured

    return structure


def _share_authors(thread: Thread) -> None:
    """Make equal authors the same object. The comments are new, so nobody else has seen them."""
    known = {author: author for author in (thread.article.authors if thread.article else ())}
    for comment in thread.comments:
        author = comment.author
        if author is not None:
            first = known.setdefault(author, author)
            if first is not author:
                object.__setattr__(comment, "author", first)
