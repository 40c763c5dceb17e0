"""Comments and threads for data sets: `sample`, `windows`, `split`."""

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
    """Return *n* comments drawn by lot, in thread order; all, where there are no more than *n*.

    The lot of a comment is BLAKE2b, 8 bytes long, of the seed, a zero byte and the comment's id, in
    UTF-8; the *n* smallest win. So the same seed draws the same on every machine and Python, a
    larger *n* adds to what a smaller one drew, and a thread that has grown keeps what it can of its
    sample. Placeholders are drawn like others: ``filter(thread, ~status("missing"), "promote")`` is
    a thread without them. O(n log n).

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
    """Return the hash that every lot of a seed begins with."""
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
    """Yield each comment in its context: the up to *size* comments that end in it, oldest first.

    The context of a comment is its ancestors, no siblings: what it can have been an answer to.
    There is one window for each comment, in thread order, the short ones near the top among them,
    and placeholders in them; the article is no comment. Lazy; O(size) each, O(depth) in memory.

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

Ties: TypeAlias = Literal["thread", "author", "site"] | Callable[[Thread], Hashable]
"""What ties threads together, so that they go into one part."""

_RATIOS: Mapping[str, float] = MappingProxyType({"train": 0.8, "validation": 0.1, "test": 0.1})


@final
@attrs.frozen(repr=False)
class Split(Result):
    """What `split` gives: the parts, how the threads were tied, and what to know about it."""

    names: tuple[str, ...]
    """The names of the parts."""
    parts: tuple[tuple[Thread, ...], ...]
    """The threads of each part, in the order given."""
    groups: int
    """How many groups of threads there are that had to stay together."""
    largest: int
    """How many threads the largest group has."""
    problems: tuple[Problem, ...] = ()
    """What was passed over, and what makes the parts other than was asked for."""

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(part):,}" for name, part in self.items())
        return f"<Split: {sizes} threads, {len(self.problems):,} problems>"

    def __getitem__(self, name: str) -> tuple[Thread, ...]:
        """Return the part of that name."""
        if name not in self.names:
            known = ", ".join(map(shown, self.names))
            raise FieldError("Split", "part", name, f"must be one of {known}")
        return self.parts[self.names.index(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def keys(self) -> tuple[str, ...]:
        """Return the names of the parts, as a dict does; ``dict(split)`` works, too."""
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
    """Put threads into parts so that nothing is in two of them.

    Args:
        threads: The threads.
        by: What goes together. ``"thread"``: captures of one discussion, known by the `url` or the
            `site` and `id` of the article, or else by being equal. ``"author"``: besides, all
            threads in which one person comments (known ones, by `Author.key`), all those tied to
            these, and so on; authors of articles do not tie. ``"site"``: besides, all of one
            `site`. A function: besides, all for which it gives the same, where it is not None.
        ratios: The names of the parts and how large each is to be, in any unit; or the sizes alone,
            for parts called ``"0"``, ``"1"`` and so on.
        seed: Another seed, another split.
        untied: Keys of authors who tie nothing, such as bots that comment everywhere.

    Each group of threads that are tied together is put into a part by a hash of *seed* and of the
    one thread in it whose hash is smallest. So a split is the same on every machine and Python and
    in whatever order the threads come, and threads that come later leave those before them where
    they are, unless they tie groups together or have that smallest hash. The price is that ratios
    hold on average over groups, and not to the thread: few groups, or groups of very different
    sizes, give parts that are far from them.

    The problems tell of it: ``unknown`` (comments whose author is not known tie nothing, and may be
    one person's in two parts; likewise threads without a site, or where the function gave None),
    ``untied`` (an author who was passed over and is in several parts), ``large-group`` (one group
    has more than half of the threads), ``empty-part``. O(comments).

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
        check.refuse_type("split(threads)", threads, "must be threads")
    if isinstance(untied, str):
        check.refuse_type("split(untied)", untied, "must be a collection of keys, not one string")
    threads = tuple(threads)
    for thread in threads:
        if not isinstance(thread, Thread):
            check.refuse_type("split(threads)", thread, "must hold only threads")
    if by not in ("thread", "author", "site") and not callable(by):
        check.refuse("split(by)", by, "must be thread, author, site or a function")
    shares = _shares(ratios)
    start = _seeded("split(seed)", seed)
    passed = frozenset(untied) if by == "author" else frozenset[str]()
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
    """Yield what a discussion is known by: none of it changes when the thread grows."""
    article = thread.article
    if article is None or (article.url is None and article.id is None):
        yield ("digest", thread.digest())
        return
    if article.url is not None:
        yield ("url", article.url)
    if article.id is not None:
        yield ("id", article.site, article.id)


def _keys(thread: Thread, by: Ties) -> list[Hashable]:
    """Return what *by* ties a thread to others by."""
    if by == "author":
        keys = dict.fromkeys([comment.author_key for comment in thread.comments])
        return [key for key in keys if key is not None]
    if callable(by):
        key = by(thread)
        try:
            hash(key)
        except TypeError:
            check.refuse_type("split(by)", key, "must give what can be a key of a dictionary")
    else:
        key = thread.article.site if by == "site" and thread.article is not None else None
    return [] if key is None else [key]


def _tied(rows: Iterable[list[_Tie]]) -> list[int]:
    """Return for each row the number of the first row that it is tied to, by whatever rows between.

    Union-find: each row points to an earlier one or itself, and ways are halved as they are walked.
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
    """Return which part a group falls into, by a lot of its lot, which is the smallest of many."""
    point = int.from_bytes(_lot(start, lot.hex()), "big") >> 11  # 53 bits: exact as a float
    rest = point / 2**53 * sum(shares)
    for number, share in enumerate(shares[:-1]):
        rest -= share
        if rest < 0:
            return number
    return len(shares) - 1


# -- what to know ----------------------------------------------------------------------------------


def _problems(result: Split, by: Ties, untied: frozenset[str]) -> Iterator[Problem]:
    threads = [thread for part in result.parts for thread in part]
    if by == "author":
        unknown = [sum(c.author_key is None for c in thread.comments) for thread in threads]
        if any(unknown):
            where = f"{sum(unknown)} comments in {sum(map(bool, unknown))} threads"
            message = f"{where} have no known author, and tie nothing together"
            yield Problem("unknown", message, values=(sum(unknown),))
        sets = [{key for thread in part for key in _keys(thread, by)} for part in result.parts]
        for key, number in sorted(Counter(key for keys in sets for key in keys & untied).items()):
            if number > 1:
                message = f"author {shown(key)}, who was to tie nothing, is in {number} parts"
                yield Problem("untied", message, values=(key,))
    elif by != "thread":
        nothing = tuple(thread for thread in threads if not _keys(thread, by))
        if nothing:
            message = f"{len(nothing)} threads have no known key, and are tied to no others by it"
            yield Problem("unknown", message, values=nothing)
    if result.groups > 1 and 2 * result.largest > len(threads):
        groups = f"one group has {result.largest} of {len(threads)} threads"
        message = f"{groups}: the ratios cannot hold"
        yield Problem("large-group", message, values=(result.largest,))
    for name, part in zip(result.names, result.parts, strict=True):
        if not part and threads:
            yield Problem("empty-part", f"no group fell into {shown(name)}", values=(name,))
