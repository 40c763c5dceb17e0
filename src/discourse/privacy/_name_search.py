"""Find known names in a text: as mentions, as bare names, in URLs and in tags."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .._prose import (
    WIDE,
    WORD,
    Entry,
    Names,
    Tokens,
    Visible,
    calls,
    fold,
    is_plain_word,
    spliced,
    visible,
)
from ..model import TextFormat
from ._identities import People


class Spot(NamedTuple):
    """A name in a stored text."""

    parts: tuple[tuple[int, int], ...]
    """Its stored position: several spans if there are tags inside the name."""
    name: str
    """The name, as written."""
    entry: Entry[str] | None
    """The entry of the name; None for a mention of an unknown name."""


_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"]+", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=]+))")
_ATTRIBUTION = re.compile(
    r"[ \t]*(?:wrote|writes|said|says|schrieb|sagte?|a écrit|écrit)\b[^\n]{0,40}:"
)
_JOINED_BEFORE = re.compile(f"[^\\W_{WIDE}]_*\\Z")
_JOINED_AFTER = re.compile(f"_*[^\\W_{WIDE}]")
_NEAR = 10  # characters before a name, in which to look for the previous word
_EMPHASIS = re.compile(r"(?<!\w)_++|(?<!_)_++(?!\w)")  # underscores that do not join words
_QUOTE_TAG = re.compile(r"\[quote=[\"']?$", re.IGNORECASE)


def spots(text: str, text_format: TextFormat, people: People) -> list[Spot]:
    """Return every known name and every mention, sorted and disjoint.

    O(length of the text · words of the longest name).
    """
    seen = visible(text, text_format)
    names = [
        Spot(seen.parts(start, end), seen.text[start:end], entry)
        for start, end, entry in _apart([*_in_prose(seen.text, people), *_at_tags(seen, people)])
    ]
    for start, end in seen.hidden:
        names += _in_tag(text, start, end, people.loose)
    return names if not seen.hidden else sorted(names, key=lambda spot: spot.parts)


_Named = tuple[int, int, Entry[str] | None]


def _in_prose(text: str, people: People) -> list[_Named]:
    named: list[_Named] = [
        (call.start, call.end, call.entry)
        for call in calls(text, people.names)
        if not call.is_doubtful
    ]
    named += _bare(text, people)
    if "_" in text:
        named += _bare(_without_emphasis(text), people)
    if "://" in text or "www." in text:
        for url in _URL.finditer(text):
            in_url = loose(url[0], people.loose, url.start())
            named += [(*spot.parts[0], spot.entry) for spot in in_url]
    return named


def _at_tags(seen: Visible, people: People) -> Iterator[_Named]:
    """Yield the bare names that a tag alone separates from other words: ``Ada<b>says</b>``."""
    text = seen.text
    joints = sorted(
        {
            tag.at
            for tag in seen.tags
            if text[tag.at - 1 : tag.at].isalnum() and text[tag.at : tag.at + 1].isalnum()
        }
    )
    if not joints:
        return
    spaces = [at + n for n, at in enumerate(joints)]
    for start, end, entry in _bare(spliced(text, [(at, at, " ") for at in joints]), people):
        yield start - bisect_left(spaces, start), end - bisect_left(spaces, end), entry


def _without_emphasis(text: str) -> str:
    """Return *text* with the underscores around ``_words_`` in a line replaced by spaces. O(n).

    An underscore on one side only belongs to a login, which is another name.
    """
    edits: list[tuple[int, int, str]] = []
    before = 0
    opening: re.Match[str] | None = None
    for signs in _EMPHASIS.finditer(text):
        start, end = signs.span()
        if text.find("\n", before, start) >= 0:
            opening = None
        before = end
        if opening is not None and not text[start - 1].isspace():
            edits += [(*here.span(), " " * len(here[0])) for here in (opening, signs)]
            opening = None
        elif end < len(text) and not text[end].isspace():
            opening = signs
    return spliced(text, edits)


def _bare(text: str, people: People) -> Iterator[_Named]:
    tokens, names = Tokens(text), people.names
    until = 0

    def fits(entry: Entry[str], end: int) -> bool:
        if entry.partial and not people.parts:
            return False
        return is_meant(entry, text, *tokens.span(at, end))

    for at in names.begin_at(tokens.same):
        match = names.longest(tokens.same, at, fits) if at >= until else None
        if match is not None:
            yield (*tokens.span(at, match.end), match.entry)
            until = match.end


def is_meant(entry: Entry[str], text: str, start: int, end: int) -> bool:
    """Whether a bare name in a text means the person, and is not an ordinary word.

    It does if it is spelled like the author spells it, capitalised, in upper case or, if none of
    its words is a plain word, in lower case. A name with digits or signs always does. A plain word
    does only before "said:" and the like, or in a quotation tag.
    """
    name, written = " ".join(entry.name.split()), " ".join(text[start:end].split())
    parts = name.split()
    if len(parts) == 1 and is_plain_word(name):
        attribution = _ATTRIBUTION.match(text, end) and (not start or text[start - 1] in "\n>")
        quote_tag = _QUOTE_TAG.search(text, max(start - 10, 0), start)
        return bool(attribution or quote_tag) and name == written
    if not name.replace(" ", "").isalpha():
        return True
    same, wanted = _bare_letters(written), _bare_letters(name)
    plain = any(is_plain_word(part.lower()) for part in parts)
    if same in {wanted, wanted.title()} or (
        same == wanted.lower() and len(parts) > 1 and not plain
    ):
        return True
    return len(wanted) > 2 and same == wanted.upper() and not (plain and len(parts) > 1)


def _bare_letters(word: str) -> str:
    """Return letters without accents and invisible characters, in their original case."""
    if word.isascii():
        return word
    return "".join(
        fold(letter).upper() if letter.isupper() else fold(letter)
        for letter in word
        if letter.isalnum() or letter == " "
    )


def loose(text: str, names: Names[str], at: int = 0) -> Iterator[Spot]:
    """Yield the names in a URL or identifier, with any signs between their words."""
    if not names.entries:
        return
    words = list(WORD.finditer(text))
    same = [fold(word[0]) for word in words]
    until = 0

    def is_distinct(entry: Entry[str], _: int) -> bool:
        return not is_plain_word(entry.name)

    for first in names.begin_at(same):
        match = names.longest(same, first, is_distinct) if first >= until else None
        if match is not None:
            start, end, until = words[first].start(), words[match.end - 1].end(), match.end
            yield Spot(((at + start, at + end),), text[start:end], match.entry)


def _in_tag(text: str, start: int, end: int, names: Names[str]) -> Iterator[Spot]:
    """Yield the names in the attributes of a tag, or in a comment or script."""
    if text.startswith(("<!--", "<script", "<style", "<SCRIPT", "<STYLE"), start):
        yield from loose(text[start:end], names, start)
        return
    for value in _VALUE.finditer(text, start, end):
        group = value.lastindex or 1
        yield from loose(value[group], names, value.start(group))


def _apart(named: list[_Named]) -> Iterator[_Named]:
    until = 0
    for start, end, entry in sorted(named, key=lambda span: (span[0], -span[1])):
        if start >= until and end > start:
            yield start, end, entry
            until = end


def replaced(text: str, names: list[Spot], by: Callable[[Spot], str]) -> str:
    """Return the text with each name replaced, and tags unchanged. O(n).

    A name that begins or ends with a sign may touch letters or digits. A space then separates its
    replacement from them.
    """
    parts: list[str] = []
    done = 0
    edits = [
        (start, end, by(spot) if n == 0 else "")
        for spot in names
        for n, (start, end) in enumerate(_joined(spot.parts))
    ]
    for start, end, new in sorted(edits):
        parts.append(text[done:start])
        if new:
            joined = start > 0 and (
                start == done or _JOINED_BEFORE.search(text, max(start - _NEAR, 0), start)
            )
            parts += [" " if joined else "", new, " " if _JOINED_AFTER.match(text, end) else ""]
        done = end
    return "".join([*parts, text[done:]])


def _joined(parts: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Return the spans with adjacent ones joined."""
    joined = [parts[0]]
    for start, end in parts[1:]:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
