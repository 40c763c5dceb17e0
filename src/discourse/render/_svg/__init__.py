"""`svg` and `timeline`: pictures of a thread.

Reading order: `_text_fit` (untrusted text in XML), `_palette`, `_participants` (who has which
colour), `_picture_frame` (document, heading, legend); for `svg` in `_tree_picture`: `_tidy_layout`
(positions of the nodes), `_tree_coordinates` (in whole numbers), `_card_tree` (a small thread),
`_dot_tree` (a large one); for `timeline` in `_timeline`: `_time_axis`, `_timeline_lanes`.
"""

from ._timeline import timeline
from ._tree_picture import svg

__all__ = ["svg", "timeline"]
