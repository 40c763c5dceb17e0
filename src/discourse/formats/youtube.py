"""YouTube comments from yt-dlp and the Data API, and comments of other sites from yt-dlp.

Reads ``NAME.info.json`` of ``yt-dlp --write-comments`` (or ``-j``, ``-J``: one, several, or a
playlist), comments only (``--print-to-file "%(comments)j"``), lines of youtube-comment-downloader,
and responses of the Data API to ``commentThreads.list``, ``comments.list`` and ``videos.list``. To
get one thread, read the video and all pages together: ``read([video, page_1, page_2])``.

=====================================  ===========================================================
in the file                            in the model
=====================================  ===========================================================
video ``id``, ``title``,               `Article` ``id``, ``title``, ``text``; a thread of the API
``description``                        without a video is on a channel, whose id is the article's
``webpage_url``, ``extractor_key``     ``url``, ``site``
``channel`` or ``uploader``, its id    ``authors``
``timestamp`` or ``upload_date``       ``created_at``; for a date, midnight in UTC
``like_count``, ``comment_count``      ``score``, ``comment_count``
``tags``, ``categories``               ``tags``
comment ``id``, ``cid``                `Comment` ``id``
``parent``, ``parentId``               ``parent_id``; without them, the part of the id before its
                                       dot. YouTube's files have two levels: an answer to a reply
                                       is a reply to the top-level comment.
``author``, ``author_id``, ...         ``author.name``, ``author.id`` (of the channel)
``text``, ``textOriginal``             ``text``; otherwise ``html`` or ``textDisplay``, HTML
``timestamp``, ``time_parsed``         ``created_at``. It is inferred from "3 months ago", which
                                       stays in ``meta``, with ``created_at_precision`` estimated.
``publishedAt``, ``updatedAt``         ``created_at``, ``edited_at`` if they differ; "(edited)"
                                       in yt-dlp's time is ``is_edited``
``like_count``, ``dislike_count``      ``upvotes``, ``downvotes``; "1.2K" votes stay in ``meta``
``totalReplyCount``, ``replies``       ``reply_count``, and a `Stub` for missing ones
``is_pinned``, ``is_favorited``,       ``tags``: pinned, hearted, by-author, verified
``author_is_uploader``, ...
``moderationStatus``                   ``status``: pending, spam, removed
``nextPageToken``                      a `Stub` with it as cursor
other keys                             ``meta``, unless null or empty
=====================================  ===========================================================

Lost: how to download the video (formats, pictures, captions), the HTML copy of ``textOriginal``,
and data about the logged-in user (``canRate``, ``viewerRating``). Problems: ``not-recognised``,
``no-id``, ``unknown-status``, ``duplicate`` (the pinned comment, which YouTube lists twice), and
those of JSON and of `Thread.repair`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Status, Stub, StubKind, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents, with_claimed

_TAGS = {
    "is_pinned": "pinned",
    "is_favorited": "hearted",
    "author_is_uploader": "by-author",
    "author_is_verified": "verified",
    "heart": "hearted",  # of youtube-comment-downloader
}
_STATUSES = {
    "heldForReview": Status.PENDING,
    "likelySpam": Status.SPAM,
    "rejected": Status.REMOVED,
    "published": Status.VISIBLE,
}
#: How to download the video, and the files of yt-dlp.
_DROPPED = (
    *("formats", "requested_formats", "requested_downloads", "requested_subtitles", "subtitles"),
    *("automatic_captions", "thumbnails", "heatmap", "http_headers", "url", "manifest_url"),
    *("fulltitle", "display_id", "original_url", "_format_sort_fields", "_version", "_type"),
)
_OF_INFO = frozenset({"extractor", "extractor_key", "formats", "uploader", "webpage_url"})
_OF_COMMENT = frozenset({
    *("_time_text", "author_id", "author_is_uploader", "author_thumbnail", "cid", "is_favorited"),
    *("like_count", "time_text"),
})  # fmt: skip
_OF_VIEWER = ("canRate", "viewerRating", "videoId", "channelId")


def parse(text: str) -> Reading:
    """Read a file of yt-dlp or youtube-comment-downloader, or responses of the Data API."""
    reader = _Reader()
    values = documents(text, reader.builder.log)
    roots = [node for path, value in values for node in reader.builder.roots(value, path)]
    if not roots:
        raise ParseError("no object in this input", Place(path="$"))
    reader.take(roots)
    return reader.reading()


class _Reader:
    """Collects videos, comment threads and comments."""

    def __init__(self) -> None:
        self.builder = Builder("youtube", platform="youtube", settle=with_claimed)
        self._videos: dict[str, str | None] = {}
        """The video, or the channel, that a comment is on."""
        self._late: list[tuple[Node, Comment]] = []
        """Comments that name neither a video nor a comment read so far."""
        self._pages: list[tuple[str | None, Node, str | None]] = []
        """For each page, the id of its first comment, the page, and the parent of that comment."""
        self._strangers: list[Node] = []
        self._pinned: set[str | None] = set()
        self._authors: dict[tuple[object, ...], Author] = {}

    def take(self, roots: list[Node]) -> None:
        """Add the top-level objects of a file, and the objects in them."""
        self._note_pinned(roots)
        pending = self.builder.items(roots)[::-1]
        while pending:
            pending += reversed(self.builder.items(self._take(pending.pop())))
        if len(self._strangers) == len(roots):
            raise ParseError("no video and no comment in this input", roots[0].place())
        for node in self._strangers:
            self.builder.skip(node, "not-recognised", "this is neither a video nor a comment")

    def _take(self, node: Node) -> list[Node]:
        """Add an object, and return the objects in it."""
        data, kind = node.data, node.data.get("kind")
        snippet = data.get("snippet")
        snippet = snippet if isinstance(snippet, dict) else {}
        if "topLevelComment" in snippet:
            self._take_comment_thread(node)
        elif "textDisplay" in snippet or "textOriginal" in snippet or kind == "youtube#comment":
            self._take_answer(node)
        elif kind == "youtube#video":
            self._take_video(node, node.inner("snippet"))
        elif "items" in data and ("kind" in data or "pageInfo" in data):
            return self._take_page(node)
        elif "entries" in data and not _OF_INFO.isdisjoint(data):
            self.builder.done(node)
            return node.nodes("entries")
        elif _is_comment(data):
            self._take_comment(node, None, None)
        elif not _OF_INFO.isdisjoint(data) or _has_comments(data):
            self._take_info(node)
        elif isinstance(data.get("error"), dict):
            error = data["error"].get("message")
            raise ParseError(f"the API answered with an error: {shown(error)}", node.place())
        else:
            self._strangers.append(node)
        return []

    def _take_page(self, page: Node) -> list[Node]:
        """Add a response of the API, and return the objects that it lists."""
        self.builder.done(page)
        items = page.nodes("items")
        first, parent = None, None
        if items:
            first = items[0].id("id")
            parent = items[0].inner("snippet").id("parentId")
            items[0].keep("id")
        self._pages.append((first, page, parent))
        return items

    # -- yt-dlp and youtube-comment-downloader ---------------------------------------------------

    def _take_info(self, info: Node) -> None:
        comments, id = info.nodes("comments"), info.id("id")
        site = info.label("extractor_key") or info.label("extractor")
        self.builder.platform = site.lower() if site is not None else "youtube"
        info.drop(*_DROPPED, "extractor")
        name, channel = info.label("channel"), info.id("channel_id")
        uploader, uploader_id = info.label("uploader"), info.id("uploader_id")
        author = self._author(
            name or uploader,
            channel or uploader_id,
            info.label("channel_url") or info.label("uploader_url"),
        )
        if channel is not None:
            info.keep("uploader", "uploader_id")
        created_at, date = info.epoch("timestamp"), info.label("upload_date")
        precision = {}
        if created_at is None and date is not None:
            created_at, precision = _midnight(date), {"created_at_precision": "day"}
        article = Article(
            info.label("title"),
            id=id,
            url=info.label("webpage_url"),
            authors=[author] if author is not None else [],
            text=info.text("description"),
            created_at=created_at,
            site=site,
            language=info.label("language"),
            score=info.whole("like_count"),
            comment_count=info.count("comment_count"),
            tags=[*info.strings("tags"), *info.strings("categories")],
            meta=info.rest(empty=False, **precision),
        )
        key = id if id is not None else info.path
        self.builder.article(info, article, key)
        self._note_pinned(comments)
        for comment in self.builder.items(comments):
            self._take_comment(comment, key, id if self.builder.platform == "youtube" else None)

    def _take_comment(self, node: Node, thread: str | None, video: str | None) -> None:
        """Add a comment from yt-dlp or youtube-comment-downloader."""
        id = node.id("cid") or node.id("id")
        if id is None:
            self.builder.skip(node, "no-id", "a comment without an id")
            return
        if id in self._pinned and id in self._videos:
            message = f"the pinned comment {shown(id)} is listed twice"
            self.builder.skip(node, "duplicate", message, ids=(id,))
            return
        parent = node.id("parent") or (id.partition(".")[0] if "." in id else None)
        said = "time" if "cid" in node else "_time_text" if "_time_text" in node else "time_text"
        ago = node.data.get(said)  # "2 years ago (edited)"
        words = {"created_at_precision": "estimated"} if ago is not None else {}
        author = self._author(
            node.label("author"),
            node.id("author_id") or node.id("channel"),
            node.label("author_url"),
            node.label("author_thumbnail") or node.label("photo"),
        )
        text, html = node.text("text"), node.text("html")
        votes = node.whole("like_count") if "like_count" in node else _digits(node, "votes")
        node.drop("reply", *_TAGS)
        comment = Comment(
            id,
            parent_id(parent, id=id, article_id=thread),
            author,
            text if text is not None else html,
            text_format=TextFormat.HTML if text is None and html is not None else TextFormat.TEXT,
            created_at=node.epoch("timestamp") or node.epoch("time_parsed"),
            is_edited=True if isinstance(ago, str) and "(edited)" in ago else None,
            url=_address(video, id),
            upvotes=votes,
            downvotes=node.whole("dislike_count"),
            reply_count=_digits(node, "replies"),
            tags=frozenset([tag for key, tag in _TAGS.items() if node.data.get(key) is True]),
            meta=node.rest(empty=False, **words),
        )
        self._add(node, comment, thread)

    def _note_pinned(self, comments: list[Node]) -> None:
        self._pinned |= {node.id("id") for node in comments if node.is_true("is_pinned")}

    # -- the Data API ----------------------------------------------------------------------------

    def _take_video(self, video: Node, snippet: Node) -> None:
        counts = video.inner("statistics")
        author = self._author(snippet.label("channelTitle"), snippet.id("channelId"))
        video.drop("kind", "etag")
        snippet.drop("thumbnails", "localized")
        id = video.id("id")
        article = Article(
            snippet.label("title"),
            id=id,
            url=f"https://www.youtube.com/watch?v={id}" if id is not None else None,
            authors=[author] if author is not None else [],
            text=snippet.text("description"),
            created_at=snippet.utc("publishedAt"),
            site="Youtube",
            language=snippet.label("defaultAudioLanguage") or snippet.label("defaultLanguage"),
            score=_digits(counts, "likeCount"),
            comment_count=_digits(counts, "commentCount"),
            tags=snippet.strings("tags"),
            meta=video.rest(),
        )
        self.builder.article(video, article, id if id is not None else video.path)

    def _take_comment_thread(self, node: Node) -> None:
        snippet = node.inner("snippet", rest=False)
        top, replies = snippet.inner("topLevelComment", rest=False), node.inner("replies")
        video = snippet.id("videoId") or snippet.id("channelId")
        self.builder.done(node)
        comments = self.builder.items([top, *replies.nodes("comments")])
        self._take_answer(top, video, snippet.count("totalReplyCount"))
        for reply in comments[1:]:
            self._take_answer(reply, video)

    def _take_answer(
        self, node: Node, thread: str | None = None, reply_count: int | None = None
    ) -> None:
        """Add a comment from the Data API."""
        id, snippet = node.id("id"), node.inner("snippet", rest=False)
        if id is None:
            self.builder.skip(node, "no-id", "a comment without an id")
            return
        parent = snippet.id("parentId") or (id.partition(".")[0] if "." in id else None)
        video, channel = snippet.id("videoId"), snippet.id("channelId")
        thread = thread or video or self._videos.get(parent or id)
        author_id = snippet.inner("authorChannelId").id("value")
        author = self._author(
            snippet.label("authorDisplayName"),
            author_id,
            snippet.label("authorChannelUrl"),
            snippet.label("authorProfileImageUrl"),
        )
        plain, html = snippet.text("textOriginal"), snippet.text("textDisplay")
        created_at, updated_at = snippet.utc("publishedAt"), snippet.utc("updatedAt")
        is_edited = None if None in (created_at, updated_at) else created_at != updated_at
        status = snippet.label("moderationStatus")
        if status is not None and status not in _STATUSES:
            message = f"moderationStatus {shown(status)} is unknown: read as visible"
            self.builder.log.add("unknown-status", message, ids=(id,), place=snippet.place())
            snippet.keep("moderationStatus")
        node.drop("kind", "etag")
        snippet.drop(*_OF_VIEWER)
        comment = Comment(
            id,
            parent,
            author,
            html if plain is None else plain,
            text_format=TextFormat.TEXT if plain is not None else TextFormat.HTML,
            created_at=created_at,
            edited_at=updated_at if is_edited else None,
            is_edited=is_edited,
            status=_STATUSES.get(status or "published", Status.VISIBLE),
            url=_address(video, id),
            upvotes=snippet.whole("likeCount"),
            reply_count=reply_count,
            tags=frozenset(["by-author"] if author_id == channel is not None else []),
            meta=snippet.rest(empty=False, **node.unread(empty=False)),
        )
        if thread is None:
            self._late.append((node, comment))
        else:
            self._add(node, comment, thread)

    # -- the whole -------------------------------------------------------------------------------

    def _add(self, node: Node, comment: Comment, thread: str | None) -> None:
        self.builder.comment(node, comment, thread)
        self._videos[comment.id] = thread

    def _author(
        self, name: str | None, id: str | None, url: str | None = None, avatar: str | None = None
    ) -> Author | None:
        if name is None and id is None:
            return None
        key = (name, id, url, avatar)
        author = self._authors.get(key)
        if author is None:
            author = self._authors[key] = Author(name, id, url=url, avatar_url=avatar)
        return author

    def reading(self) -> Reading:
        """Return a thread for each video, and one for comments that name no video."""
        known = [*self.builder.threads]
        only = known[0] if len(known) == 1 else None
        for node, comment in self._late:
            self._add(node, comment, self._videos.get(comment.parent_id or comment.id, only))
        cursors: dict[tuple[str | None, str | None], str | None] = {}
        for first, page, parent in self._pages:  # of consecutive pages, the last has the cursor
            video = only if first is None else self._videos.get(first, only)
            cursors[video, parent] = page.label("nextPageToken")
        for (video, parent), cursor in cursors.items():
            if cursor is not None:
                stub = Stub(parent, StubKind.CURSOR, cursor=cursor)
                self.builder.thread(video).stubs.append(stub)
        return self.builder.reading()


def _is_comment(data: Mapping[str, Any]) -> bool:
    """Whether an object is a comment from yt-dlp or youtube-comment-downloader."""
    if "text" not in data and "html" not in data:
        return False
    parent = data.get("parent")
    is_other = parent == "root" or (parent is not None and "timestamp" in data)
    return is_other or not _OF_COMMENT.isdisjoint(data)


def _has_comments(data: Mapping[str, Any]) -> bool:
    """Whether an object is a video with few fields but with comments."""
    comments = data.get("comments")
    first = comments[0] if isinstance(comments, list) and comments else None
    return isinstance(first, dict) and _is_comment(first)


def _digits(node: Node, key: str) -> int | None:
    """Return a count from a string; a rounded one ("1.2K") stays in `Node.rest`."""
    value = node.data.get(key)
    if isinstance(value, str) and not (value.isascii() and value.isdecimal() and len(value) < 19):
        return None
    return int(node.raw(key)) if isinstance(value, str) else node.count(key)


def _midnight(date: str) -> dt.datetime | None:
    """Return midnight of a day such as 20240131."""
    try:
        return dt.datetime.strptime(date, "%Y%m%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _address(video: str | None, id: str) -> str | None:
    return f"https://www.youtube.com/watch?v={video}&lc={id}" if video is not None else None


FORMAT = catalogued("youtube", parse=parse, settle=with_claimed)
