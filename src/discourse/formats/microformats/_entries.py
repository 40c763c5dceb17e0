"""Build a `Reading` from parsed microformats: which entries are comments, and their parents."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

import attrs

from ..._markup.html import one_line, tree
from ..._markup.local_times import LOCAL_EDIT, resolved
from ..._markup.times import either
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place
from ...model import Article, Author, Comment, Stub, TextFormat
from .._base import Reading
from .._kit import Builder, Conversations, Node, documents
from .._structured import PageHead, head_elements
from ._page_items import POSTS, page_items

NAME = "microformats"
_BLANK = "\ufeff \t\r\n"
_REACTIONS = ("like-of", "repost-of", "bookmark-of", "like", "repost", "rsvp")


def parse(text: str, *, zone: Zone = None, url: str | None = None) -> Reading:
    """Read the entries of a page, or of parsed JSON, and their replies.

    Args:
        text: The source of a page, or JSON.
        zone: The site's zone, for times without one.
        url: The address of the page, if known; it resolves relative addresses.

    Raises `ParseError` if there is no entry. O(n).
    """
    builder = Builder(NAME)
    own = None
    if text.lstrip(_BLANK)[:1] in ("{", "["):
        values: list[Any] = [value for _, value in documents(text, builder.log)]
    else:
        page = tree(text)
        head = PageHead(page, head_elements(page))
        values = [*page_items(page)]
        own = url or head.address
        url = head.base or own
    reader = _Reader(builder, zone_of(zone), url, own)
    reader.take(values)
    if not reader.entries:
        raise ParseError("there is no microformats entry", Place(offset=0))
    return reader.reading()


@attrs.define(eq=False)
class Entry:
    """An entry: an article or a comment."""

    node: Node
    properties: Node
    above: "Entry | None"
    """The entry whose comments include it."""
    id: str = ""
    reply_to: tuple[str, ...] = ()
    """The addresses it replies to."""
    target: str | None = None
    """The page that a webmention is about."""

    @property
    def comments(self) -> object:
        """Its comments, or their addresses."""
        return self.properties.data.get("comment")


def _link(entry: Entry, parents: Mapping[str, str | None]) -> str | None:
    """Return the id a reply is attached to: its parent, else the entry whose comments have it."""
    parent = parents[entry.id]
    if entry.above is not None and parent not in parents:
        return entry.above.id
    return parent


class _Reader:
    def __init__(
        self, builder: Builder, zone: dt.tzinfo | None, url: str | None, page: str | None
    ) -> None:
        self.builder = builder
        self.entries: list[Entry] = []
        self._zone = zone
        self._local: dict[str, Any] = {}
        self._url = url
        self._page = page
        self._nameless: list[str] = []
        self._reactions = 0
        self._quoted = 0

    # -- finding entries -------------------------------------------------------------------------

    def take(self, values: Iterable[Any]) -> None:
        """Read parsed microformats, in arrays and in ``items`` too."""
        pending: list[tuple[Any, Entry | None, str]] = []
        pending += [(value, None, "") for value in reversed(list(values))]
        while pending:
            value, above, name = pending.pop()
            if isinstance(value, list):
                pending += [(each, above, name) for each in reversed(value)]
                continue
            if not isinstance(value, Mapping):
                continue
            data = _canonical(value)
            properties = data.get("properties")
            properties = properties if isinstance(properties, Mapping) else {}
            inner = [(data.get("children"), above, "children"), (data.get("items"), above, "items")]
            if _is_post(data) and (above is None or name == "comment" or _answers(properties)):
                entry = self._entry(data, above)
                if entry is not None:
                    inner = [(data.get("children"), entry, "children")]
                    inner.append((properties.get("comment"), entry, "comment"))
            elif _is_post(data):
                self._quoted += 1
            pending += [each for each in reversed(inner) if each[0]]

    def _entry(self, data: Mapping[str, Any], above: "Entry | None") -> "Entry | None":
        node = Node(data, self.builder.log, "$")
        entry = Entry(node, node.inner("properties", rest=False), above)
        properties = entry.properties.data
        entry.reply_to = tuple(_addresses(properties.get("in-reply-to"), self._full))
        entry.target = _text(properties.get("wm-target"))
        has_content = any(properties.get(key) for key in ("content", "name", "summary"))
        if any(key in properties for key in _REACTIONS[:3]) and not (entry.reply_to or has_content):
            self._reactions += 1
            return None
        if _text(properties.get("wm-property")) in _REACTIONS[:3]:
            self._reactions += 1
            return None
        self.entries.append(entry)
        return entry

    def _full(self, address: str) -> str:
        if self._url is None:
            return address
        try:
            return urljoin(self._url, address)
        except ValueError:
            return address

    # -- building threads ------------------------------------------------------------------------

    def reading(self) -> Reading:
        """Return a thread for each conversation."""
        builder = self.builder
        builder.items(entry.node for entry in self.entries)
        names = self._name()
        parents = {entry.id: self._parent(entry, names) for entry in self.entries}
        conversations = Conversations(
            {entry.id: _link(entry, parents) for entry in self.entries if entry.target is None}
        )
        for entry in self.entries:
            key: str | None
            parent, link = parents[entry.id], _link(entry, parents)
            if entry.target is not None:
                key = entry.target
                draft = builder.thread(key)
                draft.article = draft.article or Article(id=key, url=key)
            elif link is None:
                key = entry.id
                builder.article(entry.node, self._article(entry), key)
            else:
                key, above = conversations.thread_of_reply(builder, link)
                parent = above if parent in (None, link) else parent
            if entry.target is not None or link is not None:
                builder.comment(entry.node, self._comment(entry, parent), key)
            absent = [each for each in _strings(entry.comments) if self._full(each) not in names]
            if absent:
                at = None if link is None and entry.target is None else entry.id
                builder.thread(key).stubs.append(Stub(at, ids=absent, count=len(absent)))
        if self._nameless:
            message = f"entries without an id: {len(self._nameless)}; each is named by position"
            builder.log.add("no-id", message, ids=self._nameless)
        if self._reactions:
            message = f"likes and reposts without text: {self._reactions}"
            builder.log.add("reactions", message)
        if self._quoted:
            message = f"posts in a post that are not replies to it, such as quotes: {self._quoted}"
            builder.log.add("not-recognised", message)
        if any("is-page" in entry.node for entry in self.entries):
            builder.log.add("stray-comment", "comments outside any entry: the page is the article")
        return builder.reading()

    def _name(self) -> dict[str, str]:
        """Assign ids to the entries, and return the ids by all names of the entries."""
        names: dict[str, str] = {}
        used: set[str] = set()
        tops = [entry for entry in self.entries if entry.above is None]
        page_entry = tops[0] if len(tops) == 1 else None  # the page's address is its own
        for place, entry in enumerate(self.entries, 1):
            data = entry.properties.data
            uids = [_text(data.get("uid"))]
            urls = [self._full(each) for each in _texts(data.get("url"))]
            if entry is page_entry and not urls:
                urls = [self._page or ""]
            own = next((each for each in (*uids, *urls) if each and each not in used), None)
            entry.id = own or f"n{place}"
            if own is None:
                self._nameless.append(entry.id)
            used.add(entry.id)
            for each in (*filter(None, uids), *urls, *_texts(data.get("syndication"))):
                names.setdefault(each, entry.id)
        return names

    def _parent(self, entry: Entry, names: Mapping[str, str]) -> str | None:
        """Return the parent that an entry states: of several, the last one that is present."""
        here = [names[each] for each in entry.reply_to if names.get(each, entry.id) != entry.id]
        if here:
            return here[-1]
        others = [each for each in entry.reply_to if names.get(each) != entry.id]
        if others and entry.target in others:
            return None
        return others[0] if others else None

    # -- fields ----------------------------------------------------------------------------------

    def _comment(self, entry: Entry, parent_id: str | None) -> Comment:
        fields = self._fields(entry)
        people = self._people(entry.properties)
        meta = entry.properties.rest(empty=False, **self._local)
        return Comment(entry.id, parent_id, people[0] if people else None, meta=meta, **fields)

    def _article(self, entry: Entry) -> Article:
        fields = self._fields(entry)
        people = self._people(entry.properties)
        is_named = entry.id not in self._nameless
        return Article(
            fields.pop("title"),
            id=entry.id if is_named else None,
            authors=people,
            meta=entry.properties.rest(empty=False, **self._local),
            **fields,
        )

    def _fields(self, entry: Entry) -> dict[str, Any]:
        """Return the fields that articles and comments share."""
        properties = entry.properties
        text, text_format, plain = _content(properties)
        contents = properties.data.get("content")
        if isinstance(contents, list) and len(contents) > 1:
            message = "an entry has several texts: used the first one"
            ids, values = (entry.id,), tuple(contents[1:])
            self.builder.log.add("several-texts", message, ids=ids, values=values)
        title = _text(properties.raw("name"))
        if title is not None and plain is not None and _starts(plain, title):
            title = None  # a note without a name: parsers repeat its text
        self._local = {}
        created = self._time(entry, "published")
        edited = self._time(entry, "updated")
        urls = _texts(properties.raw("url"))
        properties.drop("uid", "comment")
        if len(urls) > 1:
            properties.keep("url")
        if len(entry.reply_to) == 1 and isinstance(_first(properties.data["in-reply-to"]), str):
            properties.drop("in-reply-to")
        return {
            "title": title,
            "text": text,
            "text_format": text_format,
            "created_at": created,
            "edited_at": edited if edited != created else None,
            "url": self._full(urls[0]) if urls else None,
            "tags": frozenset(_texts(properties.raw("category"))),
        }

    def _time(self, entry: Entry, key: str) -> dt.datetime | None:
        text = _text(entry.properties.data.get(key))
        if text is None:
            return None
        try:
            time = either(text)
        except (OverflowError, ValueError):
            entry.properties.refuse(key, text, "a time")
            return None
        entry.properties.drop(key)
        if key == "published":
            return self.builder.resolved(time, self._zone, entry.id, self._local)
        return resolved(time, self._zone, self._local, LOCAL_EDIT)

    def _people(self, properties: Node) -> tuple[Author, ...]:
        values = properties.raw("author")
        people = []
        for value in values if isinstance(values, list) else [values]:
            author = self._author(value)
            if author is not None and author not in people:
                people.append(author)
        return tuple(people)

    def _author(self, value: object) -> Author | None:
        if isinstance(value, str):
            is_address = value.startswith(("http://", "https://"))
            return (
                Author(None, value, url=value) if is_address else Author(value) if value else None
            )
        if not isinstance(value, Mapping):
            return None
        card = _canonical(value).get("properties")
        if not isinstance(card, Mapping):
            return None
        nickname, name = _text(card.get("nickname")), _text(card.get("name"))
        url, uid, photo = (_text(card.get(key)) for key in ("url", "uid", "photo"))
        if photo is None and isinstance(picture := _first(card.get("photo")), Mapping):
            photo = _text(picture.get("value"))
        author = Author(
            nickname or name,
            uid,
            display_name=name if nickname is not None and name != nickname else None,
            url=self._full(url) if url else None,
            avatar_url=self._full(photo) if photo else None,
            bio=_text(card.get("note")),
        )
        return author if author != Author() else None


def _canonical(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Convert an object of JF2, as webmention.io writes it, to parsed microformats."""
    kind = value.get("type")
    if not isinstance(kind, str):
        return value
    properties = {
        key: each if isinstance(each, list) else [each]
        for key, each in value.items()
        if key not in ("type", "children", "content") and each is not None
    }
    content = value.get("content")
    if isinstance(content, Mapping):
        content = {"html": content.get("html"), "value": content.get("text")}
    if content is not None:
        properties["content"] = [content]
    return {"type": [f"h-{kind}"], "properties": properties, "children": value.get("children")}


