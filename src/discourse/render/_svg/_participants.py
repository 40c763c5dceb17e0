"""Tell who takes part: the people by how much they wrote, and those who have a colour.

One person is one `Author.key`. Comments whose author is not known, or has no key, are nobody's;
placeholders are comments that are not here, whoever wrote them.
"""

from collections import Counter

from ...model import Status
from ...thread import Thread
from ._palette import OTHERS, PEOPLE
from ._text_fit import name_of

UNKNOWN = OTHERS + 1
"""The role of comments whose author is not known."""
MISSING = OTHERS + 2
"""The role of placeholders."""

_LEAST = 2  # comments of those who have a colour: with one each, there would be nothing to follow


class Cast:
    """The people of a thread, those who wrote most first, and the first of them among equals."""

    def __init__(self, thread: Thread) -> None:
        counts: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self.keys: list[str | None] = []
        """Whose each comment is; None for nobody's and for placeholders."""
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
        """The people with their numbers of comments."""
        self.unknown = len(self.keys) - self.missing - counts.total()
        """How many comments are nobody's."""
        self.coloured = [row for row in self.ranked[:PEOPLE] if row[1] >= _LEAST]
        """Those who have a colour."""
        self._roles = {key: number for number, (key, _) in enumerate(self.coloured)}

    def role(self, key: str) -> int:
        """Return the number of somebody's colour."""
        return self._roles.get(key, OTHERS)

    def roles(self, thread: Thread) -> list[int]:
        """Return the role of each comment. O(n)."""
        roles = []
        for key, comment in zip(self.keys, thread.comments, strict=True):
            nobody = MISSING if comment.status is Status.MISSING else UNKNOWN
            roles.append(nobody if key is None else self.role(key))
        return roles
