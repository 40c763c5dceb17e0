"""Lines in the making: words run together, blank lines kept single, quotes and items marked."""

import re

SPACE = re.compile("[ \t\n\f\r\u00a0]+")
"""White space of which any amount is one space; the ideographic space is none of it."""
_DEEPEST = 20


class Lines:
    """Takes words and breaks, and makes lines of them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._marks: list[tuple[str, str]] = []
        """What stands before the first and before each further line of what is open."""
        self._used = 0
        """How many of the marks have had their first line."""
        self._beyond = 0
        """How many marks were too deep to be kept."""
        self._blank: int | None = None
        """How many marks there are on the blank line that is due."""

    def words(self, text: str) -> None:
        """Add text in which white space is as good as one space."""
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
        """Begin a line, where one has been begun; one of white space alone is none."""
        if self._is_begun():
            self._end_line()
        else:
            self._line.clear()

    def _is_begun(self) -> bool:
        return any(map(str.strip, self._line))

    def br(self) -> None:
        """End the line; where there is none, leave a blank one."""
        if self._is_begun():
            self._end_line()
        else:
            self.paragraph()

    def paragraph(self) -> None:
        """Begin a paragraph, a blank line before it."""
        self.line()
        if self._done and self._blank is None:
            self._blank = len(self._marks)

    def open(self, first: str, further: str) -> None:
        """Put marks before all lines to come, until they are closed."""
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
            # between two items or quotes, what only they have in common
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
