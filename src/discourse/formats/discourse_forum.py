"""Topics of a Discourse forum: ``/t/ID.json``, ``/t/ID/posts.json``, ``/posts.json``, and posts.

The first post of a topic is the article, and the others are its comments. A page has twenty posts.
To get one thread, read all pages of a topic together: ``read([page_1, page_2])``.

=====================================  ==========================================================
in the response                        in the model
=====================================  ==========================================================
topic ``id``, ``title``, ``tags``      `Article` ``id``, ``title`` (as plain text), ``tags``
topic ``posts_count``                  ``comment_count``, without the first post
post 1                                 the article's ``authors``, ``text``, times, ``score``
post ``post_number``                   ``id``; the forum-wide ``id`` is in ``meta``
``reply_to_post_number``               ``parent_id``; none, or 1, is the article
``username``, ``user_id``, ``name``    ``author.name``, ``author.id``, ``author.display_name``
``avatar_template``, ``bio_excerpt``    ``author.avatar_url``, ``author.bio``
``cooked``                             ``text``, HTML
``created_at``; ``updated_at``         ``created_at``; ``edited_at``, if ``version`` is above 1
likes (``actions_summary``)            ``upvotes``; of newer forums ``like_count``
``reply_count``                        ``reply_count``
``hidden``, ``deleted_at``             ``status``: hidden, removed; deleted if by its author
``post_type`` 2, 3, 4                  ``tags``: moderator-action, small-action, whisper
``accepted_answer``, ``wiki``, staff   ``tags``: accepted-answer, wiki, moderator
``stream``                             a `Stub` that counts the missing posts; also in
                                       ``Thread.meta``, with ``gaps``
all other keys                         ``meta``
=====================================  ==========================================================

Problems: those of `Thread.repair` (a parent on another page is common: a placeholder represents it
until that page is read too), ``no-id``, ``bad-value``, ``junk-after`` (server output after the
JSON), ``encoding`` (lone surrogates).
"""

import datetime as dt

import attrs

from .._markup.html import one_line
from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Meta, Status, Stub, StubKind, TextFormat
from ..model import parent_id as parent_named
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

NAME = "discourse-forum"

_ACTIONS = {2: "moderator-action", 3: "small-action", 4: "whisper"}
_LIKE = 2  # the number of the action "like"
_FLAGS = {
    "accepted_answer": "accepted-answer",
    "wiki": "wiki",
    "moderator": "moderator",
    "admin": "moderator",
    "staff": "moderator",
}


def parse(text: str) -> Reading:
    """Read a topic, a page of its posts, or a forum's latest posts (a thread for each topic)."""
    builder = Builder(NAME, platform="discourse", settle=settle)
    for path, value in documents(text, builder.log):
        if isinstance(value, list) and value:
            _take_posts(builder, builder.nodes(value, path), path)
        else:
            _take_answer(builder, builder.node(value, path))
    return builder.reading()


def _take_answer(builder: Builder, answer: Node) -> None:
    if "post_stream" in answer:
        posts = answer.inner("post_stream", rest=False).nodes("posts")
        _take_topic(builder, builder.items(posts), answer.id("id"), answer)
    elif "latest_posts" in answer:
        _take_posts(builder, answer.nodes("latest_posts"), answer.path)
    elif "post_number" in answer:
        _take_posts(builder, [answer], answer.path)
    elif "error_type" in answer:
        errors = answer.raw("errors")
        words = errors[:5] if isinstance(errors, list) else [errors]
        message = "; ".join(shown(each, 200) for each in words)
        raise ParseError(f"the forum answered with an error: {message}", answer.place())
    else:
        raise ParseError(
            "no post_stream, no latest_posts and no post in this input", answer.place()
        )


def _take_posts(builder: Builder, posts: list[Node], path: str) -> None:
    """Add posts of any topics."""
    if posts and not any("post_number" in post for post in posts):
        raise ParseError("no post of a forum in this input", Place(path=path))
    topics: dict[str | None, list[Node]] = {}
    for post in builder.items(posts):
        topics.setdefault(post.id("topic_id"), []).append(post)
        post.keep("topic_id")
    for id, own in topics.items():
        _take_topic(builder, own, id, Node({}, builder.log, path))


def _take_topic(builder: Builder, posts: list[Node], id: str | None, topic: Node) -> None:
    first = next((post for post in posts if post.id("post_number") == "1"), None)
    article = _article(topic, first, id, posts)
    builder.article(first, article, id)
    stream = topic.inner("post_stream", rest=False)
    meta = {key: value for key in ("stream", "gaps") if (value := stream.raw(key))}
    if not isinstance(meta.get("stream", []), list):
        stream.refuse("stream", meta.pop("stream"), "an array")
    builder.thread(id).meta = meta
    for post in posts:
        if post is not first:
            _take_post(builder, post, id)


