"""Find where a comment prints its time: for machines, and for people."""

import re
from collections.abc import Iterator

from .._phrases.furniture import is_date_line
from ._clock import time_in
from ._comment_finder import Item
from ._comment_text import CommentElements
from ._page_index import Page, class_test, fragment_of, word_set

#: Elements with the date, the surest first: of wpDiscuz, of WordPress core, of themes.
_DATES = (
    word_set("wpd-comment-date wc-comment-date"),
    word_set(
        """comment-date comment_date comment-time comment_time comment__date comment__time
        comment-datetime comment-timestamp comment__timestamp wp-block-comment-date"""
    ),
    word_set("comment-metadata comment-permalink comment-date-link comment-link"),
    word_set("commentmetadata comment-meta comment_meta date time published posted-on"),
)
LONGEST_DATE = 100
_LONG_DATE = 40  # characters beyond which only the words with digits are the date
_LONGEST_SOURCE = 20 * LONGEST_DATE
_is_off_date = class_test(
    r"reply|edit|says|comment[-_]{0,2}(?:author|reply|edit|quote|direct).{0,40}|vcard|fn"
)
_STAMPS = {"time": "datetime", "abbr": "title"}
_EDITS = ("del", "ins")  # which have times of their own
EDGES = " |·•/,–—-#"
_LONGEST_TIME = 20
#: A time of day alone, as of themes whose permalink has no more.
_ONLY_TIME = re.compile(r"\D{0,12}[0-9]{1,2}(?:[:.h][0-9]{2}){1,2}\D{0,12}")
_YEAR = re.compile(  # and another number
    r"[0-9]\D.{0,20}?(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{2}\D.{0,20}?[0-9]"
)


def stamps_in(page: Page, items: list[Item]) -> Iterator[str]:
    """Yield the machine-readable times that a page prints for its comments."""
    for item in items:
        for node in item.nodes:
            if page.tree.names[node] in ("a", "time"):
                yield page.attribute(node, "datetime")


def stamp_and_date(elements: CommentElements) -> tuple[str | None, str | None]:
    """Return the time of a comment for machines, and as it is printed for people."""
    tree = elements.tree
    printed: str | None = None
    for node in elements.nodes:
        name, attributes = tree.names[node], elements.page.attributes[node]
        if name in _EDITS or (name not in _STAMPS and "datetime" not in attributes):
            continue
        stamp = attributes.get(_STAMPS.get(name, "datetime"), "").strip()
        if name == "abbr" and not time_in(stamp):
            continue
        printed = tree.string(node)[:LONGEST_DATE] or printed
        if stamp:
            return stamp, printed
        break
    return None, printed or _printed_date(elements)


def _printed_date(elements: CommentElements) -> str | None:
    page, tree = elements.page, elements.tree
    for group in _DATES:
        nodes = elements.having(group)
        for node in nodes:
            title = page.attribute(node, "title")
            line = title if any(map(str.isdigit, title)) else _line(page, node)
            if line and node != elements.body:
                behind = (  # the time of day in an element of its own
                    at
                    for at in nodes
                    if at >= tree.lasts[node] and tree.parents[at] == tree.parents[node]
                )
                beside = next(behind, None)
                time = (_line(page, beside) or "") if beside is not None else ""
                return _with_day(elements, node, f"{line} {time}".strip()[:LONGEST_DATE])
    for at in elements.named("a"):
        if fragment_of(page.attribute(at, "href")) and (line := _line(page, at)):
            return _with_day(elements, at, line)
    return None


def _with_day(elements: CommentElements, node: int, line: str) -> str:
    """Return a date; where it is only a time of day, with the day that is around it."""
    outer = elements.tree.parents[node]
    if len(line) <= _LONGEST_TIME and _ONLY_TIME.fullmatch(line) and outer != elements.body:
        around = _line(elements.page, outer)
        if around is not None and line in around:
            return around
    return line


def any_date(elements: CommentElements) -> str | None:
    """Return the first text of a comment that is a date, wherever it is outside the body."""
    page, tree, body = elements.page, elements.tree, elements.body
    for node in elements.item.nodes:
        if tree.names[node] or (body is not None and page.is_in(node, body)):
            continue
        if page.size(node) <= _LONGEST_SOURCE:
            line = " ".join(tree.string(node).split()).strip(EDGES)
            has_year = body is not None and len(line) <= _LONG_DATE and _YEAR.search(line)
            if "<" not in line and (is_date_line(line) or has_year):
                return line
    return None


def _line(page: Page, node: int) -> str | None:
    """Return the text of an element that may be a date: short, with a digit in it."""
    tree = page.tree
    if page.size(node) > _LONGEST_SOURCE:
        return None
    is_list = page.has(node, "comment-meta", "comment_meta", "commentmetadata", "comment-metadata")
    beside = frozenset(
        at
        for at in range(node + 1, tree.lasts[node])
        if _is_off_date(page.classes[at])
        or (is_list and tree.names[at] == "a" and not any(map(str.isdigit, tree.string(at))))
    )
    line = tree.string(node, beside).strip(EDGES)
    if len(line) > _LONG_DATE or (beside and page.has(node, "comment-meta", "comment_meta")):
        words = (tree.string(at) for at in range(node, tree.lasts[node]) if not tree.names[at])
        line = " ".join(each for each in words if any(map(str.isdigit, each))).strip(EDGES)
    is_date = len(line) <= LONGEST_DATE and any(map(str.isdigit, line))
    return line if is_date and "<" not in line else None  # a tag in which the page is cut off
