"""Find where a page prints when its article was published."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from .._phrases.furniture import is_date_line
from ._clock import time_in
from ._declarations import Outside, words_of

#: Elements around paragraphs and dates that are no article's.
BESIDE = ("aside", "footer", "form", "nav")
SIDEBARS = ("widget", "widget-area", "sidebar", "breadcrumb", "breadcrumbs")
#: The date alone: ``entry-date`` and ``posted-on`` of default themes, ``wp-block-post-date`` of
#: block themes (around the ``time``), ``td-post-date`` of Newspaper, and what other themes make up;
#: not the times that recipes take, nor those of events.
_DATE = re.compile(
    r"(?!.*(?:read|modif|updat|cook|prep|total|recipe|expir|event|comment))"
    r"(?:[a-z]{1,12}[-_]{1,2}){0,3}(?:date|time|datetime|published|posted[-_]?on)"
    r"(?:[-_][a-z]{1,8})?|postdate"
)
#: A line with the date in it: ``entry-meta`` of default themes, ``postmetadata`` of the oldest.
_LINE = re.compile(
    r"(?!.*(?:comment|author[-_]|widget))"
    r"(?:[a-z]{1,12}[-_]{0,2}){0,2}meta(?:data)?(?:[-_][a-z]{1,10})?|byline|post[-_]?info"
)
_LONGEST_SOURCE = 4000
_LONGEST_DATE = 100
_MOST = 5  # dates that are looked at
_REMEMBERED = 4096  # names of classes
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@lru_cache(_REMEMBERED)
def _is_date(name: str) -> bool:
    return _DATE.fullmatch(name) is not None


@lru_cache(_REMEMBERED)
def _is_line(name: str) -> bool:
    return _LINE.fullmatch(name) is not None


class ArticleDates:
    """The times of an article, as the page has them."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        marked = outside.find(classes=outside.classes_like(_is_date), properties=("datePublished",))
        dates = set(marked)
        parents = outside.tree.parents
        stamps = (
            outside.page.attribute(node, "datetime").strip()
            for node in outside.find("time")
            if node in dates or parents[node] in dates
        )
        self.stamp = next(filter(None, stamps), None)
        """What the page has for machines where readers see the date."""
        self.declared = outside.head.first("article:published_time") or words_of(
            outside.head.json_ld("datePublished")
        )
        """What it has for machines alone."""
        self._marked = marked

    @cached_property
    def printed(self) -> list[str]:
        """What the page prints for readers, the likeliest first."""
        return list(islice(self._printed(self._marked), _MOST))

    def beside(self) -> Iterator[tuple[str, dt.date]]:
        """Yield the printed dates with the day that is there for machines."""
        time = time_in(self.stamp or "") or time_in(self.declared or "")
        if time is not None:
            yield from ((text, time.date()) for text in self.printed)

    def _printed(self, marked: list[int]) -> Iterator[str]:
        outside, tree = self._outside, self._outside.tree
        page = outside.page
        articles = outside.find("article", classes=("hentry",))
        beside = [
            node
            for node in outside.find(*BESIDE, classes=SIDEBARS)
            if tree.names[node] != "footer" or not any(page.is_in(node, at) for at in articles)
        ]
        lines = outside.find(classes=outside.classes_like(_is_line))
        for node in page.not_in(beside, marked):
            if page.size(node) <= _LONGEST_SOURCE:
                yield from self._dates_among([tree.string(node)])
        for node in page.not_in(beside, lines):
            if page.size(node) <= _LONGEST_SOURCE:
                inside = (at for at in range(node, tree.lasts[node]) if not tree.names[at])
                yield from self._dates_among(map(tree.string, inside))

    def _dates_among(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            line = " ".join(text.split())
            if len(line) <= _LONGEST_DATE and (_YEAR.search(line) or is_date_line(line)):
                yield line
