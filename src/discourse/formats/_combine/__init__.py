"""Combine several readings into one: the parts of one discussion become one thread.

Reading order: `_same_discussion` (which threads belong together), `_same_comment` (which comments
are the same where ids are only positions), `_merge` (the threads and their problems).
"""

from ._merge import combined

__all__ = ["combined"]
