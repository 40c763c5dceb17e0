"""Split an input into messages: mbox of every kind, MMDF, news batches, or a single message.

An mbox separates messages by a line that begins with ``From ``. Such a line in a text is quoted as
``>From `` (mboxo, mboxcl), gets one more ``>`` (mboxrd), or is unchanged if ``Content-Length`` has
the length of the message (mboxcl2). Files do not state which kind they are.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
_ANSWER = re.compile(rb"2(?:20|21|22) [^\n]*\n")  # a news server's reply to ARTICLE, HEAD or BODY
_RNEWS = re.compile(rb"#! ?rnews ([0-9]{1,12})[^\n]*\n")
_MMDF = b"\x01\x01\x01\x01\n"
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_AFTER_SEPARATOR = re.compile(rb">?From |[!-9;-~]{1,200}:")
#: The day, month and hour that most programs write after the address.
_DATED = re.compile(
    rb"\b[A-Z][a-z]{2},?\s{1,3}(?:[A-Z][a-z]{2}\s{1,3}\d{1,2}|\d{1,2}\s{1,3}[A-Z][a-z]{2})\b"
    rb"[^\n]{0,40}\d\d?:\d\d"
)
#: An address without a date, also as pipermail obscures it, or some time; "From -": Thunderbird.
_ADDRESSED = re.compile(
    rb"-(?:\s|\Z)|\S{1,200}?(?:@| at )\S{1,200}(?:\s.{0,80}\d\d:\d\d.{0,40})?\s*\Z"
)
_LONGEST_SEPARATOR = 500
_LENGTH = re.compile(rb"^Content-Length:[ \t]*([0-9]{1,15})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_QUOTED_FROM = re.compile(rb"^(>+)From ", re.MULTILINE)
_MARKS = re.compile(rb"[> \t]*")


class Raw(NamedTuple):
    """The bytes of a message with line feeds as line ends, and their position in the mailbox."""

    data: bytes
    offset: int
    in_mbox: bool


def raw_messages(data: bytes) -> Iterator[Raw]:
    """Yield the messages of a mailbox; any other file is one message. O(n)."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\n" not in data:
            data = data.replace(b"\r", b"\n")
    match = _START.match(data)
    start = match.end() if match else 0
    if data.startswith(_MMDF, start):
        yield from _between(data, _MMDF, start + len(_MMDF))
    elif _RNEWS.match(data, start):
        yield from _batch(data, start)
    elif answer := _ANSWER.match(data, start):
        article = data[answer.end() :]
        if article.endswith(b"\n.\n"):
            article = article[:-2]
        yield Raw(article.replace(b"\n..", b"\n."), answer.end(), in_mbox=False)
    elif (field := _FIELD.match(data, start)) and data[:start].endswith(b"\n"):
        # IETF mailboxes of the 1990s: messages begin with one field and are separated by blanks.
        yield from _between(data, b"\n\n" + field[0], start, keeps=len(field[0]))
    else:
        yield from _mbox(data, start)


def _between(data: bytes, separator: bytes, start: int, keeps: int = 0) -> Iterator[Raw]:
    """Yield the text between separators; each message keeps so many bytes of its separator."""
    at = start
    while at < len(data):
        end = data.find(separator, at)
        piece = data[at : end if end >= 0 else len(data)]
        if piece.strip():
            yield Raw(piece, at, in_mbox=False)
        at = end + len(separator) - keeps if end >= 0 else len(data)


def _batch(data: bytes, at: int) -> Iterator[Raw]:
    """Yield the articles of a batch, each of which follows its length in bytes."""
    while head := _RNEWS.match(data, at):
        end = head.end() + int(head[1])
        if end < len(data) and not _RNEWS.match(data, end):  # line breaks were changed
            end = data.find(b"\n#! rnews ", head.end()) + 1 or len(data)
        yield Raw(data[head.end() : end], head.end(), in_mbox=False)
        at = end


def _mbox(data: bytes, start: int) -> Iterator[Raw]:
    """Yield the messages between "From " lines; without any, the whole as one message."""
    at = start
    in_mbox = data.startswith(b"From ", at)
    if in_mbox:
        at = _line_end(data, at)
    while at < len(data):
        end = _next_separator(data, at)
        in_mbox = in_mbox or end < len(data)
        counted = _counted_end(data, at, end)
        message = data[at : counted or end]
        if in_mbox and not (counted and b"\nFrom " in message):
            message = _unquoted(message)
        yield Raw(message, at, in_mbox)
        at = _line_end(data, _next_separator(data, counted - 1) if counted else end)


def _line_end(data: bytes, at: int) -> int:
    return data.find(b"\n", at) + 1 or len(data)


def _next_separator(data: bytes, at: int) -> int:
    """Return where the next separator begins, else the length of the data."""
    while (at := data.find(b"\nFrom ", at)) >= 0:
        at += 1
        if _is_separator(data, at):
            return at
    return len(data)


def _is_separator(data: bytes, at: int) -> bool:
    """Whether a line that begins with "From " separates two messages or is part of a text."""
    end = data.find(b"\n", at, at + _LONGEST_SEPARATOR)
    if end < 0 or _AFTER_SEPARATOR.match(data, end + 1) is None:
        return False
    rest = data[at + 5 : end]
    is_after_blank = data[at - 2 : at] == b"\n\n"
    is_short = rest.strip() == b"-"
    return (
        is_short
        or _DATED.search(rest) is not None
        or (is_after_blank and _ADDRESSED.match(rest) is not None)
    )


def _counted_end(data: bytes, at: int, end: int) -> int:
    """Return where a message ends by its Content-Length; 0 if that is missing or wrong."""
    body = data.find(b"\n\n", at, end) + 2
    length = _LENGTH.search(data, at, body) if body > 1 else None
    if length is None:
        return 0
    counted = body + int(length[1])
    next_at = _START.match(data, min(counted, len(data)))
    after = next_at.end() if next_at else counted
    is_right = end - 2 <= counted <= len(data) and (
        after == len(data) or (data.startswith(b"From ", after) and _is_separator(data, after))
    )
    return counted if is_right else 0


def _unquoted(message: bytes) -> bytes:
    """Return a message without the marks that an mbox puts before "From ".

    If a reply quotes such a line, it has the same marks as the lines around it, and keeps them.
    """
    pieces: list[bytes] = []
    done = 0
    for match in _QUOTED_FROM.finditer(message):
        depth = len(match[1])
        before = message.rfind(b"\n", 0, max(match.start() - 1, 0)) + 1
        after = message.find(b"\n", match.end()) + 1 or len(message)
        if depth not in (
            _depth(message, before, match.start()),
            _depth(message, after, len(message)),
        ):
            pieces.append(message[done : match.start()])
            done = match.start() + 1
    return b"".join([*pieces, message[done:]]) if pieces else message


def _depth(message: bytes, start: int, end: int) -> int:
    marks = _MARKS.match(message, start, end)
    return marks[0].count(b">") if marks else 0
