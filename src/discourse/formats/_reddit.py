"""Convert Reddit's ``t1`` to a `Comment` and ``t3`` to an `Article`, for its API and archives."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import attrs

from ..model import Article, Author, Comment, Status, Stub, StubKind, TextFormat
from ..thread import Thread
from ._base import Reading
from ._kit import Builder, Node, map_strings, without_resolved

_FLAGS = {"stickied": "pinned", "is_submitter": "by-author"}  # true or, in tables, 1.0
ROLES = {"moderator", "admin", "special"}
NOBODY = {"[deleted]", "[removed]", "[unavailable]"}
#: Markers in place of a text. "[unavailable]" means that the author blocked the reader.
_PLACEHOLDERS = {
    "[deleted]": Status.DELETED,
    "[deleted by user]": Status.DELETED,
    "[removed]": Status.REMOVED,
    "[unavailable]": Status.HIDDEN,
}
_REMOVED_BY_REDDIT = re.compile(r"\[ Removed by [Rr]eddit\b[^\[\]]{0,200}\]")
#: Data about the logged-in user or the tool, and copies of data that is read.
DROPPED = (
    *("author_is_blocked", "body_html", "can_gild", "can_mod_post", "clicked", "created", "depth"),
    *("hidden", "likes", "link_id", "mod_reports", "name", "new", "num_reports", "parent_id"),
    *(
        "replies",
        "saved",
        "score_hidden",
        "selftext_html",
        "user_reports",
        "utc_datetime_str",
        "visited",
    ),
    *_FLAGS,
    *("_fetched", "_reddit", "_replies", "_submission", "_comments", "_comments_by_id"),  # of PRAW
)
OF_POST = (
    *("link_author", "link_permalink", "link_title", "link_url", "num_comments", "subreddit"),
    "subreddit_name_prefixed",
)
_ADDRESS = re.compile(r"/comments/([0-9a-z]{1,13})")
_PREFIXES = ("t1_", "t3_")
_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST_ID = 9  # digits in base 36; a longer id of decimal digits is in base 10


def unescaped(value: object) -> object:
    """Return a value with ``<``, ``>`` and ``&`` unescaped in all strings.

    >>> unescaped({"body": "&gt; 1 &amp;lt; 2"})
    {'body': '> 1 &lt; 2'}
    """
    if not isinstance(value, dict):
        return map_strings(_unescape, value)
    changes: dict[str, object] = {}
    for key, item in value.items():
        if type(item) is str:
            if "&" in item:
                changes[key] = _unescape(item)
        elif item and isinstance(item, dict | list):
            changes[key] = map_strings(_unescape, item)
    return {**value, **changes} if changes else value


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def kind_of(data: Mapping[str, object]) -> str | None:
    """Return ``t1`` or ``t3`` for the data of a comment or a post; None for anything else."""
    name = data.get("name")
    if isinstance(name, str) and name[:3] in _PREFIXES:
        return name[:2]
    if "link_id" in data or ("body" in data and ("parent_id" in data or "subreddit" in data)):
        return "t1"
    if "title" in data and ("selftext" in data or ("subreddit" in data and "id" in data)):
        return "t3"
    return None


def post_of(data: Mapping[str, object]) -> str | None:
    """Return the id of the post of a comment, or of the post itself."""
    if kind_of(data) == "t3":
        id = data.get("id")
        return id if isinstance(id, str) else None
    return _base_36(data.get("link_id")).removeprefix("t3_") or None


def settle(thread: Thread) -> Thread:
    """Return the thread without the stubs that its comments resolve."""
    thread = without_resolved(thread)
    # Each stub names comments or continues a thread. This one is the rest of a merge.
    stubs = [stub for stub in thread.stubs if stub.ids or stub.kind is not StubKind.MORE]
    return thread if len(stubs) == len(thread.stubs) else attrs.evolve(thread, stubs=stubs)


class Things:
    """Collects Reddit's things: listings, comments, posts, "load more", or their data."""

    def __init__(self, format: str) -> None:
        self.builder = Builder(format, platform="reddit", settle=settle)
        self.posts: dict[str, Article] = {}
        """Posts as their comments describe them."""
        self._authors: dict[tuple[str, str | None], Author] = {}

    def take(self, things: Iterable[Node]) -> None:
        """Add things and the things in them."""
        pending = self.builder.items(things)[::-1]
        while pending:
            if inner := self._take(pending.pop()):
                pending += reversed(self.builder.items(inner))

    def reading(self) -> Reading:
        """Return the threads; comments describe a missing post."""
        for id, post in self.posts.items():
            draft = self.builder.thread(id)
            if draft.article is None:
                draft.article = post
            elif draft.article.site is None:
                draft.article = attrs.evolve(draft.article, site=post.site)
        return self.builder.reading()

    def _take(self, thing: Node) -> list[Node]:
        """Add a thing, and return the things in it."""
        builder = self.builder
        kind = thing.data.get("kind")
        kind = kind if kind and type(kind) is str else None
        data = thing if kind is None else thing.inner("data")
        if kind is None and "json" in thing:
            builder.done(thing)
            return self._things_of(thing.inner("json"))
        if kind == "Listing":
            builder.done(thing)
            if (after := data.label("after")) is not None:
                message = f"the listing continues after {after!a}"
                builder.log.add("more-pages", message, values=(after,))
            return data.nodes("children")
        kind = kind or kind_of(data.data)
        id = data.id("id") or (data.id("name", f"{kind}_") if kind is not None else None)
        if kind == "more":
            self._take_more(thing, data)
        elif kind not in ("t1", "t3"):
            what = "neither a comment nor a post" if kind is None else f"a thing of kind {kind!a}"
            builder.skip(thing, "not-recognised", what)
        elif id is None:
            builder.skip(thing, "no-id", f"a thing of kind {kind!a} without an id")
        elif kind == "t1":
            return self._take_comment(thing, data, id)
        else:
            comments = data.nodes("comments") if isinstance(data.data.get("comments"), list) else []
            builder.article(thing, self._article(data, id), id)
            return comments
        return []

    def _things_of(self, answer: Node) -> list[Node]:
        """Return the things in a response of ``morechildren``."""
        if errors := answer.raw("errors"):
            message = "Reddit answered with an error"
            self.builder.log.add("error-object", message, values=(errors,))
        return answer.inner("data").nodes("things")

    def _take_more(self, thing: Node, data: Node) -> None:
        parent, ids = data.id("parent_id", "t1_"), data.strings("children")
        kind, count = (StubKind.MORE, data.count("count")) if ids else (StubKind.CONTINUE, None)
        post = data.id("parent_id", "t3_") or self.builder.thread_of(parent)
        self.builder.stub(thing, Stub(parent, kind, ids=ids, count=count), post)

    def _take_comment(self, thing: Node, data: Node, id: str) -> list[Node]:
        replies = data.raw("replies")
        parent, post = _parents(data)
        if post is not None and post not in self.posts:
            self.posts[post] = self._post_of(data, post)
        if post is not None:
            data.drop(*OF_POST)
        if parent is None and "parent_id" not in data:
            message = "a comment does not name its parent: read as top-level"
            self.builder.log.add("no-parent", message, ids=(id,), place=data.place())
        self.builder.comment(thing, self._comment(data, id, parent), post)
        if isinstance(replies, list):
            return data.nodes("replies")
        return [data.inner("replies", rest=False)] if isinstance(replies, dict) else []

    def _author(self, data: Node) -> Author | None:
        name = data.label("author")
        if name is None or name in NOBODY:
            return None
        id = data.label("author_fullname")
        author = self._authors.get((name, id))
        if author is None:
            author = self._authors[name, id] = Author(name, id)
        return author

    def _post_of(self, data: Node, id: str) -> Article:
        """Return the post of a comment in a flat listing."""
        author, target = data.label("link_author"), data.label("link_url")
        return Article(
            data.label("link_title"),
            id=id,
            url=data.label("link_permalink"),
            authors=[Author(author)] if author and author not in NOBODY else [],
            site=data.label("subreddit"),
            comment_count=data.count("num_comments"),
            meta={"url": target} if target is not None else {},
        )

    def _article(self, data: Node, id: str) -> Article:
        author, flair = self._author(data), data.label("link_flair_text")
        edited_at, _ = _edited(data, keep=True)
        is_self = data.data.get("is_self") is True
        text, score = _unless_placeholder(data, "selftext"), data.whole("score")
        _votes(data, score)
        data.drop(*DROPPED)
        return Article(
            _unless_placeholder(data, "title") or None,
            id=id,
            url=_url(data),
            authors=[author] if author is not None else [],
            text=text if text or is_self else None,
            text_format=TextFormat.MARKDOWN,
            created_at=_time(data),
            edited_at=edited_at,
            site=data.label("subreddit"),
            score=score,
            comment_count=data.count("num_comments"),
            tags=[*_tags(data), flair] if flair else _tags(data),
            meta=data.rest(empty=False),
        )

    def _comment(self, data: Node, id: str, parent: str | None) -> Comment:
        body, score = data.text("body"), data.whole("score")
        status = placeholder(body)
        edited_at, is_edited = _edited(data)
        upvotes, downvotes = _votes(data, score)
        data.drop(*DROPPED)
        return Comment(
            id,
            parent,
            self._author(data),
            body if status is None else None,
            text_format=TextFormat.MARKDOWN,
            created_at=_time(data),
            edited_at=edited_at,
            is_edited=is_edited,
            status=status_of(data.data) if status is None else status,
            url=_url(data),
            score=None if data.data.get("score_hidden") == 1 else score,
            upvotes=upvotes,
            downvotes=downvotes,
            tags=frozenset(_tags(data)),
            meta=data.rest(empty=False),
        )


