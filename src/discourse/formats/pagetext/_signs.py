"""How much a list looks like comments, in points; the signs are told in `_find`."""

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
from .._phrases.headings import count_in, is_bare_heading, is_ping_heading
from ._article import has_bio_before
from ._lines import STEP, Census, Line
from ._regions import BETWEEN, Region

#: How many items of a candidate are looked at.
_SAMPLED = 60
#: Reply links, or names with "says", in a third of the items.
_SURE = 6
#: A nested list at the end of the page, below a biography, has as many; a list of questions less.
_PLENTY = 9


def heading_before(lines: list[Line], start: int) -> int | None:
    """Return the line that heads the list at *start*, if there is one close before it."""
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


def lone_heading(lines: list[Line]) -> int | None:
    """Return the heading of comments that are not here: with a number, or the end of the page."""
    numbered = _lone_count(lines)
    if numbered is None and lines and is_ending(lines, len(lines) - 1):
        return len(lines) - 1
    return numbered


def is_ending(lines: list[Line], index: int) -> bool:
    """Return whether a line says "Comments" and is the end of the page."""
    line = lines[index]
    return index == len(lines) - 1 and not line.indent and is_bare_heading(line.text)


def _lone_count(lines: list[Line]) -> int | None:
    """Return the last heading with a number that is the end of the page, or below a sentence."""
    first = next((i for i, line in enumerate(lines) if _has_sentence(line.text)), len(lines))
    for index in range(len(lines) - 1, -1, -1):
        if index <= first and index < len(lines) - 1:
            return None
        if not lines[index].style and count_in(lines[index].text)[0]:
            return index
    return None


def _is_mixed(lines: list[Line], region: Region) -> bool:
    """Return whether numbers and bullets stand in a list that has lost its indentation."""
    return len({line.style for line in lines[region.start : region.stop] if line.style}) > 1


def _has_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "”", "…", "»", "“", '"', "。"))


def score_of(page: Census, region: Region, heading: int | None) -> int:
    """Return the points of a list; *heading* is the line that heads it, if there is one."""
    lines = page.lines
    tops = [
        index
        for index in range(region.start, region.stop)
        if lines[index].style and lines[index].indent == region.base
    ][:_SAMPLED]
    items = _item_points(lines, region, tops)
    mixed = page.is_flat and _is_mixed(lines, region)
    if page.is_flat and heading is None and items < _SURE and not mixed:
        return 0
    score = items + _heading_points(lines, region, heading) + _points_around(lines, region, heading)
    begins = region.start == 0 or has_bio_before(lines, region.start)
    replies = _has_replies(page, region) or (mixed and begins)
    score += (3 if begins else 0) + (4 if replies else 0)
    if heading is None and len(tops) == 1 and not replies:
        score -= 3
    if _is_loose(page, tops):
        return score + 1
    return score if heading is not None and count_in(lines[heading].text)[0] else score - 5


def rests_on_shape(page: Census, region: Region, heading: int | None, score: int) -> bool:
    """Return whether nothing but its shape says that a list is comments: no heading, no names."""
    if heading is not None or score >= _PLENTY:
        return False
    lines = page.lines
    stops = range(region.start, region.stop)
    tops = [i for i in stops if lines[i].style and lines[i].indent == region.base][:_SAMPLED]
    return _item_points(lines, region, tops) < _SURE


def _points_around(lines: list[Line], region: Region, heading: int | None) -> int:
    """Return the points for what stands just before and after a list."""
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
    if heading is None or count_in(lines[heading].text)[1] == 0:
        return 0
    between = lines[heading + 1 : region.start]
    if any(len(line.text) > 100 and not is_form(line.text) for line in between):
        return 2
    return 9 if count_in(lines[heading].text)[0] else 6


def _is_loose(page: Census, tops: list[int]) -> bool:
    if not page.has_blanks:
        return True
    return sum(page.lines[index].after_blank for index in tops) * 2 > len(tops)


def _item_points(lines: list[Line], region: Region, tops: list[int]) -> int:
    """Return the points for reply links, names, dates and talk in the items."""
    if not tops:
        return 0
    ends = [*tops[1:], min(region.stop, tops[-1] + 40)]
    labels = heads = pings = dates = talk = 0
    for start, stop in zip(tops, ends, strict=True):
        item = lines[start:stop]
        labels += any(is_label(line.text) for line in item[1:40])
        heads += name_in_head(lines[start].rest) is not None
        pings += is_ping(lines[start].rest)
        dates += any(is_date_line(line.rest) for line in item[:3] + item[-1:])
        talk += any(is_talk(line.rest) for line in item[:8])
    third = (len(tops) + 2) // 3
    return (
        (_SURE if labels >= third else 0)
        + (_SURE if heads >= third else 0)
        + (3 if pings >= third else 0)
        + (3 if dates >= third else 0)
        + (2 if talk >= third else 0)
    )


def _has_replies(page: Census, region: Region) -> bool:
    """Return whether a loose list is nested in the list."""
    return any(
        line.style and line.indent > region.base and (line.after_blank or not page.has_blanks)
        for line in page.lines[region.start : region.stop]
    )
