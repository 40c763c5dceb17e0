"""The signs by which an element of a page is known: classes, ids, numbers, depths."""

import re
from functools import lru_cache

from ..._markup.html import Tree

_DEPTH = re.compile(r"depth-([0-9]{1,9})")
_LEVEL = re.compile(r"(?:wpd|wc)_comment_level-([0-9]{1,9})")
_ID = re.compile(
    r"(?:(?:li|div|article|section|dt|dd|tr|td|wrap|box|single)-)?comment[-_:]?([0-9]{1,20})"
)
_PLUGIN_ID = re.compile(r"(?:wpd|wc)-comm-([0-9]{1,20})_([0-9]{1,20})")
_PART_ID = re.compile(
    r"(?:(?!recent)[a-z0-9]{1,20}[-_]){0,3}comment[-_:]?"
    r"(?:(?:body|content|text|author|entry|wrap|inner|reply|meta)[-_])?([0-9]{1,20})"
)
_MOVE_FORM = re.compile(r"moveForm\(\s*[\"'][^\"']{0,80}[\"'],\s*[\"']?([0-9]{1,20})")
_REPLY_TO = re.compile(r"[?&]replytocom=([0-9]{1,20})")
_FRAGMENT = re.compile(r"#(?:li-|div-)?comment[-_:]?([0-9]{1,20})$")
#: Lists of a sidebar, of the newest comments of all articles.
_OF_OTHERS = re.compile(
    r"widget_.{0,40}(?:recent|latest)[-_]?comments.{0,40}|wp-block-latest-comments"
)
_REMEMBERED = 4096  # lists of classes that are kept
_FAR = 2000  # characters of an attribute that are looked at
_MENUS = frozenset(("menu-item", "page_item", "cat-item", "menu-item-object-page", "page-item"))
PINGS = frozenset(("pingback", "trackback"))
KINDS = PINGS | {"comment"}
_STRIPES = frozenset(("even", "odd"))
_NO_COMMENTS = frozenset(
    (
        "button", "form", "html", "img", "input", "label", "link", "meta", "option", "script",
        "select", "style", "svg", "textarea", "body", "head", "",
    )
)  # fmt: skip


@lru_cache(_REMEMBERED)
def _is_of_others(word: str) -> bool:
    return _OF_OTHERS.fullmatch(word) is not None


class Page:
    """A page and what is asked of its elements again and again."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._classes: dict[str, frozenset[str]] = {}

    def classes(self, node: int) -> frozenset[str]:
        """Return the classes of an element.

        Where a theme forgot a space or a quote, as in ``<liclass even depth-1>``, they are
        attributes without a value.
        """
        attributes = self.tree.attributes(node)
        text = attributes.get("class", "")
        if "" in attributes.values() and any(name.startswith("depth-") for name in attributes):
            text = " ".join(
                [text, *(n.strip("\"'") for n, value in attributes.items() if not value)]
            )
        found = self._classes.get(text)
        if found is None:
            if len(self._classes) >= _REMEMBERED:
                self._classes.clear()
            found = self._classes[text] = frozenset(text.split())
        return found

    def has(self, node: int, *classes: str) -> bool:
        """Whether an element has one of some classes."""
        return not self.classes(node).isdisjoint(classes)

    def attribute(self, node: int, name: str) -> str | None:
        """Return an attribute of an element."""
        return self.tree.attributes(node).get(name)

    def is_in(self, node: int, outer: int) -> bool:
        """Whether an element is another one, or in it."""
        return outer <= node < self.tree.lasts[outer]


def depth_in(classes: frozenset[str]) -> int | None:
    """Return the depth that WordPress or wpDiscuz prints, counted from 1."""
    for name in classes:
        match = _DEPTH.fullmatch(name) or _LEVEL.fullmatch(name)
        if match:
            return int(match[1]) or None
    return None


def is_container(classes: frozenset[str]) -> bool:
    """Whether an element with a depth is a comment, and not an item of a menu."""
    return _MENUS.isdisjoint(classes) and not (
        KINDS.isdisjoint(classes) and _STRIPES.isdisjoint(classes)
    )


def is_of_others(classes: frozenset[str]) -> bool:
    """Whether what is in an element are comments of other articles."""
    return any(map(_is_of_others, classes))


def number_in(page: Page, node: int) -> tuple[str | None, str | None]:
    """Return the id of the comment that an element is, and of its parent where the id tells it.

    A parent of ``"0"`` is the article.
    """
    id = page.attribute(node, "id")
    if not id or page.tree.names[node] in _NO_COMMENTS:
        return None, None
    match = _ID.fullmatch(id)
    if match:
        return match[1], None
    match = _PLUGIN_ID.fullmatch(id)
    return (match[1], match[2]) if match else (None, None)


def number_inside(page: Page, nodes: list[int]) -> str | None:
    """Return the id of a comment that only what is inside of it tells."""
    weaker: str | None = None
    for node in nodes:
        found = page.tree.attributes(node)
        if not found:
            continue
        id = found.get("data-commentid") or found.get("data-comment-id")
        if id and id.isascii() and id.isdecimal() and len(id) <= 20:
            return id
        match = (
            _PART_ID.fullmatch(found.get("id", ""))
            or _MOVE_FORM.search(found.get("onclick", "")[:_FAR])
            or _REPLY_TO.search(found.get("href", "")[:_FAR])
        )
        if match:
            return match[1]
        match = _FRAGMENT.search(found.get("href", "")[-60:])
        if match and weaker is None:
            weaker = match[1]
    return weaker


def fragment_of(address: str) -> str | None:
    """Return the id of the comment that an address points at."""
    match = _FRAGMENT.search(address[-60:])
    return match[1] if match else None
