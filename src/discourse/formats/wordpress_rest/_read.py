"""Make threads of the posts and comments of an answer."""

import datetime as dt
import html
from collections.abc import Mapping

from ..._markup.times import told_local
from ...errors import ParseError, Place, Problem
from ...model import EMPTY, Article, Author, Comment, Source, Status, TextFormat, parent_id
from ...thread import Thread
from .._base import Reading
from .._outside import Record, one_line, records_of
from ._answer import error_of, is_comment, is_error, is_post, records_in

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
    reader = _Reader(problems, zone, contacts)
    records = records_in(text, problems)
    for record in records:
        reader.take(record)
    if records and not reader.recognised:
        raise ParseError("nothing here is a post or a comment of WordPress", Place(path="$"))
    return Reading(reader.threads(), problems)


class _Reader:
    """Gathers posts and comments, and makes a thread for each post."""

    def __init__(self, problems: list[Problem], zone: dt.tzinfo | None, contacts: bool) -> None:  # noqa: FBT001 - inside only
        self._problems = problems
        self._zone = zone
        self._left_out = _OF_COMMENT if contacts else _OF_COMMENT | _CONTACTS
        self._articles: dict[str | None, Article | None] = {}
        self._comments: dict[str | None, list[Comment]] = {}
        self._replies: list[tuple[Record, str | None]] = []
        self._embedded: list[tuple[Record, str | None]] = []
        self._errors: dict[str, tuple[int, list[Record]]] = {}
        self._local: list[str] = []
        self._no_parent: list[str] = []
        self.recognised = False

    def take(self, record: Record) -> None:
        """Take one object of the answer: a comment, a post, or something else."""
        if is_comment(record.data):
            self._take_comment(record, record.id("post"))
            self._take_around(record)
        elif is_post(record.data):
            self._take_post(record)
        elif is_error(record.data):
            self._take_error(record)
            return
        else:
            message = "this is neither a post nor a comment: left out"
            place = Place(path=record.path)
            values = (dict(record.data),)
            self._problems.append(Problem("not-recognised", message, values=values, place=place))
            return
        self.recognised = True

    def _take_error(self, record: Record) -> None:
        """Take an error in place of an object; a site may give the same for each of its posts."""
        error = error_of(record.data)
        if error not in self._errors:
            self._errors[error] = len(self._problems), []
            self._problems.append(Problem("error-object", error))  # `_tell_errors` makes it whole
        self._errors[error][1].append(record)

    def _tell_errors(self) -> None:
        for error, (at, records) in self._errors.items():
            count = f" ({len(records):,} times)" if len(records) > 1 else ""
            self._problems[at] = Problem(
                "error-object",
                f"the server gave an error in place of an object{count}: {error}",
                values=tuple(dict(record.data) for record in records),
                place=Place(path=records[0].path),
            )

    def _take_around(self, record: Record) -> None:
        """Take what a comment embeds: its post, the comment it answers, and its replies."""
        embedded, post = record.inner("_embedded"), record.id("post")
        for up in embedded.records("up"):
            if is_error(up.data):
                self._take_error(up)
            elif is_post(up.data) and up.id("id") not in self._articles:
                self._take_post(up)
        replies = (reply for group in _lists(embedded, "children") for reply in group)
        for other in (*embedded.records("in-reply-to"), *replies):
            if is_error(other.data):
                self._take_error(other)
            else:
                self._embedded.append((other, post))

    def _take_post(self, record: Record) -> None:
        id = record.id("id")
        embedded = record.inner("_embedded")
        title = _rendered(record, "title")
        key = id if id is not None else record.path
        self._articles[key] = Article(
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
        self._comments.setdefault(key, [])
        for replies in _lists(embedded, "replies"):
            for reply in replies:
                if is_error(reply.data):
                    self._take_error(reply)
                else:
                    self._replies.append((reply, key))

    def _person(self, record: Record) -> Author | None:
        if is_error(record.data):
            self._take_error(record)
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
        if "parent" not in record.data:
            self._no_parent.append(id)
        try:
            return parent_id(record.data.get("parent"))
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

    def _take_embedded(self) -> None:
        """Take the embedded comments that are nowhere whole."""
        known = {comment.id for comments in self._comments.values() for comment in comments}
        for record, post in self._replies:
            if record.id("id") not in known:
                self._take_comment(record, post)
        known = {comment.id for comments in self._comments.values() for comment in comments}
        for record, post in self._embedded:
            if (id := record.id("id")) not in known and is_comment(record.data):
                self._take_comment(record, post)
                known.add(id or "")

    def threads(self) -> list[Thread]:
        """Return a thread for each post, and for each post that only its comments name."""
        self._take_embedded()
        self._tell_errors()
        if self._no_parent:
            count, is_one = len(self._no_parent), len(self._no_parent) == 1
            message = f"{count:,} comment{' does' if is_one else 's do'} not say what"
            message += f" {'it answers' if is_one else 'they answer'}: taken for top-level"
            self._problems.append(Problem("no-parent", message, tuple(self._no_parent)))
        if self._local:
            message = told_local(len(self._local))
            self._problems.append(Problem("local-time", message, tuple(self._local)))
        made: list[Thread] = []
        for post, comments in self._comments.items():
            article = self._articles.get(post) or (None if post is None else Article(id=post))
            source = Source(NAME, platform="wordpress")
            repaired = Thread.repair(comments, article=article, source=source)
            self._problems += repaired.problems
            made.append(repaired.thread)
        return made


def _rendered(record: Record, key: str = "content") -> str | None:
    """Return a text, which themes without a filter of their own give as it is."""
    value = record.data.get(key)
    if isinstance(value, str):
        return value
    made = record.inner(key).data
    found = made["rendered"] if isinstance(made.get("rendered"), str) else made.get("raw")
    return found if isinstance(found, str) else None


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
    """Return the lists of objects under a key; an object in place of a list is alone in it."""
    value = record.data.get(key)
    made = []
    for n, inner in enumerate(value if isinstance(value, list) else []):
        here = f"{record.path}.{key}[{n}]"
        if isinstance(inner, list):
            made.append(records_of(inner, here, record.problems))
        elif isinstance(inner, Mapping):
            made.append([Record(inner, here, record.problems)])
    return made


def _terms(embedded: Record) -> set[str]:
    terms = (term for group in _lists(embedded, "wp:term") for term in group)
    return {one_line(name) for term in terms if (name := term.text("name"))} - {""}
