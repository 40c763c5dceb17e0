"""Problems as rows of a table, and rows as problems."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import attrs
import cattrs

from ..errors import Place, Problem
from ..json import make_converter


@attrs.frozen
class ProblemRow:
    """A problem, and what it is about."""

    problem: Problem
    thread_id: str | None = None
    """The thread, where it is known."""
    rows: int = 0
    """How many rows of the input became this problem and nothing else."""


def problem_cells(rows: Sequence[ProblemRow]) -> dict[str, list[Any]]:
    """Return the cells of problems by the names of the columns."""
    problems = [row.problem for row in rows]
    places = [problem.place or Place() for problem in problems]
    return {
        "thread_id": [row.thread_id for row in rows],
        "kind": [problem.kind for problem in problems],
        "message": [problem.message for problem in problems],
        "ids": [_text(problem.ids) if problem.ids else None for problem in problems],
        "rows": [row.rows for row in rows],
        "source": [place.source for place in places],
        "line": [place.line for place in places],
        "values": [_text(problem.values) if problem.values else None for problem in problems],
    }


def problems_from(cells: Iterable[dict[str, Any]]) -> list[Problem]:
    """Return the problems that rows hold; values of the model come back as plain JSON."""
    problems = []
    for row in cells:
        place = None
        if row["source"] is not None or row["line"] is not None:
            place = Place(source=row["source"], line=row["line"])
        ids, values = (tuple(json.loads(row[name] or "[]")) for name in ("ids", "values"))
        problems.append(Problem(row["kind"], row["message"], ids, values, place))
    return problems


@cache
def _converter() -> cattrs.Converter:
    return make_converter()


def _text(value: object) -> str:
    plain = _converter().unstructure(value)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode(errors="replace").decode()
