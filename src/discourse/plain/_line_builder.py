"""Build lines: collapse white space and blank lines, and prefix quotes and list items."""

import re

SPACE = re.compile("[ \t\n\f\r\u00a0]+")
"""White space that collapses to one space. The ideographic space does not."""
_DEEPEST = 20


class Lines:
    """Builds lines from words and breaks."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._marks: list[tuple[str, str]] = []
        """The prefixes of the first and of all other lines of each open quote or item."""
        self._used = 0
        """How many of the prefixes have had their first line."""
        self._beyond = 0
        """How many prefixes were too deep and are ignored."""
        self._blank: int | None = None
        """How many prefixes the pending blank line has."""

    def words(self, text: str) -> None:
        """Add text, and collapse its white space."""
        text = SPACE.sub(" ", text)
        if text[:1] == " " and (not self._line or self._line[-1][-1] == " "):
            text = text[1:]
        if text:
            self._line.append(text)

    def exact(self, text: str) -> None:
        first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if first:
            self._line.append(first)
        for line in rest:
            self._end_line()
            if line:
                self._line.append(line)

    def line(self) -> None:
        """Start a new line if the current one is not blank."""
        if self._is_begun():
            self._end_line()
        else:
            self._line.clear()

    def _is_begun(self) -> bool:
        return any(map(str.strip, self._line))

    def br(self) -> None:
        """End the line; if there is none, add a blank line."""
        if self._is_begun():
            self._end_line()
        else:
            self.paragraph()

    def paragraph(self) -> None:
        """Start a paragraph, after a blank line."""
        self.line()
        if self._done and self._blank is None:
            self._blank = len(self._marks)

    def open(self, first: str, further: str) -> None:
        """Open a quote or item: prefix all following lines until it is closed."""
        self.line()
        if len(self._marks) < _DEEPEST:
            self._marks.append((first, further))
        else:
            self._beyond += 1

    def close(self) -> None:
        self.line()
        if self._beyond:
            self._beyond -= 1
            return
        self._marks.pop()
        self._used = min(self._used, len(self._marks))
        if self._blank is not None:
            self._blank = min(self._blank, len(self._marks))

    def _end_line(self) -> None:
        if self._blank is not None:
            # between two items or quotes, only the prefixes that both have
            shared = min(self._blank, self._used)
            self._done.append("".join(mark[1] for mark in self._marks[:shared]).rstrip())
            self._blank = None
        marks = [
            first if place >= self._used else further
            for place, (first, further) in enumerate(self._marks)
        ]
        self._used = len(self._marks)
        self._done.append(("".join(marks) + "".join(self._line)).rstrip())
        self._line.clear()

    def text(self) -> str:
        self.line()
        return "\n".join(self._done)
