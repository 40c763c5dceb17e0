"""What the writer of a comment could have read before."""

from collections.abc import Sequence

from ..model import Comment


def is_earlier(comments: Sequence[Comment], one: int, other: int) -> bool:
    """Whether comment number *one* was there when number *other* was written.

    By their times where both are known, else by where they stand: above is earlier. (An ancestor
    is earlier whatever its time says; the callers look at those first.)
    """
    a, b = comments[one].created_at, comments[other].created_at
    return a <= b and one != other if a is not None and b is not None else one < other
