"""Recognise what a GitHub object is, and which issue it belongs to, in any of the APIs.

A topic is an issue, a pull request or a discussion. A comment is a comment, a review, or a comment
on lines of code.
"""

import re
from collections.abc import Mapping
from typing import Any

from ...model import TextFormat

TEXTS = {
    "body": TextFormat.MARKDOWN,
    "bodyHTML": TextFormat.HTML,
    "body_html": TextFormat.HTML,
    "bodyText": TextFormat.TEXT,
    "body_text": TextFormat.TEXT,
}
"""The fields with the text of a topic or a comment, in order of preference."""
TOPICS = ("issue", "pull_request", "pullRequest", "discussion")
"""The keys under which webhooks and GraphQL have a topic."""

_ADDRESS = re.compile(
    r"/([\w.-]{1,100}/[\w.-]{1,100})/"
    r"(?:(?:issues|pulls?|discussions)/(\d{1,18})|commits?/([0-9a-f]{7,64}))(?![\w-])"
)
#: Fields of comments, reviews, comments on lines, and comments on discussions and commits.
_FRAGMENT = re.compile(r"#(?:[a-z]{5,20}-|discussion_r)(\d{1,18})\Z")
_CONNECTION = frozenset({"nodes", "edges", "totalCount", "pageInfo"})
_NOT_OF_TOPICS = frozenset({"creator", "due_on", "dueOn", "tag_name"})  # milestones, releases
_OF_COMMENTS = frozenset({
    *("author_association", "authorAssociation", "html_url", "includesCreatedEdit", "isMinimized"),
    *("issue_url", "node_id", "pull_request_url", "reactionGroups", "replyTo", "submittedAt"),
})  # fmt: skip


def address_of(data: Mapping[str, Any]) -> str | None:
    """Return the topic or commit that the addresses in an object name.

    >>> address_of({"issue_url": "https://api.github.com/repos/ada/mill/issues/60"})
    'ada/mill#60'
    """
    for key in ("html_url", "url", "issue_url", "pull_request_url"):
        value = data.get(key)
        match = _ADDRESS.search(value) if isinstance(value, str) else None
        if match is not None:
            return f"{match[1]}#{match[2]}" if match[2] else f"{match[1]}@{match[3]}"
    return None


def number_in(data: Mapping[str, Any]) -> str | None:
    """Return the number that ends the address of a comment.

    >>> number_in({"url": "https://github.com/ada/mill/issues/60#issuecomment-7"})
    '7'
    """
    url = data.get("html_url") or data.get("url")
    match = _FRAGMENT.search(url) if isinstance(url, str) else None
    return match[1] if match is not None else None


def is_topic(data: Mapping[str, Any]) -> bool:
    """Whether an object is an issue, a pull request or a discussion."""
    comments = data.get("comments")
    if "title" not in data:  # giscus leaves it out
        return isinstance(comments, list | dict) and address_of(data) is not None
    if not _NOT_OF_TOPICS.isdisjoint(data):
        return False
    first = comments[0] if isinstance(comments, list) and comments else None
    return (
        "number" in data
        or (isinstance(comments, dict) and not _CONNECTION.isdisjoint(comments))
        or (isinstance(first, dict) and is_comment(first))
        or address_of(data) is not None
    )


def is_comment(data: Mapping[str, Any]) -> bool:
    """Whether an object is a comment or a review."""
    if "title" in data or "tag_name" in data or TEXTS.keys().isdisjoint(data):
        return False
    people = (data.get("user"), data.get("author"))
    is_by_user = any(isinstance(person, dict) and "login" in person for person in people)
    return is_by_user or not _OF_COMMENTS.isdisjoint(data)


def is_event(data: Mapping[str, Any]) -> bool:
    """Whether an object is a timeline event; it may name other topics."""
    return "event" in data or str(data.get("__typename")).endswith("Event")


def is_page_of_topics(data: Mapping[str, Any]) -> bool:
    """Whether an object is a GraphQL page of topics."""
    for key in ("nodes", "edges"):
        rows = data.get(key)
        for row in rows[:1] if isinstance(rows, list) else []:
            node = row.get("node", row) if isinstance(row, dict) else None
            return isinstance(node, dict) and is_topic(node)
    return False


def kind_of(data: Mapping[str, Any]) -> str:
    """Return the kind that an unrecognised object claims to be."""
    names = (data.get(key) for key in ("event", "__typename", "type"))
    return next((name for name in names if isinstance(name, str)), "object")
