"""Read the fields of issues and comments, by their REST and GraphQL names."""

import datetime as dt

from ...model import Status, TextFormat
from .._kit import Node
from ._shapes import TEXTS

_THUMBS = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1"}
_REVIEWS = frozenset({"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"})
_NO_ROLES = frozenset({"NONE", "MANNEQUIN"})
#: Comments in this model that ``comments.totalCount`` does not count.
_OTHERS = frozenset({"answer", "category", "reviewThreads", "reviews", "timelineItems"})
#: API addresses, and duplicate forms of other fields.
_DROPPED = (
    *("url", "html_url", "issue_url", "pull_request_url", "repository_url", "comments_url"),
    *("events_url", "labels_url", "timeline_url", "review_comments_url", "review_comment_url"),
    *("commits_url", "statuses_url", "_links", "__typename", *TEXTS),
)


def drop_twins(node: Node, *keys: str) -> None:
    """Drop fields that duplicate others, and those about the viewer."""
    node.drop(*keys, *_DROPPED, *(key for key in node.data if key.startswith("viewer")))


def time_of(node: Node, *keys: str) -> dt.datetime | None:
    """Return the first of these times that is present."""
    return next((node.utc(key) for key in keys if node.data.get(key) is not None), None)


def text_of(node: Node) -> tuple[str | None, TextFormat]:
    """Return a text and its format; a null body is empty."""
    for key, text_format in TEXTS.items():
        if (text := node.text(key)) is not None:
            return text, text_format
    return "" if node.data.get("body", 0) is None else None, TextFormat.MARKDOWN


def status_of(node: Node, otherwise: Status) -> Status:
    """Return whether a comment is deleted or hidden."""
    if node.data.get("deletedAt") is not None:
        return Status.DELETED
    return Status.HIDDEN if node.is_true("isMinimized") else otherwise


def total_of(node: Node, key: str) -> int | None:
    """Return a count: a number, or the total of a connection."""
    if isinstance(node.data.get(key), dict):
        return node.inner(key, rest=False).count("totalCount")
    return None if isinstance(node.data.get(key), list) else node.count(key)


def claimed_by(node: Node) -> int | None:
    """Return how many comments a topic claims, if that counts all kinds of comments."""
    total, of_reviews = total_of(node, "comments"), node.count("review_comments")
    if isinstance(node.data.get("comments"), dict) and not _OTHERS.isdisjoint(node.data):
        return None
    return total if total is None else total + (of_reviews or 0)


def labels_of(node: Node) -> set[str]:
    """Return the names of labels."""
    labels = node.raw("labels")
    rows = labels.get("nodes") if isinstance(labels, dict) else labels
    rows = rows if isinstance(rows, list) else []
    names = (row.get("name") if isinstance(row, dict) else row for row in rows)
    return {name for name in names if isinstance(name, str) and name}


def tags_of(node: Node, *, is_answer: bool) -> list[str]:
    """Return the author's role, the verdict of a review, and whether it is the answer."""
    role = node.label("author_association") or node.label("authorAssociation")
    tags = [role] if role is not None and role not in _NO_ROLES else []
    state = node.data.get("state")
    if isinstance(state, str) and state.upper() in _REVIEWS:
        node.drop("state")
        tags += ["review", state]
    if node.is_true("isAnswer") or is_answer:
        tags.append("accepted-answer")
    return [tag.lower().replace("_", "-") for tag in tags]


def reactions_of(node: Node) -> tuple[int | None, int | None, dict[str, object]]:
    """Return the counts of +1 and -1, and all other reactions for ``meta``."""
    votes, groups = node.raw("reactions"), node.raw("reactionGroups")
    upvotes = node.whole("upvoteCount")
    if isinstance(groups, list):
        rows = [group for group in groups if isinstance(group, dict)]
        votes = {str(row.get("content")): row.get("users") or row.get("reactors") for row in rows}
    if not isinstance(votes, dict):
        return upvotes, None, {}
    counts: dict[str, int] = {}
    for name, value in votes.items():
        count = value.get("totalCount", value.get("count")) if isinstance(value, dict) else value
        if type(count) is int and 0 < count < 2**53 and name not in ("total_count", "totalCount"):
            counts[_THUMBS.get(name, name.lower())] = count
    ups, downs = counts.get("+1", 0), counts.pop("-1", 0)
    if upvotes is None:
        counts.pop("+1", None)
        upvotes = ups
    return upvotes, downs, {"reactions": counts} if counts else {}
