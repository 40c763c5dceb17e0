"""Convert microdata and RDFa in a page to the objects of JSON-LD. Linear, without recursion.

Values follow HTML's rules for microdata: the address of a link, the ``content`` of a ``meta``, the
``datetime`` of a time, else the text. The text of a post is stored as `Markup`, without the posts
inside it.
"""

from collections.abc import Mapping

from ..._markup.html import Tree
from .._structured import TextsWithout, short_text
from ._vocabulary import ALIASES, COMMENTS, REVIEWS, TEXTS, is_article, local_name, types_of

_ADDRESSES = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    "object": "data",
}
_PEOPLE = frozenset({"person", "organization"})
_RDFA = frozenset({"typeof", "property", "rel", "about", "vocab"})


class Markup(str):
    """A text that is HTML."""

    __slots__ = ()


class Item(dict[str, object]):
    """An object described by the elements of a page; its values are in lists."""

    __slots__ = ("is_inside", "node")

    def __init__(self, node: int, types: list[str], id: str | None) -> None:
        super().__init__()
        self.node = node
        """The element of the object."""
        self.is_inside = False
        """Whether it is the value of another item."""
        if types:
            self["@type"] = types
        if id:
            self["@id"] = id

    def add(self, names: str, value: object) -> None:
        """Add a value of some properties, whose names are separated by spaces."""
        if isinstance(value, Item):
            value.is_inside = True
        for name in names.split()[:10]:
            values = self.setdefault(ALIASES.get(name, local_name(name)), [])
            if isinstance(values, list):
                values.append(value)


def is_post(item: Mapping[str, object]) -> bool:
    """Whether an object is a comment or an article."""
    types = types_of(item)
    return bool(types & COMMENTS or types & REVIEWS) or is_article(types)


class _Scanner:
    """The common part of reading microdata and RDFa: elements, their items, later the values."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.items: list[Item] = []
        self.scopes: list[Item | None] = [None] * len(tree)
        """The item that is open in each element."""
        self._texts: list[tuple[Item, str, int, int]] = []  # item, property, list index, element

    def finished(self) -> list[Item]:
        """Return the top-level items in order, with the texts of posts."""
        posts = [item.node for item in self.items if is_post(item)]
        texts = TextsWithout(posts, self.tree)
        ends: dict[tuple[int, str], int] = {}  # of the last text of an item, by its property
        for item, name, place, node in self._texts:
            values = item[name]
            assert isinstance(values, list), "it was added as one"
            if name not in TEXTS or not is_post(item):
                values[place] = short_text(self.tree, node)
            elif node >= ends.get((item.node, name), 0):  # else it is inside a text that has it
                values[place] = Markup(texts.inner(node))
                ends[item.node, name] = self.tree.lasts[node]
        for item in self.items:
            if "name" not in item and not types_of(item).isdisjoint(_PEOPLE):
                item["name"] = [short_text(self.tree, item.node)]
        return [item for item in self.items if not item.is_inside]

    def scope(self, node: int) -> Item | None:
        """Return the item that an element is in."""
        parent = self.tree.parents[node]
        return self.scopes[parent] if parent >= 0 else None

    def add_value(self, item: Item, names: str, node: int, content: str | None) -> None:
        """Add an element's value to an item; texts follow once all posts are known."""
        if content is not None:
            item.add(names, content)
            return
        item.add(names, "")
        for name in names.split()[:10]:
            word = ALIASES.get(name, local_name(name))
            values = item[word]
            assert isinstance(values, list), "it was added as one"
            self._texts.append((item, word, len(values) - 1, node))

    def content(self, node: int, attributes: Mapping[str, str]) -> str | None:
        """Return the value of an element from its attributes; None if the text is the value."""
        name = self.tree.names[node]
        if "content" in attributes:
            return attributes["content"].strip()
        if name == "meta":
            return attributes.get("value", "").strip()
        if name in _ADDRESSES:
            return attributes.get(_ADDRESSES[name], "").strip()
        if name in ("data", "meter"):
            return attributes.get("value", "").strip()
        if name in ("time", "del", "ins") and attributes.get("datetime", "").strip():
            return attributes["datetime"].strip()
        return None


def microdata(tree: Tree) -> list[Item]:
    """Return the items of microdata in a page, in order."""
    scanner = _Scanner(tree)
    elements = [(node, tree.attributes(node)) for node, name in enumerate(tree.names) if name]
    borrowed: dict[str, Item] = {}
    started: dict[int, Item] = {}
    for node, attributes in elements:
        if "itemscope" in attributes or "itemtype" in attributes:
            types = attributes.get("itemtype", "").split()[:10]
            item = started[node] = Item(node, types, attributes.get("itemid", "").strip() or None)
            scanner.items.append(item)
            for id in attributes.get("itemref", "").split()[:50]:
                borrowed.setdefault(id, item)
    for node, attributes in elements:
        scope = scanner.scope(node)
        if scope is None and borrowed:
            scope = borrowed.get(attributes.get("id", ""))
        names, inner = attributes.get("itemprop"), started.get(node)
        if names and scope is not None:
            if inner is not None:
                scope.add(names, inner)
            else:
                scanner.add_value(scope, names, node, scanner.content(node, attributes))
        scanner.scopes[node] = inner if inner is not None else scope
    return scanner.finished()


def rdfa(tree: Tree) -> list[Item]:
    """Return the items of RDFa Lite in a page, in order, and those of ``rel`` and ``about``."""
    scanner = _Scanner(tree)
    pending: dict[int, tuple[Item, str]] = {}  # elements whose ``rel`` waits for an item inside
    for node, name in enumerate(tree.names):
        if not name:
            continue
        attributes, scope = tree.attributes(node), scanner.scope(node)
        waiting = pending.get(tree.parents[node])
        item = scope
        if not _RDFA.isdisjoint(attributes):
            names = attributes.get("property")
            address = attributes.get("about") or attributes.get("resource")
            if "typeof" in attributes:
                item = Item(node, attributes["typeof"].split()[:10], address)
                scanner.items.append(item)
                is_own = "datatype" in attributes or "content" in attributes
                if waiting is not None:
                    waiting[0].add(waiting[1], item)
                elif names and scope is not None and not is_own:
                    scope.add(names, item)
                if names and is_own:
                    scanner.add_value(item, names, node, attributes.get("content"))
                waiting = None
            elif scope is not None:
                waiting = _take_rdfa(scanner, scope, node, attributes) or waiting
        if waiting is not None:
            pending[node] = waiting
        scanner.scopes[node] = item
    return scanner.finished()


def _take_rdfa(
    scanner: _Scanner, scope: Item, node: int, attributes: Mapping[str, str]
) -> tuple[Item, str] | None:
    """Add the properties of an element; return those that wait for an item inside it."""
    names, rel = attributes.get("property"), attributes.get("rel")
    address = attributes.get("resource") or attributes.get("href")
    if names:
        content = attributes.get("resource")
        if content is None or "content" in attributes:
            content = scanner.content(node, attributes)
        scanner.add_value(scope, names, node, content)
    if rel and ":" in rel:
        if address is None:
            return scope, rel
        scope.add(rel, {"@id": address})
    return None
