"""Remove Markdown markup, line by line. Not a full parser, but always linear."""

import re
from collections.abc import Iterator

from .._markup.html import unescape

_FENCE = re.compile(r"[ >]{0,40}(?:```|~~~)")
_HEADING = re.compile(r"^([ >]{0,40})#{1,6}[ \t]+(.*?)$")
_CODE = re.compile(r"(``(?:[^`\n]++|`(?!`))++``|`[^`\n]++`|\\[!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[([^\[\]\n]*+)\]\([^()\s]*+(?:[ ]\"[^\"\n]*+\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]*+)\]\(<?([^()\s<>]*+(?:\([^()\s<>]*+\)[^()\s<>]*+)?)>?(?:[ ]\"[^\"\n]*+\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]*+)>")
_MARKS = (
    re.compile(r"\*\*([^*\n]++)\*\*"),
    re.compile(r"(?<!\w)__([^_\n]++)__(?!\w)"),
    re.compile(r"~~([^~\n]++)~~"),
    re.compile(r"(?<![\w*])\*([^*\s](?:[^*\n]*+))\*(?!\w)"),
    re.compile(r"(?<![\w_])_([^_\s](?:[^_\n]*+))_(?!\w)"),
)


def markdown_to_plain(text: str, *, links: bool = True) -> str:
    """Return the plain-text view of Markdown of any dialect. O(n)."""
    return "\n".join(_lines(text.replace("\r\n", "\n").replace("\r", "\n"), links=links))


def _lines(text: str, *, links: bool) -> Iterator[str]:
    is_code = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        elif is_code:
            yield line
        else:
            line = _HEADING.sub(r"\1\2", line)
            yield "".join(_pieces(line, links=links)).rstrip()


def _pieces(line: str, *, links: bool) -> Iterator[str]:
    """Yield the pieces of a line: code and escapes unchanged, the rest without markup."""
    for place, piece in enumerate(_CODE.split(line)):
        if not place % 2:
            yield _unmarked(piece, links=links)
        elif piece.startswith("\\"):
            yield piece[1:]
        else:
            edge = 2 if piece.startswith("``") else 1
            yield piece[edge:-edge].strip()


def _unmarked(piece: str, *, links: bool) -> str:
    if "](" in piece:
        piece = _IMAGE.sub(r"\1", piece)
        piece = _LINK.sub(_with_address if links else r"\1", piece)
    if "<" in piece:
        piece = _AUTOLINK.sub(r"\1", piece)
    for mark in _MARKS:
        piece = mark.sub(r"\1", piece)
    return unescape(piece)


def _with_address(match: "re.Match[str]") -> str:
    label, address = match.groups()
    return address if label in (address, "") else f"{label} ({address})"
