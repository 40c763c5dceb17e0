"""`timeline`: a picture of who spoke when: a lane for each person, a dot for each comment."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Final

from ..._expect import expect_thread
from ...errors import FieldError
from ...thread import Thread
from .._inline import Svg
from .._wording import many
from ._palette import role
from ._participants import Cast
from ._picture_frame import (
    HEADING,
    MARGIN,
    document,
    group,
    heading,
    number,
    rect,
    title_of,
    words,
)
from ._text_fit import fit
from ._time_axis import labels, step_for, ticks, time_in_words
from ._timeline_lanes import dots_and_lanes, offsets, span

_WIDTH: Final = 1_000.0
_LEFT: Final = 176.0  # where the plot starts: the names are before it
_PLOT: Final = _WIDTH - _LEFT - MARGIN
_LANE: Final = 30.0
_BARS: Final = 64.0  # the height of the numbers by time
_TOP: Final = HEADING + _BARS + 12  # where the lanes start
_AXIS: Final = 44.0
_FOOT: Final = 22.0
_TICK: Final = 90.0  # pixels between two ticks, at least
_BAR: Final = 5.0  # and of a bar
_RADIUS: Final = 4.0
_ARCS: Final = 200
"""The most comments for which replies are drawn by default."""
_MOST: Final = 50
_FINE: Final = ' font-size="11"'


def timeline(thread: Thread, *, lanes: int = 10, replies: bool | None = None) -> Svg:
    """Return a picture of who spoke when in *thread*, as an SVG document.

    Time runs to the right, in UTC. The bars at the top count all comments. Below, each of the most
    active people has a lane, all others share one, and so do comments with an unknown author.

    Args:
        thread: The thread.
        lanes: How many people have their own lane, from 0 to 50.
        replies: Whether to draw a line from each comment to its replies. The default is to do so
            for up to 200 comments.

    Comments without `created_at` are not drawn; a line at the bottom counts them. Placeholders with
    a time are drawn in the lane of unknown authors. The height of a dot in its lane only separates
    dots at almost the same time. The picture adapts to light and dark mode; like `svg`, it runs
    nothing and loads nothing. O(n log n).

    >>> picture = timeline(Thread(None, [Comment("1", text="At last.")]))
    >>> "1 comment without a time is not drawn" in picture
    True
    """
    expect_thread(thread)
    if type(lanes) is not int or not 0 <= lanes <= _MOST:
        raise FieldError("render", "timeline(lanes)", lanes, f"must be an int from 0 to {_MOST}")
    if replies is not None and type(replies) is not bool:
        raise FieldError("render", "timeline(replies)", replies, "must be True, False or None")
    return _Plot(thread, lanes).picture(replies=replies)


class _Plot:
    def __init__(self, thread: Thread, lanes: int) -> None:
        self.thread = thread
        self.cast = Cast(thread)
        self.dots, self.lanes = dots_and_lanes(thread, self.cast, lanes)
        self.start, self.end = span(self.dots)
        self.bottom = _TOP + len(self.lanes) * _LANE
        near = 2 * _RADIUS / _PLOT * (self.end - self.start)
        moves = offsets(self.dots, len(self.lanes), near)
        self.xs = [self.x(dot.time) for dot in self.dots]
        self.ys = [
            _TOP + (dot.lane + 0.5) * _LANE + move
            for dot, move in zip(self.dots, moves, strict=True)
        ]

    def x(self, time: float) -> float:
        return _LEFT + (time - self.start) / (self.end - self.start) * _PLOT

    def picture(self, *, replies: bool | None) -> Svg:
        if replies is None:
            replies = len(self.dots) <= _ARCS
        without = len(self.thread) - len(self.dots)
        foot = self.bottom + _AXIS if self.dots else HEADING
        return document(
            "timeline",
            (_WIDTH, foot + (_FOOT if without else 0) + 8),
            f"{title_of(self.thread)}: who spoke when",
            self._description(without),
            chain(
                heading(
                    self.thread, self.cast, _WIDTH, f"{self._period()} (UTC)" if self.dots else ""
                ),
                self._plot(replies=replies) if self.dots else (),
                [words(MARGIN, foot + 8, _missing(without), look="soft")] if without else (),
            ),
        )

    def _plot(self, *, replies: bool) -> Iterator[str]:
        yield from self._names()
        yield from self._axis()
        yield from self._bars()
        if replies:
            yield from self._replies()
        yield from self._dots()

    # -- in words --------------------------------------------------------------------------------

    def _period(self) -> str:
        first, last = self.dots[0].time, self.dots[-1].time
        start, end = (time_in_words(time, last - first) for time in (first, last))
        return start if start == end else f"{start} to {end}"

    def _description(self, without: int) -> str:
        parts = [f"A timeline of {many(len(self.dots), 'comment')}"]
        if self.dots:
            parts[0] += f", {self._period()} (UTC)"
            parts += [f"{lane.name[:60]}: {lane.total:,}" for lane in self.lanes]
        if without:
            parts.append(_missing(without))
        return "; ".join(parts) + "."

    # -- in lines and dots -----------------------------------------------------------------------

    def _axis(self) -> Iterator[str]:
        step = step_for(self.end - self.start, int(_PLOT / _TICK))
        times = ticks(self.start, self.end, step)
        line = f"V{number(self.bottom)}"
        grid = "".join(f"M{number(self.x(tick))} {number(HEADING)}{line}" for tick in times)
        base = f"M{number(_LEFT)} {number(self.bottom)}h{number(_PLOT)}"
        thin = 'fill="none" stroke="currentColor"'
        yield f'<path {role("line")} {thin} stroke-opacity="0.45" d="{grid}"/>'
        yield f'<path {role("line")} {thin} d="{base}"/>'
        middle = f'{_FINE} text-anchor="middle"'
        for tick, (label, rest) in zip(times, labels(times, step), strict=True):
            yield words(self.x(tick), self.bottom + 16, label, look="soft", more=middle)
            if rest:
                yield words(self.x(tick), self.bottom + 31, rest, look="soft", more=middle)
        yield words(MARGIN, self.bottom + 16, "UTC", look="soft", more=_FINE)

    def _bars(self) -> Iterator[str]:
        step = step_for(self.end - self.start, int(_PLOT / _BAR))
        edges = [self.start, *ticks(self.start, self.end, step), self.end]
        times = [dot.time for dot in self.dots]
        places = [*(bisect_left(times, edge) for edge in edges[:-1]), len(times)]
        counts = [later - earlier for earlier, later in pairwise(places)]
        most = max(counts)
        base = HEADING + _BARS
        moves = []
        for (left, right), count in zip(pairwise(map(self.x, edges)), counts, strict=True):
            if count:
                high, wide = number(_BARS * count / most), number(max(right - left - 1, 1))
                moves.append(f"M{number(left)} {number(base)}v-{high}h{wide}v{high}z")
        yield f'<path {role("soft")} fill="currentColor" fill-opacity="0.7" d="{"".join(moves)}"/>'
        unit = f"comments {'a' if step.many == 1 else 'in'} {step.name}"
        for line, text in enumerate((unit, f"at most {most:,}")):
            yield words(MARGIN, base - 18 + 15 * line, text, look="soft", more=_FINE)

    def _names(self) -> Iterator[str]:
        for place, lane in enumerate(self.lanes):
            y = _TOP + place * _LANE
            if place % 2 == 0:
                box = (MARGIN / 2, y, _WIDTH - MARGIN, _LANE)
                yield rect(role("card"), box, 4, ' fill="currentColor" fill-opacity="0.8"')
            name = fit(lane.name, 9.5)
            yield words(MARGIN, y + 19, name)
            count = f"{lane.total:,}"
            yield words(_LEFT - 12, y + 19, count, look="soft", more=_FINE + ' text-anchor="end"')

    def _replies(self) -> Iterator[str]:
        """Yield lines from comments to their replies, if both have a time."""
        places = {dot.position: place for place, dot in enumerate(self.dots)}
        comments, position = self.thread.comments, self.thread.position
        moves = []
        for place, dot in enumerate(self.dots):
            parent = comments[dot.position].parent_id
            above = None if parent is None else places.get(position(parent))
            if above is not None:
                moves.append(self._reply(above, place))
        yield from group(f'{role("line")} fill="none" stroke="currentColor"', moves)

    def _reply(self, above: int, below: int) -> str:
        across, fall = self.xs[below] - self.xs[above], self.ys[below] - self.ys[above]
        start = f"M{number(self.xs[above])} {number(self.ys[above])}"
        half, end = number(across / 2), f"{number(across)} {number(fall)}"
        if self.dots[above].lane == self.dots[below].lane:  # over the dots between them
            return f"{start}q{half} {number(-min(abs(across) / 2, 13))} {end}"
        return f"{start}c{half} 0 {half} {number(fall)} {end}"

    def _dots(self) -> Iterator[str]:
        """Yield the dots of each lane as one path: lines of length zero with round ends."""
        groups: list[list[str]] = [[] for _ in self.lanes]
        for dot, x, y in zip(self.dots, self.xs, self.ys, strict=True):
            groups[dot.lane].append(f"M{number(x)} {number(y)}h0")
        crowded = len(self.dots) > 10 * _ARCS
        wide = f'stroke-width="{number(_RADIUS if crowded else 2 * _RADIUS)}"'
        for lane, moves in zip(self.lanes, groups, strict=True):
            stroke = f'stroke="currentColor" stroke-linecap="round" {wide}'
            yield from group(f"{role(lane.look)} {stroke}", moves)


def _missing(count: int) -> str:
    verb = "is" if count == 1 else "are"
    return f"{many(count, 'comment')} without a time {verb} not drawn"
