"""`Shared` converts equal objects, such as accounts, to the same value."""

from collections.abc import Callable
from typing import Generic, TypeVar

from ._node import Node

_T = TypeVar("_T")


class Shared(Generic[_T]):
    """Values of repeated objects, such as the account of each comment.

    >>> from discourse._problems import ProblemLog
    >>> log, names = ProblemLog(), Shared(lambda node: [node.label("name")])
    >>> ada, again = (names.of(Node({"id": 7, "name": "Ada"}, log), "id") for _ in range(2))
    >>> ada is again
    True
    """

    def __init__(self, make: Callable[[Node], _T]) -> None:
        """Take the function that converts an object."""
        self._make = make
        self._known: dict[object, tuple[object, _T]] = {}

    def of(self, node: Node, key: str) -> _T:
        """Return the value of an object, whose id is under a key."""
        id = node.data.get(key)
        if type(id) is not str and type(id) is not int:
            return self._make(node)
        known = self._known.get(id)
        if known is not None and known[0] == node.data:
            return known[1]
        before = node.log.count
        value = self._make(node)
        if node.log.count == before:  # otherwise, each of these objects must be reported
            self._known[id] = node.data, value
        return value
