"""What is doubtful about the comments that were read, told as problems."""

from ...errors import Place, Problem
from ...model import Comment
from ._find import Found
from ._lines import Census
from ._lists import Item
from ._signs import is_ending


def tell_doubts(
    page: Census,
    found: Found,
    items: list[Item],
    ids: dict[int, str],
    problems: list[Problem],
) -> None:
    base = min((region.base for region in found.regions), default=0)
    for item in items:
        kind = _doubt(page, item, base)
        if kind is None:
            continue
        line = page.lines[item.index]
        problems.append(
            Problem(kind, _DOUBTS[kind], (ids[id(item)],), (line.text,), Place(line=line.number))
        )
    if found.rests_on_shape and items:
        line = page.lines[items[0].index]
        problems.append(
            Problem(
                "maybe-not-comments",
                "only its shape says that this list is comments: it may be part of the article",
                place=Place(line=line.number),
            )
        )
    if page.is_flat and items:
        line = page.lines[items[0].index]
        problems.append(
            Problem(
                "tree-lost",
                "nothing is indented: which comment answers which cannot be told",
                place=Place(line=line.number),
            )
        )


_DOUBTS = {
    "ambiguous-list": "a list at the end of a comment is taken for replies; "
    "it may be part of the comment's text",
    "orphan-reply": "a comment is indented as a reply to one that the text does not have",
    "missing-level": "a reply is indented more than one level: the comment it answers is missing",
    "lost-marker": "a comment has no number or bullet: its beginning may be missing",
}


def _doubt(page: Census, item: Item, base: int) -> str | None:
    if item.is_doubtful:
        return "ambiguous-list"
    if not item.has_marker:
        return "lost-marker"
    if item.skips_level:
        return "missing-level"
    if item.parent is None and item.col > base and not page.is_flat:
        return "orphan-reply"
    return None


def tell_gaps(
    page: Census,
    tops: list[Item],
    items: list[Item],
    ids: dict[int, str],
    problems: list[Problem],
) -> None:
    """Report the numbers that are left out: some extractors number the comments they drop."""
    missing: list[str] = []
    at: list[str] = []
    lost = 0
    first_line: int | None = None
    for siblings in (tops, *(item.replies for item in items if item.replies)):
        expected = 1
        for item in siblings:
            if item.style != "#":
                expected += not item.has_marker
                continue
            if item.ordinal > expected:
                lost += item.ordinal - expected
                until = item.ordinal - 1
                missing.append(f"{expected}" if until == expected else f"{expected}-{until}")
                at.append(ids[id(item)])
                first_line = first_line or page.lines[item.index].number
            expected = item.ordinal + 1
    if missing:
        problems.append(
            Problem(
                "gap",
                f"the numbers before these comments leave out {lost}: "
                "that many comments may be missing",
                tuple(at),
                tuple(missing),
                Place(line=first_line),
            )
        )


def tell_counts(
    claimed: int | None,
    comments: list[Comment],
    found: Found,
    page: Census,
    problems: list[Problem],
) -> None:
    if claimed is None:
        return
    pings = sum("pingback" in comment.tags for comment in comments)
    if claimed in (len(comments), len(comments) - pings):
        return
    heading = page.lines[found.heading] if found.heading is not None else None
    problems.append(
        Problem(
            "count-differs",
            f"the page says it has {claimed} comments; {len(comments)} were found",
            values=(heading.text,) if heading else (str(claimed),),
            place=Place(line=heading.number) if heading else None,
        )
    )
    if not comments and not any(problem.kind == "maybe-comments" for problem in problems):
        problems.append(
            Problem(
                "maybe-comments",
                f"the page says it has {claimed} comments and shows no list of them: "
                "text after the article, if there is any, may be comments",
                values=(heading.text,) if heading else (str(claimed),),
                place=Place(line=heading.number) if heading else None,
            )
        )


def tell_none(
    page: Census, found: Found, claimed: int | None, end: int, problems: list[Problem]
) -> None:
    """Tell that there is no comment, unless the page says so: any text reads as an article.

    It says so by a count of zero, or by a heading of comments with nothing below it.
    *end* is where the article ends.
    """
    lines = page.lines
    ended = found.heading is not None and is_ending(lines, found.heading)
    if claimed == 0 or (ended and claimed is None):
        return
    size = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    taken = "all of the text" if end == len(lines) else f"what is above line {lines[end].number}"
    message = f"no list of comments was found in {size}; {taken} is taken for the article"
    problems.append(Problem("no-comments", message))
