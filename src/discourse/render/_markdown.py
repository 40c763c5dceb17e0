"""`markdown`: a thread as CommonMark, with nested lists or nested quotes."""

import re
from collections.abc import Iterator
from typing import Literal

from .._expect import expect_thread
from .._terminal.columns import clean
from ..errors import FieldError
from ..model import Article, Comment
from ..plain import plain_text
from ..thread import Thread
from ._inline import Markdown
from ._wording import (
    counted,
    edited,
    figure,
    flat,
    lacks,
    many,
    moment,
    name_of,
    remarks,
    state,
    votes,
    whose,
)

_NESTED = 8
"""How many levels to nest. Markdown parsers stop at twenty, and a list takes two."""

_MARKUP = re.compile(r"[\\`*_\[\]<&~|$#]")
_AT_START = re.compile(r"[-+>=:^%]|[0-9]+(?=[.)])")


def markdown(
    thread: Thread,
    *,
    style: Literal["lists", "quotes"] = "lists",
    max_depth: int | None = None,
) -> Markdown:
    r"""Return *thread* as CommonMark, with texts as from `discourse.plain.plain_text`.

    Args:
        thread: The thread.
        style: ``"lists"``: each comment is an item with a list of its replies; ``"quotes"``: each
            comment is a quote inside the quote of its parent.
        max_depth: The greatest depth to write (0: the top level only). The output says how many
            comments are omitted.

    Texts are escaped, so they cannot contain markup or HTML. Line breaks stay, indentation does
    not. Comments at depth 8 or more follow in order without further nesting, and name the comment
    that they answer. Placeholders are written as missing comments. Unknown authors and texts are
    marked.

    Raises `FieldError` for an unknown style. O(n), at any depth.

    >>> print(markdown(Thread(Article("Bridge to close"), [
    ...     Comment("1", author=Author("Ada"), text="*At last.*", score=3),
    ...     Comment("2", "1", text="Why?"),
    ... ])))
    # Bridge to close
    <BLANKLINE>
    ## 2 comments
    <BLANKLINE>
    - **Ada** · score 3
    <BLANKLINE>
      \*At last.\*
    <BLANKLINE>
      - **unknown author**
    <BLANKLINE>
        Why?
    """
    expect_thread(thread)
    if style not in ("lists", "quotes"):
        raise FieldError("render", "markdown(style)", style, 'must be "lists" or "quotes"')
    lines = [*_article(thread), *_comments(thread, style, max_depth)]
    return Markdown("\n".join(lines))


# -- texts -----------------------------------------------------------------------------------------


def escaped(line: str) -> str:
    r"""Return a line of text, escaped for Markdown.

    >>> print(escaped("1. *not* a list"))
    1\. \*not\* a list
    """
    line = _MARKUP.sub(r"\\\g<0>", clean(line).strip())
    match = _AT_START.match(line)
    if match is None:
        return line
    at = match.end() if match[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _one_line(text: str) -> str:
    return escaped(flat(text))


def _paragraphs(text: str | None) -> Iterator[str]:
    """Yield the lines of a text, with a backslash at line breaks.

    A blank line precedes every paragraph, also the first.
    """
    if text is None:
        return
    lines = [escaped(line) for line in text.splitlines()]
    for at, line in enumerate(lines):
        if not line:
            continue
        if at == 0 or not lines[at - 1]:
            yield ""
        follows = at + 1 < len(lines) and lines[at + 1]
        yield f"{line}\\" if follows else line


# -- the article -----------------------------------------------------------------------------------


def _article(thread: Thread) -> Iterator[str]:
    article = thread.article
    if article is not None:
        yield f"# {_one_line(article.title or '') or 'Untitled'}"
        if facts := " · ".join(_facts(article)):
            yield from ("", facts)
        yield from _paragraphs(plain_text(article))
        for caption in article.captions:
            yield from ("", f"*Picture:* {_one_line(caption)}")
        for author in article.authors:
            yield from _paragraphs(author.bio)
        yield ""
    note = remarks(thread)
    yield f"## {counted(thread)}{f' ({note})' if note else ''}"


def _facts(article: Article) -> Iterator[str]:
    names = [_one_line(name_of(author)) or "unknown author" for author in article.authors]
    if names:
        yield f"by {', '.join(names)}"
    if article.site:
        yield _one_line(article.site)
    if article.created_at is not None:
        yield moment(article.created_at)
    if change := edited(article):
        yield change
    if article.score is not None:
        yield f"score {figure(article.score)}"
    if article.url:
        yield _one_line(article.url)


# -- the comments ----------------------------------------------------------------------------------


def _comments(thread: Thread, style: str, max_depth: int | None) -> Iterator[str]:
    absent = lacks(thread)
    for note in absent.get(None, []):
        yield from ("", f"({note})")
    is_list = style == "lists"
    for comment in thread.walk(max_depth=max_depth):
        depth = thread.depth(comment)
        level = min(depth, _NESTED - 1)
        inner = "  " * (level + 1) if is_list else "> " * (level + 1)
        # The blank line before a quote belongs to the outer quote, so it ends the previous quote.
        yield "" if is_list else ("> " * level).rstrip()
        first = f"{'  ' * level}- " if is_list else inner
        yield first + " · ".join(_facts_of(thread, comment, depth))
        for line in _body(thread, comment, depth, max_depth, absent):
            yield (inner + line).rstrip() if line else ("" if is_list else inner.rstrip())


def _facts_of(thread: Thread, comment: Comment, depth: int) -> Iterator[str]:
    yield f"**{_one_line(whose(comment))}**"
    parent = thread.parent(comment)
    if parent is not None and depth >= _NESTED:
        yield f"in reply to {_one_line(whose(parent))} (depth {depth})"
    if comment.created_at is not None:
        yield moment(comment.created_at)
    yield from votes(comment)
    yield from filter(None, (edited(comment), state(comment.status)))
    yield from (f"\\#{_one_line(tag)}" for tag in sorted(comment.tags))


def _body(
    thread: Thread,
    comment: Comment,
    depth: int,
    max_depth: int | None,
    absent: dict[str | None, list[str]],
) -> Iterator[str]:
    """Yield the lines below the first line of a comment."""
    if comment.title is not None and (title := _one_line(comment.title)):
        yield from ("", f"**{title}**")
    yield from _paragraphs(plain_text(comment))
    for note in absent.get(comment.id, []):
        yield from ("", f"({note})")
    below = thread.size(comment) - 1
    if max_depth is not None and depth >= max_depth and below:
        yield from ("", f"({many(below, 'reply', 'replies')} below, not written)")
