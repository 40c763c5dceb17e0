"""Predicates about where a comment stands: `depth`, `under`, `has_replies`, `unanswered`."""

from typing import final

import attrs

from ..model import Comment
from ..thread import Thread
from . import _arguments as check
from ._predicate import Positions, Predicate, Single


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Depth(Single):
    """Holds for depths within bounds."""

    word = "depth"

    min: int | None = attrs.field(default=None, kw_only=True)
    max: int | None = attrs.field(default=None, kw_only=True)

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `depth`."""
        at, depth = thread.comments, thread.depth
        low = 0 if self.min is None else self.min
        high = len(at) if self.max is None else self.max
        return [n for n in positions if low <= depth(at[n]) <= high]


@check.named
def depth(*, min: int | None = None, max: int | None = None) -> Predicate:
    """Hold for comments with so many ancestors, both bounds included: 0 is the top level.

    Without bounds, for every comment. Raises `FieldError` where *min* is above *max*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("a1x", "a1")])
    >>> [c.id for c in select(thread, depth(min=1))], [c.id for c in select(thread, depth(max=0))]
    (['a1', 'a1x'], ['a'])
    """
    low = check.optional_count("depth(min)", min)
    high = check.optional_count("depth(max)", max)
    check.in_order("depth", low, high)
    return Depth(min=low, max=high)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Under(Single):
    """Holds for what answers a comment."""

    word = "under"

    comment: str

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `under`."""
        start = thread.position(self.comment)
        end = start + thread.size(self.comment)
        return [n for n in positions if start < n < end]


def under(comment: Comment | str) -> Predicate:
    """Hold for all that answers *comment*, directly or not; not for itself.

    Only its id is kept. Asking a thread that has no such comment raises `UnknownCommentError`.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("a1x", "a1")])
    >>> [c.id for c in select(thread, under("a"))]
    ['a1', 'a1x']
    """
    id = check.text("under(comment)", comment.id if isinstance(comment, Comment) else comment)
    if not id:
        check.refuse("under(comment)", id, "must be a comment or its id")
    return Under(id)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class HasReplies(Single):
    """Holds where somebody answered."""

    word = "has_replies"

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `has_replies`."""
        at, size = thread.comments, thread.size
        return [n for n in positions if size(at[n]) > 1]


def has_replies() -> Predicate:
    """Hold for comments that a comment of the thread answers, be it only a placeholder.

    What a source says of replies that are not here is no matter: see `unanswered`.
    """
    return HasReplies()


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Unanswered(Single):
    """Holds where nobody answered."""

    word = "unanswered"

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `unanswered`."""
        at, size = thread.comments, thread.size
        stubs = {stub.parent_id for stub in thread.stubs}
        return [
            n
            for n in positions
            if size(c := at[n]) == 1 and not c.reply_count and c.id not in stubs
        ]


def unanswered() -> Predicate:
    """Hold for comments that nobody answered, as far as is known.

    No comment of the thread answers it, the source claims no replies (its `reply_count` is 0 or not
    known), and no stub says that there are more. So it is narrower than ``~has_replies()``, which
    looks at what is here and nothing else.

    >>> from discourse.query import count, select
    >>> thread = Thread(None, [Comment("1"), Comment("2", reply_count=3), Comment("3")],
    ...                 stubs=[Stub("3")])
    >>> [c.id for c in select(thread, unanswered())], count(thread, ~has_replies())
    (['1'], 3)
    """
    return Unanswered()
