"""Write a thread as an ordered collection: the article, then its comments with their parents."""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from ...model import Article, Author, Comment, Status, StubKind, TextFormat
from ...thread import Thread
from .._kit import not_held
from ._activities import parse
from ._object_fields import OWN
from ._vocabulary import CONTEXT, FORMATS, POSTS, types_of

LOSSES: tuple[str, ...] = (
    "captions of the article; empty titles, names, addresses and languages",
    "the id of an article that a comment has too",
    "an author's display name without a name, and is_bot if nothing else is known",
    "an edit at the same time as the publication, and negative votes",
    "stubs other than ids that are missing and the address of the next page",
    "meta that is null or empty, or under a key that ActivityStreams defines",
    "meta of the thread, and the source",
)
"""What a collection cannot represent; `holds` returns what applies to a thread."""

_MEDIA_TYPES = {each: media for media, each in FORMATS.items()}
#: Keys that reading never leaves in meta.
_READ = frozenset(
    {"@context", "actor", "author", "displayName", "inReplyTo", "language", "nameMap", "object"}
) | frozenset({"objectType", "proof", "signature", "summary", "type", "verb"})

_encode = json.JSONEncoder(ensure_ascii=False, default=dict).encode


def serialize(thread: Thread) -> str:
    """Return the thread as an ``OrderedCollection``, one object per line."""
    article = thread.article
    if article is not None and article.id is not None and article.id in thread:
        article = attrs.evolve(article, id=None)
    stubs = _stubs(thread)
    items = [] if article is None else [_article(article, stubs.get(None, {}))]
    root = {"type": "Object"} if article is None or article.id is None else article.id
    skipped = _placeholder(thread)
    for comment in thread:
        if comment.id != skipped:
            parent = comment.parent_id if comment.parent_id is not None else root
            items.append({**_comment(comment, stubs.get(comment.id, {})), "inReplyTo": parent})
    head = {
        "@context": [CONTEXT, {OWN[:-1]: "urn:discourse:thread:1#"}],
        "type": "OrderedCollection",
        "totalItems": len(items),
    }
    lines = ",\n".join(map(_encode, items))
    return f'{_encode(head)[:-1]}, "orderedItems": [\n{lines}\n]}}\n'


def holds(thread: Thread) -> tuple[str, ...]:
    """Return the losses in a round trip of *thread* through `serialize`.

    Empty if there are none. O(n).
    """
    threads = parse(serialize(thread)).threads
    again = threads[0] if len(threads) == 1 else Thread()
    return not_held(thread, again)


def _placeholder(thread: Thread) -> str | None:
    """Return the id of a single placeholder at the top, which reading creates again."""
    top = thread.replies()
    if thread.article is not None or len(top) != 1 or not thread.replies(top[0]):
        return None
    return top[0].id if top[0] == Comment(top[0].id, status=Status.MISSING) else None


def _article(article: Article, absent: dict[str, Any]) -> dict[str, Any]:
    is_count = isinstance(article.score, int) and article.score >= 0
    return _object(
        article,
        "Article",
        attributedTo=[_author(author) for author in article.authors],
        replies=_replies(article.comment_count, absent),
        likes=_collection(article.score) if is_count else None,
        **{f"{OWN}score": None if is_count else article.score, f"{OWN}site": article.site},
    )


def _comment(comment: Comment, absent: dict[str, Any]) -> dict[str, Any]:
    is_deleted = comment.status is Status.DELETED
    is_plain = is_deleted or comment.status is Status.VISIBLE
    upvotes = comment.upvotes
    return _object(
        comment,
        "Note",
        **({"type": "Tombstone", "formerType": "Note"} if is_deleted else {}),
        attributedTo=None if comment.author is None else _author(comment.author),
        replies=_replies(comment.reply_count, absent),
        likes=None if upvotes is None or upvotes < 0 else _collection(upvotes),
        **{
            f"{OWN}status": None if is_plain else comment.status.value,
            f"{OWN}score": comment.score,
            f"{OWN}downvotes": comment.downvotes,
            f"{OWN}isEdited": comment.is_edited,
        },
    )


def _object(value: Article | Comment, usual_type: str, **own: object) -> dict[str, Any]:
    """Return the keys that articles and comments share, with *own* and their meta."""
    meta, text, language = value.meta, value.text, value.language
    kind, others = meta.get("type"), meta.get("tag")
    is_post = isinstance(kind, str) and types_of({"type": kind}) <= POSTS
    is_in_map = text is not None and language is not None
    tags = [_tag(tag) for tag in sorted(value.tags - {"sensitive"})]
    fields = {
        "id": value.id,
        "name": value.title,
        "content": None if is_in_map else text,
        "contentMap": {language: text} if is_in_map else None,
        f"{OWN}language": None if is_in_map else language,
        "mediaType": _media_type(value),
        "published": value.created_at and value.created_at.isoformat(),
        "updated": value.edited_at and value.edited_at.isoformat(),
        "url": value.url,
        "sensitive": True if "sensitive" in value.tags else None,
        "tag": [*(others if isinstance(others, tuple) else ()), *tags] or None,
        **own,
    }
    return {
        "type": kind if is_post else usual_type,
        **_rest(meta, fields.keys() | _READ),
        **{key: each for key, each in fields.items() if each not in (None, [])},
    }


def _tag(tag: str) -> dict[str, str]:
    return {"type": "Hashtag", "name": tag} if tag.startswith("#") else {"name": tag}


def _media_type(value: Article | Comment) -> str | None:
    if value.text_format is TextFormat.HTML:
        return None
    media = value.meta.get("mediaType")
    if value.text_format is TextFormat.OTHER and isinstance(media, str):
        return media
    return _MEDIA_TYPES[value.text_format]


def _author(author: Author) -> dict[str, Any]:
    fields = {
        "id": author.id,
        "type": None if author.is_bot is None else "Service" if author.is_bot else "Person",
        "preferredUsername": author.name,
        "name": author.display_name,
        "url": author.url,
        "icon": author.avatar_url and {"type": "Image", "url": author.avatar_url},
        "summary": author.bio,
    }
    return {
        **_rest(author.meta, frozenset(fields) - {"type"}),
        **{key: each for key, each in fields.items() if each is not None},
    }


def _rest(meta: Mapping[str, object], fields: "frozenset[str] | set[str]") -> dict[str, object]:
    return {key: each for key, each in meta.items() if key not in fields}


def _stubs(thread: Thread) -> dict[str | None, dict[str, Any]]:
    """Return, for each post, the collection of its missing replies."""
    stubs: dict[str | None, dict[str, Any]] = {}
    for stub in thread.stubs:
        collection = stubs.setdefault(stub.parent_id, {})
        if stub.kind is StubKind.MORE and stub.ids:
            collection.setdefault("items", stub.ids)
        elif stub.kind is StubKind.CURSOR and stub.cursor is not None:
            collection.setdefault("first", stub.cursor)
    return stubs


def _replies(count: int | None, absent: dict[str, Any]) -> dict[str, Any] | None:
    total = {} if count is None else {"totalItems": count}
    return {"type": "Collection", **total, **absent} if total or absent else None


def _collection(count: int | float | None) -> dict[str, Any]:
    return {"type": "Collection", "totalItems": count}
