"""Give elements and attributes names that do not depend on the prefixes a writer chose."""

import re
from collections.abc import Mapping

_SPACES = {
    "": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://disqus.com": "",
    "http://disqus.com/disqus-internals": "dsq",
    "http://www.disqus.com": "dsq",
    "http://purl.org/atom/app#": "app",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/slash": "slash",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://schemas.google.com/blogger/2018": "blogger",
    "http://schemas.google.com/g/2005": "gd",
    "http://wellformedweb.org/commentapi": "wfw",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2005/atom": "atom",
    "http://www.w3.org/2007/app": "app",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_EXPORT = re.compile(r"http://wordpress\.org/export/[^/]{0,20}(/excerpt)?")
_CUSTOMARY = frozenset(_SPACES.values()) - {"", "xml"} | {"wp", "excerpt"}


def short(uri: str) -> str | None:
    """Return the customary prefix of a namespace; None where it is not one we know.

    >>> short("http://wordpress.org/export/1.2/"), short("http://wordpress.org/export/1.0/excerpt/")
    ('wp', 'excerpt')
    """
    plain = uri.strip().lower().replace("https://", "http://", 1).rstrip("/")
    if match := _EXPORT.fullmatch(plain):
        return "excerpt" if match[1] else "wp"
    return _SPACES.get(plain)


class Scope:
    """The namespaces in force: what each prefix stands for, inside the elements that are open."""

    def __init__(self) -> None:
        self._bound: list[dict[str, str]] = [
            {"": "", "xml": "http://www.w3.org/XML/1998/namespace"}
        ]
        self.depths: list[int] = []
        """At which depths there are declarations, but for the outermost."""
        self.known: dict[str, str] = {}
        """The names of elements already made out, as long as no binding changes."""
        self.unbound: list[str] = []
        """Prefixes that are bound nowhere, each once."""

    def open(self, depth: int, attributes: Mapping[str, str]) -> None:
        """Take the declarations among the attributes of an element at *depth*, if any."""
        made = {
            name[6:]: uri
            for name, uri in attributes.items()
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if made:
            self._bound.append({**self._bound[-1], **made})
            self.depths.append(depth)
            self.known = {}

    def close(self, depth: int) -> None:
        """Forget what the element at *depth* declared."""
        if self.depths and self.depths[-1] == depth:
            del self._bound[-1], self.depths[-1]
            self.known = {}

    def declared(self) -> dict[str, str]:
        """Return the known namespaces in force, by an attribute's name: ``{"xmlns": "dc wp"}``."""
        known = {short(uri) for uri in self._bound[-1].values()} - {None, "", "xml"}
        return {"xmlns": " ".join(sorted(name for name in known if name))} if known else {}

    def element(self, raw: str) -> str:
        """Return the name of an element: ``wp:comment``, ``item``, ``{uri}other``."""
        prefix, _, local = raw.rpartition(":")
        made = self.known[raw] = self._name(prefix, local)
        return made

    def attributes(self, raw: Mapping[str, str]) -> dict[str, str]:
        """Return attributes by name; those without a prefix are in no namespace."""
        made = {}
        for name, value in raw.items():
            prefix, _, local = name.rpartition(":")
            if prefix != "xmlns" and name != "xmlns":
                made[self._name(prefix, local) if prefix else local] = value
        return made

    def _name(self, prefix: str, local: str) -> str:
        uri = self._bound[-1].get(prefix)
        if uri is None:
            if prefix not in self.unbound:
                self.unbound.append(prefix)
            return f"{prefix}:{local}" if prefix in _CUSTOMARY else f"{{{prefix}}}{local}"
        space = short(uri)
        if space is None:
            return f"{{{uri}}}{local}"
        return f"{space}:{local}" if space else local
