"""Make untrusted text, addresses, ids and times safe for a page."""

import datetime as dt
import hashlib
import html
import re
import zlib

from ..._terminal.columns import clean
from .._wording import moment

#: Format characters that some scripts need and that do not reorder text: soft hyphen, zero-width
#: space, direction marks, word joiner. `clean` escapes them for terminals.
_HARMLESS = re.compile("([\u00ad\u061c\u200b\u200e\u200f\u2060]+)")
_LINE_END = re.compile("\r\n?")

_HREF = re.compile(r"(?:https?://|mailto:)[^\s\\\"<>`]+", re.IGNORECASE)
_PASSED_OVER = re.compile("[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))

_UNSAFE = re.compile("[^A-Za-z0-9_-]")
_LONGEST = 100

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
COLOURS = 12


def shown(text: str) -> str:
    r"""Return *text* with every control character and every reordering of text escaped.

    >>> shown("a\x1b[2J\u202eb\r\nc")
    'a\\x1b[2J\\u202eb\nc'
    """
    if text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    if text.replace("\n", "").isprintable():
        return text
    if not _HARMLESS.search(text):
        return clean(text)
    return "".join(
        part if place % 2 else clean(part) for place, part in enumerate(_HARMLESS.split(text))
    )


def escape(text: str) -> str:
    """Return *text* escaped for an element or a quoted attribute.

    >>> escape("a < b & 'c'")
    'a &lt; b &amp; &#x27;c&#x27;'
    """
    return html.escape(shown(text))


def href(address: str | None) -> str | None:
    r"""Return an address as the value of an attribute, or None if it is unsafe.

    Only ``http``, ``https`` and ``mailto`` are safe, without white space, quotes or invisible
    characters. ``//example.org`` becomes ``https``.

    >>> href("https://example.org/?a=1&b=2"), href(" java\nscript:alert(1)"), href("/here")
    ('https://example.org/?a=1&amp;b=2', None, None)
    """
    if address is None:
        return None
    address = _PASSED_OVER.sub("", address.strip(_ENDS))
    if address.startswith("//"):
        address = "https:" + address
    if not address.isprintable() or not _HREF.fullmatch(address):
        return None
    return html.escape(address)


def web(address: str | None) -> str | None:
    """Return an address like `href`, but None unless it is a web address."""
    target = href(address)
    return target if target is not None and target[:4].lower() == "http" else None


def link(address: str, label: str) -> str:
    """Return an external link, from an `href` and a label in HTML."""
    return f'<a href="{address}" rel="nofollow noopener ugc">{label}</a>'


def moment_of(time: dt.datetime) -> str:
    """Return a time as an element.

    >>> moment_of(dt.datetime(2024, 5, 31, 12, 5, tzinfo=dt.UTC))
    '<time datetime="2024-05-31T12:05:00Z">31 May 2024, 12:05 UTC</time>'
    """
    stamp = time.astimezone(dt.UTC).replace(tzinfo=None).isoformat()
    return f'<time datetime="{stamp}Z">{moment(time)}</time>'


def anchor(id: str) -> str:
    """Return an id encoded as an anchor. Different ids have different anchors.

    Letters, digits, hyphens and underscores stay; any other character becomes its code point
    between dots. A long anchor ends in a hash.

    >>> anchor("t1_ab"), anchor("a b"), anchor("a.20.b")
    ('t1_ab', 'a.20.b', 'a.2e.20.2e.b')
    """
    if len(id) <= _LONGEST:
        encoded = _UNSAFE.sub(lambda match: f".{ord(match[0]):x}.", id)
        if len(encoded) <= _LONGEST:
            return encoded
    digest = hashlib.sha256(id.encode()).hexdigest()[:40]
    return f"{_UNSAFE.sub('', id[:40])}.h{digest}."  # code points never start with an h


def language(tag: str | None) -> str:
    """Return the attribute for a language, or the empty string if the tag is invalid.

    >>> language("pt_BR"), language("English, I think")
    (' lang="pt-BR"', '')
    """
    tag = (tag or "").replace("_", "-")
    return f' lang="{tag}"' if _LANGUAGE.fullmatch(tag) else ""


def colour(key: str) -> str:
    """Return the class of a person's colour, the same on every page."""
    return f"k{zlib.crc32(key.encode()) % COLOURS}"
