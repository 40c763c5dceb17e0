"""Choose the list of a page that is its comments: every list gets points for signs around it.

Signs for it are a heading such as "6 Kommentare" before the list, a comment form after it, reply
links or "Ann says:" in its items, nested replies, an author's biography just before it, and a
position at the end of the page.
Signs against it are a preceding line that ends in a colon or says "Related posts".
The points were set by hand, so that the real pages in the tests are read correctly.
"""

import attrs

from .._phrases.furniture import (
    is_date_line,
    is_form,
    is_form_heading,
    is_label,
    is_ping,
    is_related,
    is_talk,
    name_in_head,
)
from .._phrases.headings import count_in, is_bare_heading, is_heading, is_ping_heading
from ._article_lines import has_bio_before
from ._census import STEP, Census, Line
from ._list_regions import BETWEEN, Region, regions_of

#: A list with fewer points is not comments.
_ENOUGH = 6
#: ... and one with this many may be.
_PERHAPS = 4
#: Reply links, or names with "says", in a third of the items.
_SURE = 6
#: A nested list at the end of the page, below a biography, has this many; lists of questions less.
_PLENTY = 9
#: How many items of a candidate are examined.
_SAMPLED = 60
_SENTENCE_ENDS = (".", "!", "?", "”", "…", "»", "“", '"', "。")


@attrs.frozen(slots=True)
class CommentLists:
    """The positions of the comments and their heading, as line indexes."""

    regions: tuple[Region, ...] = ()
    heading: int | None = None
    """The heading of the comments."""
    perhaps: tuple[Region, ...] = ()
    """Lists that may be comments but were not chosen."""
    rests_on_shape: bool = False
    """Whether only the shape suggests comments, without a heading or names."""


def find_comments(page: Census) -> CommentLists:
    """Return the lists of the comments, and their heading."""
    lines = page.lines
    regions = regions_of(page)
    best: Region | None = None
    best_key = (False, 0, 0)
    best_heading: int | None = None
    rests_on_shape = False
    perhaps = []
    for region in regions:
        heading = _heading_before(lines, region.start)
        score, in_items = _score(page, region, heading)
        if score >= _ENOUGH:
            pings = heading is not None and is_ping_heading(lines[heading].text)
            key = (not pings, score, region.start)
            if key > best_key:
                best, best_key, best_heading = region, key, heading
                rests_on_shape = heading is None and score < _PLENTY and in_items < _SURE
        elif score >= _PERHAPS and region.stop == len(lines):
            perhaps.append(region)
    if best is None:
        return CommentLists((), _lone_heading(lines), tuple(perhaps))
    chosen = _with_followers(page, regions, _with_lost_first(lines, best))
    return CommentLists(chosen, best_heading, rests_on_shape=rests_on_shape)


def _with_followers(page: Census, regions: list[Region], best: Region) -> tuple[Region, ...]:
    """Return the chosen list and later ones that continue it or contain its pings."""
    chosen = [best]
    for region in regions:
        if region.start < best.stop:
            continue
        last = chosen[-1]
        between = page.lines[last.stop : region.start]
        if len(between) > 2 * BETWEEN:
            break
        above = between[-1].text if between else ""
        goes_on = len(between) <= BETWEEN and _goes_on(last, region)
        if goes_on or is_ping_heading(above) or is_heading(above):
            chosen.append(region)
        elif any(is_form_heading(line.text) or is_related(line.text) for line in between):
            break
    return tuple(chosen)


def _goes_on(last: Region, region: Region) -> bool:
    """Return whether the numbers of *region* continue those of *last*."""
    return (
        region.style == "#" == last.style
        and region.base == last.base
        and last.last < region.first <= last.last + 30
    )


def _with_lost_first(lines: list[Line], region: Region) -> Region:
    """Return *region* with the indented text just before it.

    If the extractor dropped the first lines of an item, its marker is missing too.
    """
    start = region.start
    floor = max(1, region.base + STEP)
    while start > 0 and lines[start - 1].indent >= floor and not is_form(lines[start - 1].text):
        start -= 1
    return attrs.evolve(region, start=start)


# --- headings --------------------------------------------------------------------------------


