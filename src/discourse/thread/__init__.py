"""A discussion as one immutable value: an article and the tree of comments under it.

Reading order: `_lookups` (the look-ups and walks), `_thread` (the class), `_sibling_order`,
`_tree_repair` (trees from what is none), `_digest` (the hash), `_other_libraries` (their names).
"""

from ._sibling_order import controversy, wilson_lower_bound
from ._thread import Repaired, Thread
from ._tree_repair import OnCycle, OnDuplicate, OnOrphan

__all__ = [
    "OnCycle",
    "OnDuplicate",
    "OnOrphan",
    "Repaired",
    "Thread",
    "controversy",
    "wilson_lower_bound",
]
