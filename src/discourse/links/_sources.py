"""Find the source of a passage: the best match and, among equals, the likeliest document."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from .._prose import WORD, Visible, visible, words
from ..model import Comment, TextFormat
from ..thread import Thread
from ._align import Agreement, align
from ._passages import Passage, passages
from ._shingles import Places, Shingle, shingles

TITLE, TEXT, FIRST = 0, 1, 2
"""The documents of a thread: the article's title, its text, then each comment."""

_NEAREST = 5
"""How many earlier documents, and how many ancestors, are checked for one shingle."""
_PARENT, _ABOVE, _BELOW = 2, 100, 200
"""The rank of the parent, and the first ranks of earlier and of later comments."""
_RAREST = 4
"""How many shingles of a passage propose sources."""
_TRIED = 6
"""How many sources are compared with a passage."""
_SHORT_WORDS, _SHORT_WEIGHT, _LEAST_WEIGHT = 4, 20, 10
_FUZZY_WORDS, _FUZZY_SCORE = 8, 0.8

_ELLIPSIS = re.compile(r"…|\.{3,}|\[\.\.\]|\(\.\.\)")
_WIDE_FROM = "\u0e00"
_MOST_CACHED_WORDS = 4_000_000


class Quoted(NamedTuple):
    """The words of a passage, folded for comparison."""

    words: tuple[str, ...]
    gaps: frozenset[int]
    """The words that follow an ellipsis."""
    weight: int
    """The approximate length in characters. In scripts without spaces, each counts as three."""

    @property
    def is_short(self) -> bool:
        return len(self.words) < _SHORT_WORDS or self.weight < _SHORT_WEIGHT


class Match(NamedTuple):
    """A source of a passage."""

    document: int
    start: int
    end: int
    score: float


