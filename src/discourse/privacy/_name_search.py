"""Where known names stand in a text: as calls, as bare names, in addresses and in tags."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .._prose import (
    WIDE,
    WORD,
    Entry,
    Names,
    Tokens,
    calls,
    fold,
    is_plain_word,
    spliced,
    visible,
)
from ..model import TextFormat
from ._identities import People


class Spot(NamedTuple):
    """A name in a text as stored."""

    parts: tuple[tuple[int, int], ...]
    """Where it is stored: more than one stretch where tags stand within it."""
    name: str
    """As it is written there."""
    entry: Entry[str] | None
    """Whose it is; None where somebody who is not known is called."""


_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"]+", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=]+))")
_SAID = re.compile(r"[ \t]*(?:wrote|writes|said|says|schrieb|sagte?|a écrit|écrit)\b[^\n]{0,40}:")
_JOINED_BEFORE = re.compile(f"[^\\W_{WIDE}]_*\\Z")
_JOINED_AFTER = re.compile(f"_*[^\\W_{WIDE}]")
_NEAR = 10  # characters before a name, in which its neighbour is looked for
_EMPHASIS = re.compile(r"(?<!\w)_++|(?<!_)_++(?!\w)")  # underscores that join no words
_QUOTE_TAG = re.compile(r"\[quote=[\"']?$", re.IGNORECASE)


def spots(text: str, text_format: TextFormat, people: People) -> list[Spot]:
    """Return every place where a known name stands, or somebody is called, apart and in order.

    O(length of the text · words of the longest name).
    """
    seen = visible(text, text_format)
    names = [
        Spot(seen.parts(start, end), seen.text[start:end], entry)
        for start, end, entry in _apart(_in_prose(seen.text, people))
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


def _without_emphasis(text: str) -> str:
    """Return *text* with spaces for the underscores round ``_words_`` in a line. O(n).

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
    """Whether a bare name in a text stands for the person, and not for words.

    It does where it is written as the author writes it, with capitals, all in capitals or, if none
    of its words is a plain one, all in small letters; one with digits or signs in it, however it
    is written. One that is a plain word does only where its place says so.
    """
    name, written = " ".join(entry.name.split()), " ".join(text[start:end].split())
    parts = name.split()
    if len(parts) == 1 and is_plain_word(name):
        said = _SAID.match(text, end) and (not start or text[start - 1] in "\n>")
        quoted = _QUOTE_TAG.search(text, max(start - 10, 0), start)
        return bool(said or quoted) and name == written
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
    """Return letters without accents and invisible characters, their case kept."""
    if word.isascii():
        return word
    return "".join(
        fold(letter).upper() if letter.isupper() else fold(letter)
        for letter in word
        if letter.isalnum() or letter == " "
    )


def loose(text: str, names: Names[str], at: int = 0) -> Iterator[Spot]:
    """Yield the names in an address or identifier, whatever joins their words."""
    if not names.entries:
        return
    words = list(WORD.finditer(text))
    same = [fold(word[0]) for word in words]
    until = 0

    def says_enough(entry: Entry[str], _: int) -> bool:
        return not is_plain_word(entry.name)

    for first in names.begin_at(same):
        match = names.longest(same, first, says_enough) if first >= until else None
        if match is not None:
            start, end, until = words[first].start(), words[match.end - 1].end(), match.end
            yield Spot(((at + start, at + end),), text[start:end], match.entry)


def _in_tag(text: str, start: int, end: int, names: Names[str]) -> Iterator[Spot]:
    """Yield the names in the values of a tag's attributes, or in a comment or a script."""
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
    """Return the text with something else in the place of each name; tags stay. O(n).

    What is put in is kept apart, by a space, from letters and digits that the name was not part of:
    names that end in a sign may be joined to them.
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
    """Return stretches with those made one that nothing stands between."""
    joined = [parts[0]]
    for start, end in parts[1:]:
        if start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
