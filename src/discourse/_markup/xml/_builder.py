"""Build elements from tags and text, and restore the structure where tags are missing."""

from collections import Counter, deque
from collections.abc import Callable, Mapping

from ..._problems import ProblemLog
from ...errors import LimitError, Place
from ._element_tree import Element, Wanted
from ._namespaces import Scope
from ._tags import tag_name

MAX_DEPTH = 1_000
"""How many levels of elements may be open at once."""

_LOOSE = 100  # elements between two records that are kept
_NONE: Mapping[str, str] = {}


class Builder:
    """The open elements, and the finished ones that are ready to be yielded."""

    def __init__(self, wanted: Wanted, log: ProblemLog, place: Callable[[], Place]) -> None:
        self._wanted = wanted
        self._log = log
        self._place = place
        self.scope = Scope()
        self.open: list[str] = []
        """The names of the open elements, as written."""
        self._counts: Counter[str] = Counter()  # of each name in `open`
        self._elements: list[Element | None] = []  # parallel to `open`; None for a container
        self._records: list[int] = []  # which of them are records
        self._loose: deque[Element] = deque(maxlen=_LOOSE)  # in a container, since the last record
        self.current: Element | None = None
        """The innermost open element; None in a container."""
        self.ready: list[Element] = []
        """The finished elements that have not been yielded yet."""

    def start(self, raw: str, attributes: Mapping[str, str] = _NONE) -> None:
        """Process a start tag."""
        name = self._named(raw, attributes)
        is_record = name in self._wanted.records
        owner = self.record if is_record else None
        if owner is not None:
            outer = self._wanted.records[name]
            if owner.name != outer:
                self.scope.close(len(self.open) + 1)
                while owner is not None and owner.name != outer:
                    depth = self._records[-1]
                    self._close_above(depth, self.open[depth:], tag_name(raw))
                    self.close()
                    owner = self.record
                name = self._named(raw, attributes)
        self.open.append(raw)
        self._counts[raw] += 1
        if len(self.open) > MAX_DEPTH:
            message = f"more than {MAX_DEPTH:,} elements inside each other"
            raise LimitError(message, self._place())
        if attributes:
            attributes = self.scope.attributes(attributes)
        element: Element | None = None
        if len(self.open) == 1:
            self.ready.append(Element(name, {**attributes, **self.scope.declared()}))
        elif is_record:
            self._records.append(len(self._elements))
            element = Element(name, attributes, owner)
        elif self.current is not None:
            element = Element(name, attributes)
            self.current.parts.append(element)
        elif name not in self._wanted.containers:
            element = Element(name, attributes)
            self._loose.append(element)
        self._elements.append(element)
        self.current = element

    def _named(self, raw: str, attributes: Mapping[str, str]) -> str:
        if attributes:
            self.scope.open(len(self.open) + 1, raw, attributes)
        return self.scope.known.get(raw) or self.scope.element(raw)

    def is_open(self, raw: str) -> bool:
        """Whether an element of this name is open. O(1)."""
        return self._counts[raw] > 0

    @property
    def record(self) -> Element | None:
        """The innermost open record."""
        return self._elements[self._records[-1]] if self._records else None

    def leaf(
        self,
        layout: str,
        raw: str,
        attributes: Mapping[str, str],
        text: str | None,
        section: str | None,
    ) -> bool:
        """Process a field: blanks, and an element that only contains text or one CDATA section.

        Its attributes declare no namespace. Returns False, and does nothing, if it is more than a
        field of the element around it.
        """
        current = self.current
        if current is None or len(self.open) >= MAX_DEPTH:
            return False
        name = self.scope.known.get(raw) or self.scope.element(raw)
        if name in self._wanted.records:
            return False
        if layout:
            current.parts.append(layout)
        content = section or text
        element = Element(
            name,
            self.scope.attributes(attributes) if attributes else _NONE,
            None,
            [content] if content else [],
        )
        if section is not None:
            element.cdata = len(element.parts)
        current.parts.append(element)
        return True

    def element(
        self,
        layout: str,
        raw: str,
        attributes: Mapping[str, str],
        text: str | None,
        section: str | None,
    ) -> None:
        """Process an element that `leaf` refused."""
        if layout:
            self.text(layout)
        self.start(raw, attributes)
        if section is not None:
            self.cdata(section)
        elif text:
            self.text(text)
        self.close()

    def text(self, data: str) -> None:
        """Process text."""
        if self.current is not None:
            self.current.parts.append(data)

    def cdata(self, data: str) -> None:
        """Process a CDATA section; blank text before the first one is layout."""
        current = self.current
        if current is None:
            return
        if current.cdata is None:
            _drop_blank(current.parts, 0)
        if data:
            current.parts.append(data)
        current.cdata = len(current.parts)

    def end(self, raw: str, written: str) -> None:
        """Process an end tag."""
        if not self.is_open(raw):
            self._take_stray(raw, written)
            return
        if self.open[-1] != raw:
            depth = len(self.open) - 1
            while self.open[depth] != raw:
                depth -= 1
            self._close_above(depth, self.open[depth + 1 :], f"</{tag_name(raw)[1:]}")
        self.close()

    def _take_stray(self, raw: str, written: str) -> None:
        """Process an end tag without a start tag, which may be that of a record."""
        name = self.scope.known.get(raw) or self.scope.element(raw)
        message = f"</{tag_name(raw)[1:]} closes nothing: left out"
        if name in self._wanted.records:
            element = Element(name, _NONE, self.record)
            element.parts.extend(self._fields_before(name))
            if element.parts:
                message = f"</{tag_name(raw)[1:]} has no start tag: used the fields before it"
                self._come_out(element)
        self._log.add("stray-end-tag", message, values=(written,), place=self._place())

    def _fields_before(self, name: str) -> list[Element]:
        """Return the fields of a record of which only the end tag is present.

        In another record, these are the last ones with its prefix: ``wp:comment_id``. Elsewhere
        they are all since the last record, latest first: the latest take precedence, since the
        first may be the feed's own.
        """
        if self.current is None:
            fields = [*reversed(self._loose)]
            self._loose.clear()
            return fields
        if self.current is not self.record or self.current.name != self._wanted.records[name]:
            return []
        parts = self.current.parts
        at, fields = len(parts), []
        while at and (part := parts[at - 1]) and (
            part.isspace() if isinstance(part, str) else part.name.startswith(name)
        ):  # fmt: skip
            at -= 1
            if not isinstance(part, str):
                fields.append(part)
        del parts[at:]
        return fields[::-1]

    def _close_above(self, depth: int, unclosed: list[str], before: str) -> None:
        """Close the elements above *depth*; report *unclosed*, those that have no end tag.

        Each keeps its text up to the first element in it; the rest moves to the element at *depth*,
        or to the record between them.
        """
        unclosed.reverse()
        listed = ", ".join(tag_name(name) for name in unclosed[:5])
        message = f"{listed} not closed before {before}: closed there"
        self._log.add("unclosed-element", message, values=tuple(unclosed), place=self._place())
        home = self._elements[depth]
        for position in range(depth + 1, len(self.open)):
            element = self._elements[position]
            if element is None or position in self._records:
                home = element
            elif home is not None:
                parts = element.parts
                lead = next((n for n, p in enumerate(parts) if not isinstance(p, str)), len(parts))
                home.parts += parts[lead:]
                del parts[lead:]
                element.cdata = None if element.cdata is None else min(element.cdata, lead)
        while len(self.open) > depth + 1:
            self.close()

    def close(self) -> None:
        """Close the innermost element."""
        self.scope.close(len(self.open))
        self._counts[self.open.pop()] -= 1
        element = self._elements.pop()
        self.current = self._elements[-1] if self._elements else None
        if element is None:
            return
        if element.cdata is not None:
            _drop_blank(element.parts, element.cdata)
        if self._records and self._records[-1] == len(self._elements):
            self._records.pop()
            self._come_out(element)
        elif self.current is None and element.name in self._wanted.outside:
            self.ready.append(element)

    def _come_out(self, record: Element) -> None:
        self.ready.append(record)
        if self._wanted.records[record.name] is None:
            self._loose.clear()

    def cut(self) -> list[str]:
        """Close everything at the end of the input; return the names that were open."""
        names = list(self.open)
        for element in self._elements:
            if element is not None:
                element.whole = False
        while self.open:
            self.close()
        return names


def _drop_blank(parts: list[str | Element], start: int) -> None:
    """Drop the parts from *start* on if they are blank text: they are layout."""
    if start < len(parts) and all(isinstance(p, str) and p.isspace() for p in parts[start:]):
        del parts[start:]
