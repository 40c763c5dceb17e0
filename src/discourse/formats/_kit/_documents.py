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
            raise ParseError(f"not readable: {str(error)[:200]}", _place(text, start)) from None
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
    text = without_lone_surrogates(text, log)
    start = end_of_head(text)
    _report_head(text[:start], log)
    values = list(_values(text, start, log))
    if len(values) == 1:
        return [("$", values[0])]
    return [(f"$[{n}]", value) for n, value in enumerate(values)]


def _values(text: str, start: int, log: ProblemLog) -> Iterator[object]:
    decoder = Decoder(log)
    value, at = _first(decoder, text, start, log)
    yield value
    while at < len(text):
        begin = _NEXT.match(text, at).end()  # type: ignore[union-attr]  # it matches anything
        if begin == len(text):
            return
        if text[begin] == "<":
            message = f"{len(text) - begin:,} characters after the JSON were skipped"
            log.add("junk-after", message, **_piece(text, begin))
            return
        if text[begin] not in "{[" and not (text[begin] == "n" and text.startswith("null", begin)):
            raise ParseError("not JSON: more text follows the value", _place(text, begin))
        try:
            value, at = decoder.decode(text, begin)
        except ParseError as error:
            end = text.find("\n", begin)
            if end < 0 or text.find("\n", at, begin) < 0:
                log.add("truncated", "the last value is cut: skipped", **_piece(text, begin))
                return
            log.add(
                "broken-line",
                f"this line was skipped: {error.message}",
                **_piece(text[:end], begin),
            )
            at = end
        else:
            yield value


def _first(decoder: Decoder, text: str, start: int, log: ProblemLog) -> tuple[object, int]:
    """Return the first value; a first line that is broken is skipped where others are whole."""
    try:
        return decoder.decode(text, start)
    except ParseError as error:
        end = text.find("\n", start)
        begin = _NEXT.match(text, end).end() if end >= 0 else len(text)  # type: ignore[union-attr]
        if begin >= len(text) or text[begin] != "{" or not text[start:end].rstrip().endswith("}"):
            raise
        try:
            value, at = decoder.decode(text, begin)
        except ParseError:
            raise error from None
        log.add(
            "broken-line", f"this line was skipped: {error.message}", **_piece(text[:end], start)
        )
        return value, at


def _piece(text: str, start: int) -> dict[str, Any]:
    """Return the value and the place of a problem with the text from *start* on."""
    return {"values": (text[start : start + KEPT],), "place": _place(text, start)}


def _place(text: str, at: int) -> Place:
    return Place(line=text.count("\n", 0, at) + 1, offset=at)


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


def end_of_head(text: str) -> int:
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


def _report_head(head: str, log: ProblemLog) -> None:
    head = head.strip(BLANK)
    if _PHP.search(head):
        message = f"{len(head):,} characters before the JSON were skipped"
        log.add("junk-before", message, **_piece(head, 0))
