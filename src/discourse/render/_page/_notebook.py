"""Show values in a notebook: HTML without scripts, styles of others or addresses that load."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ..._reading import Reading
from ...edit import Merged
from ...errors import Problem
from ...metrics import Summary, levels
from ...model import Comment
from ...plain import plain_text
from ...query import Split
from ...thread import Repaired, Thread
from .._wording import counted, many, name_of, remarks, state, votes, whose
from ._article_html import title_of
from ._escaping import escape, moment_of

_COMMENTS, _NESTED, _THREADS, _KINDS = 50, 12, 10, 20
"""How many comments, levels, threads and kinds of problems are shown."""
_TEXT = 300
_BOX = "border-left:2px solid rgba(128,128,128,.4);padding-left:.8em;margin:.3em 0 .3em .2em"
_FAINT = "opacity:.7;font-size:90%"


def html_of(value: object) -> str:
    """Return a value as an element that follows the colours of the notebook."""
    if isinstance(value, Thread):
        pieces = _thread(value)
    elif isinstance(value, Comment):
        pieces = _comment(value)
    elif isinstance(value, Repaired | Merged):
        pieces = iter([*_thread(value.thread), *_problems(value.problems)])
    elif isinstance(value, Reading):
        pieces = iter([*_threads(value.threads), *_problems(value.problems)])
    elif isinstance(value, Split):
        sizes = [(name, len(part), sum(map(len, part))) for name, part in value.items()]
        pieces = iter([*_table(("part", "threads", "comments"), sizes), *_problems(value.problems)])
    elif isinstance(value, Summary):
        pieces = _table(("measure", ""), (line.rsplit("  ", 1) for line in str(value).split("\n")))
    else:
        pieces = iter([f"<code>{escape(repr(value))}</code>"])
    return f'<div style="max-width:60em">{"".join(pieces)}</div>'


def _thread(thread: Thread) -> Iterator[str]:
    notes = [counted(thread), remarks(thread)]
    if thread.article is not None:
        notes[:0] = [name_of(author) for author in thread.article.authors[:3]]
    yield f"<strong>{escape(title_of(thread.article))}</strong>"
    yield f'<div style="{_FAINT}">{escape(" · ".join(filter(None, notes)))}</div>'
    ends: list[int] = []
    for at, comment in enumerate(thread.comments[:_COMMENTS]):
        while ends and ends[-1] <= at:
            ends.pop()
            yield "</details>"
        yield from _comment(comment)
        size = thread.size(comment)
        if size > 1 and len(ends) < _NESTED and at + 1 < _COMMENTS:
            yield f'<details open style="{_BOX}"><summary style="{_FAINT}">'
            yield f"{many(size - 1, 'reply', 'replies')}</summary>"
            ends.append(at + size)
    yield "</details>" * len(ends)
    if (left := len(thread) - _COMMENTS) > 0:
        yield f'<div style="{_FAINT}">… {many(left, "more comment", "more comments")}</div>'


def _comment(comment: Comment) -> Iterator[str]:
    facts = [*votes(comment), state(comment.status) or ""]
    if comment.created_at is not None:
        facts.insert(0, moment_of(comment.created_at))
    who, id = escape(whose(comment)[:80]), escape(f"#{comment.id[:80]}")
    yield f"<div><strong>{who}</strong> "
    yield f'<span style="{_FAINT}">{" · ".join([*filter(None, facts), id])}</span>'
    text = (plain_text(comment) or "").strip()
    shown = text if len(text) <= _TEXT else f"{text[:_TEXT]}…"
    yield f'<div dir="auto" style="white-space:pre-line">{escape(shown)}</div></div>'


def _threads(threads: tuple[Thread, ...]) -> Iterator[str]:
    if len(threads) == 1:
        yield from _thread(threads[0])
        return
    comments = sum(map(len, threads))
    yield f"<strong>{many(len(threads), 'thread')}, {many(comments, 'comment')}</strong>"
    rows = [(title_of(each.article), len(each), levels(each)) for each in threads[:_THREADS]]
    yield from _table(("thread", "comments", "levels"), rows)
    if (left := len(threads) - _THREADS) > 0:
        yield f'<div style="{_FAINT}">… {many(left, "more thread", "more threads")}</div>'


def _problems(problems: tuple[Problem, ...]) -> Iterator[str]:
    if not problems:
        return
    counts = Counter(problem.kind for problem in problems)
    first = {problem.kind: problem for problem in reversed(problems)}
    rows = [(kind, count, str(first[kind])[:_TEXT]) for kind, count in counts.most_common(_KINDS)]
    yield f"<details><summary>{many(len(problems), 'problem')}</summary>"
    yield from _table(("kind", "number", "first"), rows)
    yield "</details>"


def _table(head: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield "<table><tr>" + "".join(f"<th>{name}</th>" for name in head) + "</tr>"
    for row in rows:
        yield "<tr>"
        for cell in row:
            text = f"{cell:,}" if type(cell) is int else str(cell)
            side = "right" if type(cell) is int else "left"
            yield f'<td style="text-align:{side}">{escape(text.strip())}</td>'
        yield "</tr>"
    yield "</table>"
