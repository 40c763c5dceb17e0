"""Provide `Log`, which collects problems without ever holding too many."""

from collections import Counter

from ...errors import Place, Problem

_TOLD = 1_000  # problems of a kind


class Log:
    """Collects problems: of each kind a thousand are told one by one, and the rest counted."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(
        self, kind: str, message: str, values: tuple[object, ...] = (), place: Place | None = None
    ) -> None:
        """Take a problem."""
        self._counts[kind] += 1
        if self._counts[kind] <= _TOLD:
            self.problems.append(Problem(kind, message, values=values, place=place))

    def take(self) -> list[Problem]:
        """Return the problems up to here, and forget them."""
        taken, self.problems = self.problems, []
        return taken

    def finish(self) -> None:
        """Tell how many problems were not told."""
        for kind, count in self._counts.items():
            if count > _TOLD:
                message = f"{count - _TOLD:,} more problems like {kind!r}: not told one by one"
                self.problems.append(
                    Problem("more-problems", message, values=(kind, count - _TOLD))
                )
        self._counts.clear()
