"""Find the microformats in a page, in the form of parsed JSON. Linear, without recursion.

Implements the parsing rules that matter for posts and people: roots, properties, nesting, values in
attributes and in elements of the class ``value``, names and addresses that a card or a citation
implies, and the classic names of hAtom and hCard.
"""

import re
from collections.abc import Iterable
from typing import Any

from ..._markup.html import Tree
from .._structured import TextsWithout, short_text

_ROOT = re.compile(r"h(?:-[a-z]{1,20}){1,3}")
_PROPERTY = re.compile(r"(p|u|dt|e)-([a-z]{1,20}(?:-[a-z]{1,20}){0,4})")
#: Classic names of hAtom and hCard, with their current ones.
_CLASSIC_ROOTS = {"hentry": "h-entry", "hfeed": "h-feed", "vcard": "h-card", "hreview": "h-review"}
_CLASSIC = {
    "entry-title": ("p", "name"),
    "entry-content": ("e", "content"),
    "entry-summary": ("p", "summary"),
    "published": ("dt", "published"),
    "updated": ("dt", "updated"),
    "author": ("p", "author"),
    "fn": ("p", "name"),
    "url": ("u", "url"),
    "photo": ("u", "photo"),
    "uid": ("u", "uid"),
}
_ADDRESSES = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "video"), "src"),
    "object": "data",
}
POSTS = frozenset({"h-entry", "h-cite", "h-review", "h-event"})
"""Types of posts."""


class Item:
    """A microformat of a page."""

    def __init__(self, node: int, types: list[str], *, is_classic: bool) -> None:
        self.node = node
        self.is_classic = is_classic
        self.data: dict[str, Any] = {"type": types, "properties": {}}

    def add(self, name: str, value: object) -> list[object]:
        """Add a value to a property, and return all its values."""
        values: list[object] = self.data["properties"].setdefault(name, [])
        values.append(value)
        return values

    @property
    def is_post(self) -> bool:
        """Whether it is an entry or a citation."""
        return not POSTS.isdisjoint(self.data["type"])


def page_items(tree: Tree) -> list[dict[str, Any]]:
    """Return the top-level microformats of a page, in order. O(n)."""
    return _Scanner(tree).items()


