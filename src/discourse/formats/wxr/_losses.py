"""Tell what of a thread an export holds, and what it does not."""

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from ...errors import shown
from ...model import Article, Author, Comment, JsonValue, Meta, Source, Status, TextFormat
from ...thread import Thread
from ._export_reader import NAME
from ._export_writer import (
    approved_of,
    categories_of,
    clean,
    comment_meta_of,
    kind_of,
    local_of,
    people_of,
)
from ._posts import OF_POST, PINGS, is_contact, single_or_all
from ._users import People

LOSSES: tuple[str, ...] = (
    "the format of a text: all is HTML",
    "characters that XML 1.0 cannot hold: they become U+FFFD",
    "parts of a second, and the offset of a time: all are in UTC",
    "scores, votes, titles, languages, addresses, edits and reply counts of comments",
    "tags of comments other than the type: pingback, trackback, or the source's own",
    "authors beyond name, id, address and, of users, the display name; all but one of the article",
    "scores, captions and comment counts of the article",
    "meta other than what an export has",
    "stubs, the source, and that a thread has no article",
)
"""What an export cannot hold; `holds` tells which of it concerns a thread."""

_SOURCE = Source(NAME, platform="wordpress", version="1.2")


def as_held(thread: Thread) -> Thread:
    """Return *thread* as it is when it was written and read again: without the losses. O(n).

    >>> from discourse.formats import wxr
    >>> thread = Thread(Article("A tale"), [Comment("a7", text="Hm.", score=3)])
    >>> wxr.as_held(thread)["a7"]
    Comment(id='a7', text='Hm.', text_format=<TextFormat.HTML: 'html'>)
    >>> wxr.parse(wxr.serialize(thread)).thread == wxr.as_held(thread)
    True
    """
    people = people_of((thread,))
    meta = {
        key: value for key in ("link", "base_blog_url") if (value := _words(thread.meta.get(key)))
    }
    return Thread(
        _article(thread.article or Article(), people),
        [_comment(comment, people) for comment in thread.comments],
        source=_SOURCE,
        meta=meta,
    )


def holds(thread: Thread) -> tuple[str, ...]:
    """Return the reasons why reading what `serialize` writes would not give *thread* again.

    The result is empty where it would, but that the source may tell another version. O(n).

    >>> holds(as_held(Thread(None, [Comment("1", text="Hm.")])))
    ()
    >>> holds(as_held(Thread()).sorted("newest")), holds(Thread())[0]
    ((), 'article cannot be held')
    """
    held = as_held(thread)
    reasons = list(_differences(thread, held, ("comments", "article", "source"), ""))
    if thread.source is None or attrs.evolve(thread.source, version="1.2") != _SOURCE:
        reasons.append("source can only be wxr")
    if thread.article is None:
        reasons.insert(0, "article cannot be held")
    else:
        reasons += _differences(thread.article, held.article, (), "article: ")
    for one, other in zip(thread.comments, held.comments, strict=True):
        reasons += _differences(one, other, (), f"comment {shown(one.id)}: ")
    return tuple(reasons)


def _differences(one: object, other: object, without: Sequence[str], where: str) -> Iterator[str]:
    if one == other:
        return
    for field in attrs.fields(type(one)):  # type: ignore[arg-type]  # of the model
        name = field.name
        if name not in without and getattr(one, name) != getattr(other, name):
            yield f"{where}{name} cannot be held"


def _article(article: Article, people: People) -> Article:
    meta: dict[str, JsonValue] = {
        "comment_status": "open",
        "ping_status": "open",
        "status": "publish",
        "post_type": "post",
    }
    for key in (*OF_POST, "guid", "excerpt"):
        told = _trimmed(article.meta.get(key))
        if told and not (told == "0" and key in ("post_parent", "is_sticky")):
            meta[key] = told
    _keep_local("post_date", article.created_at, article.meta, meta)
    _keep_local("post_modified", article.edited_at, article.meta, meta)
    categories = [
        Meta({key: clean(value) if key != "name" else _words(value) for key, value in entry})
        for entry in categories_of(article)
    ]
    if categories:
        meta["category"] = tuple(categories)
    author = article.authors[0].name if article.authors else None
    found = people.of_post(_trimmed(author) or None)
    return Article(
        _words(article.title) or None,
        id=article.id,
        url=_trimmed(article.url) or None,
        authors=(found,) if found is not None else (),
        text=None if article.text is None else clean(article.text),
        text_format=TextFormat.HTML,
        created_at=_second(article.created_at),
        edited_at=_second(article.edited_at),
        site=_words(article.site) or None,
        language=_words(article.language) or None,
        tags={name for entry in categories if isinstance(name := entry["name"], str) and name},
        meta=meta,
    )


def _comment(comment: Comment, people: People) -> Comment:
    meta: dict[str, JsonValue] = {}
    approved = approved_of(comment)
    if approved != "1":
        meta["comment_approved"] = approved
    kind = kind_of(comment)
    if kind is not None and kind not in PINGS:
        meta["comment_type"] = kind
    plugins: dict[str, list[str]] = {}
    for key, value in comment_meta_of(comment):
        if not is_contact(clean(value)):
            plugins.setdefault(key, []).append(clean(value))
    if plugins:
        meta["commentmeta"] = single_or_all(plugins)
    _keep_local("comment_date", comment.created_at, comment.meta, meta)
    return Comment(
        comment.id,
        comment.parent_id,
        _author(comment.author, people),
        None if comment.text is None else clean(comment.text),
        text_format=TextFormat.HTML,
        created_at=_second(comment.created_at),
        status=Status(comment.status),
        tags=(kind,) if kind else (),
        meta=meta,
    )


def _author(author: Author | None, people: People) -> Author | None:
    if author is None:
        return None
    name = _trimmed(author.display_name or author.name)
    url = _trimmed(author.url)
    if url in ("http://", "https://"):
        url = ""
    return people.of_comment(name or None, author.id, url or None)


def _keep_local(
    name: str, time: dt.datetime | None, told: Meta, meta: dict[str, JsonValue]
) -> None:
    local = local_of(name, told)
    if local is None:
        return
    utc = time.astimezone(dt.UTC) if time is not None else None
    if utc is None or local != f"{utc.year:04}-{utc:%m-%d %H:%M:%S}":
        meta[name] = local


def _second(time: dt.datetime | None) -> dt.datetime | None:
    return None if time is None else time.astimezone(dt.UTC).replace(microsecond=0)


def _trimmed(value: object) -> str:
    return clean(value).strip() if isinstance(value, str) else ""


def _words(value: object) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""
