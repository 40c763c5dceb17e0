"""Provide `ProblemLog`, which collects the problems of one input in bounded memory."""

from collections import Counter

from .errors import Place, Problem

KEPT = 1_000
"""How many problems of one kind are kept one by one; the rest are counted, with their ids."""


class ProblemLog:
    """Collects problems: the first thousand of each kind, then one that counts the others.

    >>> log = ProblemLog()
    >>> log.add("bad-time", "'soon' is not a time", ids=("7",))
    >>> [str(problem) for problem in log.finish()]
    ["bad-time: 'soon' is not a time"]
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self._more_ids: dict[str, list[str]] = {}

    def add(
        self,
        kind: str,
        message: str,
        *,
        ids: tuple[str, ...] = (),
        values: tuple[object, ...] = (),
        place: Place | None = None,
    ) -> None:
        """Add a problem; see `Problem` for the arguments."""
        self._counts[kind] += 1
        if self._counts[kind] <= KEPT:
            self.problems.append(Problem(kind, message, ids, values, place))
        else:
            self._more_ids.setdefault(kind, []).extend(ids)

    def extend(self, problems: tuple[Problem, ...]) -> None:
        """Add problems that something else has already bounded."""
        self.problems += problems

    def take(self) -> list[Problem]:
        """Return the problems so far and forget them; the counts go on."""
        taken, self.problems = self.problems, []
        return taken

    def finish(self) -> list[Problem]:
        """Return the problems, with one for each kind of which more than a thousand were met."""
        for kind, ids in self._more_ids.items():
            count = self._counts[kind] - KEPT
            message = f"{count:,} more problems of kind {kind!r}: counted, not listed"
            self.problems.append(Problem("more-problems", message, tuple(ids), (kind, count)))
        self._counts.clear()
        self._more_ids.clear()
        return self.take()
