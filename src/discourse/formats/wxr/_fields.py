"""Make comments and articles of the elements of an export."""

import datetime as dt
import json
import re

import attrs

from ..._markup.html import unescape
from ..._markup.times import aware, clock, in_zone
from ..._markup.xml import Element
from ...errors import Problem, shown
from ...model import Article, Comment, JsonValue, Meta, Status, TextFormat, parent_id
from .._kit import one_line
from ._people import People

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
"""The meta keys under which the writer keeps what WordPress has no place for."""

OF_POST = (
    "post_type", "status", "post_name", "post_parent", "comment_status", "ping_status",
    "is_sticky", "attachment_url",
)  # fmt: skip
"""The elements of a post that are kept in ``meta``, under their own names."""

_MADE_OF_ZEROS = (
    dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
    dt.datetime(1999, 11, 30, tzinfo=dt.UTC),
)
"""What PHP, by its version, makes of ``0000-00-00 00:00:00``, besides the year -1."""

_CONTACT = re.compile(
    r"[^\s@]@[^\s@]|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b"
)
_ID = re.compile(r"[1-9][0-9]{0,17}")


def is_number(id: str | None) -> bool:
    """Whether WordPress could have this id."""
    return id is not None and _ID.fullmatch(id) is not None


def quoted(id: str) -> str:
    """Return an id as ASCII, for the meta of a comment: XML cannot hold every character."""
    return json.dumps(id)


def unquoted(text: str) -> str:
    """Return the id that `quoted` wrote; any other text as it is."""
    try:
        made = json.loads(text) if text[:1] == '"' else text
        made.encode()
    except ValueError:
        return text
    return made if isinstance(made, str) else text


def is_contact(text: str) -> bool:
    """Whether a text has an e-mail address or an IP number in it."""
    return _CONTACT.search(text) is not None


@attrs.define
class Row:
    """A comment as the export has it, before ids that this library wrote are put back."""

    comment: Comment | None
    number: str | None
    """The id in the export."""
    own_id: str | None = None
    """The id that the comment had when it was written."""
    local: bool = False
    """Whether only its local time is known."""


