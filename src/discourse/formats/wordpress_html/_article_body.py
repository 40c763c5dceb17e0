"""Which element of a page holds the article's text, and what in it is no part of the text.

A class such as ``entry-content`` names the element on most pages. But themes give it to teasers
too, and some put one text into several elements. So a class only proposes, and prose decides: the
text that is in no link, menu, sidebar or other furniture.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import accumulate
from typing import Self

from ..._markup.html import UNSEEN, Tree
from ._article_lead import lead_of
from ._declarations import Outside
from ._page_index import Page, class_test, word_set

#: Classes of the element with the text: the first ones are surer.
#: ``entry-content`` is of hAtom, ``wp-block-`` of block themes, ``td-`` of Newspaper, ``et_pb_`` of
#: Divi, ``elementor-`` of Elementor, ``format_text`` of Thesis, ``storycontent`` of the first theme
#: of WordPress; the others are what themes make up.
_BODIES = (
    word_set(
        """entry-content wp-block-post-content post-content entry__content post__content
        post_content postcontent single-content article-content article__content article_content
        post-entry post-body td-post-content storycontent article-body article__body articlebody
        article-text entry-body the-content blog-content blog_post_content m-post-content
        single-blog-content et_pb_post_content elementor-widget-theme-post-content format_text
        single-post-content single__content entrytext"""
    ),
    word_set("entry post-text content-inner text-content posttext entry-inner post-inner"),
)
_SUREST = ("entry-content", "wp-block-post-content")
_BOXES = word_set("article div main section td")
#: Elements that hold one article and all that belongs to it: WordPress core's ``post_class()``.
_is_whole = class_test(r"hentry|h-entry|type-post|type-page|post-[0-9]{1,12}")
_BESIDE = word_set("aside button footer form header nav select")
_SIDEBARS = word_set("widget widget-area widgets sidebar secondary")
_QUOTING = word_set("blockquote figure")  # what looks like furniture in them is part of them
_FORMS = word_set("comments respond commentform disqus_thread jp-relatedposts")
#: Words in the classes of what is around a text and no part of it. Beside plain words, Jetpack
#: (``sharedaddy``, ``jp``), AddToAny (``a2a``), Shariff, Simple Share Buttons (``ssba``), Easy
#: Social Share (``essb``), Sassy Social Share (``heateor``), MashShare, Social Warfare (``swp``),
#: Grow (``dpsp``), the related posts of YARPP, Contextual Related Posts (``crp``) and WordPress
#: Related Posts (``wp_rp``), Simple Author Box (``saboxplugin``), GD Star Rating (``gdsr``), kk
#: Star Ratings (``kksr``), MailPoet (``wysija``), MailChimp (``mc4wp``), and the advertisements of
#: wordpress.com (``wpcnt``).
_FURNITURE = word_set(
    """share shares sharing shared sharer sharebar sharedaddy sharethis addthis addtoany a2a shariff
    ssba essb heateor mashsb swp dpsp sociable social socials socialshare socialmedia
    related relates relatedposts relposts moreposts seriesbox yarpp crp rp recommended
    recommendations authorbox newsletter newsletters subscribe subscription subscriptions
    optin signup mailpoet wysija mc4wp mailchimp convertkit donate donation donations spenden paypal
    steady flattr patreon votes voting rating ratings starrating readingtime wordcount
    breadcrumb breadcrumbs pagination pager pagenavi postnavi navigation toc jumplink
    ad ads advert advertisement adsense adsbygoogle anzeige werbung wpcnt atatags
    commentlist respond nocomments postmeta entrymeta postinfo posttags tagcloud cookie cta
    citation citate printfriendly noprint vgwort sticky jump hreview"""
)
#: Words that mean furniture behind a word for the article, as in ``entry-meta``, or alone.
_PARTS = word_set(
    """tag tags terms taxonomy categories category cat meta metadata utility footer byline author
    bio about date time info views view likes like nav navi next prev previous print pdf actions
    tools title head header controls control read reading area comments count list links crumbs"""
)
_OF_ARTICLES = word_set(
    "post posts entry article articles blogpost single author comments comment cat tag reading"
)
_ALONE = word_set(
    "author tags tagged cats byline meta metadata navi crumbs postmetadata license copyright"
)
_OF_RECIPES = word_set("jump pin print rate snippet")
#: Of ratings, of the box about the author, and of Pinterest's button.
_PREFIXES = ("gdsr", "kksr", "saboxplugin", "pin-it", "pinit")
#: Links that look like buttons: of Bootstrap, of block themes, of themes for offers. Where search
#: engines shall not follow such a link, it is an advertisement, as the "Zum Deal" of dealdoktor.de.
_BUTTONS = word_set("btn button wp-block-button__link wp-element-button deal-button cta-button")
_PAID = frozenset(("nofollow", "sponsored"))
#: What heads lists of other articles, and buttons.
_HEADS = re.compile(
    r"\W{0,4}(?:related(?: \w{1,20}:?$)?|"
    r"you (?:may|might) (?:also|like|enjoy)|more (?:from|on|posts|articles|stories)\b|read next|"
    r"(?:read|see) (?:also|more)|recommended|similar posts|"
    r"share (?:this|it|on)|sharing is caring|be sociable|spread the|like this|tweet this|"
    r"ähnliche|verwandte|das könnte|dir könnte|könnte (?:dich|sie) auch|auch interessant|"
    r"mehr (?:zum thema|artikel|von|aus|kolumnen|lesen)|weitere (?:artikel|beiträge|themen)|"
    r"lesen sie (?:auch|hier)|lies auch|teilen|weitersagen|beitrag teilen|"
    r"à lire aussi|lire aussi|articles (?:liés|similaires|connexes)|partager|"
    r"artículos relacionados|entradas relacionadas|te puede interesar|comparte|compartir|"
    r"leia (?:também|mais)|artigos relacionados|posts relacionados|compartilhe|"
    r"leggi anche|articoli correlati|potrebbe interessarti|condividi|"
    r"lees ook|gerelateerd|zobacz (?:też|także)|czytaj (?:też|także)|podobne|"
    r"читайте также|похожие|по теме|läs också|les også|関連|相关|相關)",
    re.IGNORECASE,
)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_HEADS_IN = word_set("h2 h3 h4 h5 h6 p div strong b span")
_LONGEST_HEAD = 80
_COUNTED = 20  # characters of a text that counts as prose; what is shorter is a label
_LEAST = 100  # characters of prose that make an element the text where no class says so
_SURE = 0.5  # of the most prose: a surer class wins with so much
_NARROW = 0.8  # of the prose of an element: an element in it with so much holds the text
_MOST_CUT = 0.35  # of the prose of a page: what holds more is no furniture, whatever its class
_MOST_BESIDE = 0.8  # ... and no sidebar, but one that was closed too late, or a form around a page


class _Prose:
    """How much prose is in an element: text outside of links, headings and some other elements."""

    def __init__(self, tree: Tree, sizes: dict[int, int]) -> None:
        self._tree = tree
        self._sizes = sizes
        self._nodes = list(sizes)
        self._before = [0, *accumulate(sizes.values())]

    @classmethod
    def of(cls, outside: Outside, gaps: list[int]) -> Self:
        """Return the prose of a page; *gaps* are in order."""
        tree, unread = outside.tree, outside.find("a", "select", *_HEADINGS, *UNSEEN)
        opens, closes, page = tree.opens, tree.closes, outside.page
        long = [node for node in outside.texts if closes[node] - opens[node] >= _COUNTED]
        texts = page.not_in(gaps, page.not_in(unread, long))
        sizes = {node: len(tree.inner(node).strip()) for node in texts}
        return cls(tree, {node: size for node, size in sizes.items() if size >= _COUNTED})

    def without(self, page: Page, gaps: Iterable[int]) -> Self:
        """Return the prose outside of some more elements."""
        sizes = self._sizes
        return type(self)(
            self._tree, {node: sizes[node] for node in page.not_in(sorted(gaps), sizes)}
        )

    def __call__(self, node: int) -> int:
        first = bisect_left(self._nodes, node)
        last = bisect_left(self._nodes, self._tree.lasts[node])
        return self._before[last] - self._before[first]

    @property
    def total(self) -> int:
        return self._before[-1]

    def boxes(self) -> dict[int, int]:
        """Return how much prose is in each element for which it is in no smaller box."""
        names, parents = self._tree.names, self._tree.parents
        sizes: dict[int, int] = {}
        box_of: dict[int, int] = {}
        for place, text in enumerate(self._nodes):
            node, path = parents[text], []
            while node >= 0 and node not in box_of and names[node] not in _BOXES:
                path.append(node)
                node = parents[node]
            box = box_of.get(node, node)
            box_of.update(dict.fromkeys(path, box))
            sizes[box] = sizes.get(box, 0) + self._before[place + 1] - self._before[place]
        return sizes


def source_of(
    outside: Outside, gaps: list[int], title: str | None
) -> tuple[str | None, int | None]:
    """Return the source of the article's lead and text, and the element of the text. O(n).

    *gaps* are no part of the text wherever they are.
    """
    prose = _Prose.of(outside, gaps)
    own = _furniture(outside, prose)
    prose = prose.without(outside.page, own)
    node = _chosen(outside, prose, gaps)
    if node is None:
        return None, None
    last = outside.tree.lasts[node]
    cut = {gap for gap in (*gaps, *own) if node < gap < last}
    cut.update(_headed(outside, node, cut.copy(), prose))
    cut.update(_titled(outside, node, title))
    lead = lead_of(outside, node, title, sorted({*gaps, *own}))
    text = outside.page.source_without(node, sorted(cut)).strip()
    return f"{lead}\n{text}" if lead else text, node


def _furniture(outside: Outside, prose: _Prose) -> list[int]:
    """Return the elements that are around a text and no part of it.

    What has much of the page's prose is none, as where a form is around the whole page.
    """
    bodies = outside.find(classes=(*_BODIES[0], *_BODIES[1]))
    widgets = outside.find(classes=_SIDEBARS, ids=_SIDEBARS)
    beside = {
        *outside.find(*_BESIDE, ids=_FORMS),
        *outside.page.not_in(bodies, widgets),  # in a text, they are of a page builder
    }
    marked = {
        *outside.find(classes=outside.classes_like(_is_furniture)),
        *outside.find(ids=filter(_is_furniture, outside.ids)),
        *filter(partial(_is_paid, outside.page), outside.find(classes=_BUTTONS)),
    }
    most = {**dict.fromkeys(marked, _MOST_CUT), **dict.fromkeys(beside, _MOST_BESIDE)}
    total, parents, names = prose.total, outside.tree.parents, outside.tree.names
    return [
        node
        for node, share in most.items()
        if names[parents[node]] not in _QUOTING and prose(node) <= total * share
    ]


def _is_paid(page: Page, node: int) -> bool:
    """Whether a button leads to what somebody pays for."""
    return not _PAID.isdisjoint(page.attribute(node, "rel").lower().split())


@lru_cache(16_384)
def _is_furniture(name: str) -> bool:
    """Whether a class is one of furniture."""
    name = name.lower().replace("_", "-")
    words = name.split("-")
    if not _FURNITURE.isdisjoint(words) or name.startswith(_PREFIXES):
        return True
    if "call-to-action" in name:  # of WP Recipe Maker, and of page builders
        return True
    if len(words) == 1:
        return words[0] in _ALONE
    if words[0] == "print":
        return words[1] != "only"
    if "recipe" in words:  # whose time and author are part of it
        return not _OF_RECIPES.isdisjoint(words)
    if "author" in words:
        return True
    first = next((at for at, word in enumerate(words) if word in _OF_ARTICLES), len(words))
    return not _PARTS.isdisjoint(words[first + 1 :])


def _chosen(outside: Outside, prose: _Prose, gaps: list[int]) -> int | None:
    """Return the element with the text: what its class says, as far as prose is in it."""
    page, names = outside.page, outside.tree.names
    likely = [
        *outside.find(classes=_SUREST),
        *outside.find(classes=_BODIES[0]),
        *outside.find(properties=("articleBody",)),
        *outside.find(classes=_BODIES[1]),
    ]
    likely = [node for node in likely if names[node] in _BOXES]
    densest = _densest(prose)
    most = max(map(prose, likely), default=0)
    for node in likely:
        if prose(node) and prose(node) >= most * _SURE:
            inner = next((at for at in reversed(likely) if _holds(page, node, at, prose)), node)
            return _widened(outside, prose, _better(page, inner, densest, prose))
    if densest is not None:
        return _widened(outside, prose, densest)
    words = [
        text
        for text in (page.not_in(gaps, outside.texts) if likely else ())
        if names[outside.tree.parents[text]] not in UNSEEN and outside.tree.inner(text).strip()
    ]
    return next((node for node in likely if page.holds_any(node, words)), None)


def _holds(page: Page, outer: int, inner: int, prose: _Prose) -> bool:
    """Whether an element in another one has nearly all of its prose."""
    return page.is_in(inner, outer) and prose(inner) >= prose(outer) * _NARROW


def _better(page: Page, node: int, densest: int | None, prose: _Prose) -> int:
    """Return the densest element where that has much more prose than the one its class names."""
    if densest is None or page.is_in(densest, node):
        return node
    return densest if prose(node) < prose(densest) * _SURE else node


def _densest(prose: _Prose) -> int | None:
    """Return the box with the most prose that is in no smaller one."""
    sizes = prose.boxes()
    most = max(sizes, key=sizes.__getitem__, default=-1)
    return most if most >= 0 and sizes[most] >= _LEAST else None


def _widened(outside: Outside, prose: _Prose, node: int) -> int:
    """Return the smallest element around that holds a text of which this is only one part.

    That is in one article with it: where no element says that it is an article, all is whole.
    """
    tree, page = outside.tree, outside.page
    around, whole = tree.parents[node], node
    while around >= 0:
        if tree.names[around] in ("article", "main") or _is_whole(page.classes[around]):
            whole = around
            break
        around = tree.parents[around]
    enough = prose(whole) * _NARROW
    if prose(node) >= prose(whole) * _SURE:
        return node
    while prose(node) < enough:
        node = tree.parents[node]
    return node


def _titled(outside: Outside, body: int, title: str | None) -> list[int]:
    """Return the headings that repeat the title."""
    page = outside.page
    return [
        node
        for node in outside.find("h1", "h2")
        if page.is_in(node, body)
        and page.size(node) <= 10 * _LONGEST_HEAD
        and outside.tree.string(node) == title
    ]


def _headed(outside: Outside, body: int, furniture: set[int], prose: _Prose) -> Iterator[int]:
    """Yield headings such as "Related posts" and "Share this", and the links below them.

    Such a heading with other text below it is one of the article.
    """
    tree, page = outside.tree, outside.page
    links = outside.find("a")
    done = 0
    for node in range(body + 1, tree.lasts[body]):
        if tree.names[node] not in _HEADS_IN or node < done or node in furniture:
            continue
        if page.size(node) > 10 * _LONGEST_HEAD:
            continue
        text = tree.string(node)
        if len(text) > _LONGEST_HEAD or not _HEADS.match(text):
            continue
        below = []
        at, last = tree.lasts[node], tree.lasts[tree.parents[node]]
        while at < last and not prose(at):
            if page.holds_any(at, links) or at in furniture:
                below.append(at)
            elif tree.string(at):
                break
            at = tree.lasts[at]
        done = at
        if below or at >= last or page.holds_any(node, links):
            yield node
            yield from below
