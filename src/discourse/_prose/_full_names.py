"""Find full names of unknown people who are addressed at the start of a text.

``Garo Petrosyan, you are wrong`` addresses someone; ``Last Monday, it rained``, ``Fun Fact: no``
and ``Victor Hugo, who wrote it, …`` do not. Two tests distinguish them. `full_name` considers the
text only: two to five capitalised words, none of them a common first word of sentences or headings,
and no continuation in the third person after the comma. `Usage` considers the thread: a word that
someone writes in lower case is not a name, nor is a word of the article.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from ..thread import Thread
from ._visible import visible
from ._word_forms import MARKS, WORD, fold, words
from ._word_lists import is_label, is_plain_word, is_title, is_written_small

#: Lower-case words within names.
_SMALL_WORDS = "da de del della den der di dos du la le bin ibn van ten ter von zu"
_SMALL_PARTS = frozenset(_SMALL_WORDS.split())
_MOST = 5
"""Words of a name."""

_SHAPE = re.compile(
    r"([^\W\d_][^\s,:;@!?()\[\]{}<>/\"“”«»]{0,30}"
    rf"(?:[ \u00a0][^\W\d_][^\s,:;@!?()\[\]{{}}<>/\"“”«»]{{0,30}}){{1,{_MOST - 1}}}) ?[,:]"
)
_LETTERS = f"[^\\W\\d_](?:[^\\W\\d_]++|[{MARKS}]++)*+"
_PART = re.compile(rf"{_LETTERS}(?:['’.-]{_LETTERS})*\.?")
_INITIAL = re.compile(r"[^\W\d_]\.")
#: A continuation about a third person, or of a list; a year, a state.
_SPOKEN_OF = re.compile(
    r"\s*(?:(?:who|whose|whom|which|where|when|the|a|an|and|or|of|in|on|at|by|from|as|is|was|has|had|"
    r"der|die|das|dessen|deren|dem|den|ein|eine|einer|und|oder|wo|als|ist|war|hat|"
    r"qui|que|dont|le|la|les|un|une|et|ou|où|est|el|los|las|una|quien|cuyo|y|o|e|es|"
    r"il|lo|che|uno|o|os|as|um|uma|het|een|en|die)\b"
    r"|[\"“„«]?[\w-]*\d|[^\W\d_]{1,2}\b[.,]"
    r"|(?-i:[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯԱ-Ֆ])[\w'’-]*(?: (?-i:[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯԱ-Ֆ])[\w'’-]*)?"
    r"(?:,| (?:and|or|und|oder|et|ou|y|e|o|en|&) ))",
    re.IGNORECASE,
)


def full_name(text: str, at: int) -> tuple[int, int] | None:
    """Return the span of a full name that starts here and ends at a comma or colon. O(1)."""
    match = _SHAPE.match(text, at)
    if match is None or not text[at].isupper():
        return None
    if not _is_name(match[1].split()) or _SPOKEN_OF.match(text, match.end()):
        return None
    return at, match.end(1)


def _is_name(parts: list[str]) -> bool:
    """Whether the words are capitalised like a name, and are not common words."""
    if parts[-1] in _SMALL_PARTS or parts[0] in _SMALL_PARTS:
        return False
    large = [part for part in parts if part not in _SMALL_PARTS]
    full = [part for part in large if not _INITIAL.fullmatch(part)]
    if len(large) < 2 or not full or full[-1] != large[-1] or is_title(full[-1]):
        return False
    if not all(map(_is_written_as_name, full)):
        return False
    rest = [part for part in full if not is_title(part)]
    return not any(map(_is_word, rest)) and not all(map(is_written_small, rest))


def _is_written_as_name(part: str) -> bool:
    letters = [letter for letter in part if letter.isalpha()]
    is_capital = letters[0].isupper() and any(letter.islower() for letter in letters)
    return is_capital and _PART.fullmatch(part) is not None and not part.endswith(("'s", "’s"))


def _is_word(part: str) -> bool:
    pieces = [piece for piece in _PIECES.split(part) if len(piece) > 1]  # not the O of O'Hara
    return any(is_plain_word(piece) or is_label(piece) for piece in pieces)


_PIECES = re.compile(r"['’.-]+")


class Usage:
    """How the words of some names are used elsewhere: in lower case, or in the article."""

    def __init__(
        self, names: Iterable[str], others: Iterable[str], threads: Iterable[Thread]
    ) -> None:
        """Search the threads for the words of names. O(length of all texts).

        Args:
            names: The names.
            others: Known names. Uses of their words are ignored.
            threads: The threads to search.
        """
        passed = {word for name in others for word in words(name)}
        self.parts = {name: _telling(name, passed) for name in names}
        self.wanted = {word for parts in self.parts.values() for word in parts}
        self.small: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        for thread in threads:
            if thread.article is not None:
                self._read(thread.article.title or "")
                self._read(visible(thread.article.text or "", thread.article.text_format).text)
            for comment in thread.comments:
                if comment.text:
                    self._hear(visible(comment.text, comment.text_format).text)

    def _hear(self, text: str) -> None:
        """Record the words of a visible text. O(n)."""
        if not self.wanted:
            return
        if text.isascii():
            self.small.update(self.wanted.intersection(_SMALL_ASCII.findall(text)))
            return
        small = (fold(word) for word in set(_ALONE.findall(text)) if word[0].islower())
        self.small.update(self.wanted.intersection(small))

    def _read(self, text: str) -> None:
        """Record the words of the article or its title. O(n)."""
        self.pairs.update(pairwise(words(text)))
        self._hear(text)

    def is_name(self, name: str) -> bool:
        """Whether no use of its words is evidence against the name."""
        parts = self.parts[name]
        spoken_of = len(parts) > 1 and all(pair in self.pairs for pair in pairwise(parts))
        return not spoken_of and self.small.isdisjoint(parts)


#: Whole words: not the first part of ``don't``, nor a part of a login.
_SMALL_ASCII = re.compile(r"(?<![\w'])[a-z]+(?![\w'])")
_ALONE = re.compile(f"(?<![\\w'’])(?:{WORD.pattern})(?![\\w'’])")


def _telling(name: str, passed: set[str]) -> list[str]:
    parts = [part for part in name.split() if not is_title(part) and part not in _SMALL_PARTS]
    return [word for word in words(" ".join(parts)) if word not in passed]
