"""A discussion as one immutable value: an article and the tree of comments under it.

Reading order: `_lookups` (look-ups and walks), `_thread` (the class), `_sibling_order`,
`_tree_repair`, `_digest` (the content hash), `_other_libraries` (hints for their names).
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
