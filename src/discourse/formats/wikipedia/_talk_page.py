"""Provide `TalkPage`, which assigns ids and parents to the headings and comments of a page.

Levels, ids and the numbers appended to repeated ids are those of DiscussionTools.
"""

import datetime as dt
from collections.abc import Callable

import attrs

from ...model import TextFormat
from .._kit import Builder
from ._page_threads import Heading, Page, PageThreads, Signature

#: From then on, times in ids consist of digits only.
_SWITCH = dt.datetime(2022, 7, 12, tzinfo=dt.UTC)
_LONGEST = 80  # bytes of a name or a heading in an id


@attrs.frozen
class Signed:
    """A comment."""

    level: int
    """1 for a reply to the heading."""
    signature: Signature
    text: str


@attrs.define(eq=False)
class _Section:
    """A heading or the beginning of a page, and its contents."""

    heading: Heading | None
    above: "_Section | None"
    comments: list["_Placed"] = attrs.field(factory=list)
    unsigned: str | None = None
    oldest: str | None = None
    """The earliest time of a comment in it or its subsections."""
    id: str = ""

    @property
    def anchor(self) -> str:
        return "" if self.heading is None else f"-{_cut(self.heading.anchor)}"


@attrs.define(eq=False)
class _Placed:
    """A comment and its parent."""

    comment: Signed
    parent: "_Placed | None"
    id: str = ""

    @property
    def key(self) -> str:
        """The author and the time."""
        user = (self.comment.signature.user or "").replace(" ", "_")
        return f"{_cut(user)}-{_stamp(self.comment.signature.time)}"


class TalkPage:
    """Collects the headings and comments of a page in order; `finish` passes them to a builder."""

    def __init__(
        self,
        builder: Builder,
        page: Page,
        text_format: TextFormat,
        zone: dt.tzinfo | None,
        text_of: Callable[[str, int], str],
    ) -> None:
        self.zone = zone
        """The zone of times without one."""
        self.text_of = text_of
        """Returns the text of a comment, from its source and the lists around it."""
        self._threads = PageThreads(builder, page, text_format)
        self._sections: list[_Section] = []
        self._open: list[_Placed | None] = []  # by level, the parent of comments of the next one
        self._ids: dict[str, int] = {}

    @property
    def has_comments(self) -> bool:
        """Whether there is any comment."""
        return any(section.comments for section in self._sections)

    @property
    def has_sections(self) -> bool:
        """Whether there is any heading or comment."""
        return bool(self._sections)

    def heading(self, heading: Heading) -> None:
        """Begin a section."""
        above = self._sections[-1] if self._sections else None
        while above is not None and (above.heading is None or above.heading.level >= heading.level):
            above = above.above
        self._sections.append(_Section(heading, above))
        self._open = [None]

    def comment(self, comment: Signed) -> None:
        """Add a comment. One that skips levels answers the last comment above."""
        if not self._sections:
            self._begin()
        while len(self._open) < comment.level:
            self._open.append(self._open[-1])
        placed = _Placed(comment, self._open[comment.level - 1])
        del self._open[comment.level :]
        self._open.append(placed)
        self._sections[-1].comments.append(placed)

    def unsigned(self, text: str) -> None:
        """Add unsigned text that reaches up to the end of a section."""
        text = self.text_of(text, 0)
        if not text:
            return
        if self._sections and not self._sections[-1].comments:
            self._sections[-1].unsigned = text
        else:
            self._threads.unsigned(text, is_lead=not self._sections)

    def _begin(self) -> None:
        self._sections.append(_Section(None, None))
        self._open = [None]

    def finish(self) -> None:
        """Pass all threads to the builder. O(n)."""
        for section in reversed(self._sections):
            times = [_stamp(placed.comment.signature.time) for placed in section.comments]
            section.oldest = min([*times, *filter(None, [section.oldest])], default=None)
            if section.above is not None and section.oldest is not None:
                section.above.oldest = min(section.oldest, section.above.oldest or section.oldest)
        for section in self._sections:
            above = section.above.anchor if section.above is not None else ""
            oldest = f"-{section.oldest}" if section.oldest else ""
            section.id = self._unique(f"h{section.anchor or '-'}{above}{oldest}")
            self._threads.section(
                section.id,
                section.heading,
                text=section.unsigned,
                above=None if section.above is None else section.above.id,
            )
            for placed in section.comments:
                answered = section.anchor if placed.parent is None else f"-{placed.parent.key}"
                placed.id = self._unique(f"c-{placed.key}{answered}")
                parent = None if placed.parent is None else placed.parent.id
                signed = placed.comment
                self._threads.comment(section.id, placed.id, parent, signed.signature, signed.text)

    def _unique(self, id: str) -> str:
        """Return an id, with a number if it is repeated."""
        number = self._ids.get(id, 0)
        unique = id if not number else f"{id}-{number}"
        while unique in self._ids:
            number += 1
            unique = f"{id}-{number}"
        self._ids[id] = number + 1
        self._ids.setdefault(unique, 1)
        return unique


def _stamp(time: dt.datetime | None) -> str:
    """Return a time in the form of ids; a local time has no ``Z``."""
    if time is None:
        return ""
    if time.tzinfo is None:
        return time.isoformat()
    time = time.astimezone(dt.UTC)
    if time >= _SWITCH:
        return f"{time:%Y%m%d%H%M%S}"
    return f"{time.replace(tzinfo=None).isoformat()}.000Z"


def _cut(name: str) -> str:
    """Return the first 80 bytes of a name, in whole characters."""
    return name.encode()[:_LONGEST].decode(errors="ignore").strip("_")
