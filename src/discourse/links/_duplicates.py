"""`near_duplicates`: texts that are nearly equal.

The search is exact. Sort the shingles of every text in one order, the rarest first: two texts that
share enough shingles then share some among the first few of each (S. Chaudhuri, V. Ganti and R.
Kaushik, *A primitive operator for similarity joins in data cleaning*, ICDE 2006; with several to
share, J. Wang, G. Li and J. Feng, *Can we beat the prefix filtering?*, SIGMOD 2012). So only the
first few are looked up, and each candidate pair is compared in full. Unlike a sketch, this misses
nothing and needs neither a seed nor another library.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, final, overload

import attrs

from .._prose import visible, words
from .._threads import Threads, keyed
from ..errors import FieldError
from ..model import Comment
from ..thread import Thread

_Id = TypeVar("_Id")

_FEWEST = 6
"""The fewest distinct shingles of a text that can match another without being equal."""
_SHARED = 3
"""How many of the first shingles a pair must share to be compared."""
_BUCKETS = 1 << 20
_MOST_CACHED = 20_000


@final
@attrs.frozen
class Duplicates(Generic[_Id]):
    """Comments with equal or nearly equal texts."""

    ids: tuple[_Id, ...]
    """The comments, in the order of the threads: ids, or for several threads pairs of the thread
    and the id."""
    similarity: float
    """The lowest similarity of the pairs that link the group, at least the threshold. It is 1 if
    all texts are equal."""


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
    """Return groups of comments with nearly equal texts, in one thread or across several.

    The similarity of two texts is the Jaccard index of their sets of three-word runs: common runs /
    all runs (P. Jaccard, *Bulletin de la Société Vaudoise des Sciences Naturelles* 37, 1901). Case,
    accents, punctuation and markup are ignored. Every pair that reaches the threshold is in the
    same group; groups are transitive.

    Texts with fewer than six distinct runs are only grouped with texts of the same words (or of the
    same characters, if they have no words). Blank and unknown texts are never grouped.

    Args:
        threads: One thread, or several. For several, ids are pairs: the number of the thread,
            from 0, or its key in a mapping; and the id of the comment.
        threshold: The lowest similarity, above 0 and at most 1.

    O(length of all texts) if few texts are similar by chance; pairs that share much without
    reaching the threshold are all compared.

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
    rows: list[tuple[Any, Comment]] = [
        (key, comment) for key, thread in keyed(threads) for comment in thread.comments
    ]
    groups = _groups([comment for _, comment in rows], threshold)
    return tuple(
        Duplicates(tuple((rows[n][0], rows[n][1].id) for n in g), low) for g, low in groups
    )


def _groups(comments: Sequence[Comment], threshold: float) -> Iterator[tuple[list[int], float]]:
    """Yield the positions of the comments of each group, in order, and its lowest similarity."""
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
    """Return the words of a comment or, if it has none, its characters."""
    if not comment.text:
        return []
    seen = visible(comment.text, comment.text_format).text
    return words(seen) or seen.split()


def _runs(comment: Comment) -> set[tuple[str, ...]]:
    words = _words_of(comment)
    return set(zip(words, words[1:], words[2:], strict=False))


class _Posting:
    """The texts with a given run among their first runs."""

    __slots__ = ("alone", "joined", "latest")

    def __init__(self) -> None:
        self.alone = array("q")
        """Texts without a similar text before them."""
        self.joined: dict[int, array[int]] = {}
        """The others, by the representative of their group."""
        self.latest = -1

    def add(self, number: int, root: int) -> None:
        self.latest = number
        if root == number:
            self.alone.append(number)
        else:
            self.joined.setdefault(root, array("q")).append(number)


class _Links:
    """Groups of similar texts: a union-find forest."""

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
        """Return the representative of a text's group."""
        while self.above[number] != number:
            self.above[number] = self.above[self.above[number]]
            number = self.above[number]
        return number

    def join(self) -> None:
        """Join every pair that reaches the threshold, from the smallest text to the largest."""
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
        """Compare a text with all earlier ones that share enough of its first runs.

        The latest come first: if one matches, its whole group needs no comparison. So a thousand
        copies of a form letter are not a million pairs.
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
        runs: set[tuple[str, ...]] | None = None
        for other in others:
            if self.sizes[other] < self.threshold * self.sizes[number] - 1e-9:
                continue
            if self.root(other) == self.root(number):
                continue
            runs = runs if runs is not None else self._runs_of(number)
            other_runs = self._runs_of(other)
            common = len(runs & other_runs)
            similarity = common / (len(runs) + len(other_runs) - common)
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
