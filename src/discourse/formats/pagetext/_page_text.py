"""Turn the text of a page into a `Reading` that accounts for every line."""

import attrs

from ...errors import ParseError, Place
from ...model import Author, Comment, Source
from ...thread import Thread
from .._base import Reading
from .._phrases.furniture import is_date_line, is_label, is_ping, name_in_head
from ._article_lines import article_of
from ._census import STEP, Census, Line, census
from ._item_tree import Item, comments_of, decide, items_of
from ._list_choice import find_comments
from ._page_furniture import around, article_end, claimed_in
from ._reading_problems import doubts, false_claim, gaps, problem_at, unseen_comments
from ._trafilatura import is_of_trafilatura, reading_of

#: How ``Thread.meta`` and ``Thread.source`` describe the ids made here.
IDS = "position"
SOURCE = Source("pagetext", version="1; ids from position")
#: The tags of a pingback or trackback.
PING = frozenset({"pingback"})


def parse(text: str, *, heads: bool = False, url: str | None = None) -> Reading:
    """Read the plain text of a page: an article and, if recognised, its comments.

    Args:
        text: The text.
        heads: Read a first line such as "Ann says:" of a comment as its author's name.
        url: The address of the page, if known.
    """
    _refuse_surrogates(text)
    source = SOURCE if url is None else attrs.evolve(SOURCE, url=url)
    if is_of_trafilatura(text):
        return reading_of(text, source, {"ids": IDS})
    page = census(text)
    lists = find_comments(page)
    tops = [item for region in lists.regions for item in items_of(page, region.start, region.stop)]
    claimed = claimed_in(page, lists)
    decide(page, tops, claimed)
    items = list(comments_of(tops))
    comments = [_comment(page, item, heads=heads) for item in items]
    problems = [*doubts(page, lists, items), *gaps(page, tops, items)]
    end = article_end(page, lists)
    before, after = around(page, lists, end, problems)
    heading = page.lines[lists.heading].text if lists.heading is not None else None
    article = article_of(page.lines[:end], heading=heading, comment_count=claimed)
    problems += false_claim(page, lists, claimed, comments)
    if not comments:
        problems += unseen_comments(page, lists, claimed, end, problems)
    elif _is_cut(text, page):
        message = "the text ends inside a line: comments may be cut off"
        problems.append(problem_at(page.lines[-1], "truncated", message))
    meta: dict[str, object] = {"ids": IDS}
    if before or after:
        meta["furniture"] = {"before": before, "after": after}
    thread = Thread(article, comments, source=source, meta=meta)
    inferred = frozenset(comment.id for comment in comments if comment.parent_id is not None)
    return Reading((thread,), tuple(problems), inferred=inferred)


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise ParseError(
            "the text has a lone surrogate, which is not a character",
            place=Place(line=line, offset=error.start),
        ) from None


def _is_cut(text: str, page: Census) -> bool:
    """Return whether a text ends with a space or a bare list marker, without a line break.

    Extractors strip their output, and programs that write files end the last line. A cut inside a
    word or after a sentence leaves no sign.
    """
    row = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
    last = page.lines[-1]
    return row.endswith((" ", "\t")) or (not last.rest and row.lstrip(" \t") == last.text)


# --- comments --------------------------------------------------------------------------------


def head_of(name: str) -> str:
    """Return the line that names the author of a comment.

    >>> head_of("Ann")
    'Ann says:'
    """
    return f"{name} says:"


def _comment(page: Census, item: Item, *, heads: bool) -> Comment:
    """Build the comment of *item*: its text without indentation, and its labels.

    With *heads*, "Ann says:" at the top is its author, and a date below it goes to ``meta``.
    """
    lines = [page.lines[index] for index in item.own]
    end = len(lines)
    while end > 1 and is_label(lines[end - 1].text):
        end -= 1
    meta: dict[str, object] = {}
    if end < len(lines):
        meta["labels"] = [line.text for line in lines[end:]]
    first = lines[0].rest if item.has_marker else lines[0].text
    text = _text(first, lines[:end], item)
    name = name_in_head(first) if heads else None
    if name is not None:
        if first != head_of(name):
            meta["head"] = first
        start = 1
        if end > 1 and is_date_line(lines[1].text):
            meta["date"] = lines[1].text
            start = 2
        text = _text("", lines[start - 1 : end], item)
    author = Author(name) if name is not None else None
    tags = PING if is_ping(text) else frozenset()
    parent_id = item.parent.id if item.parent is not None else None
    return Comment(item.id, parent_id, author, text, tags=tags, meta=meta)


def _text(first: str, lines: list[Line], item: Item) -> str:
    """Join the lines; indentation beyond that of the comment stays."""
    col = item.col + STEP
    parts = [first]
    for line in lines[1:]:
        if parts[-1]:
            parts.append("\n\n" if line.after_blank else "\n")
        parts.append(" " * (line.indent - col) + line.text)
    return "".join(parts)
