"""Provide `near_duplicates`: the texts that say nearly the same.

The search is exact. Put the shingles of every text in one order, the rarest first; two texts that
share enough shingles then share some among the first few of each (S. Chaudhuri, V. Ganti and R.
Kaushik, *A primitive operator for similarity joins in data cleaning*, ICDE 2006; with several to
share, J. Wang, G. Li and J. Feng, *Can we beat the prefix filtering?*, SIGMOD 2012). So only the
first few are looked up, and each pair that comes of it is compared in full. Unlike a sketch, this
misses nothing, needs no seed and no other library.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, final, overload

import attrs

from .._prose import visible, words
from .._threads import Threads, listed
from ..errors import FieldError
from ..model import Comment
from ..thread import Thread

_Id = TypeVar("_Id")

_FEWEST = 6
"""The distinct shingles below which a text is too short to be like another without equalling it."""
_SHARED = 3
"""How many of its first shingles a pair must share to be compared."""
_BUCKETS = 1 << 20
_MOST_CACHED = 20_000


@final
@attrs.frozen
class Duplicates(Generic[_Id]):
    """Comments that say the same, or nearly."""

    ids: tuple[_Id, ...]
    """The comments, in the order of the threads: ids; or pairs, where several threads were given:
    which thread it is, and the id."""
    similarity: float
    """The lowest similarity of the pairs by which they were found to be one group, each of which
    reaches the threshold: 1 where all say the same."""


@overload
def near_duplicates(threads: Thread, *, threshold: float = 0.8) -> tuple[Duplicates[str], ...]: ...
@overload
def near_duplicates(
    threads: Mapping[str, Thread], *, threshold: float = 0.8
) -> tuple[Duplicates[tuple[str, str]], ...]: ...
@overload
def near_duplicates(
    threads: Iterable[Thread], *, threshold: float = 0.8
) -> tuple[Duplicates[tuple[int, str]], ...]: ...
def near_duplicates(
    threads: Threads, *, threshold: float = 0.8
) -> (
    tuple[Duplicates[str], ...]
    | tuple[Duplicates[tuple[str, str]], ...]
    | tuple[Duplicates[tuple[int, str]], ...]
):
    """Return the groups of comments that say nearly the same, in one thread or across several.

    The similarity of two texts is that of their sets of runs of three words, P. Jaccard's: common
    runs / all runs of either (*Bulletin de la Société Vaudoise des Sciences Naturelles* 37, 1901).
    Words are compared without case and accents; signs and markup do not count. Every pair that
    reaches the threshold is in one group, also where it takes a third text to link them.

    Texts with fewer than six distinct runs are only grouped with those of the same words (of the
    same signs, where there are no words); blank and unknown texts with none.

    Args:
        threads: One thread, or several. Then the ids of the answer are pairs: the number of the
            thread, from 0, or its key in a mapping; and the id of the comment.
        threshold: The lowest similarity, above 0, up to 1.

    O(length of all texts) where few texts are alike by chance; all pairs of texts that share
    much without reaching the threshold are compared.

    >>> near_duplicates(Thread(None, [
    ...     Comment("1", text="Close the bridge at once, before somebody comes to harm!"),
    ...     Comment("2", text="Why?"),
    ...     Comment("3", text="close the bridge at once before somebody comes to harm, please"),
    ... ]))
    (Duplicates(ids=('1', '3'), similarity=0.888...),)
    >>> spam = Thread(None, [Comment("7", text="Buy now!")])
    >>> near_duplicates({"monday": spam, "friday": spam})
    (Duplicates(ids=(('monday', '7'), ('friday', '7')), similarity=1.0),)
    """
    if not (isinstance(threshold, int | float) and 0 < threshold <= 1):
        why = "must be above 0 and at most 1"
        raise FieldError("links", "near_duplicates(threshold)", threshold, why)
    if isinstance(threads, Thread):
        comments = threads.comments
        groups = _groups(comments, threshold)
        return tuple(Duplicates(tuple(comments[n].id for n in g), low) for g, low in groups)
    several = listed(threads)
    names: list[Any] = list(threads if isinstance(threads, Mapping) else range(len(several)))
    rows = [
        (name, comment)
        for name, thread in zip(names, several, strict=True)
        for comment in thread.comments
    ]
    groups = _groups([comment for _, comment in rows], threshold)
    return tuple(
        Duplicates(tuple((rows[n][0], rows[n][1].id) for n in g), low) for g, low in groups
    )


def _groups(comments: Sequence[Comment], threshold: float) -> Iterator[tuple[list[int], float]]:
    """Yield the numbers of the comments of each group, in order, and its lowest similarity."""
    same: dict[tuple[str, ...], list[int]] = {}
    for number, comment in enumerate(comments):
        if words_here := tuple(_words_of(comment)):
            same.setdefault(words_here, []).append(number)
    leaders = [numbers[0] for numbers in same.values()]
    links = _Links(comments, leaders, threshold)
    links.join()
    joined: dict[int, list[int]] = {}
    for leader, numbers in zip(leaders, same.values(), strict=True):
        joined.setdefault(links.root(leader), []).extend(numbers)
    groups = [(sorted(numbers), links.lowest.get(root, 1.0)) for root, numbers in joined.items()]
    yield from sorted(group for group in groups if len(group[0]) > 1)


def _words_of(comment: Comment) -> list[str]:
    """Return the words of a comment; of one without any, its signs."""
    if not comment.text:
        return []
    seen = visible(comment.text, comment.text_format).text
    return words(seen) or seen.split()


def _runs(comment: Comment) -> set[tuple[str, ...]]:
    said = _words_of(comment)
    return set(zip(said, said[1:], said[2:], strict=False))


class _Posting:
    """The texts that have a run among their first ones."""

    __slots__ = ("alone", "joined", "latest")

    def __init__(self) -> None:
        self.alone = array("q")
        """Those that nothing before them was like."""
        self.joined: dict[int, array[int]] = {}
        """The others, by what stood for all they were joined with."""
        self.latest = -1

    def add(self, number: int, root: int) -> None:
        self.latest = number
        if root == number:
            self.alone.append(number)
        else:
            self.joined.setdefault(root, array("q")).append(number)


class _Links:
    """Texts joined by likeness: a forest of numbers, each pointing to one joined before."""

    def __init__(self, comments: Sequence[Comment], leaders: list[int], threshold: float) -> None:
        self.comments = comments
        self.threshold = threshold
        self.above = {leader: leader for leader in leaders}
        self.lowest: dict[int, float] = {}
        self.run_cache: dict[int, set[tuple[str, ...]]] = {}
        self.sizes: dict[int, int] = {}
        self.hashes: dict[int, array[int]] = {}
        self.often = array("I", bytes(4 * _BUCKETS))
        self.places: dict[int, _Posting] = {}
        self.shared = 1

    def root(self, number: int) -> int:
        """Return what stands for all that a text is joined with."""
        while self.above[number] != number:
            self.above[number] = self.above[self.above[number]]
            number = self.above[number]
        return number

    def join(self) -> None:
        """Join every pair that is alike enough. Texts are taken from the smallest on."""
        for number in self.above:
            self._count(number)
        least = min(self.sizes.values(), default=0)
        self.shared = max(1, min(_SHARED, math.ceil(self.threshold * least)))
        for number in sorted(self.sizes, key=lambda number: (self.sizes[number], number)):
            size = self.sizes[number]
            runs = sorted(self.hashes.pop(number), key=self._rarity)
            wanted = size - math.ceil(self.threshold * size - 1e-9) + self.shared
            self._look_up(number, runs[:wanted])
            both = 2 * self.threshold / (1 + self.threshold) * size
            root = self.root(number)
            for run in runs[: size - math.ceil(both - 1e-9) + self.shared]:
                self.places.setdefault(run, _Posting()).add(number, root)

    def _look_up(self, number: int, runs: list[int]) -> None:
        """Compare a text with all before it that share enough of its first runs.

        The latest that share any come first: where they are alike, all that they are joined with
        already need no look. So a thousand copies of one form are not a million pairs.
        """
        postings = [self.places[run] for run in runs if run in self.places]
        self._compare(number, sorted({posting.latest for posting in postings}))
        near: Counter[int] = Counter()
        for posting in postings:
            near.update(posting.alone)
            for root, members in posting.joined.items():
                if self.root(root) != self.root(number):
                    near.update(members)
        self._compare(number, sorted(other for other, n in near.items() if n >= self.shared))

    def _count(self, number: int) -> None:
        runs = _runs(self.comments[number])
        if len(runs) < _FEWEST:
            return
        hashes = array("q", {hash(run) for run in runs})
        self.sizes[number], self.hashes[number] = len(hashes), hashes
        often = self.often
        for run in hashes:
            often[run % _BUCKETS] += 1

    def _rarity(self, run: int) -> tuple[int, int]:
        return self.often[run % _BUCKETS], run

    def _compare(self, number: int, others: list[int]) -> None:
        here: set[tuple[str, ...]] | None = None
        for other in others:
            if self.sizes[other] < self.threshold * self.sizes[number] - 1e-9:
                continue
            if self.root(other) == self.root(number):
                continue
            here = here if here is not None else self._runs_of(number)
            there = self._runs_of(other)
            common = len(here & there)
            similarity = common / (len(here) + len(there) - common)
            if similarity >= self.threshold:
                self._link(number, other, similarity)

    def _link(self, number: int, other: int, similarity: float) -> None:
        one, two = sorted((self.root(number), self.root(other)))
        self.above[two] = one
        low = min(self.lowest.get(one, 1.0), self.lowest.pop(two, 1.0), similarity)
        self.lowest[one] = low

    def _runs_of(self, number: int) -> set[tuple[str, ...]]:
        if number not in self.run_cache:
            if len(self.run_cache) >= _MOST_CACHED:
                self.run_cache.clear()
            self.run_cache[number] = _runs(self.comments[number])
        return self.run_cache[number]