class Sources:
    """The documents of a thread, and where quoted words occur in them."""

    def __init__(self, thread: Thread, least: float) -> None:
        self.thread = thread
        self.least = least
        self.texts, self.formats = _documents(thread)
        self.marked: dict[int, list[tuple[Passage, Quoted]]] = {}
        for document in range(FIRST, len(self.texts)):
            self._mark(document)
        wanted: set[Shingle] = set()
        passages_of_all = [pair for pairs in self.marked.values() for pair in pairs]
        for _, quoted in passages_of_all:
            wanted.update(shingles(list(quoted.words)))
        self.own, self.again = Places(wanted), Places(wanted)
        self.short_words: dict[str, array[int]] = {
            word: array("q")
            for _, quoted in passages_of_all
            if quoted.is_short
            for word in quoted.words
        }
        self.word_cache: dict[int, list[str]] = {}
        self.cached_words = 0
        self.numbers: dict[Quoted, int] = {}
        self.rarest: dict[int, list[Shingle]] = {}
        self.compared: dict[tuple[int, int], Agreement | None] = {}
        if wanted:
            for document in range(len(self.texts)):
                self._place(document)

    # -- the documents ---------------------------------------------------------------------------

    def seen(self, document: int) -> Visible:
        """Return the visible text of a document."""
        return visible(self.texts[document] or "", self.formats[document])

    def words(self, document: int) -> list[str]:
        """Return the words of a document, cached."""
        words_here = self.word_cache.get(document)
        if words_here is None:
            words_here = words(self.seen(document).text)
            if self.cached_words > _MOST_CACHED_WORDS:
                self.word_cache.clear()
                self.cached_words = 0
            self.word_cache[document] = words_here
            self.cached_words += len(words_here) + 1
        return words_here

    def _mark(self, document: int) -> None:
        text = self.texts[document]
        if not text or not _MAY_QUOTE.search(text):
            return
        seen = self.seen(document)
        marked = [
            (p, _quoted(seen.text[p.start : p.end])) for p in passages(seen, self.formats[document])
        ]
        marked = [(passage, quoted) for passage, quoted in marked if len(quoted.words) > 1]
        if marked:
            self.marked[document] = marked

    def _place(self, document: int) -> None:
        if not self.texts[document]:
            return
        seen = self.seen(document)
        words_here = words(seen.text)
        quoted: list[tuple[int, int]] = []
        if document in self.marked:
            quoted = _ranges(seen.text, [passage for passage, _ in self.marked[document]])
            self.again.add(document, words_here, quoted, inside=True)
        self.own.add(document, words_here, quoted, inside=False)
        for word in self.short_words.keys() & set(words_here) if self.short_words else ():
            users = self.short_words[word]
            if len(users) < 4:
                users.append(max(document, TEXT))

    # -- the search ------------------------------------------------------------------------------

    def find(self, quoted: Quoted, document: int) -> Match | None:
        """Return the source of a passage of a document, or None."""
        for places in (self.own, self.again):
            best = None
            for rank, candidate in self._candidates(quoted, document, places):
                agreed = self._compare(quoted, candidate, places)
                if agreed is None or not self._counts(quoted, agreed, candidate, document):
                    continue
                key = (-round(agreed.score, 1), rank)
                if best is None or key < best[0]:
                    best = (key, Match(candidate, *agreed))
            if best is not None:
                return best[1]
        return None

    def _candidates(self, quoted: Quoted, document: int, places: Places) -> list[tuple[int, int]]:
        """Return the likeliest sources with their ranks, those with most of the words first."""
        votes: dict[int, int] = {}
        ranks: dict[int, int] = {}
        for run in self._rarest(quoted, places):
            near: dict[int, int] = {}
            for rank, other in self._near(run, document, places):
                near.setdefault(other, rank)
            for other, rank in near.items():
                votes[other] = votes.get(other, 0) + 1
                ranks[other] = min(rank, ranks.get(other, rank))
        tried = sorted(votes, key=lambda other: (-votes[other], ranks[other]))[:_TRIED]
        return [(ranks[other], other) for other in tried]

    def _rarest(self, quoted: Quoted, places: Places) -> list[Shingle]:
        """Return the runs of a passage that occur in the fewest places, cached for the next one."""
        number = self.numbers.setdefault(quoted, len(self.numbers))
        key = number if places is self.own else ~number
        if key not in self.rarest:
            runs = {run for run in shingles(list(quoted.words)) if places.at[run]}
            rarest = nsmallest(_RAREST, runs, key=lambda run: (len(places.at[run]), run))
            self.rarest[key] = rarest
        return self.rarest[key]

    def _near(self, run: Shingle, document: int, places: Places) -> Iterator[tuple[int, int]]:
        """Yield (rank, document) for documents with a shingle. The likeliest have low ranks."""
        for article in (TEXT, TITLE):
            if places.holds(run, article):
                yield TEXT - article, article
        yield from self._near_above(run, document, places)
        yield from self._near_by(run, document, places)

    def _near_above(self, run: Shingle, document: int, places: Places) -> Iterator[tuple[int, int]]:
        comments, rank = self.thread.comments, _PARENT
        above = comments[document - FIRST].parent_id
        while above is not None and rank < _PARENT + _NEAREST:
            position = self.thread.position(above)
            if places.holds(run, position + FIRST):
                yield rank, position + FIRST
            above, rank = comments[position].parent_id, rank + 1

    def _near_by(self, run: Shingle, document: int, places: Places) -> Iterator[tuple[int, int]]:
        comments, number = self.thread.comments, document - FIRST
        below = comments[number].created_at is not None
        sides = [
            (_ABOVE, islice(places.before(run, document), _NEAREST)),
            (_BELOW, islice(places.after(run, document), _NEAREST if below else 0)),
        ]
        for least, side in sides:
            for rank, other in enumerate(side, least):
                if other >= FIRST and is_earlier(comments, other - FIRST, number):
                    yield rank, other

    def _compare(self, quoted: Quoted, document: int, places: Places) -> Agreement | None:
        """Return the best match in a document. Each pair is compared once."""
        number = self.numbers.setdefault(quoted, len(self.numbers))
        key = (number, document) if places is self.own else (~number, document)
        if key not in self.compared:
            self.compared[key] = self._agreement(quoted, document, places)
        return self.compared[key]

    def _agreement(self, quoted: Quoted, document: int, places: Places) -> Agreement | None:
        source = self.words(document)
        best: Agreement | None = None
        runs = shingles(list(quoted.words))
        order = sorted(range(len(runs)), key=lambda n: (len(places.at[runs[n]]), n))
        tried = 0
        for i in order:
            for j in places.has(runs[i], document):
                tried += 1
                agreed = align(quoted.words, source, (i, j), quoted.gaps)
                if best is None or agreed.score > best.score:
                    best = agreed
            if tried >= _TRIED or (best is not None and best.score == 1):
                break
        return best

    def _counts(self, quoted: Quoted, agreed: Agreement, source: int, document: int) -> bool:
        """Whether a match is a quotation: good enough and, if short, distinctive."""
        if agreed.score < self.least:
            return False
        if quoted.is_short:
            return (
                agreed.score == 1
                and quoted.weight >= _LEAST_WEIGHT
                and self._only_here(quoted, source, document)
                and any(self._is_rare(word, source, document) for word in quoted.words)
            )
        if len(quoted.words) < _FUZZY_WORDS and agreed.score < 1:
            return agreed.score >= _FUZZY_SCORE and self._only_here(quoted, source, document)
        return True

    def _only_here(self, quoted: Quoted, source: int, document: int) -> bool:
        """Whether some run of the words occurs in these two documents only."""
        for run in set(shingles(list(quoted.words))):
            places = self.own.at[run]
            if not places or not (self.own.holds(run, source) or self.again.holds(run, source)):
                continue
            others = {max(p >> 32, TEXT) for p in (*places[:8], *places[-8:])}
            if others <= {max(source, TEXT), document}:
                return True
        return False

    def _is_rare(self, word: str, source: int, document: int) -> bool:
        return len(word) > 3 and set(self.short_words[word]) <= {max(source, TEXT), document}