def _article(topic: Node, first: Node | None, id: str | None, posts: list[Node]) -> Article:
    title = topic.label("title") or topic.label("fancy_title")
    if title is None and posts:
        title = posts[0].label("topic_title")
        posts[0].keep("topic_title")
    claimed = topic.count("posts_count")
    article = Article(
        one_line(title) if title is not None else None,
        id=id,
        created_at=topic.utc("created_at"),
        comment_count=max(claimed - 1, 0) if claimed is not None else None,
        tags=_tags_of_topic(topic.raw("tags")),
    )
    topic.drop("fancy_title", "post_stream")
    if first is None:
        return attrs.evolve(article, meta=topic.rest())
    author = _author(first)
    return attrs.evolve(
        article,
        authors=() if author is None else (author,),
        text=first.text("cooked"),
        text_format=TextFormat.HTML,
        created_at=article.created_at or first.utc("created_at"),
        edited_at=_edited_at(first),
        score=_likes(first),
        meta=topic.rest(post=first.unread()),
    )


def _tags_of_topic(tags: object) -> set[str]:
    if not isinstance(tags, list):
        return set()
    names = (tag.get("name") if isinstance(tag, dict) else tag for tag in tags)
    return {name for name in names if isinstance(name, str) and name}


def _take_post(builder: Builder, post: Node, topic: str | None) -> None:
    id = post.id("post_number")
    if id is None:
        builder.skip(post, "no-id", "a post without a number")
        return
    status, text = _status(post), post.text("cooked")
    comment = Comment(
        id,
        _parent(post, id),
        _author(post),
        text if text or status is not Status.HIDDEN else None,
        text_format=TextFormat.HTML,
        created_at=post.utc("created_at"),
        edited_at=_edited_at(post),
        is_edited=_is_edited(post) if "version" in post else None,
        status=status,
        upvotes=_likes(post),
        reply_count=post.count("reply_count"),
        tags=_tags(post),
        meta=post.rest(),
    )
    builder.comment(post, comment, topic)


def _parent(post: Node, id: str) -> str | None:
    return parent_named(post.id("reply_to_post_number"), id=id, article_id="1")


def _author(post: Node) -> Author | None:
    name, id = post.label("username"), post.id("user_id")
    display_name, avatar = post.label("name"), post.label("avatar_template")
    bio = post.label("bio_excerpt")
    if name is None and id is None:
        return None
    return Author(name, id, display_name=display_name, avatar_url=avatar, bio=bio)


def _is_edited(post: Node) -> bool:
    return (post.whole("version") or 1) > 1


def _edited_at(post: Node) -> dt.datetime | None:
    updated_at = post.utc("updated_at")
    return updated_at if _is_edited(post) else None


def _likes(post: Node) -> int | None:
    if "actions_summary" not in post:
        return post.count("like_count")
    likes = [a.count("count") for a in post.nodes("actions_summary") if a.whole("id") == _LIKE]
    post.keep("actions_summary")
    return (likes[0] or 0) if likes else 0


def _status(post: Node) -> Status:
    is_deleted, is_hidden = post.is_true("user_deleted"), post.is_true("hidden")
    is_removed = post.label("deleted_at") is not None
    if is_deleted:
        return Status.DELETED
    return Status.REMOVED if is_removed else Status.HIDDEN if is_hidden else Status.VISIBLE


def _tags(post: Node) -> frozenset[str]:
    tags = frozenset([tag for key, tag in _FLAGS.items() if post.is_true(key)])
    action = _ACTIONS.get(post.whole("post_type") or 1)
    post.keep("post_type")
    return tags | {action} if action is not None else tags


def settle(thread: Thread) -> Thread:
    """Return the thread with one stub for the posts of its stream that are missing."""
    stream = thread.meta.get("stream")
    if not isinstance(stream, tuple):
        return thread
    here = {comment.meta.get("id") for comment in thread}
    post = thread.article.meta.get("post") if thread.article is not None else None
    if isinstance(post, Meta):
        here.add(post.get("id"))
    absent = [id for id in stream if isinstance(id, int) and id not in here]
    if thread.article is not None and thread.article.text is None and absent:
        absent = absent[1:]  # the first post is not a comment
    stub = Stub(None, StubKind.MORE, count=len(absent), cursor=",".join(map(str, absent)))
    return attrs.evolve(thread, stubs=(stub,) if absent else ())


FORMAT = catalogued(NAME, parse=parse, settle=settle)
