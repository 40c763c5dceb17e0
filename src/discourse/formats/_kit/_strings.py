"""Change a whole JSON value: its strings, or the keys of its objects."""

from collections.abc import Callable
from typing import Any


def map_strings(change: Callable[[str], str], value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value with a function applied to all strings, except keys.

    O(n), without recursion.

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


def map_objects(change: Callable[[dict[str, Any]], dict[str, Any]], value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value with a function applied to all objects, from the outside in.

    O(n), without recursion.

    >>> map_objects(lambda o: {k.lower(): v for k, v in o.items()}, {"A": [{"B": 1}]})
    {'a': [{'b': 1}]}
    """
    root = [value]
    pending: list[Any] = [root]
    while pending:
        container = pending.pop()
        items = list(container.items() if isinstance(container, dict) else enumerate(container))
        for key, item in items:
            if isinstance(item, dict | list):
                copy: Any = change(item) if isinstance(item, dict) else item.copy()
                container[key] = copy
                pending.append(copy)
    return root[0]


def without_keys(keys: frozenset[str], value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value without some keys, at any level. O(n), without recursion.

    >>> without_keys(frozenset({"viewer"}), {"a": [{"viewer": 1, "b": 2}]})
    {'a': [{'b': 2}]}
    """
    return map_objects(lambda o: {key: v for key, v in o.items() if key not in keys}, value)
