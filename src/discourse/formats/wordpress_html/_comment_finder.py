"""Find the comments of a page, which elements belong to which, and who answers whom."""

import attrs

from ...errors import Problem
from ._page_index import (
    KINDS,
    PINGS,
    STRIPES,
    TEXTS,
    Page,
    depth_in,
    is_of_others,
    number_in,
    number_inside,
)

_INLINE = frozenset(("a", "span"))
_PING_BOXES = ("article", "div", "li")
_TEXTS_ANYWHERE = TEXTS - {"description", "entry-content"}
#: Lists of pings whose items have neither id nor class: ``trackback_list`` is of Thesis.
_PING_LISTS = frozenset(("trackback_list", "trackbacklist", "pinglist", "ping-list", "pings"))
_ANCHORED = ("li", "div", "article", "dt", "dd", "td", "p")
#: Without one of these classes and without an id, an element decides nothing about comments.
_DECIDING = (
    KINDS | STRIPES | TEXTS | _PING_LISTS | {"children", "comment-respond", "comment-reply-link"}
)


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
    """The id of its parent where its own id has it; ``"0"`` is the article."""
    has_own_id: bool = False
    classes: frozenset[str] = frozenset()
    has_reply_link: bool = False
    nodes: list[int] = attrs.field(factory=list)
    """The elements and texts in it that are in no other comment."""
    holes: list[int] = attrs.field(factory=list)
    """Lists, comments and forms in it that are no part of it."""
    text_end: int = 0
    """The number after that of the last node in the element of its text."""


@attrs.define
class _Scope:
    """A stretch of the page that belongs to one comment, or to none."""

    last: int
    item: Item | None
    outer: Item | None
    """The comment that a comment found here is inside of."""
    is_replies: bool = False
    """Whether it is a list of replies, in which there are comments only."""


def comments_in(page: Page) -> tuple[list[Item], list[int], list[int]]:
    """Return the comments of a page, the nodes that belong to none, and the strays.

    Strays are texts in a list of replies, or in an element for the text of a comment, that are part
    of no comment's text.

    A list of the newest comments of all articles has none of its article, unless it holds all that
    can be answered: then its element was closed too late.
    """
    first = _Finder(page, everywhere=False)
    items, rest = first.find()
    if not items:
        second = _Finder(page, everywhere=True)
        others, around = second.find()
        if any(item.has_reply_link for item in others):
            return others, around, second.strays
    return items, rest, first.strays


