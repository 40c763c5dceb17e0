"""Topics of a Discourse forum: ``/t/ID.json``, ``/t/ID/posts.json``, ``/posts.json``, and posts.

The first post of a topic is the article, the others are its comments. A page has twenty posts; read
all pages of a topic at once, ``read([page_1, page_2])``, and they are one thread.

=====================================  ==========================================================
in the answer                          in the model
=====================================  ==========================================================
topic ``id``, ``title``, ``tags``      `Article` ``id``, ``title`` (as plain text), ``tags``
topic ``posts_count``                  ``comment_count``, the first post not counted
post 1                                 the article's ``authors``, ``text``, times, ``score``
post ``post_number``                   ``id``; the forum-wide ``id`` is in ``meta``
``reply_to_post_number``               ``parent_id``; none, or 1, is the article
``username``, ``user_id``, ``name``    ``author.name``, ``author.id``, ``author.display_name``
``cooked``                             ``text``, HTML
``created_at``; ``updated_at``         ``created_at``; ``edited_at``, where ``version`` is above 1
likes (``actions_summary``)            ``upvotes``; of newer forums ``like_count``
``reply_count``                        ``reply_count``
``hidden``, ``deleted_at``             ``status``: hidden, removed; deleted where its author did it
``post_type`` 2, 3, 4                  ``tags``: moderator-action, small-action, whisper
``accepted_answer``, ``wiki``, staff   ``tags``: accepted-answer, wiki, moderator
``stream``                             a `Stub` that counts the posts that are not here; with
                                       ``gaps`` in ``Thread.meta``
all other keys                         ``meta``
=====================================  ==========================================================

Problems: those of `Thread.repair` (a parent on another page is the ordinary case: a placeholder
stands for it until the page comes), ``no-id``, ``bad-value``, ``junk-after`` (what a server says
behind the JSON), ``encoding`` (lone surrogates).
"""

from collections.abc import Mapping

import attrs

from ..errors import ParseError, Place, Problem
from ..model import Article, Author, Comment, Meta, Source, Status, Stub, StubKind, TextFormat
from ..model import parent_id as parent_named
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued
from ._outside import Record, decode, one_line, records_of

NAME = "discourse-forum"

_ACTIONS = {2: "moderator-action", 3: "small-action", 4: "whisper"}
_LIKE = 2
_USED = frozenset(
    [
        "post_number",
        "reply_to_post_number",
        "username",
        "user_id",
        "name",
        "avatar_template",
        "cooked",
        "created_at",
        "updated_at",
        "version",
        "reply_count",
        "hidden",
        "deleted_at",
        "user_deleted",
        "accepted_answer",
        "wiki",
        "moderator",
        "admin",
        "staff",
        "bio_excerpt",
    ]
)
_OF_TOPIC = frozenset(
    ["id", "title", "fancy_title", "tags", "posts_count", "created_at", "post_stream"]
)


def parse(text: str) -> Reading:
    """Read a topic, a page of its posts, or a forum's latest posts (a thread for each topic)."""
    problems: list[Problem] = []
    data = decode(text, problems)
    if isinstance(data, list) and data:
        return _by_topic(records_of(data, "$", problems), problems)
    if not isinstance(data, Mapping):
        raise ParseError("must be an object, or an array of posts", Place(path="$"))
    record = Record(data, "$", problems)
    if "post_stream" in data:
        posts = record.inner("post_stream").records("posts")
        threads = [_thread(posts, record, record.id("id"), problems)]
    elif "latest_posts" in data:
        return _by_topic(record.records("latest_posts"), problems)
    elif "post_number" in data:
        return _by_topic([record], problems)
    elif "error_type" in data:
        errors = record.data.get("errors")
        told = "; ".join(map(str, errors))[:200] if isinstance(errors, list) else ""
        raise ParseError(f"the forum answered with an error: {told!a}", Place(path="$"))
    else:
        raise ParseError("has no post_stream, no latest_posts and no post", Place(path="$"))
    return Reading(threads, problems)


def _by_topic(posts: list[Record], problems: list[Problem]) -> Reading:
    """Return a thread for each topic that posts are of."""
    topics: dict[str | None, list[Record]] = {}
    for post in posts:
        topics.setdefault(post.id("topic_id"), []).append(post)
    if posts and not any("post_number" in post.data for post in posts):
        raise ParseError("nothing here is a post of a forum", Place(path="$"))
    bare = Record({}, "$", problems)
    return Reading([_thread(posts, bare, id, problems) for id, posts in topics.items()], problems)


