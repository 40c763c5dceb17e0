"""Build a tree from comments that are not one, by named policies, and report every change."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache, partial
from typing import Literal, NamedTuple, TypeAlias, get_args

import attrs

from .._index import cycles, log_loop, loop_message, number_hint, stub_message
from .._problems import ProblemLog
from ..errors import FieldError, Problem, ThreadError, shown
from ..model import Comment, Meta, Status, Stub

OnOrphan: TypeAlias = Literal["placeholder", "promote", "drop", "raise"]
"""What to do with a comment whose parent is missing: add a placeholder for the parent, move the
comment to the top level, drop it, or raise an error."""
OnDuplicate: TypeAlias = Literal["rename", "drop", "raise"]
"""What to do with the later comment with the same id: rename it, drop it, or raise an error."""
OnCycle: TypeAlias = Literal["cut", "drop", "raise"]
"""What to do with comments that answer each other in a loop: move the earliest to the top level,
drop them, or raise an error."""

_POLICIES = {"on_orphan": OnOrphan, "on_duplicate": OnDuplicate, "on_cycle": OnCycle}

MARK = "repaired"
"""The key in a comment's ``meta`` under which repair stores the original id or parent."""

_MARKED = {"id", "parent_id"}

_Rows: TypeAlias = dict[str, Comment]


class Policies(NamedTuple):
    """What to do with each kind of problem."""

    on_orphan: str
    on_duplicate: str
    on_cycle: str

    def expect_known(self) -> None:
        """Raise `FieldError` for a policy that there is not."""
        for name, value in self._asdict().items():
            words = get_args(_POLICIES[name])
            if value not in words:
                reason = f"must be one of {', '.join(words)}"
                raise FieldError("Thread", f"repair({name})", value, reason)


def repair(
    comments: Iterable[Comment], stubs: Iterable[Stub], policies: Policies
) -> tuple[list[Comment], list[Stub], list[Problem]]:
    """Return comments and stubs that are a tree, and a problem for every change."""
    problems: list[Problem] = []
    stubs = list(stubs)
    rows = _without_duplicates(list(comments), stubs, policies.on_duplicate, problems)
    known = rows.keys()
    rows = _without_cycles(rows, policies.on_cycle, problems)
    rows = _without_orphans(rows, policies.on_orphan, problems)
    stubs = _without_dropped(stubs, known - rows.keys(), problems)
    stubs = _with_parents(stubs, rows, policies.on_orphan, problems)
    return list(rows.values()), stubs, problems


def _without_duplicates(
    comments: list[Comment], stubs: list[Stub], policy: str, problems: list[Problem]
) -> _Rows:
    used = _named(comments, stubs)
    rows: _Rows = {}
    repeats: Counter[str] = Counter()  # further copies of each row, with the same content
    twins: dict[Comment, str] = {}  # new ids of comments that differ from the first with their id
    numbers: defaultdict[str, int] = defaultdict(lambda: 1)  # the last number tried for each id
    log = ProblemLog()
    for comment in comments:
        id = comment.id
        if id not in rows:
            rows[id] = comment
        elif rows[id] == comment:
            repeats[id] += 1
        elif policy == "drop":
            log.add("duplicate-conflict", partial(_conflict, id), (id,), (comment,))
        elif comment in twins:
            repeats[twins[comment]] += 1
        else:
            twin = twins[comment] = _free_id(id, used, numbers)
            rows[twin] = _changed(comment, "id", twin)
            log.add("duplicate-conflict", partial(_conflict, id, twin), (id, twin), (comment,))
    log_copies(log, repeats)
    _report(log, policy, problems)
    return rows


def _named(comments: list[Comment], stubs: list[Stub]) -> set[str | None]:
    """Return all ids in the source, also of missing comments. No new id may be one of them."""
    named = {comment.id for comment in comments} | {comment.parent_id for comment in comments}
    return named.union(*((stub.parent_id, *stub.ids) for stub in stubs))


def _free_id(id: str, used: set[str | None], numbers: dict[str, int]) -> str:
    while True:
        numbers[id] += 1
        twin = f"{id}~{numbers[id]}"
        if twin not in used:
            return twin


def _conflict(id: str, twin: str | None = None) -> str:
    change = "kept the first one" if twin is None else f"renamed to {shown(twin)}"
    return f"another comment has the id {shown(id)}: {change}"


def _copies(id: str, count: int) -> str:
    return f"comment {shown(id)} occurs {count} times with the same content: kept one"


def _without_cycles(rows: _Rows, policy: str, problems: list[Problem]) -> _Rows:
    log = ProblemLog()
    loops = cycles(rows)
    for loop in loops:
        if policy == "cut":
            comment = rows[loop[0]]
            rows[comment.id] = _changed(comment, "parent_id", None)
            log_loop(log, loop, _cut, (comment.parent_id,))
        else:
            log_loop(log, loop)
    _report(log, policy, problems)
    if policy == "drop":
        return _without(rows, [id for loop in loops for id in loop], problems)
    return rows


def _cut(loop: list[str]) -> str:
    return f"{loop_message(loop)}: moved {shown(loop[0])} to the top level"


def _without_orphans(rows: _Rows, policy: str, problems: list[Problem]) -> _Rows:
    orphans: defaultdict[str, list[str]] = defaultdict(list)
    for comment in rows.values():
        if comment.parent_id is not None and comment.parent_id not in rows:
            orphans[comment.parent_id].append(comment.id)
    log = ProblemLog()
    log_orphans(log, orphans, policy, rows)
    _report(log, policy, problems)
    if policy == "placeholder":
        return _with_placeholders(rows, orphans)
    ids = [id for orphaned in orphans.values() for id in orphaned]
    if policy == "drop":
        return _without(rows, ids, problems)
    for id in ids:
        rows[id] = _changed(rows[id], "parent_id", None)
    return rows


