"""Report what a thread loses in a round trip."""

from collections.abc import Iterator
from typing import Any

import attrs

from ...errors import shown
from ...thread import Thread


def not_held(thread: Thread, again: Thread) -> tuple[str, ...]:
    """Return the differences of a thread after a round trip, except in `source`. O(n).

    >>> from discourse import Comment
    >>> not_held(Thread(None, [Comment("7", title="T")]), Thread(None, [Comment("7")]))
    ("comment '7': title cannot be held",)
    """
    if attrs.evolve(again, source=thread.source) == thread:
        return ()
    reasons = [*_differences(thread, again, "")]
    if thread.article is not None and again.article is not None:
        reasons += _differences(thread.article, again.article, "article: ")
    elif thread.article != again.article:
        reasons.append("article cannot be held")
    for comment in thread:
        held = again.get(comment.id)
        if held is not None:
            reasons += _differences(comment, held, f"comment {shown(comment.id)}: ")
    if [comment.id for comment in thread] != [comment.id for comment in again]:
        reasons.append("comments cannot be held in this order")
    return tuple(reasons)


def _differences(one: Any, other: Any, where: str) -> Iterator[str]:  # noqa: ANN401 - values of the model
    for field in attrs.fields(type(one)):
        name = field.name
        if name not in ("article", "comments", "source") and getattr(one, name) != getattr(
            other, name
        ):
            yield f"{where}{name} cannot be held"
