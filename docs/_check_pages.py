"""Check the built pages: ``python docs/_check_pages.py FOLDER``.

- No page and no style loads anything from elsewhere. Links that a reader may follow are no concern;
  scripts, styles, fonts and pictures are, since they would be fetched without being asked for.
- Whatever is loaded from here is here.
- Every link within the pages leads to a page that is there, and to a place in it that is there.
- Every picture says what it shows, in words.
- Every public name of the library has a place in the pages (the inventory has it).
- ``llms.txt`` leads to pages that are there.
"""

import importlib
import pkgutil
import re
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import discourse

_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//[^)'\"]*", re.IGNORECASE)
_LINKS = {"canonical", "help", "index", "license", "next", "prev", "search", "author"}
_LOADING = ("src", "data", "poster", "href", "xlink:href")


class _Page(HTMLParser):
    """Gathers what a page loads, where it leads, what can be led to, and pictures without words."""

    def __init__(self):
        super().__init__()
        self.base = None
        self.loaded = []
        self.links = []
        self.ids = {"", "top"}
        self.wordless = []
        self.from_outside = []

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.ids |= {attributes.get("id", ""), attributes.get("name", "")}
        if tag == "base":
            self.base = attributes.get("href")
        elif tag == "a":
            self.links.append(attributes.get("href", ""))
        elif tag == "link":
            if not set(attributes.get("rel", "").split()) <= _LINKS:
                self._load(tag, attributes.get("href", ""))
            else:
                self.links.append(attributes.get("href", ""))
        elif tag != "use":
            for name in _LOADING:
                self._load(tag, attributes.get(name, ""))
            for one in attributes.get("srcset", "").split(","):
                self._load(tag, one.strip().split(" ")[0])
        if tag == "img" and not attributes.get("alt", "").strip():
            self.wordless.append(attributes.get("src", "?"))
        self.from_outside += _IN_STYLE.findall(attributes.get("style", ""))

    def handle_data(self, data):
        if self.lasttag == "style":
            self.from_outside += _IN_STYLE.findall(data)

    def _load(self, tag, address):
        if _OUTSIDE.match(address):
            self.from_outside.append(f"<{tag}> {address}")
        elif address and not address.startswith(("data:", "#")):
            self.loaded.append(address)


def _pages(folder):
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        pages[path.resolve()] = page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
    return pages


def _leads_to(folder, path, page, address):
    """The file and the place in it that an address means; None for one that leads out of here."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return path, unquote(parts.fragment)
    start = path.parent if page.base is None else folder
    target = (start / unquote(parts.path).lstrip("/")).resolve()
    return target / "index.html" if target.is_dir() else target, unquote(parts.fragment)


def _troubles_of_links(folder, pages):
    for path, page in pages.items():
        for address in page.loaded:
            found = _leads_to(folder, path, page, address)
            if found and not found[0].is_file():
                yield f"{path}: loads {address}, which is not here"
        for address in page.links:
            found = _leads_to(folder, path, page, address)
            if not found or (page.base is not None and address.startswith("#")):
                continue
            if not found[0].is_file():
                yield f"{path}: leads to {address}, which is not here"
            elif found[0] in pages and found[1] not in pages[found[0]].ids:
                yield f"{path}: leads to {address}, and there is no such place"


def _troubles_of_pages(folder, pages):
    for path, page in pages.items():
        yield from (f"{path}: loads {what}" for what in page.from_outside)
        yield from (f"{path}: no words for the picture {what}" for what in page.wordless)
    for path in sorted(folder.rglob("*.css")):
        for what in _IN_STYLE.findall(path.read_text(encoding="utf-8")):
            yield f"{path}: loads {what}"
    listed = re.findall(r"\]\(([^)]*)\)", (folder / "llms.txt").read_text(encoding="utf-8"))
    yield from (f"llms.txt: no {one}" for one in listed if not (folder / one).is_file())


def _troubles_of_names(folder):
    _, _, _, _, packed = (folder / "objects.inv").read_bytes().split(b"\n", 4)
    told = {line.split()[0] for line in zlib.decompress(packed).decode().splitlines()}
    for found in pkgutil.iter_modules(discourse.__path__):
        name = f"discourse.{found.name}"
        if not found.name.startswith("_"):
            for public in importlib.import_module(name).__all__:
                if f"{name}.{public}" not in told:
                    yield f"{name}.{public} has no place in the reference"


def main(folder):
    folder = Path(folder).resolve()
    pages = _pages(folder)
    troubles = [
        *_troubles_of_links(folder, pages),
        *_troubles_of_pages(folder, pages),
        *_troubles_of_names(folder),
    ]
    for trouble in troubles:
        sys.stdout.write(f"{trouble}\n")
    links = sum(len(page.links) for page in pages.values())
    sys.stdout.write(f"{len(pages)} pages, {links} links: {len(troubles)} troubles\n")
    return 1 if troubles or not pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
