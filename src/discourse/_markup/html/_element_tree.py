"""Put elements inside elements, by the rules of HTML that real pages depend on.

Void elements, end tags that may be left out (``</li>``, ``</p>``, ``</td>``), and end tags that do
not fit. Unlike browsers', this tree never moves or copies anything: an element is always one
stretch of the source, and what browsers would have to move stays where it is written.
"""

from array import array
from collections.abc import Iterator

from ...errors import LimitError, shown
from ._attributes import attributes, unescape
from ._element_rules import BARRIERS, CLOSES, CLOSES_P, ONCE, SPECIAL, TABLE, UNSEEN, VOID
from ._tokens import ALONE, END, TEXT, Token, tokens

_LONGEST = 2**31 - 1
_MOST_CACHED = 4096  # tags whose attributes are cached


class Tree:
    """The elements and texts of a source, numbered in its order, in flat lists.

    The descendants of element *n* are ``range(n + 1, lasts[n])``.
    """

    __slots__ = (
        "_attributes", "closes", "ends", "is_whole", "lasts", "names", "opens", "parents", "starts",
        "text",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        """The name of each element; of a text, the empty string."""
        self.starts = array("i")
        """Where the start tag begins."""
        self.opens = array("i")
        """Where the content begins."""
        self.closes = array("i")
        """Where the content ends."""
        self.ends = array("i")
        """Where the end tag ends."""
        self.parents = array("i")
        """The element around it; -1 where there is none."""
        self.lasts = array("i")
        """The number after that of the last descendant."""
        self.is_whole = False
        """Whether the source says where it ends, with ``</body>`` or ``</html>``."""
        self._attributes: dict[str, dict[str, str]] = {}
        """By the source of a tag, since pages repeat them."""

    def __len__(self) -> int:
        return len(self.names)

    def attributes(self, node: int) -> dict[str, str]:
        """Return the attributes of an element, by lower-case name."""
        tag = self.text[self.starts[node] : self.opens[node]]
        cached = self._attributes.get(tag)
        if cached is None:
            if len(self._attributes) >= _MOST_CACHED:
                self._attributes.clear()
            cached = self._attributes[tag] = attributes(tag, self.names[node]) if tag else {}
        return cached

    def inner(self, node: int) -> str:
        """Return the source between the tags of an element."""
        return self.text[self.opens[node] : self.closes[node]]

    def string(self, node: int, skip: frozenset[int] = frozenset()) -> str:
        """Return the text in an element as one line, without scripts and the elements in *skip*."""
        return " ".join("".join(self._strings(node, skip)).split())

    def _strings(self, node: int, skip: frozenset[int]) -> Iterator[str]:
        at, last = node, self.lasts[node]
        while at < last:
            name = self.names[at]
            if at in skip or (name in UNSEEN and at != node):
                at = self.lasts[at]
                continue
            if not name:
                yield unescape(self.text[self.starts[at] : self.ends[at]])
            elif name == "br" or name in SPECIAL:
                yield " "
            at += 1

    def children(self, node: int) -> Iterator[int]:
        """Yield the elements and texts directly in an element, in order."""
        at, last = node + 1, self.lasts[node]
        while at < last:
            yield at
            at = self.lasts[at]


def tree(text: str) -> Tree:
    """Return the elements of a source. O(n), at any depth."""
    if len(text) > _LONGEST:
        raise LimitError(f"HTML of {shown(len(text))} characters is too long: 2**31 are the most")
    builder = _Builder(text)
    for token in tokens(text):
        builder.take(token)
    builder.finish()
    return builder.tree


class _Builder:
    """The elements that are open, and where the ones that matter for closing are among them."""

    def __init__(self, text: str) -> None:
        self.tree = Tree(text)
        self.stack: list[int] = []
        self.places: dict[str, list[int]] = {}
        """For each name, the places of its open elements in the stack."""
        self.special: list[int] = []
        self.hard: list[int] = []
        """Special ones but ``address``, ``div`` and ``p``: ``<li>`` does not look beyond these."""
        self.barriers: list[int] = []
        self.seen: set[str] = set()

    def take(self, token: Token) -> None:
        kind, name, start, end = token
        if kind == TEXT:
            self.add("", start, start, end)
        elif kind == END:
            self.end(name, start, end)
        else:
            self.start(name, start, end, is_alone=kind == ALONE)

    def add(self, name: str, start: int, opens: int, end: int) -> int:
        tree = self.tree
        node = len(tree.names)
        tree.names.append(name)
        tree.starts.append(start)
        tree.opens.append(opens)
        tree.closes.append(end)
        tree.ends.append(end)
        tree.parents.append(self.stack[-1] if self.stack else -1)
        tree.lasts.append(node + 1)
        return node

    def start(self, name: str, start: int, end: int, *, is_alone: bool) -> None:
        if name in ONCE:
            if name in self.seen:
                return
            self.seen.add(name)
            if name == "body" and self.places.get("head"):
                self.close(self.places["head"][-1], start, start)
        paragraph = self.place("p") if name in CLOSES_P else -1
        if paragraph >= 0 and paragraph > max(self.top(self.barriers), self.place("button")):
            self.close(paragraph, start, start)
        if name in CLOSES:
            self.close_before(name, start)
        elif name == "a" and self.place("a") > self.top(self.special):
            self.close(self.place("a"), start, start)
        elif name in ("option", "optgroup") and self.place("option") == len(self.stack) - 1 >= 0:
            self.close(self.place("option"), start, start)
        node = self.add(name, start, end, end)
        if name not in VOID and not (is_alone and self.is_foreign()):
            self.push(name, node)

    def is_foreign(self) -> bool:
        """Whether a tag that ends in ``/>`` is an element without content here."""
        return self.place("svg") >= 0 or self.place("math") >= 0

    def close_before(self, name: str, at: int) -> None:
        """Close what a start tag ends, such as the item before an item."""
        place = max(map(self.place, CLOSES[name]))
        if place < 0:
            return
        if name in TABLE:
            table = self.place("table")
            inside = [each for each in map(self.place, CLOSES[name]) if each > table]
            if inside:
                self.close(min(inside), at, at)
        elif place == self.top(self.hard):
            self.close(place, at, at)

    def end(self, name: str, start: int, end: int) -> None:
        """Take an end tag; one that does not fit is passed over."""
        if name in ONCE:
            self.tree.is_whole = self.tree.is_whole or name != "head"
            if name != "head":
                return  # what comes after </body> is in it all the same
        place = self.place(name)
        if place < 0:
            return
        if name not in SPECIAL:
            beyond = self.top(self.special)
        elif name in TABLE:
            beyond = self.place("table")
        elif name == "li":
            beyond = max(self.top(self.barriers), self.place("ul"), self.place("ol"))
        elif name == "p":
            beyond = max(self.top(self.barriers), self.place("button"))
        else:
            beyond = self.top(self.barriers)
        if beyond <= place:
            self.close(place, start, end)

    def place(self, name: str) -> int:
        """Return where in the stack the innermost open element of a name is; -1 for none."""
        places = self.places.get(name)
        return places[-1] if places else -1

    @staticmethod
    def top(places: list[int]) -> int:
        """Return the last of some places; -1 where there is none."""
        return places[-1] if places else -1

    def push(self, name: str, node: int) -> None:
        place = len(self.stack)
        self.stack.append(node)
        self.places.setdefault(name, []).append(place)
        if name in SPECIAL:
            self.special.append(place)
            if name not in ("address", "div", "p"):
                self.hard.append(place)
            if name in BARRIERS:
                self.barriers.append(place)

    def close(self, place: int, start: int, end: int) -> None:
        """Close the element at a place of the stack, and all that are open in it."""
        tree = self.tree
        while len(self.stack) > place:
            node = self.stack.pop()
            here = len(self.stack)
            self.places[tree.names[node]].pop()
            for places in (self.special, self.hard, self.barriers):
                if places and places[-1] == here:
                    places.pop()
            tree.closes[node] = start
            tree.ends[node] = end if here == place else start
            tree.lasts[node] = len(tree.names)

    def finish(self) -> None:
        size = len(self.tree.text)
        self.close(0, size, size)
