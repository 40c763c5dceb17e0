"""Provide `Element`, a small tree of what is wanted of a document, and the building of it."""

import html
from collections.abc import Callable, Iterator

import attrs

from ._names import Scope


class Element:
    """An element with everything in it, but for records inside, which come on their own.

    It is always true, also where it has no children.
    """

    __slots__ = ("attributes", "cdata", "name", "offset", "owner", "parts", "whole")

    def __init__(self, name: str, attributes: dict[str, str], owner: "Element | None") -> None:
        self.name = name
        """Its name, with the customary prefix of its namespace."""
        self.attributes = attributes
        """Its attributes, by such names too."""
        self.owner = owner
        """The record that it stands in, if any; it is not among that one's parts."""
        self.parts: list[str | Element] = []
        """Text and elements, in order."""
        self.whole = True
        """False where the input ends inside."""
        self.cdata: int | None = None

    @property
    def children(self) -> Iterator["Element"]:
        """The elements right inside, in order."""
        return (part for part in self.parts if not isinstance(part, str))

    @property
    def text(self) -> str:
        """The text right inside, without that of the elements inside."""
        parts = self.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return parts[0]
        return "".join([part for part in parts if isinstance(part, str)])

    def first(self) -> dict[str, "Element"]:
        """Return the elements right inside by name, of each name the first. O(children)."""
        made: dict[str, Element] = {}
        for part in self.parts:
            if not isinstance(part, str):
                made.setdefault(part.name, part)
        return made

    def value(self, name: str) -> str | None:
        """Return the text of the first child of this name, trimmed; None where there is none."""
        for part in self.parts:
            if not isinstance(part, str) and part.name == name:
                return part.text.strip() or None
        return None

    def markup(self) -> str:
        """Return all that is inside: the text where that is all, else elements as tags."""
        if not self.parts:
            return ""
        if len(self.parts) == 1 and isinstance(only := self.parts[0], str):
            return only
        if all(isinstance(part, str) for part in self.parts):
            return self.text
        made: list[str] = []
        pending: list[str | Element | None] = [*reversed(self.parts)]
        open_tags: list[str] = []
        while pending:
            part = pending.pop()
            if part is None:
                made.append(f"</{open_tags.pop()}>")
            elif isinstance(part, str):
                made.append(html.escape(part, quote=False))
            else:
                tag = part.name.rpartition("}")[2].rpartition(":")[2]
                told = "".join(f' {k}="{html.escape(v)}"' for k, v in part.attributes.items())
                if part.parts:
                    made.append(f"<{tag}{told}>")
                    open_tags.append(tag)
                    pending += [None, *reversed(part.parts)]
                else:
                    made.append(f"<{tag}{told}/>" if tag in _VOID else f"<{tag}{told}></{tag}>")
        return "".join(made)


_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "source", "wbr"})


@attrs.frozen
class Wanted:
    """Which elements of a document are wanted."""

    roots: frozenset[str]
    """What the root may be called, without prefix; anything else is not this format."""
    records: frozenset[str]
    """What comes out wherever it stands, as soon as it is closed, with what is inside."""
    outside: frozenset[str] = frozenset()
    """What comes out too, where it stands in no record."""


class Builder:
    """Makes elements of the parser's events, and holds those that are ready."""

    def __init__(self, wanted: Wanted, max_depth: int) -> None:
        self._records = wanted.records
        self._outside = wanted.records | wanted.outside
        self._max_depth = max_depth
        self.scope = Scope()
        self.open: list[str] = []
        """The names of the elements that are open, as they are written."""
        self._made: list[Element | None] = []  # beside `open`: what is built of each
        self._current: Element | None = None
        self.ready: list[Element] = []
        """What came out and was not fetched yet."""
        self.in_cdata = False
        self.too_deep = False
        self.position: Callable[[], int] = int
        """Where the parser is."""
        self.root_tag = -1
        """Where it was when the root was opened."""
        self.root_end_tag = -1
        """Where it was when the root was closed: at its end tag, or behind a tag that is both."""

    def start(self, raw: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        open_names = self.open
        if not open_names:
            self.root_tag = self.position()
        open_names.append(raw)
        scope = self.scope
        if attributes:
            scope.open(len(open_names), attributes)
            attributes = scope.attributes(attributes)
        name = scope.known.get(raw) or scope.element(raw)
        current = self._current
        made = None
        if current is not None:
            if name in self._records:
                made = Element(name, attributes, self._record())
            else:
                made = Element(name, attributes, None)
                current.parts.append(made)
        elif len(open_names) == 1:
            self.ready.append(Element(name, attributes | scope.declared(), None))
        elif name in self._outside:
            made = Element(name, attributes, None)
        if len(open_names) > self._max_depth:
            self.too_deep = True
        self._made.append(made)
        self._current = made

    def _record(self) -> Element | None:
        for made in reversed(self._made):
            if made is not None and made.name in self._records:
                return made
        return None

    def end(self, raw: str) -> None:  # noqa: ARG002 - expat tells it, and has checked it
        """Take an end tag."""
        pending = self._made
        made = pending.pop()
        if self.scope.depths:
            self.scope.close(len(self.open))
        self.open.pop()
        if pending:
            above = self._current = pending[-1]
        else:
            above = self._current = None
            self.root_end_tag = self.position()
        if made is None:
            return
        if made.cdata is not None and made.cdata < len(made.parts):
            _trim(made)
        if above is None or made.name in self._records:
            self.ready.append(made)

    def text(self, data: str) -> None:
        """Take text."""
        if self._current is not None:
            self._current.parts.append(data)

    def cdata_start(self) -> None:
        """Take the beginning of a CDATA section: blank text before the first one is layout."""
        self.in_cdata = True
        current = self._current
        if current is not None and current.cdata is None:
            parts = current.parts
            if parts and all(isinstance(part, str) and part.isspace() for part in parts):
                parts.clear()
            current.cdata = 0

    def cdata_end(self) -> None:
        """Take the end of a CDATA section."""
        self.in_cdata = False
        if self._current is not None:
            self._current.cdata = len(self._current.parts)

    def cut(self) -> list[str]:
        """Close everything, since the input ends here; return the names of what was open."""
        names = list(self.open)
        for made in self._made:
            if made is not None:
                made.whole = False
        while self.open:
            self.end("")
        return names


def _trim(element: Element) -> None:
    """Leave out blank text after the last CDATA section: it is layout."""
    after = element.parts[element.cdata :]
    if after and all(isinstance(part, str) and part.isspace() for part in after):
        del element.parts[element.cdata :]
