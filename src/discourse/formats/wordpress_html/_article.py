"""The article of a page: what readers see of it first, what machines are told second."""

import datetime as dt
import re
from bisect import bisect_left
from urllib.parse import urlsplit, urlunsplit

from ..._markup.html import UNSEEN
from ...model import Article, TextFormat
from .._phrases.headings import count_in, ends_in_count
from ._byline import authors_of
from ._find import Item
from ._head import Outside, words_of
from ._times import Clock
from ._title import HEADINGS, site_of, title_of

_BODIES = (
    ("entry-content", "wp-block-post-content", "post-content", "entry__content", "post__content",
     "post_content", "postcontent", "single-content", "article-content", "article__content",
     "post-entry", "post-body", "td-post-content", "storycontent", "article-body", "articlebody",
     "entry-body", "the-content", "blog-content", "m-post-content", "single-blog-content"),
    ("entry", "post-text", "content-inner", "text-content", "posttext", "entrytext"),
)  # fmt: skip
_BOXES = ("article", "div", "main", "section", "td")
_SUREST = ("entry-content", "wp-block-post-content")
#: What is in the element of an article's text and no part of it: comments, buttons of plugins that
#: share, lists of related posts.
_FURNITURE = (
    "sharedaddy", "jp-relatedposts", "addtoany_share_save_container", "addtoany_content_bottom",
    "addtoany_content", "post-likes-widget-placeholder", "comment-respond", "comments-area",
    "commentlist", "comment-list", "shariff", "ssba", "essb_links", "heateor_sss_sharing_container",
    "mashsb-container", "swp_social_panel", "jeg_share_top_container", "jeg_share_bottom_container",
    "share-buttons", "social-share-buttons", "post-share", "yarpp", "yarpp-related", "crp_related",
    "wp_rp_wrap", "wpcnt",
)  # fmt: skip
#: Elements around paragraphs that are no article's.
_BESIDE = ("aside", "footer", "form", "nav")
_SIDEBARS = ("widget", "widget-area", "sidebar", "breadcrumb", "breadcrumbs")
_DATES = (
    "entry-date", "published", "post-date", "entry-time", "date", "post_date", "entry__date",
    "article-date", "wp-block-post-date", "post-time",
)  # fmt: skip
_COUNTS = (
    "comments-title", "comments-heading", "comments-number", "comment-count", "comments-count",
    "comments-link", "comment-title", "comments_title", "wpd-thread-info",
    "wpdiscuz-comment-count", "wp-block-comments-title",
)  # fmt: skip
_PAGED = re.compile(r"/comment-page-[0-9]{1,9}(?=/|$)|(?<![^?&])cpage=[0-9]{1,9}(?:&|$)")
_POST = re.compile(r"post-([0-9]{1,12})")
_SHORT = re.compile(r"[?&]p(?:age_id)?=([0-9]{1,12})$")
_LONGEST_HEADING = 3000
_LONGEST_CAPTION = 10_000  # characters of source
_LEAST_TEXT = 200  # characters of source in paragraphs that make an element the text


