"""A discussion as one immutable value: an article and the tree of comments under it.

Reading order: `_tree` (the look-ups), `_walks` (the orders of walking), `_thread` (the class),
`_sorting` (the orders of siblings), `_repair` (trees from what is none), `_digest` (the hash),
`_pickling`.
"""

from ._repair import OnCycle, OnDuplicate, OnOrphan
from ._sorting import SortKey, controversy, wilson_lower_bound
from ._thread import Repaired, Thread
from ._walks import Order

__all__ = [
    "OnCycle",
    "OnDuplicate",
    "OnOrphan",
    "Order",
    "Repaired",
    "SortKey",
    "Thread",
    "controversy",
    "wilson_lower_bound",
]
