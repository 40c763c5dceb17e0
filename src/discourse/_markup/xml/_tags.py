"""Parse tags and references, well-formed or not. No pattern backtracks, so all are linear."""

import re
from collections.abc import Callable
from html.entities import html5

from ...errors import shown

# Letters of any script, and the combining marks of Latin and Indian scripts.
NAME = r"[^\W\d][\w:.\u00b7\u0300-\u036f\u0900-\u0fff-]*+"

_ATTRIBUTES = rf"""((?:\s++{NAME}\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+)\s*+"""
_SECTION = r"<!\[CDATA\[((?:[^\]\r]++|\](?!\]>))*+)\]\]>"
_PLAIN = r"([^<&\r\]]*+)"

LEAF = re.compile(rf"(\s*+)<({NAME}){_ATTRIBUTES}(?:/>|>(?:{_PLAIN}|{_SECTION})</\2>)")
"""Blank text, then an element that is empty or contains plain text or one CDATA section.

Most of an export consists of such fields. Anything else is read token by token.
"""

PLAIN_LEAF = re.compile(rf"(\s*+)<({NAME}){_ATTRIBUTES}(?:/>|>(?:{_PLAIN}|((?!)))</\2>)")
"""The same without CDATA sections: each unclosed one would be searched to the end."""

TAG = re.compile(rf"<({NAME}){_ATTRIBUTES}(/?)>")
"""A start tag, its attributes, and the slash of an empty element."""

END_TAG = re.compile(r"</(\s*+)([^\s<>/]++)([^<>]*+)>")

_ATTRIBUTE = re.compile(rf"""({NAME})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_TAG_NAME = re.compile(rf"<({NAME})(?=[\s/>])")
# A value ends at what can be a tag, so no two tags search for the same quotation mark.
_BAD_ATTRIBUTE = re.compile(
    rf"""[\s/]*+({NAME})(?:\s*+=\s*+(?:"((?:[^"<]|<(?![\w/!?]))*+)"|'((?:[^'<]|<(?![\w/!?]))*+)'"""
    r"""|((?:[^\s"'<>=`/]|/(?!>))++)))?"""
)
_BAD_TAG_END = re.compile(r"\s*+(/?)>")
_OPEN_TAG = re.compile(rf"</[^<>]*+\Z|<{NAME}\Z")
_OPEN_ATTRIBUTE = re.compile(
    r"""[\s/=]*+(?:"(?:[^"<]|<(?![\w/!?]))*+|'(?:[^'<]|<(?![\w/!?]))*+)?\Z"""
)
_LAYOUT = str.maketrans("\t\n\r", "   ")

# A character beyond U+FFFF as two references, as Java and JavaScript programs write it.
_HIGH = r"&#(?:[xX]0*+[dD][89abAB][0-9a-fA-F]{2}|0*+5[56][0-9]{3});"
_LOW = r"&#(?:[xX]0*+[dD][c-fC-F][0-9a-fA-F]{2}|0*+5[67][0-9]{3});"
_SPECIAL = re.compile(
    rf"({_HIGH})({_LOW})|&#(?:[xX][0-9a-fA-F]++|[0-9]++);|&([A-Za-z][A-Za-z0-9]{{0,40}};)|&|\]\]>"
)
_XML = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
_LAST = 0x10FFFF

Tell = Callable[[str, str, tuple[object, ...], int], None]
"""Reports the kind, the message, the values and the position of a problem."""


def tag_name(raw: str) -> str:
    r"""Return a tag for a message.

    >>> tag_name("a\x85b")
    '<a\\x85b>'
    """
    return f"<{shown(raw, 40)[1:-1]}>"


