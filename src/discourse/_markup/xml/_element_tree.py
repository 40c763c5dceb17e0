"""Provide `Element`, a small tree of one part of a document, and `Wanted`, which parts to read."""

import html
from collections.abc import Iterator, Mapping

import attrs


class Element:
    """An element with its contents, except records, which are yielded separately.

    It is always true, even without children.
    """

    __slots__ = ("attributes", "cdata", "name", "owner", "parts", "whole")

    def __init__(
        self,
        name: str,
        attributes: Mapping[str, str],
        owner: "Element | None" = None,
        parts: "list[str | Element] | None" = None,
    ) -> None:
        self.name = name
        """Its name, with the customary prefix of its namespace."""
        self.attributes = attributes
        """Its attributes, with prefixes treated likewise."""
        self.owner = owner
        """For a record, the enclosing record, whose parts do not include it."""
        self.parts: list[str | Element] = [] if parts is None else parts
        """Text and elements, in order."""
        self.whole = True
        """False if the input ends inside it."""
        self.cdata: int | None = None
        """The number of parts at the end of its last CDATA section."""

    @property
    def children(self) -> Iterator["Element"]:
        """The child elements, in order."""
        return (part for part in self.parts if not isinstance(part, str))

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        parts = self.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return parts[0]
        return "".join([part for part in parts if isinstance(part, str)])

    def first(self) -> dict[str, "Element"]:
        """Return the first child of each name. O(children)."""
        children: dict[str, Element] = {}
        for part in self.parts:
            if not isinstance(part, str):
                children.setdefault(part.name, part)
        return children

    def value(self, name: str) -> str | None:
        """Return the text of the first child of this name, stripped, or None."""
        for part in self.parts:
            if not isinstance(part, str) and part.name == name:
                return part.text.strip() or None
        return None

    def markup(self) -> str:
        """Return the contents: text if there is only text, else with elements as tags."""
        parts = self.parts
        if not parts:
            return ""
        if len(parts) == 1 and isinstance(only := parts[0], str):
            return only
        if all(isinstance(part, str) for part in parts):
            return self.text
        written: list[str] = []
        pending: list[str | Element | None] = [*reversed(self.parts)]
        open_tags: list[str] = []
        while pending:
            part = pending.pop()
            if part is None:
                written.append(f"</{open_tags.pop()}>")
            elif isinstance(part, str):
                written.append(html.escape(part, quote=False))
            else:
                tag = part.name.rpartition("}")[2].rpartition(":")[2]
                attributes = "".join(f' {k}="{html.escape(v)}"' for k, v in part.attributes.items())
                if part.parts:
                    written.append(f"<{tag}{attributes}>")
                    open_tags.append(tag)
                    pending += [None, *reversed(part.parts)]
                else:
                    written.append(
                        f"<{tag}{attributes}/>" if tag in _VOID else f"<{tag}{attributes}></{tag}>"
                    )
        return "".join(written)


_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "source", "wbr"})


@attrs.frozen
class Wanted:
    """Which elements of a document to read."""

    roots: frozenset[str]
    """The names that the root may have, without a prefix."""
    records: Mapping[str, str | None]
    """The elements to yield, each when it ends, and the record that each may be part of.

    A record inside any other record ends that one: its end tag is missing.
    """
    outside: frozenset[str] = frozenset()
    """Elements that are also yielded if they are directly in the root or a container."""
    containers: frozenset[str] = frozenset({"channel"})
    """The elements around records, besides the root."""
