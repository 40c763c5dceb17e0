"""Provide `Head`: what the beginning of a text shows of its format, each fact worked out once."""

import re
from functools import cached_property

HEAD = 65_536
"""How many characters of a text are looked at."""

_BLANK = "\ufeff \t\r\n"


class Head:
    """The beginning of a text, and what is known of it; each fact is worked out once."""

    def __init__(self, text: str, data: bytes = b"") -> None:
        self.whole = text
        """All of the text, for what may be at its end."""
        self.data = data[:HEAD]
        """The first bytes, where what they are is to be found out before they become text."""
        self.text = text[:HEAD]
        self.is_cut = len(text) > HEAD

    @cached_property
    def json(self) -> dict[str, str]:
        """The keys of JSON by their paths, such as ``posts[].id``, each with its first scalar.

        The first value of an array is under its path too: ``@context[]``.

        Empty for what is not JSON, or holds no key.
        """
        start = len(self.text) - len(self.text.lstrip(_BLANK))
        return _outline(self.text, _after_http(self.text, start))

    @cached_property
    def json_ends(self) -> frozenset[str]:
        """The paths of `json`, and the ends of them that begin with a key."""
        return frozenset(
            path[at:] for path in self.json for at in (0, *_key_starts(path)) if path[at:]
        )

    @cached_property
    def is_lines(self) -> bool:
        """Whether JSON objects follow each other: in one value, a comma is between them."""
        return _NEXT_OBJECT.search(self.whole) is not None

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins as JSON does."""
        return bool(self.json) or self.text.lstrip(_BLANK)[:1] in ("{", "[")

    @cached_property
    def root(self) -> tuple[str, str]:
        """The name of the first XML element, without its prefix, and its attributes."""
        match = _ROOT.search(self.text)
        return (match[1], match[2]) if match else ("", "")

    @cached_property
    def is_html(self) -> bool:
        """Whether the text begins as a page does, or as a part of one."""
        return _HTML.match(self.text) is not None and _FEED.search(self.text[:4096]) is None

    @cached_property
    def is_prose(self) -> bool:
        """Whether the text begins neither as JSON nor as markup nor as a binary file."""
        text = self.text.lstrip(_BLANK)
        is_code = _CODE.match(text) is not None and _BRACKETED.match(text) is None
        return bool(text) and not is_code and "\0" not in text


_NEXT_OBJECT = re.compile(r"\}[ \t\r]*+\n\s*+\{")
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]{1,40}:)?([\w.-]{1,40})(?=[\s/>])([^>]{0,8000})")
_HTML = re.compile(r"\s*(?:<!--|<!doctype html|<html|<\?xml|<[a-z])", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTTP = re.compile(r"HTTP/[\d.]{1,5} \d{3}")  # headers, as "curl -i" prints them
_JSON_LINE = re.compile(r"^[\[{]", re.MULTILINE)
#: How JSON, markup and PDF begin, or what was meant as such; "[Update] A title" is none of them.
_CODE = re.compile(
    r"""%PDF-|<(?:[^\W\d]|[/!?]|\Z)"""
    r"""|\[[\[\s]*+(?:["'{\],]|-?[0-9][0-9.eE+-]*+\s*+(?:[],]|\Z)|/[/*]|\Z"""
    r"""|(?:true|false|null|NaN|Infinity)\b)"""
    r"""|\{\s*+(?:["'},]|[\w$]{1,80}\s{0,9}:|/[/*]|\Z)"""
)
#: A number or a word in brackets, and words after it: "[2] A title".
_BRACKETED = re.compile(r"\[[\w.:-]{1,40}\][ \t]{0,9}[^\W\d_]")

_TOKEN = re.compile(r'[\s,]*+(?:([{}\[\]:])|"((?:[^"\\]++|\\.)*+)"|([^\s{}\[\]:,"]++))', re.DOTALL)
_DEEPEST = 8  # levels of which keys are noted
_TOKENS = 2_000
_LONGEST_KEY = 100  # each path has all keys above it: long ones would be held a thousand times
_LONGEST_VALUE = 60


def _key_starts(path: str) -> list[int]:
    return [at + 1 for at, character in enumerate(path) if character == "."]


def _after_http(text: str, start: int) -> int:
    """Return where JSON begins behind headers, or behind what PHP prints before it."""
    if text.startswith(("{", "["), start):
        return start
    if _HTTP.match(text, start) or text.startswith("<br", start):
        line = _JSON_LINE.search(text, start)
        return line.start() if line is not None else start
    return start


def _outline(text: str, at: int) -> dict[str, str]:
    """Return the paths of the keys in the beginning of JSON, with the first scalar of each."""
    if not text.startswith(("{", "["), at):
        return {}
    outline = _Outline()
    last = ""  # the last string, which is a key if a colon follows
    for _ in range(_TOKENS):
        match = _TOKEN.match(text, at)
        if match is None:
            break
        at = match.end()
        mark, string, word = match.groups()
        if mark == ":":
            outline.enter_key(last)
        elif mark in ("{", "["):
            outline.open(mark)
        elif mark:
            outline.close()
        else:
            last = string or ""
            outline.scalar(last if string is not None else word)
    return outline.keys


class _Outline:
    """The keys found so far, and where the next token stands."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self._open: list[str | None] = []  # the paths of what is open; None where it is too deep
        self._path: str | None = ""

    def enter_key(self, key: str) -> None:
        around = self._open[-1] if self._open else ""
        self._path = None if around is None else f"{around}.{key[:_LONGEST_KEY]}".lstrip(".")
        if self._path is not None:
            self.keys.setdefault(self._path, "")

    def open(self, mark: str) -> None:
        self.scalar(mark)
        path = self._path
        is_deep = path is None or len(self._open) >= _DEEPEST
        self._path = None if is_deep else f"{path}[]" if mark == "[" else path
        self._open.append(self._path)

    def close(self) -> None:
        if self._open:
            self._open.pop()
        self._path = self._open[-1] if self._open else ""

    def scalar(self, value: str) -> None:
        if self._path and self.keys.get(self._path) == "":
            self.keys[self._path] = value[:_LONGEST_VALUE]
        elif self._path and self._path.endswith("[]") and self._path[0] != "[":
            self.keys.setdefault(self._path, value[:_LONGEST_VALUE])
        if value not in ("{", "["):
            self._path = self._open[-1] if self._open else ""
