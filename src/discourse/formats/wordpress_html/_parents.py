"""Who answers whom: by the ids of wpDiscuz, by printed depth, and only then by nesting."""

from ...errors import Problem
from ._find import Item


def parents(items: list[Item], problems: list[Problem]) -> tuple[list[Item | str | None], set[int]]:
    """Return the parent of each comment, and the places of those that had to be guessed.

    A parent is a comment, or its id where the page need not have it. Depth goes before nesting,
    since themes close the wrong element, or none, and WordPress counts by itself.
    """
    found: list[Item | str | None] = []
    guessed: set[int] = set()
    above: list[Item] = []  # the comments by which a deeper one can be meant
    lost: list[str] = []
    for place, item in enumerate(items):
        if item.depth is not None:
            while above and (above[-1].depth or 0) >= item.depth:
                above.pop()
        if item.parent is not None:
            found.append(None if item.parent == "0" else item.parent)
        elif item.depth is None:
            found.append(item.outer)
            if item.outer is not None:
                guessed.add(place)
        else:
            found.append(above[-1] if above else None)
            if item.depth - 1 != ((above[-1].depth or 0) if above else 0):
                lost.append(item.number or "?")
                guessed.add(place)
        if item.depth is not None:
            above.append(item)
    if lost:
        message = f"{len(lost)} comments are deeper than what they answer by more than one level"
        problems.append(Problem("missing-level", message, tuple(lost)))
    return found, guessed | _flattened(items)


def _flattened(items: list[Item]) -> set[int]:
    """Return the places of the comments that may answer one of their own depth.

    Below the depth that a site allows, WordPress prints replies as siblings of what they answer,
    and offers no reply link: so where only the deepest comments lack one, their parents are unsure.
    """
    deepest = max((item.depth or 0 for item in items), default=0)
    last = [item for item in items if item.depth == deepest]
    others = any(item.has_reply_link for item in items if item.depth != deepest)
    if deepest < 2 or not others or any(item.has_reply_link for item in last):
        return set()
    return {place for place, item in enumerate(items) if item.depth == deepest}
