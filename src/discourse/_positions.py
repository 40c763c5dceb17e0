"""The position of each id: a dictionary, and what becomes of it when one comment is inserted.

An insertion moves every comment behind it. Writing all new positions down would take a quarter of
the time of building the thread. So a copy of the dictionary is not made until it is needed: each
position is computed at its first look-up, and all of them after many first look-ups.
"""

from bisect import bisect_right, insort

from .model import Comment

_FEW = 128  # comments: a new dictionary is the cheapest
_MOST_INSERTED = 64  # then a new dictionary is due, since each insertion looks at those before it


class Shifted(dict[str, int]):
    """The positions of a dictionary after insertions. It holds those that were looked up."""

    __slots__ = ("_base", "_comments", "_cuts", "_inserted", "_room")

    def __init__(self, base: dict[str, int], comments: tuple[Comment, ...]) -> None:
        self._base = base
        self._comments = comments
        self._inserted: tuple[str, ...] = ()
        self._cuts: list[int] = []
        """Where in the base something was inserted, in order."""
        self._room = len(base) // 16
        """How many positions to compute one by one; all at once is cheaper beyond."""

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


def numbered(comments: tuple[Comment, ...]) -> dict[str, int]:
    """Return the position of each id in *comments*."""
    return dict(zip([comment.id for comment in comments], range(len(comments)), strict=True))


def with_one(
    positions: dict[str, int], comments: tuple[Comment, ...], at: int
) -> dict[str, int]:
    """Return the positions in *comments*, in which the comment at *at* is new."""
    if not isinstance(positions, Shifted):
        positions = Shifted(positions, comments)
    if len(comments) < _FEW or len(positions._inserted) == _MOST_INSERTED:
        return numbered(comments)
    earlier = {id: positions[id] for id in positions._inserted}
    shifted = Shifted(positions._base, comments)
    shifted._inserted = (*positions._inserted, comments[at].id)
    shifted._cuts = positions._cuts.copy()
    insort(shifted._cuts, at - sum(position < at for position in earlier.values()))
    for id, position in earlier.items():
        shifted[id] = position + (position >= at)
    shifted[comments[at].id] = at
    return shifted
