"""Measure discussions: the shape of the tree, the participants, the times, and a summary.

Depth counts from 0, as in `Thread.depth`; a level is all comments of one depth. Placeholders count
as comments. Measures leave out unknown values and report how many there were. A measure that is
undefined for a thread is None, never 0. Functions are linear in the number of comments, except
those that sort times or counts, and none recurses.

Reading order: `_frozen_map` (the mapping in results), `_tree_shape`, `_participants`, `_timing`,
`_summary` (all in one).
"""

from ._participants import (
    AuthorRole,
    Participation,
    ReplyGraph,
    Role,
    Roles,
    author_roles,
    gini,
    participation,
    reciprocity,
    reply_graph,
)
from ._summary import Summary, summary
from ._timing import Activity, ResponseTimes, activity, burstiness, duration, response_times
from ._tree_shape import (
    Branching,
    branching,
    depth_distribution,
    h_index,
    levels,
    max_width,
    structural_virality,
)

__all__ = [
    "Activity",
    "AuthorRole",
    "Branching",
    "Participation",
    "ReplyGraph",
    "ResponseTimes",
    "Role",
    "Roles",
    "Summary",
    "activity",
    "author_roles",
    "branching",
    "burstiness",
    "depth_distribution",
    "duration",
    "gini",
    "h_index",
    "levels",
    "max_width",
    "participation",
    "reciprocity",
    "reply_graph",
    "response_times",
    "structural_virality",
    "summary",
]
