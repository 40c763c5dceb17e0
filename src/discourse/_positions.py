"""The position of each id in a thread, and how insertions change it.

An insertion shifts every later comment. Updating all their positions takes a quarter of the time of
building the thread, so `Shifted` computes each position when it is first looked up.
"""

from bisect import bisect_right, insort

from .model import Comment

_FEW = 128  # comments: for fewer, a new dictionary is cheapest
_MOST_INSERTED = 64  # after that many, build a new dictionary: each insertion visits all before it


class Shifted(dict[str, int]):
    """Positions after insertions, computed and stored on first look-up."""

    __slots__ = ("_base", "_comments", "_cuts", "_inserted", "_room")

    def __init__(
        self,
        base: dict[str, int],
        comments: tuple[Comment, ...],
        inserted: tuple[str, ...] = (),
        cuts: tuple[int, ...] = (),
    ) -> None:
        self._base = base
        self._comments = comments
        self._inserted = inserted
        self._cuts = cuts
        """The positions of the insertions in the base, sorted."""
        self._room = len(base) // 16
        """How many positions to compute one by one. After that, all at once is cheaper."""

    def __missing__(self, id: str) -> int:
        position = self._base[id]
        position += bisect_right(self._cuts, position)
        if len(self) < self._room:
            self[id] = position
        else:
            self.update(numbered(self._comments))
        return position

    def __contains__(self, id: object) -> bool:
        return id in self._base or dict.__contains__(self, id)

    def with_one(self, comments: tuple[Comment, ...], at: int) -> dict[str, int]:
        """Return the positions in *comments*, where the comment at *at* is new."""
        if len(self._inserted) == _MOST_INSERTED:
            return numbered(comments)
        earlier = [(id, self[id]) for id in self._inserted]
        cuts = list(self._cuts)
        insort(cuts, at - sum(position < at for _, position in earlier))
        inserted = (*self._inserted, comments[at].id)
        shifted = Shifted(self._base, comments, inserted, tuple(cuts))
        shifted.update((id, position + (position >= at)) for id, position in earlier)
        shifted[comments[at].id] = at
        return shifted


def numbered(comments: tuple[Comment, ...]) -> dict[str, int]:
    """Return the position of each id in *comments*."""
    return dict(zip([comment.id for comment in comments], range(len(comments)), strict=True))


def with_one(positions: dict[str, int], comments: tuple[Comment, ...], at: int) -> dict[str, int]:
    """Return the positions in *comments*, where the comment at *at* is new."""
    if len(comments) < _FEW:
        return numbered(comments)
    if not isinstance(positions, Shifted):
        positions = Shifted(positions, comments)
    return positions.with_one(comments, at)
