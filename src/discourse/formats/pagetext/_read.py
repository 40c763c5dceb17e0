"""From the text of a page to its `Reading`: the parts are put together and accounted for here."""

import attrs

from ...errors import ParseError, Place, Problem
from ...model import Comment, Source
from ...thread import Thread
from .._base import Reading
from ._around import around, article_end, claimed_in
from ._article import article_of
from ._comments import comment_of
from ._doubts import tell_counts, tell_doubts, tell_gaps, tell_none
from ._find import Found, find_comments
from ._lines import Census, census
from ._lists import Item, comments_of, decide, items_of

#: What ``Thread.meta`` and ``Thread.source`` say of the ids that are made here.
IDS = "position"
SOURCE = Source("pagetext", version="1; ids from position")


def parse(text: str, *, heads: bool = False, url: str | None = None) -> Reading:
    """Read the plain text of a page: an article and, where they can be told, its comments."""
    _refuse_surrogates(text)
    page = census(text)
    found = find_comments(page)
    problems: list[Problem] = []
    comments, inferred = _comments(page, found, problems, heads=heads)
    end = article_end(page, found)
    before, after = around(page, found, end, problems)
    claimed = claimed_in(page, found)
    heading = page.lines[found.heading].text if found.heading is not None else None
    article = article_of(page.lines[:end], heading=heading, comment_count=claimed)
    tell_counts(claimed, comments, found, page, problems)
    if not comments:
        tell_none(page, found, claimed, end, problems)
    meta: dict[str, object] = {"ids": IDS}
    if before or after:
        meta["furniture"] = {"before": before, "after": after}
    source = SOURCE if url is None else attrs.evolve(SOURCE, url=url)
    thread = Thread(article, comments, source=source, meta=meta)
    return Reading((thread,), tuple(problems), inferred=inferred)


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise ParseError(
            "the text has a lone surrogate, which is no character",
            place=Place(line=line, offset=error.start),
        ) from None


# --- comments ------------------------------------------------------------------------------


def _comments(
    page: Census, found: Found, problems: list[Problem], *, heads: bool
) -> tuple[list[Comment], frozenset[str]]:
    """Return the comments, depth first, and the ids of those whose parent is a guess."""
    tops: list[Item] = []
    for region in found.regions:
        tops.extend(items_of(page, region.start, region.stop))
    decide(page, tops)
    items = list(comments_of(tops))
    ids = _ids(tops)
    comments = []
    for item in items:
        parent = ids[id(item.parent)] if item.parent is not None else None
        comments.append(comment_of(page, item, ids[id(item)], parent, heads=heads))
    tell_doubts(page, found, items, ids, problems)
    tell_gaps(page, tops, items, ids, problems)
    return comments, frozenset(c.id for c in comments if c.parent_id is not None)


def _ids(tops: list[Item]) -> dict[int, str]:
    """Return the place of each comment as its id: ``7``, its second reply ``7.2``."""
    ids: dict[int, str] = {}
    stack: list[tuple[str, list[Item]]] = [("", tops)]
    while stack:
        prefix, siblings = stack.pop()
        for place, item in enumerate(siblings, 1):
            ids[id(item)] = f"{prefix}{place}"
            if item.replies:
                stack.append((f"{prefix}{place}.", item.replies))
    return ids
