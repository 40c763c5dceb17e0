"""The article of a page: what readers see of it first, what machines get second."""

import re
from urllib.parse import urlsplit, urlunsplit

from ..._markup.html import UNSEEN
from ...model import Article, TextFormat
from .._phrases.headings import count_in, ends_in_count
from ._article_dates import BESIDE, SIDEBARS, ArticleDates
from ._byline import authors_of
from ._comment_finder import Item
from ._declarations import Declarations, Outside, words_of
from ._headline import HEADINGS, site_of, title_of
from ._page_index import word_set
from ._page_times import PageTimes

#: Classes of the element with the text: the first ones are surer.
#: ``entry-content`` is of hAtom, ``wp-block-`` of block themes, ``td-`` of Newspaper,
#: ``storycontent`` of the first theme of WordPress; the others are what themes make up.
_BODIES = (
    word_set(
        """entry-content wp-block-post-content post-content entry__content post__content
        post_content postcontent single-content article-content article__content post-entry
        post-body td-post-content storycontent article-body articlebody entry-body the-content
        blog-content m-post-content single-blog-content"""
    ),
    word_set("entry post-text content-inner text-content posttext entrytext"),
)
_BOXES = ("article", "div", "main", "section", "td")
_SUREST = ("entry-content", "wp-block-post-content")
#: What is in the element of an article's text and no part of it: comments, the buttons of Jetpack
#: (``sharedaddy``, ``jp-``), AddToAny, Shariff, Simple Share Buttons (``ssba``), Easy Social Share
#: (``essb``), Sassy Social Share (``heateor``), MashShare, Social Warfare (``swp``) and JNews
#: (``jeg``), the related posts of YARPP, Contextual Related Posts (``crp``) and WordPress Related
#: Posts (``wp_rp``), and the advertisements of wordpress.com (``wpcnt``).
_FURNITURE = word_set(
    """sharedaddy jp-relatedposts addtoany_share_save_container addtoany_content_bottom
    addtoany_content post-likes-widget-placeholder comment-respond comments-area commentlist
    comment-list shariff ssba essb_links heateor_sss_sharing_container mashsb-container
    swp_social_panel jeg_share_top_container jeg_share_bottom_container share-buttons
    social-share-buttons post-share yarpp yarpp-related crp_related wp_rp_wrap wpcnt"""
)
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
_LONGEST_CAPTION = 10_000  # characters of source
_LEAST_TEXT = 200  # characters of source in paragraphs that make an element the text


def language_of(head: Declarations) -> str | None:
    """Return the language of a page."""
    locale = head.first("og:locale", "content-language") or words_of(head.json_ld("inLanguage"))
    return head.language or (locale.replace("_", "-") if locale else None)


def article_of(
    outside: Outside, items: list[Item], dates: ArticleDates, times: PageTimes
) -> Article:
    """Return the article."""
    head = outside.head
    beside = outside.find("script", "style", classes=_FURNITURE, ids=_FORMS)
    gaps = sorted({*beside, *(item.node for item in items)})  # no part of it wherever they are
    is_list = head.is_list and not items
    body = None if is_list else _body(outside, gaps)
    meta: dict[str, object] = {}
    edited = head.first("article:modified_time", "og:updated_time") or words_of(
        head.json_ld("dateModified")
    )
    text = None
    if body is not None:
        inside = (gap for gap in gaps if body < gap < outside.tree.lasts[body])
        text = outside.page.source_without(body, inside).strip()
    return Article(
        title_of(outside),
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
        comment_count=_count(outside),
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
    return _PAGED.search(address.partition("#")[0].replace("?", "&")) is not None


def _id(outside: Outside) -> str | None:
    """Return the number of the post: what the body, the short link, the form or an id have."""
    if outside.head.post is not None:
        return outside.head.post
    match = _SHORT.search(outside.head.links.get("shortlink", "")[-60:])
    if match:
        return match[1]
    for attributes in map(outside.tree.attributes, outside.find("input")):
        value = attributes.get("value", "")
        if attributes.get("name") == "comment_post_ID" and value.isascii() and value.isdecimal():
            return value[:20]
    matches = map(_POST.fullmatch, outside.ids)
    return next((match[1] for match in matches if match), None)


def _body(outside: Outside, gaps: list[int]) -> int | None:
    """Return the element with the text: by its class, or as the one with the most paragraphs."""
    page, tree = outside.page, outside.tree
    likely = [
        *outside.find(classes=_BODIES[0]),
        *outside.find(properties=("articleBody",)),
        *outside.find(classes=_BODIES[1]),
    ]
    words = [
        text
        for text in (page.not_in(gaps, outside.texts) if likely else ())
        if tree.names[tree.parents[text]] not in UNSEEN and not tree.inner(text).isspace()
    ]
    surest = outside.find(classes=_SUREST)
    for node in likely:
        if tree.names[node] in _BOXES and page.holds_any(node, words):
            inner = (
                each for each in surest if page.is_in(each, node) and tree.names[each] in _BOXES
            )
            return next((each for each in inner if page.holds_any(each, words)), node)
    return _most_paragraphs(outside, gaps)


def _most_paragraphs(outside: Outside, gaps: list[int]) -> int | None:
    """Return the element with the most text in paragraphs, where that is enough for an article."""
    tree = outside.tree
    beside = sorted({*gaps, *outside.find(*BESIDE, classes=SIDEBARS)})
    sizes: dict[int, int] = {}
    for node in outside.page.not_in(beside, outside.find("p")):
        around = tree.parents[node]
        sizes[around] = sizes.get(around, 0) + tree.ends[node] - tree.starts[node]
    most = max(sizes, key=sizes.__getitem__, default=-1)
    return most if most >= 0 and sizes[most] >= _LEAST_TEXT else None


def _captions(outside: Outside, body: int) -> list[str]:
    captions = [
        outside.tree.string(node)
        for node in outside.find("figcaption", classes=("wp-caption-text",))
        if outside.page.is_in(node, body) and outside.page.size(node) <= _LONGEST_CAPTION
    ]
    return [text for text in captions if text]


def _count(outside: Outside) -> int | None:
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
    return next((number for number in numbers if number is not None), None)


def _tags(outside: Outside) -> set[str]:
    printed = {
        outside.tree.string(node)
        for node in outside.find("a")
        if outside.page.size(node) <= _LONGEST_HEADING
        and "tag" in outside.page.attribute(node, "rel").lower().split()
    }
    return printed.union(outside.head.meta.get("article:tag", ())) - {""}
