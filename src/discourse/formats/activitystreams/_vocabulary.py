"""The vocabulary of ActivityStreams 2.0 and 1.0, and values of several possible shapes.

A property has one value or an array of values. Each value is an object or the address of one. So
no function here trusts a shape: they return nothing for what they cannot read.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ...model import TextFormat

CONTEXT = "https://www.w3.org/ns/activitystreams"
"""The address of the vocabulary."""

COLLECTIONS = frozenset(
    {"collection", "orderedcollection", "collectionpage", "orderedcollectionpage"}
)
PAGES = frozenset({"collectionpage", "orderedcollectionpage"})
ACTORS = frozenset({"application", "group", "organization", "person", "service"})
BOTS = frozenset({"application", "service"})
#: Types of posts: of AS2, of AS1 (comment, review), and of servers (ticket: ForgeFed; quotation,
#: rating: BookWyrm).
POSTS = frozenset(
    {"note", "article", "page", "question", "event", "video", "audio", "image", "document"}
) | frozenset({"comment", "review", "ticket", "quotation", "rating", "answer"})
#: Activities that carry an object or a new version of it.
MAKING = frozenset({"create", "update", "post"})
#: Activities that retract something: the object in them no longer exists.
UNDOING = frozenset(
    {"block", "ignore", "reject", "remove", "undo", "unfollow", "unlike", "unshare"}
)
DELETING = "delete"
TOMBSTONE = "tombstone"
#: Messages between two people, which look like notes: Lemmy, Pleroma, Mitra.
PRIVATE = frozenset({"chatmessage", "encryptedmessage"})

_KNOWN = COLLECTIONS | ACTORS | POSTS | MAKING | UNDOING | PRIVATE | {DELETING, TOMBSTONE}
_KNOWN |= {"activity", "announce", "like", "share"}

_PUBLIC = frozenset({f"{CONTEXT}#Public", "as:Public", "Public", "@public"})
_PREFIXES = (f"{CONTEXT}#", "http://www.w3.org/ns/activitystreams#", "as:")
#: The ends of addresses of AS1 types: ``http://activitystrea.ms/schema/1.0/note``.
_AS1 = "http://activitystrea.ms/schema/1.0/"

FORMATS = {
    "text/html": TextFormat.HTML,
    "text/plain": TextFormat.TEXT,
    "text/markdown": TextFormat.MARKDOWN,
    "text/bbcode": TextFormat.BBCODE,
    "text/x-wiki": TextFormat.WIKITEXT,
    "application/octet-stream": TextFormat.OTHER,
}
"""The formats of the media types of ``content``, which is HTML by default."""


def many(value: object) -> list[Any]:
    """Return the values of a property: none, one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types_of(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the types of an object, in lower case without their prefixes, and AS1's verb.

    >>> sorted(types_of({"type": ["as:Note", "vcard:X"], "objectType": "note"}))
    ['note', 'vcard:x']
    """
    kind = data.get("type")
    if isinstance(kind, str) and "objectType" not in data and "verb" not in data:
        return _one(kind)
    names = [*many(kind), *many(data.get("objectType")), *many(data.get("verb"))]
    return frozenset(_bare(name) for name in names if isinstance(name, str))


@lru_cache(256)
def _one(name: str) -> frozenset[str]:
    return frozenset((_bare(name),))


def _bare(name: str) -> str:
    for prefix in (*_PREFIXES, _AS1):
        name = name.removeprefix(prefix)
    return name.casefold()


def address_of(value: object) -> str | None:
    """Return the address in a value: an IRI, an object's id or url, a link's href."""
    if type(value) is str:
        return value or None
    if isinstance(value, dict):
        keys = ("href", "id", "url") if types_of(value) & {"link", "mention"} else ("id", "url")
        return next((each for key in (*keys, "href") if (each := _text(value.get(key)))), None)
    return _text(value)


def names_of(value: object) -> list[str]:
    """Return every address of a value: an object has an id and urls."""
    if not isinstance(value, dict):
        address = _text(value)
        return [address] if address is not None else []
    urls = (address_of(url) for url in many(value.get("url")))
    return [name for name in (_text(value.get("id")), *urls) if name is not None]


def page_of(urls: object) -> str | None:
    """Return the address of an object's page, among links of several media types."""
    if type(urls) is str:
        return urls or None
    links = [link for link in many(urls) if address_of(link) is not None]
    pages = [link for link in links if _is_page(link)]
    return address_of((pages or links or [None])[0])


def _is_page(link: object) -> bool:
    return not isinstance(link, dict) or link.get("mediaType") in (None, "text/html")


def is_public(data: Mapping[str, Any]) -> bool:
    """Whether an object is public, or does not say."""
    to = [*many(data.get("to")), *many(data.get("cc"))]
    if to and type(to[0]) is str and to[0] in _PUBLIC:
        return True
    return not to or any(name in _PUBLIC for each in to for name in _recipients(each))


def _recipients(value: object) -> list[str | None]:
    alias = _text(value.get("alias")) if isinstance(value, dict) else None  # of AS1
    return [address_of(value), alias]


def is_of_the_vocabulary(data: Mapping[str, Any]) -> bool:
    """Whether an object is from ActivityStreams, by its context or else its type.

    AS2 types are capitalised, unlike words such as ``comment``.
    """
    contexts = [each for each in many(data.get("@context")) if isinstance(each, str)]
    if contexts:
        return any("ns/activitystreams" in each for each in contexts)
    types = [each for each in many(data.get("type")) if isinstance(each, str)]
    names = {_bare(each) for each in types if not each.islower()}
    if names & _KNOWN or (names and "actor" in data and "object" in data):
        return True
    return "objectType" in data and bool(types_of(data) & _KNOWN)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