class _Finder:
    """Goes through a page once."""

    def __init__(self, page: Page, *, everywhere: bool) -> None:
        self.page = page
        self.everywhere = everywhere
        """Whether to look into lists of the newest comments of all articles too."""
        self.items: list[Item] = []
        self.strays: list[int] = []
        self._scopes = [_Scope(len(page.tree), None, None)]
        self._stray_end = 0  # up to here it is text of a comment, and part of none
        self._after: dict[int, Item] = {}
        """For each element, the last comment directly in it."""
        self._hidden = set(page.named["template"])
        """Elements with what is of another article, or what scripts make comments of."""
        self._unseen = 0
        """Up to here it is in one of these."""
        self._rest: list[int] = []
        self._pings = self._items_of_ping_lists()

    def find(self) -> tuple[list[Item], list[int]]:
        """Return the comments, and the nodes that belong to none."""
        page, names, lasts = self.page, self.page.tree.names, self.page.tree.lasts
        done = 0
        for node in self._deciding():
            self._pass(done, node)
            if node in self._hidden:
                self._unseen = max(self._unseen, lasts[node])
            if node >= self._unseen:
                self._look(node)
                self._note_text(node)
            item = self._scopes[-1].item
            if item is None:
                self._rest.append(node)
            else:
                item.nodes.append(node)
                if names[node] == "a" and "comment-reply-link" in page.classes[node]:
                    item.has_reply_link = True
            done = node + 1
        self._pass(done, len(names))
        return self._without_marks(self._rest)

    def _items_of_ping_lists(self) -> set[int]:
        page, tree = self.page, self.page.tree
        lists = {node for node, id in page.ids.items() if id in _PING_LISTS}
        for classes, nodes in page.alike.values():
            if not classes.isdisjoint(_PING_LISTS):
                lists.update(nodes)
        return {at for node in lists for at in tree.children(node) if tree.names[at] == "li"}

    def _deciding(self) -> list[int]:
        """Return the elements at which a comment may begin or end, in order."""
        page = self.page
        deciding = {*page.ids, *self._pings}
        for classes, nodes in page.alike.values():
            if not classes.isdisjoint(_DECIDING):
                deciding.update(nodes)
            if not self.everywhere and is_of_others(classes):
                self._hidden.update(nodes)
        return sorted(deciding | self._hidden)

    def _pass(self, node: int, last: int) -> None:
        """Give nodes up to another one to the comments they are in, and end these."""
        names, scopes = self.page.tree.names, self._scopes
        while True:
            while scopes[-1].last <= node < len(names):
                scopes.pop()
            if node >= last:
                return
            scope = scopes[-1]
            end = min(scope.last, last)
            (self._rest if scope.item is None else scope.item.nodes).extend(range(node, end))
            if scope.is_replies or node < self._stray_end:
                stray_end = end if scope.is_replies else min(end, self._stray_end)
                strays = range(max(node, self._unseen), stray_end)
                self.strays += [at for at in strays if not names[at]]
            node = end

    def _note_text(self, node: int) -> None:
        scope, own = self._scopes[-1], self.page.classes[node]
        item, last = scope.item, self.page.tree.lasts[node]
        if own and not own.isdisjoint(TEXTS if item else _TEXTS_ANYWHERE):
            if item is not None and not item.text_end:
                item.text_end = last
            elif item is None or node >= item.text_end:
                self._stray_end = max(self._stray_end, last)

    def _look(self, node: int) -> None:
        page, scope = self.page, self._scopes[-1]
        classes = page.classes[node]
        if node in self._pings and classes.isdisjoint(PINGS):
            classes |= {"trackback"}
        number, parent = number_in(page, node)
        depth = depth_in(classes)
        if depth is None and number is None and scope.item is None:
            is_ping = not classes.isdisjoint(PINGS) and page.tree.names[node] in _PING_BOXES
            depth = 1 if is_ping else None  # as old themes print it: without id, without depth
        if scope.item is not None and _is_same(scope.item, number, depth):
            scope.item.number = scope.item.number or number
            scope.item.parent = scope.item.parent or parent
            scope.item.classes |= classes
        elif depth is not None or number is not None:
            own = number is not None
            self._open(node, Item(node, number, depth, scope.outer, parent, own, classes))
        elif "children" in classes:  # which may be in its parent or behind it
            before = self._after.get(page.tree.parents[node])
            outer = before or scope.outer
            self._push(node, page.tree.lasts[node], None, outer, is_replies=outer is not None)
        elif "comment-respond" in classes or page.ids.get(node) == "respond":
            self._push(node, page.tree.lasts[node], None, scope.outer)

    def _open(self, node: int, item: Item) -> None:
        """Begin a comment."""
        tree = self.page.tree
        if tree.names[node] in _INLINE and item.depth is None and tree.parents[node] > 0:
            outer = tree.parents[node]  # an anchor stands for the comment around it
            if tree.names[outer] in _ANCHORED and outer not in self._after and outer + 3 >= node:
                item.node = node = outer
        last = tree.lasts[node]
        if tree.names[node] == "dt":
            while last < len(tree) and tree.names[last] in ("", "dd"):
                if tree.parents[last] != tree.parents[node]:
                    break
                last = tree.lasts[last]
        self._stray_end = 0  # an element with comments in it is no text, or was closed too late
        self.items.append(item)
        self._after[tree.parents[node]] = item
        self._push(node, last, item, item)

    def _push(
        self,
        node: int,
        last: int,
        item: Item | None,
        outer: Item | None,
        *,
        is_replies: bool = False,
    ) -> None:
        around = self._scopes[-1]
        if around.item is not None:
            around.item.holes.append(node)
        self._scopes.append(_Scope(min(last, around.last), item, outer, is_replies))

    def _without_marks(self, rest: list[int]) -> tuple[list[Item], list[int]]:
        """Leave out what only marks the place of a comment, or is none after all."""
        page, items = self.page, self.items
        for item in items:
            if item.number is None:
                item.number = number_inside(page, item.nodes)
        sure = [item for item in items if item.depth is not None or item.parent is not None]
        printed = {item.number for item in sure}
        best: dict[str | None, tuple[int, Item]] = {}
        for item in items:
            if item.number not in printed:
                size = _size(page, item)
                if size > best.get(item.number, (0, item))[0]:
                    best[item.number] = (size, item)
        chosen = [*sure, *(item for _, item in best.values())]
        chosen = [item for item in chosen if item.number is not None or _is_comment(page, item)]
        chosen.sort(key=lambda item: item.node)
        if len(chosen) < len(items):
            left = {id(item) for item in chosen}
            rest += [node for item in items if id(item) not in left for node in item.nodes]
            rest.sort()
        return chosen, rest


