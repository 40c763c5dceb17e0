"""Find the text of a message among its parts, decode it, and name the attachments.

Parts may be nested. Those deeper than `DEEPEST` are named, like attachments, but not read.
"""

import binascii
import re
from email.message import Message
from typing import NamedTuple

from ..._io.encoding import in_charset, is_charset, to_text
from ..._problems import ProblemLog
from ...errors import Problem, shown
from ...model import TextFormat
from ._header_fields import Head, head_of, words

DEEPEST = 20
"""How deeply multiparts may be nested."""
_LONGEST_PARAMETERS = 4_000
_FORMATS = {
    "text/plain": TextFormat.TEXT,
    "text/html": TextFormat.HTML,
    "text/markdown": TextFormat.MARKDOWN,
    "text/x-markdown": TextFormat.MARKDOWN,
}
_OF_FILES = frozenset({"application", "audio", "font", "image", "message", "model", "video"})
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_QUOTE_MARKS = re.compile(r"(>*)(.*)")


class Body(NamedTuple):
    """The content of a message."""

    text: str | None
    text_format: TextFormat
    attachments: list[dict[str, str]]
    """The media type of each, and its name if it has one."""
    problems: list[Problem]


class _Part(NamedTuple):
    """A part, and the number of the outermost alternative that contains it, or 0."""

    type: Message
    head: Head
    data: bytes
    depth: int
    alternative: int

    @property
    def name(self) -> str | None:
        """The name of the file."""
        try:
            return words(self.type.get_filename() or "") or None
        except (LookupError, TypeError, ValueError):
            return None

    @property
    def media_type(self) -> str:
        """Such as ``text/plain``."""
        return self.type.get_content_type()

    def parameter(self, name: str) -> str:
        """Return a parameter of the Content-Type, or ""."""
        try:
            value = self.type.get_param(name, "")
        except (LookupError, TypeError, ValueError):
            return ""
        return (value[2] if isinstance(value, tuple) else value) or ""

    @property
    def is_file(self) -> bool:
        """Whether it is an attachment, by its headers or its type."""
        is_attached = self.type.get_content_disposition() == "attachment"
        return is_attached or self.type.get_content_maintype() in _OF_FILES


def body_of(head: Head, message: bytes, *, is_unicode: bool) -> Body:
    """Return the content of a message; *is_unicode* is whether it was text before. O(n)."""
    log = ProblemLog()
    parts = _parts(_part(head, message, 0, 0), log)
    plain = {part.alternative for part in parts if _is_text(part, "text/plain")}
    shown_parts = [
        part
        for part in parts
        if part.alternative == 0
        or part.alternative not in plain
        or not part.media_type.startswith("text/")
        or _is_text(part, "text/plain")
    ]
    texts = [part for part in shown_parts if not part.is_file]
    by_rank = sorted(texts, key=_rank)
    first = by_rank[0] if by_rank else None
    if first is None and len(parts) == 1 and parts[0].media_type == "message/rfc822":
        first = parts[0]
    same = [part for part in shown_parts if first is not None and _is_like(part, first)]
    attachments = [
        {"type": part.media_type} | ({"name": part.name} if part.name else {})
        for part in shown_parts
        if part not in same
    ]
    if first is None:
        return Body(None, TextFormat.TEXT, attachments, log.problems)
    pieces = [_text(part, log, is_unicode=is_unicode).strip("\n") for part in same]
    text_format = _FORMATS.get(first.media_type, TextFormat.OTHER)
    return Body("\n".join(filter(None, pieces)), text_format, attachments, log.problems)


def _is_text(part: _Part, media_type: str) -> bool:
    return part.media_type == media_type and not part.is_file


def _rank(part: _Part) -> int:
    """Return how well a part fits as the text: the first plain text or HTML is the best."""
    return 0 if part.media_type in _FORMATS and not part.name else 1 if not part.name else 2


def _is_like(part: _Part, first: _Part) -> bool:
    """Whether a part is the text, or continues it, like the footer of a list."""
    if part is first:
        return True
    return part.media_type == first.media_type and not part.is_file and not part.name


