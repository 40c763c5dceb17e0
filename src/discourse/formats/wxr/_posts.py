"""Convert the elements of an export to comments and articles."""

import datetime as dt
import json
import re

import attrs

from ..._markup.html import one_line, unescape
from ..._markup.local_times import LOCAL, LOCAL_EDIT, resolved
from ..._markup.times import aware, in_zone
from ..._markup.xml import Element, time_in
from ...errors import Problem, shown
from ...model import Article, Author, Comment, JsonValue, Meta, Status, TextFormat, parent_id

STATUSES = {
    "1": Status.VISIBLE,
    "approve": Status.VISIBLE,
    "approved": Status.VISIBLE,
    "0": Status.PENDING,
    "hold": Status.PENDING,
    "spam": Status.SPAM,
    "trash": Status.REMOVED,
    "post-trashed": Status.REMOVED,
}
"""What ``comment_approved`` means."""

PINGS = frozenset({"pingback", "trackback"})

OWN_ID, OWN_STATUS, OWN_AUTHOR = "discourse_id", "discourse_status", "discourse_author_id"
"""The meta keys under which the writer stores what WordPress has no field for."""

OF_POST = (
    "post_type", "status", "post_name", "post_parent", "comment_status", "ping_status",
    "is_sticky", "attachment_url",
)  # fmt: skip
"""The elements of a post that stay in ``meta`` under their own names."""

_MADE_OF_ZEROS = (
    dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
    dt.datetime(1999, 11, 30, tzinfo=dt.UTC),
)
"""The times that versions of PHP make of ``0000-00-00 00:00:00``, except the year -1."""

_CONTACT = re.compile(
    r"[^\s@]@[^\s@]|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b"
)
_MOST = 20_000  # authors in the cache, by which equal ones share an object
_ID = re.compile(r"[1-9][0-9]{0,17}")


def is_number(id: str | None) -> bool:
    """Whether WordPress could have this id."""
    return id is not None and _ID.fullmatch(id) is not None


def quoted(id: str) -> str:
    """Return an id as ASCII for comment meta, since XML cannot hold every character."""
    return json.dumps(id)


def unquoted(text: str) -> str:
    """Return the id that `quoted` wrote; any other text is unchanged."""
    try:
        id = json.loads(text) if text[:1] == '"' else text
        id.encode()
    except ValueError:
        return text
    return str(id)


def is_contact(text: str) -> bool:
    """Whether a text contains an e-mail address or an IP number."""
    return _CONTACT.search(text) is not None


class People:
    """The users that an export lists, and the authors of its posts and comments.

    A post names its author by login, a comment by user id.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, Author] = {}
        self._by_login: dict[str, Author] = {}
        self._seen: dict[tuple[str | None, str | None, str | None], Author | None] = {}

    def add(self, id: str | None, login: str | None, display_name: str | None) -> None:
        """Add a user; the first with an id or a login wins."""
        if login is None and id is None:
            return
        shown = display_name if display_name != login else None
        user = Author(login, id, display_name=shown)
        if id is not None:
            self._by_id.setdefault(id, user)
        if login is not None:
            self._by_login.setdefault(login, user)
        self._seen.clear()

    def users(self) -> list[Author]:
        """Return each user once, those with an id first."""
        return [*self._by_id.values(), *(u for u in self._by_login.values() if u.id is None)]

    def of_post(self, login: str | None) -> Author | None:
        """Return the author of a post by login."""
        if login is None:
            return None
        return self._by_login.get(login) or Author(login)

    def of_comment(self, name: str | None, id: str | None, url: str | None) -> Author | None:
        """Return the author of a comment: the typed name and address, and the id of a user."""
        key = (name, id, url)
        if key in self._seen:
            return self._seen[key]
        user = self._by_id.get(id) if id is not None else None
        if name is None and id is None and url is None:
            author = None
        elif user is not None and user.name is not None:
            display_name = name if name != user.name else None
            author = Author(user.name, id, display_name=display_name, url=url)
        else:
            author = Author(name, id, url=url)
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[key] = author
        return author


@attrs.define
class Row:
    """A comment as in the export, before ids from this library's writer are restored."""

    comment: Comment | None
    number: str | None
    """The id in the export."""
    own_id: str | None = None
    """The original id, stored by this library's writer."""
    local: bool = False
    """Whether only the local time is known."""


