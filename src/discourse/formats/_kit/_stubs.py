"""Drop the stubs that comments read elsewhere have resolved."""

import attrs

from ...model import Status, Stub, StubKind
from ...thread import Thread


def without_resolved(thread: Thread) -> Thread:
    """Return a thread whose stubs name only comments that are not here. O(n).

    A stub is resolved when all comments that it names are here, or, where it says "continue this
    thread", when the comment above it has replies. Placeholders do not count. `edit.merge` does
    this for the stubs of the earlier part; a later part may bring a stub that an earlier one had
    already answered.
    """
    if not thread.stubs:
        return thread
    here = {comment.id for comment in thread if comment.status is not Status.MISSING}
    answered = {comment.parent_id for comment in thread if comment.id in here}
    rests = (_rest(stub, here, answered) for stub in thread.stubs)
    stubs = tuple(rest for rest in rests if rest is not None)
    return thread if stubs == thread.stubs else attrs.evolve(thread, stubs=stubs)


def _rest(stub: Stub, here: set[str], answered: set[str | None]) -> Stub | None:
    if stub.kind is StubKind.CONTINUE:
        return None if stub.parent_id in answered else stub
    ids = tuple(id for id in stub.ids if id not in here)
    if len(ids) == len(stub.ids):
        return stub
    if not ids:
        return None
    came = len(stub.ids) - len(ids)
    count = None if stub.count is None else max(stub.count - came, len(ids))
    return attrs.evolve(stub, ids=ids, count=count)
