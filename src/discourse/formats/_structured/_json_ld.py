"""Read the JSON-LD of a page leniently, since templates write it by hand."""

import re
from collections.abc import Iterable

from ..._markup.html import Tree, unescape
from ..._problems import ProblemLog
from ...errors import LimitError, ParseError, Place
from .._kit import Decoder

_BLANK = " \t\r\n\ufeff;"
#: Old templates wrap JSON in these, to hide it from browsers and XML parsers.
_WRAPPERS = ("<!--", "-->", "//<![CDATA[", "<![CDATA[", "//]]>", "]]>", "/*<![CDATA[*/", "/*]]>*/")
#: A string (an open one extends to the end), a comma before a bracket, a comment.
_FAULTS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|,(?=\s*+[}\]])|//[^\n]*+', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")


def ld_json(tree: Tree, scripts: Iterable[int], log: ProblemLog) -> list[object]:
    """Return the values of the JSON-LD in some ``script`` elements, in order. O(n).

    Line breaks in strings, commas before a bracket and comments are not JSON. They are repaired,
    with a problem of kind ``repaired-json-ld``. Unreadable JSON-LD is a ``bad-json-ld`` problem.
    """
    values = []
    decoder = Decoder(log)
    for node in scripts:
        kind = tree.attributes(node).get("type", "").partition(";")[0].strip().lower()
        source = tree.inner(node) if kind == "application/ld+json" else ""
        if not source.strip(_BLANK):
            continue
        place = Place(offset=tree.starts[node])
        try:
            values.append(_decoded(source, decoder))
            continue
        except (ParseError, LimitError):
            pass
        try:
            values.append(_decoded(_repaired(source), decoder))
            message = "JSON-LD of the page is not valid JSON: repaired"
            log.add("repaired-json-ld", message, place=place)
        except (ParseError, LimitError):
            message = "JSON-LD of the page cannot be read: ignored"
            log.add("bad-json-ld", message, place=place)
    return values


def _decoded(source: str, decoder: Decoder) -> object:
    start = len(source) - len(source.lstrip(_BLANK))
    value, end = decoder.decode(source, start)
    if source[end:].strip(_BLANK):
        raise ParseError("not JSON: more text follows the value", Place(offset=end))
    return value


def _repaired(source: str) -> str:
    source = source.strip(_BLANK)
    if "&quot;" in source and '"' not in source:  # the template escaped it as an attribute
        source = unescape(source)
    for wrapper in _WRAPPERS:
        source = source.removeprefix(wrapper).removesuffix(wrapper).strip(_BLANK)
    return _FAULTS.sub(_without_fault, source)


def _without_fault(match: "re.Match[str]") -> str:
    text = match[0]
    if text[0] != '"':
        return ""
    return _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", text)


def top_objects(values: Iterable[object]) -> list[dict[str, object]]:
    """Return the objects in values of JSON-LD, including arrays and ``@graph``. O(n)."""
    pending = [*values][::-1]
    objects: list[dict[str, object]] = []
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            objects.append(value)
            if isinstance(value.get("@graph"), dict | list):
                pending.append(value["@graph"])
    return objects
