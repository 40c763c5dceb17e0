"""What a page says of itself to machines: its ``meta`` tags, links and JSON-LD."""

import json
import re
from collections.abc import Mapping

import attrs

from ..._markup.html import unescape
from ...errors import Place, Problem
from ._marks import Page

_ARTICLES = re.compile(r".{0,40}(?:Article|Posting|Recipe|Report|Review|WebPage|QAPage)")
_LARGEST = 2_000_000  # characters of JSON-LD in one script
_MOST = 10_000  # objects of JSON-LD that are looked at
_OTHER = 2  # the rank of what is neither an article nor a page
_LISTS = frozenset(("blog", "archive", "search-results"))
_SINGLES = frozenset(("single", "page", "singular", "attachment", "wp-singular"))
_DIGITS = re.compile(r"[0-9]{1,9}")


class Head:
    """The declarations of a page, by name."""

    def __init__(self, page: Page, problems: list[Problem]) -> None:
        self.page = page
        self.meta: dict[str, list[str]] = {}
        """``name`` or ``property`` of a ``meta`` tag to its contents, in order."""
        self.links: dict[str, str] = {}
        """``rel`` of a ``link`` to its first address."""
        self.objects: list[Mapping[str, object]] = []
        """The objects of JSON-LD, the likeliest article first."""
        self.title: str | None = None
        self.language: str | None = None
        self.post: str | None = None
        """The id of the post."""
        self.is_list = False
        """Whether it is a page of many articles: the newest, or those of a month."""
        tree = page.tree
        readers = {
            "meta": self._read_meta,
            "link": self._read_link,
            "title": self._read_title,
            "html": self._read_html,
            "body": self._read_body,
        }
        for node, name in enumerate(tree.names):
            if name in readers:
                readers[name](node)
            elif name == "script" and _is_json_ld(tree.attributes(node).get("type", "")):
                self._read_json(node, problems)
        self.objects.sort(key=_rank)

    def _read_meta(self, node: int) -> None:
        found = self.page.tree.attributes(node)
        name = found.get("property") or found.get("name") or found.get("itemprop")
        content = found.get("content", "").strip()
        if name and content:
            self.meta.setdefault(name.lower(), []).append(content)

    def _read_link(self, node: int) -> None:
        found = self.page.tree.attributes(node)
        address = found.get("href", "").strip()
        for rel in found.get("rel", "").lower().split()[:5]:
            if address:
                self.links.setdefault(rel, address)

    def _read_title(self, node: int) -> None:
        if self.title is None and "svg" not in self.page.tree.names[max(0, node - 3) : node]:
            self.title = self.page.tree.string(node) or None

    def _read_html(self, node: int) -> None:
        found = self.page.tree.attributes(node)
        self.language = (found.get("lang") or found.get("xml:lang") or "").strip() or None

    def _read_body(self, node: int) -> None:
        classes = self.page.classes(node)
        self.is_list = not classes.isdisjoint(_LISTS) and classes.isdisjoint(_SINGLES)
        for name in sorted(classes):
            for start in ("postid-", "page-id-"):
                digits = name.removeprefix(start)
                if name.startswith(start) and _DIGITS.fullmatch(digits) and self.post is None:
                    self.post = digits

    def _read_json(self, node: int, problems: list[Problem]) -> None:
        source = self.page.tree.inner(node)
        try:
            data = json.loads(source) if len(source) <= _LARGEST else None
        except (RecursionError, ValueError):
            place = Place(offset=self.page.tree.starts[node])
            message = "JSON-LD of the page cannot be read: what only it says is not here"
            problems.append(Problem("bad-json-ld", message, place=place))
            return
        pending, seen = [data], 0
        while pending and seen < _MOST:
            value = pending.pop()
            seen += 1
            if isinstance(value, list):
                pending.extend(reversed(value))
            elif isinstance(value, Mapping):
                self.objects.append(value)
                pending.append(value.get("@graph"))

    def first(self, *names: str) -> str | None:
        """Return the content of the first ``meta`` tag that there is."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def by_id(self, value: object) -> object:
        """Return what a reference inside the JSON-LD stands for, or the value itself."""
        if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} and "@id" in value:
            return next((each for each in self.objects if each.get("@id") == value["@id"]
                         and len(each) > 2), value)  # fmt: skip
        return value

    def told(self, name: str) -> object:
        """Return what an article in the JSON-LD has under a name."""
        for each in self.objects:
            if _rank(each) < _OTHER and each.get(name) not in (None, "", []):
                return each[name]
        return None


def _is_json_ld(kind: str) -> bool:
    return kind.strip().lower() == "application/ld+json"


def words_of(value: object) -> str | None:
    """Return a string of JSON-LD or of an attribute as plain words; None where there are none."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


@attrs.frozen
class Outside:
    """A page without its comments."""

    page: Page
    head: Head
    nodes: list[int]
    """The elements that belong to no comment."""

    def with_class(self, *classes: str) -> list[int]:
        """Return the elements that have one of some classes."""
        return [node for node in self.nodes if self.page.has(node, *classes)]

    def with_id(self, *ids: str) -> list[int]:
        """Return the elements that have one of some ids."""
        return [node for node in self.nodes if self.page.attribute(node, "id") in ids]

    def named(self, *names: str) -> list[int]:
        """Return the elements of some names."""
        return [node for node in self.nodes if self.page.tree.names[node] in names]


def _rank(value: Mapping[str, object]) -> int:
    """Return 0 for an article, 1 for a page, and more for anything else."""
    kind = value.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    words = [word for word in kinds if isinstance(word, str) and _ARTICLES.fullmatch(word)]
    if not words:
        return _OTHER
    return 1 if all(word.endswith("Page") for word in words) else 0
