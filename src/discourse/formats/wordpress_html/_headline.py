"""The title of an article, and the name of its site."""

from collections.abc import Mapping

from ..._markup.html import unescape
from ._declarations import Outside, words_of
from ._page_index import word_set

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: ``entry-title`` is of the microformat hAtom, which most themes print; ``storytitle`` of the
#: first theme of WordPress, ``wp-block-`` of block themes, ``tdb-`` of Newspaper's builder.
_TITLES = word_set(
    """entry-title post-title wp-block-post-title posttitle post_title article-title storytitle
    article__title single-title single-post-title blogpost_title title-post entry__title
    page-title content-title article-headline tdb-title-text post__title"""
)
_SITES = ("site-title", "logo", "blog-title", "site-name", "site-branding", "blogname")
_LONGEST = 1000
_SURE = 8  # letters of a heading that is a title because the page's own title has it
_BARS = ("|", "-", "–", "—", "»", "«", "•", "·", ":")


def title_of(outside: Outside) -> str | None:
    """Return the heading that is the title; or what machines get as the title.

    A heading is the title if its class says so, or if the page's own title has it; an ``h1`` sooner
    than others. Of headings that are as likely, the longest is no name of the site.
    """
    page, tree, head = outside.page, outside.tree, outside.head
    shared = words_of(head.first("og:title", "twitter:title"))
    declared = _letters(f"{head.title or ''} {shared or ''}")
    site = _letters(head.first("og:site_name") or "")
    names_of_site = set(outside.find(classes=_SITES, ids=_SITES))
    best: tuple[tuple[int, int], str] | None = None
    for node in outside.find(*HEADINGS[:3]):
        if page.size(node) > 5 * _LONGEST or node in names_of_site:
            continue
        text = tree.string(node)
        letters = _letters(text)
        if not letters or len(text) > _LONGEST or letters == site:
            continue
        is_marked = not page.classes[node].isdisjoint(_TITLES)
        is_marked = is_marked or "headline" in page.properties.get(node, "").split()
        is_declared = letters in declared or not declared
        if is_marked and is_declared:
            rank = 1
        elif tree.names[node] == "h1" and (is_marked or is_declared):
            rank = 2
        elif tree.names[node] == "h2" and is_declared and len(letters) >= _SURE:
            rank = 3
        else:
            continue
        key = (rank, 0 if is_marked else -len(letters))
        if best is None or key < best[0]:
            best = (key, text)
    if best is not None:
        return best[1]
    title = shared or words_of(head.json_ld("headline")) or words_of(head.title)
    return _without_site(title, site) if title else None


def _letters(text: str) -> str:
    """Return what two spellings of a title have in common."""
    return "".join(char for char in unescape(text).casefold() if char.isalnum())


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of the site behind it."""
    words = title.split()
    for at in range(len(words) - 1, 0, -1):
        if words[at] in _BARS:
            tail = _letters(" ".join(words[at + 1 :]))
            return " ".join(words[:at]) if tail and site.startswith(tail) else title
    return title


def site_of(outside: Outside) -> str | None:
    """Return the name of the site."""
    head, tree = outside.head, outside.tree
    publisher = head.resolved(head.json_ld("publisher"))
    name = publisher.get("name") if isinstance(publisher, Mapping) else None
    declared = words_of(head.first("og:site_name", "application-name")) or words_of(name)
    if declared is not None:
        return declared
    for node in outside.find(classes=_SITES, ids=_SITES):
        text = tree.string(node) if outside.page.size(node) < 5 * _LONGEST else ""
        if text and len(text) <= _LONGEST:
            return text
    return None
