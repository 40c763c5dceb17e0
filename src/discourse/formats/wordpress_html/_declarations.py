"""What a page declares for machines: its ``meta`` tags, links and JSON-LD."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from ..._markup.html import unescape
from ..._problems import ProblemLog
from ...errors import Problem
from .._structured import PageHead, ld_json, top_objects
from ._page_index import Page

#: Types of schema.org that plugins for search engines give to an article, or to its page.
_ARTICLES = re.compile(r".{0,40}(?:Article|Posting|Recipe|Report|Review|WebPage|QAPage)")
_OTHER = 2  # the rank of what is neither an article nor a page
#: Classes that WordPress core's ``body_class()`` gives to pages of many articles, and of one.
_LISTS = frozenset(("blog", "archive", "search-results"))
_SINGLES = frozenset(("single", "page", "singular", "attachment", "wp-singular"))
_POST = re.compile(r"(?:postid|page-id)-([0-9]{1,9})")


class Declarations(PageHead):
    """The declarations of a page, by name."""

    def __init__(self, page: Page, problems: list[Problem]) -> None:
        super().__init__(page.tree, page.named)
        self.post: str | None = None
        """The id of the post."""
        self.is_list = False
        """Whether it is a page of many articles: the newest, or those of a month."""
        for node in page.named["body"]:
            self.is_list = page.has(node, *_LISTS) and not page.has(node, *_SINGLES)
            posts = map(_POST.fullmatch, sorted(page.classes[node]))
            self.post = next((match[1] for match in posts if match), None)
        log = ProblemLog()
        values = ld_json(page.tree, page.named["script"], log)
        problems += log.finish()
        self.objects = sorted(top_objects(values), key=_rank)
        """The objects of JSON-LD, the likeliest article first."""
        self._targets = _targets_among(self.objects)

    def resolved(self, value: object) -> object:
        """Return what a reference inside the JSON-LD points at, or the value itself."""
        if isinstance(value, Mapping) and set(value) <= {"@id", "@type"}:
            id = value.get("@id")
            return self._targets.get(id, value) if isinstance(id, str) else value
        return value

    def json_ld(self, name: str) -> object:
        """Return what an article in the JSON-LD has under a name."""
        for each in self.objects:
            if _rank(each) < _OTHER and each.get(name) not in (None, "", []):
                return each[name]
        return None


def _targets_among(objects: Iterable[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return by its ``@id`` the first object that says more than a reference does."""
    targets: dict[str, Mapping[str, object]] = {}
    for each in objects:
        id = each.get("@id")
        if isinstance(id, str) and len(each) > len(("@id", "@type")):
            targets.setdefault(id, each)
    return targets


def words_of(value: object) -> str | None:
    """Return a string of JSON-LD or of an attribute as plain words; None where there are none."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


class Outside:
    """A page without its comments, indexed by name, class, id and microdata of its elements."""

    def __init__(self, page: Page, head: Declarations, nodes: list[int]) -> None:
        self.page = page
        self.tree = page.tree
        self.head = head
        self.texts: list[int] = []
        self.ids: defaultdict[str, list[int]] = defaultdict(list)
        self._names: defaultdict[str, list[int]] = defaultdict(list)
        self._classes: defaultdict[str, list[int]] = defaultdict(list)
        self._properties: defaultdict[str, list[int]] = defaultdict(list)
        for node in nodes:
            name = self.tree.names[node]
            if not name:
                self.texts.append(node)
                continue
            self._names[name].append(node)
            for each in page.classes[node]:
                self._classes[each].append(node)
            if node in page.ids:
                self.ids[page.ids[node]].append(node)
            if node in page.properties:
                self._properties[page.properties[node]].append(node)

    def classes_like(self, test: Callable[[str], object]) -> list[str]:
        """Return the classes of elements that a test holds for."""
        return [name for name in self._classes if test(name)]

    def find(
        self,
        *names: str,
        classes: Iterable[str] = (),
        ids: Iterable[str] = (),
        properties: Iterable[str] = (),
    ) -> list[int]:
        """Return the elements with one of some names, classes, ids or ``itemprop``, in order."""
        wanted = (
            (self._names, names),
            (self._classes, classes),
            (self.ids, ids),
            (self._properties, properties),
        )
        return sorted({at for index, keys in wanted for key in keys for at in index.get(key, ())})


def _rank(value: Mapping[str, object]) -> int:
    """Return 0 for an article, 1 for a page, and more for anything else."""
    kind = value.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    words = [word for word in kinds if isinstance(word, str) and _ARTICLES.fullmatch(word)]
    if not words:
        return _OTHER
    return 1 if all(word.endswith("Page") for word in words) else 0