def log_orphans(
    log: ProblemLog, orphans: Mapping[str, list[str]], policy: str, known: Container[str]
) -> None:
    """Add a problem for each missing parent, with the ids of its replies."""
    for parent, ids in orphans.items():
        log.add("orphan", partial(_orphan, parent, len(ids), policy, known), (parent, *ids))


def log_copies(log: ProblemLog, counts: Mapping[str, int]) -> None:
    """Add a problem for each id, with the number of extra copies."""
    for id, count in counts.items():
        log.add("duplicate", partial(_copies, id, count + 1), (id,), (count + 1,))


def _orphan(parent: str, replies: int, policy: str, known: Container[str]) -> str:
    changes = {
        "placeholder": ": added a placeholder",
        "promote": ": moved its replies to the top level",
    }
    count = f"{replies} repl{'y' if replies == 1 else 'ies'}"
    hint = number_hint(parent, known)
    return f"comment {shown(parent)} is missing and has {count}{hint}{changes.get(policy, '')}"


def _with_placeholders(rows: _Rows, orphans: dict[str, list[str]]) -> _Rows:
    """Insert a placeholder for each missing parent before its first reply."""
    repaired: _Rows = {}
    for id, comment in rows.items():
        parent = comment.parent_id
        if parent in orphans and parent not in repaired:
            repaired[parent] = Comment(parent, status=Status.MISSING)
        repaired[id] = comment
    return repaired


def _without_dropped(stubs: list[Stub], dropped: set[str], problems: list[Problem]) -> list[Stub]:
    """Drop the stubs under dropped comments."""
    log = ProblemLog()
    remaining = []
    for stub in stubs:
        if stub.parent_id is not None and stub.parent_id in dropped:
            message = partial(stub_message, stub.parent_id, "was dropped: dropped the stub too")
            log.add("stub-dropped", message, (stub.parent_id,), (stub,))
        else:
            remaining.append(stub)
    problems += log.finish()
    return remaining


def _with_parents(
    stubs: list[Stub], rows: _Rows, policy: str, problems: list[Problem]
) -> list[Stub]:
    """Add a placeholder for a stub's missing parent, move the stub to the top level, or drop it."""
    log = ProblemLog()
    remaining = []
    for stub in stubs:
        if stub.parent_id is not None and stub.parent_id not in rows:
            message = partial(stub_message, stub.parent_id, "is missing")
            log.add("stub-orphan", message, (stub.parent_id,), (stub,))
            if policy == "drop":
                continue
            if policy == "placeholder":
                rows[stub.parent_id] = Comment(stub.parent_id, status=Status.MISSING)
            else:
                stub = attrs.evolve(stub, parent_id=None)
        remaining.append(stub)
    _report(log, policy, problems)
    return remaining


def _without(rows: _Rows, roots: list[str], problems: list[Problem]) -> _Rows:
    """Drop *roots* and their descendants, and name each in a problem."""
    replies: defaultdict[str | None, list[str]] = defaultdict(list)
    for comment in rows.values():
        replies[comment.parent_id].append(comment.id)
    dropped: set[str] = set()
    pending = roots
    while pending:
        id = pending.pop()
        if id not in dropped:
            dropped.add(id)
            pending += replies.get(id, ())
    if dropped:
        gone = tuple(comment for id, comment in rows.items() if id in dropped)
        names = ", ".join(shown(comment.id) for comment in gone[:5])
        more = ", ..." if len(gone) > 5 else ""
        message = f"dropped {len(gone):,} comments, with their descendants: {names}{more}"
        problems.append(Problem("dropped", message, tuple(c.id for c in gone), gone))
    return {id: comment for id, comment in rows.items() if id not in dropped}


def _report(log: ProblemLog, policy: str, problems: list[Problem]) -> None:
    """Add the log to *problems*, or raise it if that is the policy."""
    listed = log.finish()
    if policy == "raise" and listed:
        raise ThreadError(tuple(listed), 'Another policy than "raise" repairs them.')
    problems += listed


def _changed(comment: Comment, field: str, value: str | None) -> Comment:
    """Return the comment with another id or parent, and store the original in its meta.

    If the source itself uses the key `MARK`, a free key is used instead.
    """
    old: str | None = getattr(comment, field)
    if comment.meta:
        key = MARK
        mark = comment.meta.get(key)
        while mark is not None and not (isinstance(mark, Meta) and set(mark) <= _MARKED - {field}):
            key += "~"
            mark = comment.meta.get(key)
        meta = comment.meta | {key: {**(mark or {}), field: old}}
    else:
        meta = _mark(field, old)
    # A third of the time of attrs.evolve, and there can be a million of these.
    return Comment(
        value if field == "id" and value is not None else comment.id,
        value if field == "parent_id" else comment.parent_id,
        comment.author,
        comment.text,
        text_format=comment.text_format,
        title=comment.title,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        is_edited=comment.is_edited,
        status=comment.status,
        url=comment.url,
        score=comment.score,
        upvotes=comment.upvotes,
        downvotes=comment.downvotes,
        reply_count=comment.reply_count,
        language=comment.language,
        tags=comment.tags,
        meta=meta,
    )


@lru_cache(maxsize=1)  # comments with the same change are often adjacent
def _mark(field: str, value: str | None) -> Meta:
    return Meta({MARK: {field: value}})
