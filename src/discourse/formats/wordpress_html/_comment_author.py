"""Who wrote a comment: the name, address and picture."""

import re
from collections.abc import Iterator
from itertools import islice

from ..._markup.html import unescape
from ...model import Author
from .._phrases.furniture import name_in_head
from ._comment_text import CommentElements
from ._page_index import PINGS, Page, class_test, fragment_of, word_set

#: The microformat hCard, which WordPress core prints.
_FN = frozenset(("fn",))
#: ``wpd-`` and ``wc-`` are of wpDiscuz, ``wp-block-`` of block themes, ``woocommerce-`` of
#: WooCommerce's reviews; the others are what themes make up.
_NAMES = word_set(
    """wpd-comment-author wc-comment-author wp-block-comment-author-name woocommerce-review__author
    comment-author-name wp-comment-author comment__author-name comment_author_name
    comment-author__name author-name author_name author__name commentauthor comment-author-link
    comment-name comment_name commenter commenter-name commentername comment-user
    comment-username username user-name nickname w-comments-item-author"""
)
#: What holds the name and more: ``comment-author vcard`` of WordPress core, ``media-heading`` of
#: walkers for Bootstrap; the others are what themes make up.
_AROUND = word_set(
    """comment-author comment_author comment__author comment-meta-author author vcard comment-by
    comment-info-author poster comment-title comment-heading media-heading"""
)
_is_loose = class_test(
    r"(?:[a-z0-9]{1,20}[-_]{1,2})?comment(?:er)?[-_]{0,2}(?:author|user|name|by)[a-z_-]{0,12}"
)
#: WordPress core's ``comment_class()`` for registered users.
_NICENAME = re.compile(r"comment-author-(\S{1,200})")
#: What is beside a name in its element and no part of it; ``sr-only`` is of Bootstrap, and
#: ``screen-reader-text`` of WordPress core.
_is_beside = class_test(
    r"says|sr-only|screen-reader-text|avatar|(?:.{0,20}[-_])?(?:date|time|timestamp|badge|role|"
    r"label|number|reply|edit|metadata|rating|says)|comment-(?:reply|edit)-link|"
    r"p3_comment_author|commentmetadata|datetime"
)
_NOT_NAMES = frozenset(("time", "img", "script", "style", "svg", "noscript", "template", "button"))
_BREAKS = word_set("br p div ul ol li h1 h2 h3 h4 h5 h6 table")
#: "Pingback von Weir" in themes of old, "Comment by Ann".
_PREFIX = re.compile(
    r"^(?:(?:ping|track)backs? (?:by|from|von|de|di|par|por|van|door)|"
    r"comments? by|comment from|posted by|written by|by|kommentar von|von|geschrieben von|"
    r"commentaire de|par|comentario de|por|commento di|di|reactie van|door)\s{1,3}", re.IGNORECASE
)  # fmt: skip
#: A date behind the name: "Ann on 3 May 2010", "Ann • 3 May".
_TAIL = re.compile(r"\s(?:[—–|@·•]|//|on|am|at|le|el)\s.{0,80}[0-9].{0,60}$")
#: The label of WordPress core's reply link, in its translations.
_REPLY_TO = re.compile(
    r"^(?:reply to|antworte(?:n)? auf|auf|responder a|répondre à|rispondi a|reageer op|"
    r"antwoord op|odpowiedz (?:na|użytkownikowi)|svara (?:på|till)|ответить)\s{1,3}(?=\S)",
    re.IGNORECASE,
)  # fmt: skip
#: What WordPress core prints for a writer without a name.
_NOBODY = word_set(
    "anonymous anonym anonyme anónimo anonimo anoniem anônimo anonymní аноним анонім 匿名"
)
_LONGEST = 250
_MOST = 1000  # characters of one text that are read
_FAR = 80  # elements and texts among which a name is looked for
_NEAR = 4  # elements and texts at the beginning of it in which the name may be in bold
_BOLD = ("strong", "b", "cite")
_DASHES = " \u00a0-–—|·•,"
_TRIES = 50  # elements that may hold it
_HEADINGS = ("h3", "h4", "h5", "h6")
#: Where plugins that load pictures late keep the address.
_LAZY = ("data-lazy-src", "data-src", "data-original", "src")


def author_of(
    elements: CommentElements, meta: dict[str, object]
) -> tuple[Author | None, int | None]:
    """Return who wrote a comment, and the element that says so.

    WordPress prints "Anonymous" for a writer who gave no name: such a word goes to *meta* and makes
    no author.
    """
    name, node = _name(elements)
    if name is not None and name.lower() in _NOBODY:
        meta["author"] = name
        name = None
    matches = map(_NICENAME.fullmatch, sorted(elements.item.classes))
    nicename = next((match[1] for match in matches if match), None)
    url = _address(elements, node) if node is not None else None
    picture = _picture(elements)
    if name is None and nicename is None:
        known = {"author_url": url, "avatar_url": picture}
        meta |= {key: value for key, value in known.items() if value is not None}
        return None, node
    return Author(name, nicename, url=url, avatar_url=picture), node


