"""Measures of a discussion: its shape, its people, its times, and all of it in one table.

Levels are counted from the article: the comments that answer it are level 1, their replies level 2
(a comment's level is its `Thread.depth` and one). A placeholder is a comment like others. What is
not known is left out of a measure and counted in its result; a measure that is not defined for a
thread is None, never 0. Everything is linear in the number of comments, but for what sorts times or
counts, and nothing recurses.

Reading order: `_shape` (levels and branches), `_people` (who answers whom, who writes how much),
`_roles` (who starts and who answers), `_times` (how fast), `_rhythm` (when), `_summary` (all in
one); `_frozen` is the mapping that results are made of, `_answers` a way to go through a thread.
"""

from ._frozen import FrozenMap
from ._people import (
    Participation,
    ReplyGraph,
    gini,
    participation,
    reciprocity,
    reply_graph,
)
from ._rhythm import Activity, activity, burstiness
from ._roles import AuthorRole, Role, Roles, author_roles
from ._shape import (
    Branching,
    branching,
    depth_distribution,
    h_index,
    max_depth,
    max_width,
    structural_virality,
)
from ._summary import Summary, summary
from ._times import ResponseTimes, duration, response_times

__all__ = [
    "Activity",
    "AuthorRole",
    "Branching",
    "FrozenMap",
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
    "max_depth",
    "max_width",
    "participation",
    "reciprocity",
    "reply_graph",
    "response_times",
    "structural_virality",
    "summary",
]
