"""Make a tree of comments that are not one, by named policies, telling everything that was done."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

import attrs

from .. import _index
from ..errors import FieldError, Problem, ThreadError, shown
from ..model import Comment, Meta, Status, Stub

OnOrphan: TypeAlias = Literal["placeholder", "promote", "drop", "raise"]
"""What becomes of a comment whose parent is not here: a placeholder stands for the parent, it moves
to the top level, it is dropped, or all is refused."""
OnDuplicate: TypeAlias = Literal["rename", "drop", "raise"]
"""What becomes of a later comment with an id that was given: it gets another, it is dropped, or all
is refused."""
OnCycle: TypeAlias = Literal["cut", "drop", "raise"]
"""What becomes of comments that answer each other in a loop: the earliest moves to the top level,
they are dropped, or all is refused."""

_POLICIES = {
    "on_orphan": ("placeholder", "promote", "drop", "raise"),
    "on_duplicate": ("rename", "drop", "raise"),
    "on_cycle": ("cut", "drop", "raise"),
}

MARK = "repaired"
"""The key in a comment's ``meta`` under which repair keeps what the source had said."""

_MARKED = {"id", "parent_id"}


class Policies(NamedTuple):
    """What to do with each kind of trouble."""

    on_orphan: str
    on_duplicate: str
    on_cycle: str


def repair(
    comments: Iterable[Comment], stubs: Iterable[Stub], policies: Policies
) -> tuple[list[Comment], list[Stub], list[Problem]]:
    """Return comments and stubs that are a tree, and a problem for everything that was changed."""
    for name, value in policies._asdict().items():
        if value not in _POLICIES[name]:
            words = ", ".join(_POLICIES[name])
            raise FieldError("Thread", f"repair({name})", value, f"must be one of {words}")
    problems: list[Problem] = []
    stubs = list(stubs)
    rows = _without_duplicates(comments, stubs, policies.on_duplicate, problems)
    known = set(rows)
    rows = _without_cycles(rows, policies.on_cycle, problems)
    rows = _without_orphans(rows, policies.on_orphan, problems)
    stubs = _without_dropped(stubs, known - set(rows), problems)
    rows, stubs = _with_stubs(rows, stubs, policies.on_orphan, problems)
    return list(rows.values()), stubs, problems


Rows: TypeAlias = "dict[str, Comment]"


def _without_duplicates(
    comments: Iterable[Comment], stubs: list[Stub], policy: str, problems: list[Problem]
) -> Rows:
    given = list(comments)
    taken = _named(given, stubs)
    rows: Rows = {}
    same: dict[str, int] = {}  # how often each comment stands with the same content
    twins: dict[Comment, str] = {}  # the ids made for comments that differ from the first
    numbers: dict[str, int] = {}  # the last number given to a twin of each
    found = []
    for comment in given:
        first = rows.setdefault(comment.id, comment)
        if first is comment and comment.id not in same:
            same[comment.id] = 1
        elif first == comment:
            same[comment.id] += 1
        elif policy == "drop":
            message = f"another comment has the id {shown(comment.id)}: the first one is kept"
            found.append(Problem("duplicate-conflict", message, (comment.id,), (comment,)))
        else:
            twin = twins.get(comment)
            if twin is None:
                number = numbers[comment.id] = numbers.get(comment.id, 1) + 1
                twin = twins[comment] = _free_id(comment.id, taken, number)
                taken.add(twin)
                rows[twin], same[twin] = _renamed(comment, twin), 0
                message = f"another comment has the id {shown(comment.id)}: it is now {shown(twin)}"
                found.append(Problem("duplicate-conflict", message, (comment.id, twin), (comment,)))
            same[twin] += 1
    found += [_same_problem(id, count) for id, count in same.items() if count > 1]
    if policy == "raise" and found:
        raise ThreadError(tuple(found))
    problems += found
    return rows


def _named(comments: list[Comment], stubs: list[Stub]) -> set[str | None]:
    """Return all ids that the source uses, also for what is not here: no twin may be called so."""
    named = {comment.id for comment in comments} | {comment.parent_id for comment in comments}
    return named.union(*((stub.parent_id, *stub.ids) for stub in stubs))


def _same_problem(id: str, count: int) -> Problem:
    message = f"comment {shown(id)} stands {count} times with the same content: kept once"
    return Problem("duplicate", message, (id,), (count,))


def _renamed(comment: Comment, id: str) -> Comment:
    """Return the comment under an id of its own, the source's kept in its meta."""
    return attrs.evolve(comment, id=id, meta=_marked(comment, "id", comment.id))


def _marked(comment: Comment, field: str, said: str | None) -> Meta:
    """Return the comment's meta with what the source had said in a field, beside older marks.

    What the source itself keeps under that key is not touched: then the mark has another name.
    """
    key = MARK
    mark = comment.meta.get(key)
    while mark is not None and not (isinstance(mark, Meta) and set(mark) <= _MARKED - {field}):
        key += "~"
        mark = comment.meta.get(key)
    return comment.meta | {key: {**(mark or {}), field: said}}


