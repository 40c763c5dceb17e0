"""Provide `PageHead`: the ``meta`` tags, links, title and language of a page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..._markup.html import Tree

_NAMES = frozenset(("meta", "link", "title", "html", "head", "body", "script", "base"))


def head_elements(tree: Tree) -> dict[str, list[int]]:
    """Return the elements that describe a page, by name."""
    named: dict[str, list[int]] = {name: [] for name in _NAMES}
    for node, name in enumerate(tree.names):
        if name in _NAMES:
            named[name].append(node)
    return named


class PageHead:
    """The metadata in the head of a page."""

    def __init__(self, tree: Tree, named: Mapping[str, Sequence[int]]) -> None:
        self.meta: defaultdict[str, list[str]] = defaultdict(list)
        """``name`` or ``property`` of a ``meta`` tag to its contents, in order."""
        self.links: dict[str, str] = {}
        """``rel`` of a ``link`` to its first address."""
        for attributes in map(tree.attributes, named["meta"]):
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            content = attributes.get("content", "").strip()
            if name and content:
                self.meta[name.lower()].append(content)
        for attributes in map(tree.attributes, named["link"]):
            address = attributes.get("href", "").strip()
            for rel in attributes.get("rel", "").lower().split()[:5] if address else ():
                self.links.setdefault(rel, address)
        titles = (
            tree.string(node)
            for node in named["title"]
            if "svg" not in tree.names[max(0, node - 3) : node]
        )
        self.title = next(filter(None, titles), None)
        self.language: str | None = None
        for attributes in map(tree.attributes, named["html"]):
            language = attributes.get("lang") or attributes.get("xml:lang") or ""
            self.language = language.strip() or None

        bases = (tree.attributes(node).get("href", "").strip() for node in named.get("base", ()))
        self.base = next(filter(None, bases), None)
        """The base URL of the page, if declared."""

    def first(self, *names: str) -> str | None:
        """Return the content of the first of these ``meta`` tags that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @property
    def address(self) -> str | None:
        """The URL that the page declares as its own."""
        return self.links.get("canonical") or self.first("og:url")
