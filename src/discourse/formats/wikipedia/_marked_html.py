"""Read a talk page in HTML with marks of DiscussionTools: ids, headings, and comment positions.

An id names the author and time of a comment and of its parent. If one author has several comments
in one minute, the parent is the last of these above that is in fewer lists.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator

import attrs

from ..._markup.html import UNSEEN, Tree
from ._page_threads import Heading, PageThreads, Signature
from ._unmarked_html import HEADINGS, heading_of, levels

START, END = "data-mw-comment-start", "data-mw-comment-end"
_ID = re.compile(r"c-(.+?)-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\d{14})(?:-(.*))?", re.DOTALL)
_OTHERS = re.compile(r"[^0-9]")
_NUMBER = re.compile(r"-[0-9]{1,9}$")
#: What DiscussionTools adds for readers: marks and reply buttons.
_SIGNATURE = "data-mw-comment-sig"
_FURNITURE = "ext-discussiontools-init-replylink-buttons"


@attrs.frozen
class IdParts:
    """The parts of a comment's id."""

    user: str
    time: dt.datetime
    key: str
    """User and time, as the ids of replies have them."""
    answered: str
    """The same of the parent, or the anchor of a heading; perhaps with a number."""


def id_parts(id: str) -> IdParts | None:
    """Split an id; None if it has another form.

    >>> id_parts("c-Ada_L-20240130095300-Hello").user
    'Ada L'
    """
    match = _ID.fullmatch(id)
    if match is None:
        return None
    user, written, answered = match.groups()
    try:
        digits = _OTHERS.sub("", written)
        time = dt.datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return IdParts(user.replace("_", " "), time, f"{user}-{written}", answered or "")


def read_marked(tree: Tree, root: int, threads: PageThreads) -> None:
    """Pass the sections and comments of a page to *threads*. O(n)."""
    _Reader(tree, root, threads).read()


@attrs.define(eq=False)
class _Section:
    """A heading, and everything up to the next one."""

    id: str
    heading: Heading | None
    end: int
    """The node after its last comment, or after the heading."""
    above: "_Section | None" = None
    is_empty: bool = True
    known: dict[str, list[tuple[int, str]]] = attrs.field(factory=dict)
    """By user and time, the levels and ids of comments that later ones may answer: the last one of
    each level that is lower than all later ones."""


class _Reader:
    """The state of reading one page."""

    def __init__(self, tree: Tree, root: int, threads: PageThreads) -> None:
        self._tree = tree
        self._threads = threads
        self._levels = levels(tree)
        self._first = root + 1
        self._last = tree.lasts[root] if root >= 0 else len(tree)
        self._stop = tree.closes[root] if root >= 0 else len(tree.text)
        """Where the page ends in the source."""
        self._sections: list[_Section] = []
        self._ends: dict[str, int] = {}
        self._furniture: list[tuple[int, int]] = []
        """The spans of the source that are not part of any comment, in order."""

    def read(self) -> None:
        """Read the page."""
        starts = list(self._starts())
        heading = -1
        for at, (node, id) in enumerate(starts):
            if not id:
                heading = node
            elif not id.startswith("h-"):
                following = starts[at + 1][0] if at + 1 < len(starts) else self._last
                self._comment(node, id, following)
            elif 0 <= heading < node < self._tree.lasts[heading]:
                self._begin(heading, id)
                heading = -1
            elif not self._sections:  # the comments before the first heading
                self._sections.append(_Section(id, None, node + 1))
        self._end_section(self._last)

    def _starts(self) -> Iterator[tuple[int, str]]:
        """Yield headings, and the starts of headings and comments with their ids."""
        tree = self._tree
        for node in range(self._first, self._last):
            name = tree.names[node]
            if name in HEADINGS:
                yield node, ""
            if name != "span":
                continue
            named = tree.attributes(node)
            if START in named and named.get("id"):
                yield node, named["id"]
            elif END in named:
                self._ends.setdefault(named[END], node)
            elif _SIGNATURE not in named and named.get("class") != _FURNITURE:
                continue
            if not self._furniture or tree.starts[node] >= self._furniture[-1][1]:
                self._furniture.append((tree.starts[node], tree.ends[node]))

    def _begin(self, heading: int, id: str) -> None:
        tree = self._tree
        parent = tree.parents[heading]
        is_wrapped = (
            parent >= 0 and "mw-heading" in tree.attributes(parent).get("class", "").split()
        )
        outer = parent if is_wrapped else heading
        self._end_section(outer)
        above = self._sections[-1] if self._sections else None
        parsed = heading_of(tree, heading)
        while above is not None and (above.heading is None or above.heading.level >= parsed.level):
            above = above.above
        self._sections.append(_Section(id, parsed, tree.lasts[outer], above))

    def _end_section(self, next_start: int) -> None:
        """Pass on the section that ends before a node, with its unsigned text."""
        section = self._sections[-1] if self._sections else None
        first = self._first if section is None else section.end
        text = self._unsigned(first, next_start)
        if section is None or not section.is_empty:
            if text is not None:
                self._threads.unsigned(text, is_lead=section is None)
            text = None
        if section is not None:
            above = None if section.above is None else section.above.id
            self._threads.section(section.id, section.heading, text=text, above=above)

    def _unsigned(self, first: int, last: int) -> str | None:
        """Return the source between two nodes; None if nothing in it is visible."""
        tree = self._tree
        is_seen = any(
            not tree.names[node]
            and tree.names[tree.parents[node]] not in UNSEEN
            and not tree.text[tree.starts[node] : tree.ends[node]].isspace()
            for node in range(first, last)
        )
        if not is_seen:
            return None
        end = tree.starts[last] if last < self._last else self._stop
        return self._source(tree.starts[first], end).strip()

    def _comment(self, node: int, id: str, following: int) -> None:
        """Read the comment that begins at a node and ends before the next one at the latest."""
        tree = self._tree
        if not self._sections:
            self._sections.append(_Section("h-", None, node))
        section = self._sections[-1]
        section.is_empty = False
        end = min(self._ends.get(id, -1), following)
        text = None
        level = self._levels[node]
        if end > node:
            stop = tree.starts[end] if end < self._last else self._stop
            text = self._source(tree.ends[node], stop).strip()
            if self._ends.get(id) == end:
                level = min(level, self._levels[end])
                end = tree.lasts[end]
            section.end = max(section.end, end)
        parts = id_parts(id)
        signature, parent = None, None
        if parts is not None:
            signature = Signature(parts.user, parts.time)
            parent = _answered(section, parts.answered, level)
            known = section.known.setdefault(parts.key, [])
            while known and known[-1][0] >= level:
                known.pop()
            known.append((level, id))
        self._threads.comment(section.id, id, parent, signature, text)

    def _source(self, start: int, end: int) -> str:
        """Return a part of the source without DiscussionTools' additions."""
        pieces = []
        at = bisect_left(self._furniture, (start, 0))
        while at < len(self._furniture) and self._furniture[at][0] < end:
            begin, stop = self._furniture[at]
            pieces.append(self._tree.text[start:begin])
            start = stop
            at += 1
        return "".join([*pieces, self._tree.text[start:end]])


def _answered(section: _Section, key: str, level: int) -> str | None:
    """Return the id of the comment with this user and time that a reply of a level answers."""
    known = section.known.get(key) or section.known.get(_NUMBER.sub("", key))
    if not known:
        return None
    at = bisect_left(known, (level, ""))
    return known[max(at - 1, 0)][1]