def _free_id(id: str, taken: set[str | None], number: int) -> str:
    while f"{id}~{number}" in taken:
        number += 1
    return f"{id}~{number}"


def _without_cycles(rows: Rows, policy: str, problems: list[Problem]) -> Rows:
    loops = _index.cycles(rows)
    if not loops:
        return rows
    found = [_index.loop_problem(loop) for loop in loops]
    if policy == "raise":
        raise ThreadError(tuple(found))
    if policy == "drop":
        return _without(rows, [id for loop in loops for id in loop], found, problems)
    for problem, loop in zip(found, loops, strict=True):
        comment = rows[loop[0]]
        message = f"{problem.message}: {shown(comment.id)} was made to answer the article"
        problems.append(attrs.evolve(problem, message=message, values=(comment.parent_id,)))
        rows[comment.id] = _detached(comment)
    return rows


def _detached(comment: Comment) -> Comment:
    """Return the comment as one that answers the article, its old parent kept in its meta."""
    meta = _marked(comment, "parent_id", comment.parent_id)
    return attrs.evolve(comment, parent_id=None, meta=meta)


def _without_orphans(rows: Rows, policy: str, problems: list[Problem]) -> Rows:
    orphans: dict[str, list[str]] = {}
    for comment in rows.values():
        if comment.parent_id is not None and comment.parent_id not in rows:
            orphans.setdefault(comment.parent_id, []).append(comment.id)
    found = [_orphan_problem(parent, ids, policy, rows) for parent, ids in orphans.items()]
    if policy == "raise" and found:
        raise ThreadError(tuple(found))
    if policy == "placeholder":
        rows = _with_placeholders(rows, orphans)
        problems += found
    elif policy == "promote":
        rows = {
            id: _detached(comment) if comment.parent_id in orphans else comment
            for id, comment in rows.items()
        }
        problems += found
    else:
        rows = _without(rows, [id for ids in orphans.values() for id in ids], found, problems)
    return rows


def _without_dropped(stubs: list[Stub], dropped: set[str], problems: list[Problem]) -> list[Stub]:
    """Leave out the stubs that stand under a comment that was left out, each named in a problem."""
    kept = []
    for stub in stubs:
        if stub.parent_id in dropped:
            message = f"a stub stands under {shown(stub.parent_id)}, which was left out: it is too"
            problems.append(Problem("stub-dropped", message, (stub.parent_id or "",), (stub,)))
        else:
            kept.append(stub)
    return kept


def _orphan_problem(parent: str, ids: list[str], policy: str, rows: Rows) -> Problem:
    done = {"placeholder": "a placeholder stands for it", "promote": "they answer the article"}
    replies = "1 reply" if len(ids) == 1 else f"{len(ids)} replies"
    message = f"comment {shown(parent)} is not here and has {replies}"
    message += _index.number_hint(parent, rows)
    if policy in done:
        message += f": {done[policy]}"
    return Problem("orphan", message, (parent, *ids))


def _with_placeholders(rows: Rows, orphans: dict[str, list[str]]) -> Rows:
    """Put a placeholder for each missing parent right before its first reply."""
    made: Rows = {}
    for id, comment in rows.items():
        parent = comment.parent_id
        if parent in orphans and parent not in made:
            made[parent] = Comment(parent, status=Status.MISSING)
        made[id] = comment
    return made


def _with_stubs(
    rows: Rows, stubs: Iterable[Stub], policy: str, problems: list[Problem]
) -> tuple[Rows, list[Stub]]:
    """Keep each stub: one whose parent is not here gets a placeholder, or moves to the top."""
    kept = []
    for stub in stubs:
        if stub.parent_id is not None and stub.parent_id not in rows:
            message = f"a stub stands under {shown(stub.parent_id)}, which is not here"
            problem = Problem("stub-orphan", message, (stub.parent_id,), (stub,))
            if policy == "raise":
                raise ThreadError((problem,))
            problems.append(problem)
            if policy == "drop":
                continue
            if policy == "placeholder":
                rows[stub.parent_id] = Comment(stub.parent_id, status=Status.MISSING)
            else:
                stub = attrs.evolve(stub, parent_id=None)
        kept.append(stub)
    return rows, kept


def _without(rows: Rows, roots: list[str], found: list[Problem], problems: list[Problem]) -> Rows:
    """Leave out *roots* and everything that answers them, each named in a problem."""
    replies: dict[str, list[str]] = {}
    for comment in rows.values():
        if comment.parent_id is not None:
            replies.setdefault(comment.parent_id, []).append(comment.id)
    dropped: dict[str, None] = {}
    pending = list(roots)
    while pending:
        id = pending.pop()
        if id not in dropped:
            dropped[id] = None
            pending += replies.get(id, ())
    problems += found
    if dropped:
        gone = tuple(comment for id, comment in rows.items() if id in dropped)
        message = f"{len(gone)} comments were left out: what is told above, and all under it"
        problems.append(Problem("dropped", message, tuple(c.id for c in gone), gone))
    return {id: comment for id, comment in rows.items() if id not in dropped}
