"""Find what surrounds the comments: the end of the article, the claimed count, the furniture."""

from collections.abc import Callable

from ...errors import Problem, shown
from .._phrases.furniture import is_dated_with_time, is_form, is_form_heading
from .._phrases.headings import (
    count_in,
    ends_in_count,
    is_bare_heading,
    is_heading,
    is_ping_heading,
)
from ._census import Census, Line
from ._list_choice import CommentLists, is_ending
from ._reading_problems import problem_at

#: How many lines at the top of a page may be small print.
_TOP = 6
#: This many lines with a date and a time, without a list, look like comments.
_DATED = 3
#: The most lines a comment form has; longer ones may have comments below the form.
_FORM_LENGTH = 30


def article_end(page: Census, lists: CommentLists) -> int:
    """Return the index of the first line below the article."""
    lines = page.lines
    if lists.heading is not None:
        end = lists.heading
    elif lists.regions:
        end = lists.regions[0].start
    else:  # the form at the foot of a page without comments
        tail = range(_TOP, len(lines))
        end = next((at for at in tail if is_form_heading(lines[at].text)), len(lines))
    while lists.regions and end > 1:  # a number or a second heading above the comments
        above = lines[end - 1].text.strip()
        if not (is_bare_heading(above) or _is_count(above)):
            break
        end -= 1
    return end


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < 7


def claimed_in(page: Census, lists: CommentLists) -> int | None:
    """Return the number of comments the page claims: in the heading, above it, or at the top."""
    if lists.heading is not None:
        claimed = count_in(page.lines[lists.heading].text)[1]
        above = page.lines[lists.heading - 1].text.strip() if lists.heading else ""
        if claimed is None and _is_count(above):
            return int(above)
        if claimed is not None:
            return claimed
    end = min(_TOP, lists.regions[0].start) if lists.regions else _TOP
    counts = (ends_in_count(line.text) for line in page.lines[:end])
    return next((count for count in counts if count is not None), None)


def around(
    page: Census, lists: CommentLists, end: int, problems: list[Problem]
) -> tuple[list[str], list[str]]:
    """Return the furniture above and below the comments; report any other lines.

    *end* is where the article ends.
    """
    lines = page.lines
    if not lists.regions:
        return [], _below_article(lines, end, lists, problems)
    before = [
        line.text for line in lines[end : lists.regions[0].start] if not _is_canonical(line.text)
    ]
    after = []
    starts = [*(region.start for region in lists.regions[1:]), len(lines)]
    for region, start in zip(lists.regions, starts, strict=True):
        below = lines[region.stop : start]
        furniture, unknown = _parted(below, is_form, is_heading, is_ping_heading)
        after += furniture
        if unknown:
            size = "1 line" if len(unknown) == 1 else f"{len(unknown):,} lines"
            message = (
                f"{size} below the comments, from {shown(unknown[0].text)} on, "
                "are neither a comment nor known furniture"
            )
            values = tuple(line.text for line in unknown)
            problems.append(problem_at(unknown[0], "text-after-comments", message, values=values))
    return before, after


def canonical_heading(count: int | None) -> str:
    """Return the heading that only states *count*."""
    return "Comments" if count is None else f"{count} Comment{'' if count == 1 else 's'}"


def _is_canonical(text: str) -> bool:
    """Return whether a heading adds nothing to the model and need not be stored."""
    return text == canonical_heading(count_in(text)[1])


def _below_article(
    lines: list[Line], end: int, lists: CommentLists, problems: list[Problem]
) -> list[str]:
    """Return the furniture of a page without a list of comments; report what may be comments."""
    problems.extend(
        _perhaps(lines[region.start : region.stop], "the list that ends the page")
        for region in lists.perhaps
    )
    tail = lines[end:]
    if lists.heading is None or is_ending(lines, lists.heading):
        dated = [at for at, line in enumerate(lines) if is_dated_with_time(line.text)]
        if len(dated) >= _DATED and dated[0] < end:
            start = max(0, dated[0] - 1)
            problems.append(_perhaps(lines[start:end], "the text from here on"))
    if lists.heading is None and len(tail) <= _FORM_LENGTH:
        return [line.text for line in tail]
    heading = [line.text for line in tail[:1] if not _is_canonical(line.text)]
    furniture, loose = _parted(tail[1:], is_form, has_form=lists.heading is not None)
    if loose:
        problems.append(_perhaps(loose, "the text below the article"))
    return heading + furniture


def _parted(
    lines: list[Line], *tests: Callable[[str], bool], has_form: bool = True
) -> tuple[list[str], list[Line]]:
    """Return the furniture among some lines, which includes all from the form on; the others."""
    furniture: list[str] = []
    others: list[Line] = []
    in_form = False
    for line in lines:
        in_form = in_form or (has_form and is_form_heading(line.text))
        if in_form or any(test(line.text) for test in tests):
            furniture.append(line.text)
        else:
            others.append(line)
    return furniture, others


def _perhaps(lines: list[Line], what: str) -> Problem:
    message = f"{what} may be comments, but nothing shows where one ends and the next begins"
    return problem_at(
        lines[0], "maybe-comments", message, values=tuple(line.text for line in lines)
    )
