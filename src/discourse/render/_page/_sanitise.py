"""Rebuild untrusted HTML as safe HTML, with all visible text.

Only text and checked addresses are copied from the source. Every tag of the output is written here,
and every open element is closed, within a bounded depth and inside an element that may contain it.
So a browser cannot parse the output differently from this library.
"""

import re
from collections.abc import Iterator

from ..._markup.html import Tree, tree, unescape
from ._escaping import escape, href, link, web


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DEEPEST = 24
"""The most open elements, except for a few that text needs around it."""
_DROPPED = _set(
    """canvas datalist head noembed noframes noscript object script select style svg template
    textarea title"""
)
"""Elements that are dropped with their content: scripts, and content that is not for reading."""
_ELSEWHERE = {
    "audio": "sound",
    "embed": "embedded page",
    "frame": "embedded page",
    "iframe": "embedded page",
    "img": "picture",
    "video": "film",
}
"""Elements that load something. Each becomes a link."""
_INLINE = _set("b cite code del em i ins kbd mark q s samp small strong sub sup u var")
_SAME = {"strike": "s", "tt": "code", "dfn": "i", "abbr": "", "a": "a"}
_BLOCKS = _set(
    """address article aside body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form header hgroup html legend main menu nav optgroup option p section
    search summary"""
)
"""Elements that only start a line. They become paragraphs."""
_TITLES = _set("h1 h2 h3 h4 h5 h6")
_WHOLE = _set("blockquote ul ol pre table")
_PARTS = {"li": _set("ul ol"), "tr": _set("table"), "td": _set("tr"), "th": _set("tr")}
_FIRST = {"ul": "li", "ol": "li", "table": "tr", "tr": "td"}
"""The element that is required between an element and any other content."""
_CELLS = _set("li td th")
_LINES = _INLINE | _set("a p pre")
"""Elements that may contain text directly."""
_NUMBER = re.compile("[0-9]{1,9}")


def sanitised(text: str) -> Iterator[str]:
    """Yield the safe HTML of a text, in pieces. O(n), at any depth.

    >>> "".join(sanitised('<p onclick="x()">Hi <b>you<script>alert(1)</script></p>'))
    '<p>Hi <b>you</b></p>'
    """
    writer = _Writer(tree(text))
    writer.write()
    return iter(writer.parts)


