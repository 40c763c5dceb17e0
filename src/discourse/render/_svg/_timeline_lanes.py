"""Place each comment with a time in a timeline: its lane, and its height in the lane."""

from collections import Counter
from typing import NamedTuple

from ...thread import Thread
from .._wording import many
from ._palette import OTHERS
from ._participants import Cast
from ._time_axis import LAST, moment

_LEAST = 10.0  # seconds that are shown, at least
_AIR = 0.02  # of the time shown, before the first comment and after the last
_OFFSETS = (0, 4, -4, 8, -8)
"""Offsets in pixels, one after another, of dots that would otherwise overlap."""


class Lane(NamedTuple):
    """A row of a timeline."""

    name: str
    total: int
    """The number of its comments with a time."""
    look: str
    """The role that decides its colour."""


class Dot(NamedTuple):
    """A comment with a time."""

    time: float
    """Seconds from the year 1."""
    position: int
    """Its position in the thread."""
    lane: int


def dots_and_lanes(thread: Thread, cast: Cast, most: int) -> tuple[list[Dot], list[Lane]]:
    """Return the comments with a time, earliest first, and their lanes.

    *most* people have their own lane, or one more if only one person would be left.
    """
    times = [
        (moment(comment.created_at), position)
        for position, comment in enumerate(thread.comments)
        if comment.created_at is not None
    ]
    times.sort()
    keys = cast.keys
    counts = Counter(keys[position] for _, position in times)
    known = [key for key, _ in cast.ranked if key in counts]
    ranked = sorted(known, key=counts.__getitem__, reverse=True)  # a stable sort
    own = ranked if len(ranked) == most + 1 else ranked[:most]
    rest = ranked[len(own) :]
    places: dict[str | None, int] = {key: place for place, key in enumerate(own)}
    lanes = [Lane(cast.names[key], counts[key], f"p{cast.role(key)}") for key in own]
    if rest:
        places.update(dict.fromkeys(rest, len(lanes)))
        who = many(len(rest), "other" if own else "person", "others" if own else "people")
        lanes.append(Lane(who, sum(counts[key] for key in rest), f"p{OTHERS}"))
    if None in counts:
        places[None] = len(lanes)
        lanes.append(Lane("unknown author", counts[None], "soft"))
    return [Dot(time, position, places[keys[position]]) for time, position in times], lanes


def span(dots: list[Dot]) -> tuple[float, float]:
    """Return the first and last second to show: at least 10 apart, and valid as datetimes."""
    if not dots:
        return 0.0, _LEAST
    first, last = dots[0].time, dots[-1].time
    air = max((last - first) * _AIR, (_LEAST - (last - first)) / 2)
    start = min(max(first - air, 0.0), first)
    return start, max(min(last + air, LAST), last, start + 1.0)


def offsets(dots: list[Dot], lanes: int, near: float) -> list[int]:
    """Return the vertical offset in pixels of each dot in its lane.

    A dot less than *near* seconds after the previous one in its lane takes the next of a few
    heights. Any other dot is in the middle.
    """
    before, level = [float("-inf")] * lanes, [0] * lanes
    moves = []
    for dot in dots:
        lane = dot.lane
        level[lane] = (level[lane] + 1) % len(_OFFSETS) if dot.time - before[lane] < near else 0
        before[lane] = dot.time
        moves.append(_OFFSETS[level[lane]])
    return moves
