"""Nest elements by the rules of HTML that real pages depend on.

These concern void elements, optional end tags (``</li>``, ``</p>``, ``</td>``), and end tags that
do not match. Unlike browsers' trees, this one never moves or copies anything: an element is always
one span of the source, and what browsers would move stays where it is written.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator

from ...errors import LimitError, shown
from ._attributes import attributes, unescape
from ._element_rules import (
    BARRIERS,
    CLOSES,
    CLOSES_P,
    CLOSING,
    ONCE,
    OPTIONS,
    SOFT,
    SPECIAL,
    TABLE,
    UNSEEN,
    VOID,
)
from ._tags import tags

_LONGEST = 2**31 - 1
_MOST_CACHED = 4096  # tags whose attributes are cached


class Tree:
    """The elements and texts of a source, numbered in source order, in flat lists.

    The descendants of element *n* are ``range(n + 1, lasts[n])``.
    """

    __slots__ = (
        "_attributes", "closes", "ends", "is_whole", "lasts", "names", "opens", "parents", "starts",
        "text",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        """The name of each element; the empty string for a text."""
        self.starts = array("i")
        """Where the start tag begins."""
        self.opens = array("i")
        """Where the content begins."""
        self.closes = array("i")
        """Where the content ends."""
        self.ends = array("i")
        """Where the end tag ends."""
        self.parents = array("i")
        """The parent element, or -1."""
        self.lasts = array("i")
        """One more than the number of the last descendant."""
        self.is_whole = False
        """Whether the source marks its end, with ``</body>`` or ``</html>``."""
        self._attributes: dict[str, dict[str, str]] = {}
        """The cache of attributes by the source of the tag, since pages repeat tags."""

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
        names, texts = self.names, []
        at, last = node, self.lasts[node]
        while at < last:
            name = names[at]
            if skip and at in skip:
                at = self.lasts[at]
                continue
            if not name:
                texts.append(unescape(self.text[self.starts[at] : self.ends[at]]))
            elif name in UNSEEN and at != node:
                at = self.lasts[at]
                continue
            elif name == "br" or name in SPECIAL:
                texts.append(" ")
            at += 1
        return " ".join("".join(texts).split())

    def children(self, node: int) -> Iterator[int]:
        """Yield the elements and texts directly in an element, in order."""
        at, last = node + 1, self.lasts[node]
        while at < last:
            yield at
            at = self.lasts[at]


def tree(text: str) -> Tree:
    """Return the elements of a source. O(n), at any depth."""
    if len(text) > _LONGEST:
        raise LimitError(f"HTML of {shown(len(text))} characters is too long: at most 2**31")
    return _Builder(text).read()


class _Builder:
    """The stack of open elements, with indexes of those that matter for closing."""

    def __init__(self, text: str) -> None:
        self._tree = tree = Tree(text)
        self._columns = tree.starts, tree.opens, tree.closes, tree.ends, tree.parents, tree.lasts
        self._stack = [-1]
        """The open elements, after a placeholder for the root."""
        self._names = [""]
        """Their names."""
        self._edges = [(-1, -1, -1)]
        """For each, the positions of the innermost special, hard and barrier elements.

        Hard elements are special ones but ``address``, ``div`` and ``p``: ``<li>`` does not reach
        past these.
        """
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        """For each name, the positions of its open elements in the stack."""
        self._seen: set[str] = set()

    def read(self) -> Tree:
        """Return the tree. Common tags are handled here, since a call for each would be slow."""
        tree, stack, open_names, edges = self._tree, self._stack, self._names, self._edges
        text, names, places, add = tree.text, tree.names, self._places, self._add
        done = 0
        for start, end, slash, name in tags(text):
            if done < start:
                add("", done, done, start)
            done = end
            if slash:
                if open_names[-1] != name or name in ONCE:
                    self._end(name, start, end)
                    continue
                node = stack.pop()
                open_names.pop()
                edges.pop()
                places[name].pop()
                tree.closes[node] = start
                tree.ends[node] = end
                tree.lasts[node] = len(names)
            elif name and (name not in CLOSING or self._make_room(name, start)):
                add(name, start, end, end)
                if name in VOID or (text[end - 2] == "/" and self._is_foreign()):
                    continue
                places[name].append(len(stack))
                stack.append(len(names) - 1)
                open_names.append(name)
                edges.append(self._edges_with(name) if name in SPECIAL else edges[-1])
        self._close(1, len(text), len(text))
        return tree

    def _add(self, name: str, start: int, opens: int, end: int) -> None:
        """Append an element or a text."""
        starts, content_starts, closes, ends, parents, lasts = self._columns
        names = self._tree.names
        names.append(name)
        starts.append(start)
        content_starts.append(opens)
        closes.append(end)
        ends.append(end)
        parents.append(self._stack[-1])
        lasts.append(len(names))

    def _edges_with(self, name: str) -> tuple[int, int, int]:
        """Return the edges after a special element was opened."""
        place = len(self._stack) - 1
        _, hard, barrier = self._edges[-1]
        return place, hard if name in SOFT else place, place if name in BARRIERS else barrier

    def _make_room(self, name: str, start: int) -> bool:
        """Close what a start tag closes; return whether its element is allowed here."""
        if name in ONCE:
            if name in self._seen:
                return False
            self._seen.add(name)
            if name == "body" and self._place("head") >= 0:
                self._close(self._place("head"), start, start)
        special, _, barrier = self._edges[-1]
        if name in CLOSES_P:
            paragraph = self._place("p")
            if paragraph >= 0 and paragraph > max(barrier, self._place("button")):
                self._close(paragraph, start, start)
        if name in CLOSES:
            self._close_before(name, start)
        elif name == "a" and self._place("a") > special:
            self._close(self._place("a"), start, start)
        elif name in OPTIONS and self._place("option") == len(self._stack) - 1 > 0:
            self._close(self._place("option"), start, start)
        return True

    def _is_foreign(self) -> bool:
        """Whether a tag that ends in ``/>`` is an empty element here."""
        return self._place("svg") >= 0 or self._place("math") >= 0

    def _close_before(self, name: str, at: int) -> None:
        """Close the previous item when another begins."""
        place = max(map(self._place, CLOSES[name]))
        if place < 0:
            return
        if name in TABLE:
            table = self._place("table")
            inside = [each for each in map(self._place, CLOSES[name]) if each > table]
            if inside:
                self._close(min(inside), at, at)
        elif place == self._edges[-1][1]:
            self._close(place, at, at)

    def _end(self, name: str, start: int, end: int) -> None:
        """Process an end tag; skip one that does not match."""
        if name in ONCE:
            self._tree.is_whole = self._tree.is_whole or name != "head"
            if name != "head":
                return  # whatever follows </body> is still inside it
        place = self._place(name)
        if place >= 0 and self._reach(name) <= place:
            self._close(place, start, end)

    def _reach(self, name: str) -> int:
        """Return the position of the outermost element that an end tag can close."""
        special, _, barrier = self._edges[-1]
        if name not in SPECIAL:
            return special
        if name in TABLE:
            return self._place("table")
        if name == "li":
            return max(barrier, self._place("ul"), self._place("ol"))
        if name == "p":
            return max(barrier, self._place("button"))
        return barrier

    def _place(self, name: str) -> int:
        """Return the position in the stack of the innermost open element of a name, or -1."""
        places = self._places.get(name)
        return places[-1] if places else -1

    def _close(self, place: int, start: int, end: int) -> None:
        """Close the element at a position in the stack, and all elements inside it."""
        tree, stack = self._tree, self._stack
        last = len(tree.names)
        while len(stack) > place:
            node = stack.pop()
            self._places[self._names.pop()].pop()
            tree.closes[node] = start
            tree.ends[node] = end if len(stack) == place else start
            tree.lasts[node] = last
        del self._edges[place:]
