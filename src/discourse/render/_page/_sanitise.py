"""HTML from outside as harmless HTML: what is allowed stays, what a reader would see is kept.

Nothing of the source is copied but text and checked addresses: every tag that comes out is written
here, and every one that is opened is closed, within a bounded depth and inside what may hold it. So
there is nothing that a browser would read in another way than this library does.
"""

import re
from collections.abc import Iterator

from ..._markup.html import Tree, tree, unescape
from ._escaping import escape, href, link, web


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DEEPEST = 24
"""How many elements are open at most, but for a few that each needs around its words."""
_DROPPED = _set(
    """canvas datalist head noembed noframes noscript object script select style svg template
    textarea title"""
)
"""Elements that are left out with all they hold: what is run, or not meant to be read."""
_ELSEWHERE = {
    "audio": "sound",
    "embed": "embedded page",
    "frame": "embedded page",
    "iframe": "embedded page",
    "img": "picture",
    "video": "film",
}
"""Elements that would be fetched: a link stands for each."""
_INLINE = _set("b cite code del em i ins kbd mark q s samp small strong sub sup u var")
_SAME = {"strike": "s", "tt": "code", "dfn": "i", "abbr": "", "a": "a"}
_BLOCKS = _set(
    """address article aside body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form header hgroup html legend main menu nav optgroup option p section
    search summary"""
)
"""Elements that begin a line and say no more; paragraphs stand for them."""
_TITLES = _set("h1 h2 h3 h4 h5 h6")
_WHOLE = _set("blockquote ul ol pre table")
_PARTS = {"li": _set("ul ol"), "tr": _set("table"), "td": _set("tr"), "th": _set("tr")}
_FIRST = {"ul": "li", "ol": "li", "table": "tr", "tr": "td"}
"""What must stand between an element and whatever else is in it."""
_CELLS = _set("li td th")
_LINES = _INLINE | _set("a p pre")
"""Elements of which text is a part as it is."""
_NUMBER = re.compile("[0-9]{1,9}")


def sanitised(text: str) -> Iterator[str]:
    """Yield the harmless HTML of a text, in pieces. O(n), at any depth.

    >>> "".join(sanitised('<p onclick="x()">Hi <b>you<script>alert(1)</script></p>'))
    '<p>Hi <b>you</b></p>'
    """
    writer = _Writer(tree(text))
    writer.write()
    return iter(writer.parts)


class _Writer:
    """Goes through the elements in order, and writes those that are allowed."""

    def __init__(self, source: Tree) -> None:
        self.source = source
        self.parts: list[str] = []
        self.names: list[str] = []
        """The name of each element that is open here."""
        self.open: list[tuple[int, str]] = []
        """Where each of them ends in the source, and the label it may need."""
        self.empty: list[bool] = []
        """Whether nothing that is seen has been written since."""
        self.blocks: list[int] = []
        """Where the blocks end that are paragraphs here."""
        self.fresh = True
        """Whether what comes next begins a line."""
        self.breaks = any(name in ("br", "p", "div", "li", "table") for name in source.names)
        """Whether the source has elements that break lines; if not, its line ends count."""

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
        """Write a text; white space between blocks is none."""
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
        # Of others nothing is known, or nothing need be: what they hold stands here.

    def block(self, name: str, at: int, last: int) -> None:
        """Write what has lines of its own."""
        if not self.begin_block():
            return
        if name in _TITLES:
            self.push("p", last, '<p class="h">', must=True)
        elif name in _WHOLE and self.push(name, last, self.opening(name, at)):
            return
        self.blocks.append(last)

    def anchor(self, at: int, last: int) -> None:
        """Write a link, where it leads somewhere and is in no other."""
        address = href(self.source.attributes(at).get("href"))
        if address is not None and not self.within("a"):
            self.begin_line()
            self.push("a", last, link(address, "").removesuffix("</a>"), address)

    def elsewhere(self, name: str, at: int) -> None:
        """Write a link in place of what would be fetched; small pictures are their own words."""
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
        """Return whether an element of a name is open; there are few that are."""
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
        """Note that there is something to see in all that is open."""
        for place in range(len(self.empty) - 1, -1, -1):
            if not self.empty[place]:
                break  # nor are those around it
            self.empty[place] = False

    def pop(self) -> None:
        """Close the innermost element; a link without words shows its address."""
        name, (_, label) = self.names.pop(), self.open.pop()
        if self.empty.pop() and name == "a":
            self.parts.append(label)
            self.seen()
        self.parts.append(f"</{name}>")
        if name not in _INLINE and name != "a":
            self.fresh = True

    def leave(self, at: int) -> None:
        """Close what ends before *at*, and all that was opened within it."""
        while self.open and self.open[-1][0] <= at:  # none ends later than those around it
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
        """Make room for text: in a paragraph, or in what may hold text as it is."""
        if self.inside_line:
            return
        self.fill()
        if self.top not in _CELLS or (self.fresh and not self.empty[-1]):
            last = self.open[-1][0] if self.open else len(self.source)
            self.push("p", last, "<p>", must=True)
        self.fresh = False

    def begin_block(self) -> bool:
        """Make room for a block; false where there is none."""
        if self.within("pre"):
            return False
        self.close_line()
        self.fill()
        self.fresh = True
        return True

    def fill(self) -> None:
        """Open what must stand between the innermost element and anything in it."""
        while self.top in _FIRST:
            name = _FIRST[self.top]
            self.push(name, self.open[-1][0], f"<{name}>", must=True)

    def part(self, name: str, last: int) -> None:
        """Open an item, row or cell in what it belongs to; elsewhere it is a mere block."""
        if self.begin_part(_PARTS[name]):
            self.push(name, last, f"<{name}>", must=True)
        elif self.begin_block():
            self.blocks.append(last)

    def begin_part(self, owners: frozenset[str]) -> bool:
        """Close what stands between here and the owner of a part, if there is one to belong to."""
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
    """Return whether the words for a picture are a sign, such as an emoji or ``:)``."""
    return len(label) <= 4 and not label.isalnum()
