"""Provide `Head`: the beginning of a text, and lazily computed facts about its format."""

import re
from functools import cached_property

HEAD = 65_536
"""How many characters of a text are examined."""

_BLANK = "\ufeff \t\r\n"


class Head:
    """The beginning of a text, and facts about it; each is computed once."""

    def __init__(self, text: str, data: bytes = b"") -> None:
        self.whole = text
        """The whole text, for signatures that look at its end."""
        self.data = data[:HEAD]
        """The first bytes, if the input is to be recognised before it is decoded."""
        self.text = text[:HEAD]
        self.is_cut = len(text) > HEAD

    @cached_property
    def json(self) -> dict[str, str]:
        """The keys of JSON by their paths, such as ``posts[].id``, each with its first scalar.

        The first value of an array has a path too: ``@context[]``.

        Empty for a text that is not JSON or has no keys.
        """
        start = len(self.text) - len(self.text.lstrip(_BLANK))
        return _outline(self.text, _after_http(self.text, start))

    @cached_property
    def json_ends(self) -> frozenset[str]:
        """The paths of `json`, and their endings that begin with a key."""
        ends: set[str] = set()
        for path in self.json:
            end = path
            while end and end not in ends:  # the endings of a known one are known too
                ends.add(end)
                end = end.partition(".")[2]
        return frozenset(ends)

    @cached_property
    def is_lines(self) -> bool:
        """Whether several JSON objects follow each other without a comma between."""
        return _NEXT_OBJECT.search(self.whole) is not None

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins like JSON."""
        return bool(self.json) or self.text.lstrip(_BLANK)[:1] in ("{", "[")

    @cached_property
    def root(self) -> tuple[str, str]:
        """The name of the first XML element, without its prefix, and its attributes."""
        match = _ROOT.search(self.text)
        return (match[1], match[2]) if match else ("", "")

    @cached_property
    def is_html(self) -> bool:
        """Whether the text begins like a page or a part of one."""
        return _HTML.match(self.text) is not None and _FEED.search(self.text[:4096]) is None

    @cached_property
    def is_prose(self) -> bool:
        """Whether the text does not begin like JSON, markup or a binary file."""
        text = self.text.lstrip(_BLANK)
        is_code = _CODE.match(text) is not None and _BRACKETED.match(text) is None
        return bool(text) and not is_code and "\0" not in text


_NEXT_OBJECT = re.compile(r"\}[ \t\r]*+\n\s*+\{")
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]{1,40}:)?([\w.-]{1,40})(?=[\s/>])([^>]{0,8000})")
_HTML = re.compile(r"\s*(?:<!--|<!doctype html|<html|<\?xml|<[a-z])", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTTP = re.compile(r"HTTP/[\d.]{1,5} \d{3}")  # headers, as "curl -i" prints them
_JSON_LINE = re.compile(r"^[\[{]", re.MULTILINE)
#: How JSON, markup and PDF begin, even if malformed; "[Update] A title" is none of these.
_CODE = re.compile(
    r"""%PDF-|<(?:[^\W\d]|[/!?]|\Z)"""
    r"""|\[[\[\s]*+(?:["'{\],]|-?[0-9][0-9.eE+-]*+\s*+(?:[],]|\Z)|/[/*]|\Z"""
    r"""|(?:true|false|null|NaN|Infinity)\b)"""
    r"""|\{\s*+(?:["'},]|[\w$]{1,80}\s{0,9}:|/[/*]|\Z)"""
)
#: A number or a word in brackets, followed by words: "[2] A title".
_BRACKETED = re.compile(r"\[[\w.:-]{1,40}\][ \t]{0,9}[^\W\d_]")

#: A bracket; or a key, with its value unless that is an array or object; or an array item.
_TOKEN = re.compile(
    r'''[\s,:]*+(?:([{}\[\]])|"((?:[^"\\]++|\\.)*+)"(?:\s*+(:)(?:\s*+(?:"((?:[^"\\]++|\\.)*+)"'''
    r"""|([^\s{}\[\]:,"]++)))?+)?+|([^\s{}\[\]:,"]++))""",
    re.DOTALL,
)
_ENDS = frozenset("}]")
_DEEPEST = 8  # levels whose keys are recorded
_TOKENS = 2_000
_LONGEST_KEY = 100  # each path repeats all keys above it: long keys would be stored many times
_LONGEST_VALUE = 60


def _after_http(text: str, start: int) -> int:
    """Return where JSON begins after HTTP headers, or after what PHP prints before it."""
    if text.startswith(("{", "["), start):
        return start
    if _HTTP.match(text, start) or text.startswith("<br", start):
        line = _JSON_LINE.search(text, start)
        return line.start() if line is not None else start
    return start


def _note_first(keys: dict[str, str], path: str, value: str) -> None:
    """Record the first value at a path, if it is an array item or begins with a bracket."""
    if keys.get(path) == "" or (path.endswith("[]") and path[0] != "[" and path not in keys):
        keys[path] = value[:_LONGEST_VALUE]


def _outline(text: str, at: int) -> dict[str, str]:
    """Return the paths of the keys in the beginning of JSON, with the first scalar of each."""
    if not text.startswith(("{", "["), at):
        return {}
    keys: dict[str, str] = {}
    within: list[str | None] = []  # the paths of open brackets; None where it is too deep
    around: str | None = ""
    path: str | None = ""  # of the next value
    left = _TOKENS
    while left > 0 and (match := _TOKEN.match(text, at)) is not None:
        at = match.end()
        mark, string, colon, value, word, item = match.groups()
        if colon:
            path = None
            if around is not None:
                key = string[:_LONGEST_KEY]
                path = f"{around}.{key}" if around else key.lstrip(".")
            value = word if value is None else value
            left -= 2 if value is None else 3
            if path is not None and not keys.setdefault(path, "") and value and path:
                keys[path] = value[:_LONGEST_VALUE]
            if value is not None:
                path = around
            continue
        left -= 1
        if mark in _ENDS:
            del within[-1:]
            path = around = within[-1] if within else ""
            continue
        if path:
            _note_first(keys, path, mark or item or string)
        if mark:
            is_deep = path is None or len(within) >= _DEEPEST
            around = None if is_deep else f"{path}[]" if mark == "[" else path
            within.append(around)
        path = around
    return keys
