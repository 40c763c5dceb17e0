"""Provide `FrozenMap`, the immutable mapping in results."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar, final

from ..errors import shown

_K = TypeVar("_K")
_V = TypeVar("_V")

_SHOWN = 5


@final
class FrozenMap(Mapping[_K, _V]):
    """An immutable, ordered mapping that compares by content; hashable and picklable.

    >>> counts = FrozenMap({1: 2, 2: 1})
    >>> counts[1], dict(counts), counts == {2: 1, 1: 2}
    (2, {1: 2, 2: 1}, True)
    """

    __slots__ = ("_items",)

    _items: dict[_K, _V]

    def __init__(self, items: Mapping[_K, _V] | Iterable[tuple[_K, _V]] = ()) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: _K) -> _V:
        return self._items[key]

    def __iter__(self) -> Iterator[_K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        parts = [f"{key!r}: {value!r}" for key, value in islice(self._items.items(), _SHOWN)]
        if len(self) > _SHOWN:
            parts.append(f"... and {len(self) - _SHOWN} more")
        return f"FrozenMap({{{', '.join(parts)}}})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"FrozenMap is immutable: cannot set {shown(name)}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"FrozenMap is immutable: cannot delete {shown(name)}")

    def __reduce__(self) -> tuple[object, tuple[dict[_K, _V]]]:
        return FrozenMap, (self._items,)
