"""Build the tree in a list: decide which nested items are replies, and which are part of a text.

The rest of a comment, a list inside its text, and its replies all have the same indentation.
These rules decide, in this order:

1. Replies come last: a list with text of the comment after it is part of the text.
2. A list without a blank line before it is text, unless it follows a reply link or a date.
3. A list of two items or more without blank lines between them is text. So is one that counts
   from 1 below a line ending in a colon.
4. A page numbers all replies or bullets them all: a list in the other style is text.
5. If the page claims as many comments as there are outermost items, lists in them that count
   from 1 are text.
6. Any other list is replies; below a line ending in a colon, that is doubtful.
"""

from collections.abc import Iterator

import attrs

from .._phrases.furniture import is_date_line, is_label, name_in_head
from ._census import STEP, Census, Line


@attrs.define(slots=True, eq=False)
class Item:
    """One item of a list; *index* is the position of its first line in the census."""

    index: int
    col: int
    style: str
    ordinal: int
    parent: "Item | None"
    entries: "list[int | Item]" = attrs.Factory(list)
    """Its lines (as indexes) and the items in it, in order."""
    id: str = ""
    """Its position among the comments: ``7``, its second reply ``7.2``."""
    is_comment: bool = False
    replies: "list[Item]" = attrs.Factory(list)
    own: list[int] = attrs.Factory(list)
    """The lines of its text, once decided."""
    is_doubtful: bool = False
    may_have_replies: bool = False
    """Whether a list at its end is text because it lacks blank lines."""
    skips_level: bool = False
    has_marker: bool = True


def items_of(page: Census, start: int, stop: int) -> list[Item]:
    """Return the outermost items of the list in these lines, with everything in them."""
    if page.is_flat:
        return _flat_items(page, start, stop)
    tops: list[Item] = []
    stack: list[Item] = []
    at: dict[int, int] = {}
    for index in range(start, stop):
        line = page.lines[index]
        if line.style:
            _open(line, index, stack, at, tops)
        elif stack:
            _place_text(page, index, stack, at)
        else:
            tops.append(Item(index, max(0, line.indent - STEP), "", 0, None, has_marker=False))
            stack.append(tops[-1])
            at[line.indent] = 0
    return tops


def _flat_items(page: Census, start: int, stop: int) -> list[Item]:
    """Return the items of a page without indentation; a tight list is text, as elsewhere."""
    tops: list[Item] = []
    last = 0
    for index in range(start, stop):
        line = page.lines[index]
        counts_on = line.style == "#" and line.ordinal == last + 1 and line.after_blank
        if not tops or counts_on or (line.style and _begins_flat_item(page, index, stop)):
            last = line.ordinal or last
            tops.append(Item(index, -STEP, line.style, line.ordinal, None))
        else:
            tops[-1].entries.append(index)
    return tops


def _begins_flat_item(page: Census, index: int, stop: int) -> bool:
    if not page.has_blanks:
        return True
    if not page.lines[index].after_blank and not is_label(page.lines[index - 1].text):
        return False
    following = page.lines[index + 1] if index + 1 < stop else None
    return following is None or not following.style or following.after_blank


def _open(line: Line, index: int, stack: list[Item], at: dict[int, int], tops: list[Item]) -> None:
    """Begin an item in the innermost one whose text is not to the right of its marker."""
    while stack and stack[-1].col + STEP > line.indent:
        stack.pop()
    parent = stack[-1] if stack else None
    item = Item(index, line.indent, line.style, line.ordinal, parent)
    if parent is None:
        tops.append(item)
    else:
        item.skips_level = line.indent > parent.col + STEP
        parent.entries.append(item)
    at[line.indent + STEP] = len(stack)
    stack.append(item)


def _place_text(page: Census, index: int, stack: list[Item], at: dict[int, int]) -> None:
    """Assign a line of text to the item with its indentation.

    A line without a blank line before it may be preformatted text, whose indentation means
    nothing: it stays with the line before it, unless an item matches it exactly.
    """
    line = page.lines[index]
    depth = at.get(line.indent, -1)
    exact = 0 <= depth < len(stack) and stack[depth].col + STEP == line.indent
    if exact:
        del stack[depth + 1 :]
    elif line.after_blank:
        while len(stack) > 1 and stack[-1].col + STEP > line.indent:
            stack.pop()
    stack[-1].entries.append(index)


@attrs.define(slots=True, eq=False)
class _Run:
    """One list in an item: adjacent items of one style and column, without text between them."""

    items: list[Item]
    before: int | None
    """The line of text before it; None if another list precedes it."""
    label_before: bool = False
    text_after: bool = False


