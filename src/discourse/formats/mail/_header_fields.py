"""Parse the header fields of a message: text, ids, addresses, times.

Python's own header parsers raise errors on real mail, recurse, and take quadratic time. These do
not: what they cannot parse stays unchanged.
"""

import binascii
import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from ..._io.encoding import in_charset, to_text
from ...model import Author

LONGEST = 100_000
"""How many bytes of one field are read."""
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\n]{0,2000})\?=")
_ID = re.compile(r"<([^<>]{1,2000})>")
_BLANK = re.compile(r"\s+")
_ANGLE = re.compile(r'((?:"(?:[^"\\]++|\\.)*+"|[^"<]++)*+)<([^<>]*+)>')
_COMMENT = re.compile(r"([^()]*+)\((.*)\)[^()]*\Z", re.DOTALL)
_BREAK = re.compile(r"[<>\s]")
_ESCAPED = re.compile(r"\\(.)")
#: "ada at example.com", as Mailman obscures addresses, in the language of the list.
_HIDDEN = re.compile(r"(\S{1,200})\s+[\[(]?\w{1,4}[\])]?\s+(\w[\w-]*(?:\.\w[\w-]*)+)")
_YEAR_0 = re.compile(r"(?<![+\-\d:])0{3,4}(?![\d:])")
_LONGEST_DATE = 200


class Head(NamedTuple):
    """The header fields of a message or a part, and where the body begins."""

    fields: dict[str, list[bytes]]
    """The values by lower-case names, each in message order."""
    body: int

    def value(self, name: str, charset: str | None = None) -> str:
        """Return the first value of a field as text, without line breaks, or ""."""
        return field_text(self.fields[name][0], charset) if name in self.fields else ""


def head_of(message: bytes) -> Head:
    """Return the fields at the beginning of a message; the body begins after them. O(n)."""
    lines: dict[str, list[list[bytes]]] = {}
    last: list[bytes] = []
    at = 0
    while at < len(message):
        end = message.find(b"\n", at) + 1 or len(message)
        line = message[at:end]
        if not line.strip():
            at = end
            break
        field = _NAME.match(line)
        if line[:1] in b" \t" and lines:
            last.append(line)
        elif field is not None:
            last = [line[field.end() :]]
            lines.setdefault(field[1].decode("ascii").lower(), []).append(last)
        elif not line.startswith((b"From ", b">From ")):
            break
        at = end
    fields = {name: [b"".join(value) for value in values] for name, values in lines.items()}
    return Head(fields, at)


def field_text(value: bytes, charset: str | None = None) -> str:
    """Return the value of a field as text: bytes beyond ASCII are UTF-8, or in *charset*."""
    value = value[:LONGEST]
    if value.isascii():
        text = value.decode("ascii")
    else:
        text = (to_text(value) if charset is None else in_charset(value, charset))[0]
    return " ".join(text.split())


def words(text: str) -> str:
    """Return text with its encoded words decoded: ``=?utf-8?q?Zo=C3=AB?=``."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    charset, encoded = "", b""  # of adjacent words, which may share a character
    done = 0
    for match in _WORD.finditer(text):
        data = _word_bytes(match[2], match[3])
        if data is None:
            continue
        between = text[done : match.start()]
        if encoded and not between.strip() and charset == match[1].lower():
            encoded += data
        else:
            pieces.append(in_charset(encoded, charset)[0] if encoded else "")
            pieces.append("" if encoded and not between.strip() else between)
            charset, encoded = match[1].lower(), data
        done = match.end()
    pieces.append(in_charset(encoded, charset)[0] if encoded else "")
    return " ".join("".join([*pieces, text[done:]]).split())


def _word_bytes(encoding: str, text: str) -> bytes | None:
    data = text.encode("utf-8")
    try:
        if encoding in "qQ":
            return binascii.a2b_qp(data, header=True)
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except ValueError:
        return None


def message_id(value: str) -> str | None:
    """Return the id in a ``Message-ID``, or None.

    >>> message_id("<7@example.org> (added by a relay)"), message_id("<>")
    ('7@example.org', None)
    """
    match = _ID.search(value)
    return _BLANK.sub("", match[1] if match else value.strip("<> \t")) or None


def ids_in(value: str) -> list[str]:
    """Return the distinct ids in ``References`` or ``In-Reply-To``, in order."""
    ids = [id for match in _ID.finditer(value) if (id := _BLANK.sub("", match[1]))]
    if not ids and "<" not in value:
        ids = [word.strip(",;") for word in value.split() if "@" in word[1:-1]]
        ids = ids if len(ids) == len(value.split()) else []  # among words, an e-mail address
    return list(dict.fromkeys(ids))


def author_of(value: str) -> Author | None:
    """Return the first author in ``From``: ``Ada <ada@example.org>``, ``ada@example.org (Ada)``.

    >>> author_of('"Byron, Ada" <ada@Example.ORG>')
    Author(name='ada', id='ada@example.org', display_name='Byron, Ada')
    >>> author_of("ben at example.com (Ben)").id
    'ben@example.com'
    """
    value = value[:2000]
    display: str | None = None
    if match := _ANGLE.match(value):
        display, address = match[1], match[2]
        if not address.strip():
            address, display = display, None
    elif match := _COMMENT.match(value):
        address, display = match[1], match[2]
    else:
        address = _BREAK.split(value.partition("<")[2] or value.strip())[0]
    name = words(_unquoted(display)) if display is not None else ""
    address = _address(address)
    if not address:
        return Author(name) if name else None
    local = address.rpartition("@")[0].strip('"') or address
    return Author(local, id=address, display_name=name if name and name != address else None)


def _unquoted(name: str) -> str:
    name = name.strip(" ,")
    if name[:1] == name[-1:] == '"' and len(name) > 1:
        name = name[1:-1]
    return _ESCAPED.sub(r"\1", name).strip()


def _address(text: str) -> str:
    """Return an address with its domain in lower case."""
    text = words(text).strip(" ,;<>\"'").removeprefix("mailto:")
    hidden = _HIDDEN.fullmatch(text)
    local, at, domain = (hidden[1], "@", hidden[2]) if hidden else text.rpartition("@")
    return local.strip() + at + (domain.strip().lower() if at else domain)


def time_of(value: str) -> dt.datetime:
    """Parse a ``Date``; without a zone, or with ``-0000``, the result is naive.

    Raises `ValueError` for anything but a time, and for a time before there was mail.
    """
    if len(value) > _LONGEST_DATE or _YEAR_0.search(value):
        raise ValueError("not a time")
    try:
        time = parsedate_to_datetime(value)
        if time.year < 1971:
            raise ValueError("before there was mail")
        if time.tzinfo is not None:
            time.astimezone(dt.UTC)
    except (OverflowError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("not a time") from error
    return time
