"""The participants of a thread: people by the number of their comments, and their colours.

An `Author.key` is one person. Comments without an author, or whose author has no key, have an
unknown author; placeholders are counted separately.
"""

from collections import Counter

from ...model import Status
from ...thread import Thread
from ._palette import OTHERS, PEOPLE
from ._text_fit import name_of

UNKNOWN = OTHERS + 1
"""The role of comments with an unknown author."""
MISSING = OTHERS + 2
"""The role of placeholders."""

_LEAST = 2  # comments by people with a colour: with one comment each, there is nothing to follow


class Cast:
    """The people of a thread, the most active first; among equals, the earliest first."""

    def __init__(self, thread: Thread) -> None:
        counts: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self.keys: list[str | None] = []
        """The key of each comment's author; None if unknown, and for placeholders."""
        self.missing = 0
        """How many placeholders there are."""
        for comment in thread.comments:
            author = comment.author
            key = author.key if author is not None else None
            if comment.status is Status.MISSING:
                self.missing += 1
                key = None
            elif key is not None and author is not None:
                counts[key] += 1
                self.names.setdefault(key, name_of(author) or "(no name)")
            self.keys.append(key)
        self.ranked = counts.most_common()
        """The people with the numbers of their comments."""
        self.unknown = len(self.keys) - self.missing - counts.total()
        """How many comments have an unknown author."""
        self.coloured = [row for row in self.ranked[:PEOPLE] if row[1] >= _LEAST]
        """The people with a colour."""
        self._roles = {key: number for number, (key, _) in enumerate(self.coloured)}

    def role(self, key: str) -> int:
        """Return the number of a person's colour."""
        return self._roles.get(key, OTHERS)

    def roles(self, thread: Thread) -> list[int]:
        """Return the role of each comment. O(n)."""
        roles = []
        for key, comment in zip(self.keys, thread.comments, strict=True):
            nobody = MISSING if comment.status is Status.MISSING else UNKNOWN
            roles.append(nobody if key is None else self.role(key))
        return roles
