"""The nested view: replies inside the comments they answer, as many APIs have it.

It is a view and not the wire form: a document whose replies lie in each other is beyond most JSON
readers at a few hundred replies in a row. Nothing here recurses, so that going either way works at
any depth; what bounds it is the reader or writer of the text. `dumps_nested` has no bound.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ..errors import DecodeError, FieldError, Place, Problem, shown
from ..model import Comment
from ..thread import Thread
from . import _fast, _problems
from ._documents import OnUnknown, Report, head_of, structured, to_dict
from ._wire import GiveUp

_FIELDS = frozenset(field.name for field in attrs.fields(Comment))
_LONGEST_PATH = 30  # steps of a path that are told, at each end


def to_nested(thread: Thread, children: str = "replies") -> dict[str, Any]:
    """Return *thread* as plain dicts and lists, with the replies to each comment inside it.

    Args:
        thread: What to write.
        children: The key that holds the replies.

    There is no ``schema``, since this is no document, and no ``parent_id``, since its place tells
    it. Python's own `json.dumps` writes some 490 replies in a row of it (3.11), and `dumps_nested`
    writes any number.

    >>> to_nested(Thread(None, [Comment("1"), Comment("2", "1", text="Why?")]))
    {'comments': [{'id': '1', 'replies': [{'id': '2', 'text': 'Why?'}]}]}
    """
    _check_children(children)
    document = to_dict(thread)
    del document["schema"]
    rows: Any = document.get("comments", [])
    branch: list[dict[str, Any]] = []
    top: list[dict[str, Any]] = []
    for row, depth in zip(rows, _depths(thread), strict=True):
        del branch[depth:]
        row.pop("parent_id", None)
        (branch[-1].setdefault(children, []) if branch else top).append(row)
        branch.append(row)
    return {**document, "comments": top} if top else document


def dumps_nested(thread: Thread, children: str = "replies") -> str:
    """Return `to_nested` as JSON text, for threads of any depth.

    >>> print(dumps_nested(Thread(None, [Comment("1"), Comment("2", "1", text="Why?")])))
    {"comments":[{"id":"1","replies":[{"id":"2","text":"Why?"}]}]}
    """
    _check_children(children)
    head = head_of(thread)
    del head["schema"]
    before = {name: head[name] for name in ("article",) if name in head}
    after = {name: head[name] for name in ("stubs", "source", "meta") if name in head}
    parts = [_text(before)[:-1]]
    if thread.comments:
        parts.append(("," if before else "") + '"comments":[')
        parts += _nested_rows(_rows(thread), _depths(thread), f",{_text(children)}:[")
        parts.append("]")
    rest = _text(after)[1:]
    if len(parts[0]) > 1 or thread.comments:
        rest = "," + rest if after else rest
    return "".join([*parts, rest])


def _nested_rows(rows: Iterable[str], depths: Iterable[int], begin: str) -> Iterator[str]:
    """Yield the pieces of the text: each object is left open until what lies in it is written."""
    above = -1
    for row, depth in zip(rows, depths, strict=True):
        if depth > above:
            yield begin if depth else ""
        else:
            yield "}" + "]}" * (above - depth) + ","
        yield row[:-1]
        above = depth
    yield "}" + "]}" * above


def _rows(thread: Thread) -> Iterator[str]:
    """Yield each comment as JSON, without its parent."""
    try:
        rows = [row.decode() for row in _fast.rows(thread.comments)]
    except GiveUp:
        plain: Any = to_dict(thread)["comments"]
        rows = [_text({k: v for k, v in row.items() if k != "parent_id"}) for row in plain]
    return iter(rows)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _depths(thread: Thread) -> Iterator[int]:
    """Yield the depth of each comment, in order. O(n)."""
    depths: dict[str | None, int] = {None: -1}
    for comment in thread.comments:
        depth = depths[comment.id] = depths[comment.parent_id] + 1
        yield depth


def from_nested(
    data: Mapping[str, Any] | Sequence[Any],
    children: str = "replies",
    *,
    on_unknown: OnUnknown = "error",
    report: Report | None = None,
) -> Thread:
    """Return the thread of plain dicts and lists that hold replies inside the comments they answer.

    Args:
        data: The fields of a thread, as `to_nested` gives them, or the list of its top-level
            comments.
        children: The key that holds the replies; without it, or with null, there are none.
        on_unknown: As for `loads`.
        report: As for `loads`.

    Raises `DecodeError` like `loads`, with paths as they are in *data*. A ``parent_id`` may be told
    besides, and must then be that of the comment around. Any depth is read; what your JSON library
    gives is bounded by it (Python's own reads some 490 replies in a row on 3.11).

    >>> thread = from_nested([{"id": "1", "kids": [{"id": "2"}]}], "kids")
    >>> thread.parent("2")
    Comment(id='1')
    """
    _check_children(children)
    fields = {"comments": data} if isinstance(data, list | tuple) else data
    if not isinstance(fields, Mapping):
        raise _refused(f"must be an object or an array, not {shown(data)}", "$")
    top = fields.get("comments", [])
    if not isinstance(top, list | tuple):
        raise _refused(f"must be an array, not {shown(top)}", "$.comments")
    flat = _Flat(children)
    flat.add(top)
    if flat.problems:
        raise _problems.refused(flat.problems)
    try:
        thread, kept = structured({**fields, "comments": flat.rows}, on_unknown)
    except DecodeError as error:
        refused = _problems.refused([flat.placed(problem) for problem in error.problems])
    else:
        for problem in kept if report is not None else ():
            report(flat.placed(problem))  # type: ignore[misc]  # it is not None
        return thread
    raise refused


def _refused(message: str, path: str) -> DecodeError:
    return _problems.refused([Problem("invalid", message, place=Place(path=path))])


class _Flat:
    """The comments of a nested view, one after another, and where each of them stood."""

    def __init__(self, children: str) -> None:
        self.rows: list[Any] = []
        self.problems: list[Problem] = []
        self._children = children
        self._places: list[tuple[int, int]] = []  # of each row: the row around it, and its position

    def add(self, top: Sequence[Any]) -> None:
        """Take in all comments, depth first."""
        pending = [(item, -1, n) for n, item in enumerate(top)][::-1]
        seen: set[int] = set()
        while pending and len(self.problems) <= _problems.KEPT:
            item, around, position = pending.pop()
            at = len(self.rows)
            self._places.append((around, position))
            self.rows.append(item)
            if not isinstance(item, Mapping):
                continue  # for the converter to refuse
            if id(item) in seen:
                self._refuse(at, "the same object stands here as elsewhere")
                continue
            seen.add(id(item))
            row = self.rows[at] = {k: v for k, v in item.items() if k != self._children}
            self._set_parent(at, row, around)
            inner = item.get(self._children)
            if isinstance(inner, list | tuple):
                pending += [(reply, at, n) for n, reply in enumerate(inner)][::-1]
            elif inner is not None:
                message = f"must be an array of replies, not {shown(inner)}"
                self._refuse(at, message, f".{self._children}")

    def _set_parent(self, at: int, row: dict[str, Any], around: int) -> None:
        parent = self.rows[around].get("id") if around >= 0 else None
        stated = row.get("parent_id", parent)
        if stated != parent:
            message = f"is {shown(stated)}, and the comment stands under {shown(parent)}"
            self._refuse(at, message, ".parent_id")
        elif parent is not None:
            row["parent_id"] = parent

    def _refuse(self, at: int, message: str, step: str = "") -> None:
        place = Place(path=self.path(at) + step)
        self.problems.append(Problem("invalid", message, place=place))

    def path(self, at: int) -> str:
        """Return where a row stood, the middle of a long way left out."""
        steps = []
        while at >= 0:
            at, position = self._places[at]
            steps.append(f"[{position}]")
        steps.reverse()
        if len(steps) > 2 * _LONGEST_PATH:
            steps[_LONGEST_PATH:-_LONGEST_PATH] = [
                f" ... {len(steps) - 2 * _LONGEST_PATH} more ... "
            ]
        return "$.comments" + f".{self._children}".join(steps)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of the flat rows with the path that it had in the nested view."""
        path = (problem.place and problem.place.path) or ""
        match = _ROW.match(path)
        if match is None:
            return problem
        place = Place(path=self.path(int(match[1])) + path[match.end() :])
        return attrs.evolve(problem, place=place)


_ROW = re.compile(r"\$\.comments\[([0-9]+)\]")


def _check_children(children: str) -> None:
    if not isinstance(children, str) or children in _FIELDS:
        raise FieldError("json", "children", children, "must be a key that comments do not have")
