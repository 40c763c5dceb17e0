"""Build data sets from comments and threads: `sample`, `windows`, `split`."""

import heapq
import math
import sys
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from types import MappingProxyType
from typing import Literal, TypeAlias, final

import attrs

from .._expect import expect_thread
from .._notebook import Result
from ..errors import FieldError, Problem, shown
from ..model import Comment
from ..thread import Thread
from . import _arguments as check


def sample(thread: Thread, n: int, seed: int | str) -> tuple[Comment, ...]:
    """Return *n* random comments in thread order, or all if there are no more than *n*.

    Comments are ranked by the 8-byte BLAKE2b hash of the seed, a zero byte and the comment's id, in
    UTF-8; the *n* smallest are drawn. So a seed draws the same comments on every machine and
    version of Python, a larger *n* adds to a smaller sample, and a thread that grows keeps its
    sample except for comments that new ones displace. Placeholders may be drawn, too:
    ``filter(thread, ~status("missing"), "promote")`` removes them. O(n log n).

    >>> thread = Thread(None, [Comment(str(number)) for number in range(100)])
    >>> [comment.id for comment in sample(thread, 5, seed=1)]
    ['25', '63', '66', '97', '99']
    >>> len(sample(thread, 1_000, seed=1))
    100
    """
    expect_thread(thread)
    check.count("sample(n)", n)
    if n >= len(thread):
        return thread.comments
    start, at = _seeded("sample(seed)", seed), thread.comments
    lots = [(_lot(start, comment.id), position) for position, comment in enumerate(at)]
    return tuple([at[n] for n in sorted(position for _, position in heapq.nsmallest(n, lots))])


def _seeded(field: str, seed: object) -> blake2b:
    """Return the hash state that all lots of a seed start from."""
    if type(seed) is int:
        check.written(field, seed)
    else:
        check.text(field, seed)
    return blake2b(f"{seed}\0".encode(), digest_size=8)


def _lot(start: blake2b, text: str) -> bytes:
    drawn = start.copy()
    drawn.update(text.encode())
    return drawn.digest()


def windows(thread: Thread, size: int) -> Iterator[tuple[Comment, ...]]:
    """Yield each comment with its nearest ancestors, at most *size* comments, oldest first.

    Windows hold ancestors, not siblings, and may contain placeholders; the article is not part of
    them. There is one window for each comment, in thread order; those near the top are shorter.
    Lazy; O(size) each, O(depth) in memory.

    >>> thread = Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "b"), Comment("d")])
    >>> [" ".join(comment.id for comment in window) for window in windows(thread, 2)]
    ['a', 'a b', 'b c', 'd']
    """
    expect_thread(thread)
    check.count("windows(size)", size, 1)
    return _windows(thread, size)


def _windows(thread: Thread, size: int) -> Iterator[tuple[Comment, ...]]:
    branch: list[Comment] = []
    for comment in thread.comments:
        del branch[thread.depth(comment) :]
        branch.append(comment)
        yield tuple(branch[-size:])


# -- split -----------------------------------------------------------------------------------------

Ties: TypeAlias = Literal["thread", "author", "participant", "site"] | Callable[[Thread], Hashable]
"""What ties threads to the same part."""

_BY_PEOPLE = ("author", "participant")

_RATIOS: Mapping[str, float] = MappingProxyType({"train": 0.8, "validation": 0.1, "test": 0.1})


