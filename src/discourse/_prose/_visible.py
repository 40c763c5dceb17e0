"""The visible part of a stored text, and the stored position of each of its characters."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .._markup.html import unescape
from ..model import TextFormat

#: A tag, the start of a comment, or a character reference. No part extends past another ``<``, so
#: even a text of nothing but ``<`` takes linear time.
_MARKUP = re.compile(
    r"<!--|</?([A-Za-z][A-Za-z0-9]*)[^<>]*>|<[!?][^<>]*>"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_UNSEEN = {
    "script": re.compile(r"</script", re.IGNORECASE),
    "style": re.compile(r"</style", re.IGNORECASE),
}
_COMMENT_END = re.compile("-->")

#: Tags that end a line. All others are inline.
_BLOCK_NAMES = """
address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header
hr li main nav ol p pre section table td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())


class Piece(NamedTuple):
    """A span of the visible text, and its stored position."""

    start: int
    """Its start in the visible text."""
    raw_start: int
    """Its start in the stored text."""
    raw_end: int
    """Its end in the stored text."""
    literal: bool
    """Whether it is stored character by character, and is not one reference or tag."""
    is_tag: bool = False
    """Whether it is a tag that ends a line."""


class Tag(NamedTuple):
    """A tag, and its position in the visible text."""

    at: int
    name: str
    closes: bool


class Visible:
    """A text without its markup, and the stored positions of all its characters."""

    __slots__ = ("hidden", "pieces", "starts", "tags", "text")

    def __init__(
        self,
        text: str,
        pieces: tuple[Piece, ...] = (),
        tags: tuple[Tag, ...] = (),
        hidden: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.text = text
        """The visible text."""
        self.pieces = pieces
        """Its stored positions; empty if the stored text is the same."""
        self.tags = tags
        """The tags of HTML, in order."""
        self.hidden = hidden
        """The invisible parts of the stored text: (start, end) of each tag and comment."""
        self.starts = [piece.start for piece in pieces]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stored span of the visible text from *start* to *end*. O(log n)."""
        if not self.pieces:
            return start, end
        first = self.pieces[max(bisect_right(self.starts, start) - 1, 0)]
        last = self.pieces[max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)]
        left = first.raw_start + (start - first.start if first.literal else 0)
        if end <= start:
            return left, left
        right = last.raw_start + (end - last.start) if last.literal else last.raw_end
        return left, right

    def parts(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the same as several spans, without the tags in between. O(log n + result)."""
        if not self.pieces or end <= start:
            return (self.span(start, end),)
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, end - 1), first + 1)
        return tuple(
            self.span(max(start, piece.start), min(end, until))
            for n, piece in enumerate(self.pieces[first:last], first)
            for until in [self.starts[n + 1] if n + 1 < len(self.starts) else len(self.text)]
            if not piece.is_tag
        )


def visible(text: str, text_format: TextFormat) -> Visible:
    """Return the visible text: HTML without tags, any other format unchanged. O(n)."""
    if text_format is not TextFormat.HTML or ("<" not in text and "&" not in text):
        return Visible(text)
    seen: list[str] = []
    pieces: list[Piece] = []
    tags: list[Tag] = []
    hidden: list[tuple[int, int]] = []
    length = done = 0
    for start, end, name, shows in _marks(text):
        if start > done:
            pieces.append(Piece(length, done, start, literal=True))
            seen.append(text[done:start])
            length += start - done
        if name:
            tags.append(Tag(length, name, text.startswith("</", start)))
        if not text.startswith("&", start):
            hidden.append((start, end))
        if shows:
            pieces.append(Piece(length, start, end, literal=False, is_tag=text[start] == "<"))
            seen.append(shows)
            length += len(shows)
        done = end
    if done < len(text):
        pieces.append(Piece(length, done, len(text), literal=True))
        seen.append(text[done:])
    return Visible("".join(seen), tuple(pieces), tuple(tags), tuple(hidden))


def _marks(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield each piece of markup: its start and end, the tag's name, and its visible text."""
    at = 0
    while (match := _MARKUP.search(text, at)) is not None:
        start, at = match.span()
        name = (match[1] or "").lower()
        if match[0] == "<!--":
            close = _COMMENT_END.search(text, at)
            at = close.end() if close is not None else len(text)  # like browsers
            yield start, at, "", ""
        elif text[start] == "&":
            yield start, at, "", unescape(match[0])
        elif name in _UNSEEN and not match[0].startswith("</"):
            close = _UNSEEN[name].search(text, at)
            at = close.start() if close is not None else len(text)
            yield start, at, "", ""
        else:
            yield start, at, name, "\n" if name in _BLOCKS else ""


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with disjoint spans replaced by other text. O(n log n)."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits):
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])
