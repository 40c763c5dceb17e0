"""Find many names in a text at once, with a trie of words."""

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

import attrs

from ._word_forms import MARKS, ONE_WIDE, WIDE, fold
from ._word_lists import is_plain_word

_V = TypeVar("_V", bound=Hashable)

#: A word of a name (with underscores, as in logins), or one sign.
_TOKEN = re.compile(f"[^\\W{WIDE}](?:[^\\W{WIDE}]++|[{MARKS}]++)*+|{ONE_WIDE}|[^\\s\\w]")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9_]+|[^\sA-Za-z0-9_]")
#: Invisible signs, and signs with several spellings.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066"
                    "\u2067\u2068\u2069\ufeff\ufe0e\ufe0f")  # fmt: skip
_VARIANTS = {
    **dict.fromkeys("‘’‚‛`´ʼ＇", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}

_MOST_PARTS = 8
"""The most words of a name whose rest, without the first word, counts as a name."""


class Tokens:
    """The words and signs of a text, folded for comparison. Positions are computed on demand."""

    __slots__ = ("_spans", "same", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: list[tuple[int, int]] | None = None
        if text.isascii():
            self.same = _ASCII_TOKEN.findall(text.lower())
        else:
            self.same = [
                _VARIANTS.get(word) or fold(word)
                for word in _TOKEN.findall(text)
                if word not in _UNSEEN
            ]

    def __len__(self) -> int:
        return len(self.same)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The position of each in the text. O(n) the first time."""
        if self._spans is None:
            pattern = _ASCII_TOKEN if self.text.isascii() else _TOKEN
            tokens = pattern.finditer(self.text)
            self._spans = [token.span() for token in tokens if token[0] not in _UNSEEN]
        return self._spans

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the span of the tokens *first* to *end*."""
        return self.spans[first][0], self.spans[end - 1][1]


@attrs.define
class Entry(Generic[_V]):
    """A name, and everyone who has it."""

    name: str
    """Its first spelling."""
    values: dict[_V, None]
    """Who has the name, in the order given, without repeats."""
    partial: bool = False
    """Whether it is only a part of a name."""


class Found(NamedTuple, Generic[_V]):
    """A name in a text: its first and last token, and who has it."""

    first: int
    end: int
    entry: Entry[_V]


@attrs.define
class _Node(Generic[_V]):
    """A node of the trie: the next words, and the name that ends here."""

    after: "dict[str, _Node[_V]]" = attrs.field(factory=dict)
    entry: Entry[_V] | None = None


class Names(Generic[_V]):
    """The names to find, by their words. Case, accents and spaces are ignored."""

    def __init__(self, names: Iterable[tuple[str, _V]] = ()) -> None:
        self.root: _Node[_V] = _Node()
        self.entries: list[Entry[_V]] = []
        for name, value in names:
            self.add(name, value)

    def add(self, name: str, value: _V, *, partial: bool = False) -> None:
        """Add a name. A blank name is ignored. O(len(name))."""
        node = self.root
        tokens = Tokens(name)
        for same in tokens.same:
            node = node.after.setdefault(same, _Node())
        if not tokens:
            return
        if node.entry is None:
            node.entry = Entry(name, {}, partial)
            self.entries.append(node.entry)
        elif node.entry.partial and not partial:  # a whole name wins
            node.entry.name, node.entry.partial = name, False
            node.entry.values.clear()
        if partial == node.entry.partial:
            node.entry.values[value] = None

    def get(self, name: str) -> Entry[_V] | None:
        """Return the entry of exactly this name."""
        tokens = Tokens(name)
        match = self.longest(tokens.same, 0)
        return match.entry if match is not None and match.end == len(tokens) else None

    def add_parts(self, *, last: bool = False) -> None:
        """Add the first word of each longer name, all words but the first, and optionally the last.

        Each is only added if nobody else has it. Plain words and words of one or two letters are
        skipped. O(all names).
        """
        owners: dict[str, dict[_V, None]] = {}
        for entry in self.entries:
            for part in _parts(entry.name.split(), last=last):
                if len(part) > 2 and not is_plain_word(part.lower()):
                    owners.setdefault(part, {}).update(entry.values)
        for part, owned in owners.items():
            if len(owned) == 1 and self.get(part) is None:
                self.add(part, next(iter(owned)), partial=True)

    def longest(
        self, tokens: list[str], at: int, fits: Callable[[Entry[_V], int], bool] | None = None
    ) -> Found[_V] | None:
        """Return the longest name that starts at a token. O(its length).

        Args:
            tokens: The folded tokens of a text.
            at: The position of the first token.
            fits: Whether a name may end before a given token. By default, always.
        """
        node = self.root
        best = None
        end = at
        while end < len(tokens) and tokens[end] in node.after:
            node = node.after[tokens[end]]
            end += 1
            if node.entry is not None and (fits is None or fits(node.entry, end)):
                best = Found(at, end, node.entry)
        return best

    def begin_at(self, tokens: list[str]) -> list[int]:
        """Return the tokens at which a name may start. O(n)."""
        after = self.root.after
        return [n for n, token in enumerate(tokens) if token in after]


def _parts(parts: list[str], *, last: bool) -> list[str]:
    """Return the parts of a name of several words that may be used alone."""
    if len(parts) < 2:
        return []
    shorter = parts[:1] + (parts[-1:] if last else [])
    if 2 < len(parts) <= _MOST_PARTS and parts[1][0].isupper():
        shorter.append(" ".join(parts[1:]))
    return shorter