@attrs.frozen
class Reader:
    """Reads posts and comments with the users of the export and the options of the caller."""

    people: People
    zone: dt.tzinfo | None
    contacts: bool

    def row(self, element: Element, problems: list[Problem]) -> Row:
        """Return a comment; its id is a placeholder if the export has none."""
        fields: dict[str, str] = {}
        pairs: list[Element] = []
        for child in element.parts:
            if isinstance(child, str):
                continue
            if child.name == "wp:commentmeta":
                pairs.append(child)
            elif child.name not in fields:
                fields[child.name] = child.markup()
        number = fields.get("wp:comment_id", "").strip() or None
        meta = self._contacts(fields)
        if not element.whole:
            ids = (number,) if number else ()
            message = f"comment {shown(number)} is truncated: left out"
            problems.append(Problem("truncated", message, ids, (fields,)))
            return Row(None, number)
        keys = self._comment_meta(pairs, meta)
        created_at, is_local = self._time(fields, "comment_date", number, meta, problems)
        approved = fields.get("wp:comment_approved", "").strip()
        if approved not in ("", "1"):
            meta["comment_approved"] = approved
        own_author = keys.get(OWN_AUTHOR)
        user = fields.get("wp:comment_user_id", "").strip()
        comment = Comment(
            number or "?",
            parent_id(fields.get("wp:comment_parent", "").strip()),
            self.people.of_comment(
                unescape(fields.get("wp:comment_author", "")).strip() or None,
                own_author or (user if user not in ("", "0") else None),
                _url(fields.get("wp:comment_author_url", "")),
            ),
            fields.get("wp:comment_content"),
            text_format=TextFormat.HTML,
            created_at=created_at,
            status=_status(approved, keys.get(OWN_STATUS), number, problems),
            tags=_kind(fields.get("wp:comment_type", "").strip(), meta),
            meta=Meta(meta) if meta else Meta(),
        )
        return Row(comment, number, keys.get(OWN_ID), is_local)

    def _contacts(self, fields: dict[str, str]) -> dict[str, JsonValue]:
        """Remove contacts from *fields*, and return them if the caller wants them."""
        contacts: dict[str, JsonValue] = {}
        for name in ("comment_author_email", "comment_author_IP"):
            value = fields.pop(f"wp:{name}", "").strip()
            if value and self.contacts:
                contacts[name] = value
        return contacts

    def _comment_meta(self, pairs: list[Element], meta: dict[str, JsonValue]) -> dict[str, str]:
        """Store the meta of plugins; return that of this library's writer."""
        own: dict[str, str] = {}
        plugins: dict[str, list[str]] = {}
        for pair in pairs:
            values = pair.first()
            key = values["wp:meta_key"].text.strip() if "wp:meta_key" in values else ""
            value = values["wp:meta_value"].text if "wp:meta_value" in values else ""
            if key in (OWN_ID, OWN_STATUS, OWN_AUTHOR):
                own.setdefault(key, unquoted(value))
            elif key and (self.contacts or not is_contact(value)):
                plugins.setdefault(key, []).append(value)
        if plugins:
            meta["commentmeta"] = single_or_all(plugins)
        return own

    def _time(
        self,
        fields: dict[str, str],
        name: str,
        id: str | None,
        meta: dict[str, JsonValue],
        problems: list[Problem],
    ) -> tuple[dt.datetime | None, bool]:
        """Return the time in UTC, and whether only the local time, now in *meta*, is known."""
        gmt, local = fields.get(f"wp:{name}_gmt", "").strip(), fields.get(f"wp:{name}", "").strip()
        if local == gmt:
            local = ""
        utc = time_in(gmt, f"{name}_gmt", id, meta, problems)
        here = time_in(local, name, id, meta, problems)
        if utc is None:
            key = LOCAL_EDIT if name == "post_modified" else LOCAL
            utc = resolved(here, self.zone, meta, key)
            if utc is None:
                return None, here is not None
        if here is not None:
            meta[name] = local
        return in_zone(utc, dt.UTC), False

    def article(self, item: Element, site: dict[str, str], problems: list[Problem]) -> Article:
        """Return the article of a post."""
        children = item.first()
        fields = {name: child.markup() for name, child in children.items()}
        meta: dict[str, JsonValue] = {}
        for name in OF_POST:
            value = fields.get(f"wp:{name}", "").strip()
            if value and not (value == "0" and name in ("post_parent", "is_sticky")):
                meta[name] = value
        for name, key in (("guid", "guid"), ("excerpt:encoded", "excerpt"),
                          ("dsq:thread_identifier", "thread_identifier")):  # fmt: skip
            if value := fields.get(name, "").strip():
                meta[key] = value
        id = fields.get("wp:post_id", "").strip() or None
        created_at, is_local = self._time(fields, "post_date", id, meta, problems)
        edited_at, _ = self._time(fields, "post_modified", id, meta, problems)
        if created_at is None and (created_at := _feed_time(fields)) is not None and is_local:
            meta["post_date"] = fields["wp:post_date"].strip()
            del meta[LOCAL]
        categories = [child for child in item.children if child.name == "category"]
        if categories:
            meta["category"] = tuple(_category(child) for child in categories)
        own_id = _post_meta(item, OWN_ID)
        author = self.people.of_post(fields.get("dc:creator", "").strip() or None)
        body = children.get("content:encoded")
        return Article(
            one_line(fields["title"]) or None if "title" in fields else None,
            id=own_id or id or fields.get("dsq:thread_identifier", "").strip() or None,
            url=fields.get("link", "").strip() or None,
            authors=(author,) if author is not None else (),
            text=body.markup() if body is not None else None,
            text_format=TextFormat.HTML,
            created_at=created_at,
            edited_at=edited_at,
            site=site.get("title"),
            language=site.get("language"),
            tags={name for child in categories if (name := one_line(child.text))},
            meta=meta,
        )


