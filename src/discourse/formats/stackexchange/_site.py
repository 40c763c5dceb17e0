"""Join the questions, answers and comments of a Stack Exchange site."""

from collections import Counter

import attrs

from ..._markup.html import unescape
from ...model import Author, Comment
from .._base import Reading
from .._kit import Builder, Draft, Node, Shared

_MOST_USERS = 100_000  # cached while streaming, to save memory


class Site:
    """Collects questions, answers, comments and users, and joins them at the end.

    The ids of posts have the prefix ``p``, those of comments ``c``.
    """

    def __init__(self) -> None:
        self.builder = Builder("stackexchange", platform="stackexchange")
        self.users: dict[str, Author] = {}
        """The users by their ids."""
        self.owners = Shared(_owner)
        """Builds the authors of API objects."""
        self.idle: set[str] = set()
        """The listed users that nothing refers to."""
        self.accepted: set[str] = set()
        """The ids of accepted answers."""
        self.others: Counter[str] = Counter()
        """How many items of each kind were not read."""
        self._question_of: dict[str, str] = {}
        self._waiting: list[tuple[Node, Comment, str | None]] = []  # comments with their posts

    def answer(self, node: Node, answer: Comment, question: str | None) -> None:
        """Add an answer."""
        if question is not None:
            self._question_of[answer.id] = question
        self.builder.comment(node, answer, question)

    def comment(self, node: Node, comment: Comment, post: str | None) -> None:
        """Add a comment on a post; only the other files may show what the post is."""
        self._waiting.append((node, comment, post))

    def reading(self) -> Reading:
        """Return all threads that are not finished yet."""
        for node, comment, post in self._waiting:
            question = self._question_of.get(post or "")
            if question is not None:
                comment = attrs.evolve(comment, parent_id=post)
            self.builder.comment(node, comment, question or post)
        for draft in self.builder.threads.values():
            self._tag_accepted(draft)
        if self.idle:
            self.others["users who wrote nothing here"] = len(self.idle)
        for kind, count in self.others.items():
            message = f"{count:,} {kind} were not read"
            self.builder.log.add("not-recognised", message, values=(kind, count))
        return self.builder.reading()

    def _tag_accepted(self, draft: Draft) -> None:
        for at, comment in enumerate(draft.comments):
            if comment.id in self.accepted and "accepted" not in comment.tags:
                draft.comments[at] = attrs.evolve(comment, tags=comment.tags | {"accepted"})

    def finished(self, key: str) -> Reading:
        """Return the reading of a thread, and forget its state."""
        draft = self.builder.threads[key]
        self._tag_accepted(draft)
        for comment in draft.comments:
            self._question_of.pop(comment.id, None)
            self.accepted.discard(comment.id)
        if len(self.users) > _MOST_USERS:
            self.users.clear()
        return self.builder.finished(key)

    def is_complete(self, key: str) -> bool:
        """Whether a question is present with all the answers it counts."""
        draft = self.builder.threads.get(key)
        if draft is None or draft.article is None:
            return False
        count = draft.article.meta.get("AnswerCount")
        return isinstance(count, int) and count <= len(draft.comments)


def _owner(owner: Node) -> Author | None:
    """Return the author of an API object; names are HTML-escaped there."""
    id, name = owner.id("user_id"), owner.label("display_name")
    if id is None and name is None:
        return None
    return Author(
        unescape(name) if name is not None else None,
        id,
        url=owner.label("link"),
        avatar_url=owner.label("profile_image"),
        is_bot=True if id == "-1" else None,
        meta=owner.rest(),
    )