def _parents(data: Node) -> tuple[str | None, str | None]:
    """Return the ids of the parent comment and of the post."""
    post = _id(data, "link_id").removeprefix("t3_") or None
    parent = _id(data, "parent_id")
    if post is None:
        post = parent[3:] if parent.startswith("t3_") else None
    if post is None:  # in an inbox, which has no link_id
        context = data.data.get("context") or data.data.get("permalink")
        address = _ADDRESS.search(context) if isinstance(context, str) else None
        post = address[1] if address is not None else None
    if parent.startswith("t1_"):
        return parent[3:] or None, post
    return None if parent.startswith("t3_") or parent == post else parent or None, post


def _id(data: Node, key: str) -> str:
    value = data.data.get(key)
    id = value if type(value) is str and value[:3] in _PREFIXES else _base_36(value)
    if not id and value is not None and value != "":
        data.refuse(key, value, "an id")
    return id


def _base_36(value: object) -> str:
    """Return an id as Reddit writes it; an empty string for none.

    In 2022 and 2023, Pushshift's API wrote the ids of parents as integers instead of in base 36.
    Tables turn these into floats.
    """
    if type(value) is str:
        if len(value) <= _LONGEST_ID or not value.isdecimal() or len(value) > 2 * _LONGEST_ID:
            return value
        value = int(value)
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int or not 0 < value < 2**63:
        return ""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _BASE_36[digit] + digits
    return digits