@attrs.frozen
class Reader:
    """What the fields are read with: the users, and the caller's options."""

    people: People
    zone: dt.tzinfo | None
    contacts: bool

    def row(self, element: Element, problems: list[Problem]) -> Row:
        """Return a comment, as yet without an id where the export gives none."""
        told: dict[str, str] = {}
        extra: list[Element] = []
        for child in element.parts:
            if isinstance(child, str):
                continue
            if child.name == "wp:commentmeta":
                extra.append(child)
            elif child.name not in told:
                told[child.name] = child.markup()
        number = told.get("wp:comment_id", "").strip() or None
        meta = self._contacts(told)
        if not element.whole:
            ids = (number,) if number else ()
            message = f"comment {shown(number)} is cut: left out"
            problems.append(Problem("truncated", message, ids, (told,)))
            return Row(None, number)
        keys = self._comment_meta(extra, meta)
        created_at, is_local = self._time(told, "comment_date", number, meta, problems)
        approved = told.get("wp:comment_approved", "").strip()
        if approved not in ("", "1"):
            meta["comment_approved"] = approved
        own_author = keys.get(OWN_AUTHOR)
        user = told.get("wp:comment_user_id", "").strip()
        comment = Comment(
            number or "?",
            parent_id(told.get("wp:comment_parent", "").strip()),
            self.people.of_comment(
                unescape(told.get("wp:comment_author", "")).strip() or None,
                own_author or (user if user not in ("", "0") else None),
                _url(told.get("wp:comment_author_url", "")),
            ),
            told.get("wp:comment_content"),
            text_format=TextFormat.HTML,
            created_at=created_at,
            status=_status(approved, keys.get(OWN_STATUS), number, problems),
            tags=_kind(told.get("wp:comment_type", "").strip(), meta),
            meta=Meta(meta) if meta else Meta(),
        )
        return Row(comment, number, keys.get(OWN_ID), is_local)

    def _contacts(self, told: dict[str, str]) -> dict[str, JsonValue]:
        """Take contacts out of *told*, and return them if the caller has asked for them."""
        made: dict[str, JsonValue] = {}
        for name in ("comment_author_email", "comment_author_IP"):
            value = told.pop(f"wp:{name}", "").strip()
            if value and self.contacts:
                made[name] = value
        return made

    def _comment_meta(self, extra: list[Element], meta: dict[str, JsonValue]) -> dict[str, str]:
        """Keep what plugins say of a comment; return what this library's writer says."""
        own: dict[str, str] = {}
        kept: dict[str, list[str]] = {}
        for pair in extra:
            values = pair.first()
            key = values["wp:meta_key"].text.strip() if "wp:meta_key" in values else ""
            value = values["wp:meta_value"].text if "wp:meta_value" in values else ""
            if key in (OWN_ID, OWN_STATUS, OWN_AUTHOR):
                own.setdefault(key, unquoted(value))
            elif key and (self.contacts or not is_contact(value)):
                kept.setdefault(key, []).append(value)
        if kept:
            meta["commentmeta"] = Meta({k: v[0] if len(v) == 1 else v for k, v in kept.items()})
        return own

    def _time(
        self,
        told: dict[str, str],
        name: str,
        id: str | None,
        meta: dict[str, JsonValue],
        problems: list[Problem],
    ) -> tuple[dt.datetime | None, bool]:
        """Return the time in UTC, and whether only the local one is known, which `meta` has."""
        gmt, local = told.get(f"wp:{name}_gmt", "").strip(), told.get(f"wp:{name}", "").strip()
        if local == gmt:
            local = ""
        made = _clock(gmt, f"{name}_gmt", id, meta, problems)
        here = _clock(local, name, id, meta, problems)
        if here is not None:
            meta[name] = local
        if made is not None:
            return in_zone(made, dt.UTC), False
        resolved = in_zone(here, self.zone)
        return resolved, here is not None and resolved is None

    def article(self, item: Element, site: dict[str, str], problems: list[Problem]) -> Article:
        """Return the article that a post is."""
        fields = item.first()
        told = {name: child.markup() for name, child in fields.items()}
        meta: dict[str, JsonValue] = {}
        for name in OF_POST:
            value = told.get(f"wp:{name}", "").strip()
            if value and not (value == "0" and name in ("post_parent", "is_sticky")):
                meta[name] = value
        for name, key in (("guid", "guid"), ("excerpt:encoded", "excerpt"),
                          ("dsq:thread_identifier", "thread_identifier")):  # fmt: skip
            if value := told.get(name, "").strip():
                meta[key] = value
        id = told.get("wp:post_id", "").strip() or None
        created_at, is_local = self._time(told, "post_date", id, meta, problems)
        edited_at, is_local_too = self._time(told, "post_modified", id, meta, problems)
        if created_at is None and (created_at := _feed_time(told)) is not None:
            is_local = False
        if is_local or is_local_too:
            message = f"the times of article {shown(id)} do not say their zone: kept as they are"
            problems.append(Problem("local-time", message))
        categories = [child for child in item.children if child.name == "category"]
        if categories:
            meta["category"] = tuple(_category(child) for child in categories)
        own_id = _post_meta(item, OWN_ID)
        author = self.people.of_post(told.get("dc:creator", "").strip() or None)
        body = fields.get("content:encoded")
        return Article(
            one_line(told["title"]) or None if "title" in told else None,
            id=own_id or id or told.get("dsq:thread_identifier", "").strip() or None,
            url=told.get("link", "").strip() or None,
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


def _clock(
    text: str, name: str, id: str | None, meta: dict[str, JsonValue], problems: list[Problem]
) -> dt.datetime | None:
    try:
        return clock(text)
    except ValueError:
        message = f"{name} {shown(text)} is no time: kept as it is"
        problems.append(Problem("bad-time", message, (id,) if id else (), (text,)))
        meta[name] = text
        return None


def _feed_time(told: dict[str, str]) -> dt.datetime | None:
    """Return the time for feed readers, which is of no use where it was made of zeros."""
    made = aware(told.get("pubDate", ""))
    return None if made in _MADE_OF_ZEROS else made


def _kind(kind: str, meta: dict[str, JsonValue]) -> frozenset[str]:
    """Return the tags of a type of comment; one that plugins bring stays in *meta* too."""
    if kind in ("", "comment"):
        return frozenset()
    if kind not in PINGS:
        meta["comment_type"] = kind
    return frozenset((kind,))


def _status(approved: str, own: str | None, id: str | None, problems: list[Problem]) -> Status:
    if own is not None and own in Status.__members__.values():
        return Status(own)
    if approved and approved not in STATUSES:
        message = f"status {shown(approved)} is not known: taken for visible"
        problems.append(Problem("unknown-status", message, (id,) if id else (), (approved,)))
    return STATUSES.get(approved, Status.VISIBLE)


def _url(text: str) -> str | None:
    text = text.strip()
    return None if text in ("", "http://", "https://") else text


def _category(element: Element) -> Meta:
    told = {k: v for k, v in element.attributes.items() if k in ("domain", "nicename")}
    return Meta({**told, "name": one_line(element.text)})


def _post_meta(item: Element, key: str) -> str | None:
    for child in item.children:
        if child.name == "wp:postmeta" and child.value("wp:meta_key") == key:
            return unquoted(child.value("wp:meta_value") or "") or None
    return None
