"""The nested view: replies inside the comments they answer, as in many APIs.

It is not the JSON form, because most JSON parsers fail at a few hundred nested replies. Nothing
here recurses, so conversion works at any depth in both directions; only your JSON library limits
it. `dumps_nested` has no limit.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from .._shown import shown_json
from ..errors import DecodeError, FieldError, Place, Problem, shown
from ..model import Comment
from ..thread import Thread
from . import _fast, _problems
from ._documents import OnUnknown, Report, head_of, structured, to_dict
from ._wire import GiveUp

_FIELDS = frozenset(field.name for field in attrs.fields(Comment))
_LONGEST_PATH = 30  # steps of a path that are shown at each end


def to_nested(thread: Thread, children: str = "replies") -> dict[str, Any]:
    """Return *thread* as plain dicts and lists, with the replies to each comment inside it.

    Args:
        thread: The thread.
        children: The key of the replies.

    The result has no ``schema``, because it is not a document, and no ``parent_id``, because the
    nesting implies it. Python's `json.dumps` writes about 490 levels of it (3.11); `dumps_nested`
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
    """Yield the pieces of the text. Each object stays open until its replies are written."""
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
    """Yield each comment as JSON, without its parent id."""
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
    """Build a thread from plain dicts and lists with replies inside the comments they answer.

    Args:
        data: The fields of a thread, as from `to_nested`, or the list of its top-level comments.
        children: The key of the replies. A comment without it, or with null, has none.
        on_unknown: As for `loads`.
        report: As for `loads`.

    Raises `DecodeError` like `loads`, with the paths in *data*. A ``parent_id`` is optional, but
    must be the id of the comment around it. The depth is unlimited here, but not in JSON libraries
    (Python's `json` parses about 490 levels on 3.11).

    >>> thread = from_nested([{"id": "1", "kids": [{"id": "2"}]}], "kids")
    >>> thread.parent("2")
    Comment(id='1')
    """
    _check_children(children)
    fields = {"comments": data} if isinstance(data, list | tuple) else data
    if not isinstance(fields, Mapping):
        raise _refused(f"must be an object or an array, not {shown_json(data)}", "$")
    top = fields.get("comments", [])
    if not isinstance(top, list | tuple):
        raise _refused(f"must be an array, not {shown_json(top)}", "$.comments")
    flat = _Flat(children)
    flat.add(top)
    if flat.problems:
        raise _problems.refused(flat.problems)
    try:
        thread, problems = structured({**fields, "comments": flat.rows}, on_unknown)
    except DecodeError as error:
        refused = _problems.refused([flat.placed(problem) for problem in error.problems])
    else:
        for problem in problems if report is not None else ():
            report(flat.placed(problem))  # type: ignore[misc]  # it is not None
        return thread
    raise refused


def _refused(message: str, path: str) -> DecodeError:
    return _problems.refused([Problem("invalid", message, place=Place(path=path))])


class _Flat:
    """The comments of a nested view as a flat list, with the original path of each."""

    def __init__(self, children: str) -> None:
        self.rows: list[Any] = []
        self.problems: list[Problem] = []
        self._children = children
        self._places: list[tuple[int, int]] = []  # of each row: the row around it, and its position

    def add(self, top: Sequence[Any]) -> None:
        """Add all comments, depth first."""
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
                self._refuse(at, "the same object occurs twice")
                continue
            seen.add(id(item))
            row = self.rows[at] = {k: v for k, v in item.items() if k != self._children}
            self._set_parent(at, row, around)
            inner = item.get(self._children)
            if isinstance(inner, list | tuple):
                pending += [(reply, at, n) for n, reply in enumerate(inner)][::-1]
            elif inner is not None:
                message = f"must be an array of replies, not {shown_json(inner)}"
                self._refuse(at, message, f".{self._children}")

    def _set_parent(self, at: int, row: dict[str, Any], around: int) -> None:
        parent = self.rows[around].get("id") if around >= 0 else None
        stated = row.get("parent_id", parent)
        if stated != parent:
            message = f"is {shown(stated)}, but the comment is inside {shown(parent)}"
            self._refuse(at, message, ".parent_id")
        elif parent is not None:
            row["parent_id"] = parent

    def _refuse(self, at: int, message: str, step: str = "") -> None:
        place = Place(path=self.path(at) + step)
        self.problems.append(Problem("invalid", message, place=place))

    def path(self, at: int) -> str:
        """Return the original path of a row. The middle of a long path is omitted."""
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
        """Return a problem of the flat rows with its path in the nested view."""
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
