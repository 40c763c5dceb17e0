"""Titles as one line of plain text; the strings of a whole JSON value."""

import re
from collections.abc import Callable
from typing import Any

from ..._markup.html import unescape

_TAG = re.compile(r"<[^<>]*>")


def one_line(markup: str) -> str:
    r"""Return a title as plain text: tags removed, references resolved, on one line.

    >>> one_line("The <em>old</em> mill &amp; its\nowner")
    'The old mill & its owner'
    """
    return " ".join(unescape(_TAG.sub("", markup)).split())


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
