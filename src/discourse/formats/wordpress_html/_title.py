"""The title of an article, and the name of its site."""

from collections.abc import Mapping

from ..._markup.html import unescape
from ._head import Outside, words_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLES = (
    "entry-title", "post-title", "wp-block-post-title", "posttitle", "post_title", "article-title",
    "storytitle", "article__title", "single-title", "single-post-title", "blogpost_title",
    "title-post", "entry__title", "page-title", "content-title", "article-headline",
    "tdb-title-text", "post__title",
)  # fmt: skip
_SITES = frozenset(("site-title", "logo", "blog-title", "site-name", "site-branding", "blogname"))
_LONGEST = 1000
_SURE = 8  # letters of a heading that is a title because the page's own title has it
_BARS = ("|", "-", "–", "—", "»", "«", "•", "·", ":")


def title_of(outside: Outside) -> str | None:
    """Return the heading that is the title; or what machines are told it is.

    A heading is the title if its class says so, or if the page's own title has it; an ``h1`` sooner
    than others. Of headings that are as likely, the longest is no name of the site.
    """
    head, tree = outside.head, outside.page.tree
    shared = words_of(head.first("og:title", "twitter:title"))
    whole = _letters(f"{head.title or ''} {shared or ''}")
    site = _letters(head.first("og:site_name") or "")
    best: tuple[tuple[int, int], str] | None = None
    for node in outside.named(*HEADINGS[:3]):
        if tree.closes[node] - tree.opens[node] > 5 * _LONGEST or _is_site_name(outside, node):
            continue
        text = tree.string(node)
        letters = _letters(text)
        if not letters or len(text) > _LONGEST or letters == site:
            continue
        marked = _is_marked(outside, node)
        likely = _likely(tree.names[node], letters, letters in whole or not whole, marked=marked)
        rank = (likely, 0 if marked else -len(letters))
        if likely and (best is None or rank < best[0]):
            best = (rank, text)
    if best is not None:
        return best[1]
    told = shared or words_of(head.told("headline")) or words_of(head.title)
    return _without_site(told, site) if told else None


def _likely(name: str, letters: str, is_told: bool, *, marked: bool) -> int:  # noqa: FBT001 - a fact
    """Return 1 for the likeliest titles, more for others, 0 for what is none."""
    if marked and is_told:
        return 1
    if name == "h1":
        return 2 if marked or is_told else 0
    return 3 if is_told and len(letters) >= _SURE and name == "h2" else 0


def _is_marked(outside: Outside, node: int) -> bool:
    kind = outside.page.attribute(node, "itemprop") or ""
    return outside.page.has(node, *_TITLES) or "headline" in kind.split()


def _is_site_name(outside: Outside, node: int) -> bool:
    page = outside.page
    return not _SITES.isdisjoint({*page.classes(node), page.attribute(node, "id") or ""})


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
    head, tree = outside.head, outside.page.tree
    told = head.by_id(head.told("publisher"))
    name = told.get("name") if isinstance(told, Mapping) else None
    found = words_of(head.first("og:site_name", "application-name")) or words_of(name)
    if found is not None:
        return found
    for node in outside.nodes:
        if _is_site_name(outside, node) and tree.closes[node] - tree.opens[node] < 5 * _LONGEST:
            text = tree.string(node)
            if text and len(text) <= _LONGEST:
                return text
    return None
