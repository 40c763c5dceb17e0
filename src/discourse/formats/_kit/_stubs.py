"""Drop stubs that comments from other parts have resolved."""

import attrs

from ...model import Status, Stub, StubKind
from ...thread import Thread


def without_resolved(thread: Thread) -> Thread:
    """Return a thread whose stubs name only missing comments. O(n).

    A stub is resolved when all comments that it names exist or, for "continue this thread", when
    its parent has replies. Placeholders do not count. `edit.merge` only resolves stubs of the
    earlier part; a later part may have a stub that the earlier one already resolved.
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
