"""`ProblemLog` collects the problems of one input in bounded memory."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from .errors import Place, Problem

MOST_PROBLEMS = 1_000
"""How many problems of one kind are listed. One more has the ids and values of the rest."""


class ProblemLog:
    """Collects problems: the first thousand of each kind, then one for the rest of the kind.

    A source can have as many problems as comments, and a `Problem` for each would take more memory
    than the comments. No id and no value is lost.

    >>> log = ProblemLog()
    >>> log.add("bad-time", "'soon' is not a time", ids=("7",))
    >>> [str(problem) for problem in log.finish()]
    ["bad-time: 'soon' is not a time"]
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0
        """How many problems were added."""
        self._counts: Counter[str] = Counter()
        self._ids: defaultdict[str, list[str]] = defaultdict(list)
        self._values: defaultdict[str, list[object]] = defaultdict(list)

    def add(
        self,
        kind: str,
        message: str | Callable[[], str],
        ids: Iterable[str] = (),
        values: tuple[object, ...] = (),
        *,
        place: Place | None = None,
    ) -> None:
        """Add a problem. If *message* is a function, it is called only if the problem is listed."""
        self.count += 1
        self._counts[kind] += 1
        if self._counts[kind] <= MOST_PROBLEMS:
            text = message if isinstance(message, str) else message()
            self.problems.append(Problem(kind, text, tuple(ids), values, place))
        else:
            self._ids[kind] += ids
            self._values[kind] += values

    def take(self) -> list[Problem]:
        """Return the problems so far and forget them. The counts continue."""
        taken, self.problems = self.problems, []
        return taken

    def finish(self) -> list[Problem]:
        """Return the problems, plus one for the rest of each kind with too many."""
        for kind, ids in self._ids.items():
            message = f"{self._counts[kind] - MOST_PROBLEMS:,} more problems of this kind"
            self.problems.append(Problem(kind, message, tuple(ids), tuple(self._values[kind])))
        self._counts.clear()
        self._ids.clear()
        self._values.clear()
        return self.take()
