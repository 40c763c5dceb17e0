"""Keyed pseudonyms: what a key makes of a name, and how a pseudonym is known again."""

import hmac
import re
from collections.abc import Iterable

from ..errors import FieldError, FieldTypeError
from ..model import Author

_LEAST = 16
_SHORT, _LONG, _CHECK = 12, 28, 4
"""Hexadecimal digits: of a pseudonym, of one that would be another's too, and of the check."""

_PSEUDONYM = re.compile(r"(?:user|id)-([0-9a-f]{12}|[0-9a-f]{28})([0-9a-f]{4})")


def checked_key(key: object, where: str) -> bytes:
    """Return the key, or raise `FieldError` where it is none or too short to keep a secret."""
    if not isinstance(key, bytes):
        raise FieldTypeError("privacy", f"{where}(key)", type(key).__name__, "must be bytes")
    if len(key) < _LEAST:
        why = f"must have at least {_LEAST} bytes, such as secrets.token_bytes(32) makes"
        raise FieldError("privacy", f"{where}(key)", len(key), why)
    return bytes(key)


def pseudonym(author: Author | str, *, key: bytes) -> str:
    """Return the pseudonym that a key makes of an author, or of the key of one.

    It is ``user-`` and 16 hexadecimal digits: the first 12 of the HMAC-SHA256 (RFC 2104) of the
    author's `Author.key` (of the ``display_name`` where that is None), and 4 by which the key knows
    its own pseudonyms again, so that the pseudonym of one is that one. Whoever has the key can tell
    who is who among people whose names they have, and nobody else can.

    Raises `FieldError` for a key of fewer than 16 bytes, and an author nothing is known of.

    >>> pseudonym("Ada", key=bytes(range(32)))
    'user-...'
    >>> pseudonym(pseudonym("Ada", key=bytes(range(32))), key=bytes(range(32))) == _
    True
    """
    identity = author if isinstance(author, str) else identity_of(author)
    if identity is None:
        raise FieldError("privacy", "pseudonym(author)", author, "must have an id or a name")
    return Maker(checked_key(key, "pseudonym"), "user").make(identity)


def identity_of(author: Author) -> str | None:
    """Return what stands for a person: the key, or the name shown where there is none."""
    return author.key if author.key is not None else author.display_name


class Maker:
    """Makes pseudonyms of one kind with one key; no two that it was told of are the same."""

    def __init__(self, key: bytes, kind: str) -> None:
        self.key = key
        self.kind = kind
        self.known: dict[str, str] = {}

    def know(self, identities: Iterable[str]) -> None:
        """Make the pseudonyms of all these, longer ones for those that would share one."""
        by_short: dict[str, list[str]] = {}
        for identity in dict.fromkeys(identities):
            by_short.setdefault(self.make(identity), []).append(identity)
        for short, sharing in by_short.items():
            for identity in sharing:
                clash = len(sharing) > 1 and identity != short
                self.known[identity] = self.make(identity, _LONG) if clash else short

    def __getitem__(self, identity: str) -> str:
        if identity not in self.known:
            self.known[identity] = self.make(identity)
        return self.known[identity]

    def make(self, identity: str, digits: int | None = None) -> str:
        """Return the pseudonym; one that this key has made is its own."""
        if self.knows(identity):
            return identity
        name = self._digest(f"discourse/{self.kind}/1\0{identity}")[: digits or _SHORT]
        return f"{self.kind}-{name}{self._check(name)}"

    def knows(self, name: str) -> bool:
        """Whether this key has made the name."""
        match = _PSEUDONYM.fullmatch(name)
        return match is not None and hmac.compare_digest(match[2], self._check(match[1]))

    def _check(self, digits: str) -> str:
        return self._digest(f"discourse/{self.kind}/1/check\0{digits}")[:_CHECK]

    def _digest(self, message: str) -> str:
        return hmac.digest(self.key, message.encode(), "sha256").hex()
