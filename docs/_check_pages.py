"""Check that no built page loads anything from elsewhere: ``python docs/_check_pages.py FOLDER``.

Links that a reader may follow are no concern; scripts, styles, fonts and pictures are, since they
would be fetched without being asked for.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//[^)'\"]*", re.IGNORECASE)
_LINKS = {"canonical", "help", "index", "license", "next", "prev", "search", "author"}


class _Page(HTMLParser):
    """Gathers what a page loads from outside."""

    def __init__(self):
        super().__init__()
        self.loaded = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "link" and not set((attributes.get("rel") or "").split()) <= _LINKS:
            self._note(tag, attributes.get("href"))
        if tag not in {"a", "link"}:
            for name in ("src", "srcset", "data", "poster", "href", "xlink:href"):
                self._note(tag, attributes.get(name))
        self.loaded += _IN_STYLE.findall(attributes.get("style") or "")

    def handle_data(self, data):
        if self.lasttag == "style":
            self.loaded += _IN_STYLE.findall(data)

    def _note(self, tag, address):
        if address and _OUTSIDE.match(address):
            self.loaded.append(f"<{tag}> {address}")


def loaded_from_outside(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return _IN_STYLE.findall(text)
    page = _Page()
    page.feed(text)
    return page.loaded


def main(folder):
    paths = [path for end in ("html", "css") for path in sorted(Path(folder).rglob(f"*.{end}"))]
    found = [(path, what) for path in paths for what in loaded_from_outside(path)]
    for path, what in found:
        sys.stdout.write(f"{path}: loads {what}\n")
    sys.stdout.write(f"{len(paths)} pages and styles, {len(found)} requests to elsewhere\n")
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
