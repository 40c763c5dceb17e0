"""A page with the classes and ids of its elements, and what these say of comments."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count

from ..._markup.html import Tree, attributes


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


#: WordPress core's ``comment_class()``, and the levels of wpDiscuz, which themselves count from 1.
_DEPTH = re.compile(r"(?:depth-|(?:wpd|wc)_comment_level-)([0-9]{1,9})")
#: Default themes print ``comment-7``, ``li-comment-7`` and ``div-comment-7``; the other prefixes
#: are those of themes that put comments into other elements.
_ID = re.compile(
    r"(?:(?:li|div|article|section|dt|dd|tr|td|wrap|box|single)-)?comment[-_:]?([0-9]{1,20})"
)
#: wpDiscuz: ``wpd-`` since its version 7, ``wc-`` before.
_PLUGIN_ID = re.compile(r"(?:wpd|wc)-comm-([0-9]{1,20})_([0-9]{1,20})")
#: The id of a part of a comment, such as ``comment-body-7``; lists of recent comments have others.
_PART_ID = re.compile(
    r"(?:(?!recent)[a-z0-9]{1,20}[-_]){0,3}comment[-_:]?"
    r"(?:(?:body|content|text|author|entry|wrap|inner|reply|meta)[-_])?([0-9]{1,20})"
)
#: Reply links of WordPress: the script of the form (until 5.1), and the address without scripts.
_MOVE_FORM = re.compile(r"moveForm\(\s*[\"'][^\"']{0,80}[\"'],\s*[\"']?([0-9]{1,20})")
_REPLY_TO = re.compile(r"[?&]replytocom=([0-9]{1,20})")
#: ``#comments/7`` is of Thrive Comments.
_FRAGMENT = re.compile(r"#(?:li-|div-)?comments?[-_:/]?([0-9]{1,20})$")
REMEMBERED = 8192  # lists of classes whose kind is kept
_FAR = 2000  # characters of an attribute that are searched
_NO_ATTRIBUTES: dict[str, str] = {}
_NO_CLASSES: frozenset[str] = frozenset()
_MENUS = frozenset(("menu-item", "page_item", "cat-item", "menu-item-object-page", "page-item"))
PINGS = frozenset(("pingback", "trackback"))
KINDS = PINGS | {"comment"}
#: The element of the text: ``comment-content`` and ``comment-body`` of default themes,
#: ``commententry`` and the like of older ones, ``wpd-`` and ``wc-`` of wpDiscuz, ``wp-block-`` of
#: block themes, ``w-`` of Impreza, ``description`` of WooCommerce's reviews; the others are what
#: themes make up.
TEXTS = word_set(
    """wpd-comment-text wc-comment-text wp-block-comment-content comment-content comment__content
    comment_content comment-text comment__text comment_text commenttext comment-entry
    commententry comment-message comment-txt comment-copy thecomment comment__body
    wp-comment-content description comment-body-text comment-post-content w-comments-item-text
    entry-content"""
)
_NAMED = word_set("meta link title html head body script template")
STRIPES = frozenset(("even", "odd"))
_NO_COMMENTS = word_set(
    "button form html img input label link meta option script select style svg textarea body head"
)


class Page:
    """A page, the classes and ids of whose elements are read once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.attributes = [_NO_ATTRIBUTES] * len(tree)
        """The attributes of each element, by lower-case name."""
        self.classes = [_NO_CLASSES] * len(tree)
        """The classes of each element."""
        self.alike: dict[str, tuple[frozenset[str], list[int]]] = {}
        """Each list of classes, with the elements that have it, by its source."""
        self.ids: dict[int, str] = {}
        """The ids of the elements that have one."""
        self.properties: dict[int, str] = {}
        """What microdata says that an element is (``itemprop``)."""
        self.named: defaultdict[str, list[int]] = defaultdict(list)
        """The elements that declare something of the page, and templates, by name."""
        text = tree.text
        tags: dict[str, tuple[dict[str, str], frozenset[str], list[int]]] = {}
        for node, name, start, opens in zip(count(), tree.names, tree.starts, tree.opens):
            if not name:
                continue
            if name in _NAMED:
                self.named[name].append(node)
            if opens - start <= len(name) + len("<>"):
                continue
            tag = text[start:opens]
            known = tags.get(tag)
            if known is None:
                values = attributes(tag, name)
                words = _class_of(values)
                if words not in self.alike:
                    self.alike[words] = frozenset(words.split()), []
                known = tags[tag] = values, *self.alike[words]
            values, self.classes[node], alike = known
            self.attributes[node] = values
            alike.append(node)
            if id := values.get("id"):
                self.ids[node] = id
            if value := values.get("itemprop"):
                self.properties[node] = value

    def attribute(self, node: int, name: str) -> str:
        """Return an attribute of an element; the empty string where it has none."""
        return self.attributes[node].get(name, "")

    def has(self, node: int, *classes: str) -> bool:
        """Whether an element has one of some classes."""
        return not self.classes[node].isdisjoint(classes)

    def size(self, node: int) -> int:
        """Return how many characters of source are in an element."""
        return self.tree.closes[node] - self.tree.opens[node]

    def is_in(self, node: int, outer: int) -> bool:
        """Whether an element is another one, or in it."""
        return outer <= node < self.tree.lasts[outer]

    def holds_any(self, outer: int, nodes: list[int]) -> bool:
        """Whether one of some nodes, in order, is an element or in it."""
        place = bisect_left(nodes, outer)
        return place < len(nodes) and nodes[place] < self.tree.lasts[outer]

    def not_in(self, gaps: list[int], nodes: Iterable[int]) -> list[int]:
        """Return the nodes that are in none of some elements, both in order."""
        lasts, size = self.tree.lasts, len(self.tree)
        upcoming = iter(gaps)
        gap, hidden = next(upcoming, size), 0
        outside = []
        for node in nodes:
            while gap <= node:
                hidden = max(hidden, lasts[gap])
                gap = next(upcoming, size)
            if node >= hidden:
                outside.append(node)
        return outside

    def source_without(self, node: int, gaps: Iterable[int]) -> str:
        """Return the source in an element without some elements in it, which are in order."""
        tree, parts = self.tree, []
        at = tree.opens[node]
        for gap in gaps:
            parts.append(tree.text[at : max(at, tree.starts[gap])])
            at = max(at, tree.ends[gap])
        parts.append(tree.text[at : tree.closes[node]])
        return "".join(parts)


