"""Read the headings and lines of a talk page in HTML without marks of DiscussionTools."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

from ..._markup.html import Tree, unescape
from ._page_threads import Heading
from ._signed_lines import Line, UserLink
from ._user_names import UserPages


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _set(
    """div p table tbody thead tfoot caption th tr td ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hgroup
    article aside body nav section footer header figure figcaption fieldset details blockquote hr
    button canvas center col colgroup embed map object pre progress video"""
)
"""Elements that begin and end lines, as in DiscussionTools."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_QUOTES = frozenset({"blockquote", "cite", "q", "style", "script"})
_SEPARATORS = re.compile(r"(?:^|\s)(?:mw-notalk|outdent-template|mw-trackedTemplate)(?:\s|$)")
_LEAVES = frozenset({"img", "input", "audio", "video", "iframe", "math", "svg", "figure"})


def lines(tree: Tree, root: int, users: UserPages) -> Iterator[Line | Heading]:
    """Yield the headings and the lines in an element of a page. O(n)."""
    yield from _Lines(tree, users).lines(root)


def heading_of(tree: Tree, node: int) -> Heading:
    """Return a heading; its anchor is on the element itself or, in older pages, inside."""
    anchor = ""
    inner = node
    for each in range(node, tree.lasts[node]):
        if not tree.names[each]:
            continue
        named = tree.attributes(each)
        if each == node or "mw-headline" in named.get("class", "").split():
            anchor = named.get("id") or named.get("data-mw-anchor") or anchor
            inner = each
    skip = frozenset(
        each
        for each in range(node + 1, tree.lasts[node])
        if tree.names[each] and "mw-editsection" in tree.attributes(each).get("class", "")
    )
    return Heading(int(tree.names[node][1]), tree.string(inner, skip), anchor)


def levels(tree: Tree) -> list[int]:
    """Return for each node how many list items it is in. O(n)."""
    numbers: list[int] = []
    for node, parent in enumerate(tree.parents):
        above = numbers[parent] if parent >= 0 else 0
        numbers.append(above + (tree.names[node] in ("li", "dd")))
    return numbers


@attrs.frozen
class _OpenLink:
    node: int
    last: int
    """The node after its last descendant."""
    start: int
    """Where it begins in the text of the line."""


class _Lines:
    """The state of reading one page: the current line and the open links."""

    def __init__(self, tree: Tree, users: UserPages) -> None:
        self.tree = tree
        self._users = users
        self._levels = levels(tree)
        self._blocks: list[int] = []  # the innermost block around each node
        for node, parent in enumerate(tree.parents):
            above = self._blocks[parent] if parent >= 0 else -1
            self._blocks.append(node if tree.names[node] in _BLOCKS else above)
        self._start = self._end = -1
        self._pieces: list[str] = []
        self._links: list[UserLink] = []
        self._size = 0
        self._level = 0
        self._block = -1
        self._open_links: list[_OpenLink] = []

    def lines(self, root: int) -> Iterator[Line | Heading]:
        tree = self.tree
        node = root + 1
        last = tree.lasts[root] if root >= 0 else len(tree)
        while node < last:
            name = tree.names[node]
            while self._open_links and self._open_links[-1].last <= node:
                self._close_link(self._open_links.pop())
            is_separator = bool(name) and self._is_separator(node)
            if self._blocks[node] != self._block or name == "br" or is_separator:
                yield from self._line()
                self._block, self._level = self._blocks[node], self._levels[node]
            if name in HEADINGS:
                if tree.attributes(node).get("id") != "firstHeading":
                    yield heading_of(tree, node)
                node = tree.lasts[node]
            elif name and (is_separator or self._is_passed_over(node, name)):
                node = tree.lasts[node]
            else:
                node = self._take(node, name)
        yield from self._line()

    def _take(self, node: int, name: str) -> int:
        """Read a text or an element of a line; return the next node to read."""
        tree = self.tree
        if not name:
            text = unescape(tree.text[tree.starts[node] : tree.ends[node]])
            if not text.isspace():
                self._touch(node)
            self._pieces.append(text)
            self._size += len(text)
        elif name in _QUOTES:
            self._touch(node)
            return tree.lasts[node]
        elif name in _LEAVES:
            self._touch(node)
        elif name == "a":
            self._open_links.append(_OpenLink(node, tree.lasts[node], self._size))
        return node + 1

    def _is_passed_over(self, node: int, name: str) -> bool:
        """Whether an element is not part of a comment."""
        tree = self.tree
        if name in ("style", "script", "meta", "link", "br", "hr"):
            return True
        if name == "dl":
            children = [each for each in tree.children(node) if tree.names[each]]
            return len(children) == 1 and tree.names[children[0]] == "dt"
        named = tree.attributes(node)
        kind = named.get("class", "")
        if named.get("id") == "toc" or "mw-editsection" in kind:
            return True
        return name == "ol" and "references" in kind.split()

    def _is_separator(self, node: int) -> bool:
        """Whether an element ends a line, such as the template that ends an indentation."""
        return _SEPARATORS.search(self.tree.attributes(node).get("class", "")) is not None

    def _touch(self, node: int) -> None:
        if self._start < 0:
            self._start = self.tree.starts[node]
        self._end = self.tree.ends[node]

    def _close_link(self, link: "_OpenLink") -> None:
        node, start = link.node, link.start
        named = self.tree.attributes(node)
        if start > self._size or "ext-discussiontools-init-timestamplink" in named.get("class", ""):
            return
        title = title_of(named.get("href", ""))
        user = self._users.user(title) if title else None
        if user is not None:
            name = self.tree.string(node) if self._users.is_own(title) else ""
            differs = name and name.lower() != user.lower()
            self._links.append(UserLink(start, self._size, user, name if differs else None))

    def _line(self) -> Iterator[Line]:
        if self._start >= 0:
            text = "".join(self._pieces)
            yield Line(self._start, self._end, self._level, text, self._links)
        self._start = -1
        self._pieces, self._links, self._size = [], [], 0


def title_of(address: str) -> str:
    """Return the title of the page that a link points to, such as ``User:Ada``.

    >>> title_of("/wiki/User:Ada"), title_of("./User_talk:Ada#top")
    ('User:Ada', 'User_talk:Ada#top')
    >>> title_of("//en.wikipedia.org/w/index.php?title=User:Ada&action=edit&redlink=1")
    'User:Ada'
    """
    if ":" not in address and "%3A" not in address and "%3a" not in address:
        return ""
    if address.startswith("./"):
        return unquote(address[2:].partition("?")[0])
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if "title=" in parts.query:
        return parse_qs(parts.query, max_num_fields=100).get("title", [""])[0]
    path = unquote(parts.path)
    for beginning in ("/wiki/", "/w/index.php/", "/index.php/"):
        if path.startswith(beginning):
            return path[len(beginning) :]
    name = path.rpartition("/")[2]
    return name if not parts.netloc and ":" in name else ""
