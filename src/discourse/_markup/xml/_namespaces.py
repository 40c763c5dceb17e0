"""Name elements and attributes independently of the prefixes in a document."""

import re
from collections.abc import Mapping

_SPACES = {
    "": "",
    "http://a9.com/-/spec/opensearch/1.1": "openSearch",
    "http://a9.com/-/spec/opensearchrss/1.0": "openSearch",
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
    "http://www.tei-c.org/ns/1.0": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2005/atom": "atom",
    "http://www.w3.org/2007/app": "app",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_EXPORT = re.compile(r"http://wordpress\.org/export/[^/]{0,20}(/excerpt)?")
_LONGEST = 100  # characters of an unknown namespace in a name
_CUSTOMARY = frozenset(_SPACES.values()) - {"", "xml"} | {"wp", "excerpt"}


def short(uri: str) -> str | None:
    """Return the customary prefix of a namespace; None if it is unknown.

    >>> short("http://wordpress.org/export/1.2/"), short("http://wordpress.org/export/1.0/excerpt/")
    ('wp', 'excerpt')
    """
    if len(uri) > _LONGEST:
        return None
    plain = uri.strip().lower().replace("https://", "http://", 1).rstrip("/")
    if match := _EXPORT.fullmatch(plain):
        return "excerpt" if match[1] else "wp"
    return _SPACES.get(plain)


class Scope:
    """The namespaces in scope: the meaning of each prefix in the open elements."""

    def __init__(self) -> None:
        self._bound: dict[str, list[str]] = {"": [""], "xml": ["xml:"]}
        self._declared: list[tuple[int, str]] = []  # depths and prefixes, to undo
        self.known: dict[str, str] = {}
        """A cache of element names by their written form, cleared when a binding changes."""
        self.unbound: dict[str, None] = {}
        """Prefixes without a namespace, each once."""

    def open(self, depth: int, raw: str, attributes: Mapping[str, str]) -> None:
        """Process the declarations among the attributes of the element *raw* at *depth*."""
        for name, uri in attributes.items():
            prefix = name[6:]
            if name != "xmlns" and name[:6] != "xmlns:":
                continue
            space = short(uri)
            if space is not None:
                before_name = f"{space}:" if space else ""
            elif depth == 1 and prefix == raw.rpartition(":")[0]:
                before_name = ""  # the root's name was checked: a new version of the format
            else:
                before_name = f"{{{uri[:_LONGEST]}}}"
            self._bound.setdefault(prefix, []).append(before_name)
            self._declared.append((depth, prefix))
            self.known = {}

    def close(self, depth: int) -> None:
        """Forget what the element at *depth* declared."""
        while self._declared and self._declared[-1][0] == depth:
            self._bound[self._declared.pop()[1]].pop()
            self.known = {}

    def declared(self) -> dict[str, str]:
        """Return the known namespaces in scope, as an attribute: ``{"xmlns": "dc wp"}``."""
        names = {spaces[-1][:-1] for spaces in self._bound.values() if spaces}
        known = sorted(name for name in names if name not in ("", "xml") and name[0] != "{")
        return {"xmlns": " ".join(known)} if known else {}

    def element(self, raw: str) -> str:
        """Return the name of an element: ``wp:comment``, ``item``, ``{uri}other``."""
        prefix, _, local = raw.rpartition(":")
        name = self.known[raw] = self._name(prefix, local)
        return name

    def attributes(self, raw: Mapping[str, str]) -> dict[str, str]:
        """Return attributes by name; those without a prefix are in no namespace."""
        named = {}
        for name, value in raw.items():
            prefix, colon, local = name.rpartition(":")
            if not colon:
                if name != "xmlns":
                    named[name] = value
            elif prefix != "xmlns":
                named[self._name(prefix, local)] = value
        return named

    def _name(self, prefix: str, local: str) -> str:
        spaces = self._bound.get(prefix)
        if spaces:
            return spaces[-1] + local
        self.unbound[prefix] = None
        return f"{prefix}:{local}" if prefix in _CUSTOMARY else f"{{{prefix}}}{local}"
