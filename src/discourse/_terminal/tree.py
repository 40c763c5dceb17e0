"""Draw a thread as a tree of lines, in pieces with styles."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from .._markup.local_times import local_of
from ..model import Article, Comment, Status
from ..plain import plain_text
from ..thread import Thread
from .columns import columns, cut, one_line, wrap

LEAST_WIDTH = 20
"""The minimum of columns for text. Deeper branches are not indented further."""
_STEP = 3

Piece: TypeAlias = tuple[str, str]
"""A text, and the name of its style, or the empty string."""


STYLES = {
    "author": "bold",
    "dim": "dim",
    "id": "cyan",
    "negative": "red",
    "place": "dim",
    "positive": "green",
    "status": "yellow",
    "tag": "magenta",
    "time": "dim",
    "title": "bold",
}
"""The ``rich`` style for each name of a style."""


def cut_whole(facts: list[Piece], width: int) -> list[Piece]:
    """Return facts as one clean piece, separated by dots and cut to a width."""
    return [(cut(" · ".join([text for text, _ in facts]), width), "")]


def cut_pieces(facts: list[Piece], width: int) -> list[Piece]:
    """Return facts like `cut_whole`, each as its own piece."""
    [(line, _)] = cut_whole(facts, width)
    left = len(line) - line.endswith("…")
    pieces: list[Piece] = []
    for text, kind in facts:
        separator = " · "[:left] if pieces else ""
        shown = one_line(text)[: left - len(separator)]
        pieces += [(separator, "dim"), (shown, kind)]
        left -= len(separator) + len(shown)
    if line.endswith("…"):
        pieces.append(("…", "dim"))
    # If white space between or around facts collapses, the line has no colours.
    return pieces if "".join(text for text, _ in pieces) == line else [(line, "")]


def tree_lines(
    thread: Thread,
    width: int,
    max_depth: int | None,
    max_lines: int | None,
    cut_header: Callable[[list[Piece], int], list[Piece]] = cut_whole,
) -> Iterator[list[Piece]]:
    """Yield the lines of the drawing, as pieces. O(n)."""
    has_title = thread.article is not None
    for number, line in enumerate(_heading(thread, width)):
        yield [(line, "title" if has_title and not number else "dim")]
    for comment, start, inner, undrawn in _branches(thread, width, max_depth):
        yield [(start, "place"), *cut_header(list(facts(comment)), width - len(start))]
        kind = "" if comment.status is Status.VISIBLE else "dim"
        for line in _body(comment, width - len(inner), max_lines):
            yield [(inner, "place"), (line, kind)]
        if undrawn:
            yield [(f"{inner}… {undrawn:,} more below", "place")]


def _heading(thread: Thread, width: int) -> Iterator[str]:
    article = thread.article
    if article is not None:
        yield from wrap(one_line(article.title or "(untitled)"), width)
        if byline := _byline(article):
            yield from wrap(byline, width)
    count = f"{len(thread):,} comment{'' if len(thread) == 1 else 's'}"
    if article is not None and article.comment_count not in (None, len(thread)):
        count += f" (the source says {article.comment_count:,})"
    yield from wrap(count, width)
    if thread.comments:
        yield ""


def _byline(article: Article) -> str:
    names = ", ".join(one_line(author.name or author.id or "?") for author in article.authors)
    parts = [names and f"by {names}", article.site and one_line(article.site)]
    if article.created_at is not None:
        parts.append(_time(article.created_at))
    elif local := local_of(article.meta):
        parts.append(f"{local[:16].replace('T', ' ')} local")
    return " · ".join(part for part in parts if part)


class _Branch(NamedTuple):
    """A comment, the prefixes of its first and other lines, and how many replies are not drawn."""

    comment: Comment
    start: str
    inner: str
    undrawn: int


def _branches(thread: Thread, width: int, max_depth: int | None) -> Iterator[_Branch]:
    cap = max(1, (width - LEAST_WIDTH) // _STEP)
    rails: list[str] = []  # the prefix that each level adds below
    ends: list[int] = []  # where the subtree of each comment on the branch ends
    for comment in thread.walk(max_depth=max_depth):
        at, depth = thread.position(comment), thread.depth(comment)
        end = at + thread.size(comment)
        del rails[depth:], ends[depth:]
        is_last = end == (ends[-1] if ends else len(thread))
        before = "".join(rails[:cap])
        corner, rail = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        if depth >= cap:  # not indented further
            corner, rail = f"[{depth}] ", ""
        rails.append(rail)
        ends.append(end)
        undrawn = end - at - 1 if max_depth is not None and depth >= max_depth else 0
        yield _Branch(comment, before + corner, before + (rail or "  "), undrawn)


def facts(comment: Comment) -> Iterator[Piece]:
    """Yield the known facts about a comment, except its text; not cleaned."""
    author, score = comment.author, comment.score
    yield comment.id, "id"
    if author is not None:
        yield author.display_name or author.name or author.id or "?", "author"
    if comment.created_at is not None:
        yield _time(comment.created_at), "time"
    elif local := local_of(comment.meta):
        yield f"{local[:16].replace('T', ' ')} local", "time"
    if score is not None:
        yield f"{score:+}", "negative" if score < 0 else "positive"
    if comment.status is not Status.VISIBLE:
        yield f"({comment.status.value})", "status"
    yield from ((f"#{tag}", "tag") for tag in sorted(comment.tags))


def _body(comment: Comment, width: int, max_lines: int | None) -> Iterator[str]:
    if comment.title is not None:
        yield cut(comment.title, width)
    text = plain_text(comment, links=False)
    if text is None:
        return
    lines = _without_double_blanks(wrap(text.strip("\n"), width))
    if max_lines is None:
        yield from lines
        return
    shown = list(islice(lines, max_lines))
    if shown and next(lines, None) is not None:
        last = shown[-1]
        if columns(last) + 2 > width:
            last = last.rpartition(" ")[0]
        shown[-1] = f"{last} …" if last else "…"
    yield from shown


def _without_double_blanks(lines: Iterator[str]) -> Iterator[str]:
    previous = ""
    for line in lines:
        if line or previous:
            yield line
        previous = line


def _time(time: dt.datetime) -> str:
    offset = time.strftime("%z")
    zone = "UTC" if time.tzinfo is dt.UTC or offset == "+0000" else f"{offset[:3]}:{offset[3:]}"
    return f"{time:%Y-%m-%d %H:%M} {zone}"
