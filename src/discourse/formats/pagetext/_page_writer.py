"""Write a thread as the text of a page, and report what that text cannot represent."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ...errors import LimitError
from ...model import Article, Comment
from ...thread import Thread
from .._phrases.furniture import is_form, is_form_heading, is_label, is_ping
from .._phrases.headings import count_in, ends_in_count, is_heading, is_ping_heading
from ._article_lines import article_of
from ._census import BULLETS, STEP, census, is_blank, marker_of
from ._page_furniture import canonical_heading
from ._page_text import IDS, PING, SOURCE, head_of

#: More indentation than this is refused.
_MOST_SPACES = 2**30
_LINE_END = re.compile(r"\r\n|\r|\n")
#: The largest number that is recognised in a heading.
_LARGEST_COUNT = 999_999_999


def serialize(thread: Thread, *, heads: bool = False) -> str:
    """Write *thread* as the text of a page.

    Args:
        thread: Any thread; `holds` returns what the text cannot represent.
        heads: Begin each comment whose author has a name with a line "Name says:".

    >>> from discourse import Article, Comment, Thread
    >>> print(serialize(Thread(Article("A tale"), [Comment("1", text="Hm."), Comment("2", "1")])))
    A tale
    <BLANKLINE>
    Comments
    <BLANKLINE>
      1. Hm.
    <BLANKLINE>
        •
    <BLANKLINE>
    """
    spaces = sum(STEP * (thread.depth(comment) + 1) for comment in thread)
    if spaces > _MOST_SPACES:  # gigabytes, since each level adds indentation
        raise LimitError(f"as the text of a page this would be indented by {spaces:,} spaces")
    before, after = _furniture(thread)
    blocks = list(_article_blocks(thread.article))
    count = thread.article.comment_count if thread.article is not None else None
    if not any(map(is_heading, before)):
        # a list below "0 Comments" would not be recognised; without a heading, it is doubtful
        blocks.append(canonical_heading(count or None if thread.comments else count))
    blocks.extend(before)
    blocks.extend(_comment_blocks(thread, heads=heads))
    blocks.extend(after)
    return "\n\n".join(blocks) + "\n"


def _furniture(thread: Thread) -> tuple[list[str], list[str]]:
    furniture = thread.meta.get("furniture")
    if not isinstance(furniture, Mapping):
        return [], []
    return _strings(furniture.get("before")), _strings(furniture.get("after"))


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, tuple) else []


def _article_blocks(article: Article | None) -> Iterator[str]:
    if article is None:
        return
    if article.title is not None:
        yield article.title
    author = article.authors[0] if article.authors else None
    if author is not None and author.name and author.bio is None:
        yield f"By {author.name}"
    yield from article.captions
    if article.text is not None:
        yield article.text
    if author is not None and author.name and author.bio is not None:
        yield from (author.name, author.name, author.bio)


def _comment_blocks(thread: Thread, *, heads: bool) -> Iterator[str]:
    tops = 0
    for comment in thread.comments:
        depth = thread.depth(comment)
        tops += depth == 0
        marker = BULLETS[0] if depth else f"{tops}."
        yield "\n".join(_comment_lines(comment, marker, STEP * (depth + 1), heads=heads))


def _comment_lines(comment: Comment, marker: str, col: int, *, heads: bool) -> Iterator[str]:
    """Yield the lines of one comment: the marker at *col*, all other lines one level deeper."""
    lines = _LINE_END.split(comment.text or "")
    if heads and comment.author is not None and comment.author.name:
        lines = [head_of(" ".join(comment.author.name.split())), "", *lines]
    labels = _strings(comment.meta.get("labels"))
    if labels:
        lines += ["", *labels]
    yield f"{' ' * col}{marker} {lines[0]}" if lines[0] else f"{' ' * col}{marker}"
    for line in lines[1:]:
        yield f"{' ' * (col + STEP)}{line}" if line else ""


# --- what the text cannot represent ----------------------------------------------------------


def holds(thread: Thread) -> tuple[str, ...]:
    """Return the losses in a round trip of *thread* through `serialize`.

    Empty if there are none.

    >>> from discourse import Comment, Thread
    >>> source, meta = SOURCE, {"ids": "position"}
    >>> holds(Thread(None, [Comment("1", text="Hm.")], source=source, meta=meta))
    ()
    >>> holds(Thread(None, [Comment("a7", text="Hm.")], source=source, meta=meta))
    ("comment 'a7': only text, at the id '1', can be held",)
    """
    before, _ = _furniture(thread)
    heading = before[0] if before else None
    reasons = [*_thread_reasons(thread), *_article_reasons(thread.article, heading)]
    position: list[int] = [0]
    for comment in thread.comments:
        depth = thread.depth(comment)
        del position[depth + 1 :]
        if len(position) == depth:
            position.append(0)
        position[depth] += 1
        id = ".".join(map(str, position))
        reasons.extend(f"comment {comment.id!r:.80}: {why}" for why in _reasons(comment, id))
    return tuple(reasons)


def _thread_reasons(thread: Thread) -> Iterator[str]:
    if thread.stubs:
        yield "stubs cannot be held"
    if thread.source != SOURCE:
        yield "the source can only be pagetext"
    if set(thread.meta) - {"furniture"} != {"ids"} or thread.meta["ids"] != IDS:
        yield "the thread's meta can only say that ids are positions"
    if thread.comments and thread.article is not None and thread.article.comment_count == 0:
        yield "a page with comments cannot claim that it has none"
    before, after = _furniture(thread)
    if "furniture" in thread.meta and not _is_furniture(thread, before, after):
        yield "lines in the furniture would not be recognised"


def _is_furniture(thread: Thread, before: list[str], after: list[str]) -> bool:
    count = thread.article.comment_count if thread.article is not None else None
    return (
        bool(thread.comments)
        and thread.meta["furniture"] == {"before": tuple(before), "after": tuple(after)}
        and bool(before or after)
        and all(_is_plain_line(line) for line in (*before, *after))
        and (not before or (count_in(before[0]) == (True, count)))
        and before[:1] != [canonical_heading(count)]
        and all(is_form(line) for line in (*before[1:], *after))
    )


def _is_plain_line(line: str) -> bool:
    return not is_blank(line) and line[0] not in " \t\ufeff" and not {"\n", "\r"} & set(line)


def _article_reasons(article: Article | None, heading: str | None) -> Iterator[str]:
    if article is None:
        return
    count = article.comment_count
    if count is not None and count > _LARGEST_COUNT:
        yield "a number of comments this large is not recognised"
    page = census("\n\n".join(_article_blocks(article)))
    lines = page.lines
    if any(_is_misleading(line.text) or line.indent for line in lines):
        yield "a line of the article would be read as something else"
    elif article_of(lines, heading=heading, comment_count=count) != article:
        yield "the article has more than a title, captions, text and one author's name and bio"


def _is_misleading(text: str) -> bool:
    return (
        is_heading(text)
        or is_ping_heading(text)
        or is_form_heading(text)
        or text.strip().isdecimal()
        or ends_in_count(text) is not None
        or any(marker_of(text, bullet)[0] for bullet in BULLETS)
    )


def _reasons(comment: Comment, id: str) -> Iterator[str]:
    parent = id.rpartition(".")[0] or None
    text = comment.text
    labels = _strings(comment.meta.get("labels"))
    meta = {"labels": labels} if labels else {}
    tags = PING if text and is_ping(text) else frozenset()
    if text is None or comment != Comment(id, parent, None, text, tags=tags, meta=meta):
        yield f"only text, at the id {id!r:.80}, can be held"
        return
    if not all(_is_plain_line(label) and is_label(label) for label in labels):
        yield "a label would not be recognised"
    if text and not _is_body(text.split("\n")):
        yield "a line of the text would be read as something else"


def _is_body(lines: list[str]) -> bool:
    """Return whether *lines* are unchanged when read: paragraphs without indentation or lists."""
    if not lines[0] or not lines[-1] or (len(lines) > 1 and is_label(lines[-1])):
        return False
    if any(not above and not below for above, below in pairwise(lines)):
        return False
    special = (
        count_in(line)[0] or any(marker_of(line, bullet)[0] for bullet in BULLETS)
        for line in lines[1:]
        if line
    )
    return all(_is_plain_line(line) for line in lines if line) and not any(special)
