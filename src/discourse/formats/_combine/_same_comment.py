"""Find the comments of one input in another, where ids are only positions and so name nothing.

The first comment of the second page is no other capture of the first comment of the first page.
What tells is the words: a comment is the same if the same person says the same, in answer to the
same.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import TypeAlias

from ...model import Comment
from ...thread import Thread

_Said: TypeAlias = tuple[str | None, str]
"""Who says what."""


def new_ids(a: Thread, b: Thread) -> dict[str, str]:
    """Return which ids comments of *b* get beside *a*, for those that get another.

    Two captures of one page, which agree at most positions, keep the ids they have: what differs
    was edited. Otherwise a comment gets the id of the one in *a* that says the same, by one of the
    same name if any, under the same parent, each at most once; and one that *a* has not gets the
    next free position. O(n).

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
    given: dict[str, str] = {}
    free: dict[str | None, Iterator[str]] = {}
    for comment in b.comments:
        parent = None if comment.parent_id is None else given[comment.parent_id]
        same = known.get((parent, _said(comment)))
        if parent not in free:
            free[parent] = _free(parent, a)
        given[comment.id] = same.popleft() if same else next(free[parent])
    return {old: new for old, new in given.items() if old != new}


def _agree(one: Comment, other: Comment) -> bool:
    """Whether two comments say the same, by one of the same name as far as that is known."""
    (name, words), (other_name, other_words) = _said(one), _said(other)
    return words == other_words and (name == other_name or None in (name, other_name))


def _said(comment: Comment) -> _Said:
    name = None if comment.author is None else comment.author.name
    return name, " ".join((comment.text or "").split())


def _free(parent: str | None, taken: Thread) -> Iterator[str]:
    """Yield the positions below a comment that nothing has yet, in order."""
    number = len(taken.replies(parent)) if parent is None or parent in taken else 0
    while True:
        number += 1
        id = f"{number}" if parent is None else f"{parent}.{number}"
        if id not in taken:
            yield id
