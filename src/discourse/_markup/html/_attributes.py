"""The attributes of a tag, and the character references in a text."""

import html
import re

_SPACE = r" \t\n\f\r"
_ATTRIBUTE = re.compile(
    rf"([^{_SPACE}/=][^{_SPACE}/=]*+)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^{_SPACE}]++)))?+"
)
_NUMBER = re.compile(r"&#(?:([0-9]{8,}+)|[xX]([0-9a-fA-F]{7,}+));?")
_OPEN_NAME = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*+(?!;))")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 7  # digits that any character needs at most


def attributes(tag: str, name: str) -> dict[str, str]:
    """Return the attributes of a start tag, with names in lower case; the first of two wins.

    >>> attributes('<a HREF="/?a&amp;b" id=x hidden>', "a")
    {'href': '/?a&b', 'id': 'x', 'hidden': ''}
    """
    values: dict[str, str] = {}
    inner = tag[len(name) + 1 : -2 if tag.endswith("/>") else -1]
    for key, double, single, bare in _ATTRIBUTE.findall(inner):
        key = key.lower()
        if key not in values:
            value = double or single or bare
            if "&" in value:  # "?a=1&copy=2" does not contain a copyright sign
                value = unescape(_OPEN_NAME.sub("&amp;", value))
            values[key] = value
    return values


def one_line(markup: str) -> str:
    r"""Return a title as plain text: tags removed, references resolved, on one line.

    >>> one_line("The <em>old</em> mill &amp; its\nowner")
    'The old mill & its owner'
    """
    return " ".join(unescape(_TAG.sub("", markup)).split())


def unescape(text: str) -> str:
    """Return *text* with its character references resolved; an invalid number is U+FFFD.

    >>> unescape("a &lt; b &#x41; &#99999999999;")
    'a < b A \ufffd'
    """
    if "&" not in text:
        return text
    if "&#" in text:  # the standard library rejects numbers with very many digits
        text = _NUMBER.sub(_shortened, text)
    return html.unescape(text)


def _shortened(match: "re.Match[str]") -> str:
    """Return a reference by a long number as one by a short number; U+FFFD's if it is invalid."""
    decimal, hexadecimal = match.groups()
    digits = (decimal or hexadecimal).lstrip("0") or "0"
    if len(digits) > _LONGEST:
        return "\ufffd"
    return f"&#{digits};" if decimal else f"&#x{digits};"
