"""List all texts of a thread, each with the name of its field."""

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Article, Author, Meta, TextFormat
from ..thread import Thread


class Place(NamedTuple):
    """A text of a thread."""

    comment_id: str | None
    field: str
    text: str
    text_format: TextFormat | None
    """The markup if it is prose; None for URLs, ids and the source's keys."""
    is_name: bool = False
    """Whether it is the whole name of a person."""


def places(thread: Thread) -> Iterator[Place]:
    """Yield every non-empty text that may contain a name. O(n).

    It excludes enumerations and the language, and the platform, format, version and digest of the
    source.
    """
    for place in _all(thread):
        if place.text:
            yield place


def _all(thread: Thread) -> Iterator[Place]:
    if thread.article is not None:
        yield from _of_article(thread.article)
    for comment in thread.comments:
        id = comment.id
        yield Place(id, "id", id, None)
        if comment.author is not None:
            yield from _of_author(id, "author", comment.author)
        yield Place(id, "text", comment.text or "", comment.text_format)
        yield Place(id, "title", comment.title or "", TextFormat.TEXT)
        yield Place(id, "url", comment.url or "", None)
        for tag in comment.tags:
            yield Place(id, "tags", tag, TextFormat.TEXT)
        yield from _of_meta(id, "meta", comment.meta)
    for n, stub in enumerate(thread.stubs):
        for missing in stub.ids:
            yield Place(None, f"stubs[{n}].ids", missing, None)
        yield Place(None, f"stubs[{n}].cursor", stub.cursor or "", None)
    if thread.source is not None:
        yield Place(None, "source.url", thread.source.url or "", None)
    yield from _of_meta(None, "meta", thread.meta)


def _of_article(article: Article) -> Iterator[Place]:
    yield Place(None, "article.title", article.title or "", TextFormat.TEXT)
    yield Place(None, "article.id", article.id or "", None)
    yield Place(None, "article.url", article.url or "", None)
    for n, author in enumerate(article.authors):
        yield from _of_author(None, f"article.authors[{n}]", author)
    yield Place(None, "article.text", article.text or "", article.text_format)
    for n, caption in enumerate(article.captions):
        yield Place(None, f"article.captions[{n}]", caption, TextFormat.TEXT)
    yield Place(None, "article.site", article.site or "", TextFormat.TEXT)
    for tag in article.tags:
        yield Place(None, "article.tags", tag, TextFormat.TEXT)
    yield from _of_meta(None, "article.meta", article.meta)


def _of_author(id: str | None, field: str, author: Author) -> Iterator[Place]:
    yield Place(id, f"{field}.name", author.name or "", TextFormat.TEXT, is_name=True)
    yield Place(id, f"{field}.id", author.id or "", TextFormat.TEXT, is_name=True)
    yield Place(
        id, f"{field}.display_name", author.display_name or "", TextFormat.TEXT, is_name=True
    )
    yield Place(id, f"{field}.url", author.url or "", None)
    yield Place(id, f"{field}.avatar_url", author.avatar_url or "", None)
    yield Place(id, f"{field}.bio", author.bio or "", TextFormat.TEXT)
    yield from _of_meta(id, f"{field}.meta", author.meta)


def _of_meta(id: str | None, field: str, meta: Meta) -> Iterator[Place]:
    """Yield the keys and strings of a meta, at all levels, in no particular order."""
    pending: list[tuple[str, object]] = [(field, meta)] if meta else []
    while pending:
        path, value = pending.pop()
        if isinstance(value, str):
            yield Place(id, path, value, TextFormat.TEXT)
            yield Place(id, path, value, None)
        elif isinstance(value, Meta):
            for key, inner in value.items():
                yield Place(id, f"{path}.{key}", key, None)
                pending.append((f"{path}.{key}", inner))
        elif isinstance(value, tuple):
            pending += [(f"{path}[{n}]", inner) for n, inner in enumerate(value)]
