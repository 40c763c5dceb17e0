"""Merge inputs that are parts of one discussion into one thread."""

from collections import defaultdict
from collections.abc import Iterable

import attrs

from ...edit import merge
from ...errors import FieldError, Problem
from ...model import Comment, Status
from ...thread import Thread
from .._base import Reading
from .._catalogue import CATALOGUE
from .._registry import loaded
from .._zoned import zoned_by_others
from ._same_comment import new_ids
from ._same_discussion import discussions, has_positions

_OF_TIMES = ("local-time", "relative-date", "ambiguous-date", "unread-date")
"""The kinds of problems about times, which another part can solve."""


def combined(readings: Iterable[Reading]) -> Reading:
    """Combine readings: merge the threads of each discussion, in the order of the readings.

    Threads are of one discussion if one of these holds:

    - Their articles have the same id, or the same URL if one of them has no id. If both the hosts
      and the titles differ, the same id means two discussions of two sites.
    - Their articles have no id or URL and the same title (ignoring case and white space), or no
      title and the same text.
    - A thread has less than that, such as comments without an article, and there is only one
      discussion that it can be of. Threads whose ids are only positions must have the same title.
    - The format has articles that are posts like the comments, and one thread lacks its beginning
      but replies to a post in the other.

    Feeds are merged first, to keep siblings in the order of the page. A problem of one part is
    dropped if another part solves it. A guessed parent yields to a known one of an earlier part.

    Raises `FieldError` if there are no readings. O(n log k) for n comments in k parts, or O(n k) if
    ids are only positions.
    """
    parts = list(readings)
    if not parts:
        reason = "no file given (did a pattern match nothing?): must be 1 or more"
        raise FieldError("formats", "source", 0, reason)
    whole = _Whole(parts)
    threads = [_settled(zoned_by_others(thread)) for thread in whole.merged()]
    return Reading(threads, whole.unsolved(threads), inferred=frozenset(whole.inferred))


@attrs.frozen
class _Piece:
    """A part of a discussion, or several merged parts."""

    thread: Thread
    owner: int
    """The number of the part, or of the first merged one."""
    placed: set[str]
    """The comments whose parent is known."""
    guessed: set[str]
    """The comments whose parent is guessed."""


