"""Parse JSON of other programs to plain values, and skip text around it.

Python's decoder does the work. It recurses, so values that are too deep for it go to an iterative
decoder (`_deep`). ``NaN`` and the like are refused. Duplicate keys and lone surrogates are
reported.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ..._problems import ProblemLog
from ...errors import ParseError, Place, shown
from ._deep import decode_deep

BLANK = "\ufeff \t\r\n"
"""What may precede JSON: white space, and byte order marks, which PHP plugins leave there."""

KEPT = 10_000
"""How many characters of skipped text a problem stores."""
#: An escaped half of a surrogate pair. Few texts have any, and the search is fast.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_HTTP = re.compile(r"HTTP/[\d.]{1,5} \d{3}")  # headers printed by "curl -i"
#: Warnings that PHP prints before an answer.
_PHP = re.compile(r"<br ?/?>\s{0,99}<b>(?:Warning|Notice|Deprecated|Strict Standards)</b>")
_BLANK_LINE = re.compile(r"\n\r?\n")
_JSON_LINE = re.compile(r"^[\[{]", re.MULTILINE)
_NEXT = re.compile(rf"[{BLANK}]*")


class Decoder:
    """Decodes consecutive JSON values; see `documents`."""

    def __init__(self, log: ProblemLog) -> None:
        self._log = log
        self._repeated: list[tuple[str, object]] = []
        self._json = json.JSONDecoder(object_pairs_hook=self._to_dict, parse_constant=_refuse)

    def decode(self, text: str, start: int) -> tuple[object, int]:
        """Return the value at *start* and its end. Raises `ParseError` if there is none."""
        self._repeated.clear()
        try:
            value, end = self._json.raw_decode(text, start)
        except json.JSONDecodeError as error:
            place = Place(line=error.lineno, column=error.colno, offset=error.pos)
            raise ParseError(f"not JSON: {error.msg[:200]}", place) from None
        except RecursionError:
            value, end = decode_deep(text, start, self._to_dict)
        except ValueError as error:  # an integer with too many digits for Python
            raise ParseError(f"not readable: {str(error)[:200]}", Place(offset=start)) from None
        for key, lost in self._repeated:
            message = f"an object has the key {shown(key)} more than once: the last value counts"
            self._log.add("repeated-key", message, values=(lost,))
        return value, end

    def _to_dict(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        items = dict(pairs)
        if len(items) != len(pairs):
            seen: dict[str, object] = {}
            for key, value in pairs:
                if key in seen:
                    self._repeated.append((key, seen[key]))
                seen[key] = value
        return items


def documents(text: str, log: ProblemLog) -> list[tuple[str, object]]:
    """Return the JSON values in a text, each with its path: ``$``, or ``$[0]``, ``$[1]``, ...

    There may be several consecutive values, as in JSON Lines and in concatenated API responses.
    HTTP headers before them are skipped. HTML that a server prints around them is reported, as are
    single lines that are not JSON and a truncated last value.

    Raises `ParseError` with a place if there is no JSON or if other text follows it, and
    `LimitError` beyond `discourse.formats.MAX_NESTING`. O(n).
    """
    values = list(_Values(without_lone_surrogates(text, log), log))
    if len(values) == 1:
        return [("$", values[0])]
    return [(f"$[{n}]", value) for n, value in enumerate(values)]


class _Values:
    """The consecutive values of a text.

    A line that is not JSON is skipped. After it, each line is decoded separately; otherwise, lines
    with unclosed values would each be scanned to the end of the text.
    """

    def __init__(self, text: str, log: ProblemLog) -> None:
        self._text = text
        self._log = log
        self._decoder = Decoder(log)
        self._at = _end_of_head(text)
        self._line, self._line_at = 1, 0  # the number of the line at an offset
        self._line_end = (
            0  # the end of the line where the last value starts; -1: the end of the text
        )
        self._is_by_lines = False  # after a broken line
        self._own_line = ("", 0)  # the rest of a line, and its end
        head = text[: self._at].strip(BLANK)
        if _PHP.search(head):
            self._report("junk-before", f"skipped {len(head):,} characters before the JSON", 0)

    def __iter__(self) -> Iterator[object]:
        text = self._text
        value, self._at = self._first()
        yield value
        while (begin := self._next()) < len(text):
            if text[begin] == "<":
                message = f"skipped {len(text) - begin:,} characters after the JSON"
                self._report("junk-after", message, begin)
                return
            if text[begin] not in "{[n":
                raise ParseError("not JSON: more text follows the value", self._place(begin))
            is_line = "\n" in text[self._at : begin]
            if 0 <= self._line_end <= begin:
                self._line_end = text.find("\n", begin)
            end = self._line_end
            if self._decode(begin, end):
                yield self._value
            elif end < 0 or not is_line:
                self._report("truncated", "the last value is truncated: skipped", begin)
                return
            else:
                self._report("broken-line", "this line is not JSON: skipped", begin, end)
                self._at = end

    def _first(self) -> tuple[object, int]:
        """Return the first value. A broken first line is skipped if the next is valid."""
        begin = self._at
        try:
            return self._decoder.decode(self._text, begin)
        except ParseError:
            self._at = end = self._text.find("\n", begin)
            is_object = self._text[begin:end].rstrip().endswith("}")
            if end < 0 or not is_object or not self._decode(self._next(), -1):
                raise
            self._report("broken-line", "this line is not JSON: skipped", begin, end)
            return self._value, self._at

    def _decode(self, begin: int, end: int) -> bool:
        """Decode the value at *begin*. After a broken line, values must end in their line."""
        line, start = self._text, 0
        if self._is_by_lines and end >= 0:
            if self._own_line[1] != end:
                self._own_line = (self._text[begin:end], end)
            line, start = self._own_line[0], end - len(self._own_line[0])
        try:
            self._value, length = self._decoder.decode(line, begin - start)
        except ParseError:
            self._is_by_lines = True
            return False
        self._at = start + length
        return True

    def _next(self) -> int:
        match = _NEXT.match(self._text, self._at)
        assert match is not None, "it matches anything"
        return match.end()

    def _report(self, kind: str, message: str, start: int, end: int | None = None) -> None:
        piece = self._text[start : min(start + KEPT, len(self._text) if end is None else end)]
        self._log.add(kind, message, values=(piece,), place=self._place(start))

    def _place(self, at: int) -> Place:
        """Return the place of an offset. Offsets must not decrease from call to call."""
        self._line += self._text.count("\n", self._line_at, at)
        self._line_at = at
        return Place(line=self._line, offset=at)


def _refuse(name: str) -> NoReturn:
    raise ParseError(f"not JSON: {name} is not a number")


def without_lone_surrogates(text: str, log: ProblemLog) -> str:
    """Return *text* with U+FFFD for each escaped lone surrogate. Offsets do not change."""
    if not _HALF.search(text):
        return text
    count = 0

    def replace(match: "re.Match[str]") -> str:
        nonlocal count
        if match[1] is None:
            return match[0]
        count += 1
        return "\\ufffd"

    text = _ESCAPE.sub(replace, text)
    if count:
        log.add("encoding", f"{count:,} lone surrogates became U+FFFD")
    return text


def _end_of_head(text: str) -> int:
    """Return the start of the JSON, after HTTP headers and PHP warnings in HTML."""
    start = end = len(text) - len(text.lstrip(BLANK))
    while _HTTP.match(text, end):  # one per redirect
        blank = _BLANK_LINE.search(text, end)
        if blank is None:
            return start
        end = blank.end()
    if _PHP.match(text, end):
        line = _JSON_LINE.search(text, end)
        return line.start() if line is not None else start
    return end
