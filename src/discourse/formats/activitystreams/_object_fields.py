"""Read the fields of an object as an article, a comment or an author."""

from typing import Any

from ...model import Article, Author, Comment, Status, TextFormat
from .._kit import Node
from ._vocabulary import (
    BOTS,
    FORMATS,
    POSTS,
    TOMBSTONE,
    address_of,
    is_public,
    many,
    page_of,
    types_of,
)

#: Keys for delivery and signatures, and those that only the actor's server uses.
_DROPPED = ("@context", "signature", "proof", "objectType", "actor", "author", "displayName")
_ACTOR = (
    *("@context", "publicKey", "assertionMethod", "endpoints", "inbox", "outbox", "following"),
    *("followers", "featured", "featuredTags", "devices", "playlists", "sharedInbox"),
    *("objectType", "image"),
)
_POSTS = POSTS | {TOMBSTONE}
OWN = "discourse:"
"""The prefix of keys that AS2 does not define."""


class Fields:
    """Builds articles, comments and authors from objects, using the known actors."""

    def __init__(self) -> None:
        self.actors: dict[str, Node] = {}
        """The actors in the input by their ids."""
        self.used: set[str] = set()
        """The ids of actors that wrote something."""
        self._authors: dict[str, tuple[Any, Author | None]] = {}
        self._unknown: dict[str, Author] = {}
        """Authors of whom only the address is known."""

    def article(self, node: Node, id: str | None) -> Article:
        """Return the object that starts a conversation."""
        people = self._people(node)
        likes = _total(node, "likes")
        score = node.number(f"{OWN}score")
        return Article(
            _title(node),
            id=id,
            authors=[author for author in people if author is not None],
            site=node.label(f"{OWN}site"),
            score=score if score is not None else likes,
            comment_count=_total(node, "replies"),
            **self._alike(node, "article"),
        )

    def comment(self, node: Node, id: str, parent: str | None, status: Status | None) -> Comment:
        """Return an object that is a reply."""
        people = self._people(node)
        is_tombstone = TOMBSTONE in types_of(node.data)
        own_status = _status(node.label(f"{OWN}status"))
        return Comment(
            id,
            parent,
            people[0] if people else None,
            title=_title(node),
            is_edited=node.flag(f"{OWN}isEdited"),
            status=status or (Status.DELETED if is_tombstone else own_status),
            score=node.number(f"{OWN}score"),
            upvotes=_total(node, "likes"),
            downvotes=node.whole(f"{OWN}downvotes"),
            reply_count=_total(node, "replies"),
            **self._alike(node, "note"),
        )

    def _alike(self, node: Node, usual_type: str) -> dict[str, Any]:
        """Return the fields that articles and comments share."""
        types = types_of(node.data)
        if types == {usual_type} or (types <= _POSTS and not types & POSTS - {usual_type}):
            node.drop("type")
        else:
            node.keep("type")
        if "formerType" in node and str(node.data["formerType"]).casefold() == usual_type:
            node.drop("formerType")
        text, language = _content(node)
        media = node.label("mediaType")
        text_format = FORMATS.get((media or "text/html").partition(";")[0].strip().casefold())
        if text_format is None:
            node.keep("mediaType")
        created, edited = node.utc("published"), node.utc("updated")
        tags, others = _tags(node)
        urls, answers = node.raw("url"), node.raw("inReplyTo")
        if isinstance(urls, list | dict):
            node.keep("url")
        if isinstance(answers, list) and len(answers) > 1:
            node.keep("inReplyTo")
        node.drop("id", "replies", *_DROPPED)
        return {
            "text": text,
            "text_format": text_format or TextFormat.OTHER,
            "created_at": created,
            "edited_at": edited if edited != created else None,
            "url": page_of(urls),
            "language": language,
            "tags": tags,
            "meta": node.rest(empty=False, **({"tag": others} if others else {})),
        }

    # -- people ----------------------------------------------------------------------------------

    def _people(self, node: Node) -> list[Author | None]:
        """Return the authors of an object, without the groups it was posted in."""
        key = next((k for k in ("attributedTo", "author", "actor") if node.data.get(k)), None)
        people = many(node.raw(key)) if key is not None else []
        if len(people) == 1:
            return [self._author(people[0], node)]
        persons = [each for each in people if not self._is_group(each)] or people
        if len(persons) < len(people) and key is not None:
            node.keep(key)
        return [self._author(each, node) for each in persons]

    def _is_group(self, value: object) -> bool:
        actor = self.actors.get(address_of(value) or "")
        data = value if isinstance(value, dict) else actor.data if actor is not None else {}
        return "group" in types_of(data)

    def _author(self, value: object, around: Node) -> Author | None:
        id = address_of(value)
        if isinstance(value, dict):
            node = Node(value, around.log, ".attributedTo", around)
        elif id is not None and id in self.actors:
            node = self.actors[id]
            self.used.add(id)
        elif id is not None:
            author = self._unknown.get(id)
            if author is None:
                author = self._unknown[id] = Author(id=id)
            return author
        else:
            return None
        known = self._authors.get(id or "")
        if known is None or known[0] != node.data:
            known = self._authors[id or ""] = node.data, _actor(node)
        return known[1]