def _heading_before(lines: list[Line], start: int) -> int | None:
    """Return the line that heads the list at *start*, if one is close before it."""
    bare = None
    for index in range(start - 1, max(-1, start - 1 - BETWEEN), -1):
        line = lines[index]
        if line.style and line.indent >= STEP:
            return bare
        if count_in(line.text)[0]:
            return index
        if bare is None and (is_bare_heading(line.text) or is_ping_heading(line.text)):
            bare = index
        elif bare is not None:
            return bare
        elif is_related(line.text) or (len(line.text) > 500 and not is_form(line.text)):
            return None
    return bare


def _lone_heading(lines: list[Line]) -> int | None:
    """Return the heading of comments whose list is missing.

    It is the last heading with a number that ends the page or follows a sentence, or "Comments" at
    the end of the page.
    """
    ends = (i for i, line in enumerate(lines) if line.text.rstrip().endswith(_SENTENCE_ENDS))
    first = next(ends, len(lines))
    for index in range(len(lines) - 1, -1, -1):
        if index <= first and index < len(lines) - 1:
            break
        if not lines[index].style and count_in(lines[index].text)[0]:
            return index
    return len(lines) - 1 if lines and is_ending(lines, len(lines) - 1) else None


def is_ending(lines: list[Line], index: int) -> bool:
    """Return whether a line says "Comments" and ends the page."""
    line = lines[index]
    return index == len(lines) - 1 and not line.indent and is_bare_heading(line.text)


# --- points ----------------------------------------------------------------------------------


def _score(page: Census, region: Region, heading: int | None) -> tuple[int, int]:
    """Return the points of a list, and how many of them come from its items."""
    lines = page.lines
    inside = range(region.start, region.stop)
    marked = [index for index in inside if lines[index].style]
    tops = [index for index in marked if lines[index].indent == region.base][:_SAMPLED]
    in_items = _item_points(lines, region, tops)
    # numbers and bullets in a list that has lost its indentation
    is_mixed = page.is_flat and len({lines[index].style for index in marked}) > 1
    if page.is_flat and heading is None and in_items < _SURE and not is_mixed:
        return 0, in_items
    score = in_items + _heading_points(lines, region, heading)
    score += _points_around(lines, region, heading)
    begins = region.start == 0 or has_bio_before(lines, region.start)
    has_replies = (is_mixed and begins) or any(
        lines[index].indent > region.base and (lines[index].after_blank or not page.has_blanks)
        for index in marked
    )
    score += (3 if begins else 0) + (4 if has_replies else 0)
    if heading is None and len(tops) == 1 and not has_replies:
        score -= 3
    if not page.has_blanks or sum(lines[index].after_blank for index in tops) * 2 > len(tops):
        score += 1
    elif heading is None or not count_in(lines[heading].text)[0]:
        score -= 5
    return score, in_items


def _points_around(lines: list[Line], region: Region, heading: int | None) -> int:
    """Return the points for what is just before and after a list."""
    score = 1 if all(is_form(line.text) for line in lines[region.stop : region.stop + 6]) else 0
    if any(is_form_heading(line.text) for line in lines[region.stop : region.stop + 4]):
        score += 3
    if region.start > 0 and heading != region.start - 1:
        before = lines[region.start - 1].text
        score -= 6 if before.rstrip().endswith((":", "：")) else 0
        score -= 8 if is_related(before) else 0
    return score


def _heading_points(lines: list[Line], region: Region, heading: int | None) -> int:
    """Return the points for a heading; a paragraph between it and the list makes it doubtful."""
    is_counted, count = count_in(lines[heading].text) if heading is not None else (False, 0)
    if heading is None or count == 0:
        return 0
    between = lines[heading + 1 : region.start]
    if any(len(line.text) > 100 and not is_form(line.text) for line in between):
        return 2
    return 9 if is_counted else 6


def _item_points(lines: list[Line], region: Region, tops: list[int]) -> int:
    """Return the points for reply links, names, dates and talk in the items."""
    if not tops:
        return 0
    ends = [*tops[1:], min(region.stop, tops[-1] + 40)]
    items = [lines[start:stop] for start, stop in zip(tops, ends, strict=True)]
    third = (len(tops) + 2) // 3
    points = 0
    for worth, is_sign in (
        (_SURE, lambda item: any(is_label(line.text) for line in item[1:40])),
        (_SURE, lambda item: name_in_head(item[0].rest) is not None),
        (3, lambda item: is_ping(item[0].rest)),
        (3, lambda item: any(is_date_line(line.rest) for line in item[:3] + item[-1:])),
        (2, lambda item: any(is_talk(line.rest) for line in item[:8])),
    ):
        points += worth if sum(map(is_sign, items)) >= third else 0
    return points
