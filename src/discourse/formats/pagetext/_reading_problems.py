"""Report what is doubtful about the comments."""

from collections.abc import Iterator
from itertools import pairwise

from ...errors import Place, Problem
from ...model import Comment
from .._phrases.furniture import is_label
from ._census import STEP, Census, Line
from ._item_tree import Item
from ._list_choice import CommentLists, is_ending

_TEXT_OR_REPLIES = (
    "ambiguous-list",
    "a list at the end of a comment was read as part of its text; it may be replies",
)
_REPLIES_OR_TEXT = (
    "ambiguous-list",
    "a list at the end of a comment was read as replies; it may be part of the comment's text",
)
_ORPHAN = ("orphan-reply", "a comment is indented as a reply, but its parent is missing")
_NO_PARENT = (
    "missing-level",
    "a reply is indented by more than one level: the comment it answers is missing",
)
_NO_MARKER = ("lost-marker", "a comment has no number or bullet: its beginning may be missing")
_TOO_FAR_IN = (
    "lost-marker",
    "text is indented more than its comment: it may be a reply without a number or bullet",
)
_BELOW_LABEL = (
    "lost-marker",
    "text is below the reply link of a comment: it may be another without a number or bullet",
)
_MAYBE_NOT = "this list looks like comments only by its shape: it may be part of the article"
_TREE_LOST = "nothing is indented: which comment answers which is unknown"


def problem_at(
    line: Line | None,
    kind: str,
    message: str,
    *,
    ids: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
) -> Problem:
    """Return a problem at a line of the text."""
    return Problem(kind, message, ids, values, Place(line=line.number) if line else None)


def doubts(page: Census, lists: CommentLists, items: list[Item]) -> list[Problem]:
    """Return what is doubtful about single comments, and about the lists as a whole."""
    problems = []
    base = min((region.base for region in lists.regions), default=0)
    for item in items:
        line = page.lines[item.index]
        problems += [
            problem_at(line, kind, message, ids=(item.id,), values=(line.text,))
            for kind, message in _doubts(page, item, base)
        ]
    first = page.lines[items[0].index] if items else None
    if lists.rests_on_shape and first:
        problems.append(problem_at(first, "maybe-not-comments", _MAYBE_NOT))
    if page.is_flat and first:
        problems.append(problem_at(first, "tree-lost", _TREE_LOST))
    return problems


def _doubts(page: Census, item: Item, base: int) -> Iterator[tuple[str, str]]:
    """Yield the kinds and messages of what is doubtful about a comment."""
    if item.is_doubtful:
        yield _REPLIES_OR_TEXT
    elif not item.has_marker:
        yield _NO_MARKER
    elif item.skips_level:
        yield _NO_PARENT
    elif item.parent is None and item.col > base and not page.is_flat:
        yield _ORPHAN
    if item.may_have_replies:
        yield _TEXT_OR_REPLIES
    first = page.lines[item.index]
    width = max(2 * STEP, len(first.text) - len(first.rest) + 1)  # some align texts with texts
    texts = (page.lines[entry] for entry in item.entries if isinstance(entry, int))
    if any(line.after_blank and line.indent >= item.col + width for line in texts):
        yield _TOO_FAR_IN
    labels = [is_label(page.lines[index].text) for index in item.own[1:]]
    if any(label and not below for label, below in pairwise(labels)):
        yield _BELOW_LABEL


def gaps(page: Census, tops: list[Item], items: list[Item]) -> list[Problem]:
    """Return the missing numbers: some extractors count the comments they drop."""
    missing: list[str] = []
    below: list[Item] = []
    count = 0
    for siblings in (tops, *(item.replies for item in items)):
        expected = 1
        for item in siblings:
            if item.style != "#":
                expected += not item.has_marker
                continue
            if item.ordinal > expected:
                last = item.ordinal - 1
                count += item.ordinal - expected
                missing.append(f"{expected}" if last == expected else f"{expected}-{last}")
                below.append(item)
            expected = item.ordinal + 1
    if not missing:
        return []
    message = f"the numbers before these comments skip {count}: that many comments may be missing"
    first, ids = page.lines[below[0].index], tuple(item.id for item in below)
    return [problem_at(first, "gap", message, ids=ids, values=tuple(missing))]


def false_claim(
    page: Census, lists: CommentLists, claimed: int | None, comments: list[Comment]
) -> list[Problem]:
    """Return a problem if the page claims another number of comments, with or without pings."""
    pings = sum("pingback" in comment.tags for comment in comments)
    if claimed in (None, len(comments), len(comments) - pings):
        return []
    heading = page.lines[lists.heading] if lists.heading is not None else None
    values = (heading.text if heading else str(claimed),)
    message = f"the page claims {claimed} comments; {len(comments)} were found"
    return [problem_at(heading, "count-differs", message, values=values)]


def unseen_comments(
    page: Census, lists: CommentLists, claimed: int | None, end: int, problems: list[Problem]
) -> list[Problem]:
    """Return the problems of a page without comments, unless it says that there are none.

    A count of zero says so, or a heading of comments with nothing below it. Any other text is read
    as an article. *end* is where the article ends.
    """
    lines = page.lines
    heading = lines[lists.heading] if lists.heading is not None else None
    is_ended = lists.heading is not None and is_ending(lines, lists.heading)
    if claimed == 0 or (is_ended and claimed is None):
        return []
    reported = []
    if claimed is not None and all(problem.kind != "maybe-comments" for problem in problems):
        message = (
            f"the page claims {claimed} comments but has no list of them: "
            "any text after the article may be comments"
        )
        values = (heading.text if heading else str(claimed),)
        reported.append(problem_at(heading, "maybe-comments", message, values=values))
    size = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    part = "all of the text" if end == len(lines) else f"the text above line {lines[end].number}"
    message = f"no list of comments was found in {size}; {part} was read as the article"
    return [*reported, Problem("no-comments", message)]
