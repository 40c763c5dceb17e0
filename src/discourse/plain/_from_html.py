"""Convert HTML to lines of plain text."""

import re

from .._markup.html import Tree, unescape
from .._markup.html import tree as parse_html
from ._line_builder import SPACE, Lines


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = _set(
    """audio canvas embed head iframe noembed noframes noscript object script select style svg
    template textarea title video"""
)
_PARAGRAPHS = _set("p h1 h2 h3 h4 h5 h6 table dl figure pre")
_BLOCKS = _set(
    """address article aside body caption center dd details dir div dt fieldset figcaption footer
    form header hgroup html legend main menu nav optgroup option search section summary tbody tfoot
    thead tr"""
)
_WITH_ENDS = _set("a blockquote li ol pre ul")
_BREAKING = frozenset(("br", "div", "p", "table", "li"))
_NUMBER = re.compile(r"[0-9]{1,9}")
_ADDRESS = re.compile(r"(?:https?:|ftp:|mailto:)?//|mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?:|ftp:)?(?://)?(?:www\.)?|/$", re.IGNORECASE)
#: Classes of links that are mentions or hashtags in Mastodon.
_CALLS = frozenset(("mention", "hashtag", "u-url", "mention-link"))
_LONGEST_LABEL = 64  # elements and texts within a link whose label is compared with its address


def html_to_plain(text: str, *, links: bool = True) -> str:
    """Return the plain-text view of HTML. O(n)."""
    if "<" not in text and "&" not in text and "\n" not in text:
        return SPACE.sub(" ", text).removeprefix(" ").rstrip()
    return _Reader(parse_html(text), links=links).read()


class _Reader:
    """Visits the start and end of each element in order."""

    def __init__(self, tree: Tree, *, links: bool) -> None:
        self.tree = tree
        self.links = links
        self.lines = Lines()
        self.open: list[tuple[int, int, str]] = []
        """The end of each open element that needs an action there, its number, and its name."""
        self.lists: list[int | None] = []
        """The next number in each open list; None for bullets."""
        self.preformatted = 0
        self.breaks = not any(name in _BREAKING for name in tree.names)
        """Whether line breaks of the source count, because there are no others."""

    def read(self) -> str:
        tree, at = self.tree, 0
        while at < len(tree):
            self.leave(at)
            name = tree.names[at]
            if name in _DROPPED:
                at = tree.lasts[at]
                continue
            if name:
                self.enter(name, at)
            else:
                self.take(at)
            at += 1
        self.leave(at)
        return self.lines.text()

    def take(self, node: int) -> None:
        text = unescape(self.tree.inner(node))
        if self.preformatted:
            if self.tree.names[node - 1] == "pre":
                text = text.removeprefix("\r").removeprefix("\n")
            self.lines.exact(text)
        elif self.breaks and "\n" in text:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.lines.words(first)
            for line in rest:
                self.lines.br()
                self.lines.words(line)
        else:
            self.lines.words(text)

    def enter(self, name: str, node: int) -> None:
        """Handle the start of an element."""
        lines = self.lines
        if name in _PARAGRAPHS:
            lines.paragraph()
        elif name in _BLOCKS:
            lines.line()
        if name == "br":
            lines.br()
        elif name == "hr":
            lines.paragraph()
            lines.words("---")
            lines.paragraph()
        elif name == "img":
            lines.words(self.tree.attributes(node).get("alt", ""))
        elif name in ("td", "th") and self.is_later_cell(node):
            lines.words(" | ")
        elif name in _WITH_ENDS or name in _PARAGRAPHS or name in _BLOCKS:
            if name in _WITH_ENDS:
                self.begin(name, node)
            self.open.append((self.tree.lasts[node], node, name))

    def begin(self, name: str, node: int) -> None:
        """Start a quote, list, item or preformatted text."""
        lines = self.lines
        if name == "blockquote":
            lines.paragraph()
            lines.open("> ", "> ")
        elif name in ("ul", "ol"):
            lines.line() if self.lists else lines.paragraph()
            self.lists.append(self.number(node, "start", 1) if name == "ol" else None)
        elif name == "li":
            mark = "- "
            if self.lists and (number := self.lists[-1]) is not None:
                number = self.number(node, "value", number)
                self.lists[-1] = number + 1
                mark = f"{number}. "
            lines.open(mark, " " * len(mark))
        elif name == "pre":
            self.preformatted += 1

    def number(self, node: int, name: str, default: int) -> int:
        value = self.tree.attributes(node).get(name, "")
        return int(value) if _NUMBER.fullmatch(value) else default

    def is_later_cell(self, node: int) -> bool:
        """Whether a cell is not the first of its row."""
        before = self.tree.parents[node]
        return any(self.tree.names[at] for at in range(before + 1, node)[:2]) and before >= 0

    def leave(self, at: int) -> None:
        lines = self.lines
        while self.open and self.open[-1][0] <= at:
            _, node, name = self.open.pop()
            if name == "a":
                self.leave_link(node)
            elif name in ("li", "blockquote"):
                lines.close()
                if name == "blockquote":
                    lines.paragraph()
            elif name in ("ul", "ol"):
                self.lists.pop()
                if not self.lists:
                    lines.paragraph()
            elif name in _PARAGRAPHS:
                if name == "pre":
                    self.preformatted -= 1
                lines.paragraph()
            else:
                lines.line()

    def leave_link(self, node: int) -> None:
        """Add the address of a link after its label, if it differs."""
        if not self.links:
            return
        attributes = self.tree.attributes(node)
        address = attributes.get("href", "").strip()
        classes = attributes.get("class", "").split()
        if not _ADDRESS.match(address) or not _CALLS.isdisjoint(classes):
            return
        label = ""
        if self.tree.lasts[node] - node <= _LONGEST_LABEL:
            label = self.tree.string(node)
        if not label and self.tree.lasts[node] - node <= 1:
            self.lines.words(address)
        elif _SCHEME.sub("", label) != _SCHEME.sub("", address.removeprefix("mailto:")):
            self.lines.words(f" ({address})")
