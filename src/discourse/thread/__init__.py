"""A discussion as one immutable value: an article and the tree of comments under it.

Reading order: `_thread` (the class and its look-ups), `_walks` (the orders of walking).
"""

from ._thread import Thread
from ._walks import Order

__all__ = ["Order", "Thread"]
