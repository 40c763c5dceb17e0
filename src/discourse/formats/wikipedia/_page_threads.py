"""Provide `PageThreads`, which builds a thread from each section of a page."""

import datetime as dt

import attrs

from ..._markup.local_times import LOCAL
from ...model import EMPTY, Article, Author, Comment, Meta, TextFormat
from .._kit import Builder


@attrs.frozen
class Heading:
    """The beginning of a section."""

    level: int
    title: str
    anchor: str
    """Its anchor in addresses."""


@attrs.frozen
class Signature:
    """The author and time of a comment."""

    user: str | None
    time: dt.datetime | None
    """Naive if the zone is unknown."""
    written: str = ""
    """The time as written."""
    display_name: str | None = None


@attrs.frozen(kw_only=True)
class Page:
    """Metadata of a page."""

    title: str | None = None
    url: str | None = None
    meta: Meta = EMPTY


class PageThreads:
    """Passes the sections and comments of one page to a builder."""

    def __init__(self, builder: Builder, page: Page, text_format: TextFormat) -> None:
        self._builder = builder
        self._page = page
        self._format = text_format

    def section(
        self,
        id: str,
        heading: Heading | None,
        *,
        text: str | None = None,
        above: str | None = None,
        count: int | None = None,
        item: object = None,
        meta: Meta = EMPTY,
    ) -> None:
        """Add a section, under a heading or at the beginning of the page.

        Args:
            id: Its id.
            heading: The heading.
            text: The unsigned text, in a section without comments.
            above: The id of the enclosing section.
            count: How many comments the source claims.
            item: The item for the builder to count.
            meta: Other fields of the source.
        """
        page = self._page
        more: dict[str, object] = {**meta}
        if heading is not None:
            more["headingLevel"] = heading.level
        if above is not None:
            more["parent"] = above
        anchor = f"#{heading.anchor}" if heading is not None and heading.anchor else ""
        article = Article(
            page.title if heading is None else heading.title or None,
            id=id,
            url=None if page.url is None else page.url + anchor,
            text=text,
            text_format=TextFormat.TEXT if text is None else self._format,
            site=page.title,
            comment_count=count,
            meta=Meta(more),
        )
        key = self._key(id)
        self._builder.article(item, article, key)
        thread = self._builder.thread(key)
        thread.url, thread.meta = page.url, page.meta

    def comment(
        self,
        section: str,
        id: str,
        parent: str | None,
        signature: Signature | None,
        text: str | None,
        *,
        item: object = None,
        meta: Meta = EMPTY,
    ) -> None:
        """Add a comment in a section."""
        author, time = None, None
        if signature is not None:
            if signature.user is not None:
                author = Author(signature.user, display_name=signature.display_name)
            time = signature.time
            if time is not None and time.tzinfo is None:
                self._builder.local_times.append(id)
                meta = Meta({**meta, "timestamp": signature.written, LOCAL: time.isoformat()})
                time = None
        url = self._page.url
        comment = Comment(
            id,
            parent,
            author,
            text,
            text_format=self._format,
            created_at=time,
            url=None if url is None else f"{url}#{id}",
            meta=meta,
        )
        self._builder.comment(item, comment, self._key(section))

    def unsigned(self, text: str, *, is_lead: bool = False) -> None:
        """Report text that is not part of any comment."""
        where = "before the first heading" if is_lead else "after the last comment of a section"
        message = f"text {where} is not signed: left out"
        self._builder.log.add("unsigned-text", message, values=(text,))

    def _key(self, section: str) -> str:
        return f"{self._page.title or ''}#{section}"
