"""Turn text that holds JSON from elsewhere into plain values, whatever stands around it.

Python's own decoder does the work. It recurses, so a value that nests too deeply for it goes to an
iterative one (`_deep`). Numbers that JSON does not have (``NaN``) are refused; repeated keys and
lone surrogates are reported.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ..._problems import ProblemLog
from ...errors import ParseError, Place, shown
from ._deep import decode_deep

BLANK = "\ufeff \t\r\n"
"""What may stand before JSON: white space, and byte order marks, which PHP plugins leave there."""

KEPT = 10_000
"""How many characters of what is skipped a problem keeps."""
#: Half of a surrogate pair, escaped. Few texts have any, and a search for it is fast.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_HTTP = re.compile(r"HTTP/[\d.]{1,5} \d{3}")  # headers, as "curl -i" prints them
#: Warnings that PHP prints before an answer.
_PHP = re.compile(r"<br ?/?>\s{0,99}<b>(?:Warning|Notice|Deprecated|Strict Standards)</b>")
_BLANK_LINE = re.compile(r"\n\r?\n")
_JSON_LINE = re.compile(r"^[\[{]", re.MULTILINE)
_NEXT = re.compile(rf"[{BLANK}]*")


class Decoder:
    """Decodes one JSON value after another; see `documents`."""

    def __init__(self, log: ProblemLog) -> None:
        self._log = log
        self._repeated: list[tuple[str, object]] = []
        self._json = json.JSONDecoder(object_pairs_hook=self._to_dict, parse_constant=_refuse)

    def decode(self, text: str, start: int) -> tuple[object, int]:
        """Return the value that begins at *start*, and where it ends; `ParseError` for none."""
        self._repeated.clear()
        try:
            value, end = self._json.raw_decode(text, start)
        except json.JSONDecodeError as error:
            place = Place(line=error.lineno, column=error.colno, offset=error.pos)
            raise ParseError(f"not JSON: {error.msg[:200]}", place) from None
        except RecursionError:
            value, end = decode_deep(text, start, self._to_dict)
        except ValueError as error:  # an integer of more digits than Python reads
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

    Several values may follow each other, as in JSON Lines and in answers saved one after another.
    HTTP headers before them are skipped; what a server prints in HTML around them is reported, and
    so is a line that is not JSON among others that are, or a last value that is cut.

    Raises `ParseError` with a place where there is no JSON, or where other text follows it, and
    `LimitError` beyond `discourse.formats.MAX_NESTING`. O(n).
    """
    values = list(_Values(without_lone_surrogates(text, log), log))
    if len(values) == 1:
        return [("$", values[0])]
    return [(f"$[{n}]", value) for n, value in enumerate(values)]


class _Values:
    """The values of a text, one after another.

    A line that is not JSON is skipped. After it, each line is decoded by itself: a value that is
    open at the end of each line would else be read to the end of the text again and again.
    """

    def __init__(self, text: str, log: ProblemLog) -> None:
        self._text = text
        self._log = log
        self._decoder = Decoder(log)
        self._at = _end_of_head(text)
        self._line, self._line_at = 1, 0  # the number of the line at an offset
        self._line_end = 0  # where the line ends that the last value begins in; -1: with the text
        self._is_by_lines = False  # after a broken line
        self._own_line = ("", 0)  # the rest of a line, and where the line ends
        head = text[: self._at].strip(BLANK)
        if _PHP.search(head):
            self._report("junk-before", f"{len(head):,} characters before the JSON were skipped", 0)

    def __iter__(self) -> Iterator[object]:
        text = self._text
        value, self._at = self._first()
        yield value
        while (begin := self._next()) < len(text):
            if text[begin] == "<":
                message = f"{len(text) - begin:,} characters after the JSON were skipped"
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
                self._report("truncated", "the last value is cut: skipped", begin)
                return
            else:
                self._report("broken-line", "this line is not JSON: skipped", begin, end)
                self._at = end

    def _first(self) -> tuple[object, int]:
        """Return the first value; a first line that is broken is skipped if the next is whole."""
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
        """Decode the value at *begin*; after a broken line, no value beyond the end of its line."""
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
        """Return the place of an offset that is not before the last one asked for."""
        self._line += self._text.count("\n", self._line_at, at)
        self._line_at = at
        return Place(line=self._line, offset=at)


def _refuse(name: str) -> NoReturn:
    raise ParseError(f"not JSON: {name} is not a number")


def without_lone_surrogates(text: str, log: ProblemLog) -> str:
    """Return *text* with U+FFFD for each escaped lone surrogate; offsets stay as they are."""
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
    """Return where the JSON begins, after HTTP headers and what PHP prints in HTML."""
    start = end = len(text) - len(text.lstrip(BLANK))
    while _HTTP.match(text, end):  # one for each redirection
        blank = _BLANK_LINE.search(text, end)
        if blank is None:
            return start
        end = blank.end()
    if _PHP.match(text, end):
        line = _JSON_LINE.search(text, end)
        return line.start() if line is not None else start
    return end
