"""Combine several readings into one: the parts of one discussion become one thread.

Reading order: `_same_discussion` (match threads), `_same_comment` (match comments whose ids are
only positions), `_merge` (merge threads and their problems).
"""

from ._merge import combined

__all__ = ["combined"]
