"""`Meta`, an immutable mapping of JSON values."""

import json
import math
from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextlib import suppress
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

from ._shown import shown

JsonValue: TypeAlias = "bool | int | float | str | tuple[JsonValue, ...] | Meta | None"
"""A frozen JSON value: arrays are tuples, objects are `Meta`."""

MAX_DEPTH = 64
"""The most levels of arrays and objects in a `Meta`. It bounds recursion."""

#: The largest integer that every Python can convert to text (the default limit is 4,300 digits).
_MAX_INT_BITS = 14_000


class Meta(Mapping[str, JsonValue]):
    """An immutable, hashable mapping of strings to JSON values.

    It holds source data that the model has no field for. It is frozen at every level and sorts its
    keys, so equal values serialise to equal bytes. ``true`` and ``1`` differ, ``1`` and ``1.0`` are
    equal. Lists become tuples; `to_dict` returns plain dicts and lists.

    Raises `ValueError` or `TypeError` with the path of a value that JSON cannot hold.

    >>> meta = Meta({"flair": ["new", "mod"]})
    >>> meta["flair"]
    ('new', 'mod')
    >>> (meta | {"level": 3}).to_dict()
    {'flair': ['new', 'mod'], 'level': 3}
    """

    __slots__ = ("_items",)

    _items: dict[str, JsonValue]

    def __init__(self, items: Mapping[str, object] = {}) -> None:
        if hasattr(self, "_items"):
            raise AttributeError("Meta is immutable: Meta(...) returns a new one")
        _set_items(self, _freeze_mapping(items, "", MAX_DEPTH))

    def __getitem__(self, key: str) -> JsonValue:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def keys(self) -> KeysView[str]:
        return self._items.keys()

    def values(self) -> ValuesView[JsonValue]:
        return self._items.values()

    def items(self) -> ItemsView[str, JsonValue]:
        return self._items.items()

    def __or__(self, other: Mapping[str, object]) -> "Meta":
        """Return the union. For keys in both, *other* wins."""
        if not isinstance(other, Mapping):
            return NotImplemented
        return Meta({**self._items, **other})

    def to_dict(self) -> dict[str, object]:
        """Return new dicts and lists with the same content."""
        return {key: _thaw(value) for key, value in self._items.items()}

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Meta):
            return self._items.keys() == other._items.keys() and _key(self) == _key(other)
        if isinstance(other, Mapping):
            try:
                return self == Meta(other)
            except (TypeError, ValueError):
                return False
        return NotImplemented

    def __hash__(self) -> int:
        return hash(_key(self)) if self._items else 0

    def __repr__(self) -> str:
        return f"Meta({self.to_dict()!r})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Meta is immutable: cannot set {shown(name)}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Meta is immutable: cannot delete {shown(name)}")

    def __copy__(self) -> "Meta":
        return self

    def __deepcopy__(self, memo: object) -> "Meta":
        return self

    def __reduce__(self) -> tuple[object, tuple[dict[str, object]]]:
        return to_meta, (self.to_dict(),)


def to_meta(value: Mapping[str, object]) -> Meta:
    """Return *value* as a `Meta`; the empty one is always the same object."""
    if type(value) is Meta:
        return value
    return Meta(value) if value or not isinstance(value, Mapping) else EMPTY


_new_meta = Meta.__new__
_set_items = Meta.__dict__["_items"].__set__

items_of = attrgetter("_items")
"""Return the internal dict of a `Meta`. Never change it."""


def meta_of_canonical(items: dict[str, Any], *, is_flat: bool, room: int = MAX_DEPTH) -> Meta:
    """Return a `Meta` of valid plain JSON with sorted keys, and take ownership of it.

    Args:
        items: The plain JSON, without integers that are too long.
        is_flat: Whether no value in it is an array or object. False is always correct, but slower.
        room: The most levels it may have. Raises `ValueError` beyond that.
    """
    if not items:
        return EMPTY
    if not is_flat:
        for key, value in items.items():
            items[key] = _freeze_canonical(value, room - 1)
    meta = _new_meta(Meta)
    _set_items(meta, items)
    return meta


def _freeze_canonical(value: Any, room: int) -> JsonValue:  # noqa: ANN401 - plain JSON
    kind = type(value)
    if kind is not dict and kind is not list and kind is not tuple:
        return value  # type: ignore[no-any-return]
    if room <= 0:
        raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")
    if kind is dict:
        return meta_of_canonical(value, is_flat=False, room=room)
    return tuple([_freeze_canonical(item, room - 1) for item in value])


def _freeze_mapping(items: Mapping[str, object], path: str, room: int) -> dict[str, JsonValue]:
    if type(items) is dict:
        try:
            return _freeze_plain(items, room)
        except (TypeError, ValueError):  # raised again below, with the path
            pass
    if not isinstance(items, Mapping):
        raise TypeError(f"{path or 'it'} must be a mapping of strings to JSON values")
    return _freeze_named(items, path, room)


def _freeze_named(items: Mapping[str, object], path: str, room: int) -> dict[str, JsonValue]:
    """Freeze a mapping. Errors name the path of the value that is not JSON."""
    frozen: dict[str, JsonValue] = {}
    for key, value in items.items():
        if not isinstance(key, str):
            raise TypeError(f"{path or 'it'} has the key {shown(key)}: keys must be strings")
        name = _freeze_str(key, path)
        step = shown(name, 40)[1:-1]
        frozen[name] = _freeze(value, f"{path}.{step}" if path else step, room - 1)
    return {key: frozen[key] for key in sorted(frozen)}


