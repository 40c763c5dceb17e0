"""Change a whole JSON value: its strings, or the keys of its objects."""

from collections.abc import Callable
from typing import Any


def map_strings(change: Callable[[str], str], value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value with each of its strings changed, keys not. O(n), without recursion.

    >>> map_strings(str.upper, {"a": ["b", {"c": "d"}, 1]})
    {'a': ['B', {'c': 'D'}, 1]}
    """
    root = [value]
    pending: list[Any] = [root]
    while pending:
        container = pending.pop()
        items = list(container.items() if isinstance(container, dict) else enumerate(container))
        for key, item in items:
            if isinstance(item, str):
                container[key] = change(item)
            elif isinstance(item, dict | list):
                container[key] = copy = item.copy()
                pending.append(copy)
    return root[0]


def without_keys(keys: frozenset[str], value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value without some keys, at whatever level. O(n), without recursion.

    >>> without_keys(frozenset({"viewer"}), {"a": [{"viewer": 1, "b": 2}]})
    {'a': [{'b': 2}]}
    """
    root = [value]
    pending: list[Any] = [root]
    while pending:
        container = pending.pop()
        items = list(container.items() if isinstance(container, dict) else enumerate(container))
        for key, item in items:
            if isinstance(item, dict):
                container[key] = copy = {k: v for k, v in item.items() if k not in keys}
                pending.append(copy)
            elif isinstance(item, list):
                container[key] = copy_of_list = item.copy()
                pending.append(copy_of_list)
    return root[0]
