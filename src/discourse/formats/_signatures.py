"""How formats are recognised: by counting facts about the beginning of a text.

A signature returns how many facts fit, or 0 if one does not. The format with the most wins.
"""

import re
from functools import cache
from typing import Any, Protocol, runtime_checkable

import attrs

from ..errors import FieldTypeError
from ._heads import Head


@runtime_checkable
class Signature(Protocol):
    """How a format is recognised."""

    def fits(self, head: Head) -> int:
        """Return how many facts about a text fit; 0 if it is not in the format."""
        ...


def _names(instance: object, attribute: "attrs.Attribute[tuple[str, ...]]", value: object) -> None:
    if (
        not isinstance(value, tuple)
        or not value
        or not all(isinstance(each, str) for each in value)
    ):
        why = "must be one string or more"
        raise FieldTypeError(type(instance).__name__, attribute.name, value, why)


def _text(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise FieldTypeError(type(instance).__name__, attribute.name, value, "must be a string")


def _bytes(instance: object, attribute: "attrs.Attribute[bytes]", value: object) -> None:
    if not isinstance(value, bytes):
        raise FieldTypeError(type(instance).__name__, attribute.name, value, "must be bytes")


@attrs.frozen(init=False)
class JsonKeys:
    """JSON with all of these keys, each written as a path.

    ``posts[].id`` is the key ``id`` of objects in the array ``posts``, ``[].id`` that of objects in
    a top-level array, ``*.id`` the key at any level. ``kind=t1`` requires a value too, and
    ``schema=discourse/*`` the beginning of one.

    >>> JsonKeys("posts[].id").fits(Head('{"posts": [{"id": 7}]}'))
    1
    """

    keys: tuple[str, ...]
    lines: bool | None = attrs.field(default=None, kw_only=True)
    """Whether there must be one object after another; None if that does not matter."""
    _plain: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    """The paths among the keys that require no value."""
    _ends: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    """The keys at any level."""
    _valued: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)
    """The paths that require a value too."""

    def __init__(self, *keys: str, lines: bool | None = None) -> None:
        _names(self, attrs.fields(JsonKeys).keys, keys)
        self.__attrs_init__(keys, lines=lines)

    @_plain.default
    def _plain_keys(self) -> frozenset[str]:
        return frozenset(key for key in self.keys if "=" not in key and not key.startswith("*."))

    @_ends.default
    def _keys_at_any_level(self) -> frozenset[str]:
        starred = (key for key in self.keys if key.startswith("*."))
        return frozenset(key.partition("=")[0][2:] for key in starred)

    @_valued.default
    def _keys_with_values(self) -> tuple[str, ...]:
        return tuple(key for key in self.keys if "=" in key and not key.startswith("*."))

    def fits(self, head: Head) -> int:
        """Return how many keys fit; 0 if one does not."""
        if not head.json.keys() >= self._plain or not head.json:
            return 0
        if self._ends and not self._ends <= head.json_ends:
            return 0
        if self._valued and not all(_has(head, key) for key in self._valued):
            return 0
        if self.lines is not None and self.lines != head.is_lines:
            return 0
        return len(self.keys) + (self.lines is not None)


def _has(head: Head, key: str) -> bool:
    """Whether a path has a value, or a value that begins so."""
    path, _, value = key.partition("=")
    scalar = head.json.get(path)
    if scalar is None:
        return False
    return scalar.startswith(value[:-1]) if value.endswith("*") else scalar == value


@attrs.frozen(init=False)
class XmlRoot:
    """XML with one of these root elements.

    >>> XmlRoot("disqus").fits(Head("<?xml version='1.0'?><disqus>"))
    1
    """

    names: tuple[str, ...] = attrs.field(validator=_names)
    having: str | None = attrs.field(default=None, validator=_text, kw_only=True)
    """A pattern that must match in the beginning of the text."""
    lacking: str | None = attrs.field(default=None, validator=_text, kw_only=True)
    """A pattern that must not match there."""

    def __init__(self, *names: str, having: str | None = None, lacking: str | None = None) -> None:
        self.__attrs_init__(names, having=having, lacking=lacking)

    def fits(self, head: Head) -> int:
        """Return how many facts fit; 0 if one does not."""
        if head.is_json or head.root[0] not in self.names:
            return 0
        if self.having is not None and not _pattern(self.having).search(head.text):
            return 0
        if self.lacking is not None and _pattern(self.lacking).search(head.text):
            return 0
        return 1 + (self.having is not None)


@attrs.frozen(init=False)
class HtmlMarks:
    """A page, or a part of one, in which one of these patterns matches.

    >>> HtmlMarks('class="comment-list"').fits(Head('<html><ol class="comment-list">'))
    1
    """

    marks: tuple[str, ...] = attrs.field(validator=_names)
    lacking: str | None = attrs.field(default=None, validator=_text, kw_only=True)
    """A pattern that must not match in the beginning of the page."""
    is_whole: bool = attrs.field(default=False, kw_only=True)
    """Whether to search the whole page, not only its beginning."""

    def __init__(self, *marks: str, lacking: str | None = None, is_whole: bool = False) -> None:
        self.__attrs_init__(marks, lacking=lacking, is_whole=is_whole)

    def fits(self, head: Head) -> int:
        """Return 1 if a pattern matches."""
        text = head.whole if self.is_whole else head.text
        if not head.is_html or not any(_pattern(mark).search(text) for mark in self.marks):
            return 0
        return 0 if self.lacking is not None and _pattern(self.lacking).search(head.text) else 1


