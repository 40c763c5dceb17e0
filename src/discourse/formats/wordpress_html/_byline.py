"""Who wrote the article: the byline first, what machines get second."""

import re
from collections.abc import Mapping

import attrs

from ...model import Article, Author, Comment
from ._declarations import Outside, words_of
from ._page_index import word_set

#: What is around a name in a byline: classes of default themes, hCard's ``vcard``, block themes.
_BYLINES = word_set(
    """byline entry-author post-author author wp-block-post-author-name author-name vcard
    entry-meta-author post-meta entry-meta post_author"""
)
_BY = re.compile(
    r"^(?:(?:posted|written|published|geschrieben|veröffentlicht|publié|écrit|publicado|escrito|"
    r"scritto|pubblicato|geplaatst|geschreven)\s{1,3})?(?:by|von|par|por|di|da|door|av|af|przez)"
    r"(?:\s{1,3}|:\s{0,3}|$)|^(?:author|autor|auteur|autore|автор|text)\s?:\s{0,3}",
    re.IGNORECASE,
)
#: Elements whose text is a byline, with a link in it or none: of default themes (``byline``), of
#: themes for newspapers. What follows the name there is a date, or is behind a separator.
_PRINTED = word_set(
    """byline posted-by entry-byline post-byline meta-author post-author entry-author
    article-author article__author"""
)
_AFTER_NAME = re.compile(r"\s{0,3}(?:[|·•/,–—(0-9]|\s(?:on|am|le|el|il|op|den|dia)\s).{0,250}$")
#: WordPress core's address of all that a user wrote.
_NICENAME = re.compile(r"/author/([^/?#\s]{1,200})/?(?:[?#].{0,200})?$")
_LONGEST = 250
_LEVELS = 4


def authors_of(outside: Outside) -> list[Author]:
    """Return the authors that readers see, with what machines get about the same people."""
    declared = outside.head.json_ld("author")
    values = declared if isinstance(declared, list) else [declared]
    people = [person for value in values if (person := _person(outside, value)) is not None]
    shown = _shown(outside)
    if shown is None:
        return people or _declared(outside)
    if all(shown.name != person.name for person in people):
        return [shown]
    return [
        attrs.evolve(person, id=person.id or shown.id, url=person.url or shown.url)
        if person.name == shown.name
        else person
        for person in people
    ]


def _declared(outside: Outside) -> list[Author]:
    """Return the author in a ``meta`` tag."""
    head = outside.head
    name = head.first("author", "article:author")
    if name is None and head.first("twitter:label1"):
        name = head.first("twitter:data1")  # Yoast SEO: "Written by", in the site's language
        if name is not None and any(map(str.isdigit, name)):
            return []  # "Est. reading time"
    name = words_of(name)
    return [Author(name)] if name and "://" not in name and len(name) <= _LONGEST else []


def _shown(outside: Outside) -> Author | None:
    """Return the author in the byline."""
    page, tree = outside.page, outside.tree
    links = [
        node
        for node in outside.find("a")
        if not page.has(node, "author-link")  # "View all posts by", in Twenty Twelve and later
    ]
    for node in (
        *(node for node in outside.find(classes=("fn",)) if _is_in_byline(outside, node)),
        *(node for node in links if "author" in page.attribute(node, "rel").lower().split()),
        *outside.find(classes=("wp-block-post-author-name", "entry-author-name", "author-name")),
        *(node for node in outside.find(classes=("author",)) if page.has(node, "vcard")),
        *(
            node
            for node in links
            if _NICENAME.search(page.attribute(node, "href")[-400:])
            and _is_in_byline(outside, node)
        ),
        *(node for node in outside.find(classes=_PRINTED) if tree.names[node] != "body"),
    ):
        if page.size(node) > 10 * _LONGEST:
            continue
        name = _BY.sub("", _name_in(outside, node), count=1).strip()
        if not _PRINTED.isdisjoint(page.classes[node]):
            name = _AFTER_NAME.sub("", name, count=1)
        if name and len(name) <= _LONGEST:
            return _author(name, _link(outside, node))
    return None


def _name_in(outside: Outside, node: int) -> str:
    """Return the text of a byline; where a link and a date are in it, the link's."""
    tree = outside.tree
    text = tree.string(node)
    if tree.names[node] != "a" and any(map(str.isdigit, text)):
        inside = (at for at in range(node + 1, tree.lasts[node]) if tree.names[at] == "a")
        links = (tree.string(at) for at in inside if outside.page.attribute(at, "href"))
        return next((name for name in links if name and name in text), text)
    return text


def _link(outside: Outside, node: int) -> str | None:
    """Return the address of a byline's link, which is the element, in it or around it."""
    tree = outside.tree
    for at in (node, tree.parents[node], *range(node + 1, min(tree.lasts[node], node + 8))):
        if at >= 0 and tree.names[at] == "a":
            return outside.page.attribute(at, "href").strip() or None
    return None


def _is_in_byline(outside: Outside, node: int) -> bool:
    for _ in range(_LEVELS):
        node = outside.tree.parents[node]
        if node < 0:
            return False
        if not _BYLINES.isdisjoint(outside.page.classes[node]):
            return True
    return False


def _author(name: str, address: str | None) -> Author:
    """Return an author, whom WordPress names in the address of the author's page."""
    match = _NICENAME.search(address[-400:]) if address else None
    url = address if address and "://" in address[:12] else None
    return Author(name, match[1] if match else None, url=url)


def _person(outside: Outside, value: object) -> Author | None:
    """Return an author of the JSON-LD."""
    value = outside.head.resolved(value)
    if isinstance(value, str):
        name = words_of(value)
        return Author(name[:_LONGEST]) if name and "://" not in name else None
    if not isinstance(value, Mapping):
        return None
    name = words_of(value.get("name"))
    if name is None:
        return None
    image = outside.head.resolved(value.get("image"))
    return attrs.evolve(
        _author(name[:_LONGEST], words_of(value.get("url"))),
        avatar_url=words_of(image.get("url")) if isinstance(image, Mapping) else None,
        bio=words_of(value.get("description")),
    )


def with_one_author(article: Article, rows: list[Comment]) -> tuple[Article, list[Comment]]:
    """Let article and comments agree on its author, where comments are marked as the author's."""
    writers = {row.author.key: row.author for row in rows if row.author and "by-author" in row.tags}
    if len(writers) != 1 or len(article.authors) > 1:
        return article, rows
    (writer,) = writers.values()
    if not article.authors:
        return attrs.evolve(article, authors=(writer,)), rows
    (first,) = article.authors
    if first.name != writer.name:
        return article, rows
    id = first.id or writer.id
    author = attrs.evolve(
        first,
        id=id,
        url=first.url or writer.url,
        avatar_url=first.avatar_url or writer.avatar_url,
    )
    if writer.id != id:
        rows = [
            attrs.evolve(row, author=attrs.evolve(row.author, id=id))
            if row.author and "by-author" in row.tags
            else row
            for row in rows
        ]
    return attrs.evolve(article, authors=(author,)), rows
