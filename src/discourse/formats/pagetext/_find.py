"""Which list of a page is its comments: every list is a candidate, and signs around it decide.

A heading such as "6 Kommentare" before a list, a comment form after it, reply links or "Ann says:"
in its items, replies nested in it, an author's biography just before it, its place at the end of
the page: each is a sign.
A line that ends in a colon or says "Related posts" before it is a sign against.
"""

import attrs

from .._phrases.furniture import is_form, is_form_heading, is_related
from .._phrases.headings import is_heading, is_ping_heading
from ._lines import STEP, Census, Line
from ._regions import BETWEEN, Region, regions_of
from ._signs import heading_before, lone_heading, rests_on_shape, score_of

#: A list with fewer points is not comments.
_ENOUGH = 6
#: ... and one with this many may be.
_PERHAPS = 4


@attrs.frozen(slots=True)
class Found:
    """What was found: where the comments are and what stands around them, as line indexes."""

    regions: tuple[Region, ...] = ()
    heading: int | None = None
    """The heading of the comments."""
    perhaps: tuple[Region, ...] = ()
    """Lists that may be comments and are not taken for them."""
    rests_on_shape: bool = False
    """Whether nothing but their shape says that they are comments."""


def find_comments(page: Census) -> Found:
    """Return the region of the comments and the heading that belongs to it."""
    lines = page.lines
    regions = regions_of(page)
    best: Region | None = None
    best_key = (False, 0, 0)
    best_heading: int | None = None
    perhaps = []
    for region in regions:
        heading = heading_before(lines, region.start)
        score = score_of(page, region, heading)
        if score >= _ENOUGH:
            pings = heading is not None and is_ping_heading(lines[heading].text)
            key = (not pings, score, region.start)
            if key > best_key:
                best, best_key, best_heading = region, key, heading
        elif score >= _PERHAPS and region.stop == len(lines):
            perhaps.append(region)
    if best is None:
        return Found((), lone_heading(lines), tuple(perhaps))
    return Found(
        _with_followers(page, regions, _with_lost_first(lines, best)),
        best_heading,
        rests_on_shape=rests_on_shape(page, best, best_heading, best_key[1]),
    )


def _with_followers(page: Census, regions: list[Region], best: Region) -> tuple[Region, ...]:
    """Return the list chosen and those after it that go on with it, or hold its pings."""
    chosen = [best]
    for region in regions:
        if region.start < best.stop:
            continue
        last = chosen[-1]
        between = page.lines[last.stop : region.start]
        if len(between) > 2 * BETWEEN:
            break
        if (_goes_on(last, region) and len(between) <= BETWEEN) or _is_headed(between):
            chosen.append(region)
        elif any(is_form_heading(line.text) or is_related(line.text) for line in between):
            break
    return tuple(chosen)


def _is_headed(between: list[Line]) -> bool:
    return bool(between) and (is_ping_heading(between[-1].text) or is_heading(between[-1].text))


def _goes_on(last: Region, region: Region) -> bool:
    """Return whether the numbers of *region* go on where those of *last* stopped."""
    return (
        region.style == "#" == last.style
        and region.base == last.base
        and last.last < region.first <= last.last + 30
    )


def _with_lost_first(lines: list[Line], region: Region) -> Region:
    """Return *region* with the indented text just before it.

    Where the extractor dropped the first lines of an item, its marker is gone with them.
    """
    start = region.start
    floor = max(1, region.base + STEP)
    while start > 0 and lines[start - 1].indent >= floor and not is_form(lines[start - 1].text):
        start -= 1
    return attrs.evolve(region, start=start)
