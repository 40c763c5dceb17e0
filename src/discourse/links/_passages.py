"""Find the quoted passages of a text: in quotation marks and in quoted blocks."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal, NamedTuple

from .._prose import Visible
from ..model import TextFormat

Kind = Literal["marks", "block"]


class Passage(NamedTuple):
    """A quoted passage, without its marks: offsets into the visible text."""

    start: int
    end: int
    kind: Kind


_MARK = re.compile("[\"＂“”„‟«»‹›「」『』‘’‚‛']")

#: The marks that each mark can close, the likeliest first, and the kind that it opens otherwise.
_ENDS = {
    "“": "„", "”": "“„”", "«": "»", "»": "«", "‹": "›", "›": "‹", "」": "「", "』": "『",
    "‘": "‚", "’": "‘‚", "‛": "", "„": "", "‟": "", "‚": "", "「": "", "『": "",
    '"': '"', "＂": "＂", "'": "'",
}  # fmt: skip
_BEGINS = {"‟": "“", "‛": "‘", "」": "", "』": ""}
#: Marks that are also apostrophes, or the same at both ends: the neighbouring characters decide.
_DOUBTFUL = frozenset("\"＂”’'‘‛")
_APOSTROPHES = frozenset("’'")

#: A line that begins with one or more ``>``, and the rest of it.
_LINE = re.compile(r"^[ \t]{0,3}((?:(?:>|&gt;)[ \t]?)+)(.*)$", re.MULTILINE)
_QUOTING_ELEMENTS = ("blockquote", "q")
_NOT_EMPTY = re.compile(r"[^\n]+")
_BB_QUOTE = re.compile(r"\[(/?)quote[^\[\]\n]{0,200}\]", re.IGNORECASE)


def passages(seen: Visible, text_format: TextFormat) -> list[Passage]:
    """Return the quoted passages of a text, by start, longer ones first.

    Passages may be nested: each paragraph of a quoted block is one, in addition to the block. O(n).
    """
    if text_format is TextFormat.HTML:
        quoted = list(_tagged(seen))
    elif text_format is TextFormat.BBCODE:
        quoted = list(_bracketed(seen.text))
    else:
        quoted = list(_lines(seen.text))
    quoted += _marked(seen.text)
    trimmed = {_trimmed(seen.text, passage) for passage in quoted}
    return sorted((p for p in trimmed if p.start < p.end), key=lambda p: (p.start, -p.end, p.kind))


def _trimmed(text: str, passage: Passage) -> Passage:
    inside = text[passage.start : passage.end]
    left = len(inside) - len(inside.lstrip())
    return Passage(passage.start + left, passage.start + len(inside.rstrip()), passage.kind)


def _marked(text: str) -> Iterator[Passage]:
    """Yield the passages between quotation marks of one kind. The last one opened closes first."""
    begun: dict[str, int] = {}
    for sign in _MARK.finditer(text):
        mark, at = sign[0], sign.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        may_begin = not before.isalnum() and bool(after) and not after.isspace()
        may_end = bool(before) and not before.isspace() and not after.isalnum()
        ends = next((kind for kind in _ENDS[mark] if kind in begun), None)
        if ends is not None and (may_end or mark not in _DOUBTFUL):
            yield Passage(begun[ends], at, "marks")
            # ‘the dogs’ bone’: after an s, the mark may be a possessive: the quotation continues.
            if not (mark in _APOSTROPHES and before in "sxzSXZ" and after == " "):
                del begun[ends]
        elif mark not in _DOUBTFUL or may_begin:
            begun[_BEGINS.get(mark, mark)] = at + 1


def _tagged(seen: Visible) -> Iterator[Passage]:
    """Yield the outermost quoted elements of HTML, and their paragraphs."""
    for name in _QUOTING_ELEMENTS:
        tags = ((tag.closes, tag.at, tag.at) for tag in seen.tags if tag.name == name)
        yield from _outermost(seen.text, tags)


def _bracketed(text: str) -> Iterator[Passage]:
    """Yield the outermost ``[quote]`` of BBCode, and their paragraphs."""
    tags = ((bool(tag[1]), tag.start(), tag.end()) for tag in _BB_QUOTE.finditer(text))
    yield from _outermost(text, tags)


def _outermost(text: str, tags: Iterable[tuple[bool, int, int]]) -> Iterator[Passage]:
    """Yield the passages between tags. Each tag is (whether it closes, start, end)."""
    depth = begin = 0
    for closes, start, end in tags:
        if not closes:
            begin = begin if depth else end
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield from _with_lines(text, begin, start)


def _with_lines(text: str, start: int, end: int) -> Iterator[Passage]:
    yield Passage(start, end, "block")
    for line in _NOT_EMPTY.finditer(text, start, end):
        yield Passage(*line.span(), "block")


def _lines(text: str) -> Iterator[Passage]:
    """Yield each run of lines that begin with ``>``, and its paragraphs of one depth."""
    if ">" not in text and "&gt;" not in text:
        return
    blocks: list[list[int]] = []
    paragraphs: list[list[int]] = []
    previous_depth = 0  # of the previous line; 0 if it has no words
    for line in _LINE.finditer(text):
        start, end = line.span(2)
        depth = line[1].count(">") + line[1].count("&gt;") if line[2].strip() else 0
        joins = bool(blocks) and line.start() == blocks[-1][1] + 1
        if joins:
            blocks[-1][1] = end
        else:
            blocks.append([start, end])
        if depth and joins and depth == previous_depth:
            paragraphs[-1][1] = end
        elif depth:
            paragraphs.append([start, end])
        previous_depth = depth
    yield from (Passage(start, end, "block") for start, end in (*blocks, *paragraphs))


# -- the line above a quotation --------------------------------------------------------------------

#: What may precede the name on its line, and follow it: a colon and the end of the line.
_BEFORE_NAME = re.compile(r"[\s>*_]*")
_AFTER_NAME = re.compile(r"[ \t\u00a0*_]*:[ \t\u00a0\r*_]*(?:\n|\Z)\s*")
_QUOTED = re.compile(r">|&gt;|\[quote\b|<blockquote\b", re.IGNORECASE)


def is_header(seen: Visible, start: int, end: int) -> bool:
    """Whether a name is alone on its line, with a colon, directly before a quotation.

    A line such as ``Ada:`` attributes the quotation; it does not address Ada. Quotations are lines
    with ``>``, ``[quote]``, and quoted elements of HTML. Text in mere quotation marks does not
    count, because it may be addressed to Ada. O(1), except for the name's own lines and tags.
    """
    text = seen.text
    after = _AFTER_NAME.match(text, end)
    if after is None or not _BEFORE_NAME.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
        return False
    if _QUOTED.match(text, after.end()):
        return True
    first = bisect_left(seen.tags, end, key=lambda tag: tag.at)
    for tag in islice(seen.tags, first, None):
        if tag.at > after.end():
            return False
        if tag.name in _QUOTING_ELEMENTS and not tag.closes:
            return True
    return False
