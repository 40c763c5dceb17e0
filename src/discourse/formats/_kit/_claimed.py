"""Compare the claimed numbers of replies with the actual ones, once all parts are merged."""

from itertools import accumulate

import attrs

from ...model import Status, Stub
from ...thread import Thread


def with_claimed(thread: Thread) -> Thread:
    """Return a thread with a stub below each comment that claims more replies than exist. O(n).

    This is for sources whose `reply_count` counts all descendants. An existing stub keeps its kind
    and cursor, and gets the count. Stubs where nothing is missing are removed, as are those of the
    top level if the article claims no more comments than exist.

    >>> from discourse import Comment
    >>> thread = Thread(None, [Comment("1", reply_count=3), Comment("2", "1")])
    >>> with_claimed(thread).stubs
    (Stub(parent_id='1', count=2),)
    """
    absent = [*accumulate((c.status is Status.MISSING for c in thread.comments), initial=0)]
    article = thread.article
    claimed = article.comment_count if article is not None else None
    lacking: dict[str | None, int] = {}
    if claimed is not None:
        lacking[None] = claimed - len(thread) + absent[-1]
    for at, comment in enumerate(thread.comments):
        if comment.reply_count is not None:
            end = at + thread.size(comment)
            lacking[comment.id] = comment.reply_count - (end - at - 1) + absent[end] - absent[at]
    stubs = [stub for stub in thread.stubs if lacking.get(stub.parent_id, 1) > 0]
    known = {stub.parent_id for stub in stubs}
    stubs = [_counted(stub, lacking.get(stub.parent_id)) for stub in stubs]
    stubs += [
        Stub(id, count=count)
        for id, count in lacking.items()
        if id is not None and count > 0 and id not in known
    ]
    return thread if tuple(stubs) == thread.stubs else attrs.evolve(thread, stubs=stubs)


def _counted(stub: Stub, count: int | None) -> Stub:
    """Return a stub below a comment with the number of missing replies."""
    return stub if count is None or stub.parent_id is None else attrs.evolve(stub, count=count)