def _is_same(item: Item, number: str | None, depth: int | None) -> bool:
    """Whether an element with an id or a depth is a part of the comment it is in."""
    if number is None and depth is None:
        return False
    if number is not None and item.number is not None:
        return number == item.number
    if depth is not None and item.depth is not None and depth != item.depth:
        return False
    return item.number is None or item.has_own_id or depth is None


def _is_comment(page: Page, item: Item) -> bool:
    """Whether what has no id is a comment: a ping has a link, not just where to send one to."""
    kinds = item.classes & KINDS
    if not kinds or not _size(page, item):
        return False
    links = (page.attribute(at, "href") for at in item.nodes if page.tree.names[at] == "a")
    return "comment" in kinds or any(
        "://" in link[:12] and not link.endswith(("/trackback", "/trackback/")) for link in links
    )


def _size(page: Page, item: Item) -> int:
    """Return how much there is in a comment: characters of text, and pictures."""
    names = page.tree.names
    return sum(
        names[node] == "img" if names[node] else len(page.tree.inner(node).strip())
        for node in item.nodes
    )


def parents(items: list[Item], problems: list[Problem]) -> tuple[list[Item | str | None], set[int]]:
    """Return the parent of each comment, and the places of those that had to be guessed.

    A parent is a comment, or its id where the page need not have it. Depth goes before nesting,
    since themes close the wrong element, or none, and WordPress counts by itself.
    """
    answered: list[Item | str | None] = []
    guessed: set[int] = set()
    above: list[Item] = []  # the comments by which a deeper one can be meant
    skipping: list[str] = []
    for place, item in enumerate(items):
        if item.depth is not None:
            while above and (above[-1].depth or 0) >= item.depth:
                above.pop()
        if item.parent is not None:
            answered.append(None if item.parent == "0" else item.parent)
        elif item.depth is None:
            answered.append(item.outer)
            if item.outer is not None:
                guessed.add(place)
        else:
            answered.append(above[-1] if above else None)
            if item.depth - 1 != ((above[-1].depth or 0) if above else 0):
                skipping.append(item.number or "?")
                guessed.add(place)
        if item.depth is not None:
            above.append(item)
    if skipping:
        message = f"comments more than one level deeper than their parents: {len(skipping)}"
        problems.append(Problem("missing-level", message, tuple(skipping)))
    return answered, guessed | _flattened(items)


def _flattened(items: list[Item]) -> set[int]:
    """Return the places of the comments that may answer one of their own depth.

    Below the depth that a site allows, WordPress prints replies as siblings of what they answer,
    and offers no reply link: so where only the deepest comments lack one, their parents are unsure.
    """
    deepest = max((item.depth or 0 for item in items), default=0)
    last = [item for item in items if item.depth == deepest]
    others = any(item.has_reply_link for item in items if item.depth != deepest)
    if deepest < 2 or not others or any(item.has_reply_link for item in last):
        return set()
    return {place for place, item in enumerate(items) if item.depth == deepest}
