"""What a page declares for machines: its ``meta`` tags, links and JSON-LD."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..._markup.html import unescape
from ...errors import Place, Problem
from ._page_index import Page

#: Types of schema.org that plugins for search engines give to an article, or to its page.
_ARTICLES = re.compile(r".{0,40}(?:Article|Posting|Recipe|Report|Review|WebPage|QAPage)")
_LARGEST = 2_000_000  # characters of JSON-LD in one script
_MOST = 10_000  # objects of JSON-LD that are read
_OTHER = 2  # the rank of what is neither an article nor a page
#: Classes that WordPress core's ``body_class()`` gives to pages of many articles, and of one.
_LISTS = frozenset(("blog", "archive", "search-results"))
_SINGLES = frozenset(("single", "page", "singular", "attachment", "wp-singular"))
_POST = re.compile(r"(?:postid|page-id)-([0-9]{1,9})")


class Declarations:
    """The declarations of a page, by name."""

    def __init__(self, page: Page, problems: list[Problem]) -> None:
        tree = page.tree
        self.meta: defaultdict[str, list[str]] = defaultdict(list)
        """``name`` or ``property`` of a ``meta`` tag to its contents, in order."""
        self.links: dict[str, str] = {}
        """``rel`` of a ``link`` to its first address."""
        self.objects: list[Mapping[str, object]] = []
        """The objects of JSON-LD, the likeliest article first."""
        for attributes in map(tree.attributes, page.named["meta"]):
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            content = attributes.get("content", "").strip()
            if name and content:
                self.meta[name.lower()].append(content)
        for attributes in map(tree.attributes, page.named["link"]):
            address = attributes.get("href", "").strip()
            for rel in attributes.get("rel", "").lower().split()[:5] if address else ():
                self.links.setdefault(rel, address)
        titles = (
            tree.string(node)
            for node in page.named["title"]
            if "svg" not in tree.names[max(0, node - 3) : node]
        )
        self.title = next(filter(None, titles), None)
        self.language: str | None = None
        for node in page.named["html"]:
            language = page.attribute(node, "lang") or page.attribute(node, "xml:lang")
            self.language = language.strip() or None
        self.post: str | None = None
        """The id of the post."""
        self.is_list = False
        """Whether it is a page of many articles: the newest, or those of a month."""
        for node in page.named["body"]:
            self.is_list = page.has(node, *_LISTS) and not page.has(node, *_SINGLES)
            posts = map(_POST.fullmatch, sorted(page.classes[node]))
            self.post = next((match[1] for match in posts if match), None)
        for node in page.named["script"]:
            if page.attribute(node, "type").strip().lower() == "application/ld+json":
                self._read_json(page, node, problems)
        self.objects.sort(key=_rank)
        self._targets = _targets_among(self.objects)

    def _read_json(self, page: Page, node: int, problems: list[Problem]) -> None:
        source = page.tree.inner(node)
        try:
            pending = [json.loads(source)] if len(source) <= _LARGEST else None
        except (RecursionError, ValueError):
            pending = None
        objects = 0
        while pending and objects < _MOST:
            value = pending.pop()
            if isinstance(value, list):
                pending.extend(reversed(value))
            elif isinstance(value, Mapping):
                objects += 1
                self.objects.append(value)
                pending.append(value.get("@graph"))
        if pending is None or any(pending):
            message = "JSON-LD of the page cannot be read: what only it says is not here"
            place = Place(offset=page.tree.starts[node])
            problems.append(Problem("bad-json-ld", message, place=place))

    def first(self, *names: str) -> str | None:
        """Return the content of the first ``meta`` tag that there is."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

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


def _targets_among(objects: list[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
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
