"""Choose among the readings of a page that marks up its comments in several ways."""

from collections.abc import Sequence
from typing import Any, TypeVar

import attrs

from ..._reading import Reading
from ...model import Article, Comment, Status
from ...thread import Thread

_Value = TypeVar("_Value", Article, Comment)
#: Fields that differ between readers, none of which is more reliable.
_OWN = frozenset({"id", "parent_id", "meta", "status", "text_format"})


def richest(readings: Sequence[Reading]) -> Reading:
    """Return the richest reading of a page, completed from the others. O(n).

    The reading with the most comments wins, then the one that knows more parents, then the first.
    It has each comment once. If it and another reading have one thread each, the other fills fields
    that it lacks, in the article and in comments with the same id. Times are not filled if the
    winner reports that the page's times are uncertain.
    """
    best = max(readings, key=_measure)
    if len(best.threads) != 1:
        return best
    thread = best.threads[0]
    is_uncertain = any(problem.kind == "local-time" for problem in best.problems)
    for other in readings:
        if other is not best and len(other.threads) == 1:
            thread = _filled_thread(thread, other.threads[0], is_uncertain=is_uncertain)
    return best if thread is best.threads[0] else attrs.evolve(best, threads=[thread])


def _measure(reading: Reading) -> tuple[int, int]:
    comments = [c for thread in reading.threads for c in thread if c.status is not Status.MISSING]
    return len(comments), sum(comment.parent_id is not None for comment in comments)


def _filled_thread(thread: Thread, other: Thread, *, is_uncertain: bool) -> Thread:
    article = thread.article
    if article is not None and other.article is not None:
        article = _filled(article, other.article, is_uncertain=is_uncertain)
    elif article is None:
        article = other.article
    comments = []
    for comment in thread:
        twin = other.get(comment.id)
        is_twin = twin is not None and Status.MISSING not in (twin.status, comment.status)
        comments.append(
            _filled(comment, twin, is_uncertain=is_uncertain) if twin and is_twin else comment
        )
    is_same = article is thread.article and all(
        one is two for one, two in zip(thread, comments, strict=True)
    )
    return thread if is_same else attrs.evolve(thread, article=article, comments=comments)


def _filled(value: _Value, other: _Value, *, is_uncertain: bool) -> _Value:
    """Return a value with its missing fields filled from the other."""
    changes: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        name = field.name
        if name in _OWN or (is_uncertain and name in ("created_at", "edited_at")):
            continue
        theirs = getattr(other, name)
        if getattr(value, name) in (None, ()) and theirs not in (None, ()):
            changes[name] = theirs
    if "text" in changes:
        changes["text_format"] = other.text_format
    return attrs.evolve(value, **changes) if changes else value
