"""Draw a planned tree with a dot for each comment: the shape of a thread of any size.

All edges are one path, and so are all dots of a colour: a dot is a line of length zero with round
ends. A comment takes about 60 characters, and a picture of 10,000 comments a few hundred elements.
"""

import math
from collections.abc import Iterator

from ...thread import Thread
from ._palette import role
from ._participants import MISSING, UNKNOWN, Cast
from ._picture_frame import Drawing, group, number, rect, words
from ._text_fit import escaped, fit, tip, words_of
from ._tree_coordinates import Plan

ROOM = 17.0
"""The room for the words at a leaf, in ems."""
_SMALL = 11
_RING = 1.8  # pixels of the radius of the smallest ring
_GAP = 9.0  # pixels from the middle of a dot to its words


def drawing(thread: Thread, cast: Cast, plan: Plan, *, labels: bool) -> Drawing:
    """Return the drawing of a plan, with the first words of each comment if labels are on.

    The drawing is as large as its content.
    """
    left, top = min(plan.xs) / plan.scale, min(plan.ys) / plan.scale
    right, bottom = max(plan.xs) / plan.scale, max(plan.ys) / plan.scale
    room = ROOM * _SMALL + _GAP if labels else plan.dot

    def parts(x: float, y: float) -> Iterator[str]:
        move = f"translate({number(x + room - left)} {number(y + room - top)})"
        yield f'<g transform="{move}">'
        yield from _shape(plan, cast.roles(thread))
        if labels:
            yield from _labels(thread, cast, plan)
        yield "</g>"

    return Drawing(right - left + 2 * room, bottom - top + 2 * room, parts)


def _shape(plan: Plan, roles: list[int]) -> Iterator[str]:
    yield f'<g transform="scale({1 / plan.scale:.4f})" fill="none">'
    thin = max(0.3, min(1.4, plan.pitch * 0.3)) * plan.scale
    faint = max(0.55, min(1.0, plan.pitch / 4))
    stroke = f'stroke="currentColor" stroke-width="{number(thin)}"'
    yield from group(f'{role("line")} {stroke}\n opacity="{number(faint)}"', plan.edges)
    yield '<g stroke-linecap="round" stroke="currentColor">'
    wide = 2 * plan.dot * plan.scale
    groups: dict[int, list[str]] = {}
    for node, look in enumerate(roles, 1):
        groups.setdefault(look, []).append(f"M{plan.xs[node]} {plan.ys[node]}h0")
    # The most active authors are drawn last, so they are never hidden.
    for look in sorted(groups, reverse=True):
        yield from _group(look, groups[look], wide, rings=has_rings(plan))
    yield _root(plan, wide)
    yield "</g></g>"


def _labels(thread: Thread, cast: Cast, plan: Plan) -> Iterator[str]:
    """Yield labels: author and text outside leaves, along the radius; names above the others."""
    assert plan.turns is not None  # only circles have labels
    yield f'<g font-size="{_SMALL}">'
    for node, comment in enumerate(thread.comments, 1):
        x, y = plan.xs[node] / plan.scale, plan.ys[node] / plan.scale
        key = cast.keys[node - 1]
        name = cast.names[key] if key is not None else ""
        words_here = words_of(comment)
        yield f"<g><title>{escaped(tip(comment, words_here))}</title>"
        if thread.size(comment) == 1:
            text = ": ".join(part for part in (name, words_here) if part)
            yield _spoke(x, y, plan.turns[node], fit(text, ROOM))
        elif name:
            yield from _name(x, y - 9, fit(name, 9))
        yield "</g>"
    yield "</g>"


def _name(x: float, y: float, text: str) -> Iterator[str]:
    """Yield text in front of lines and dots."""
    middle = ' text-anchor="middle"'
    halo = f'{middle} stroke="currentColor" stroke-width="4" stroke-linejoin="round"'
    yield words(x, y, text, look="ground", more=halo)
    yield words(x, y, text, more=middle)


def _spoke(x: float, y: float, turn: float, text: str) -> str:
    """Return text along the radius, never upside down."""
    degrees = math.degrees(turn) % 360 - 90
    side, anchor = _GAP, ""
    if degrees > 90:
        degrees, side, anchor = degrees - 180, -_GAP, ' text-anchor="end"'
    move = f' transform="translate({number(x)} {number(y)}) rotate({number(degrees)})"'
    return words(side, 4, text, look="soft", more=anchor + move)


def has_rings(plan: Plan) -> bool:
    """Whether dots are large enough for rings. Smaller ones are filled."""
    return plan.dot >= _RING


def _group(look: int, dots: list[str], wide: float, *, rings: bool) -> Iterator[str]:
    """Yield the dots of one role. Rings are painted twice."""
    if look == MISSING:
        layers = [("line", 0.6)]
    elif look == UNKNOWN:
        layers = [("soft", 1.0), ("ground", 0.5)] if rings else [("soft", 1.0)]
    else:
        layers = [(f"p{look}", 1.0)]
    for name, share in layers:
        yield from group(f'{role(name)} stroke-width="{number(wide * share)}"', dots)


def _root(plan: Plan, wide: float) -> str:
    """Return the mark of the article: a square."""
    side = max(wide * 1.3, 7 * plan.scale)
    box = (plan.xs[0] - side / 2, plan.ys[0] - side / 2, side, side)
    return rect(role("ink"), box, side / 5, ' fill="currentColor" stroke="none"')
