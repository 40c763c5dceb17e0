"""Provide `Entry`, an item of a feed, and the rules that all kinds of feeds share."""

import datetime as dt
import re
from collections.abc import Callable

import attrs

from ..._markup.local_times import LOCAL, resolved
from ..._markup.xml import time_in
from ...errors import Problem, shown
from ...model import Author, JsonValue, Status, TextFormat

#: The address of a comment within its page: ``#comment-17``, ``#c17``, ``#isso-17``.
_FRAGMENT = re.compile(
    r"#(?:(?:[a-z]{1,10}-)?comment[-_]?|c|isso-)([0-9][0-9A-Za-z]{0,40})/?$", re.IGNORECASE
)
_BLOGGER = re.compile(r"tag:blogger\.com,[0-9]{4}:blog-[0-9]{1,30}\.post-([0-9]{1,30})")
_PAGED = re.compile(
    r"/comment-page-[0-9]{1,6}/?$|[?&]cpage=[0-9]{1,6}$|[?&]showComment=[0-9]{1,20}$"
)
_TOPIC = re.compile(
    r"(https?://[^/?#]{1,300}(?:/[^/?#]{1,100}){0,5}/t/[^/?#]{1,300}/([0-9]{1,15}))/([0-9]{1,15})"
)
_POST = re.compile(r"[?&](?:p|page_id|attachment_id)=([0-9]{1,18})(?:&|$)")


@attrs.define(kw_only=True)
class Entry:
    """An item of a feed: a comment if it has a `comment_id`, else a post."""

    comment_id: str | None = None
    is_comment: bool = False
    """Whether the feed marks it as a comment, even without an id."""
    own: str | None = None
    """Its full identifier in the feed."""
    page: str | None = None
    """The identifier of the post it belongs to, if stated."""
    page_url: str | None = None
    parent: str | None = None
    """Its parent, by `own` or by `comment_id`."""
    page_title: str | None = None
    url: str | None = None
    title: str | None = None
    author: Author | None = None
    text: str | None = None
    text_format: TextFormat = TextFormat.HTML
    created_at: dt.datetime | None = None
    edited_at: dt.datetime | None = None
    status: Status = Status.VISIBLE
    tags: frozenset[str] = frozenset()
    count: int | None = None
    meta: dict[str, JsonValue] = attrs.field(factory=dict)
    platform: str | None = None


@attrs.define(kw_only=True)
class Feed:
    """The fields of the feed itself, and its entries in order."""

    title: str | None = None
    url: str | None = None
    self_url: str | None = None
    language: str | None = None
    platform: str | None = None
    page: str | None = None
    """The identifier of the one post that the feed is about, if stated."""
    page_url: str | None = None
    total: int | None = None
    """How many entries the feed has on all its pages."""
    next_url: str | None = None
    """The address of the next page."""
    entries: list[Entry] = attrs.field(factory=list)


def comment_in(address: str | None) -> str | None:
    """Return the number of the comment that an address points to.

    >>> comment_in("https://a.example/2014/05/bridge/#comment-17")
    '17'
    """
    match = _FRAGMENT.search(address or "")
    return match[1] if match else None


def comment_id_of(own: str | None) -> str | None:
    """Return the id of the comment that an identifier names: its number if it has one.

    >>> comment_id_of("tag:blogger.com,1999:blog-1.post-17"), comment_id_of("urn:x")
    ('17', 'urn:x')
    """
    match = _BLOGGER.fullmatch(own or "")
    return match[1] if match else comment_in(own) or own


def page_of(address: str | None) -> str | None:
    """Return the address of the page that a comment's address is on.

    >>> page_of("https://a.example/bridge/comment-page-2/#comment-17")
    'https://a.example/bridge/'
    """
    base = (address or "").partition("#")[0]
    paged = _PAGED.sub(lambda match: "/" if match[0][0] == "/" else "", base)
    return paged or None


def topic_of(address: str | None) -> tuple[str, str, str] | None:
    """Return the address and number of the topic of a forum that a post is in, and its own number.

    >>> topic_of("https://forum.example/t/the-mill/77/2")
    ('https://forum.example/t/the-mill/77', '77', '2')
    """
    match = _TOPIC.fullmatch(address or "")
    return (match[1], match[2], match[3]) if match else None


def post_id(guid: str | None) -> str | None:
    """Return the id of a post: WordPress's number if the identifier has it, else all of it."""
    match = _POST.search(guid or "")
    return match[1] if match else guid or None


def time_of(
    entry: Entry,
    problems: list[Problem],
    text: str | None,
    *,
    name: str,
    read: Callable[[str], dt.datetime | None],
    zone: dt.tzinfo | None,
    key: str = LOCAL,
) -> dt.datetime | None:
    """Parse a time; a bad one, or one without its zone, goes to ``meta``."""
    if text is None:
        return None
    time = time_in(text, name, entry.comment_id, entry.meta, problems, read=read)
    return resolved(time, zone, entry.meta, key)


def count_of(text: str | None, name: str, problems: list[Problem]) -> int | None:
    """Return the number of comments that a feed claims."""
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    message = f"{name} {shown(text)} is not a number: left out"
    problems.append(Problem("bad-value", message, values=(text,)))
    return None
