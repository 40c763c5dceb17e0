"""Make untrusted text safe to print, and measure and wrap it by terminal columns."""

import unicodedata
from collections.abc import Iterator

#: Joiners that scripts and emoji need. All other format characters are escaped.
_JOINERS = "\u200c\u200d"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str) -> str:
    r"""Return *text* with every character that could control a terminal escaped.

    Line breaks stay, tabs become four spaces, and other white space becomes plain spaces.

    >>> clean("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join(char if char == "\n" or char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    if char in _JOINERS:
        return char
    if unicodedata.category(char) == "Zs":
        return " "
    return char.encode("unicode_escape").decode("ascii")


def one_line(text: str) -> str:
    """Return *text* cleaned, with every run of white space a single space."""
    return " ".join(clean(text).split())


def columns(text: str) -> int:
    """Return the number of terminal columns of *text*."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or char in _JOINERS or unicodedata.category(char) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return *text* on one line, cut to *width* columns with an ellipsis."""
    line = one_line(text[: width * 8])
    if columns(line) <= width and len(text) <= width * 8:
        return line
    return next(_pieces(line, max(width - 1, 1)), "").rstrip() + "…"


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield the cleaned lines of *text*, wrapped to *width* columns. Blank lines stay."""
    for line in clean(text).split("\n"):
        line = line.rstrip()
        if len(line) <= width and columns(line) <= width:
            yield line
        else:
            yield from _wrap_line(line, width)


def _wrap_line(line: str, width: int) -> Iterator[str]:
    words: list[str] = []
    used = 0
    for word in line.split(" "):
        size = columns(word)
        if words and used + 1 + size > width:
            yield " ".join(words)
            words, used = [], 0
        if size > width:
            *whole, word = _pieces(word, width)
            yield from whole
            size = columns(word)
        used += size + (1 if words else 0)
        words.append(word)
    if words:
        yield " ".join(words)


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield *word* in pieces of at most *width* columns."""
    start = used = 0
    for position, char in enumerate(word):
        size = _columns_of(char)
        if used + size > width and position > start:
            yield word[start:position]
            start, used = position, 0
        used += size
    yield word[start:]
