"""`svg`: the shape of a thread as a picture, as a tidy or radial tree."""

from itertools import chain
from typing import Literal, TypeAlias

from ..._expect import expect_thread
from ...errors import FieldError
from ...thread import Thread
from .._inline import Svg
from .._wording import many
from . import _card_tree, _dot_tree
from ._participants import Cast
from ._picture_frame import HEADING, MARGIN, Legend, document, heading, title_of
from ._tidy_layout import places, shape, wedges
from ._tree_coordinates import across, round_about

Layout: TypeAlias = Literal["tree", "radial"]
"""The layout of the tree."""

_MOST = 1_000
"""The most comments that can have labels."""
_NARROWEST = 560
_USUAL = (60, 10)
"""The most comments and levels that have labels by default."""


def svg(thread: Thread, *, layout: Layout = "tree", labels: bool | None = None) -> Svg:
    """Return the shape of *thread* as an SVG document.

    The article is the root. Replies are in the order of the thread. Each comment is centred between
    its first and last reply, and comments of a level do not overlap if there is room.

    Args:
        thread: The thread.
        layout: ``"tree"`` grows to the right, from top to bottom in the order of the page;
            ``"radial"`` grows outward, with a circle for each level, clockwise from the top.
        labels: Whether to show the author and first words of each comment. The default is to do so
            for up to 60 comments and 10 levels. At most 1,000 comments can have labels.

    The four most active people have a colour, and all others are grey. Comments with an unknown
    author are rings, and placeholders are small dots (in a labelled tree, dashed cards). The
    picture adapts to light and dark mode. It is a complete document, and can also be embedded in
    HTML. All text is cleaned and escaped; the picture has no scripts, links or references.

    Without labels, a picture is at most about 1,000 by 1,200 pixels, however large the thread, and
    has about 60 characters per comment. O(n); for the layout see Buchheim, Jünger and Leipert,
    "Improving Walker's Algorithm to Run in Linear Time" (2002).

    >>> picture = svg(Thread(Article("Bridge to close"), [Comment("1", text="At last.")]))
    >>> picture.splitlines()[1]
    '<title id="discourse-tree-title">Bridge to close: 1 comment</title>'
    """
    expect_thread(thread)
    _check(thread, layout, labels)
    tree = shape(thread)
    levels = max(tree.depths)
    if labels is None:
        labels = len(thread) <= _USUAL[0] and levels <= _USUAL[1]
    cast = Cast(thread)
    rings = True
    if layout == "tree" and labels:
        drawing = _card_tree.drawing(thread, cast, tree, places(tree))
    else:
        radial = layout == "radial"
        plan = round_about(tree, wedges(tree)) if radial else across(tree, places(tree))
        drawing = _dot_tree.drawing(thread, cast, plan, labels=labels and radial)
        rings = _dot_tree.has_rings(plan)
    width = max(drawing.width + 2 * MARGIN, _NARROWEST)
    legend = Legend(cast, width, rings=rings)
    top = HEADING + drawing.height + MARGIN
    return document(
        layout,
        (width, top + legend.height),
        f"{title_of(thread)}: {many(len(thread), 'comment')}",
        _description(thread, cast, layout, levels),
        chain(
            heading(thread, cast, width, many(levels, "level") if levels else ""),
            drawing.parts((width - drawing.width) / 2, HEADING),
            legend.parts(top),
        ),
    )


def _check(thread: Thread, layout: object, labels: object) -> None:
    if layout not in ("tree", "radial"):
        raise FieldError("render", "svg(layout)", layout, "must be one of tree, radial")
    if labels is not None and type(labels) is not bool:
        raise FieldError("render", "svg(labels)", labels, "must be True, False or None")
    if labels and len(thread) > _MOST:
        reason = f"must not be True for more than {_MOST:,} comments"
        raise FieldError("render", "svg(labels)", labels, reason)


def _description(thread: Thread, cast: Cast, layout: str, levels: int) -> str:
    """Return a description of the picture, for screen readers."""
    how = "from left to right" if layout == "tree" else "that grows outward"
    top = sum(1 for comment in thread.comments if comment.parent_id is None)
    size = f"{many(len(thread), 'comment')} in {many(levels, 'level')}"
    parts = [
        f"A tree {how}: {size}, {top:,} at the top level",
        many(len(cast.ranked), "known author"),
    ]
    if cast.coloured:
        most = ", ".join(f"{cast.names[key][:60]} ({count:,})" for key, count in cast.coloured)
        parts.append(f"most were written by {most}")
    if cast.unknown:
        parts.append(f"unknown author: {cast.unknown:,}")
    if cast.missing:
        parts.append(f"missing, with a placeholder: {cast.missing:,}")
    return "; ".join(parts) + "."
