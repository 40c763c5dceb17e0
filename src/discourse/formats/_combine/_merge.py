"""Make one thread of several inputs that are parts of one discussion."""

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
"""The kinds of problems of times that another part may know."""


def combined(readings: Iterable[Reading]) -> Reading:
    """Return one reading of several, the threads of one discussion merged in the order given.

    Threads belong together when their articles have one id (of two sites, if neither host nor title
    is the same, they are two), or, where one of them has no id, one address. Of the others, those
    whose articles have one title do (letter case and blanks aside), or, without a title, one text.
    Where there is just one discussion that a thread which names less can be of, it belongs to that:
    comments without an article, say. Where an article is a post like the comments, a conversation
    without its beginning belongs to the discussion that has the post it answers. A thread whose ids
    are only positions needs the title.

    Feeds come before other parts, so that siblings stand in the order of the page.

    What a part lacked and another of the same discussion has is no problem any more; what a part
    only guessed a comment to answer yields to what an earlier one tells.

    Raises `FieldError` where there is no reading at all. O(n log k) for n comments in k parts, or
    O(n k) where ids are only positions.
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
    """A part of a discussion, or several put together."""

    thread: Thread
    owner: int
    """The number of the part, or of the first."""
    placed: set[str]
    """The comments whose parent is told."""
    guessed: set[str]
    """The comments whose parent is only guessed."""


class _Whole:
    """The parts while they are being merged; what they tell of ids changes when the ids do."""

    def __init__(self, parts: list[Reading]) -> None:
        self.parts = parts
        self.inferred: set[str] = set()
        """The comments whose parent no part tells."""
        self._told: list[Problem] = []
        self._places: list[set[int]] = [set() for _ in parts]
        """For each part, which of the threads that are made it is in."""

    def unsolved(self, threads: list[Thread]) -> list[Problem]:
        """Return what is still wrong with *threads*, which is what was merged."""
        solved = _Solved(threads)
        problems = [
            problem
            for part, places in zip(self.parts, self._places, strict=True)
            for problem in part.problems
            if not solved.has(problem, places)
        ]
        return [*problems, *dict.fromkeys(self._told)]

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
                whole = self._joined(whole, self._beside(whole.thread, piece))
            pieces = [whole]
        # Two and two, so that many small parts do not each go through the whole.
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
        self._told += [p for p in step.problems if not _is_of_guess(p, one.guessed)]
        placed = one.placed | other.placed
        return _Piece(step.thread, one.owner, placed, (one.guessed | other.guessed) - placed)

    def _beside(self, thread: Thread, piece: _Piece) -> _Piece:
        """Return a part with ids that mean the same as in *thread*."""
        if not (has_positions(thread) and has_positions(piece.thread)):
            return piece
        ids = new_ids(thread, piece.thread)
        if not ids:
            return piece
        self._rename(piece.owner, ids)
        return self._piece(_renamed(piece.thread, ids), piece.owner)

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


def _has_newest_first(thread: Thread) -> bool:
    row = CATALOGUE.get((thread.source and thread.source.format) or "")
    return row is not None and row.has_newest_first


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


def _settled(thread: Thread) -> Thread:
    """Let the format that read the thread put right what only the whole shows."""
    format = loaded((thread.source and thread.source.format) or "")
    return thread if format is None or format.settle is None else format.settle(thread)


class _Solved:
    """Which problems of a part the discussions that it is of have solved."""

    def __init__(self, threads: list[Thread]) -> None:
        self._are_whole = [_is_whole(thread) for thread in threads]
        # The discussions in which a comment is, and in which its time is known.
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
        """Whether a problem of a part that is in the discussions *places* is none any more."""
        if problem.kind in {"count-differs", "gap"}:
            return len(places) == 1 and all(self._are_whole[n] for n in places)
        known = self._with_time if problem.kind in _OF_TIMES else None
        known = self._here if problem.kind == "orphan" else known
        if known is None or (problem.kind in _OF_TIMES and not problem.ids):
            return False
        return all(id in known and not places.isdisjoint(known[id]) for id in problem.ids)


def _is_whole(thread: Thread) -> bool:
    """Whether the source claims as many comments as are here."""
    here = sum(comment.status is not Status.MISSING for comment in thread)
    return thread.article is not None and thread.article.comment_count == here
