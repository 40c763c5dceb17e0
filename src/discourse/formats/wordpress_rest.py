"""WordPress's REST API, version 2: posts, comments, or both, as the server answered them.

A file is what ``/wp-json/wp/v2/comments?post=...`` gives (an array of comments), what
``/wp-json/wp/v2/posts/...`` gives (a post, or an array of posts, with ``?_embed`` with its
replies), or any array of such objects, in an envelope (``?_envelope``) or not. Read the post and
all pages of its comments at once, ``read([post, page_1, page_2])``, and they are one thread.

====================================  ===========================================================
in the answer                         in the model
====================================  ===========================================================
post ``id``, ``link``, ``title``      `Article` ``id``, ``url``, ``title`` (as plain text)
post ``content.rendered``             ``text``, HTML
post ``date_gmt``, ``modified_gmt``   ``created_at``, ``edited_at``
``_embedded.author``, ``wp:term``     ``authors``, ``tags`` (the names of its terms)
comment ``id``, ``parent``            ``id``, ``parent_id``; 0 is the article
comment ``author_name``, ``author``   ``author.name``, as plain text, and ``author.id``; 0 is a
                                      guest, who has none
``author_url``, largest avatar        ``author.url``, ``author.avatar_url``
comment ``content.rendered``          ``text``, HTML
comment ``date_gmt``                  ``created_at``
comment ``status``                    ``status``: hold is pending, trash is removed
comment ``type``                      ``tags``, where it is not an ordinary comment
all other keys                        ``meta``, but for ``_links``
what a comment embeds                 its post, what it answers and its replies, where they are
                                      nowhere whole
====================================  ===========================================================

Problems: ``local-time`` (a time without its zone and without its twin in UTC, as in what is
embedded: it stays in ``meta``, and *zone* resolves it), ``error-object`` (the server's error in
place of an object), ``not-recognised``, ``bad-value``, ``unknown-status``, ``no-id``,
``junk-after`` (what a server says behind the JSON), ``encoding`` (lone surrogates), and those of
`Thread.repair`.

Lost: links to other answers, excerpts, and whether the file has all comments: the server tells that
in a header. E-mail addresses, IP numbers and user agents (which only an editor gets) are left out
unless *contacts* is true.
"""

import datetime as dt
import html
import re
from collections.abc import Mapping

from ..errors import ParseError, Place, Problem
from ..model import EMPTY, Article, Author, Comment, Source, Status, TextFormat, parent_id
from ..thread import Thread
from ._base import Format, Reading
from ._outside import Record, decode, one_line, records_of

NAME = "wordpress-rest"

_STATUSES = {
    "approved": Status.VISIBLE,
    "approve": Status.VISIBLE,
    "hold": Status.PENDING,
    "spam": Status.SPAM,
    "trash": Status.REMOVED,
    "1": Status.VISIBLE,
    "0": Status.PENDING,
    "unapproved": Status.PENDING,
    "post-trashed": Status.REMOVED,
}
_OF_COMMENTS = re.compile('"(?:rendered|author_url|date_gmt)"')
_ERROR = re.compile(r'\s{0,99}\{\s{0,99}"code"\s{0,9}:\s{0,9}"rest_')
_CONTACTS = frozenset({"author_email", "author_ip", "author_user_agent"})
_OF_COMMENT = frozenset(
    {
        *("id", "post", "parent", "author", "author_name", "author_url", "author_avatar_urls"),
        *("content", "date_gmt", "link", "status", "type", "_links", "_embedded"),
    }
)
_OF_POST = frozenset(
    {
        *("id", "link", "title", "content", "date_gmt", "modified_gmt", "excerpt", "guid"),
        *("_links", "_embedded"),
    }
)


def parse(text: str, *, zone: dt.tzinfo | None = None, contacts: bool = False) -> Reading:
    """Read an answer of the server.

    Args:
        text: The JSON.
        zone: The site's zone, for times that are told in local time only.
        contacts: Keep e-mail addresses, IP numbers and user agents in ``meta``.
    """
    problems: list[Problem] = []
    data = decode(text, problems)
    records = _records(data, problems)
    reader = _Reader(problems, zone, contacts)
    for record in records:
        reader.take(record)
    if data != [] and not reader.recognised:
        raise ParseError("nothing here is a post or a comment of WordPress", Place(path="$"))
    return Reading(reader.threads(), problems)