def _part(head: Head, data: bytes, depth: int, alternative: int) -> _Part:
    fields = Message()
    for name in ("content-type", "content-disposition"):
        if value := head.value(name)[:_LONGEST_PARAMETERS]:
            fields[name] = value
    return _Part(fields, head, data[head.body :], depth, alternative)


def _parts(whole: _Part, log: ProblemLog) -> list[_Part]:
    """Return the parts that are not multiparts, in order."""
    leaves: list[_Part] = []
    pending = [whole]
    count = 0
    while pending:
        part = pending.pop()
        if part.type.get_content_maintype() != "multipart":
            leaves.append(part)
        elif part.depth >= DEEPEST:
            log.add("too-deep", f"multiparts are nested deeper than {DEEPEST}: not read")
            part.type.replace_header("content-type", "application/octet-stream")
            leaves.append(part)
        else:
            boundary = part.parameter("boundary").rstrip()
            pieces = _pieces(part.data, boundary, log) if boundary else None
            if pieces is None:
                part.type.replace_header("content-type", "text/plain")
                if part.data.strip() or part is whole:
                    leaves.append(part)
                continue
            count += 1
            is_choice = part.media_type == "multipart/alternative"
            alternative = part.alternative or (count if is_choice else 0)
            inner = [_part(head_of(p), p, part.depth + 1, alternative) for p in pieces]
            pending += reversed(inner)
    return leaves


def _pieces(data: bytes, boundary: str, log: ProblemLog) -> list[bytes] | None:
    """Return the parts between the lines of a boundary; None if there is no such line."""
    line = re.compile(
        rb"^--" + re.escape(boundary.encode("utf-8")) + rb"(--)?[ \t]*(?:\n|\Z)", re.MULTILINE
    )
    pieces: list[bytes] = []
    begin = None
    for match in line.finditer(data):
        if begin is not None:
            pieces.append(data[begin : max(match.start() - 1, begin)])
        begin = match.end()
        if match[1]:
            return pieces
    if begin is None:
        return None
    log.add("truncated", "the last part of a multipart message has no end")
    return [*pieces, data[begin:]]


def _text(part: _Part, log: ProblemLog, *, is_unicode: bool) -> str:
    data = _decoded(part, log)
    charset = part.parameter("charset").strip("\"' ").lower() or None
    if is_unicode and data is part.data and not data.isascii():
        charset = None
    if charset is not None and not is_charset(charset):
        if not data.isascii():
            log.add("encoding", f"the charset {shown(charset)} is unknown")
        charset = None
    text, problems = to_text(data) if charset is None else in_charset(data, charset)
    for problem in problems:
        log.add("encoding", problem.message)
    text = text.replace("\r\n", "\n")
    if part.media_type == "text/plain" and part.parameter("format").lower() == "flowed":
        text = _unflowed(text, joins="" if part.parameter("delsp").lower() == "yes" else " ")
    return text


def _decoded(part: _Part, log: ProblemLog) -> bytes:
    encoding = part.head.value("content-transfer-encoding").lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.data)
    if encoding != "base64":
        return part.data
    try:
        return binascii.a2b_base64(part.data)
    except ValueError:
        digits = _NOT_BASE64.sub(b"", part.data)
        log.add("encoding", "a text in base64 is damaged: kept what can be decoded")
        return binascii.a2b_base64(digits[: len(digits) // 4 * 4])


def _unflowed(text: str, *, joins: str) -> str:
    """Unwrap text of RFC 3676: each paragraph becomes one line, in quotations too."""
    lines: list[str] = []
    last_depth = -1  # of a line that continues, or -1
    for line in text.split("\n"):
        match = _QUOTE_MARKS.match(line)
        marks, rest = match.groups() if match else ("", line)
        rest = rest.removeprefix(" ")
        goes_on = rest.endswith(" ") and rest != "-- "
        depth = len(marks)
        if goes_on and not joins:
            rest = rest[:-1]
        if last_depth == depth and rest != "-- ":
            lines.append(rest)
        else:
            lines.append(("\n" if lines else "") + marks + (" " if marks and rest else "") + rest)
        last_depth = depth if goes_on else -1
    return "".join(lines)
