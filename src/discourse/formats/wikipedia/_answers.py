"""Read responses of MediaWiki's APIs that have the text or the items of talk pages."""

from collections.abc import Mapping

from ...errors import ParseError, Place, shown
from ...model import Meta
from .._kit import Builder, Node, documents
from ._page_reader import PageReader
from ._page_threads import Page
from ._thread_items import read_items


def read_answers(text: str, reader: PageReader) -> None:
    """Read one response of the API, or several in a row."""
    for path, value in documents(text, reader.builder.log):
        if isinstance(value, list):
            nodes = reader.builder.nodes(value, path)
            if not any(_is_item(node) for node in nodes):
                raise ParseError("no item in this array is from a talk page", Place(path=path))
            read_items(nodes, reader.builder, Page())
        else:
            _read(reader.builder.node(value, path), reader)


def _read(answer: Node, reader: PageReader) -> None:
    if "discussiontoolspageinfo" in answer:
        info = answer.inner("discussiontoolspageinfo")
        read_items(info.nodes("threaditemshtml"), reader.builder, Page())
    elif "parse" in answer:
        _page(answer.inner("parse"), reader)
    elif "query" in answer:
        query = answer.inner("query")
        for page in reader.builder.items(_pages_of(query, reader.builder)):
            _queried(page, reader)
    elif "source" in answer or "html" in answer:
        _page(answer, reader)
    elif _is_item(answer):
        read_items([answer], reader.builder, Page())
    elif "error" in answer:
        error = answer.inner("error")
        message = f"the API returned an error, {shown(error.data.get('code'))}"
        reader.builder.log.add("error-object", message, values=(error.data,))
    else:
        message = "not a response of MediaWiki's API with a talk page"
        raise ParseError(message, answer.place())
    if "continue" in answer:
        message = "the response continues: there are more pages or revisions"
        reader.builder.log.add("more-pages", message, values=(answer.data["continue"],))


def _page(node: Node, reader: PageReader) -> None:
    """Read a page as parsed by the API, or from the REST API."""
    page = _known(node)
    wikitext = _content(node, "wikitext") or node.text("source")
    html = _content(node, "text") if wikitext is None else None
    if wikitext is not None:
        reader.wikitext(wikitext, page)
    elif html or (html := node.text("html")):
        reader.html(html, page)
    else:
        message = "a response without the text of a page"
        reader.builder.log.add("no-text", message, values=(node.data,), place=node.place())


def _queried(node: Node, reader: PageReader) -> None:
    revisions = node.nodes("revisions")
    if not revisions:
        reader.builder.skip(node, "no-text", "a page without a revision")
        return
    revision = max(revisions, key=lambda each: str(each.data.get("timestamp", "")))
    main = revision.inner("slots").inner("main")
    text = next(
        (
            value
            for each in (main, revision)
            for key in ("content", "*")
            if type(value := each.data.get(key)) is str
        ),
        None,
    )
    if text is None:
        reader.builder.skip(node, "no-text", "a page whose revision has no text")
        return
    reader.builder.done(node)
    reader.wikitext(text, _known(node, revision))


def _is_item(node: Node) -> bool:
    return node.data.get("type") in ("heading", "comment") and "id" in node


def _pages_of(query: Node, builder: Builder) -> list[Node]:
    """Return the pages of a response: an array or an object, depending on the API's version."""
    pages = query.data.get("pages")
    if isinstance(pages, Mapping):
        return builder.nodes([*pages.values()], f"{query.path}.pages")
    return query.nodes("pages")


def _content(node: Node, key: str) -> str | None:
    """Return a text: a string or in an object, depending on the API's version."""
    if isinstance(node.data.get(key), Mapping):
        return node.inner(key).text("*")
    return node.text(key)


def _known(node: Node, revision: Node | None = None) -> Page:
    """Return the fields of a page other than its text."""
    meta = {key: node.data[key] for key in ("pageid", "ns", "revid") if _is_whole(node, key)}
    if revision is not None:
        for key in ("revid", "timestamp"):
            if isinstance(revision.data.get(key), int | str):
                meta[key] = revision.data[key]
    url = node.label("canonicalurl") or node.label("fullurl")
    return Page(title=node.label("title"), url=url, meta=Meta(meta))


def _is_whole(node: Node, key: str) -> bool:
    return type(node.data.get(key)) is int
