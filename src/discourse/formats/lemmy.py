"""Lemmy's API: views of comments and posts, of versions 0.18, 0.19 and 1.0, and of PieFed.

Reads pages of comments (``/api/v3/comment/list``, ``/api/v4/comment/list``), a single
``comment_view`` or ``post_view``, pages of posts, of a person and of a search, and views in a list
or one per line. To get one thread, read a post and all pages of its comments together:
``read([post, page_1, page_2])``.

=====================================  ===========================================================
in the view                            in the model
=====================================  ===========================================================
``post``: ``id``, ``name``, ``body``   `Article` ``id``, ``title``, ``text`` (Markdown)
``ap_id``, ``url``                     ``url``; ``meta["url"]`` is what the post links to
``community``                          ``site``, as ``name@host``
``counts.comments``                    ``comment_count``
``featured_community``, ...            ``tags``: pinned
``comment``: ``id``, ``content``       `Comment` ``id``, ``text`` (Markdown)
``path``                               ``parent_id``; missing ancestors become placeholders
``ap_id``                              ``url``, which is the id across servers
``published``, ``updated``             ``created_at``, ``edited_at``; UTC, even without a zone
``published_at``, ``updated_at``
``deleted``, ``removed``               ``status``; then an empty text is unknown
``counts``: ``score``, ``upvotes``...  ``score``, ``upvotes``, ``downvotes``; in 1.0 in ``comment``
``child_count``                        a `Stub` if some are missing; also in ``meta``
``creator``: ``name``, ...             ``author.name``, ``display_name``, ``avatar_url``, ``bio``
``actor_id``, in 1.0 ``ap_id``         ``author.id``, ``author.url``
``bot_account``                        ``author.is_bot``
``distinguished``, ``creator_is_...``  ``tags``: distinguished, moderator, admin, by-author
other keys                             ``meta``, including those of the view and its counts
=====================================  ===========================================================

Lost: data about the logged-in user (``my_vote``, ``saved``, ``subscribed``, the ``..._actions``),
repeated ids and times, and other parts of a response: moderators, cross-posts, people. Problems:
``orphan`` (an ancestor is on another page), ``more-pages``, ``not-recognised``, ``no-id``,
``bad-value`` (an invalid path), and those of JSON and of `Thread.repair`.
"""

import datetime as dt
from collections.abc import Mapping

import attrs

from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Meta, Status, Stub, TextFormat
from ..thread import Thread
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

#: The keys of views in a response.
_KEYS = (
    *("post_view", "comment_view", "comment_reply_view", "post", "posts", "comments", "items"),
    *("replies", "mentions", "results", "search"),
)
#: What a purge leaves of a text; the first is Lemmy's own spelling.
_EMPTIED = {"", "*Permananently Deleted*", "*Permanently Deleted*"}
_ROLES = {"creator_is_moderator": "moderator", "creator_is_admin": "admin"}
_DROPPED = (
    *("activity_alert", "banned_from_community", "can_mod", "comment_actions", "comment_reply"),
    *("community_actions", "creator_blocked", "hidden", "my_vote", "person_actions"),
    *("person_mention", "post_actions", "read", "recipient", "saved", "subscribed"),
    *("unread_comments", *_ROLES),
)
_TWINS = ("creator_id", "comment_id", "id", "post_id", "published", "published_at", "user_id")


def parse(text: str) -> Reading:
    """Read the views in one response or several."""
    reader = _Reader()
    views: list[Node] = []
    for path, value in documents(text, reader.builder.log):
        for node in reader.builder.roots(value, path):
            views += _views(reader.builder, node)
    if views and not any(_is_view(view.data) for view in views):
        raise ParseError("no view of a comment or a post in this input", Place(path="$"))
    reader.take(views)
    return reader.reading()


def _is_view(data: Mapping[str, object]) -> bool:
    return _is_comment(data) or _is_post(data)


def _is_comment(data: Mapping[str, object]) -> bool:
    comment = data.get("comment", data)
    return isinstance(comment, dict) and "path" in comment and "post_id" in comment


def _is_post(data: Mapping[str, object]) -> bool:
    post = data.get("post")
    return isinstance(post, dict) and ("community_id" in post or "ap_id" in post)


def _views(builder: Builder, node: Node) -> list[Node]:
    """Return the views in a response, or the response itself if it has no key for views."""
    keys = [key for key in _KEYS if isinstance(node.data.get(key), dict | list)]
    if _is_view(node.data) or not keys:
        return [node]
    after = node.label("next_page")
    if after is not None:
        builder.log.add("more-pages", f"the list continues after {after!a}", values=(after,))
    return [view for key in keys for view in _objects(node, key)]