@attrs.frozen
class Beginning:
    """A text that begins with a match of this pattern.

    >>> Beginning("#barforum [0-9]").fits(Head("#barforum 1"))
    1
    """

    pattern: str = attrs.field(validator=_text)

    def fits(self, head: Head) -> int:
        """Return 1 if it does."""
        return 1 if _pattern(self.pattern).match(head.text) else 0


@attrs.frozen
class Magic:
    r"""A binary file that begins with these bytes, such as a database or a columnar table.

    >>> Magic(b"SQLite format 3\0").fits(Head("", b"SQLite format 3\0"))
    1
    """

    beginning: bytes = attrs.field(validator=_bytes)
    having: bytes = attrs.field(default=b"", validator=_bytes, kw_only=True)
    """Bytes among the first 65,536 that distinguish formats with the same container."""

    def fits(self, head: Head) -> int:
        """Return how many facts fit; 0 if one does not."""
        if not head.data.startswith(self.beginning) or self.having not in head.data:
            return 0
        return 1 + bool(self.having)


@attrs.frozen
class MailHead:
    r"""The header of a message, alone or first in a mailbox; bytes or text.

    >>> MailHead().fits(Head("", b"From: ada@example.org\nSubject: Hm\nDate: 1 Mar 2024\n\nHm."))
    3
    """

    def fits(self, head: Head) -> int:
        """Return how many header fields of messages it has; 0 if fewer than three.

        After a separator line of a mailbox, one field is enough. Pages that browsers save as
        MHTML look like messages but do not count.
        """
        text = head.data.decode("latin-1") if head.data else head.text
        start = _MAIL_START.match(text)
        if start is None:
            return 0
        lines = text[start.end() :].split("\n", _HEAD_LINES)
        names = set()
        for line in lines:
            field = _MAIL_FIELD.match(line)
            if field is not None:
                names.add(field[1].lower())
            elif line[:1] not in (" ", "\t") or not names:
                break
        if "snapshot-content-location" in names or _SAVED_PAGE.match(text, start.end()):
            return 0
        count = len(names & MAIL_FIELDS)
        return count if count >= (1 if start[1] else LEAST_MAIL_FIELDS) else 0


#: A byte order mark; a separator of MMDF or a news batch; a news server's reply; or "From ".
_MAIL_START = re.compile(
    r"(?:\ufeff|\xef\xbb\xbf)?\s*(\x01{4}\r?\n(?:From [^\n]*\n)?|#! ?rnews [0-9]+[^\n]*\n"
    r"|22[0-2] [0-9]+ <[^\n]*\n|From [^\n]{1,400}\n(?:>From [^\n]*\n)*)?(?=[!-9;-~]{1,80}:)"
)
_MAIL_FIELD = re.compile(r"([!-9;-~]{1,80})[ \t]*:")
MAIL_FIELDS = frozenset(
    {"from", "to", "cc", "date", "subject", "message-id", "received", "return-path", "references"}
    | {"in-reply-to", "newsgroups", "path", "mime-version", "delivered-to", "reply-to", "sender"}
    | {"content-type", "content-transfer-encoding", "list-id", "user-agent", "x-mailer"}
)
"""Header fields that are common in messages."""
LEAST_MAIL_FIELDS = 3
"""How many of them make a text a message."""
_SAVED_PAGE = re.compile(r"From: <?saved by", re.IGNORECASE)
_HEAD_LINES = 400


@attrs.frozen
class Rows:
    r"""A table of comments: delimited text, or flat JSON objects as rows.

    >>> Rows().fits(Head("id,parent_id,text\n7,,At last.\n"))
    1
    """

    def fits(self, head: Head) -> int:
        """Return 1 for such a table."""
        from ..tables import guess_columns  # noqa: PLC0415 - only needed if no other format fits
        from ._separated import separator_of  # noqa: PLC0415 - the same

        if not head.is_json:
            is_table = head.is_prose and separator_of(head.text, is_cut=head.is_cut) is not None
            return 1 if is_table else 0
        is_array = head.text.lstrip("\ufeff \t\r\n").startswith("[")
        if not is_array and not head.is_lines:
            return 0  # one object is not a table
        start = "[]." if is_array else ""
        keys = {key[len(start) :]: v for key, v in head.json.items() if key.startswith(start)}
        flat = [key for key, value in keys.items() if value not in ("{", "[") and "." not in key]
        targets = set(guess_columns(flat))
        others = {"parent_id", "author_name", "author_id", "thread"}
        is_table = {"text", "id"} <= targets and bool(targets & others)
        return 1 if is_table else 0


@attrs.frozen
class Prose:
    """Any text that is not JSON, markup or binary: what no other format recognises."""

    def fits(self, head: Head) -> int:
        """Return 1 for prose."""
        return 1 if head.is_prose else 0


@cache
def _pattern(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)
