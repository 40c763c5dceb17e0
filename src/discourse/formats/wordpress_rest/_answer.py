"""Find the objects in what a server answered, whatever stands around them."""

import json
import re
from collections.abc import Iterator, Mapping

from ...errors import ParseError, Place, Problem
from .._outside import Record, decode, records_of

_BLANK = "\ufeff \t\r\n"
_HTTP = re.compile(r"HTTP/[\d.]{1,5} \d{3}")
_PHP = re.compile(r"<br ?/?>\s{0,99}<b>(?:Warning|Notice|Deprecated|Strict Standards)</b>")
_BLANK_LINE = re.compile(r"\n\r?\n")
_JSON_LINE = re.compile(r"^[\[{]", re.MULTILINE)
_JOINT = re.compile(r"[\]}]\s{0,99}[\[{]")
_NEXT = re.compile(r"[\s\ufeff]*(?=[\[{])")
_KEPT = 10_000  # characters of what is left out that are kept
_DECODER = json.JSONDecoder()


def records_in(text: str, problems: list[Problem]) -> list[Record]:
    """Return the objects that an answer, or several one after another, consist of.

    Raises `ParseError` for what is no JSON, and where all that it says is an error. O(n).
    """
    values = _values(_without_head(text, problems), problems)
    records = [record for path, value in values for record in _records(value, path, problems)]
    if not records and not all(_is_empty(value) for _, value in values):
        raise ParseError("there is no object in it", Place(path="$"))
    if records and all(is_error(record.data) for record in records):
        raise ParseError(f"the server answered with an error: {error_of(records[0].data)}")
    return records


def end_of_head(text: str) -> int:
    """Return where the JSON begins, behind headers of HTTP and what PHP says in HTML."""
    start = end = len(text) - len(text.lstrip(_BLANK))
    while _HTTP.match(text, end):  # one for each redirection
        blank = _BLANK_LINE.search(text, end)
        if blank is None:
            return start
        end = blank.end()
    if _PHP.match(text, end):
        line = _JSON_LINE.search(text, end)
        return line.start() if line is not None else start
    return end


def _without_head(text: str, problems: list[Problem]) -> str:
    end = end_of_head(text)
    head = text[:end].strip(_BLANK)
    if not head:
        return text
    if _PHP.search(head):
        message = f"{len(head):,} characters stand before the JSON: left out"
        problems.append(
            Problem("junk-before", message, values=(head[:_KEPT],), place=Place(offset=0))
        )
    return _blanked(text, end)


def _blanked(text: str, end: int) -> str:
    """Return *text* with blanks up to *end*: what follows stays in its place."""
    blanks = "\n".join(" " * len(line) for line in text[:end].split("\n"))
    return blanks + text[end:] if end else text


def _values(text: str, problems: list[Problem]) -> list[tuple[str, object]]:
    """Return the JSON values that follow each other, each with its path."""
    spans = list(_spans(text)) if _JOINT.search(text) else []
    if not spans:
        return [("$", decode(text, problems))]
    end = spans[-1][1]
    if _NEXT.match(text, end):
        message = "the last answer is not whole: left out"
        kept = text[end : end + _KEPT]
        problems.append(Problem("truncated", message, values=(kept,), place=Place(offset=end)))
        text = text[:end]
    *whole, (last, _) = spans
    made = [decode(text[start:end], problems) for start, end in whole]
    made.append(decode(_blanked(text, last), problems))
    return [(f"$[{n}]" if whole else "$", value) for n, value in enumerate(made)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while match := _NEXT.match(text, at):
        try:
            _, at = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return
        yield match.end(), at


def _records(data: object, path: str, problems: list[Problem]) -> list[Record]:
    if isinstance(data, Mapping) and _is_envelope(data):
        data, path = data["body"], f"{path}.body"
    if isinstance(data, list):
        if not data or not all(isinstance(page, list) for page in data):
            return records_of(data, path, problems)
        pages = enumerate(data)
        return [row for n, page in pages for row in records_of(page, f"{path}[{n}]", problems)]
    if not isinstance(data, Mapping):
        raise ParseError("must be an object or an array", Place(path=path))
    if data and all(key.isascii() and key.isdecimal() for key in data):  # of a PHP array
        return records_of(list(data.values()), path, problems)
    if is_comment(data) or is_post(data) or is_error(data):
        return [Record(data, path, problems)]
    return _wrapped(data, path, problems) or [Record(data, path, problems)]


def _is_envelope(data: Mapping[str, object]) -> bool:
    return "headers" in data and isinstance(data.get("body"), list | Mapping)


def _is_empty(data: object) -> bool:
    """Whether an answer, or each of an array of answers, has no object."""
    body = data["body"] if isinstance(data, Mapping) and _is_envelope(data) else data
    return isinstance(body, list) and all(page == [] for page in body)


def _wrapped(data: Mapping[str, object], path: str, problems: list[Problem]) -> list[Record]:
    """Return the posts and comments under keys of somebody's own."""
    made: list[Record] = []
    rest = {}
    for key, value in data.items():
        rows = value if isinstance(value, list) else [value]
        if any(isinstance(row, Mapping) and (is_comment(row) or is_post(row)) for row in rows):
            here = f"{path}.{key}"
            made += (
                records_of(rows, here, problems)
                if rows is value
                else [Record(row, here, problems) for row in rows if isinstance(row, Mapping)]
            )
        elif value is not None and value != []:
            rest[key] = value
    if made and rest:
        message = "what stands beside the posts and comments is neither: left out"
        problems.append(Problem("not-recognised", message, values=(rest,), place=Place(path=path)))
    return made


def is_error(data: Mapping[str, object]) -> bool:
    """Whether an object is the server's error."""
    return "code" in data and "message" in data and "id" not in data


def error_of(data: Mapping[str, object]) -> str:
    """Return what an error says, in ASCII."""
    return f"{str(data['code'])[:60]!a}: {str(data['message'])[:200]!a}"


def is_comment(data: Mapping[str, object]) -> bool:
    """Whether an object is a comment, perhaps with some of its fields only."""
    if isinstance(data.get("title"), Mapping):
        return False
    if "author_name" in data:
        return "content" in data or "parent" in data
    return "title" not in data and "content" in data and "parent" in data


def is_post(data: Mapping[str, object]) -> bool:
    """Whether an object is a post, a page or the like, perhaps with some of its fields only."""
    title = data.get("title")
    if isinstance(title, Mapping):
        return "rendered" in title or "raw" in title or ("link" in data and "id" in data)
    return isinstance(title, str) and "link" in data and "id" in data