def _records(data: object, problems: list[Problem]) -> list[Record]:
    if isinstance(data, list):
        return records_of(data, "$", problems)
    if not isinstance(data, Mapping):
        raise ParseError("must be an object or an array", Place(path="$"))
    if _is_error(data):
        code, message = str(data["code"])[:60], str(data["message"])[:200]
        raise ParseError(f"the server answered with an error: {code!a}: {message!a}")
    if "headers" in data and isinstance(data.get("body"), list | Mapping):  # of ?_envelope
        body = data["body"]
        rows = body if isinstance(body, list) else [body]
        return records_of(rows, "$.body", problems)
    if data and all(key.isascii() and key.isdecimal() for key in data):  # of a PHP array
        return records_of(list(data.values()), "$", problems)
    return [Record(data, "$", problems)]


def _is_error(data: Mapping[str, object]) -> bool:
    return "code" in data and "message" in data and "id" not in data


class _Reader:
    """Gathers posts and comments, and makes a thread for each post."""

    def __init__(self, problems: list[Problem], zone: dt.tzinfo | None, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self._problems = problems
        self._zone = zone
        self._left_out = _OF_COMMENT if contacts else _OF_COMMENT | _CONTACTS
        self._articles: dict[str | None, Article | None] = {}
        self._comments: dict[str | None, list[Comment]] = {}
        self._embedded: list[tuple[Record, str | None]] = []
        self._local: list[str] = []
        self.recognised = False

    def take(self, record: Record) -> None:
        """Take one object of the answer: a comment, a post, or something else."""
        if _is_comment(record.data):
            self._take_comment(record, record.id("post"))
            self._take_around(record)
        elif _is_post(record.data):
            self._take_post(record)
        else:
            kind = "error-object" if _is_error(record.data) else "not-recognised"
            message = "this is neither a post nor a comment: left out"
            self._problems.append(
                Problem(kind, message, values=(dict(record.data),), place=Place(path=record.path))
            )
            return
        self.recognised = True

    def _take_around(self, record: Record) -> None:
        """Take what a comment embeds: its post, the comment it answers, and its replies."""
        embedded, post = record.inner("_embedded"), record.id("post")
        for up in embedded.records("up"):
            if _is_post(up.data) and up.id("id") not in self._articles:
                self._take_post(up)
        for other in embedded.records("in-reply-to"):
            self._embedded.append((other, post))
        for replies in _lists(embedded, "children"):
            self._embedded += [(reply, post) for reply in replies]

    def _take_post(self, record: Record) -> None:
        id = record.id("id")
        embedded = record.inner("_embedded")
        title = _rendered(record, "title")
        self._articles[id] = Article(
            one_line(title or "") or None,
            id=id,
            url=record.text("link"),
            authors=[made for a in embedded.records("author") if (made := self._person(a))],
            text=_rendered(record),
            text_format=TextFormat.HTML,
            created_at=record.utc("date_gmt"),
            edited_at=record.utc("modified_gmt"),
            tags=_terms(embedded),
            meta=record.rest(_OF_POST),
        )
        self._comments.setdefault(id, [])
        for replies in _lists(embedded, "replies"):
            for reply in replies:
                if _is_error(reply.data):
                    self.take(reply)
                else:
                    self._take_comment(reply, id)

    def _person(self, record: Record) -> Author | None:
        if _is_error(record.data):
            self.take(record)
            return None
        return Author(
            _name(record.text("name")),
            record.id("id"),
            url=record.text("link"),
            avatar_url=_avatar(record.inner("avatar_urls")),
            bio=record.text("description"),
        )

    def _take_comment(self, record: Record, post: str | None) -> None:
        id = record.id("id")
        if id is None:
            message = "a comment without an id: left out"
            self._problems.append(
                Problem(
                    "no-id", message, values=(dict(record.data),), place=Place(path=record.path)
                )
            )
            return
        meta = record.rest(self._left_out)
        created_at = record.utc("date_gmt")
        if created_at is None and (created_at := self._local_time(record)) is not None:
            meta = EMPTY | {key: value for key, value in meta.items() if key != "date"}
        kind = record.text("type")
        comment = Comment(
            id,
            self._parent(record, id),
            _author(record),
            _rendered(record),
            text_format=TextFormat.HTML,
            created_at=created_at,
            status=self._status(record, id),
            url=record.text("link"),
            tags=() if kind in (None, "comment") else (kind,),
            meta=meta,
        )
        self._comments.setdefault(post, []).append(comment)

    def _parent(self, record: Record, id: str) -> str | None:
        try:
            return parent_id(record.data.get("parent"), id=id)
        except ValueError:
            record.id("parent")  # tells what is wrong with it
            return None

    def _status(self, record: Record, id: str) -> Status:
        word = record.text("status")
        if word is not None and word not in _STATUSES:
            message = f"status {word[:60]!a} is not known: taken for visible"
            self._problems.append(Problem("unknown-status", message, (id,), (word,)))
        return _STATUSES.get(word or "approved", Status.VISIBLE)

    def _local_time(self, record: Record) -> dt.datetime | None:
        made = record.clock("date")
        if made is None or made.tzinfo is not None:
            return made
        if self._zone is not None:
            return made.replace(tzinfo=self._zone)
        self._local.append(record.id("id") or "?")
        return None

    def threads(self) -> list[Thread]:
        """Return a thread for each post, and for each post that only its comments name."""
        known = {comment.id for comments in self._comments.values() for comment in comments}
        for record, post in self._embedded:
            if (id := record.id("id")) not in known and _is_comment(record.data):
                self._take_comment(record, post)
                known.add(id or "")
        if self._local:
            message = f"{len(self._local)} times do not say their zone: kept as they are"
            self._problems.append(Problem("local-time", message, tuple(self._local)))
        made = []
        for post, comments in self._comments.items():
            article = self._articles.get(post) or (None if post is None else Article(id=post))
            source = Source(NAME, platform="wordpress")
            repaired = Thread.repair(comments, article=article, source=source)
            self._problems += repaired.problems
            made.append(repaired.thread)
        return made


def _is_comment(data: Mapping[str, object]) -> bool:
    return "author_name" in data and "content" in data and "parent" in data


def _is_post(data: Mapping[str, object]) -> bool:
    title = data.get("title")
    return isinstance(title, Mapping | str) and "link" in data and "id" in data


def _rendered(record: Record, key: str = "content") -> str | None:
    """Return a text, which themes without a filter of their own give as it is."""
    value = record.data.get(key)
    made = value if isinstance(value, str) else record.inner(key).data.get("rendered")
    return made if isinstance(made, str) else None


def _name(text: str | None) -> str | None:
    """Return a name, which WordPress keeps as HTML."""
    return html.unescape(text) if text is not None else None


def _author(record: Record) -> Author | None:
    name, id = _name(record.text("author_name")), record.id("author")
    id = None if id == "0" else id
    if name is None and id is None:
        return None
    avatar = _avatar(record.inner("author_avatar_urls"))
    return Author(name, id, url=record.text("author_url"), avatar_url=avatar)


def _avatar(sizes: Record) -> str | None:
    known = [size for size in sizes.data if size.isascii() and size.isdecimal() and len(size) < 9]
    return sizes.text(max(known, key=int)) if known else None


def _lists(record: Record, key: str) -> list[list[Record]]:
    value = record.data.get(key)
    outer = value if isinstance(value, list) else []
    return [
        records_of(inner, f"{record.path}.{key}[{n}]", record.problems)
        for n, inner in enumerate(outer)
        if isinstance(inner, list)
    ]


def _terms(embedded: Record) -> set[str]:
    terms = (term for group in _lists(embedded, "wp:term") for term in group)
    return {one_line(name) for term in terms if (name := term.text("name"))} - {""}


def detect(head: str) -> float:
    """Return how much the beginning of a JSON text looks like the API's posts or comments."""
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return 0.0
    if '"author_name"' in head and '"parent"' in head and _OF_COMMENTS.search(head):
        return 0.95
    if _ERROR.match(head):
        return 0.9
    if '"date_gmt"' in head and '"rendered"' in head and '"title"' in head:
        return 0.9
    return 0.0


FORMAT = Format(
    name=NAME,
    title="posts and comments of WordPress's REST API",
    suffixes=(".json",),
    media_types=("application/json",),
    parse=parse,
    detect=detect,
)