def _objects(node: Node, key: str) -> list[Node]:
    value = node.data.get(key)
    return [node.inner(key, rest=False)] if isinstance(value, dict) else node.nodes(key)


@attrs.frozen
class _Place:
    """The place of a comment, from its path."""

    view: Node
    comment: Node
    id: str
    post: str | None
    above: list[str]
    """The ids of its ancestors, the highest first."""


class _Reader:
    """Collects views in any order, then finds the ancestors of each comment."""

    def __init__(self) -> None:
        self.builder = Builder("lemmy", platform="lemmy", settle=settle)
        self._places: list[_Place] = []
        self._posts: dict[str, Article] = {}
        """Posts in the views of their comments."""
        self._authors: dict[str, Author] = {}

    def take(self, views: list[Node]) -> None:
        """Add views and the views of replies that PieFed nests in them."""
        pending = self.builder.items(views)[::-1]
        while pending:
            view = pending.pop()
            inner = [each for key in ("comments", "replies") for each in self._inner(view, key)]
            self._take(view)
            pending += reversed(self.builder.items(inner))

    def _inner(self, view: Node, key: str) -> list[Node]:
        return view.nodes(key) if isinstance(view.data.get(key), list) else []

    def _take(self, view: Node) -> None:
        builder = self.builder
        if not _is_view(view.data):
            builder.skip(view, "not-recognised", "not a view of a comment or a post")
            return
        post = view.inner("post", rest=False)
        comment = view.inner("comment", rest=False) if "comment" in view else view
        post_id = post.id("id")
        if not _is_comment(view.data):
            if post_id is None:
                builder.skip(view, "no-id", "a post without an id")
            else:
                builder.article(view, self._article(view, post, post_id), post_id)
            return
        id = comment.id("id")
        if id is None:
            builder.skip(view, "no-id", "a comment without an id")
            return
        post_id = post_id or comment.id("post_id")
        if post_id is not None and post_id not in self._posts:
            self._posts[post_id] = self._article(view, post, post_id, of_comment=True)
        self._places.append(_Place(view, comment, id, post_id, _ancestors(comment, id)))

    def reading(self) -> Reading:
        """Return a thread for each post, with placeholders for ancestors that only a path names."""
        builder = self.builder
        known = {(place.post, place.id) for place in self._places}
        for place in self._places:
            missing = []
            above = len(place.above)
            while above and (place.post, place.above[above - 1]) not in known:
                above -= 1
                known.add((place.post, place.above[above]))
                parent = place.above[above - 1] if above else None
                missing.append(Comment(place.above[above], parent, status=Status.MISSING))
            if missing:
                self._report(missing, place)
                builder.thread(place.post).comments += reversed(missing)
            builder.comment(place.view, self._comment(place), place.post)
        for id, post in self._posts.items():
            if id in builder.threads and builder.thread(id).article is None:
                builder.thread(id).article = post
        return builder.reading()

    def _report(self, missing: list[Comment], place: _Place) -> None:
        below = place.id
        for comment in missing:
            message = f"comment {shown(comment.id)} is missing: added a placeholder"
            self.builder.log.add("orphan", message, ids=(comment.id, below))
            below = comment.id

    def _author(self, view: Node) -> Author | None:
        creator = view.inner("creator", rest=False)
        url = creator.label(_key(creator, "actor_id", "ap_id"))
        known_by = url or creator.id("id") or ""
        if known_by in self._authors:
            return self._authors[known_by]
        name = creator.label(_key(creator, "name", "user_name"))
        if name is None and not known_by:
            return None
        author = Author(
            name,
            known_by or None,
            display_name=creator.label(_key(creator, "display_name", "title")),
            url=url,
            avatar_url=creator.label("avatar"),
            bio=creator.label(_key(creator, "bio", "about")),
            is_bot=creator.flag(_key(creator, "bot_account", "bot")),
            meta=creator.rest(empty=False),
        )
        return self._authors.setdefault(known_by, author) if known_by else author

    def _article(self, view: Node, post: Node, id: str, *, of_comment: bool = False) -> Article:
        """Return the post of a view; in the view of a comment, it lacks its author and counts."""
        author = None if of_comment else self._author(view)
        counts = Node({}, post.log) if of_comment else view.inner("counts", rest=False)
        community = view.inner("community", rest=False)
        counted = post if "score" in post else counts
        title = post.label(_key(post, "name", "title"))
        text, is_gone = post.text("body"), post.data.get("deleted") or post.data.get("removed")
        created_at, edited_at = _times(post)
        pins = [post.is_true(key) for key in ("featured_community", "featured_local", "sticky")]
        score, claimed = counted.whole("score"), counted.count("comments")
        post.drop("id", "creator_id", "user_id")
        counts.drop(*_TWINS)
        if not of_comment:
            view.drop("post", "creator", "community", "counts", "comments", "replies", *_DROPPED)
        return Article(
            title,
            id=id,
            url=post.label("ap_id"),
            authors=() if author is None else (author,),
            text=None if is_gone and text in _EMPTIED else text,
            text_format=TextFormat.MARKDOWN,
            created_at=created_at,
            edited_at=edited_at,
            site=_site(community),
            score=score,
            comment_count=claimed,
            tags=["pinned"] if any(pins) else [],
            meta=_rest(post, counts) if of_comment else _rest(post, counts, view),
        )

    def _comment(self, place: _Place) -> Comment:
        view, comment = place.view, place.comment
        counts = view.inner("counts", rest=False)
        counted = counts if counts.data else comment
        author = self._author(view)
        tags = [tag for key, tag in _ROLES.items() if view.data.get(key) is True]
        if comment.is_true("distinguished"):
            tags.append("distinguished")
        writer = comment.data.get("creator_id")
        if writer is not None and writer == view.inner("post", rest=False).data.get("creator_id"):
            tags.append("by-author")
        status = Status.VISIBLE
        if comment.is_true("deleted"):
            status = Status.DELETED
        if comment.is_true("removed") and status is Status.VISIBLE:
            status = Status.REMOVED
        text = comment.text(_key(comment, "content", "body"))
        created_at, edited_at = _times(comment)
        score, upvotes = counted.whole("score"), counted.whole("upvotes")
        downvotes = counted.whole("downvotes")
        comment.drop("path", *(_TWINS if author is not None else _TWINS[1:]))
        counts.drop(*_TWINS)
        view.drop("comment", "creator", "post", "community", "counts", *_DROPPED)
        return Comment(
            place.id,
            place.above[-1] if place.above else None,
            author,
            None if status is not Status.VISIBLE and text in _EMPTIED else text,
            text_format=TextFormat.MARKDOWN,
            created_at=created_at,
            edited_at=edited_at,
            status=status,
            url=comment.label("ap_id"),
            score=score,
            upvotes=upvotes,
            downvotes=downvotes,
            tags=frozenset(tags),
            meta=_rest(comment, counts, view),
        )


