"""Conversations: posts that name the post they answer, where the first post is the article."""

from collections.abc import Mapping

import attrs

from ...model import Status
from ...thread import Thread
from ._builder import Builder


class Conversations:
    """The conversation of each post, inferred from what each post answers.

    >>> conversations = Conversations({"a": None, "b": "a", "c": "b", "e": "d"})
    >>> builder = Builder("bar")
    >>> [conversations.thread_of_reply(builder, to) for to in ("a", "b", "d")]
    [('a', None), ('a', 'b'), ('d', 'd')]
    """

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        """Take a mapping from the id of each post to the id of the post that it answers. O(n)."""
        self._parents = parents
        self._roots = _roots(parents)

    def thread_of_reply(self, builder: Builder, parent: str) -> tuple[str, str | None]:
        """Return the key of the thread of a reply to a post, and the `Comment.parent_id`.

        The key is the id of the first post. If that post is missing, or if posts answer each other
        in a loop, the article is unknown.
        """
        root = self._roots.get(parent, parent)
        is_rootless = self._parents.get(root, root) is not None
        builder.thread(root).is_rootless = is_rootless
        return root, None if parent == root and not is_rootless else parent


def _roots(parents: Mapping[str, str | None]) -> dict[str, str]:
    roots: dict[str, str] = {}
    for id in parents:
        at: str | None = id
        chain = []
        root = id
        while at is not None and at not in roots:
            roots[at] = root = at  # until the root is known; a loop returns to it
            chain.append(at)
            at = parents.get(at)
        if at is not None:
            root = roots[at]
        for step in chain:
            roots[step] = root
    return roots


def answering_article(thread: Thread) -> Thread:
    """Return a thread without a placeholder for the article; its replies become top-level.

    A part without the first post has a placeholder for it, but another part has the post itself.
    """
    id = thread.article.id if thread.article is not None else None
    placeholder = thread.get(id) if id is not None else None
    if placeholder is None or placeholder.status is not Status.MISSING:
        return thread
    return attrs.evolve(
        thread,
        comments=[
            attrs.evolve(comment, parent_id=None) if comment.parent_id == id else comment
            for comment in thread
            if comment.id != id
        ],
        stubs=[
            attrs.evolve(stub, parent_id=None) if stub.parent_id == id else stub
            for stub in thread.stubs
        ],
    )
