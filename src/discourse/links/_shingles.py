"""An index of where quoted runs of words (shingles) occur in the thread.

Only the shingles of quoted passages are indexed, so memory depends on how much is quoted.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

Shingle = tuple[str, ...]

_SHIFT = 32


def shingles(words: list[str]) -> list[Shingle]:
    """Return the runs of three words, or of two if there are only two words."""
    if len(words) == 2:
        return [(words[0], words[1])]
    return list(zip(words, words[1:], words[2:], strict=False))


class Places:
    """For each shingle to find: the documents and words where it begins, in order."""

    __slots__ = ("at", "pairs")

    def __init__(self, wanted: Iterable[Shingle]) -> None:
        self.at: dict[Shingle, array[int]] = {shingle: array("q") for shingle in wanted}
        self.pairs = any(len(shingle) == 2 for shingle in self.at)

    def add(self, document: int, words: list[str], quoted: list[tuple[int, int]], *,
            inside: bool) -> None:  # fmt: skip
        """Index the shingles of a document, separately for its quoted parts and the rest."""
        at, base = self.at, document << _SHIFT
        runs: list[Iterable[Shingle]] = [zip(words, words[1:], words[2:], strict=False)]
        if self.pairs:
            runs.append(pairwise(words))
        for length, shingles_here in zip((3, 2), runs, strict=False):
            lies_inside = _beginnings(len(words), quoted, length)
            for place, shingle in enumerate(shingles_here):
                if shingle in at and lies_inside[place] == inside:
                    at[shingle].append(base | place)

    def holds(self, shingle: Shingle, document: int) -> bool:
        """Whether a document contains the shingle. O(log n)."""
        places = self.at[shingle]
        first = bisect_left(places, document << _SHIFT)
        return first < len(places) and places[first] >> _SHIFT == document

    def has(self, shingle: Shingle, document: int) -> list[int]:
        """Return the first few words of a document at which the shingle begins. O(log n)."""
        places = self.at[shingle]
        first = bisect_left(places, document << _SHIFT)
        return [
            p & ((1 << _SHIFT) - 1) for p in places[first : first + 3] if p >> _SHIFT == document
        ]

    def before(self, shingle: Shingle, document: int) -> Iterator[int]:
        """Yield earlier documents with the shingle, nearest first. O(log n) each."""
        places = self.at[shingle]
        n = bisect_left(places, document << _SHIFT)
        while n:
            earlier = places[n - 1] >> _SHIFT
            yield earlier
            n = bisect_left(places, earlier << _SHIFT, 0, n)

    def after(self, shingle: Shingle, document: int) -> Iterator[int]:
        """Yield later documents with the shingle, nearest first. O(log n) each."""
        places = self.at[shingle]
        n = bisect_left(places, (document + 1) << _SHIFT)
        while n < len(places):
            later = places[n] >> _SHIFT
            yield later
            n = bisect_left(places, (later + 1) << _SHIFT, n)


def _beginnings(words: int, quoted: list[tuple[int, int]], length: int) -> bytearray:
    """Return for each word whether the run of that many words from it is quoted. O(n)."""
    begins = bytearray(words)
    for start, end in quoted:
        if end - start >= length:
            begins[start : end - length + 1] = b"\1" * (end - start - length + 1)
    return begins
