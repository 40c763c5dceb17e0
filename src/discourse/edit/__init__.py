"""New threads from old ones; the old ones are never touched.

`add`, `replace`, `remove` and `move` change one place, `graft`, `prune` and `map` many; `merge`
makes one thread of two captures of a discussion; `diff` tells what changed between them, and
`apply` does it again.

Reading order: `_edits`, `_merge_captures`, `_diff`.
"""

from ._diff import Change, Diff, apply, diff
from ._edits import add, graft, map, move, prune, remove, replace
from ._merge_captures import Merged, merge

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
