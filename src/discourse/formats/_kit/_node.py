"""`Node`: an object of decoded JSON with its path and the keys that were read."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..._markup.times import clock
from ..._problems import ProblemLog
from ...errors import Place, shown
from ...model import EMPTY, Meta, id_text

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_EMPTY: dict[str, object] = {}
_MILLISECONDS = 10**11
_LONGEST_PATH = 40  # steps that a path shows at each end


class Node:
    """An object of the input.

    Each getter marks its key as read, and returns None if the key is missing or null. A value of
    the wrong type is reported as ``bad-value`` and treated as missing. `rest` returns the keys that
    were not read, for ``meta``.

    >>> log = ProblemLog()
    >>> node = Node({"id": 7, "body": "Hm.", "ups": "many", "gilded": 1}, log)
    >>> node.id("id"), node.text("body"), node.whole("ups"), node.rest()
    ('7', 'Hm.', None, Meta({'gilded': 1}))
    >>> print(log.problems[0])
    bad-value: ups must be an integer, not 'many': skipped ($.ups)
    """

    __slots__ = ("_inner", "_read", "above", "data", "level", "log", "step", "top")

    def __init__(
        self,
        data: Mapping[str, Any],
        log: ProblemLog,
        step: str = "$",
        above: "Node | None" = None,
    ) -> None:
        self.data = data
        """The object itself. Reading from it marks nothing."""
        self.log = log
        """The log for problems."""
        self.step = step
        """The last step of the path."""
        self.above = above
        """The object around this one."""
        self.level: int = 0 if above is None else above.level + 1
        """The number of objects around this one."""
        self.top: Node | None = None
        """The last object whose step is shown at the start of a long path."""
        if above is not None and self.level >= _LONGEST_PATH:
            self.top = above.top or above
        self._read: set[str] = set()
        self._inner: dict[str, Node] | None = None

    def __contains__(self, key: str) -> bool:
        return key in self.data

    @property
    def path(self) -> str:
        """The path, such as ``$.posts[3]``. The middle of a long path is omitted."""
        left_out = self.level + 1 - 2 * _LONGEST_PATH
        steps: list[str] = []
        node: Node | None = self
        while node is not None and not (left_out > 0 and len(steps) == _LONGEST_PATH):
            steps.append(node.step)
            node = node.above
        if left_out > 0 and self.top is not None:
            steps.append(f"{self.top.path} ... {left_out} more ... ")
        return "".join(reversed(steps))

    def place(self, key: str | None = None) -> Place:
        """Return the place of this object, or of a value in it."""
        return Place(path=self.path if key is None else f"{self.path}.{key}")

    # -- values ----------------------------------------------------------------------------------

    def raw(self, key: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value unchanged."""
        self._read.add(key)
        return self.data.get(key)

    def text(self, key: str) -> str | None:
        """Return a string, which may be empty."""
        self._read.add(key)
        value = self.data.get(key)
        if value is None or type(value) is str:
            return value
        self.refuse(key, value, "a string")
        return None

    def label(self, key: str) -> str | None:
        """Return a non-empty string: a name, title or address."""
        self._read.add(key)
        value = self.data.get(key)
        if value is None or type(value) is str:
            return value or None
        self.refuse(key, value, "a string")
        return None

    def id(self, key: str, prefix: str = "") -> str | None:
        """Return an identifier as text: the exact digits of a number.

        Args:
            key: The key.
            prefix: A required prefix, which is removed. Without it, the result is None.
        """
        self._read.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if type(value) is int:
            return str(value)
        if type(value) is str:
            if not prefix:
                return value or None
            return value[len(prefix) :] or None if value.startswith(prefix) else None
        try:
            return id_text(value)
        except ValueError:
            self.refuse(key, value, "an id")
            return None

    def whole(self, key: str) -> int | None:
        """Return a 64-bit integer."""
        self._read.add(key)
        value = self.data.get(key)
        if value is None or (type(value) is int and _SMALLEST <= value <= _LARGEST):
            return value
        if type(value) is float and value.is_integer() and abs(value) < 2**53:
            return int(value)  # as tables write integers in columns with empty cells
        self.refuse(key, value, "an integer")
        return None

    def count(self, key: str) -> int | None:
        """Return a non-negative 64-bit integer."""
        value = self.whole(key)
        if value is not None and value < 0:
            self.refuse(key, value, "a count")
            return None
        return value

    def number(self, key: str) -> int | float | None:
        """Return a 64-bit integer or a float."""
        value = self.data.get(key)
        if type(value) is float:
            self._read.add(key)
            return value
        return self.whole(key)

    def flag(self, key: str) -> bool | None:
        """Return True or False."""
        self._read.add(key)
        value = self.data.get(key)
        if value is None or type(value) is bool:
            return value
        self.refuse(key, value, "true or false")
        return None

    def is_true(self, key: str) -> bool:
        """Whether the value is ``true``."""
        self._read.add(key)
        return self.data.get(key) is True

    def strings(self, key: str) -> list[str]:
        """Return the non-empty strings of an array."""
        values = self.raw(key)
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(key, values, "an array of strings")
            return []
        return [value for value in values if value]

    # -- times -----------------------------------------------------------------------------------

    def clock(self, key: str) -> dt.datetime | None:
        """Return a time in ISO 8601, naive if it names no zone.

        Zeros, as in databases, mean unknown.
        """
        value = self.text(key)
        if value is None:
            return None
        try:
            time = clock(value)
            if time is not None and time.tzinfo is not None and time.tzinfo is not dt.UTC:
                time.astimezone(dt.UTC)
        except (OverflowError, ValueError):
            self.refuse(key, value, "a time")
            return None
        return time

    def utc(self, key: str) -> dt.datetime | None:
        """Return a time in ISO 8601, in UTC if it names no zone."""
        time = self.clock(key)
        return time.replace(tzinfo=dt.UTC) if time is not None and time.tzinfo is None else time

    def epoch(self, key: str) -> dt.datetime | None:
        """Return a time given as seconds since 1970, as a number or a string of digits.

        Numbers after the year 5138 are milliseconds.
        """
        self._read.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        try:
            if type(value) is not bool:
                seconds = float(value)
                if seconds > _MILLISECONDS:
                    seconds /= 1000
                return dt.datetime.fromtimestamp(seconds, dt.UTC)
        except (OverflowError, OSError, TypeError, ValueError):
            pass
        self.refuse(key, value, "seconds since 1970")
        return None

    # -- objects inside --------------------------------------------------------------------------

    def inner(self, key: str, *, rest: bool = True) -> "Node":
        """Return the object under a key, or an empty one.

        Args:
            key: The key. PHP writes an empty object as an empty array.
            rest: Whether its unread keys are part of the `rest` of this node.
        """
        if self._inner is not None and key in self._inner:
            return self._inner[key]
        self._read.add(key)
        value = self.data.get(key)
        if not isinstance(value, dict):
            if value is not None and value != []:
                self.refuse(key, value, "an object")
            value = _EMPTY
        node = Node(value, self.log, f".{key}", self)
        if rest and value:
            if self._inner is None:
                self._inner = {}
            self._inner[key] = node
        return node

    def nodes(self, key: str) -> "list[Node]":
        """Return the objects of an array. Other values are problems.

        Their unread keys are not part of the `rest` of this node.
        """
        values = self.raw(key)
        if values is None:
            return []
        if not isinstance(values, list):
            self.refuse(key, values, "an array")
            return []
        return nodes_of(values, self.log, f".{key}", self)

    # -- the rest --------------------------------------------------------------------------------

    def drop(self, *keys: str) -> None:
        """Mark keys as read that the format deliberately omits. Its table lists them."""
        self._read.update(keys)

    def keep(self, *keys: str) -> None:
        """Keep keys in `rest` although they were read, because the model stores only a part."""
        self._read.difference_update(keys)

    def unread(self, *, empty: bool = True) -> dict[str, object]:
        """Return the unread keys and their values; see `rest`."""
        read = self._read
        if empty:
            left = {key: value for key, value in self.data.items() if key not in read}
        else:
            left = {
                key: value
                for key, value in self.data.items()
                if key not in read and (value or value == 0)
            }
        if self._inner is not None:
            for key, node in self._inner.items():
                if inside := node.unread(empty=empty):
                    left[key] = inside
        return left

    def rest(self, *, empty: bool = True, **more: object) -> Meta:
        """Return the unread keys, and *more*, as ``meta``.

        Args:
            empty: Whether to keep nulls and empty strings, arrays and objects.
            more: Other keys and values.
        """
        left = self.unread(empty=empty)
        if more:
            left.update(more)
        if not left:
            return EMPTY
        try:
            return Meta(left)
        except (TypeError, ValueError) as error:
            message = f"the other keys cannot be kept: {error}"
            self.log.add("bad-value", message, values=(left,), place=self.place())
            return EMPTY

    def refuse(self, key: str, value: object, wanted: str) -> None:
        """Report a value that is not as it must be."""
        message = f"{key} must be {wanted}, not {shown(value)}: skipped"
        self.log.add("bad-value", message, values=(value,), place=self.place(key))


def nodes_of(
    values: list[Any], log: ProblemLog, step: str, above: Node | None = None
) -> list[Node]:
    """Return the objects among *values*. Other values are problems of kind ``bad-value``."""
    nodes = []
    for position, value in enumerate(values):
        here = f"{step}[{position}]"
        if isinstance(value, dict):
            nodes.append(Node(value, log, here, above))
        else:
            path = here if above is None else above.path + here
            message = f"must be an object, not {shown(value)}: skipped"
            log.add("bad-value", message, values=(value,), place=Place(path=path))
    return nodes
