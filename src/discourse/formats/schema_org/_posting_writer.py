"""Write a thread as the JSON-LD that search engines require: a posting with its comments."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ...model import Article, Author, Comment, Status, TextFormat
from ...thread import Thread
from .._kit import not_held
from ._post_fields import FORMATS
from ._reader import parse
from ._values import has_markup
from ._vocabulary import ANSWERS, NOT_BELOW, REVIEWED

CONTEXT = "https://schema.org"
DEEPEST = 64
"""How deeply comments are nested; deeper ones are siblings that name their parent."""

LOSSES: tuple[str, ...] = (
    "captions of the article, and its score unless it is an integer",
    "an author's display name without a name, and is_bot unless it is true",
    "that a comment was edited, without the time",
    "negative upvotes of a comment, and scores that are not integers",
    "stubs other than those that a claimed number of comments implies",
    "titles, names, addresses, languages and tags that are empty or begin or end with white space",
    "meta that is null or empty, or under a key that schema.org defines here",
    "meta of the thread, and the source",
)
"""What the JSON-LD cannot represent; `holds` returns what applies to a thread."""

_MEDIA_TYPES = {each: media for media, each in FORMATS.items()}
#: Keys that reading never leaves in meta.
_READ = frozenset({"@context", "@graph", "@id", "@reverse", "@value", "about", "itemReviewed"})
_encode = json.JSONEncoder(ensure_ascii=False, default=dict).encode


def serialize(thread: Thread) -> str:
    """Return a thread as one object, which can be embedded in a ``script`` element of a page."""
    return _safe(_posting(thread)) + "\n"


def serialize_all(threads: Iterable[Thread]) -> str:
    """Return threads as JSON-LD: one object, or an array of several."""
    postings = [_safe(_posting(thread)) for thread in threads]
    return (postings[0] if len(postings) == 1 else f"[{', '.join(postings)}]") + "\n"


def holds(thread: Thread) -> tuple[str, ...]:
    """Return the losses in a round trip of *thread* through `serialize`. O(n).

    Empty if there are none.
    """
    threads = parse(serialize(thread)).threads
    return not_held(thread, threads[0] if len(threads) == 1 else Thread())


def _safe(text: str) -> str:
    """Return JSON that does not end a ``script`` element or begin an HTML comment."""
    return text.replace("<", "\\u003c")


def _posting(thread: Thread) -> str:
    article = thread.article if thread.article is not None else Article()
    parts = [_encode(_article(article))[:-1]]
    if len(thread):
        parts.append(', "comment": [')
    depth = -1
    for comment in thread:
        here = min(thread.depth(comment), DEEPEST)
        if here > depth:
            parts.append("\n" if depth < 0 else ', "comment": [')
        else:
            parts.append("}" + "]}" * (depth - here) + ",\n")
        parts.append(_encode(_comment(comment, is_deep=thread.depth(comment) > DEEPEST))[:-1])
        depth = here
    parts.append("}]" * (depth + 1) + "}")
    return "".join(parts)


def _article(article: Article) -> dict[str, Any]:
    score = article.score if isinstance(article.score, int) else None
    kind = article.meta.get("@type")
    return {
        "@context": CONTEXT,
        "@type": "DiscussionForumPosting" if kind is None else kind,
        **_present(
            {
                "identifier": article.id,
                "url": article.url,
                "headline": article.title,
                "author": [_author(author) for author in article.authors] or None,
                **_text(article),
                "datePublished": article.created_at and article.created_at.isoformat(),
                "dateModified": article.edited_at and article.edited_at.isoformat(),
                "isPartOf": article.site and {"@type": "WebSite", "name": article.site},
                "inLanguage": article.language,
                "commentCount": article.comment_count,
                "interactionStatistic": _statistics(
                    ("LikeAction" if (score or 0) >= 0 else "VoteAction", score)
                ),
                "keywords": sorted(article.tags) or None,
            },
            article.meta,
        ),
    }


def _comment(comment: Comment, *, is_deep: bool) -> dict[str, Any]:
    score = comment.score if isinstance(comment.score, int) else None
    is_plain = comment.status is Status.VISIBLE
    kind = comment.meta.get("@type")
    parent = {"@type": "Comment", "identifier": comment.parent_id}
    return {
        "@type": "Comment" if kind is None else kind,
        **_present(
            {
                "identifier": comment.id,
                "url": comment.url,
                "parentItem": parent if is_deep else None,
                "headline": comment.title,
                "author": comment.author and _author(comment.author),
                **_text(comment),
                "datePublished": comment.created_at and comment.created_at.isoformat(),
                "dateModified": comment.edited_at and comment.edited_at.isoformat(),
                "creativeWorkStatus": None if is_plain else comment.status.value.capitalize(),
                "inLanguage": comment.language,
                "upvoteCount": comment.upvotes,
                "downvoteCount": comment.downvotes,
                "commentCount": comment.reply_count,
                "interactionStatistic": _statistics(("VoteAction", score)),
                "keywords": sorted(comment.tags) or None,
            },
            comment.meta,
        ),
    }


def _present(fields: dict[str, Any], meta: Mapping[str, object]) -> dict[str, Any]:
    """Return the known fields, and the keys of *meta* without another meaning."""
    others = {
        key: value
        for key, value in meta.items()
        if key not in fields
        and key not in _READ
        and key != "@type"
        and key.lower() not in ANSWERS | REVIEWED | NOT_BELOW
    }
    return {key: value for key, value in fields.items() if value is not None} | others


def _text(value: Article | Comment) -> dict[str, str | None]:
    """Return the text, with its media type if reading would assume another."""
    if value.text is None:
        return {"text": None, "encodingFormat": None}
    is_told = value.text_format is TextFormat.TEXT and not has_markup(value.text)
    is_told = is_told or (value.text_format is TextFormat.HTML and has_markup(value.text))
    media = None if is_told else _MEDIA_TYPES[value.text_format]
    return {"text": value.text, "encodingFormat": media}


def _author(author: Author) -> dict[str, Any]:
    shown = author.display_name
    fields = {
        "@type": ["Person", "SoftwareApplication"] if author.is_bot else "Person",
        "identifier": author.id,
        "name": author.name if shown is None else shown,
        "alternateName": None if shown is None else author.name,
        "url": author.url,
        "image": author.avatar_url,
        "description": author.bio,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _statistics(counted: tuple[str, int | None]) -> list[dict[str, Any]] | None:
    action, number = counted
    if number is None:
        return None
    return [
        {
            "@type": "InteractionCounter",
            "interactionType": f"{CONTEXT}/{action}",
            "userInteractionCount": number,
        }
    ]
