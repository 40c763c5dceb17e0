"""Find every list of a page: where it begins, and where it ends."""

import attrs

from .._phrases.furniture import is_form
from .._phrases.headings import count_in, is_heading
from ._census import STEP, Census

#: How many lines may be between a heading and its list (notices, the form, a sort menu).
BETWEEN = 8


@attrs.frozen(slots=True)
class Region:
    """The lines of one list, from its first item to the last line of its last item."""

    start: int
    stop: int
    base: int
    """The column of its markers."""
    style: str
    first: int
    """The ordinal of the first item."""
    last: int
    """The ordinal of the last item."""


def regions_of(page: Census) -> list[Region]:
    """Return every list at the margin of the page, or under a heading of comments."""
    lines = page.lines
    if page.is_flat:
        return _flat_regions(page)
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        if lines[index].style and lines[index].indent >= STEP:
            region = _region(page, index)
            regions.append(region)
            index = region.stop
        else:
            index += 1
    return regions


def _region(page: Census, start: int) -> Region:
    """Follow one list from its first marker to where it ends."""
    lines = page.lines
    base = lines[start].indent
    style = lines[start].style
    first = last = lines[start].ordinal
    index = start + 1
    while index < len(lines):
        line = lines[index]
        if line.style and line.indent <= base:
            if line.indent < STEP or (line.indent == base and line.style != style):
                break
            if line.indent < base:  # the list began with replies whose parent was dropped
                base, style, first = line.indent, line.style, line.ordinal
            last = line.ordinal if line.style == style else last
        elif not line.style and _ends(page, index, base):
            break
        index += 1
    return Region(start, index, base, style, first, last)


def _flat_regions(page: Census) -> list[Region]:
    """Return the one list of a page without indentation: below a heading, or the longest count."""
    lines = page.lines
    start = _flat_start(page)
    if start is None:
        return []
    stop = start + 1
    while stop < len(lines) and not is_form(lines[stop].text):
        stop += 1
    return [Region(start, stop, 0, lines[start].style, lines[start].ordinal, 0)]


def _flat_start(page: Census) -> int | None:
    """Return the first item below the last heading that has one, or of the longest count."""
    lines = page.lines
    below_heading: int | None = None
    heading = -BETWEEN
    has_heading = False
    chain: dict[int, int] = {}
    for index, line in enumerate(lines):
        if not line.style:
            heading = index if is_heading(line.text) else heading
            has_heading = has_heading or (heading == index and index > BETWEEN)
        elif index - heading <= BETWEEN:
            below_heading = index
            heading = -BETWEEN
        if line.style != "#" or (page.has_blanks and not line.after_blank):
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        is_typed = below is not None and bool(below.style) and not below.after_blank
        if line.ordinal == 1 and not is_typed:
            chain[1] = index
        elif line.ordinal - 1 in chain:
            chain[line.ordinal] = chain[line.ordinal - 1]
    if below_heading is not None or has_heading:
        return below_heading
    return chain[max(chain)] if len(chain) > 1 else None


def _ends(page: Census, index: int, base: int) -> bool:
    """Return whether the text at *index* is no longer part of the list."""
    line = page.lines[index]
    if line.indent < base + STEP:
        return not _is_inside(page, index, base)
    # the heading of comments inside an outer list
    return count_in(line.text)[0] and any(
        below.style and below.indent >= line.indent
        for below in page.lines[index + 1 : index + 1 + BETWEEN // 2]
    )


def _is_inside(page: Census, index: int, base: int) -> bool:
    """Return whether a line at the margin is preformatted text inside an item.

    Some extractors drop the indentation of all but the first line of such text. It directly follows
    text of the item, without a blank line, and the list continues after it.
    """
    lines = page.lines
    if lines[index].after_blank or lines[index - 1].style or not page.has_blanks:
        return False
    for line in lines[index + 1 : index + 40]:
        if line.after_blank:
            return line.indent >= base + (0 if line.style else STEP)
    return False
