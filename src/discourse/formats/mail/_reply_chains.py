"""Find the parent of each message by Jamie Zawinski's algorithm, and by In-Reply-To.

https://www.jwz.org/doc/threading.html. Two things differ. Links are final, which makes the time
linear. A missing message with replies stays, even with only one reply.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Link(NamedTuple):
    """The stated place of a message."""

    id: str
    references: list[str]
    """The ids of its ancestors, its parent last."""
    in_reply_to: list[str]


class Chains:
    """The parent of each message, including missing ones.

    >>> chains = Chains([Link("c", ["a", "b"], []), Link("d", ["a"], [])])
    >>> chains.parent("c"), chains.root("c"), chains.missing
    ('b', 'a', {'b': ['c'], 'a': ['d']})
    >>> chains.parent("b")
    'a'
    """

    def __init__(self, links: Iterable[Link]) -> None:
        self._parents: dict[str, str] = {}
        self._united: dict[str, str] = {}  # disjoint sets of linked messages
        self.loops: list[tuple[str, str]] = []
        """The message and the parent of each link that would have closed a loop."""
        self.inferred: set[str] = set()
        """The messages whose place is only known from the References of others."""
        self.missing: dict[str, list[str]] = {}
        """The missing messages, with their direct replies."""
        listed = list(links)
        here = {link.id for link in listed}
        chains = [(link, _chain(link, here)) for link in listed]
        for link, chain in chains:
            if chain and link.id not in self._parents:
                self._place(link, chain, here)
        for _, chain in chains:
            for above, below in pairwise(chain):
                # A present message without a parent starts a thread, unless its parent is present.
                can_link = below not in here or above in here
                if below not in self._parents and can_link and self._link(below, above):
                    self.inferred.add(below)
        self.inferred &= here
        for link in listed:
            parent = self._parents.get(link.id)
            if parent is not None and parent not in here:
                self.missing.setdefault(parent, []).append(link.id)
        self._known = here | self.missing.keys()
        self._above: dict[str, tuple[str | None, str]] = {}

    def parent(self, id: str) -> str | None:
        """Return the nearest ancestor that is present or has replies, or None."""
        return self._ancestors(id)[0]

    def root(self, id: str) -> str:
        """Return the first ancestor, which may only be known from References."""
        return self._ancestors(id)[1]

    def _place(self, link: Link, chain: list[str], here: set[str]) -> None:
        """Link a message to its parent; present messages have priority over missing ones."""
        last = chain[-1]
        answered = [id for id in (last, *link.in_reply_to) if id in here and id in chain]
        for parent in dict.fromkeys([*answered[:1], last]):
            if self._link(link.id, parent):
                return
        self.loops.append((link.id, last))

    def _link(self, below: str, above: str) -> bool:
        """Make a link, unless it closes a loop: *below* has no parent yet, so it is a root."""
        top, other = self._find(below), self._find(above)
        if top == other:
            return False
        self._united[top] = other
        self._parents[below] = above
        return True

    def _find(self, id: str) -> str:
        path = []
        while (next_id := self._united.get(id)) is not None:
            path.append(id)
            id = next_id
        for step in path:
            self._united[step] = id
        return id

    def _ancestors(self, id: str) -> tuple[str | None, str]:
        """Return the nearest known ancestor, and the root. Amortised O(1)."""
        path = []
        at = id
        while at not in self._above and at in self._parents:
            path.append(at)
            at = self._parents[at]
        nearest, root = self._above.get(at, (None, at))
        nearest = at if at in self._known else nearest
        for step in reversed(path):
            self._above[step] = nearest, root
            nearest = step if step in self._known else nearest
        return self._above.get(id, (None, id))


def _chain(link: Link, here: set[str]) -> list[str]:
    """Return the ancestors of a message, the parent last.

    In-Reply-To is the parent if it is present and missing from References, or if there are no
    References: some programs only put the root there.
    """
    chain = [id for id in link.references if id != link.id]
    answered = [id for id in link.in_reply_to if id != link.id]
    parent = next((id for id in answered if id in here), answered[0] if answered else None)
    if parent is not None and parent not in chain and (not chain or parent in here):
        chain.append(parent)
    return chain
