"""What stands around the comments: where the article ends, the count claimed, the furniture."""

from ...errors import Place, Problem
from .._phrases.furniture import is_dated_with_time, is_form, is_form_heading
from .._phrases.headings import (
    count_in,
    ends_in_count,
    is_bare_heading,
    is_heading,
    is_ping_heading,
)
from ._find import Found
from ._lines import Census, Line
from ._signs import is_ending

#: How many lines at the top of a page may be small print, and are no tail.
_TOP = 6
#: So many lines with a date and a time of day, and no list, look like comments.
_DATED = 3
#: A comment form has no more lines than this; what is longer may be comments below it.
_FORM_LENGTH = 30


def article_end(page: Census, found: Found) -> int:
    """Return the index of the first line below the article."""
    if found.heading is not None:
        end = found.heading
    elif found.regions:
        end = found.regions[0].start
    else:
        end = _tail_start(page.lines)
    while found.regions and end and _is_above_heading(page.lines, end - 1):
        end -= 1
    return end


def _is_above_heading(lines: list[Line], index: int) -> bool:
    """Return whether a line just above the comments is furniture (a number, a second heading)."""
    text = lines[index].text.strip()
    return index > 0 and (is_bare_heading(text) or (text.isdecimal() and len(text) < 7))


def _tail_start(lines: list[Line]) -> int:
    """Return where the form at the foot of a page without comments begins."""
    for index in range(_TOP, len(lines)):
        if is_form_heading(lines[index].text):
            return index
    return len(lines)


def claimed_in(page: Census, found: Found) -> int | None:
    """Return the number of comments that the page claims to have."""
    if found.heading is None:
        return _count_at_top(page, found)
    claimed = count_in(page.lines[found.heading].text)[1]
    if claimed is None and found.heading:
        above = page.lines[found.heading - 1].text.strip()
        if above.isdecimal() and len(above) < 7:
            return int(above)
    return _count_at_top(page, found) if claimed is None else claimed


def _count_at_top(page: Census, found: Found) -> int | None:
    """Return the number in the small print at the top of a page, above the comments."""
    end = min(_TOP, found.regions[0].start) if found.regions else _TOP
    counts = (ends_in_count(line.text) for line in page.lines[:end])
    return next((count for count in counts if count is not None), None)


def around(
    page: Census, found: Found, end: int, problems: list[Problem]
) -> tuple[list[str], list[str]]:
    """Return the furniture above and below the comments; report what is neither.

    *end* is where the article ends.
    """
    lines = page.lines
    start = found.regions[0].start if found.regions else len(lines)
    if not found.regions:
        after = _without_list(lines, end, found, problems)
        return [], after
    before = [line.text for line in lines[end:start] if not _is_canonical(line.text)]
    after = []
    for one, two in zip(found.regions, found.regions[1:], strict=False):
        after.extend(_rest(lines, one.stop, two.start, problems))
    after.extend(_rest(lines, found.regions[-1].stop, len(lines), problems))
    return before, after


def canonical_heading(count: int | None) -> str:
    """Return the heading that says *count* and no more."""
    return "Comments" if count is None else f"{count} Comment{'' if count == 1 else 's'}"


def _is_canonical(text: str) -> bool:
    """Return whether the model says all that a heading says, so that it need not be kept."""
    return text == canonical_heading(count_in(text)[1])


def _rest(lines: list[Line], start: int, stop: int, problems: list[Problem]) -> list[str]:
    """Return the lines below a list that are furniture; report the others as one problem."""
    furniture: list[str] = []
    unknown: list[Line] = []
    in_form = False
    for line in lines[start:stop]:
        in_form = in_form or is_form_heading(line.text)
        if in_form or is_form(line.text) or is_heading(line.text) or is_ping_heading(line.text):
            furniture.append(line.text)
        else:
            unknown.append(line)
    if unknown:
        problems.append(
            Problem(
                "text-after-comments",
                "text below the comments is part of neither the article nor a comment",
                values=tuple(line.text for line in unknown),
                place=Place(line=unknown[0].number),
            )
        )
    return furniture


def _without_list(lines: list[Line], end: int, found: Found, problems: list[Problem]) -> list[str]:
    """Tell what may be comments on a page where no list of them is."""
    problems.extend(
        _perhaps(lines[region.start : region.stop], "the list that ends the page")
        for region in found.perhaps
    )
    tail = lines[end:]
    if found.heading is None or is_ending(lines, found.heading):
        dated = [i for i, line in enumerate(lines) if is_dated_with_time(line.text)]
        if len(dated) >= _DATED and dated[0] < end:
            start = max(0, dated[0] - 1)
            problems.append(_perhaps(lines[start:end], "the text from here on"))
    if found.heading is None and len(tail) <= _FORM_LENGTH:
        return [line.text for line in tail]
    heading = [line.text for line in tail[:1] if not _is_canonical(line.text)]
    furniture, loose = _split_tail(tail[1:], after_form=found.heading is not None)
    if loose:
        problems.append(_perhaps(loose, "the text below the article"))
    return heading + furniture


def _split_tail(tail: list[Line], *, after_form: bool) -> tuple[list[str], list[Line]]:
    """Part the lines below an article into furniture and what may be comments."""
    furniture: list[str] = []
    loose: list[Line] = []
    in_form = False
    for line in tail:
        in_form = in_form or (after_form and is_form_heading(line.text))
        if in_form or is_form(line.text):
            furniture.append(line.text)
        else:
            loose.append(line)
    return furniture, loose


def _perhaps(lines: list[Line], what: str) -> Problem:
    return Problem(
        "maybe-comments",
        f"{what} may be comments, but nothing shows where one ends and the next begins",
        values=tuple(line.text for line in lines),
        place=Place(line=lines[0].number),
    )
