"""Go through a thread with each comment beside the one that it answers."""

from collections.abc import Iterator

from ..model import Comment
from ..thread import Thread


def answers(thread: Thread) -> Iterator[tuple[Comment, Comment | None]]:
    """Yield each comment, in order, with the one that it answers; None: it answers the article.

    The same as `Thread.parent` of each. But in depth-first order the parent is always on the branch
    that ends at the comment before, so that nothing is looked up, which in a large thread takes
    most of the time. O(n).
    """
    branch: list[Comment] = []
    for comment in thread.comments:
        if comment.parent_id is None:
            branch.clear()
        else:
            while branch[-1].id != comment.parent_id:
                branch.pop()
        yield comment, branch[-1] if branch else None
        branch.append(comment)