def _class_of(values: dict[str, str]) -> str:
    """Return the classes of an element as they are printed.

    Where a theme forgot a space or a quote, as in ``<liclass even depth-1>``, they are attributes
    without a value.
    """
    text = values.get("class", "")
    if "" in values.values() and any(name.startswith("depth-") for name in values):
        bare = (name.strip("\"'") for name, value in values.items() if not value)
        return " ".join((text, *bare))
    return text


def class_test(pattern: str) -> Callable[[frozenset[str]], bool]:
    """Return a test whether one of some classes is what a pattern describes."""
    match = re.compile(pattern).fullmatch

    @lru_cache(REMEMBERED)
    def test(classes: frozenset[str]) -> bool:
        return any(map(match, classes))

    return test


#: Lists of the newest comments of all articles: widgets of WordPress and of plugins, and the block.
is_of_others = class_test(
    r"widget_.{0,40}(?:recent|latest)[-_]?comments.{0,40}|wp-block-latest-comments"
)


@lru_cache(REMEMBERED)
def depth_in(classes: frozenset[str]) -> int | None:
    """Return the depth of a comment with these classes, counted from 1.

    The items of menus have depths too, and are no comments.
    """
    if not _MENUS.isdisjoint(classes) or not classes & (KINDS | STRIPES):
        return None
    matches = map(_DEPTH.fullmatch, classes)
    return next((int(match[1]) or None for match in matches if match), None)


def number_in(page: Page, node: int) -> tuple[str | None, str | None]:
    """Return the id of the comment that an element is, and of its parent where the id has it.

    A parent of ``"0"`` is the article.
    """
    id = page.ids.get(node)
    if id is None or page.tree.names[node] in _NO_COMMENTS:
        return None, None
    match = _ID.fullmatch(id)
    if match:
        return match[1], None
    match = _PLUGIN_ID.fullmatch(id)
    return (match[1], match[2]) if match else (None, None)


def number_inside(page: Page, nodes: list[int]) -> str | None:
    """Return the id of a comment that only what is in it has."""
    weaker: str | None = None
    for node in nodes:
        values = page.attributes[node]
        id = values.get("data-commentid") or values.get("data-comment-id")
        if id and id.isascii() and id.isdecimal() and len(id) <= 20:
            return id
        match = (
            _PART_ID.fullmatch(values.get("id", ""))
            or _MOVE_FORM.search(values.get("onclick", "")[:_FAR])
            or _REPLY_TO.search(values.get("href", "")[:_FAR])
        )
        if match:
            return match[1]
        weaker = weaker or fragment_of(values.get("href", ""))
    return weaker


def fragment_of(address: str) -> str | None:
    """Return the id of the comment that an address points at."""
    match = _FRAGMENT.search(address[-60:])
    return match[1] if match else None
