"""Find the comments of a page, and which of its elements belong to which, in one pass."""

import attrs

from ._marks import (
    KINDS,
    PINGS,
    Page,
    depth_in,
    is_container,
    is_of_others,
    number_in,
    number_inside,
)

_INLINE = frozenset(("a", "span"))


@attrs.define(eq=False)
class Item:
    """A comment in the page."""

    node: int
    """The element that holds it."""
    number: str | None
    depth: int | None
    """As printed, counted from 1."""
    outer: "Item | None"
    """The comment around it."""
    parent: str | None = None
    """The id of its parent where its own id tells it; ``"0"`` is the article."""
    has_own_id: bool = False
    classes: frozenset[str] = frozenset()
    has_reply_link: bool = False
    nodes: list[int] = attrs.field(factory=list)
    """The elements and texts in it that are in no other comment."""
    holes: list[int] = attrs.field(factory=list)
    """Lists, comments and forms in it that are no part of it."""
    elements: list[int] = attrs.field(factory=list)
    """The elements among its nodes, while it is read."""
    tagged: list[tuple[int, frozenset[str]]] = attrs.field(factory=list)
    """Those that have classes, and these."""

    def open(self, page: Page) -> None:
        """List the elements; many questions go to all of them, and most have no class."""
        names = page.tree.names
        self.elements = [node for node in self.nodes if names[node] and node != self.node]
        found = ((node, page.classes(node)) for node in self.elements)
        self.tagged = [(node, classes) for node, classes in found if classes]

    def close(self) -> None:
        """Forget the elements."""
        self.elements, self.tagged = [], []

    def having(self, classes: frozenset[str]) -> list[int]:
        """Return the elements that have one of some classes."""
        return [node for node, own in self.tagged if not classes.isdisjoint(own)]


@attrs.define
class _Scope:
    """A stretch of the page that belongs to one comment, or to none."""

    last: int
    item: Item | None
    outer: Item | None
    """The comment that a comment found here is inside of."""


class Finder:
    """Goes through a page once."""

    def __init__(self, page: Page, *, everywhere: bool = False) -> None:
        self.page = page
        self.everywhere = everywhere
        """Whether to look into lists of the newest comments of all articles too."""
        self.items: list[Item] = []
        self._scopes = [_Scope(len(page.tree), None, None)]
        self._after: dict[int, Item] = {}
        """For each element, the last comment directly in it."""

    def find(self) -> list[Item]:
        """Return the comments in the order of the page."""
        names = self.page.tree.names
        unseen = 0  # up to here it is of another article, or what scripts make comments of
        for node in range(len(names)):
            while self._scopes[-1].last <= node:
                self._scopes.pop()
            if names[node] == "template" or self._is_of_others(node):
                unseen = max(unseen, self.page.tree.lasts[node])
            if names[node] and node >= unseen:
                self._look(node)
            scope = self._scopes[-1]
            if scope.item is not None:
                scope.item.nodes.append(node)
                if names[node] == "a" and self.page.has(node, "comment-reply-link"):
                    scope.item.has_reply_link = True
        return _without_marks(self.page, self.items)

    def _is_of_others(self, node: int) -> bool:
        page = self.page
        if self.everywhere:
            return False
        has_class = bool(page.tree.names[node]) and "class" in page.tree.attributes(node)
        return has_class and is_of_others(page.classes(node))

    def _look(self, node: int) -> None:
        page, scope = self.page, self._scopes[-1]
        if not page.tree.attributes(node):
            return
        classes = page.classes(node)
        number, parent = number_in(page, node)
        depth = depth_in(classes) if classes and is_container(classes) else None
        if depth is None and number is None and scope.item is None and self._is_ping(node, classes):
            depth = 1
        if scope.item is not None and _is_same(scope.item, number, depth):
            _join(scope.item, number, parent, classes)
        elif depth is not None or number is not None:
            own = number is not None
            self._open(node, Item(node, number, depth, scope.outer, parent, own, classes))
        elif "children" in classes:
            self._open_list(node)
        elif "comment-respond" in classes or page.attribute(node, "id") == "respond":
            self._push(node, page.tree.lasts[node], None, scope.outer)

    def _is_ping(self, node: int, classes: frozenset[str]) -> bool:
        """Whether an element is a ping as old themes print it: without an id, and without depth."""
        return not classes.isdisjoint(PINGS) and self.page.tree.names[node] in (
            "article",
            "div",
            "li",
        )

    def _open(self, node: int, item: Item) -> None:
        """Begin a comment."""
        tree = self.page.tree
        if tree.names[node] in _INLINE and item.depth is None and tree.parents[node] > 0:
            item.node = node = self._around(node)
        last = tree.lasts[node]
        if tree.names[node] == "dt":
            while last < len(tree) and tree.names[last] in ("", "dd"):
                if tree.parents[last] != tree.parents[node]:
                    break
                last = tree.lasts[last]
        self.items.append(item)
        self._after[tree.parents[node]] = item
        self._push(node, last, item, item)

    def _around(self, node: int) -> int:
        """Return what holds the comment that an anchor stands for: the element around it."""
        tree = self.page.tree
        outer = tree.parents[node]
        if tree.names[outer] in ("li", "div", "article", "dt", "dd", "td", "p") and (
            outer not in self._after and outer + 3 >= node
        ):
            return outer
        return node

    def _open_list(self, node: int) -> None:
        """Begin a list of replies, which may stand in its parent or behind it."""
        tree, scope = self.page.tree, self._scopes[-1]
        before = self._after.get(tree.parents[node])
        self._push(node, tree.lasts[node], None, before or scope.outer)

    def _push(self, node: int, last: int, item: Item | None, outer: Item | None) -> None:
        around = self._scopes[-1]
        if around.item is not None:
            around.item.holes.append(node)
        self._scopes.append(_Scope(min(last, around.last), item, outer))