class _Whole:
    """The parts during a merge. Their problems and guesses follow when ids change."""

    def __init__(self, parts: list[Reading]) -> None:
        self.parts = parts
        self.inferred: set[str] = set()
        """The comments whose parent no part knows."""
        self._merge_problems: list[Problem] = []
        self._places: list[set[int]] = [set() for _ in parts]
        """For each part, the numbers of the merged threads that it is in."""

    def unsolved(self, threads: list[Thread]) -> list[Problem]:
        """Return the problems that remain in *threads*, the merged ones."""
        solved = _Solved(threads)
        problems = [
            problem
            for part, places in zip(self.parts, self._places, strict=True)
            for problem in part.problems
            if not solved.has(problem, places)
        ]
        return [*problems, *dict.fromkeys(self._merge_problems)]

    def merged(self) -> list[Thread]:
        """Return one thread for each discussion."""
        owners = [n for n, part in enumerate(self.parts) for _ in part.threads]
        threads = [thread for part in self.parts for thread in part.threads]
        groups = discussions(threads)
        for place, group in enumerate(groups):
            for owner in dict.fromkeys(owners[n] for n in group):
                self._places[owner].add(place)
        return [self._merged([(threads[n], owners[n]) for n in group]) for group in groups]

    def _merged(self, group: list[tuple[Thread, int]]) -> Thread:
        group = sorted(group, key=lambda part: not _has_newest_first(part[0]))
        pieces = [self._piece(thread, owner) for thread, owner in group]
        if any(has_positions(thread) for thread, _ in group):
            whole = pieces[0]
            for piece in pieces[1:]:
                whole = self._joined(whole, self._aligned(whole.thread, piece))
            pieces = [whole]
        # Merging in pairs avoids copying the whole thread for each of many small parts.
        while len(pieces) > 1:
            pairs = zip(pieces[::2], pieces[1::2], strict=False)
            left = pieces[-1:] if len(pieces) % 2 else []
            pieces = [*(self._joined(one, other) for one, other in pairs), *left]
        self.inferred |= pieces[0].guessed
        return pieces[0].thread

    def _piece(self, thread: Thread, owner: int) -> _Piece:
        ids = {comment.id for comment in thread if comment.status is not Status.MISSING}
        guessed = ids & self.parts[owner].inferred
        return _Piece(thread, owner, ids - guessed, guessed)

    def _joined(self, one: _Piece, other: _Piece) -> _Piece:
        step = merge(one.thread, other.thread, guessed=other.guessed & one.placed)
        self._merge_problems += [p for p in step.problems if not _is_of_guess(p, one.guessed)]
        placed = one.placed | other.placed
        return _Piece(step.thread, one.owner, placed, (one.guessed | other.guessed) - placed)

    def _aligned(self, thread: Thread, piece: _Piece) -> _Piece:
        """Return a part with the ids that its comments have in *thread*."""
        if not (has_positions(thread) and has_positions(piece.thread)):
            return piece
        ids = new_ids(thread, piece.thread)
        if not ids:
            return piece
        self._rename(piece.owner, ids)
        return self._piece(_renamed(piece.thread, ids), piece.owner)

    def _rename(self, owner: int, ids: dict[str, str]) -> None:
        part = self.parts[owner]
        message = "ids were positions in this part only: renumbered to merge it"
        self._merge_problems.append(
            Problem("renumbered", message, ids=(*ids.values(),), values=(*ids,))
        )
        if len(part.threads) == 1:  # otherwise an id may be of any of its threads
            problems = [
                attrs.evolve(p, ids=tuple(ids.get(id, id) for id in p.ids)) for p in part.problems
            ]
            inferred = [ids.get(id, id) for id in part.inferred]
            self.parts[owner] = attrs.evolve(part, problems=problems, inferred=inferred)


def _has_newest_first(thread: Thread) -> bool:
    row = CATALOGUE.get((thread.source and thread.source.format) or "")
    return row is not None and row.has_newest_first


def _is_of_guess(problem: Problem, guessed: set[str]) -> bool:
    """Whether a problem is a conflict between a guessed parent and a known one."""
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


def _settled(thread: Thread) -> Thread:
    """Let the format of the thread correct what only the merged thread shows."""
    format = loaded((thread.source and thread.source.format) or "")
    return thread if format is None or format.settle is None else format.settle(thread)


class _Solved:
    """Finds which problems of the parts the merged discussions have solved."""

    def __init__(self, threads: list[Thread]) -> None:
        self._are_whole = [_is_whole(thread) for thread in threads]
        # The discussions with a comment, and those in which its time is known.
        self._here: defaultdict[str, set[int]] = defaultdict(set)
        self._with_time: defaultdict[str, set[int]] = defaultdict(set)
        for n, thread in enumerate(threads):
            if thread.article is not None and thread.article.id:
                self._here[thread.article.id].add(n)
            for comment in thread:
                if comment.status is not Status.MISSING:
                    self._here[comment.id].add(n)
                if comment.created_at is not None:
                    self._with_time[comment.id].add(n)

    def has(self, problem: Problem, places: set[int]) -> bool:
        """Whether *places*, the discussions of a part, have solved its problem."""
        if problem.kind in {"count-differs", "gap"}:
            return len(places) == 1 and all(self._are_whole[n] for n in places)
        known = self._with_time if problem.kind in _OF_TIMES else None
        known = self._here if problem.kind == "orphan" else known
        if known is None or (problem.kind in _OF_TIMES and not problem.ids):
            return False
        return all(id in known and not places.isdisjoint(known[id]) for id in problem.ids)


def _is_whole(thread: Thread) -> bool:
    """Whether the thread has as many comments as the source claims."""
    here = sum(comment.status is not Status.MISSING for comment in thread)
    return thread.article is not None and thread.article.comment_count == here