def _freeze_plain(items: Mapping[str, Any], room: int) -> dict[str, JsonValue]:
    """Freeze the output of a JSON decoder, three times as fast; raise for anything else.

    It never falls back to the slow path: both at each level would take time exponential in the
    depth.
    """
    if room <= 0:
        raise ValueError
    names = _usual_names(tuple(items)) if len(items) <= _MANY_NAMES else _names(tuple(items))
    frozen: dict[str, JsonValue] = {}
    for name in names:
        value = items[name]
        if type(value) is str:
            if not value.isascii():
                value.encode()
        elif value is not None and type(value) is not bool:
            value = _freeze_value(value, room - 1)
        frozen[name] = value
    return frozen


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of an object in order; raise for one that is not text or is very long."""
    for name in names:
        if type(name) is not str or len(name) > _LONG_NAME:
            raise TypeError
        name.encode()
    return tuple(sorted(names))


_MANY_NAMES, _LONG_NAME = 100, 200
_usual_names = lru_cache(256)(_names)  # most objects of a source have the same keys


def _freeze_value(value: Any, room: int) -> JsonValue:  # noqa: ANN401 - any output of a decoder
    """Freeze an item of the output of a JSON decoder; see `_freeze_plain`."""
    kind = type(value)
    if kind is str:
        if not value.isascii():
            value.encode()
        return str(value)
    if kind is dict:
        inner = _new_meta(Meta)
        _set_items(inner, _freeze_plain(value, room))
        return inner
    if kind is list:
        if room <= 0:
            raise ValueError
        return tuple([_freeze_value(item, room - 1) for item in value])
    if kind is int and value.bit_length() <= _MAX_INT_BITS:
        return int(value)
    return _freeze(value, None, room)


def _freeze(value: object, path: str | None, room: int) -> JsonValue:
    """Return *value* frozen. It recurses, but never deeper than `MAX_DEPTH`.

    Without a *path*, the mappings in it take the fast path only.
    """
    if value is None or type(value) is bool:
        return value
    if isinstance(value, str):
        return _freeze_str(value, path)
    if isinstance(value, int):
        if value.bit_length() > _MAX_INT_BITS:
            raise ValueError(f"{path} is {shown(value)}: too long to write as text")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{path} is {float(value)!r}: JSON has no such number")
        return float(value)
    if room <= 0:
        raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, Mapping):
        inner = _new_meta(Meta)
        plain = _freeze_plain(value, room) if path is None else _freeze_named(value, path, room)
        _set_items(inner, plain)
        return inner
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return _freeze_sequence(value, path, room - 1)
    raise TypeError(f"{path} is {shown(value)}: not a JSON value")


def _freeze_sequence(items: Sequence[object], path: str | None, room: int) -> tuple[JsonValue, ...]:
    if path is None:
        return tuple([_freeze(item, None, room) for item in items])
    return tuple(_freeze(item, f"{path}[{n}]", room) for n, item in enumerate(items))


def _freeze_str(value: str, path: str | None) -> str:
    plain = value if type(value) is str else str.__str__(value)
    if not plain.isascii():
        try:
            plain.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{path or 'a key'} has a lone surrogate: not Unicode text") from None
    return plain


_LONGEST_TEXT = 2**16


def frozen(value: object) -> object:
    """Return an array as a tuple, an object as a `Meta`, and any other value unchanged.

    An array or object that `Meta` cannot hold becomes the first part of its JSON text.
    """
    if type(value) is Meta or not isinstance(value, list | tuple | Mapping):
        return value
    for path in (None, "it"):  # first the fast path, which refuses more
        with suppress(TypeError, ValueError):
            return _freeze(value, path, MAX_DEPTH)
    return "".join(_text_pieces(value))[:_LONGEST_TEXT]


def _text_pieces(value: object) -> Iterator[str]:
    """Yield the JSON text of a value of any depth, up to `_LONGEST_TEXT`."""
    pending: list[tuple[str, Iterator[tuple[str, object]]]] = [("", iter([("", value)]))]
    length = 0
    while pending and length < _LONGEST_TEXT:
        end, items = pending[-1]
        entry = next(items, None)
        if entry is None:
            piece = end
            pending.pop()
        elif isinstance(entry[1], Mapping):
            piece = entry[0] + "{"
            pending.append(("}", _members(entry[1])))
        elif isinstance(entry[1], list | tuple):
            piece = entry[0] + "["
            pending.append(("]", ((", " if n else "", item) for n, item in enumerate(entry[1]))))
        else:
            piece = entry[0] + _scalar_text(entry[1])
        length += len(piece)
        yield piece


def _members(items: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    for n, (key, item) in enumerate(items.items()):
        name = key if isinstance(key, str) else shown(key)
        yield f"{', ' if n else ''}{_scalar_text(name)}: ", item


def _scalar_text(value: object) -> str:
    try:
        return json.dumps(value, default=shown)
    except ValueError:  # an integer of too many digits
        return json.dumps(shown(value))


def _thaw(value: JsonValue) -> object:
    if isinstance(value, Meta):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_thaw(item) for item in value]
    return value


def _key(value: JsonValue) -> object:
    """Return what ``==`` and ``hash`` compare: the value, with True distinct from 1."""
    if type(value) is bool:
        return ("bool", value)
    if isinstance(value, Meta):
        return ("object", tuple((name, _key(item)) for name, item in value.items()))
    if isinstance(value, tuple):
        return ("array", tuple(_key(item) for item in value))
    return value


EMPTY = Meta()
"""The only empty `Meta`, and the default of every ``meta`` field."""
