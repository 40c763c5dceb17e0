"""The strings of a whole JSON value."""

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