@final
@attrs.frozen(repr=False)
class Split(Result):
    """The result of `split`: the parts, the sizes of the tied groups, and problems."""

    names: tuple[str, ...]
    """The names of the parts."""
    parts: tuple[tuple[Thread, ...], ...]
    """The threads of each part, in their original order."""
    groups: int
    """How many groups of tied threads there are."""
    largest: int
    """How many threads the largest group has."""
    problems: tuple[Problem, ...] = ()
    """What tied no threads, and what makes the parts miss the ratios."""

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(part):,}" for name, part in self.items())
        return f"<Split: {sizes} threads, {len(self.problems):,} problems>"

    def __getitem__(self, name: str) -> tuple[Thread, ...]:
        """Return the threads of the part called *name*."""
        if name not in self.names:
            known = ", ".join(map(shown, self.names))
            raise FieldError("Split", "part", name, f"must be one of {known}")
        return self.parts[self.names.index(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def keys(self) -> tuple[str, ...]:
        """Return the names of the parts; ``dict(split)`` works, too."""
        return self.names

    def values(self) -> tuple[tuple[Thread, ...], ...]:
        """Return the parts."""
        return self.parts

    def items(self) -> tuple[tuple[str, tuple[Thread, ...]], ...]:
        """Return each name with its part."""
        return tuple(zip(self.names, self.parts, strict=True))


def split(
    threads: Iterable[Thread],
    by: Ties = "thread",
    *,
    ratios: Mapping[str, float] | Sequence[float] = _RATIOS,
    seed: int | str = 0,
    untied: Collection[str] = (),
) -> Split:
    """Split threads into parts such as train and test, without leakage between them.

    Args:
        threads: The threads.
        by: What ties threads to the same part. ``"thread"`` ties captures of one discussion:
            threads whose articles share a `url`, or a `site` and `id`; without these, only equal
            threads. The other values tie more. ``"author"`` ties threads with comments by the same
            known author (by `Author.key`), directly or through other threads; authors of articles
            do not tie. ``"participant"`` ties by authors of articles too, as in Reddit data, where
            the article is a user's post. ``"site"`` ties threads of one `site`. A function ties
            threads for which it returns the same value, except None.
        ratios: The names of the parts and their relative sizes, in any unit; or only the sizes, for
            parts called ``"0"``, ``"1"`` and so on.
        seed: Another seed makes another split.
        untied: Keys of authors who do not tie threads, such as bots that comment everywhere.

    Each group of tied threads goes to a part by a hash of *seed* and of the thread in it with the
    smallest hash. So a split is the same on every machine and version of Python, and in any order
    of the threads. Later threads do not move earlier ones, unless they join groups or have the
    smallest hash of theirs. In return, the ratios hold on average over groups, not exactly: few
    groups, or groups of very different sizes, miss them by far.

    The problems are ``unknown`` (comments by unknown authors tie nothing, so one person may be in
    two parts; likewise threads without a site, or for which the function returned None), ``untied``
    (an untied author is in several parts), ``large-group`` (one group has more than half of the
    threads) and ``empty-part``. O(comments).

    >>> threads = [
    ...     Thread(Article(id=name), [Comment("1", author=Author(who))])
    ...     for name, who in [("a", "Ada"), ("b", "Bo"), ("c", "Ada"), ("d", "Cy")]
    ... ]
    >>> halves = split(threads, by="author", ratios={"train": 1, "test": 1}, seed=2)
    >>> [[thread.article.id for thread in part] for part in halves.parts], halves.groups
    ([['a', 'c'], ['b', 'd']], 3)
    >>> {name: len(part) for name, part in halves.items()}
    {'train': 2, 'test': 2}
    """
    if not isinstance(threads, Iterable):
        check.refuse_type("split(threads)", threads, "must be an iterable of threads")
    if isinstance(untied, str):
        check.refuse_type("split(untied)", untied, "must be a collection of keys, not one string")
    threads = tuple(threads)
    for thread in threads:
        if not isinstance(thread, Thread):
            check.refuse_type("split(threads)", thread, "must hold only threads")
    if by not in ("thread", *_BY_PEOPLE, "site") and not callable(by):
        why = "must be thread, author, participant, site or a function"
        check.refuse("split(by)", by, why)
    shares = _shares(ratios)
    start = _seeded("split(seed)", seed)
    passed = frozenset(untied) if by in _BY_PEOPLE else frozenset[str]()
    names = [list(_names(thread)) for thread in threads]
    ties = [[("by", key) for key in _keys(thread, by) if key not in passed] for thread in threads]
    roots = _tied([*own, *more] for own, more in zip(names, ties, strict=True))
    lots = [min(_lot(start, repr(name)) for name in own) for own in names]
    smallest: dict[int, bytes] = {}
    for root, lot in zip(roots, lots, strict=True):
        smallest[root] = min(lot, smallest.get(root, lot))
    chosen = [_part(start, smallest[root], list(shares.values())) for root in roots]
    parts = tuple(
        tuple(thread for thread, part in zip(threads, chosen, strict=True) if part == number)
        for number in range(len(shares))
    )
    largest = max(Counter(roots).values(), default=0)
    result = Split(tuple(shares), parts, len(smallest), largest)
    return attrs.evolve(result, problems=tuple(_problems(result, by, passed)))


def _shares(ratios: Mapping[str, float] | Sequence[float]) -> dict[str, float]:
    if isinstance(ratios, Mapping):
        shares = dict(ratios)
    elif isinstance(ratios, Sequence) and not isinstance(ratios, str):
        shares = {str(number): share for number, share in enumerate(ratios)}
    else:
        check.refuse_type("split(ratios)", ratios, "must be a mapping or a sequence of numbers")
    for name, share in shares.items():
        check.text("split(ratios)", name)
        if type(share) not in (int, float) or not 0 < share < math.inf:
            check.refuse("split(ratios)", share, "must be a number above 0")
    if not shares:
        check.refuse("split(ratios)", None, "must name at least one part")
    largest = max(shares.values())
    if largest > sys.float_info.max or math.isinf(sum(map(float, shares.values()))):
        check.refuse("split(ratios)", largest, "must have a sum that a float can hold")
    return shares


# -- what ties -------------------------------------------------------------------------------------

_Tie: TypeAlias = tuple[Hashable, ...]


def _names(thread: Thread) -> Iterator[_Tie]:
    """Yield the identifiers of a discussion, which stay the same when the thread grows."""
    article = thread.article
    if article is None or (article.url is None and article.id is None):
        yield ("digest", thread.digest())
        return
    if article.url is not None:
        yield ("url", article.url)
    if article.id is not None:
        yield ("id", article.site, article.id)


def _keys(thread: Thread, by: Ties) -> list[Hashable]:
    """Return the keys by which *by* ties a thread to others."""
    if by in _BY_PEOPLE:
        keys = [comment.author_key for comment in thread.comments]
        if by == "participant" and thread.article is not None:
            keys += [author.key for author in thread.article.authors]
        return [key for key in dict.fromkeys(keys) if key is not None]
    if callable(by):
        key = by(thread)
        try:
            hash(key)
        except TypeError:
            check.refuse_type("split(by)", key, "must return a hashable value")
    else:
        key = thread.article.site if by == "site" and thread.article is not None else None
    return [] if key is None else [key]


def _tied(rows: Iterable[list[_Tie]]) -> list[int]:
    """Return for each row the number of the first row that it is tied to, directly or not.

    Union-find with path halving: each row points to an earlier one or itself.
    """
    above: list[int] = []
    holders: dict[_Tie, int] = {}

    def root(row: int) -> int:
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    for row, ties in enumerate(rows):
        above.append(row)
        for tie in ties:
            one, other = root(row), root(holders.setdefault(tie, row))
            above[max(one, other)] = min(one, other)
    return [root(row) for row in range(len(above))]


# -- by lot ----------------------------------------------------------------------------------------


def _part(start: blake2b, lot: bytes, shares: list[float]) -> int:
    """Return the part of a group. Its lot is a minimum, so it is hashed again to be uniform."""
    point = int.from_bytes(_lot(start, lot.hex()), "big") >> 11  # 53 bits: exact as a float
    rest = point / 2**53 * sum(shares)
    for number, share in enumerate(shares[:-1]):
        rest -= share
        if rest < 0:
            return number
    return len(shares) - 1


# -- problems --------------------------------------------------------------------------------------


def _problems(result: Split, by: Ties, untied: frozenset[str]) -> Iterator[Problem]:
    threads = [thread for part in result.parts for thread in part]
    if by in _BY_PEOPLE:
        unknown = [sum(c.author_key is None for c in thread.comments) for thread in threads]
        if any(unknown):
            where = f"{sum(unknown)} comments in {sum(map(bool, unknown))} threads"
            message = f"{where} have no known author and do not tie threads"
            yield Problem("unknown", message, values=(sum(unknown),))
        sets = [{key for thread in part for key in _keys(thread, by)} for part in result.parts]
        for key, number in sorted(Counter(key for keys in sets for key in keys & untied).items()):
            if number > 1:
                message = f"untied author {shown(key)} is in {number} parts"
                yield Problem("untied", message, values=(key,))
    elif by != "thread":
        nothing = tuple(thread for thread in threads if not _keys(thread, by))
        if nothing:
            message = f"{len(nothing)} threads have no known key to tie them to others"
            yield Problem("unknown", message, values=nothing)
    if result.groups > 1 and 2 * result.largest > len(threads):
        groups = f"one group has {result.largest} of {len(threads)} threads"
        message = f"{groups}, so the ratios cannot be met"
        yield Problem("large-group", message, values=(result.largest,))
    for name, part in zip(result.names, result.parts, strict=True):
        if not part and threads:
            yield Problem("empty-part", f"part {shown(name)} is empty", values=(name,))
