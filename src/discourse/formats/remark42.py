"""remark42: its backups, and responses of its API, as a tree or a list.

A backup is written by ``remark42 backup`` and by the server's daily export: a header, then one JSON
value for each comment of the site, usually compressed with gzip. A response of the API is for
``/api/v1/find`` (one page, as a tree or a list), or a list of comments.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
``locator.url``, ``locator.site``      `Article` ``id`` and ``url``, ``site``
``title``                              ``title`` of the article
``info.count``                         ``comment_count`` of the article
``id``, ``pid``                        `Comment` ``id``, ``parent_id``
``text``                               ``text``, HTML; ``meta["orig"]`` is the text as typed,
                                       unsanitised: never show it
``user``                               ``author``; an administrator's comment is tagged ``admin``
``score``, ``votes``                   ``score``; ``upvotes``, ``downvotes`` if all are known
``time``, ``edit``                     ``created_at``, ``edited_at``; year 1 is unknown
``delete``                             ``status`` deleted, without text or author
``pin``                                the tag ``pinned``
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Omitted: who voted, the logged-in user's own vote, and the IP addresses of users, unless *contacts*
is true. Problems: ``not-recognised`` (settings of users and pages in the header of a backup),
``no-id``, and those of JSON and of `Thread.repair`.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

import attrs

from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, Shared, documents

_People: TypeAlias = Shared[Author | None]

_KEYS = frozenset({"locator", "pid"})


def parse(text: str, *, contacts: bool = False) -> Reading:
    """Read a backup or a response of the API.

    Args:
        text: The JSON values.
        contacts: Keep the IP numbers of users, in ``meta`` of the author.
    """
    builder = Builder("remark42", platform="remark42")
    people = Shared(partial(_author, contacts=contacts))
    for path, value in documents(text, builder.log):
        nodes = builder.roots(value, path)
        pending = [node for node in reversed(nodes) if not _is_head(node)]
        if pending and not any(_is_known(node) for node in pending):
            raise ParseError("not a backup or response of remark42", Place(path=path))
        for node in nodes:
            if _is_head(node):
                _take_head(builder, node)
        builder.items(node for node in pending if "comments" not in node)
        while pending:
            inside = _take(builder, people, pending.pop())
            builder.items(inside)
            pending += reversed(inside)
    return builder.reading()


def _is_head(node: Node) -> bool:
    return {"version", "users", "posts"} <= node.data.keys()


def _take_head(builder: Builder, head: Node) -> None:
    head.drop("version")
    if settings := head.unread(empty=False):
        message = f"the settings of {' and '.join(settings)} are not read"
        values = (settings,)
        builder.log.add("not-recognised", message, values=values, place=head.place())


def _is_known(node: Node) -> bool:
    """Whether an object is a comment, a branch, or a response with either."""
    comments = node.data.get("comments")
    if comments is None:  # as Go writes an empty array
        return _is_comment(node.data) or ("comments" in node and "info" in node)
    if not isinstance(comments, list):
        return False
    inside = (each for each in comments if isinstance(each, dict))
    return any(map(_is_comment, inside)) or (not comments and "info" in node)


def _is_comment(data: Mapping[str, Any]) -> bool:
    """Whether an object is a comment, or a branch of a tree with one."""
    comment = data.get("comment", data)
    return isinstance(comment, dict) and not _KEYS.isdisjoint(comment)


def _take(builder: Builder, people: _People, node: Node) -> list[Node]:
    """Add a response, a branch of a tree or a comment, and return those in it."""
    if "comments" in node:
        _take_info(builder, node.inner("info"))
        return node.nodes("comments")
    branch = "comment" in node
    comment = node.inner("comment", rest=False) if branch else node
    builder.done(node)
    builder.items([comment])
    _take_comment(builder, people, comment)
    return node.nodes("replies") if branch else []


def _take_info(builder: Builder, info: Node) -> None:
    url, count = info.label("url"), info.count("count")
    if url is not None:
        article = Article(id=url, url=_whole(url), comment_count=count, meta=info.rest(empty=False))
        builder.article(info, article, url)


def _whole(url: str) -> str | None:
    return url if url.startswith(("http://", "https://")) else None


def _take_comment(builder: Builder, people: _People, node: Node) -> None:
    id, locator = node.id("id"), node.inner("locator")
    if id is None:
        builder.skip(node, "no-id", "a comment without an id")
        return
    url, title, site = locator.label("url"), node.label("title"), locator.label("site")
    if url is not None:
        draft = builder.thread(url)
        article = draft.article
        if article is None:
            draft.article = Article(title, id=url, url=_whole(url), site=site)
        elif (title and not article.title) or (site and not article.site):
            draft.article = attrs.evolve(
                article, title=article.title or title, site=article.site or site
            )
    edit, is_deleted = node.inner("edit"), node.is_true("delete")
    user = node.inner("user", rest=False)
    is_admin = user.is_true("admin")
    ups, downs = _votes(node)
    node.drop("vote", "voted_ips")
    text = node.text("text")
    comment = Comment(
        id,
        parent_id(node.id("pid"), id=id),
        None if is_deleted else people.of(user, "id"),
        None if is_deleted else text,
        text_format=TextFormat.HTML,
        created_at=_time(node, "time"),
        edited_at=_time(edit, "time"),
        status=Status.DELETED if is_deleted else Status.VISIBLE,
        score=node.whole("score"),
        upvotes=ups,
        downvotes=downs,
        tags=frozenset(
            tag for tag, has in (("pinned", node.is_true("pin")), ("admin", is_admin)) if has
        ),
        meta=node.rest(empty=False),
    )
    builder.comment(node, comment, url)


def _author(user: Node, *, contacts: bool) -> Author | None:
    name, id = user.label("name"), user.label("id")
    if name is None and id is None:
        return None
    if not contacts:
        user.drop("ip")
    user.drop("admin")
    return Author(name, id, avatar_url=user.label("picture"), meta=user.rest(empty=False))


def _votes(node: Node) -> tuple[int | None, int | None]:
    """Return the upvotes and downvotes; None if the server does not send all votes."""
    if node.data.get("votes") is None:
        node.drop("votes")
        return None, None
    votes = [*node.inner("votes", rest=False).data.values()]
    ups = sum(vote is True for vote in votes)
    downs = len(votes) - ups
    return (ups, downs) if votes and ups - downs == node.data.get("score") else (None, None)


def _time(node: Node, key: str) -> dt.datetime | None:
    time = node.utc(key)
    return time if time is not None and time.year > 1 else None


FORMAT = catalogued("remark42", parse=parse)
