"""Report how many comments lack a value that a query tests, since `not` makes them match."""

from collections.abc import Callable, Mapping

from ..model import Comment
from ..query import Predicate, to_dict
from ..thread import Thread
from ._printing import counted, report

_LACKS: Mapping[str, Callable[[Comment], bool]] = {
    "author": lambda comment: comment.author is None or comment.author.key is None,
    "score": lambda comment: comment.score is None,
    "time": lambda comment: comment.created_at is None,
}
"""Whether a comment lacks a value, by its name."""

_TESTS = {"by": "author", "score": "score", "since": "time", "until": "time"}
"""The value that a phrase tests, by its key in the JSON form."""


class Unknown:
    """Counts the comments that lack the values a query tests."""

    def __init__(self, predicate: Predicate) -> None:
        self._counts = dict.fromkeys(_tested(predicate), 0)
        self._all = 0

    def add(self, thread: Thread) -> None:
        self._all += len(thread)
        for what in self._counts:
            lacks = _LACKS[what]
            self._counts[what] += sum(1 for comment in thread if lacks(comment))

    def report(self) -> None:
        for what, count in self._counts.items():
            if count:
                have = "has" if count == 1 else "have"
                report(f"{count:,} of {counted(self._all, 'comment')} {have} no known {what}")


def _tested(predicate: Predicate) -> list[str]:
    """Return the values that a query tests, except by `by unknown`, which matches unknown ones."""
    tested: set[str] = set()
    waiting: list[object] = [to_dict(predicate)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list | tuple):
            waiting.extend(part)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key in {"all", "any", "not"}:
                    waiting.append(value)
                elif key in _TESTS and value != {"author": None}:
                    tested.add(_TESTS[key])
    return sorted(tested)
