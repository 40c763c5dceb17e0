"""Make one thread of several inputs that are parts of one discussion."""

from collections.abc import Iterable

from ..edit import merge
from ..errors import Problem
from ..model import Status
from ..thread import Thread
from ._base import Reading
from ._registry import known


def combined(readings: Iterable[Reading]) -> Reading:
    """Return one reading of several, the threads of one discussion merged in the order given.

    Threads belong together when their articles have one id, or else one address. Where all that
    name an article name the same one, those that name none belong to it too. What a part lacked
    and another has is no problem any more.
    """
    parts = list(readings)
    groups: dict[str | None, list[Thread]] = {}
    for part in parts:
        for thread in part.threads:
            groups.setdefault(_discussion(thread), []).append(thread)
    if len(groups) == 2 and None in groups:
        (named,) = (name for name in groups if name is not None)
        groups = {named: [t for part in parts for t in part.threads]}
    problems = [problem for part in parts for problem in part.problems]
    threads = [_settled(_merged(group, problems)) for group in groups.values()]
    return Reading(
        threads,
        [problem for problem in problems if not _is_solved(problem, threads)],
        inferred=frozenset().union(*(part.inferred for part in parts)),
    )


def _discussion(thread: Thread) -> str | None:
    article = thread.article
    if article is None:
        return None
    return article.id if article.id is not None else article.url


def _merged(group: list[Thread], problems: list[Problem]) -> Thread:
    made = group[0]
    for part in group[1:]:
        step = merge(made, part)
        made = step.thread
        problems += step.problems
    return made


def _settled(thread: Thread) -> Thread:
    """Let the format that read the thread put right what only the whole shows."""
    format = known().get((thread.source and thread.source.format) or "")
    return thread if format is None or format.settle is None else format.settle(thread)


def _is_solved(problem: Problem, threads: list[Thread]) -> bool:
    if problem.kind != "orphan" or not problem.ids:
        return False
    found = (thread.get(problem.ids[0]) for thread in threads)
    return any(comment is not None and comment.status is not Status.MISSING for comment in found)
