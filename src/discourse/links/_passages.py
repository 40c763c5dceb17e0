"""Find the passages of a text that are marked as quoted: quotation marks, and quoted blocks."""

import re
from collections.abc import Iterator
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

#: What each mark ends, the likeliest first, and what it begins where it ends nothing.
_ENDS = {
    "“": "„", "”": "“„”", "«": "»", "»": "«", "‹": "›", "›": "‹", "」": "「", "』": "『",
    "‘": "‚", "’": "‘‚", "‛": "", "„": "", "‟": "", "‚": "", "「": "", "『": "",
    '"': '"', "＂": "＂", "'": "'",
}  # fmt: skip
_BEGINS = {"‟": "“", "‛": "‘", "」": "", "』": ""}
#: Marks that are apostrophes too, or look the same at both ends: their neighbours decide.
_DOUBTFUL = frozenset("\"＂”’'‘‛")
_APOSTROPHES = frozenset("’'")

#: A line that begins with ``>``, how often, and what follows.
_LINE = re.compile(r"^[ \t]{0,3}((?:(?:>|&gt;)[ \t]?)+)(.*)$", re.MULTILINE)
_BB_QUOTE = re.compile(r"\[(/?)quote[^\[\]\n]{0,200}\]", re.IGNORECASE)


def passages(seen: Visible, text_format: TextFormat) -> list[Passage]:
    """Return the quoted passages of a text, by their start, longer ones first.

    A passage may stand inside another: each paragraph of a quoted block is one beside the whole.
    O(n).
    """
    if text_format is TextFormat.HTML:
        found = list(_tagged(seen))
    elif text_format is TextFormat.BBCODE:
        found = list(_bracketed(seen.text))
    else:
        found = list(_lines(seen.text))
    found += _marked(seen.text)
    trimmed = {_trimmed(seen.text, passage) for passage in found}
    return sorted((p for p in trimmed if p.start < p.end), key=lambda p: (p.start, -p.end, p.kind))


def _trimmed(text: str, passage: Passage) -> Passage:
    inside = text[passage.start : passage.end]
    left = len(inside) - len(inside.lstrip())
    return Passage(passage.start + left, passage.start + len(inside.rstrip()), passage.kind)


def _marked(text: str) -> Iterator[Passage]:
    """Yield what stands between quotation marks of one kind: the last that began ends first."""
    begun: dict[str, int] = {}
    for found in _MARK.finditer(text):
        mark, at = found[0], found.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        may_begin = not before.isalnum() and bool(after) and not after.isspace()
        may_end = bool(before) and not before.isspace() and not after.isalnum()
        ends = next((kind for kind in _ENDS[mark] if kind in begun), None)
        if ends is not None and (may_end or mark not in _DOUBTFUL):
            yield Passage(begun[ends], at, "marks")
            # ‘the dogs’ bone’: what ends on s may only own something, and the quotation goes on.
            if not (mark in _APOSTROPHES and before in "sxzSXZ" and after == " "):
                del begun[ends]
        elif mark not in _DOUBTFUL or may_begin:
            begun[_BEGINS.get(mark, mark)] = at + 1


def _tagged(seen: Visible) -> Iterator[Passage]:
    """Yield the outermost quoted elements of HTML, and their paragraphs."""
    depth = {"blockquote": 0, "q": 0}
    start = {"blockquote": 0, "q": 0}
    for tag in seen.tags:
        if tag.name not in depth:
            continue
        if not tag.closes:
            if not depth[tag.name]:
                start[tag.name] = tag.at
            depth[tag.name] += 1
        elif depth[tag.name]:
            depth[tag.name] -= 1
            if not depth[tag.name]:
                yield from _with_lines(seen.text, start[tag.name], tag.at)


def _bracketed(text: str) -> Iterator[Passage]:
    """Yield the outermost ``[quote]`` of BBCode, and their paragraphs."""
    depth = start = 0
    for tag in _BB_QUOTE.finditer(text):
        if not tag[1]:
            start = start if depth else tag.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield from _with_lines(text, start, tag.start())


def _with_lines(text: str, start: int, end: int) -> Iterator[Passage]:
    yield Passage(start, end, "block")
    line = start
    while (stop := text.find("\n", line, end)) >= 0:
        yield Passage(line, stop, "block")
        line = stop + 1
    if line > start:
        yield Passage(line, end, "block")


def _lines(text: str) -> Iterator[Passage]:
    """Yield each run of lines that begin with ``>``, and its paragraphs of one depth."""
    if ">" not in text and "&gt;" not in text:
        return
    block = part = None  # (start, end)
    depth = 0
    for found in _LINE.finditer(text):
        start, end = found.span(2)
        deep = found[1].count(">") + found[1].count("&gt;")
        joins = block is not None and found.start() == block[1] + 1
        if part is not None and (not joins or deep != depth or not found[2].strip()):
            yield Passage(*part, "block")
            part = None
        if block is not None and not joins:
            yield Passage(*block, "block")
            block = None
        block = (start if block is None else block[0], end)
        if found[2].strip():
            part, depth = (start if part is None else part[0], end), deep
    if part is not None:
        yield Passage(*part, "block")
    if block is not None:
        yield Passage(*block, "block")
