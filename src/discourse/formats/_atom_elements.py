"""Read the elements of Atom entries, which feeds and exports of Blogger share."""

import re

from .._markup.xml import Element
from ..model import Author, JsonValue, Status, TextFormat

_FORMATS = {
    "text/plain": TextFormat.TEXT,
    "html": TextFormat.HTML,
    "xhtml": TextFormat.HTML,
    "text": TextFormat.TEXT,
}
_NUMBER = re.compile(r"/([0-9]{1,30})(?:\?|$)")
_NOBODY = frozenset({"Anonymous", "Unknown"})  # Blogger's names for authors without one
_PROFILE = re.compile(r"//(?:www\.|draft\.)?blogger\.com/profile/([0-9]{1,30})")


def kind_of(entry: Element) -> str | None:
    """Return Blogger's kind of an entry, such as ``comment``, or None."""
    for child in entry.children:
        scheme = child.attributes.get("scheme", "")
        if child.name == "atom:category" and scheme.endswith("#kind"):
            return child.attributes.get("term", "").rpartition("#")[2] or None
    return None


def is_of_export(entry: Element) -> bool:
    """Whether an entry is of a kind that Blogger's exports have and its feeds lack."""
    return entry.value("blogger:type") is not None or kind_of(entry) in ("settings", "template")


def links_of(entry: Element) -> dict[str, str]:
    """Return the first link of each relation."""
    links: dict[str, str] = {}
    for child in entry.children:
        if child.name == "atom:link" and (href := child.attributes.get("href", "").strip()):
            links.setdefault(child.attributes.get("rel", "alternate"), href)
    return links


def related_to(own: str | None, links: dict[str, str]) -> str | None:
    """Return the parent of a Blogger comment, whose number is in a link."""
    related = _NUMBER.search(links.get("related", ""))
    if related is None:
        return None
    prefix, mark, _ = (own or "").rpartition("post-")  # Blogger's ids end in "post-17"
    return prefix + mark + related[1]


def categories_of(entry: Element) -> frozenset[str]:
    """Return the categories of a post."""
    return frozenset(
        term
        for child in entry.children
        if child.name == "atom:category"
        and not child.attributes.get("scheme", "").endswith("#kind")
        and (term := child.attributes.get("term", "").strip())
    )


def text_of(entry: Element, name: str) -> tuple[str | None, TextFormat]:
    """Return a text and its format."""
    child = entry.first().get(name)
    if child is None:
        return None, TextFormat.HTML
    kind = child.attributes.get("type", "text")
    if kind == "xhtml":
        inner = child.first().get("xhtml:div")
        return (inner or child).markup(), TextFormat.HTML
    return child.markup(), _FORMATS.get(kind, TextFormat.HTML)


def removed_status(entry: Element, text: str | None) -> Status | None:
    """Return the status of a removed entry of Blogger; the text says who removed it."""
    for child in entry.children:
        attributes = child.attributes
        name = attributes.get("name")
        if child.name == "gd:extendedProperty" and name == "blogger.contentRemoved":
            by_admin = "administrator" in (text or "")
            return Status.REMOVED if by_admin else Status.DELETED
    return None


def author_of(
    entry: Element, meta: dict[str, JsonValue], *, is_blogger: bool, contacts: bool
) -> Author | None:
    """Return the author, and add other fields to *meta*."""
    person = entry.first().get("atom:author")
    if person is None:
        return None
    name, uri = person.value("atom:name"), person.value("atom:uri") or person.value("atom:url")
    if contacts and (address := person.value("atom:email")):
        meta["email"] = address
    profile = _PROFILE.search(uri or "")
    if is_blogger and name in _NOBODY:
        meta["author"] = name
        name = None
        if uri is None:
            return None
    picture = person.first().get("gd:image")
    avatar = picture.attributes.get("src") if picture is not None else None
    if name is None and uri is None:
        return None
    id = profile[1] if profile is not None else None
    return Author(name, id, url=uri, avatar_url=avatar or None)