class _Scanner:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._scopes: list[Item | None] = [None] * len(tree)
        self._all: list[Item] = []
        self._roots: list[Item] = []
        self._contents: list[tuple[list[object], int, int]] = []  # values, position, element
        self._entry: Item | None = None  # the last top-level one

    def items(self) -> list[dict[str, Any]]:
        for node, name in enumerate(self._tree.names):
            if name:
                self._take(node)
        for item in self._all:
            self._imply(item)
        texts = TextsWithout([item.node for item in self._all if item.is_post], self._tree)
        ends: dict[int, int] = {}
        for values, place, node in self._contents:
            if node >= ends.get(id(values), 0):  # else it is inside a text that contains it
                values[place] = {"html": texts.inner(node)}
                ends[id(values)] = self._tree.lasts[node]
        return [item.data for item in self._roots]

    def _take(self, node: int) -> None:
        attributes = self._tree.attributes(node)
        parent = self._tree.parents[node]
        scope = self._scopes[parent] if parent >= 0 else None
        words = attributes.get("class", "").split()
        types = sorted({word for word in words if _ROOT.fullmatch(word)})
        is_classic = not types
        if is_classic:
            types = sorted({_CLASSIC_ROOTS[word] for word in words if word in _CLASSIC_ROOTS})
        if scope is not None and scope.is_classic:
            pairs = [_CLASSIC[word] for word in words if word in _CLASSIC]
            if "bookmark" in attributes.get("rel", "").lower().split():
                pairs.append(("u", "url"))
        else:
            matches = filter(None, map(_PROPERTY.fullmatch, words)) if scope or types else ()
            pairs = [(match[1], match[2]) for match in matches]
        if types:
            item = Item(node, types, is_classic=is_classic)
            self._all.append(item)
            self._nest(item, scope, pairs, is_comment="comment" in words)
            self._scopes[node] = item
            return
        self._scopes[node] = scope
        if scope is not None:
            for prefix, key in pairs:
                self._add(scope, prefix, key, node)

    def _nest(
        self, item: Item, scope: Item | None, pairs: Iterable[tuple[str, str]], *, is_comment: bool
    ) -> None:
        """Store an item: as a property of the enclosing one, as a child, or at the top."""
        names = [key for _, key in pairs]
        if item.is_classic and item.is_post and not names:
            around = scope if scope is not None and scope.is_post else None
            if around is None and is_comment:
                around = self._entry  # hAtom has no comments: the class says that this is one
            if around is not None:
                around.add("comment", item.data)
                return
        if scope is None and "comment" in names:
            self._page(item).add("comment", item.data)
        elif scope is None:
            self._roots.append(item)
        elif names:
            for key in names:
                scope.add(key, item.data)
        else:
            scope.data.setdefault("children", []).append(item.data)
        if item.is_post and (scope is None or not scope.is_post) and not is_comment:
            self._entry = item

    def _page(self, item: Item) -> Item:
        """Return the parent of comments outside any entry: the last entry, else the page."""
        if self._entry is None:
            self._entry = Item(item.node, ["h-entry"], is_classic=False)
            self._entry.data["is-page"] = True
            self._roots.append(self._entry)
        return self._entry

    def _add(self, item: Item, prefix: str, key: str, node: int) -> None:
        name, attributes = self._tree.names[node], self._tree.attributes(node)
        if prefix == "e":
            values = item.add(key, {"html": ""})
            self._contents.append((values, len(values) - 1, node))
            return
        if prefix == "u":
            value = attributes.get(_ADDRESSES.get(name, ""), "")
        elif prefix == "dt":
            value = attributes.get("datetime", "")
        else:
            value = attributes.get("alt", "") if name in ("img", "area") else ""
        if not value and name in ("abbr", "link"):
            value = attributes.get("title", "")
        if not value and name in ("data", "input"):
            value = attributes.get("value", "")
        value = value or self._parts(node, prefix) or short_text(self._tree, node)
        if value.strip():
            item.add(key, value.strip())

    def _parts(self, node: int, prefix: str) -> str:
        """Return the joined texts of the elements of class ``value`` in a time."""
        if prefix != "dt":
            return ""
        tree, parts = self._tree, []
        for at in range(node + 1, min(tree.lasts[node], node + 20)):
            attributes = tree.attributes(at) if tree.names[at] else {}
            words = attributes.get("class", "").split()
            if "value" in words:
                value = attributes.get("datetime") or attributes.get("title")
                parts.append(value or short_text(tree, at))
            elif "value-title" in words:
                parts.append(attributes.get("title", ""))
        return "T".join(parts[:2]) + "".join(parts[2:3])

    def _imply(self, item: Item) -> None:
        """Add the name, address and picture that a card or a citation implies."""
        if not {"h-card", "h-cite"} & {*item.data["type"]}:
            return
        properties = item.data["properties"]
        tree, node = self._tree, item.node
        attributes = tree.attributes(node)
        if "url" not in properties and attributes.get("href"):
            item.add("url", attributes["href"])
        if "h-card" not in item.data["type"]:
            return
        inside = [node, *(at for at in range(node + 1, min(tree.lasts[node], node + 12)))]
        images = [tree.attributes(at) for at in inside if tree.names[at] == "img"]
        if "photo" not in properties and len(images) == 1 and images[0].get("src"):
            item.add("photo", images[0]["src"])
        links = [tree.attributes(at) for at in inside if tree.names[at] == "a"]
        if "url" not in properties and len(links) == 1 and links[0].get("href"):
            item.add("url", links[0]["href"])
        name = short_text(tree, node) or (images[0].get("alt", "") if images else "")
        if "name" not in properties and name:
            item.add("name", name)
