"""The article of a page: what readers see of it first, what machines get second."""

import re
from urllib.parse import urlsplit, urlunsplit

from ...model import Article, TextFormat
from .._phrases.headings import count_in, ends_in_count
from ._article_body import source_of
from ._article_dates import ArticleDates
from ._byline import authors_of
from ._comment_finder import Item
from ._declarations import Declarations, Outside, words_of
from ._headline import HEADINGS, site_of, title_of
from ._page_index import word_set
from ._page_times import PageTimes

#: What is no part of a text wherever it is: the form for comments and their list.
_COMMENTS = word_set("comment-respond comments-area commentlist comment-list")
_FORMS = ("comments", "respond", "commentform")
#: Headings with a number of comments: of default themes, of wpDiscuz, and of block themes.
_COUNTS = word_set(
    """comments-title comments-heading comments-number comment-count comments-count comments-link
    comment-title comments_title wpd-thread-info wpdiscuz-comment-count wp-block-comments-title"""
)
#: WordPress core's addresses: a page of comments, an article by its number.
_PAGED = re.compile(r"/comment-page-[0-9]{1,9}(?=/|$)|(?<![^?&])cpage=[0-9]{1,9}(?:&|$)")
_SHORT = re.compile(r"[?&]p(?:age_id)?=([0-9]{1,12})$")
_POST = re.compile(r"post-([0-9]{1,12})")
_LONGEST_HEADING = 3000
_ABOVE = 40  # elements and texts above the first comment that may count the comments
_LONGEST_CAPTION = 10_000  # characters of source


def language_of(head: Declarations) -> str | None:
    """Return the language of a page."""
    locale = head.first("og:locale", "content-language") or words_of(head.json_ld("inLanguage"))
    return head.language or (locale.replace("_", "-") if locale else None)


def article_of(
    outside: Outside, items: list[Item], dates: ArticleDates, times: PageTimes
) -> Article:
    """Return the article."""
    head = outside.head
    beside = outside.find("script", "style", classes=_COMMENTS, ids=_FORMS)
    gaps = sorted({*beside, *(item.node for item in items)})  # no part of it wherever they are
    is_list = head.is_list and not items
    title = title_of(outside)
    text, body = (None, None) if is_list else source_of(outside, gaps, title)
    meta: dict[str, object] = {}
    edited = head.first("article:modified_time", "og:updated_time") or words_of(
        head.json_ld("dateModified")
    )
    return Article(
        title,
        id=None if is_list else _id(outside),
        url=url_of(outside),
        authors=authors_of(outside),
        text=text,
        text_format=TextFormat.HTML,
        captions=_captions(outside, body) if body is not None else (),
        created_at=times.of_article(dates.stamp, dates.declared, lambda: dates.printed, meta),
        edited_at=times.of_edit(edited, meta) if edited else None,
        site=site_of(outside),
        language=language_of(head),
        comment_count=_count(outside, items),
        tags=_tags(outside),
        meta=meta,
    )


def url_of(outside: Outside) -> str | None:
    """Return the address of the article, whichever page of its comments this is."""
    address = outside.head.links.get("canonical") or outside.head.first("og:url")
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    path = _PAGED.sub("", parts.path)
    query = _PAGED.sub("", parts.query).rstrip("&")
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def is_other_page(address: str) -> bool:
    """Whether an address is another page of the same comments."""
    if "comment-page-" not in address and "cpage=" not in address:
        return False
    return _PAGED.search(address.partition("#")[0].replace("?", "&")) is not None


def _id(outside: Outside) -> str | None:
    """Return the number of the post: what the body, the short link, the form or an id have."""
    if outside.head.post is not None:
        return outside.head.post
    match = _SHORT.search(outside.head.links.get("shortlink", "")[-60:])
    if match:
        return match[1]
    for attributes in map(outside.page.attributes.__getitem__, outside.find("input")):
        value = attributes.get("value", "")
        if attributes.get("name") == "comment_post_ID" and value.isascii() and value.isdecimal():
            return value[:20]
    matches = map(_POST.fullmatch, outside.ids)
    return next((match[1] for match in matches if match), None)


def _captions(outside: Outside, body: int) -> list[str]:
    captions = [
        outside.tree.string(node)
        for node in outside.find("figcaption", classes=("wp-caption-text",))
        if outside.page.is_in(node, body) and outside.page.size(node) <= _LONGEST_CAPTION
    ]
    return [text for text in captions if text]


def _count(outside: Outside, items: list[Item]) -> int | None:
    """Return how many comments the page claims: to readers, else to machines."""
    tree, size = outside.tree, outside.page.size
    marked = [n for n in outside.find(classes=_COUNTS) if size(n) <= _LONGEST_HEADING]
    headings = (*outside.find(*HEADINGS), *outside.find(ids=("comments-title",)))
    for node in (*marked, *(node for node in headings if size(node) <= _LONGEST_HEADING)):
        number = count_in(tree.string(node))[1]
        if number is not None:
            return number
    declared = outside.head.json_ld("commentCount")
    if isinstance(declared, str) and declared.isascii() and declared.isdecimal():
        if len(declared) < 12:
            return int(declared)
    elif type(declared) is int and 0 <= declared < 2**53:
        return declared
    numbers = (ends_in_count(tree.string(node)) for node in marked)
    number = next((number for number in numbers if number is not None), None)
    return number if number is not None else _count_above(outside, items)


def _count_above(outside: Outside, items: list[Item]) -> int | None:
    """Return the number in a line just above the first comment: "{ 38 comments }" of Thesis."""
    tree = outside.tree
    if not items:
        return None
    for node in range(items[0].node - 1, max(items[0].node - _ABOVE, 0), -1):
        if tree.names[node] and outside.page.size(node) <= _LONGEST_HEADING:
            number = count_in(tree.string(node).strip("{} "))[1]
            if number is not None:
                return number
    return None


def _tags(outside: Outside) -> set[str]:
    printed = {
        outside.tree.string(node)
        for node in outside.find("a")
        if "tag" in outside.page.attribute(node, "rel").lower().split()
        and outside.page.size(node) <= _LONGEST_HEADING
    }
    return printed.union(outside.head.meta.get("article:tag", ())) - {""}
