"""Measures of a discussion: its shape, its people, its times, and all of it in one table.

Depth counts from 0, as `Thread.depth` does; a level is all comments of one depth. A placeholder is
a comment like others. What is not known is left out of a measure and counted in its result; a
measure that is not defined for a thread is None, never 0. Everything is linear in the number of
comments, except what sorts times or counts, and nothing recurses.

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