def decide(page: Census, tops: list[Item], claimed: int | None) -> None:
    """Mark the items that are comments, and assign every other line to its comment.

    *claimed* is how many comments the page claims.
    """
    _mark(page, tops)
    comments = [*comments_of(tops)]
    if claimed == len(tops) < len(comments) and all(map(_may_be_steps, comments)):
        for item in comments:
            item.is_comment = item.parent is None
            item.may_have_replies = bool(item.replies)
            item.replies.clear()
        comments = tops
    for comment in comments:
        _gather(comment)
    pending = [("", tops)]
    while pending:
        prefix, siblings = pending.pop()
        for place, item in enumerate(siblings, 1):
            item.id = f"{prefix}{place}"
            pending.append((f"{item.id}.", item.replies))


def _may_be_steps(item: Item) -> bool:
    """Return whether the replies to a comment, if any, count from 1 as lists do."""
    replies = item.replies
    return not replies or (len(replies) > 1 and replies[0].ordinal == 1)


def _mark(page: Census, tops: list[Item]) -> None:
    """Mark the items that are comments by rules 1 to 4."""
    rest = tops[1:] or tops
    blanks = sum(page.lines[item.index].after_blank for item in rest) if page.has_blanks else 0
    tight_page = blanks * 2 <= len(rest)
    style = _reply_style(page, tops, tight_page=tight_page)
    stack = list(reversed(tops))
    while stack:
        item = stack.pop()
        item.is_comment = True
        for run in _runs(page, item):
            if style not in ("", run.items[0].style):
                continue
            if _is_text(page, run, tight_page=tight_page):
                if not run.text_after and (style or _has_gaps(page.lines, run)):
                    item.may_have_replies = True
                continue
            is_doubtful = _is_announced(page, run)
            for reply in run.items:
                reply.is_doubtful = is_doubtful
            item.replies.extend(run.items)
        stack.extend(reversed(item.replies))


def _runs(page: Census, item: Item) -> list[_Run]:
    """Return the lists in an item, each with what precedes and follows it."""
    runs: list[_Run] = []
    previous: int | Item = item.index
    has_label = False
    for entry in item.entries:
        if isinstance(entry, int):
            label = is_label(page.lines[entry].text)
            for run in reversed(runs):
                if run.text_after:
                    break
                run.text_after = not (label and run.label_before)
                if not run.text_after:
                    break
            has_label = has_label or label
        elif isinstance(previous, int):
            runs.append(_Run([entry], previous, has_label))
        elif (previous.style, previous.col) == (entry.style, entry.col):
            runs[-1].items.append(entry)
        else:
            runs.append(_Run([entry], None, has_label))
        previous = entry
    return runs


def _is_text(page: Census, run: _Run, *, tight_page: bool) -> bool:
    """Apply rules 1 to 3."""
    if run.text_after:
        return True
    if tight_page:
        return False
    lines = page.lines
    first, rest = run.items[0], run.items[1:]
    if not _stands_apart(lines, first):
        return True
    if len(run.items) > 1 and first.ordinal == 1 and _is_announced(page, run):
        return True
    return bool(rest) and sum(_stands_apart(lines, item) for item in rest) * 2 <= len(rest)


def _is_announced(page: Census, run: _Run) -> bool:
    """Return whether a colon introduces a list, unless it is the one in "Ann says:"."""
    text = page.lines[run.before].rest.rstrip() if run.before is not None else ""
    return text.endswith((":", "\uff1a")) and name_in_head(text) is None


def _has_gaps(lines: list[Line], run: _Run) -> bool:
    """Return whether a blank line precedes an item of a list, or of a list in it."""
    nested = (entry for item in run.items for entry in item.entries if isinstance(entry, Item))
    return any(lines[item.index].after_blank for item in (*run.items[1:], *nested))


def _stands_apart(lines: list[Line], item: Item) -> bool:
    """Return whether a blank line, a reply link or a date precedes an item."""
    if lines[item.index].after_blank:
        return True
    text = lines[item.index - 1].rest if item.index else ""
    return is_label(text) or is_date_line(text)


def _reply_style(page: Census, tops: list[Item], *, tight_page: bool) -> str:
    """Return the marker of replies on this page: the most frequent one after rules 1 to 3."""
    votes: dict[str, int] = {}
    stack = list(tops)
    while stack:
        for run in _runs(page, stack.pop()):
            if not _is_text(page, run, tight_page=tight_page):
                style = run.items[0].style
                votes[style] = votes.get(style, 0) + len(run.items)
                stack.extend(run.items)
    return max(votes, key=lambda style: (votes[style], style)) if votes else ""


def _gather(comment: Item) -> None:
    """Assign the lines of its text to a comment, including those of lists in it, in order."""
    parts = [comment]
    while parts:
        part = parts.pop()
        comment.own.append(part.index)
        for entry in part.entries:
            if isinstance(entry, int):
                comment.own.append(entry)
            elif not entry.is_comment:
                parts.append(entry)
    comment.own.sort()


def comments_of(tops: list[Item]) -> Iterator[Item]:
    """Walk over the comments, depth first."""
    stack = list(reversed(tops))
    while stack:
        item = stack.pop()
        yield item
        stack.extend(reversed(item.replies))