def placeholder(text: str | None) -> Status | None:
    """Return the status that a placeholder text means."""
    if text is None or not text.startswith("["):
        return None
    status = _PLACEHOLDERS.get(text)
    return Status.REMOVED if status is None and _REMOVED_BY_REDDIT.fullmatch(text) else status


def _unless_placeholder(data: Node, key: str) -> str | None:
    """Return the text of a post. A placeholder stays in ``meta``: an article has no status."""
    text = data.text(key)
    if placeholder(text) is None:
        return text
    data.keep(key)
    return None


def status_of(data: Mapping[str, object]) -> Status:
    """Return the status of a comment with its text, as moderators and archives have it."""
    if data.get("spam") is True:
        return Status.SPAM
    if data.get("removed") is True or data.get("banned_by"):
        return Status.REMOVED
    later = data.get("_meta")
    if isinstance(later, dict) and later.get("was_deleted_later") is True:
        return Status.DELETED if later.get("removal_type") == "deleted" else Status.REMOVED
    return Status.VISIBLE


def _tags(data: Node) -> list[str]:
    tags = [tag for key, tag in _FLAGS.items() if data.data.get(key) == 1]
    role = data.data.get("distinguished")
    if type(role) is str and role in ROLES:
        data.drop("distinguished")
        tags.append(role)
    return tags


def _url(data: Node) -> str | None:
    path = data.label("permalink")
    return f"https://www.reddit.com{path}" if path is not None and path[0] == "/" else path


def _time(data: Node, key: str = "created_utc") -> dt.datetime | None:
    value = data.data.get(key)
    if type(value) is str and "-" in value[1:]:  # as tables write times
        return data.utc(key)
    return data.epoch(key)


def _edited(data: Node, *, keep: bool = False) -> tuple[dt.datetime | None, bool | None]:
    """Return the time of an edit, and whether there was one; *keep* a ``true`` for ``meta``."""
    value = data.raw("edited")
    later = data.data.get("_meta")
    if not value and isinstance(later, dict) and later.get("is_edited") is True:
        return None, True
    if value is None:
        return None, None
    if type(value) is bool or value == 0:
        if keep and value:
            data.keep("edited")
        return None, bool(value)
    return _time(data, "edited"), True


def _votes(data: Node, score: int | None) -> tuple[int | None, int | None]:
    """Return upvotes and downvotes if they differ from the score."""
    if data.data.get("ups") == score and not data.data.get("downs"):
        data.drop("ups", "downs")
        return None, None
    return data.whole("ups"), data.whole("downs")
