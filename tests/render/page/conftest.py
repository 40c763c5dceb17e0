"""A strict reader of pages: of a page it knows nothing but what a page may have."""

import base64
import hashlib
import re
from html import unescape

import attrs
import pytest

from discourse._markup.html import tree

_WORDS = "b cite code del em i ins kbd mark q s samp small strong sub sup u var br hr bdi"
_BARE = "body head main title footer summary dt dd dl tr td th"
ALLOWED = {
    **dict.fromkeys(_WORDS.split(), ()),
    **dict.fromkeys(_BARE.split(), ()),
    **dict.fromkeys(("h1", "h2", "h3", "h4"), ("class", "dir", "lang")),
    "html": ("lang",),
    "header": ("class",),
    "meta": ("charset", "content", "http-equiv", "name"),
    "a": ("class", "href", "rel", "title"),
    "article": ("class", "id"),
    "blockquote": (),
    "button": ("data-do", "type"),
    "details": ("class", "open"),
    "dialog": ("aria-label", "id"),
    "div": ("class", "dir", "id", "lang"),
    "li": ("dir",),
    "nav": ("aria-label", "class"),
    "ol": ("start",),
    "p": ("class", "dir", "hidden", "id", "lang"),
    "pre": ("tabindex",),
    "section": ("aria-label", "class", "id"),
    "span": ("class", "dir"),
    "table": ("tabindex",),
    "time": ("datetime",),
    "ul": ("aria-label", "class", "lang"),
}
VOID = {"br", "hr", "meta"}
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>|([^<>]+)')
ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#x27);)")
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@attrs.frozen
class Page:
    """What a page holds, once every character of it is accounted for."""

    tags: list
    texts: list
    style: str
    script: str

    def all(self, name, attribute):
        return [found.get(attribute) for tag, found in self.tags if tag == name]

    @property
    def ids(self):
        return [found["id"] for _, found in self.tags if "id" in found]

    @property
    def text(self):
        return "".join(self.texts)


def _cut(page, name):
    start, end = page.index(f"<{name}>"), page.index(f"</{name}>")
    return page[start + len(name) + 2 : end], page[:start] + page[end + len(name) + 3 :]


def read(page):
    """Return what is in a page; fail where there is anything that no page of ours has."""
    assert page.startswith("<!DOCTYPE html>\n")
    elements = [name for name in tree(page).names if name]
    style, rest = _cut(page.removeprefix("<!DOCTYPE html>\n"), "style")
    script, rest = _cut(rest, "script")
    tags, texts, open_, at = [], [], [], 0
    for match in TAG.finditer(rest):
        assert match.start() == at, rest[at : at + 80]
        at = match.end()
        slash, name, inner, text = match.groups()
        if text is not None:
            assert not REFERENCE.search(text)
            texts.append(unescape(text))
        elif slash:
            assert open_.pop() == name
        else:
            found = dict(ATTRIBUTE.findall(inner))
            assert set(found) <= set(ALLOWED[name]), name
            assert not any(map(REFERENCE.search, found.values()))
            tags.append((name, {key: unescape(value) for key, value in found.items()}))
            if name not in VOID:
                open_.append(name)
    assert at == len(rest)
    assert open_ == []
    assert sorted(elements) == sorted([name for name, _ in tags] + ["style", "script"])
    return Page(tags, texts, style, script)


def check(page):
    """Return the parts of a page that does nothing and whose links are sound."""
    found = read(page)
    assert len(set(found.ids)) == len(found.ids)
    places = set(found.ids)
    for _, attributes_ in found.tags:
        for value in attributes_.values():
            assert not STEERING.search(value)
    for address in found.all("a", "href"):
        if address.startswith("#"):
            assert address[1:] in places
        else:
            assert re.match(r"(?i)(?:https?://|mailto:)[^\s\\]+$", address)
    for text in found.texts:
        assert not STEERING.search(text)
    policy = found.all("meta", "content")[1]
    assert policy == (
        f"default-src 'none'; style-src '{sha(found.style)}'; script-src '{sha(found.script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return found


def sha(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.fixture(scope="session", name="check")
def checked():
    """The reader, which fails where there is anything that no page may have."""
    return check