def resolved(text: str, tell: Tell, at: int = 0) -> str:
    """Return *text*, which begins at *at*, with its references resolved."""

    def replace(match: re.Match[str]) -> str:
        reference, name, place = match[0], match[3], at + match.start()
        if name in _XML:
            return _XML[name]
        if reference == "]]>":
            tell("bare-angle", "']]>' in a text: parsed as text", (), place)
        elif reference == "&":
            tell("bare-ampersand", "'&' that begins no reference: parsed as text", (), place)
        elif name is None:
            return _number(match, tell, place)
        elif name in html5:
            message = f"&{name} is not declared: replaced as in HTML"
            tell("html-entity", message, (reference,), place)
            return html5[name]
        else:
            message = f"&{name} is not declared: parsed as text"
            tell("unknown-entity", message, (reference,), place)
        return reference

    return _SPECIAL.sub(replace, text)


def _number(match: re.Match[str], tell: Tell, place: int) -> str:
    if match[1] is not None:
        high, low = _code(match[1]), _code(match[2])
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            character = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            message = f"{match[0]} is one character written as two: read as U+{ord(character):X}"
            tell("bad-reference", message, (match[0],), place)
            return character
        return _character(match[1], tell, place) + _character(match[2], tell, place)
    return _character(match[0], tell, place)


def _character(reference: str, tell: Tell, place: int) -> str:
    code = _code(reference)
    if code < 32:
        is_valid = code in (9, 10, 13)
    else:
        is_valid = code <= _LAST and not 0xD800 <= code < 0xE000 and code not in (0xFFFE, 0xFFFF)
    if is_valid:
        return chr(code)
    message = f"{shown(reference, 20)[1:-1]} is not an XML character: it became U+FFFD"
    tell("bad-reference", message, (reference,), place)
    return "\ufffd"


def _code(reference: str) -> int:
    """Return the number in a reference; with too many digits, one beyond any character."""
    digits, base = (reference[3:-1], 16) if reference[2] in "xX" else (reference[2:-1], 10)
    digits = digits.lstrip("0") or "0"
    return int(digits, base) if len(digits) <= 7 else _LAST + 1


def attributes(written: str) -> tuple[dict[str, str], bool]:
    """Return the attributes of a well-formed tag, and whether their values are well-formed."""
    matches = _ATTRIBUTE.findall(written)
    if len(matches) == 1 and "&" not in written and written.isprintable():
        ((name, double, single),) = matches
        return {name: double or single}, True
    named = {name: double or single for name, double, single in reversed(matches)}
    is_well_formed = len(named) == len(matches)
    if "&" in written or not written.isprintable():
        for name, value in named.items():
            named[name], is_whole = _value(value)
            is_well_formed = is_well_formed and is_whole
    return named, is_well_formed


def _value(written: str) -> tuple[str, bool]:
    """Return the value of an attribute, and whether it is well-formed."""
    faults: list[str] = []

    def tell(kind: str, message: str, values: tuple[object, ...], at: int) -> None:  # noqa: ARG001
        if kind != "bare-angle":  # which attributes may contain
            faults.append(kind)

    value = written.replace("\r\n", "\n").translate(_LAYOUT)
    return resolved(value, tell), not faults


def bad_tag(text: str, at: int) -> tuple[str, dict[str, str], bool, int] | None:
    """Parse a malformed start tag at *at*.

    Returns its name, its attributes, whether the element is empty, and where the tag ends; None
    if there is no tag.
    """
    match = _TAG_NAME.match(text, at)
    if match is None:
        return None
    end = match.end()
    named: dict[str, str] = {}
    while attribute := _BAD_ATTRIBUTE.match(text, end):
        value = attribute[2] or attribute[3] or attribute[4] or ""
        named.setdefault(attribute[1], _value(value)[0])
        end = attribute.end()
    tag_end = _BAD_TAG_END.match(text, end)
    if tag_end is None:
        return None
    return match[1], named, bool(tag_end[1]), tag_end.end()


def is_unfinished(text: str, at: int) -> bool:
    """Whether the text at *at* could become a tag with more input."""
    if _OPEN_TAG.match(text, at):
        return True
    match = _TAG_NAME.match(text, at)
    if match is None:
        return False
    end = match.end()
    while attribute := _BAD_ATTRIBUTE.match(text, end):
        end = attribute.end()
    return _OPEN_ATTRIBUTE.match(text, end) is not None