def _is_post(data: Mapping[str, Any]) -> bool:
    kinds = data.get("type")
    return isinstance(kinds, list) and any(k in POSTS for k in kinds if isinstance(k, str))


def _answers(properties: Mapping[str, Any]) -> bool:
    return bool(properties.get("in-reply-to"))


def _first(value: object) -> object:
    return (value[0] if value else None) if isinstance(value, list) else value


def _texts(value: object) -> list[str]:
    """Return the stripped texts among the values of a property."""
    values = value if isinstance(value, list) else [value]
    texts = (each.get("value") if isinstance(each, Mapping) else each for each in values)
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()]


def _text(value: object) -> str | None:
    first = _first(value)
    if type(first) is int:
        return str(first)
    return next(iter(_texts(value)), None)


def _addresses(value: object, full: Any) -> Iterable[str]:  # noqa: ANN401 - a function of texts
    """Yield the addresses in a property, including those of citations."""
    for each in value if isinstance(value, list) else [value]:
        text = each
        if isinstance(each, Mapping):
            properties = each.get("properties")
            url = properties.get("url") if isinstance(properties, Mapping) else each.get("url")
            text = _text(url) or _text(each.get("value"))
        if isinstance(text, str) and text.strip():
            yield full(text.strip())


def _content(properties: Node) -> tuple[str | None, TextFormat, str | None]:
    """Return the text of an entry, its format, and its plain text if known."""
    for key in ("content", "summary"):
        value = _first(properties.data.get(key))
        if isinstance(value, Mapping):
            html, plain = value.get("html"), value.get("value")
            if isinstance(html, str):
                properties.drop(key)
                return html, TextFormat.HTML, plain if isinstance(plain, str) else html
            value = plain
        if isinstance(value, str):
            properties.drop(key)
            return value, TextFormat.TEXT, value
    return None, TextFormat.TEXT, None


def _starts(text: str, title: str) -> bool:
    """Whether a text begins with a title extracted from it, ignoring blanks and tags."""
    return one_line(text[:2_000]).startswith(" ".join(title.rstrip("….").split()))


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
