"""Make one thread of several inputs that are parts of one discussion."""

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from ..edit import merge
from ..errors import FieldError, Problem
from ..model import Comment, Status
from ..thread import Thread
from ._alike import new_ids
from ._base import Reading
from ._registry import known


def combined(readings: Iterable[Reading]) -> Reading:
    """Return one reading of several, the threads of one discussion merged in the order given.

    Threads belong together when their articles have one id, or, where one of them has no id, one
    address. Of the others, those whose articles have one title do (letter case and blanks aside),
    or, without a title, one text. Where there is just one discussion that a thread which names less
    can be of, it belongs to that: comments without an article, say. A thread whose ids are only
    positions needs the title.

    What a part lacked and another has is no problem any more; what a part only guessed a comment to
    answer yields to what an earlier one tells.

    Raises `FieldError` where there is no reading at all. O(n).
    """
    parts = list(readings)
    if not parts:
        reason = "no file given (did a pattern match nothing?): must be 1 or more"
        raise FieldError("formats", "source", 0, reason)
    whole = _Whole(parts)
    threads = [_settled(thread) for thread in whole.merged()]
    return Reading(
        threads,
        [problem for problem in whole.problems() if not _is_solved(problem, threads)],
        inferred=frozenset(whole.inferred),
    )


class _Whole:
    """The parts while they are being merged; what they tell of ids changes when the ids do."""

    def __init__(self, parts: list[Reading]) -> None:
        self.parts = parts
        self.inferred: set[str] = set()
        """The comments whose parent no part tells."""
        self._told: list[Problem] = []

    def problems(self) -> list[Problem]:
        return [*(problem for part in self.parts for problem in part.problems), *self._told]

    def merged(self) -> list[Thread]:
        """Return one thread for each discussion."""
        owners = [n for n, part in enumerate(self.parts) for _ in part.threads]
        threads = [thread for part in self.parts for thread in part.threads]
        return [
            self._merged([(threads[n], owners[n]) for n in group])
            for group in _discussions(threads)
        ]

    def _merged(self, group: list[tuple[Thread, int]]) -> Thread:
        (thread, owner), *others = group
        placed, guessed = self._placed(thread, owner)
        for other, part in others:
            beside = self._beside(thread, other, part)
            placed_there, guessed_there = self._placed(beside, part)
            step = merge(thread, beside, guessed=guessed_there & placed)
            thread = step.thread
            self._told += [p for p in step.problems if not _is_of_guess(p, guessed)]
            placed |= placed_there
            guessed |= guessed_there
        self.inferred |= guessed - placed
        return thread

    def _placed(self, thread: Thread, owner: int) -> tuple[set[str], set[str]]:
        """Return the ids of the comments whose parent a part tells, and of those it guesses."""
        ids = {comment.id for comment in thread if comment.status is not Status.MISSING}
        guessed = ids & self.parts[owner].inferred
        return ids - guessed, guessed

    def _beside(self, thread: Thread, other: Thread, owner: int) -> Thread:
        """Return *other* with ids that mean the same as in *thread*."""
        if _has_positions(thread) and _has_positions(other) and (ids := new_ids(thread, other)):
            self._rename(owner, ids)
            return _renamed(other, ids)
        return other

    def _rename(self, owner: int, ids: dict[str, str]) -> None:
        part = self.parts[owner]
        message = "ids were positions in this part alone: as parts of one, they got others"
        self._told.append(Problem("renumbered", message, ids=(*ids.values(),), values=(*ids,)))
        if len(part.threads) == 1:  # or it is not known which of its threads an id is of
            problems = [
                attrs.evolve(p, ids=tuple(ids.get(id, id) for id in p.ids)) for p in part.problems
            ]
            inferred = [ids.get(id, id) for id in part.inferred]
            self.parts[owner] = attrs.evolve(part, problems=problems, inferred=inferred)


def _is_of_guess(problem: Problem, guessed: set[str]) -> bool:
    """Whether a conflict is one between a parent that was guessed and one that is told."""
    is_conflict = problem.kind == "conflict" and problem.values[:1] == ("parent_id",)
    return is_conflict and guessed.issuperset(problem.ids)


def _renamed(thread: Thread, ids: dict[str, str]) -> Thread:
    def rename(comment: Comment) -> Comment:
        parent = comment.parent_id
        new = ids.get(comment.id, comment.id)
        return attrs.evolve(comment, id=new, parent_id=parent and ids.get(parent, parent))

    stubs = [
        attrs.evolve(s, parent_id=s.parent_id and ids.get(s.parent_id, s.parent_id))
        for s in thread.stubs
    ]
    return attrs.evolve(thread, comments=[rename(comment) for comment in thread], stubs=stubs)


#: What a discussion is known by, the firmest first.
_NAME, _TITLE, _TEXT, _NOTHING, _ALONE = range(5)

_Key: TypeAlias = tuple[int, str]


def _discussions(threads: list[Thread]) -> list[list[int]]:
    """Return the numbers of the threads of each discussion, both in the order given."""
    groups: dict[_Key, list[int]] = {}
    for position, thread in enumerate(threads):
        groups.setdefault(_known_by(thread, position), []).append(position)
    _join_addresses(groups, threads)
    _join_titles(groups, threads)
    for kind in (_TITLE, _TEXT, _NOTHING):
        _join_the_only(kind, groups, threads)
    return sorted(map(sorted, groups.values()))


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


def _join_addresses(groups: dict[_Key, list[int]], threads: list[Thread]) -> None:
    """Let what has only an address join the one discussion with an id that has the same."""
    of: dict[str, set[_Key]] = {}
    for key, group in groups.items():
        for n in group:
            article = threads[n].article
            if article is not None and article.id is not None and article.url is not None:
                of.setdefault(article.url, set()).add(key)
    for url, keys in of.items():
        if len(keys) == 1 and (_NAME, url) in groups and (_NAME, url) not in keys:
            groups[min(keys)] += groups.pop((_NAME, url))


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


def _settled(thread: Thread) -> Thread:
    """Let the format that read the thread put right what only the whole shows."""
    format = known().get((thread.source and thread.source.format) or "")
    return thread if format is None or format.settle is None else format.settle(thread)


def _is_solved(problem: Problem, threads: list[Thread]) -> bool:
    if problem.kind in {"count-differs", "gap"}:
        return len(threads) == 1 and _is_all(threads[0])
    if problem.kind == "local-time" and problem.ids:
        told = {comment.id for thread in threads for comment in thread if comment.created_at}
        return told.issuperset(problem.ids)
    if problem.kind != "orphan" or not problem.ids:
        return False
    found = (thread.get(problem.ids[0]) for thread in threads)
    return any(comment is not None and comment.status is not Status.MISSING for comment in found)


def _is_all(thread: Thread) -> bool:
    """Whether the source claims as many comments as are here."""
    here = sum(comment.status is not Status.MISSING for comment in thread)
    return thread.article is not None and thread.article.comment_count == here
