"""Reddit's API: listings of posts and comments, nested or flat, as ``.json`` pages have them.

Reads a page of comments (``/comments/ID.json``), answers of ``morechildren`` and ``api/info``, and
listings of a subreddit, a user or an inbox. Read a page with all of its ``morechildren`` answers at
once, ``read([page, more_1, more_2])``, and they are one thread.

=====================================  ===========================================================
in the answer                          in the model
=====================================  ===========================================================
``t3``: ``id``, ``title``, ``author``  `Article` ``id``, ``title``, ``authors``
``permalink``, ``subreddit``           ``url``, ``site``; ``meta["url"]`` is what the post links to
``selftext``, ``link_flair_text``      ``text`` (Markdown), ``tags``
``t1``: ``id``, ``parent_id``          `Comment` ``id``, ``parent_id``, without their prefixes
``body``                               ``text``; ``[deleted]``, ``[removed]`` are the ``status``
``author``, ``author_fullname``        ``author.name``, ``author.id``; ``[deleted]`` is no author
``created_utc``, ``edited``            ``created_at``; ``edited_at``, or ``is_edited`` alone
``score``                              ``score``; not known where ``score_hidden``
``distinguished``, ``stickied``, ...   ``tags``: moderator, admin, pinned, by-author
``more``                               a `Stub`: more, or continue ("continue this thread")
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost: HTML twins of texts, ``created`` (which is wrong), what concerns the reader (``likes``,
``saved``). Problems: ``not-recognised`` (messages, users), ``more-pages`` (the listing goes on),
``no-id``, and those of JSON and of `Thread.repair`.
"""

import re

from .._markup.html import unescape
from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, Stub, StubKind, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents, map_strings

_TAGS = {"stickied": "pinned", "is_submitter": "by-author"}
_REMOVED = {"[removed]", "[ Removed by Reddit ]"}
_DROPPED = (
    *("body_html", "created", "depth", "downs", "likes", "link_id", "mod_reports", "name", "new"),
    *("num_reports", "replies", "saved", "selftext_html", "ups", "user_reports", "visited"),
)
_POST = re.compile(r"/comments/([0-9a-z]{1,13})")
#: Without ``raw_json=1`` the API escapes every string once more than it should.
_ESCAPED = ('_html": "&lt;', '_html":"&lt;')


def parse(text: str) -> Reading:
    """Read what the API answered; several answers may follow each other."""
    builder = Builder("reddit", platform="reddit")
    is_escaped = any(mark in text for mark in _ESCAPED)
    for path, answer in documents(text, builder.log):
        pending = builder.roots(map_strings(unescape, answer) if is_escaped else answer, path)
        if pending and not any("kind" in thing or "json" in thing for thing in pending):
            raise ParseError("this is not a thing or a listing of Reddit", Place(path=path))
        pending.reverse()
        while pending:
            pending += reversed(_take(builder, pending.pop()))
    return builder.reading()


def _take(builder: Builder, thing: Node) -> list[Node]:
    """Take a thing, and return the things in it."""
    kind, data = thing.label("kind"), thing.inner("data")
    if kind is None:
        return thing.inner("json").inner("data").nodes("things")
    if kind == "Listing":
        if (after := data.label("after")) is not None:
            builder.log.add("more-pages", f"the listing goes on after {after!a}", values=(after,))
        return data.nodes("children")
    builder.items([data])
    id = data.id("id")
    if kind == "more":
        parent, ids = data.id("parent_id", "t1_"), data.strings("children")
        kind, count = (StubKind.MORE, data.count("count")) if ids else (StubKind.CONTINUE, None)
        post = data.id("parent_id", "t3_") or builder.thread_of(parent)
        builder.stub(data, Stub(parent, kind, ids=ids, count=count), post)
    elif id is None or kind not in ("t1", "t3"):
        builder.skip(data, "no-id" if id is None else "not-recognised", f"a thing of kind {kind!a}")
    elif kind == "t3":
        builder.article(data, _article(data, id), id)
    else:
        replies = data.inner("replies", rest=False) if data.raw("replies") else None
        linked = _POST.search(data.label("context") or "")  # in an inbox, which has no link_id
        post = data.id("link_id", "t3_") or (linked[1] if linked is not None else None)
        builder.comment(data, _comment(data, id), post)
        return [] if replies is None else [replies]
    return []


def _author(data: Node) -> Author | None:
    name, id = data.label("author"), data.label("author_fullname")
    return Author(name, id) if name not in (None, "[deleted]") else None


def _article(data: Node, id: str) -> Article:
    author, permalink, flair = _author(data), data.label("permalink"), data.label("link_flair_text")
    data.drop(*_DROPPED)
    return Article(
        data.label("title"),
        id=id,
        url=f"https://www.reddit.com{permalink}" if permalink else None,
        authors=[author] if author is not None else [],
        text=data.label("selftext"),
        text_format=TextFormat.MARKDOWN,
        created_at=data.epoch("created_utc"),
        edited_at=data.epoch("edited") if type(data.raw("edited")) is not bool else None,
        site=data.label("subreddit"),
        score=data.whole("score"),
        comment_count=data.count("num_comments"),
        tags=[flair] if flair else [],
        meta=data.rest(empty=False),
    )


def _comment(data: Node, id: str) -> Comment:
    body, permalink, edited = data.text("body"), data.label("permalink"), data.raw("edited")
    is_removed = body in _REMOVED or data.is_true("removed") or data.is_true("spam")
    is_deleted = body == "[deleted]"
    role, score = data.label("distinguished"), data.whole("score")
    tags = [tag for key, tag in _TAGS.items() if data.is_true(key)]
    data.drop(*_DROPPED)
    return Comment(
        id,
        data.id("parent_id", "t1_"),
        _author(data),
        None if is_deleted or body in _REMOVED else body,
        text_format=TextFormat.MARKDOWN,
        created_at=data.epoch("created_utc"),
        edited_at=data.epoch("edited") if type(edited) is not bool else None,
        is_edited=bool(edited) if edited is not None else None,
        status=Status.DELETED if is_deleted else Status.REMOVED if is_removed else Status.VISIBLE,
        url=f"https://www.reddit.com{permalink}" if permalink else None,
        score=None if data.is_true("score_hidden") else score,
        tags=frozenset([*tags, role] if role in ("moderator", "admin") else tags),
        meta=data.rest(empty=False),
    )


FORMAT = catalogued("reddit", parse=parse)
