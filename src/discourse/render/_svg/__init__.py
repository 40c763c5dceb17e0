"""Provide `svg` and `timeline`, pictures of a thread.

Reading order: `_words` (outside text in XML), `_colours`, `_cast` (who has which), `_document` (the
frame of a picture), `_tidy` (where the nodes of a tree go), `_plan` (in whole numbers), `_cards` (a
small thread), `_dots` (a large one), `_tree` (`svg`), `_ticks` (of the axis of time), `_timeline`.
"""

from ._timeline import timeline
from ._tree import Layout, svg

__all__ = ["Layout", "svg", "timeline"]