def article_of(outside: Outside, items: list[Item], clock: Clock) -> Article:
    """Return the article."""
    head = outside.head
    gaps = _gaps(outside, items)
    is_list = not items and outside.head.is_list
    body = None if is_list else _body(outside, gaps)
    meta: dict[str, object] = {}
    edited = head.first("article:modified_time", "og:updated_time") or words_of(
        head.told("dateModified")
    )
    return Article(
        title_of(outside),
        id=None if is_list else _id(outside),
        url=url_of(outside),
        authors=authors_of(outside),
        text=_source(outside, body, gaps) if body is not None else None,
        text_format=TextFormat.HTML,
        captions=_captions(outside, body) if body is not None else (),
        created_at=_created(outside, clock, meta),
        edited_at=clock.time(edited, is_utc=True) if edited else None,
        site=site_of(outside),
        language=_language(outside),
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
    if outside.head.post is not None:
        return outside.head.post
    match = _SHORT.search(outside.head.links.get("shortlink", "")[-60:])
    if match:
        return match[1]
    for node in outside.named("input"):
        found = outside.page.tree.attributes(node)
        value = found.get("value", "")
        if found.get("name") == "comment_post_ID" and value.isascii() and value.isdecimal():
            return value[:20]
    ids = (_POST.fullmatch(outside.page.attribute(node, "id") or "") for node in outside.nodes)
    return next((match[1] for match in ids if match), None)


def _gaps(outside: Outside, items: list[Item]) -> list[int]:
    """Return what is no part of the article wherever it stands: comments and buttons, in order."""
    found = {*outside.with_class(*_FURNITURE), *(item.node for item in items)}
    found.update(outside.named("script", "style"))
    return sorted(found.union(outside.with_id("comments", "respond", "commentform")))


def _body(outside: Outside, gaps: list[int]) -> int | None:
    """Return the element with the text: by its class, or as the one with the most paragraphs."""
    page, tree = outside.page, outside.page.tree
    likely = outside.with_class(*_BODIES[0])
    likely += [n for n in outside.nodes if page.attribute(n, "itemprop") == "articleBody"]
    likely += outside.with_class(*_BODIES[1])
    words = _words(outside, gaps) if likely else []
    for node in likely:
        place = bisect_left(words, node)
        if tree.names[node] in _BOXES and place < len(words) and words[place] < tree.lasts[node]:
            return _surest(outside, node, words)
    return _most_paragraphs(outside, gaps)


def _surest(outside: Outside, node: int, words: list[int]) -> int:
    """Return the element in another whose class is used for nothing but the text of an article."""
    page, tree = outside.page, outside.page.tree
    if page.has(node, *_SUREST):
        return node
    for inner in outside.with_class(*_SUREST):
        place = bisect_left(words, inner)
        is_box = node < inner < tree.lasts[node] and tree.names[inner] in _BOXES
        if is_box and place < len(words) and words[place] < tree.lasts[inner]:
            return inner
    return node


def _most_paragraphs(outside: Outside, gaps: list[int]) -> int | None:
    """Return the element with the most text in paragraphs, where that is enough for an article."""
    tree = outside.page.tree
    others = sorted({*gaps, *outside.named(*_BESIDE), *outside.with_class(*_SIDEBARS)})
    sizes: dict[int, int] = {}
    place, hidden = 0, 0
    for node in outside.named("p"):
        while place < len(others) and others[place] <= node:
            hidden = max(hidden, tree.lasts[others[place]])
            place += 1
        if node >= hidden:
            around = tree.parents[node]
            sizes[around] = sizes.get(around, 0) + tree.ends[node] - tree.starts[node]
    most = max(sizes, key=sizes.__getitem__, default=-1)
    return most if most >= 0 and sizes[most] >= _LEAST_TEXT else None


def _words(outside: Outside, gaps: list[int]) -> list[int]:
    """Return the texts in which there is something to be read, comments aside, in order."""
    tree = outside.page.tree
    found, place, hidden = [], 0, 0
    for node, name in enumerate(tree.names):
        while place < len(gaps) and gaps[place] <= node:
            hidden = max(hidden, tree.lasts[gaps[place]])
            place += 1
        if (
            not name
            and node >= hidden
            and tree.names[tree.parents[node]] not in UNSEEN
            and not tree.inner(node).isspace()
        ):
            found.append(node)
    return found


def _source(outside: Outside, body: int, gaps: list[int]) -> str:
    """Return the HTML of the text, without the buttons that share it and the comments below."""
    tree = outside.page.tree
    at, stop, parts = tree.opens[body], tree.closes[body], []
    for gap in gaps:
        if body < gap < tree.lasts[body]:
            parts.append(tree.text[at : max(at, tree.starts[gap])])
            at = max(at, tree.ends[gap])
    parts.append(tree.text[at:stop])
    return "".join(parts).strip()


def _captions(outside: Outside, body: int) -> list[str]:
    page, tree = outside.page, outside.page.tree
    found = [
        tree.string(node)
        for node in outside.nodes
        if page.is_in(node, body)
        and tree.closes[node] - tree.opens[node] <= _LONGEST_CAPTION
        and (tree.names[node] == "figcaption" or page.has(node, "wp-caption-text"))
    ]
    return [text for text in found if text]


def _created(outside: Outside, clock: Clock, meta: dict[str, object]) -> dt.datetime | None:
    """Return when the article was published; what has no zone goes to *meta*."""
    page = outside.page
    times = (
        (page.attribute(node, "datetime") or "").strip()
        for node in outside.named("time")
        if page.has(node, *_DATES) or page.attribute(node, "itemprop") == "datePublished"
    )
    local = next((text for text in times if text), None)
    made = clock.time(local) if local else None
    if made is not None:
        return made
    told = outside.head.first("article:published_time") or words_of(
        outside.head.told("datePublished")
    )
    made = clock.time(told, is_utc=True) if told else None
    if made is None and (local or told):
        meta["datetime"] = local or told
    return made


def _language(outside: Outside) -> str | None:
    told = outside.head.first("og:locale", "content-language") or words_of(
        outside.head.told("inLanguage")
    )
    return outside.head.language or (told.replace("_", "-") if told else None)


def _count(outside: Outside) -> int | None:
    """Return how many comments the page claims: to readers, else to machines."""
    tree = outside.page.tree
    marked = [
        node
        for node in outside.with_class(*_COUNTS)
        if tree.closes[node] - tree.opens[node] <= _LONGEST_HEADING
    ]
    headings = [
        node
        for node in (*outside.named(*HEADINGS), *outside.with_id("comments-title"))
        if tree.closes[node] - tree.opens[node] <= _LONGEST_HEADING
    ]
    for node in marked + headings:
        found, number = count_in(tree.string(node))
        if found and number is not None:
            return number
    told = outside.head.told("commentCount")
    if isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) < 12:
        return int(told)
    if type(told) is int and 0 <= told < 2**53:
        return told
    numbers = (ends_in_count(tree.string(node)) for node in marked)
    return next((number for number in numbers if number is not None), None)


def _tags(outside: Outside) -> set[str]:
    page, tree = outside.page, outside.page.tree
    printed = {
        tree.string(node)
        for node in outside.named("a")
        if tree.closes[node] - tree.opens[node] <= _LONGEST_HEADING
        and "tag" in (page.attribute(node, "rel") or "").lower().split()
    }
    return (printed | set(outside.head.meta.get("article:tag", ()))) - {""}
