"""New threads from old ones; the old ones are never touched.

`add`, `replace`, `remove` and `move` change one place, `graft`, `prune` and `map` many; `merge`
makes one thread of two captures of a discussion; `diff` tells what changed between them, and
`apply` does it again.

Reading order: `_places` (one place), `_branches` (many), `_merge`, `_diff`.
"""

from ._branches import graft, map, prune
from ._diff import Change, Diff, apply, diff
from ._merge import Merged, merge
from ._places import add, move, remove, replace

__all__ = [
    "Change",
    "Diff",
    "Merged",
    "add",
    "apply",
    "diff",
    "graft",
    "map",
    "merge",
    "move",
    "prune",
    "remove",
    "replace",
]