def _actor(node: Node) -> Author | None:
    types = types_of(node.data)
    login, name = node.label("preferredUsername"), node.label("name") or node.label("displayName")
    icons = [
        *many(node.raw("icon")),
        *many(node.data.get("image") if "objectType" in node else None),
    ]
    urls = node.raw("url")
    node.keep(*(["url"] if isinstance(urls, list | dict) else []))
    if types & (BOTS | {"person"}):
        node.drop("type")
    node.drop(*_ACTOR)
    author = Author(
        login or name,
        node.label("id"),
        display_name=name if login is not None else None,
        url=page_of(urls),
        avatar_url=next((each for icon in icons if (each := _picture(icon))), None),
        bio=node.label("summary"),
        is_bot=True if types & BOTS else False if "person" in types else None,
        meta=node.rest(empty=False),
    )
    return author if author != Author(is_bot=author.is_bot) else None


def _picture(icon: object) -> str | None:
    if isinstance(icon, dict):
        return page_of(icon.get("url")) or address_of({"href": icon.get("href")})
    return address_of(icon)


# -- values ----------------------------------------------------------------------------------------


def _title(node: Node) -> str | None:
    """Return the name; for a note without one its summary, which is a content warning there."""
    key = "name" if "name" in node or "nameMap" in node else "displayName"
    title = node.label(key)
    if title is None and isinstance(names := node.raw("nameMap"), dict):
        node.keep("nameMap")
        title = next((name for name in names.values() if isinstance(name, str) and name), None)
    if title is None and "note" in types_of(node.data):
        title = node.label("summary")
    return title


def _content(node: Node) -> tuple[str | None, str | None]:
    """Return the text and its language: the only one of ``contentMap``, or Lemmy's field."""
    text, versions = node.text("content"), node.raw("contentMap")
    language = node.label(f"{OWN}language")
    if isinstance(node.data.get("language"), dict):
        language = node.inner("language").label("identifier")
    if not isinstance(versions, dict) or not versions:
        return text, _known(language)
    first, version = next(iter(versions.items()))
    if text is None and isinstance(version, str):
        text = version
    if len(versions) > 1 or version != text:
        node.keep("contentMap")
    return text, _known(language or (first if len(versions) == 1 else None))


def _known(language: str | None) -> str | None:
    return None if language in ("und", "") else language  # undetermined: Lemmy, Pleroma


def _tags(node: Node) -> tuple[frozenset[str], list[object]]:
    """Return hashtags and plain labels; then other tags, such as mentions and emojis."""
    tags, others = set(), []
    for tag in many(node.raw("tag")):
        types = types_of(tag) if isinstance(tag, dict) else frozenset({"?"})
        name = tag.get("name") if isinstance(tag, dict) else None
        if isinstance(name, str) and name and types <= {"hashtag"}:
            tags.add(f"#{name.removeprefix('#')}" if types else name)
        else:
            others.append(tag)
    if node.is_true("sensitive"):
        tags.add("sensitive")
    elif node.data.get("sensitive") is not False:
        node.keep("sensitive")
    if not is_public(node.data):
        tags.add("private")
    return frozenset(tags), others


def _total(node: Node, key: str) -> int | None:
    """Return the size of a collection, whose other useful keys have been read already."""
    if not isinstance(node.data.get(key), dict):
        return None
    return node.inner(key, rest=False).count("totalItems")


def _status(word: str | None) -> Status:
    if word is None:
        return Status.VISIBLE
    return Status(word) if word in {each.value for each in Status} else Status.VISIBLE
