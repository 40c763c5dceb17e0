"""One comment from its lines: the text without indentation, its labels, and on request its head."""

from ...model import Author, Comment
from .._phrases.furniture import is_date_line, is_label, is_ping, name_in_head
from ._lines import STEP, Census, Line
from ._lists import Item

#: The tags of a pingback or trackback.
PING = frozenset({"pingback"})
_NONE: frozenset[str] = frozenset()


def comment_of(page: Census, item: Item, id: str, parent_id: str | None, *, heads: bool) -> Comment:
    """Return the comment that *item* is."""
    lines = [page.lines[index] for index in item.own]
    end = len(lines)
    while end > 1 and is_label(lines[end - 1].text):
        end -= 1
    meta: dict[str, object] = {}
    if end < len(lines):
        meta["labels"] = [line.text for line in lines[end:]]
    author, text = None, _text(lines[:end], item)
    if heads:
        author, text = _head(lines[:end], item, meta, text)
    tags = PING if is_ping(text) else _NONE
    return Comment(id, parent_id, author, text, tags=tags, meta=meta)


def head_of(name: str) -> str:
    """Return the line that says who wrote a comment.

    >>> head_of("Ann")
    'Ann says:'
    """
    return f"{name} says:"


def _text(lines: list[Line], item: Item, start: int = 0) -> str:
    """Join the lines; what is indented more than the comment itself keeps the difference."""
    col = item.col + STEP
    parts: list[str] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if line.number == lines[0].number and item.has_marker:
            parts.append(line.rest)
            continue
        if parts and parts[-1]:
            parts.append("\n\n" if line.after_blank else "\n")
        parts.append(" " * (line.indent - col) + line.text)
    return "".join(parts)


def _head(
    lines: list[Line], item: Item, meta: dict[str, object], text: str
) -> tuple[Author | None, str]:
    """Take "Ann says:" off the top, and keep it and the date line below it in *meta*."""
    name = name_in_head(lines[0].rest if item.has_marker else lines[0].text)
    if name is None:
        return None, text
    head = lines[0].rest if item.has_marker else lines[0].text
    if head != head_of(name):
        meta["head"] = head
    start = 1
    if len(lines) > 1 and is_date_line(lines[1].text):
        meta["date"] = lines[1].text
        start = 2
    return Author(name), _text(lines, item, start)
