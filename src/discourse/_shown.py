"""Show an untrusted value in a message: short, and safe to print."""

from collections.abc import Mapping, Sized


def shown(value: object, limit: int = 60) -> str:
    r"""Return *value* as short text that is safe to print.

    Values of other than plain types are shown as their type, because their ``repr`` could have any
    length and run foreign code.

    >>> shown("a" * 100, limit=10)
    "'aaaaaaaaaa'..."
    >>> shown("\x1b[2J")
    "'\\x1b[2J'"
    """
    if value is None or type(value) is bool or type(value) is float:
        return repr(value)
    if type(value) is int:
        return repr(value) if value.bit_length() <= 128 else f"an int of {value.bit_length()} bits"
    if isinstance(value, str):
        head = repr(str.__str__(value)[:limit])
        return head if len(value) <= limit else head + "..."
    if isinstance(value, bytes):
        head = repr(bytes(value[:limit]))
        return head if len(value) <= limit else head + "..."
    name = type(value).__name__[:limit]
    return f"{'an' if name[:1] in 'AEIOaeio' else 'a'} {name}"


_IN_JSON = {None: "null", True: "true", False: "false"}


def shown_json(value: object) -> str:
    """Return *value* like `shown`, in the words of JSON.

    >>> shown_json(None), shown_json([1]), shown_json({}), shown_json(7)
    ('null', 'an array', 'an object', '7')
    """
    if value is None or type(value) is bool:
        return _IN_JSON[value]
    if isinstance(value, list | tuple):
        return "an array"
    return "an object" if isinstance(value, Mapping) else shown(value)


def printable(text: str) -> str:
    r"""Return *text* with line breaks, control characters and invisible characters escaped.

    >>> printable("a\u202eb\n")
    'a\\u202eb\\n'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


_LONGEST_FIELD = 240


def brief(value: object, limit: int = 60) -> str:
    """Return the repr of a field, with long text cut and the items of long collections counted.

    >>> brief("a" * 100, limit=5), brief(("1", "2", "3", "4")), brief(("1",))
    ("'aaaaa'...", '<4 items>', "('1',)")
    """
    if isinstance(value, str):
        return repr(value) if len(value) <= limit else f"{value[:limit]!r}..."
    if isinstance(value, tuple) and len(value) > 3:
        return f"<{len(value)} items>"
    whole = repr(value)
    if len(whole) > _LONGEST_FIELD and isinstance(value, Sized):
        return f"<{len(value)} item{'s'[: len(value) != 1]}>"
    return whole
