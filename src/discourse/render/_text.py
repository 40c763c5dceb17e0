"""Provide `text`, a thread drawn as a tree of plain characters."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from .._expect import expect_thread
from ..errors import FieldError
from ..model import Article, Comment, Status
from ..plain import plain_text
from ..thread import Thread
from ._branches import LEAST, twigs
from ._clean import columns, cut, one_line, wrap

_WIDTH = 80


def text(
    thread: Thread,
    *,
    width: int | None = None,
    max_depth: int | None = None,
    max_lines: int | None = None,
) -> str:
    """Return *thread* drawn as a tree, its texts as `discourse.plain.plain_text` shows them.

    Args:
        thread: What to draw.
        width: Columns to keep within, at least 20; 80 where not told.
        max_depth: Draw no deeper comments (0: the top level only); how many are not drawn is said.
        max_lines: Lines of each text to draw; what is cut is marked with an ellipsis.

    Branches deeper than the width allows are moved in no further and tell their depth, so that the
    drawing of a chain is as long as its text, not its square. O(n).

    >>> print(text(Thread(Article("Bridge to close"), [
    ...     Comment("1", author=Author("Ada"), text="At last."),
    ...     Comment("2", "1", text="Why?"),
    ... ])))
    Bridge to close
    2 comments
    <BLANKLINE>
    └─ 1 · Ada
       At last.
       └─ 2
          Why?
    """
    expect_thread(thread)
    width = _WIDTH if width is None else width
    if type(width) is not int or width < LEAST:
        raise FieldError("render", "text(width)", width, f"must be an int from {LEAST}, or None")
    lines = [*heading(thread, width), *_tree(thread, width, max_depth, max_lines)]
    return "\n".join(line.rstrip() for line in lines)


def heading(thread: Thread, width: int) -> Iterator[str]:
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
    return " · ".join(part for part in parts if part)


def _tree(
    thread: Thread, width: int, max_depth: int | None, max_lines: int | None
) -> Iterator[str]:
    for comment, start, inner, undrawn in twigs(thread, width, max_depth):
        yield start + cut(" · ".join(fact for fact, _ in facts(comment)), width - len(start))
        yield from (inner + line for line in body(comment, width - len(inner), max_lines))
        if undrawn:
            yield f"{inner}… {undrawn:,} more below"


def facts(comment: Comment) -> Iterator[tuple[str, str]]:
    """Yield what is known of a comment beside its text, each with a word for what it is."""
    author, score = comment.author, comment.score
    yield comment.id, "id"
    if author is not None:
        yield author.display_name or author.name or author.id or "?", "author"
    if comment.created_at is not None:
        yield _time(comment.created_at), "time"
    if score is not None:
        yield f"{score:+}", "negative" if score < 0 else "positive"
    if comment.status is not Status.VISIBLE:
        yield f"({comment.status.value})", "status"
    yield from ((f"#{tag}", "tag") for tag in sorted(comment.tags))


def body(comment: Comment, width: int, max_lines: int | None) -> Iterator[str]:
    if comment.title is not None:
        yield cut(comment.title, width)
    said = plain_text(comment, links=False)
    if said is None:
        return
    lines = _without_double_blanks(wrap(said.strip("\n"), width))
    if max_lines is None:
        yield from lines
        return
    shown = list(islice(lines, max_lines))
    if shown and next(lines, None) is not None:
        shown[-1] = _cut_end(shown[-1], width)
    yield from shown


def _without_double_blanks(lines: Iterator[str]) -> Iterator[str]:
    previous = ""
    for line in lines:
        if line or previous:
            yield line
        previous = line


def _cut_end(line: str, width: int) -> str:
    """Return *line* with an ellipsis at its end, if need be in place of its last word."""
    if columns(line) + 2 > width:
        line = line.rpartition(" ")[0]
    return f"{line} …" if line else "…"


def _time(time: dt.datetime) -> str:
    offset = time.strftime("%z")
    zone = "UTC" if time.tzinfo is dt.UTC or offset == "+0000" else f"{offset[:3]}:{offset[3:]}"
    return f"{time:%Y-%m-%d %H:%M} {zone}"
