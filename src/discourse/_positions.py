"""Where each id stands: a dictionary, and what becomes of one after a few insertions.

One comment more moves all that stand behind it. Writing their new positions down would take most of
the time of building the thread anew; instead the old dictionary is shared, and each look-up counts
how many of the insertions stand before it. After a few of them a dictionary is made anew.
"""

from typing import TypeAlias

_MOST = 32


class Shifted:
    """The positions of a dictionary, and of a few ids inserted one after another."""

    __slots__ = ("_base", "_inserted", "_places")

    def __init__(
        self, base: dict[str, int], inserted: dict[str, int], places: tuple[int, ...]
    ) -> None:
        self._base = base
        self._inserted = inserted
        """Which of the insertions each new id was."""
        self._places = places
        """Where each insertion took place, as positions were then."""

    def __getitem__(self, id: str) -> int:
        position = self._base.get(id)
        places = self._places
        if position is None:
            number = self._inserted[id]
            position = places[number]
            places = places[number + 1 :]
        for place in places:
            if place <= position:
                position += 1
        return position

    def get(self, id: str) -> int | None:
        """Return where an id stands, or None."""
        try:
            return self[id]
        except KeyError:
            return None

    def __contains__(self, id: object) -> bool:
        return id in self._base or id in self._inserted

    def with_one(self, id: str, place: int) -> "Shifted | None":
        """Return the positions after one more insertion; None where a dictionary is due."""
        if len(self._places) >= _MOST:
            return None
        inserted = {**self._inserted, id: len(self._places)}
        return Shifted(self._base, inserted, (*self._places, place))


Positions: TypeAlias = dict[str, int] | Shifted
"""Where each id stands."""


def with_one(positions: Positions, id: str, place: int) -> Shifted | None:
    """Return positions after one insertion; None where a dictionary is to be made anew."""
    if isinstance(positions, Shifted):
        return positions.with_one(id, place)
    return Shifted(positions, {id: 0}, (place,))
