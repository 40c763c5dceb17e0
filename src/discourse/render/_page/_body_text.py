"""The text of a comment or article as HTML, by its format.

Plain text becomes paragraphs, lists and quotes, and its addresses become links.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from ...model import Article, Comment, TextFormat
from ._escaping import href, language, link, shown
from ._sanitise import sanitised

_GAP = re.compile(r"\n(?:[ ]*\n)+")
_BULLET = re.compile(r" {0,4}[-*\u2022] +(?=\S)")
_NUMBER = re.compile(r" {0,4}([0-9]{1,6})[.)] +(?=\S)")
_QUOTE = re.compile(r" {0,3}>(?=[ >]|$) ?")
_MARKS = {"bullet": _BULLET, "number": _NUMBER, "quote": _QUOTE}
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_TRAILING = ".,;:!?\u2026\u201d\u00bb*_"


def text_of(value: Comment | Article) -> str:
    """Return the text as an element, or a remark if it is unknown or empty."""
    text = value.text
    if text is None:
        return '<p class="t note no">no text here</p>'
    if value.text_format is TextFormat.HTML:
        pieces, plain = "".join(sanitised(text)), ""
    else:
        paragraphs = prose if value.text_format is TextFormat.TEXT else verbatim
        pieces, plain = "".join(paragraphs(text)), " plain"
    if not pieces:
        return '<p class="t note no">empty</p>'
    return f'<div class="t{plain}"{language(value.language)} dir="auto">{pieces}</div>'


def verbatim(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text verbatim, line by line. O(n)."""
    for block in _GAP.split(shown(text).strip("\n")):
        if block.strip():
            yield f"<p>{_linked(block)}</p>"


def prose(text: str) -> Iterator[str]:
    r"""Yield the paragraphs, lists and quotes of plain text. O(n).

    >>> list(prose("Two things:\n- one\n- two\n\nSo."))
    ['<p>Two things:</p>', '<ul>', '<li>one</li>', '<li>two</li>', '</ul>', '<p>So.</p>']
    """
    for block in _GAP.split(shown(text).strip("\n")):
        if block.strip():
            for kind, runs in groupby(_runs(block.split("\n")), lambda run: run[0]):
                yield from _elements(kind, [line for _, lines in runs for line in lines])


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of a block, grouped by kind."""
    for kind, alike in groupby(lines, _kind):
        run = list(alike)
        yield (kind if _is_so(kind, run) else "line"), run


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "bullet"
    if _NUMBER.match(line):
        return "number"
    return "quote" if _QUOTE.match(line) else "line"


def _is_so(kind: str, run: list[str]) -> bool:
    """Whether lines are what they look like.

    A single dash may be direct speech, and numbers that are not consecutive are not a list.
    """
    if kind == "number":
        numbers = [int(match[1]) for match in map(_NUMBER.match, run) if match]
        return len(run) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return kind == "quote" or len(run) > 1


def _elements(kind: str, lines: list[str]) -> Iterator[str]:
    if kind == "line":
        yield f"<p>{_linked(chr(10).join(lines))}</p>"
        return
    items = [_MARKS[kind].sub("", line, count=1) for line in lines]
    if kind == "quote":
        yield "<blockquote>"
        yield from _elements("line", items)
        yield "</blockquote>"
        return
    first = _NUMBER.match(lines[0])
    name = "ol" if first else "ul"
    yield f'<ol start="{int(first[1])}">' if first and int(first[1]) != 1 else f"<{name}>"
    yield from (f"<li>{_linked(item)}</li>" for item in items)
    yield f"</{name}>"


def _linked(text: str) -> str:
    """Return escaped text, with addresses as links that show their target."""
    if "://" not in text:
        return escape(text)
    parts: list[str] = []
    done = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TRAILING)
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")" + _TRAILING)
        target = href(address)
        if target is not None:
            parts += [escape(text[done : match.start()]), link(target, escape(address))]
            done = match.start() + len(address)
    return "".join([*parts, escape(text[done:])])