class _Writer:
    """Visits the elements in order, and writes the allowed ones."""

    def __init__(self, source: Tree) -> None:
        self.source = source
        self.parts: list[str] = []
        self.names: list[str] = []
        """The names of the open elements."""
        self.open: list[tuple[int, str]] = []
        """The end of each in the source, and the label it may need."""
        self.empty: list[bool] = []
        """Whether nothing visible was written since, for each."""
        self.blocks: list[int] = []
        """The ends of blocks that become paragraphs."""
        self.fresh = True
        """Whether the next text starts a line."""
        self.breaks = any(name in ("br", "p", "div", "li", "table") for name in source.names)
        """Whether the source has elements that break lines. If not, its line ends do."""

    def write(self) -> None:
        source, at = self.source, 0
        while at < len(source):
            if (self.open and self.open[-1][0] <= at) or (self.blocks and self.blocks[-1] <= at):
                self.leave(at)
            name = source.names[at]
            if not name:
                self.text(unescape(source.inner(at)))
            elif name in _ELSEWHERE:
                self.elsewhere(name, at)
                at = source.lasts[at]
                continue
            elif name in _DROPPED:
                at = source.lasts[at]
                continue
            else:
                self.element(name, at)
            at += 1
        self.leave(len(source))

    # -- what the source has ---------------------------------------------------------------------

    def text(self, text: str) -> None:
        """Write a text. White space between blocks is ignored."""
        exact = self.within("pre")
        if not exact and not text.strip():
            if self.inside_line or self.top in _CELLS:
                self.parts.append(" " if self.breaks or "\n" not in text else "<br>")
            return
        was_fresh = self.fresh
        self.begin_line()
        written = escape(text)
        if not self.breaks and not exact:
            written = "<br>".join((written.lstrip() if was_fresh else written).split("\n"))
        self.parts.append(written)
        self.seen()

    def element(self, name: str, at: int) -> None:
        last = self.source.lasts[at]
        name = _SAME.get(name, name)
        if name == "br":
            if self.inside_line:
                self.parts.append("<br>")
        elif name == "hr":
            if self.begin_block():
                self.parts.append("<hr>")
        elif name in _INLINE:
            self.begin_line()
            self.push(name, last, f"<{name}>")
        elif name == "a":
            self.anchor(at, last)
        elif name in _PARTS:
            self.part(name, last)
        elif name in _WHOLE or name in _TITLES or name in _BLOCKS:
            self.block(name, at, last)
        # Other elements are replaced by their content.

    def block(self, name: str, at: int, last: int) -> None:
        """Write a block element."""
        if not self.begin_block():
            return
        if name in _TITLES:
            self.push("p", last, '<p class="h">', must=True)
        elif name in _WHOLE and self.push(name, last, self.opening(name, at)):
            return
        self.blocks.append(last)

    def anchor(self, at: int, last: int) -> None:
        """Write a link if its address is safe and it is not inside another link."""
        address = href(self.source.attributes(at).get("href"))
        if address is not None and not self.within("a"):
            self.begin_line()
            self.push("a", last, link(address, "").removesuffix("</a>"), address)

    def elsewhere(self, name: str, at: int) -> None:
        """Write a link in place of an element that loads something; emoji become their text."""
        attributes = self.source.attributes(at)
        label = " ".join(attributes.get("alt", attributes.get("title", "")).split())
        address = web(attributes.get("src"))
        if name == "img" and label and (address is None or _is_sign(label)):
            self.text(label)
            return
        if address is None and not label:
            return
        self.begin_line()
        written = escape(f"[{_ELSEWHERE[name]}: {label}]" if label else f"[{_ELSEWHERE[name]}]")
        if address is not None and not self.within("a"):
            written = link(address, written)
        self.parts.append(written)
        self.seen()

    def opening(self, name: str, at: int) -> str:
        if name == "ol":
            start = self.source.attributes(at).get("start", "")
            if _NUMBER.fullmatch(start):
                return f'<ol start="{int(start)}">'
        return f'<{name} tabindex="0">' if name in ("pre", "table") else f"<{name}>"

    # -- what is open here -----------------------------------------------------------------------

    @property
    def top(self) -> str:
        return self.names[-1] if self.names else ""

    @property
    def inside_line(self) -> bool:
        """Whether a paragraph or another element of text is open."""
        return self.top in _LINES

    def within(self, name: str) -> bool:
        """Whether an element of this name is open. O(open elements), of which there are few."""
        return name in self.names

    def push(self, name: str, last: int, tag: str, label: str = "", *, must: bool = False) -> bool:
        if len(self.open) >= _DEEPEST and not must:
            return False
        self.names.append(name)
        self.open.append((last, label))
        self.empty.append(True)
        self.parts.append(tag)
        return True

    def seen(self) -> None:
        """Record that all open elements have visible content."""
        for place in range(len(self.empty) - 1, -1, -1):
            if not self.empty[place]:
                break  # nor are those around it
            self.empty[place] = False

    def pop(self) -> None:
        """Close the innermost element. A link without text shows its address."""
        name, (_, label) = self.names.pop(), self.open.pop()
        if self.empty.pop() and name == "a":
            self.parts.append(label)
            self.seen()
        self.parts.append(f"</{name}>")
        if name not in _INLINE and name != "a":
            self.fresh = True

    def leave(self, at: int) -> None:
        """Close the elements that end before *at*, and everything inside them."""
        while self.open and self.open[-1][0] <= at:  # none ends after the elements around it
            self.pop()
        if self.blocks and self.blocks[-1] <= at:
            while self.blocks and self.blocks[-1] <= at:
                self.blocks.pop()
            self.close_line()
            self.fresh = True

    def close_line(self) -> None:
        while self.inside_line and self.top != "pre":
            self.pop()

    def begin_line(self) -> None:
        """Prepare for text: open a paragraph unless the element may contain text directly."""
        if self.inside_line:
            return
        self.fill()
        if self.top not in _CELLS or (self.fresh and not self.empty[-1]):
            last = self.open[-1][0] if self.open else len(self.source)
            self.push("p", last, "<p>", must=True)
        self.fresh = False

    def begin_block(self) -> bool:
        """Prepare for a block. Return False inside ``<pre>``, which cannot contain one."""
        if self.within("pre"):
            return False
        self.close_line()
        self.fill()
        self.fresh = True
        return True

    def fill(self) -> None:
        """Open the element that the innermost element requires around its content."""
        while self.top in _FIRST:
            name = _FIRST[self.top]
            self.push(name, self.open[-1][0], f"<{name}>", must=True)

    def part(self, name: str, last: int) -> None:
        """Open an item, row or cell in its owner. Without an owner, it is an ordinary block."""
        if self.begin_part(_PARTS[name]):
            self.push(name, last, f"<{name}>", must=True)
        elif self.begin_block():
            self.blocks.append(last)

    def begin_part(self, owners: frozenset[str]) -> bool:
        """Close the elements inside the owner of an item, row or cell, if there is an owner."""
        for name in reversed(self.names):
            if name in owners:
                break
            if name in ("blockquote", "pre", "table", "ul", "ol"):
                return False
        else:
            return False
        while self.top not in owners:
            self.pop()
        return True


def _is_sign(label: str) -> bool:
    """Whether the ``alt`` text of an image is an emoji or emoticon."""
    return len(label) <= 4 and not label.isalnum()
