"""Where in the thread the runs of words stand that somebody quotes.

Only the shingles of quoted passages are kept, so that memory goes by what is quoted.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

Shingle = tuple[str, ...]

LENGTH = 3
"""The words of a shingle; a passage of two words is one of two."""

_SHIFT = 32


def shingles(words: list[str]) -> list[Shingle]:
    """Return the runs of three words, or of two where there are no more."""
    if len(words) == 2:
        return [(words[0], words[1])]
    return list(zip(words, words[1:], words[2:], strict=False))


class Places:
    """For each shingle that is looked for: the documents and words where it begins, in order."""

    __slots__ = ("at", "pairs")

    def __init__(self, wanted: Iterable[Shingle]) -> None:
        self.at: dict[Shingle, array[int]] = {shingle: array("q") for shingle in wanted}
        self.pairs = any(len(shingle) == 2 for shingle in self.at)

    def add(self, document: int, words: list[str], quoted: list[tuple[int, int]], *,
            inside: bool) -> None:  # fmt: skip
        """Note where a document has the shingles, in its quoted parts or in the rest of it."""
        runs: list[Iterator[tuple[int, Shingle]]] = [
            enumerate(zip(words, words[1:], words[2:], strict=False))
        ]
        if self.pairs:
            runs.append(enumerate(pairwise(words)))
        at, base = self.at, document << _SHIFT
        whole = not quoted and not inside
        for place, shingle in chain.from_iterable(runs):
            if shingle in at and (whole or _within(quoted, place, len(shingle)) == inside):
                at[shingle].append(base | place)

    def has(self, shingle: Shingle, document: int) -> list[int]:
        """Return the words at which a document has the shingle: the first few. O(log n)."""
        places = self.at[shingle]
        first = bisect_left(places, document << _SHIFT)
        return [
            p & ((1 << _SHIFT) - 1) for p in places[first : first + 3] if p >> _SHIFT == document
        ]

    def before(self, shingle: Shingle, document: int) -> Iterator[int]:
        """Yield the documents above that have the shingle, nearest first; O(log n) each."""
        places = self.at[shingle]
        n = bisect_left(places, document << _SHIFT)
        while n:
            here = places[n - 1] >> _SHIFT
            yield here
            n = bisect_left(places, here << _SHIFT, 0, n)

    def after(self, shingle: Shingle, document: int) -> Iterator[int]:
        """Yield the documents below that have the shingle, nearest first; O(log n) each."""
        places = self.at[shingle]
        n = bisect_left(places, (document + 1) << _SHIFT)
        while n < len(places):
            here = places[n] >> _SHIFT
            yield here
            n = bisect_left(places, (here + 1) << _SHIFT, n)


def _within(quoted: list[tuple[int, int]], place: int, length: int) -> bool:
    """Whether so many words from *place* on lie within one of the ranges. O(log n)."""
    n = bisect_left(quoted, (place + 1,)) - 1
    return n >= 0 and place + length <= quoted[n][1]