def _key(node: Node, name: str, other: str) -> str:
    """Return the one of two names that this version or program uses."""
    return other if node.data.get(name) is None and node.data.get(other) is not None else name


def _rest(main: Node, *others: Node) -> Meta:
    """Return the unread keys of an object and of the objects next to it."""
    left: dict[str, object] = {}
    for node in (*others, main):
        left.update(node.unread(empty=False))
    return Node(left, main.log, main.path).rest()


def _times(node: Node) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when something was written and when it was edited."""
    created_at = node.utc(_key(node, "published", "published_at"))
    node.drop("published", "published_at")
    return created_at, node.utc(_key(node, "updated", "updated_at"))


def _site(community: Node) -> str | None:
    """Return the name of a community with its host: names are unique on one server only."""
    name, url = community.label("name"), community.label(_key(community, "actor_id", "ap_id"))
    host = url.partition("://")[2].partition("/")[0] if url is not None else ""
    return f"{name}@{host}" if name is not None and host else name


def _ancestors(comment: Node, id: str) -> list[str]:
    """Return the ids of the ancestors: the path without the 0 for the post and the comment."""
    path = comment.raw("path")
    steps = path.split(".") if isinstance(path, str) else []
    if len(steps) > 1 and steps[0] == "0" and steps[-1] == id and all(steps):
        return steps[1:-1]
    comment.refuse("path", path, f"a path from 0 to {id}")
    return []


def settle(thread: Thread) -> Thread:
    """Return the thread with a stub for each comment whose source counts more replies. O(n)."""
    rows = thread.comments
    below = [0] * len(rows)  # how many descendants of each comment are here
    stubbed = [0] * len(rows)  # how many more the stubs below it count
    stubs = []
    for position in range(len(rows) - 1, -1, -1):
        comment = rows[position]
        claimed = comment.meta.get("child_count")
        missing = claimed - below[position] - stubbed[position] if type(claimed) is int else 0
        if missing > 0:
            stubbed[position] += missing
            stubs.append(Stub(comment.id, count=missing))
        if comment.parent_id is not None:
            above = thread.position(comment.parent_id)
            below[above] += below[position] + (comment.status is not Status.MISSING)
            stubbed[above] += stubbed[position]
    stubs.reverse()
    return thread if tuple(stubs) == thread.stubs else attrs.evolve(thread, stubs=stubs)


FORMAT = catalogued("lemmy", parse=parse, settle=settle)