_MAY_QUOTE = re.compile(
    "[\"＂“”„‟«»‹›「『‘’‚'>]|&gt;|&quot;|\\[quote|<q|<blockquote|&#", re.IGNORECASE
)


def _documents(thread: Thread) -> tuple[list[str | None], list[TextFormat]]:
    article = thread.article
    texts = [article and article.title, article and article.text]
    formats = [TextFormat.TEXT, article.text_format if article else TextFormat.TEXT]
    texts += [comment.text for comment in thread.comments]
    formats += [comment.text_format for comment in thread.comments]
    return texts, formats


def _quoted(text: str) -> Quoted:
    sought: list[str] = []
    gaps = []
    for part in _ELLIPSIS.split(text):
        gaps.append(len(sought))
        sought += words(part)
    weight = sum(3 if word >= _WIDE_FROM else len(word) + 1 for word in sought)
    return Quoted(tuple(sought), frozenset(gap for gap in gaps if 0 < gap < len(sought)), weight)


def is_earlier(comments: Sequence[Comment], one: int, other: int) -> bool:
    """Whether comment number *one* is earlier than number *other*.

    It compares times if both are known, otherwise positions. (Ancestors are always earlier,
    whatever their times; callers check them first.)
    """
    a, b = comments[one].created_at, comments[other].created_at
    return a <= b and one != other if a is not None and b is not None else one < other


def _ranges(text: str, marked: list[Passage]) -> list[tuple[int, int]]:
    """Return the quoted parts of a text as sorted, disjoint ranges of its words."""
    ranges: list[tuple[int, int]] = []
    starts = array("q", [word.start() for word in WORD.finditer(text)])
    until = 0
    for passage in marked:
        start, end = bisect_left(starts, passage.start), bisect_left(starts, passage.end)
        if ranges and start <= until:
            ranges[-1] = (ranges[-1][0], max(until, end))
        elif end > start:
            ranges.append((start, end))
        until = ranges[-1][1] if ranges else 0
    return ranges


def place_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the words *start* to *end* of a text."""
    first = last = 0
    for n, word in enumerate(WORD.finditer(text)):
        if n == start:
            first = word.start()
        if n == end - 1:
            last = word.end()
            break
    return first, last