def _thread(posts: list[Record], topic: Record, id: str | None, problems: list[Problem]) -> Thread:
    first = next((post for post in posts if post.id("post_number") == "1"), None)
    comments = [made for post in posts if post is not first and (made := _comment(post))]
    inner = topic.inner("post_stream")
    kept = {key: inner.data[key] for key in ("stream", "gaps") if inner.data.get(key)}
    if not isinstance(kept.get("stream", []), list):
        inner.records("stream")  # tells what is wrong with it
        del kept["stream"]
    repaired = Thread.repair(
        comments,
        article=_article(topic, first, id, posts),
        source=Source(NAME, platform="discourse"),
        meta=kept,
    )
    problems += repaired.problems
    return settle(repaired.thread)


def _article(topic: Record, first: Record | None, id: str | None, posts: list[Record]) -> Article:
    title = topic.text("title") or topic.text("fancy_title")
    if title is None and posts:
        title = posts[0].text("topic_title")
    claimed = topic.count("posts_count")
    article = Article(
        one_line(title) if title is not None else None,
        id=id,
        created_at=topic.utc("created_at"),
        comment_count=max(claimed - 1, 0) if claimed is not None else None,
        tags=_tags_of_topic(topic),
        meta=topic.rest(_OF_TOPIC),
    )
    if first is None:
        return article
    author = _author(first)
    return attrs.evolve(
        article,
        authors=() if author is None else (author,),
        text=first.markup("cooked"),
        text_format=TextFormat.HTML,
        created_at=article.created_at or first.utc("created_at"),
        edited_at=first.utc("updated_at") if _is_edited(first) else None,
        score=_likes(first),
        meta=article.meta | {"post": first.rest(_USED).to_dict()},
    )


def _tags_of_topic(topic: Record) -> set[str]:
    tags = topic.data.get("tags")
    names = (
        [tag.get("name") if isinstance(tag, Mapping) else tag for tag in tags or ()]
        if isinstance(tags, list)
        else []
    )
    return {name for name in names if isinstance(name, str) and name}


def _comment(post: Record) -> Comment | None:
    id = post.id("post_number")
    if id is None:
        message = "a post without a number: left out"
        place = Place(path=post.path)
        post.problems.append(Problem("no-id", message, values=(dict(post.data),), place=place))
        return None
    status = _status(post)
    return Comment(
        id,
        _parent(post, id),
        _author(post),
        post.markup("cooked") if status is not Status.HIDDEN else post.text("cooked"),
        text_format=TextFormat.HTML,
        created_at=post.utc("created_at"),
        edited_at=post.utc("updated_at") if _is_edited(post) else None,
        is_edited=_is_edited(post) if "version" in post.data else None,
        status=status,
        upvotes=_likes(post),
        reply_count=post.count("reply_count"),
        tags=_tags(post),
        meta=post.rest(_USED),
    )


def _parent(post: Record, id: str) -> str | None:
    try:
        return parent_named(post.data.get("reply_to_post_number"), id=id, article_id="1")
    except ValueError:
        post.id("reply_to_post_number")  # tells what is wrong with it
        return None


def _author(post: Record) -> Author | None:
    name, id = post.text("username"), post.id("user_id")
    if name is None and id is None:
        return None
    return Author(name, id, display_name=post.text("name"), avatar_url=post.text("avatar_template"))


def _is_edited(post: Record) -> bool:
    return (post.whole("version") or 1) > 1


def _likes(post: Record) -> int | None:
    if "actions_summary" not in post.data:
        return post.count("like_count")
    likes = [a.count("count") for a in post.records("actions_summary") if a.whole("id") == _LIKE]
    return (likes[0] or 0) if likes else 0


def _status(post: Record) -> Status:
    if post.flag("user_deleted"):
        return Status.DELETED
    if post.text("deleted_at") is not None:
        return Status.REMOVED
    return Status.HIDDEN if post.flag("hidden") else Status.VISIBLE


def _tags(post: Record) -> set[str]:
    tags = {tag for key, tag in _FLAGS.items() if post.flag(key)}
    action = _ACTIONS.get(post.whole("post_type") or 1)
    return tags | {action} if action is not None else tags


_FLAGS = {
    "accepted_answer": "accepted-answer",
    "wiki": "wiki",
    "moderator": "moderator",
    "admin": "moderator",
    "staff": "moderator",
}


def settle(thread: Thread) -> Thread:
    """Return the thread with the one stub that its stream and its posts make: what is not here."""
    stream = thread.meta.get("stream")
    if not isinstance(stream, tuple):
        return thread
    here = {_forum_id(comment.meta) for comment in thread}
    post = thread.article.meta.get("post") if thread.article is not None else None
    if isinstance(post, Meta):
        here.add(_forum_id(post))
    absent = [id for id in stream if isinstance(id, int) and id not in here]
    if thread.article is not None and thread.article.text is None and absent:
        absent = absent[1:]  # the first post, which is no comment
    stub = Stub(None, StubKind.MORE, count=len(absent), cursor=",".join(map(str, absent)))
    return attrs.evolve(thread, stubs=(stub,) if absent else ())


def _forum_id(meta: Meta) -> object:
    return meta.get("id")


FORMAT = catalogued(NAME, parse=parse, settle=settle)
