"""Put right the one token at which the parser stopped: pure functions on bytes of UTF-8."""

import html
import re
from collections.abc import Sequence
from html.entities import html5
from xml.parsers.expat import errors

import attrs

MISMATCH = errors.codes[errors.XML_ERROR_TAG_MISMATCH]

#: What the parser says where the input ends too early.
CUT = frozenset(
    errors.codes[message]
    for message in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_PARTIAL_CHAR,
    )
)

_NUMBER = re.compile(rb"&#(?:([0-9]{1,10})|[xX]([0-9a-fA-F]{1,8}));")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,40};)")
_END_TAG = re.compile(rb"</\s{0,9}([^\s<>/]{1,1000})[^<>]{0,1000}>")
_NAME = rb"[A-Za-z_\x80-\xff][\w.:\x80-\xff-]{0,200}"
_TAG = re.compile(rb"<(" + _NAME + rb")(?=[\s/>])")
_ATTRIBUTE = re.compile(
    rb"""[\s/]{0,1000}(""" + _NAME + rb""")(?:\s{0,99}=\s{0,99}"""
    rb"""(?:"([^"]*)"|'([^']*)'|((?:[^\s"'<>=`/]|/(?!>))+)))?"""
)
_TAG_END = re.compile(rb"\s{0,1000}(/?)>")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


@attrs.frozen
class Fix:
    """What to do with a token: replace so many bytes by others, then close so many elements."""

    kind: str
    message: str
    length: int
    put: bytes = b""
    close: int = 0
    values: tuple[object, ...] = ()
    at: int = 0
    """Where in the token the trouble is."""


def fix(code: int, token: bytes, opened: Sequence[str], *, at_end: bool) -> Fix | None:
    """Return what to do with the token that *token* begins with.

    Args:
        code: What the parser said.
        token: The input from the token on.
        opened: The names of the elements that are open, as they are written.
        at_end: Whether nothing comes after *token*.

    The answer is None where the token's end has to be seen first.
    """
    if token.startswith(b"&"):
        return _fix_reference(token, at_end=at_end)
    if not token.startswith(b"<"):
        return _fix_text(token)
    if token.startswith(b"</"):
        return _fix_end_tag(code, token, opened)
    if token.startswith(b"<!--"):
        return _without(token, b"-->", "a comment with '--' in it: left out")
    if token.startswith(b"<?"):
        return _without(token, b"?>", "an instruction where none may be: left out")
    return _fix_tag(token)


def drop(token: bytes) -> Fix:
    """Return the fix that always helps: to take a sign of markup as text, or leave it out."""
    if token.startswith(b"<"):
        return Fix("bare-angle", "'<' that begins no tag: taken as text", 1, b"&lt;")
    character = token[:4].decode("utf-8", "ignore")[:1]
    message = "a character where none may be: left out"
    return Fix("bad-character", message, max(len(character.encode()), 1), values=(character,))


def _fix_text(token: bytes) -> Fix:
    """Mend a text that has the end of a CDATA section in it, all of which is one token."""
    at = token.find(b"]]>")
    if at < 0:
        return drop(token)
    put = token[:at] + b"]]&gt;"
    return Fix("bare-angle", "']]>' in a text: taken as it is", at + 3, put, at=at)


def _fix_reference(token: bytes, *, at_end: bool) -> Fix | None:
    if match := _NUMBER.match(token):
        return _fix_number(token, match, at_end=at_end)
    if match := _ENTITY.match(token):
        name = match[1].decode()
        if name in html5:
            message = f"&{name} is not declared: taken as in HTML"
            put = html.escape(html5[name]).encode()
            return Fix("html-entity", message, match.end(), put, values=(f"&{name}",))
        message = f"&{name} is not declared: taken as text"
        return Fix("unknown-entity", message, 1, b"&amp;", values=(f"&{name}",))
    return Fix("bare-ampersand", "'&' that begins no reference: taken as text", 1, b"&amp;")


def _fix_number(token: bytes, match: re.Match[bytes], *, at_end: bool) -> Fix | None:
    number, told, end = _number(match), match[0].decode(), match.end()
    if 0xD800 <= number < 0xDC00:
        low = _NUMBER.match(token, end)
        if low is None and not at_end and len(token) < end + 13:
            return None
        second = _number(low) if low else 0
        if low and 0xDC00 <= second < 0xE000:
            put = chr(0x10000 + ((number - 0xD800) << 10) + (second - 0xDC00))
            told += low[0].decode()
            message = f"{told} is one character written as two: taken as U+{ord(put):X}"
            return Fix("bad-reference", message, low.end(), put.encode(), values=(told,))
    message = f"{told} is no character of XML: it became U+FFFD"
    return Fix("bad-reference", message, end, "\ufffd".encode(), values=(told,))


def _number(match: re.Match[bytes]) -> int:
    return int(match[1]) if match[1] else int(match[2], 16)


def _fix_end_tag(code: int, token: bytes, opened: Sequence[str]) -> Fix | None:
    match = _END_TAG.match(token)
    if match is None:
        return drop(token) if b">" in token or len(token) > 2000 else None
    name = match[1].decode()
    if name not in opened:
        message = f"</{name[:40]}> closes nothing: left out"
        return Fix("stray-end-tag", message, match.end(), values=(match[0].decode(),))
    if code != MISMATCH:  # badly written, and then looked at again
        message = f"an end tag is badly written: taken as </{name[:40]}>"
        put = b"</" + match[1] + b">"
        return Fix("bad-tag", message, match.end(), put, values=(match[0].decode(),))
    above = []
    for other in reversed(opened):
        if other == name:
            break
        above.append(other)
    told = ", ".join(f"<{other[:40]}>" for other in above[:5])
    message = f"{told} not closed before </{name[:40]}>: closed there"
    close = len(above) + 1
    return Fix("unclosed-element", message, match.end(), close=close, values=tuple(above))


def _without(token: bytes, end: bytes, message: str) -> Fix | None:
    found = token.find(end)
    if found < 0:
        return None
    found += len(end)
    return Fix("bad-comment", message, found, values=(token[:found].decode(),))


def _fix_tag(token: bytes) -> Fix | None:
    match = _TAG.match(token)
    if match is None:
        return drop(token)
    at, name = match.end(), match[1].decode()
    told: dict[str, str] = {}
    while attribute := _ATTRIBUTE.match(token, at):
        value = attribute[2] or attribute[3] or attribute[4] or b""
        told.setdefault(attribute[1].decode(), value.decode())
        at = attribute.end()
    end = _TAG_END.match(token, at)
    if end is None:
        return drop(token) if b">" in token[at:] or b"<" in token[at:] else None
    written = "".join(f' {key}="{_escaped(value)}"' for key, value in told.items())
    put = f"<{name}{written}{end[1].decode()}>".encode()
    if put == token[: end.end()]:
        return drop(token)
    message = f"a tag <{name[:40]}> is badly written: taken as it is meant"
    return Fix("bad-tag", message, end.end(), put, values=(token[: end.end()].decode(),))


def _escaped(value: str) -> str:
    def resolved(match: re.Match[str]) -> str:
        return html.escape(html5[match[1]]) if match[1] in html5 else match[0]

    value = re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,40};)", resolved, value)
    return _AMPERSAND.sub("&amp;", value).replace("<", "&lt;").replace('"', "&quot;")
