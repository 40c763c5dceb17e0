"""Match the comments of two inputs whose ids are only positions.

The first comments of two pages of a discussion have the same position but are different comments.
Two comments are the same if they have the same author, text and parent.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import TypeAlias

from ...model import Comment
from ...thread import Thread

_Said: TypeAlias = tuple[str | None, str]
"""The name of an author and a text."""


def new_ids(a: Thread, b: Thread) -> dict[str, str]:
    """Return the new ids of the comments of *b* whose ids must change to merge it with *a*.

    Two captures of one page, which agree at most positions, keep their ids: comments that differ
    were edited. Otherwise, a comment gets the id of the comment in *a* with the same name, text and
    parent. Each id is used once. Without such a comment, it gets the next free position. O(n).

    >>> from discourse import Comment, Thread
    >>> a = Thread(None, [Comment("1", text="Why?"), Comment("1.1", "1", text="Why not?")])
    >>> b = Thread(None, [Comment("1", text="No."), Comment("2", text="Why?")])
    >>> new_ids(a, b)
    {'1': '2', '2': '1'}
    """
    shared = [comment for comment in b.comments if comment.id in a]
    if sum(_agree(comment, a[comment.id]) for comment in shared) * 2 >= len(shared):
        return {}
    known: defaultdict[tuple[str | None, _Said], deque[str]] = defaultdict(deque)
    for comment in a.comments:
        known[comment.parent_id, _said(comment)].append(comment.id)
    ids: dict[str, str] = {}
    free: dict[str | None, Iterator[str]] = {}
    for comment in b.comments:
        parent = None if comment.parent_id is None else ids[comment.parent_id]
        same = known.get((parent, _said(comment)))
        if parent not in free:
            free[parent] = _free(parent, a)
        ids[comment.id] = same.popleft() if same else next(free[parent])
    return {old: new for old, new in ids.items() if old != new}


def _agree(one: Comment, other: Comment) -> bool:
    """Whether two comments have the same text, and the same name if both names are known."""
    (name, words), (other_name, other_words) = _said(one), _said(other)
    return words == other_words and (name == other_name or None in (name, other_name))


def _said(comment: Comment) -> _Said:
    name = None if comment.author is None else comment.author.name
    return name, " ".join((comment.text or "").split())


def _free(parent: str | None, taken: Thread) -> Iterator[str]:
    """Yield the free positions below a comment, in order."""
    number = len(taken.replies(parent)) if parent is None or parent in taken else 0
    while True:
        number += 1
        id = f"{number}" if parent is None else f"{parent}.{number}"
        if id not in taken:
            yield id
