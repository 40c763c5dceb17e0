"""The Guardian's discussion API: discussions, pages of comments, single comments, profiles.

Reads responses of ``discussion.theguardian.com/discussion-api`` to ``/discussion/KEY``,
``/comment/ID`` and ``/profile/ID/comments``. To get one thread, read all pages of a discussion
together: ``read([page_1, page_2])``.

=====================================  ===========================================================
in the response                        in the model
=====================================  ===========================================================
discussion ``key``, ``title``          `Article` ``id``, ``title``
``webUrl``, ``commentCount``           ``url``, ``comment_count``; ``site`` is The Guardian
comment ``id``, ``webUrl``             `Comment` ``id``, ``url``
``responseTo``, ``responses``          ``parent_id``: the comment it answers, not the one it is
                                       listed under
``userProfile``                        ``author``: ``displayName``, ``userId``, ``webUrl``,
                                       ``avatar``
``badge``, ``isHighlighted``           ``tags``: the names of badges (staff), editor-pick
``body``                               ``text``, HTML; None for a blocked one, which has a notice
``isoDateTime``                        ``created_at``
``status``                             ``status``: blocked is removed
``numRecommends``                      ``upvotes``
``numResponses``, ``responseCount``    ``reply_count``, and a `Stub` for missing ones
``page``, ``pages``                    a `Stub` with the number of the next page as cursor
all other keys                         ``meta``
=====================================  ===========================================================

Lost: API URLs, local copies of times (``date``), details in ``responseTo`` about the comment that
it names, notices. Problems: ``not-recognised``, ``no-id``, ``unknown-status``, and those of JSON
and of `Thread.repair`.
"""

from typing import TypeAlias

from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Status, Stub, StubKind, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, Shared, documents, with_claimed

_People: TypeAlias = Shared[tuple[Author | None, frozenset[str]]]

_STATUSES = {"visible": Status.VISIBLE, "blocked": Status.REMOVED}


def parse(text: str) -> Reading:
    """Read one response, or several in sequence."""
    builder = Builder("guardian", platform="guardian", settle=with_claimed)
    people = Shared(_author)
    cursors: dict[str | None, str | None] = {}
    values = documents(text, builder.log)
    roots = [node for path, value in values for node in builder.roots(value, path)]
    strangers = [answer for answer in roots if not _take(builder, people, answer, cursors)]
    if len(strangers) == len(roots):
        raise ParseError("no discussion and no comment in this input", Place(path="$"))
    for answer in strangers:
        builder.skip(answer, "not-recognised", "a response without a discussion or comments")
    for thread, cursor in cursors.items():  # of consecutive pages, the last has the cursor
        if cursor is not None:
            builder.thread(thread).stubs.append(Stub(None, StubKind.CURSOR, cursor=cursor))
    return builder.reading()


def _take(
    builder: Builder, people: _People, answer: Node, cursors: dict[str | None, str | None]
) -> bool:
    """Add a response; return whether it had content."""
    if answer.label("status") == "error":
        message = shown(answer.data.get("message"))
        raise ParseError(f"the API answered with an error: {message}", answer.place())
    discussion = answer.inner("discussion", rest=False)
    key = _discussion(builder, discussion)
    if "comment" in answer:
        comments = [answer.inner("comment", rest=False)]
    elif _is_comment(answer):
        comments = [answer]
    else:
        holder = answer if "comments" in answer else discussion
        comments = holder.nodes("comments")
        page, pages = answer.whole("page"), answer.whole("pages")
        if page is not None and pages is not None and discussion.data:
            cursors[key] = str(page + 1) if page < pages else None
        if not comments:
            return "comments" in holder
    return sum(_comments(builder, people, comment, key) for comment in comments) > 0


def _is_comment(node: Node) -> bool:
    return "body" in node and ("isoDateTime" in node or "userProfile" in node)


def _discussion(builder: Builder, node: Node) -> str | None:
    """Add the article of a discussion, and return its key; None if there is no discussion."""
    key = node.id("key")
    if key is None:
        return None
    node.drop("apiUrl", "comments")
    article = Article(
        node.label("title"),
        id=key,
        url=node.label("webUrl"),
        site="The Guardian",
        comment_count=node.count("commentCount"),
        meta=node.rest(),
    )
    if key not in builder.threads or article.comment_count is not None:
        builder.article(node, article, key)
    return key


def _comments(builder: Builder, people: _People, top: Node, around: str | None) -> int:
    """Add a comment with its responses, and return their number."""
    count = 0
    pending: list[tuple[Node, str | None, str | None]] = [(top, None, around)]
    while pending:
        node, above, thread = pending.pop()
        builder.items([node])
        id = node.id("id")
        thread = _discussion(builder, node.inner("discussion", rest=False)) or thread
        responses = node.nodes("responses")
        if id is None or not _is_comment(node):
            what = "a comment without an id" if _is_comment(node) else "this is not a comment"
            builder.skip(node, "no-id" if _is_comment(node) else "not-recognised", what)
        else:
            count += 1
            builder.comment(node, _comment(builder, people, node, id, above), thread)
        pending += [(each, id or above, thread) for each in reversed(responses)]
    return count


def _comment(builder: Builder, people: _People, node: Node, id: str, above: str | None) -> Comment:
    answered = node.inner("responseTo", rest=False)
    word = node.label("status") or "visible"
    status = _STATUSES.get(word)
    if status is None:
        message = f"status {shown(word)} is unknown: read as visible"
        builder.log.add("unknown-status", message, ids=(id,), place=node.place())
        node.keep("status")
    body = node.text("body")
    responses, counts = node.count("numResponses"), node.inner("metaData").count("responseCount")
    author, tags = people.of(node.inner("userProfile", rest=False), "userId")
    if node.is_true("isHighlighted"):
        tags |= {"editor-pick"}
    node.drop("apiUrl", "date", "discussion")
    return Comment(
        id,
        answered.id("commentId") or above,
        author,
        body if status is not Status.REMOVED else None,
        text_format=TextFormat.HTML,
        created_at=node.utc("isoDateTime"),
        status=status or Status.VISIBLE,
        url=node.label("webUrl"),
        upvotes=node.whole("numRecommends"),
        reply_count=responses if responses is not None else counts,
        tags=tags,
        meta=node.rest(),
    )


def _author(profile: Node) -> tuple[Author | None, frozenset[str]]:
    """Return the author of a comment, and the names of the badges next to the name."""
    name, id = profile.label("displayName"), profile.id("userId")
    badges = [badge.label("name") for badge in profile.nodes("badge")]
    tags = frozenset([badge.lower() for badge in badges if badge is not None])
    url, avatar = profile.label("webUrl"), profile.label("secureAvatarUrl")
    avatar = profile.label("avatar") or avatar
    profile.drop("apiUrl")
    if name is None and id is None:
        return None, tags
    meta = profile.rest(empty=False)
    return Author(name, id, url=url, avatar_url=avatar, meta=meta), tags


FORMAT = catalogued("guardian", parse=parse, settle=with_claimed)
