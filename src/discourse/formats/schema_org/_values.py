"""Read values of JSON-LD, which can be plain, in arrays, or in objects."""

import re
from collections.abc import Mapping

from .._kit import Node
from ._posts import first_of

_WEB = re.compile(r"https?://")
_MARKUP = re.compile(
    r"<(?:/?(?:p|br|div|a|b|i|em|strong|blockquote|ul|ol|li|img|span|code|pre|h[1-6])\b[^<>]*)>"
    r"|&(?:amp|lt|gt|quot|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
_EXACT = 2**53  # below it, a float represents one integer
_BIG = 2**63  # the limit of integers in the model
_LIKES = frozenset({"likeaction", "agreeaction", "endorseaction", "useruplikes", "userlikes"})
_ANSWERING = frozenset({"commentaction", "replyaction", "usercomments"})


def has_markup(text: str) -> bool:
    """Whether a text looks like HTML."""
    return ("<" in text or "&" in text) and _MARKUP.search(text) is not None


def text_of(value: object) -> str | None:
    """Return the first text of a value, stripped, or None."""
    if value is None:
        return None
    if type(value) is str:
        return value.strip() or None
    text = raw_text(first_of(value))
    return (text.strip() or None) if text is not None else None


def raw_text(value: object) -> str | None:
    """Return a text, or the text in a value object with a language or type."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, str):
        return value
    return str(value) if type(value) in (int, float) else None


def whole(value: object) -> int | None:
    """Return an integer, or one in digits, as templates write them."""
    value = first_of(value)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, str):
        digits = value.strip().replace(",", "")
        is_number = digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) < 16
        return int(digits) if is_number else None
    if type(value) is float and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    return value if type(value) is int and -_BIG <= value < _BIG else None


def node_number(node: Node, key: str) -> int | None:
    """Return an integer of an object; anything else stays in ``meta``."""
    if key not in node.data:
        return None
    number = whole(node.data[key])
    if number is not None or text_of(node.data.get(key)) is None:
        node.drop(key)
    else:
        node.refuse(key, node.data[key], "a count")
    return number


def web(text: str | None) -> str | None:
    """Return a text that is a web address."""
    return text if text is not None and _WEB.match(text) else None


def counted(action: str | None) -> str | None:
    if action in _LIKES:
        return "likes"
    if action in _ANSWERING:
        return "comments"
    return {"dislikeaction": "dislikes", "voteaction": "votes"}.get(action or "")


def identifier_of(value: Mapping[str, object]) -> str | None:
    """Return the ``identifier`` of an object: a text, a number, or a ``PropertyValue``."""
    identifier = first_of(value.get("identifier"))
    if isinstance(identifier, dict):
        identifier = identifier.get("value") or identifier.get("@id")
    if type(identifier) is int:
        return str(identifier)
    return identifier if isinstance(identifier, str) and identifier else None


def listed(value: Mapping[str, object], *keys: str) -> list[object]:
    """Return the values of the first of these properties that is present."""
    for key in keys:
        each = value.get(key)
        if each not in (None, "", []):
            return each if isinstance(each, list) else [each]
    return []
