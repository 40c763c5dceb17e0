"""Find what each message answers, by the algorithm of Jamie Zawinski, and by In-Reply-To.

https://www.jwz.org/doc/threading.html. Two things differ. Links are made once and never undone,
which takes linear time. A message that is not here and is answered stays, with one reply too.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Link(NamedTuple):
    """What a message says of its place."""

    id: str
    references: list[str]
    """The ids of what it answers, the last of which is its parent."""
    in_reply_to: list[str]


class Chains:
    """The parent of each message, of those that are not here too.

    >>> chains = Chains([Link("c", ["a", "b"], []), Link("d", ["a"], [])])
    >>> chains.parent("c"), chains.root("c"), chains.missing
    ('b', 'a', {'b': ['c'], 'a': ['d']})
    >>> chains.parent("b")
    'a'
    """

    def __init__(self, links: Iterable[Link]) -> None:
        self._parents: dict[str, str] = {}
        self._united: dict[str, str] = {}  # disjoint sets: what is linked already
        self.loops: list[tuple[str, str]] = []
        """The message and the parent of each link that was left out, since it closes a loop."""
        self.inferred: set[str] = set()
        """The messages whose place only the References of others tell."""
        self.missing: dict[str, list[str]] = {}
        """What is answered and is not here, with its direct replies."""
        listed = list(links)
        here = {link.id for link in listed}
        chains = [(link, _chain(link, here)) for link in listed]
        for link, chain in chains:
            if chain and link.id not in self._parents:
                self._place(link, chain, here)
        for _, chain in chains:
            for above, below in pairwise(chain):
                # What is here and names no parent starts a thread, unless its parent is here too.
                is_told = below not in here or above in here
                if below not in self._parents and is_told and self._link(below, above):
                    self.inferred.add(below)
        self.inferred &= here
        for link in listed:
            parent = self._parents.get(link.id)
            if parent is not None and parent not in here:
                self.missing.setdefault(parent, []).append(link.id)
        self._known = here | self.missing.keys()
        self._above: dict[str, tuple[str | None, str]] = {}

    def parent(self, id: str) -> str | None:
        """Return the nearest ancestor that is here or answered; None where there is none."""
        return self._ancestors(id)[0]

    def root(self, id: str) -> str:
        """Return the first ancestor, which may be known from References alone."""
        return self._ancestors(id)[1]

    def _place(self, link: Link, chain: list[str], here: set[str]) -> None:
        """Link a message to what it answers: what is here goes before what is not."""
        last = chain[-1]
        answered = [id for id in (last, *link.in_reply_to) if id in here and id in chain]
        for parent in dict.fromkeys([*answered[:1], last]):
            if self._link(link.id, parent):
                return
        self.loops.append((link.id, last))

    def _link(self, below: str, above: str) -> bool:
        """Make a link, unless it closes a loop: *below* has none yet, so it is a root."""
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
        """Return the nearest ancestor that is known, and the root. O(1), taken over all ids."""
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

    In-Reply-To is the parent where References lack it and it is here, or there are none: some
    programs put nothing but the root into References.
    """
    chain = [id for id in link.references if id != link.id]
    answered = [id for id in link.in_reply_to if id != link.id]
    parent = next((id for id in answered if id in here), answered[0] if answered else None)
    if parent is not None and parent not in chain and (not chain or parent in here):
        chain.append(parent)
    return chain