def single_or_all(values: dict[str, list[str]]) -> Meta:
    """Return the value of each key, or all values if there are several."""
    return Meta({key: own[0] if len(own) == 1 else own for key, own in values.items()})


def _feed_time(fields: dict[str, str]) -> dt.datetime | None:
    """Return the time for feed readers, unless PHP made it of zeros."""
    time = aware(fields.get("pubDate", ""))
    return None if time in _MADE_OF_ZEROS else time


def _kind(kind: str, meta: dict[str, JsonValue]) -> frozenset[str]:
    """Return the tags for a type of comment; a type of a plugin is also stored in *meta*."""
    if kind in ("", "comment"):
        return frozenset()
    if kind not in PINGS:
        meta["comment_type"] = kind
    return frozenset((kind,))


def _status(approved: str, own: str | None, id: str | None, problems: list[Problem]) -> Status:
    if own is not None and own in Status.__members__.values():
        return Status(own)
    if approved and approved not in STATUSES:
        message = f"status {shown(approved)} is unknown: read as visible"
        problems.append(Problem("unknown-status", message, (id,) if id else (), (approved,)))
    return STATUSES.get(approved, Status.VISIBLE)


def _url(text: str) -> str | None:
    text = text.strip()
    return None if text in ("", "http://", "https://") else text


def _category(element: Element) -> Meta:
    named = {k: v for k, v in element.attributes.items() if k in ("domain", "nicename")}
    return Meta({**named, "name": one_line(element.text)})


def _post_meta(item: Element, key: str) -> str | None:
    for child in item.children:
        if child.name == "wp:postmeta" and child.value("wp:meta_key") == key:
            return unquoted(child.value("wp:meta_value") or "") or None
    return None
