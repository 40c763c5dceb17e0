"""Split lines into comments by their signatures, like MediaWiki's DiscussionTools extension.

A time at the end of a line, after a link to a user's page, signs everything from the last signed
line to the end of this one. A line is a paragraph or a list item.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from ._page_threads import Heading, Signature
from ._talk_page import Signed, TalkPage
from ._timestamps import Calendar, Timestamp, timestamps

_FARTHEST = 100  # characters between a user's link and the time, as in DiscussionTools


@attrs.frozen
class UserLink:
    """A link to a user's page, talk page or contributions."""

    start: int
    end: int
    user: str
    name: str | None = None
    """The displayed name, if it differs from the user's name and links to the user's page."""


@attrs.frozen
class Line:
    """A paragraph, a list item, or a part of one that ends with a line break."""

    start: int
    """Where it begins in the source."""
    end: int
    level: int
    """The number of lists around it."""
    text: str = ""
    """Its visible text; empty if it has no time in it."""
    links: Sequence[UserLink] = ()
    """The links to users, with their positions in that text, in order."""


def take_lines(lines: Iterable[Line | Heading], source: str, page: TalkPage) -> None:
    """Pass the headings and comments among the lines of a page to *page*. O(n)."""
    lines = list(lines)
    stamps = {
        at: list(timestamps(line.text))
        for at, line in enumerate(lines)
        if isinstance(line, Line) and line.text
    }
    calendar = Calendar(stamp for each in stamps.values() for stamp in each)
    first: Line | None = None  # the first unsigned line
    end = 0
    for at, line in enumerate(lines):
        if isinstance(line, Heading):
            if first is not None:
                page.unsigned(source[first.start : end])
            first = None
            page.heading(line)
            continue
        first = first or line
        end = line.end
        if signature := _signature(line, stamps.get(at, ()), calendar, page.zone):
            level = min(first.level, line.level)
            text = page.text_of(source[first.start : end], level)
            page.comment(Signed(level + 1, signature, text))
            first = None
    if first is not None:
        page.unsigned(source[first.start : end])


def _signature(
    line: Line, stamps: Iterable[Timestamp], calendar: Calendar, zone: dt.tzinfo | None
) -> Signature | None:
    """Return the signature of a line: the first time that follows a link to a user."""
    links = line.links
    at = 0
    for stamp in stamps:
        while at < len(links) and links[at].end <= stamp.start:
            at += 1
        time = calendar.time(stamp, zone)
        if not at or time is None or not _is_near(line.text, links[at - 1], stamp):
            continue
        user = links[at - 1].user
        display_name = None
        for link in reversed(links[:at]):
            if stamp.start - link.start > 2 * _FARTHEST:
                break
            if link.user == user and link.name:
                display_name = link.name
        return Signature(user, time, stamp.text, display_name)
    return None


def _is_near(text: str, link: UserLink, stamp: Timestamp) -> bool:
    """Whether few non-blank characters are between the start of a link and a time."""
    if stamp.start - link.start >= 4 * _FARTHEST:
        return False
    return len("".join(text[link.start : stamp.start].split())) < _FARTHEST