def comments_in(page: Page) -> list[Item]:
    """Return the comments of a page.

    A list of the newest comments of all articles has none of its article, unless it holds all that
    can be answered: then its element was closed too late.
    """
    found = Finder(page).find()
    if found:
        return found
    others = Finder(page, everywhere=True).find()
    return others if any(item.has_reply_link for item in others) else []


def _is_same(item: Item, number: str | None, depth: int | None) -> bool:
    """Whether an element with an id or a depth is a part of the comment it is in."""
    if number is None and depth is None:
        return False
    if number is not None and item.number is not None:
        return number == item.number
    if depth is not None and item.depth is not None and depth != item.depth:
        return False
    return item.number is None or item.has_own_id or depth is None


def _join(item: Item, number: str | None, parent: str | None, classes: frozenset[str]) -> None:
    """Let a comment know what another element of it tells."""
    item.number = item.number or number
    item.parent = item.parent or parent
    item.classes |= classes


def _without_marks(page: Page, items: list[Item]) -> list[Item]:
    """Leave out what only marks the place of a comment, or is none after all."""
    for item in items:
        if item.number is None:
            item.number = number_inside(page, item.nodes)
    printed = {item.number for item in items if item.depth is not None or item.parent is not None}
    best: dict[str | None, tuple[int, Item]] = {}
    kept: list[Item] = []
    for item in items:
        if item.depth is not None or item.parent is not None:
            kept.append(item)
        elif item.number not in printed:
            size = _size(page, item)
            if size > best.get(item.number, (0, item))[0]:
                best[item.number] = (size, item)
    chosen = [item for _, item in best.values()]
    kept += chosen
    kept = [item for item in kept if item.number is not None or _is_comment(page, item)]
    return sorted(kept, key=lambda item: item.node)


def _is_comment(page: Page, item: Item) -> bool:
    kinds = item.classes & KINDS
    is_ping = bool(kinds & PINGS) and "comment" not in kinds
    return bool(kinds) and _size(page, item) > 0 and (not is_ping or _has_link(page, item))


def _has_link(page: Page, item: Item) -> bool:
    """Whether there is the link that a ping is, and not just where to send one to."""
    links = (page.attribute(at, "href") or "" for at in item.nodes if page.tree.names[at] == "a")
    return any(
        "://" in link[:12] and not link.endswith(("/trackback", "/trackback/")) for link in links
    )


def _size(page: Page, item: Item) -> int:
    """Return how much there is in a comment: characters of text, and pictures."""
    tree = page.tree
    return sum(
        len(tree.text[tree.starts[node] : tree.ends[node]].strip())
        if not tree.names[node]
        else tree.names[node] == "img"
        for node in item.nodes
    )