def _name(elements: CommentElements) -> tuple[str | None, int | None]:
    page = elements.page
    for node, is_loose in islice(_candidates(elements), _TRIES):
        line = _first_line(page, node)
        name = _tidy(_strongest(page, node, line) if is_loose else line, is_loose=is_loose)
        if name:
            return name, node
    for node in elements.named("a") if elements.item.has_reply_link else ():
        if page.has(node, "comment-reply-link"):
            attributes = page.attributes[node]
            label = attributes.get("data-replyto") or attributes.get("aria-label") or ""
            match = _REPLY_TO.match(label[:_LONGEST])
            if match:
                return " ".join(label[match.end() : _LONGEST].split()) or None, None
    return None, None


def _candidates(elements: CommentElements) -> Iterator[tuple[int, bool]]:
    """Yield the elements that may hold the name, the likeliest first, and whether more is in it."""
    page, tree, body = elements.page, elements.tree, elements.body
    yield from ((node, False) for node in elements.having(_FN))
    yield from ((node, False) for node in elements.having(_NAMES))
    properties = page.properties
    yield from (
        (at, False) for at in elements.named("strong", "span") if properties.get(at) == "author"
    )
    outside = [
        node
        for node in elements.nodes
        if body is None or not page.is_in(node, body) or tree.parents[node] == body
    ]
    yield from (
        (node, True)
        for node in outside
        if tree.names[node] == "cite" and tree.names[tree.parents[node]] != "blockquote"
    )
    around = elements.having(_AROUND)  # a picture's box may have a link to the profile in it
    around.sort(key=lambda node: any("avatar" in name for name in page.classes[node]))
    yield from ((node, True) for node in around)
    yield from ((node, True) for node in outside if _is_loose(page.classes[node]))
    yield from (
        (node, False)
        for node in outside
        if tree.names[node] == "a" and "external" in page.attribute(node, "rel")
    )
    if elements.item.classes.isdisjoint(PINGS):
        yield from ((node, True) for node in outside if tree.names[node] in _HEADINGS)
    else:
        addresses = ((node, page.attribute(node, "href")) for node in outside)
        yield from ((node, False) for node, address in addresses if "://" in address[:12])


def _first_line(page: Page, node: int) -> str:
    """Return the text of an element up to where a line ends, without what is only beside it."""
    tree = page.tree
    at, last, parts = node + 1, tree.lasts[node], [""]
    has_words = False
    for _ in range(_FAR):
        if at >= last:
            break
        name = tree.names[at]
        if name in _NOT_NAMES or _is_beside(page.classes[at]):
            at = tree.lasts[at]
            continue
        if not name:
            start = tree.starts[at]
            text = unescape(tree.text[start : min(tree.ends[at], start + _MOST)])
            has_words = has_words or not text.isspace()
            parts.append(text)
        elif name in _BREAKS and has_words:
            break
        parts.append(" ")
        at += 1
    return " ".join("".join(parts).split())


def date_beside(page: Page, node: int, name: str) -> str | None:
    """Return what is behind a name in its own element, where that may be a date."""
    line = _first_line(page, node)
    rest = line.removeprefix(name).strip(_DASHES)
    is_date = line.startswith(name) and len(rest) <= _FAR and any(map(str.isdigit, rest))
    return rest if is_date else None


def _strongest(page: Page, node: int, line: str) -> str:
    """Return what a line begins with in bold, where a date or the like follows; else the line."""
    tree = page.tree
    for at in range(node + 1, min(tree.lasts[node], node + _NEAR)):
        if tree.names[at] in _BOLD:
            bold = _first_line(page, at)
            rest = line[len(bold) :]
            has_more = any(map(str.isdigit, rest)) or rest.strip(_DASHES) == ""
            return bold if bold and rest and line.startswith(bold) and has_more else line
        if not tree.names[at] and not tree.inner(at).isspace():
            break
    return line


def _tidy(text: str, *, is_loose: bool) -> str | None:
    """Return the name in the text of an element."""
    if text.endswith((":", "：")):
        text = name_in_head(text) or text
    if is_loose:
        text = _PREFIX.sub("", text, count=1)
        text = _TAIL.sub("", text[: 2 * _LONGEST])
    text = text.strip(" \u00a0,:;|–—·•")
    return text if text and len(text) <= _LONGEST else None


def _address(elements: CommentElements, node: int) -> str | None:
    """Return the address of the writer's own site: a link in the element of the name, or around."""
    page, tree = elements.page, elements.tree
    inside = [at for at in elements.named("a") if page.is_in(at, node)]
    around = [tree.parents[node]] if tree.parents[node] > 0 else []
    for at in inside + around:
        address = page.attribute(at, "href").strip() if tree.names[at] == "a" else ""
        is_whole = address.lower().startswith(("http://", "https://", "//")) and len(address) > 8
        if is_whole and fragment_of(address) is None and "replytocom=" not in address:
            return address
    return None


def _picture(elements: CommentElements) -> str | None:
    """Return the address of the writer's picture; copies for browsers without scripts come last."""
    page, tree = elements.page, elements.tree
    spare: str | None = None
    for at in elements.named("img", "amp-img"):
        image = page.attributes[at]
        addresses = (image[key] for key in _LAZY if image.get(key))
        address = next((each for each in addresses if not each.startswith("data:")), None)
        if address is None or not (
            "avatar" in image.get("class", "").lower()
            or "gravatar" in address
            or page.has(tree.parents[at], "vcard", "comment-author", "avatar", "comment-avatar")
            or page.has(at, "photo")
        ):
            continue
        if tree.names[tree.parents[at]] != "noscript":
            return address
        spare = spare or address
    return spare
