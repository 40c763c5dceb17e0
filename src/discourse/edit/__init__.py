"""Return changed copies of a thread. The original never changes.

`add`, `replace`, `remove` and `move` change one place; `graft`, `prune` and `map` change many.
`merge` combines two captures of a discussion, `diff` compares them, and `apply` applies a diff.

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
