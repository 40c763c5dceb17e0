"""Provide `svg` and `timeline`, pictures of a thread.

Reading order: `_wording` (outside text in XML), `_palette`, `_participants` (who has which), `_picture_frame` (the
frame of a picture), `_tidy_layout` (where the nodes of a tree go), `_tree_coordinates` (in whole numbers), `_card_tree` (a
small thread), `_dot_tree` (a large one), `_tree_picture` (`svg`), `_time_axis` (of the axis of time), `_timeline`.
"""

from ._timeline import timeline
from ._tree_picture import Layout, svg

__all__ = ["Layout", "svg", "timeline"]
