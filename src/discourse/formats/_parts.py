"""Make one thread of several inputs that are parts of one discussion."""

from collections.abc import Iterable
from typing import TypeAlias

from ..edit import merge
from ..errors import FieldError, Problem
from ..model import Status
from ..thread import Thread
from ._base import Reading
from ._registry import known


def combined(readings: Iterable[Reading]) -> Reading:
    """Return one reading of several, the threads of one discussion merged in the order given.

    Threads belong together when their articles have one id, or else one address. Of the others,
    those whose articles have one title do (letter case and blanks aside), or, without a title, one
    text. Where there is just one discussion that a thread which names less can be of, it belongs to
    that: comments without an article, say. A thread whose ids are only positions needs the title.
    What a part lacked and another has is no problem any more.

    Raises `FieldError` where there is no reading at all. O(n).
    """
    parts = list(readings)
    if not parts:
        reason = "no file given (did a pattern match nothing?): must be 1 or more"
        raise FieldError("formats", "source", 0, reason)
    groups = _discussions([thread for part in parts for thread in part.threads])
    problems = [problem for part in parts for problem in part.problems]
    threads = [_settled(_merged(group, problems)) for group in groups]
    return Reading(
        threads,
        [problem for problem in problems if not _is_solved(problem, threads)],
        inferred=frozenset().union(*(part.inferred for part in parts)),
    )


#: What a discussion is known by, the firmest first.
_NAME, _TITLE, _TEXT, _NOTHING, _ALONE = range(5)

_Key: TypeAlias = tuple[int, str]


def _discussions(threads: list[Thread]) -> list[list[Thread]]:
    """Return the threads of each discussion, both in the order given."""
    groups: dict[_Key, list[int]] = {}
    for position, thread in enumerate(threads):
        groups.setdefault(_known_by(thread, position), []).append(position)
    _join_titles(groups, threads)
    for kind in (_TITLE, _TEXT, _NOTHING):
        _join_the_only(kind, groups, threads)
    return [[threads[n] for n in sorted(group)] for group in sorted(groups.values(), key=min)]


def _known_by(thread: Thread, position: int) -> _Key:
    article = thread.article
    if article is not None:
        name = article.id if article.id is not None else article.url
        if name is not None:
            return _NAME, name
        for kind, words in ((_TITLE, article.title), (_TEXT, article.text)):
            if folded := _folded(words):
                return kind, folded
    # Positions are counted anew in each input, so that they alone say nothing of two threads.
    return (_ALONE, str(position)) if _has_positions(thread) else (_NOTHING, "")


def _folded(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def _has_positions(thread: Thread) -> bool:
    return thread.meta.get("ids") == "position"


def _join_titles(groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Let what has only a title join the one discussion with a name that has the same."""
    named = [key for key in groups if key[0] == _NAME]
    if len(named) == 1:
        group = groups[named[0]]
        for title in _titles(group, threads):
            group += groups.pop((_TITLE, title), ())


def _join_the_only(kind: int, groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Let the only threads of a kind join the only discussion that is known by more."""
    loose = [key for key in groups if key[0] == kind]
    firm = [key for key in groups if key[0] < kind]
    if len(loose) != 1 or len(firm) != 1:
        return
    joining, group = groups[loose[0]], groups[firm[0]]
    if kind == _TITLE and _titles(group, threads):
        return  # another title, or they were together by now
    if not any(_has_positions(threads[n]) for n in (*joining, *group)):
        group += groups.pop(loose[0])


def _titles(group: list[int], threads: list[Thread]) -> set[str]:
    articles = (threads[n].article for n in group)
    return {_folded(article.title) for article in articles if article is not None} - {""}


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
