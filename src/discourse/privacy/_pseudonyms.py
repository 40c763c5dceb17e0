"""Compute keyed pseudonyms from names, and recognise them with the key."""

import hmac
import re
from collections.abc import Iterable

from ..errors import FieldError, FieldTypeError
from ..model import Author

_LEAST = 16
_SHORT, _LONG, _CHECK = 12, 28, 4
"""Hexadecimal digits of a pseudonym, of one that avoids a collision, and of the check."""

_PSEUDONYM = re.compile(r"(?:user|id)-([0-9a-f]{12}|[0-9a-f]{28})([0-9a-f]{4})")


def checked_key(key: object, where: str) -> bytes:
    """Return the key. Raises `FieldError` if it is not bytes, or too short."""
    if not isinstance(key, bytes):
        raise FieldTypeError("privacy", f"{where}(key)", type(key).__name__, "must be bytes")
    if len(key) < _LEAST:
        why = f"must have at least {_LEAST} bytes, such as secrets.token_bytes(32)"
        raise FieldError("privacy", f"{where}(key)", len(key), why)
    return bytes(key)


def pseudonym(author: Author | str, *, key: bytes) -> str:
    """Return the pseudonym of an author, or of an author's key.

    It is ``user-`` and 16 hexadecimal digits: the first 12 of the HMAC-SHA256 (RFC 2104) of the
    `Author.key` (or of the ``display_name`` if that is None), and 4 check digits. With these, the
    key recognises its own pseudonyms: the pseudonym of a pseudonym is the same pseudonym. Only
    someone who has the key can match pseudonyms with a list of names.

    Raises `FieldError` for a key of fewer than 16 bytes, or an author without an id or name.

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
    """Return what identifies a person: the key or, if it is None, the display name."""
    return author.key if author.key is not None else author.display_name


class Maker:
    """Pseudonyms of one kind from one key, without collisions among the people added."""

    def __init__(self, key: bytes, kind: str) -> None:
        self.key = key
        self.kind = kind
        self.known: dict[str, str] = {}
        self.usurped: list[str] = []
        """Pseudonyms that are also the name of another person."""

    def know(self, identities: Iterable[str]) -> None:
        """Compute the pseudonyms of all these people, longer ones for those that collide.

        A person keeps the pseudonym if another is called by it: nobody can change the pseudonym of
        others by choosing a name.
        """
        by_short: dict[str, list[str]] = {}
        for identity in dict.fromkeys(identities):
            by_short.setdefault(self.make(identity), []).append(identity)
        for short, sharing in by_short.items():
            people = [identity for identity in sharing if identity != short]
            collide = len(people) > 1
            for identity in people:
                self.known[identity] = self.make(identity, _LONG) if collide else short
            if len(sharing) > len(people):
                is_usurper = len(people) == 1
                self.known[short] = self.make(short, _LONG) if is_usurper else short
                self.usurped += [short] * is_usurper

    def __getitem__(self, identity: str) -> str:
        if identity not in self.known:
            self.known[identity] = self.make(identity)
        return self.known[identity]

    def make(self, identity: str, digits: int | None = None) -> str:
        """Return the pseudonym. The pseudonym of a pseudonym of this key is itself.

        With *digits*, it is one of that length, which avoids a collision.
        """
        if digits is None and self.knows(identity):
            return identity
        name = self._digest(f"discourse/{self.kind}/1\0{identity}")[: digits or _SHORT]
        return f"{self.kind}-{name}{self._check(name)}"

    def knows(self, name: str) -> bool:
        """Whether the name is a pseudonym of this key."""
        match = _PSEUDONYM.fullmatch(name)
        return match is not None and hmac.compare_digest(match[2], self._check(match[1]))

    def _check(self, digits: str) -> str:
        return self._digest(f"discourse/{self.kind}/1/check\0{digits}")[:_CHECK]

    def _digest(self, message: str) -> str:
        return hmac.digest(self.key, message.encode(), "sha256").hex()
