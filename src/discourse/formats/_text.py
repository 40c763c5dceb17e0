"""Turn the bytes of an input into text, as a browser would, and say what had to be guessed."""

import codecs

from ..errors import Place, Problem, shown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def to_text(data: str | bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return *data* as text without a byte order mark, and the problems met on the way.

    UTF-8 is taken where it fits, and what a byte order mark says; all else is read as
    windows-1252, which is what browsers do, and told as a problem. Lone surrogates, which no text
    can hold, become U+FFFD and are told.
    """
    if isinstance(data, str):
        return _without_surrogates(data.removeprefix("\ufeff"))
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"must be str or bytes, not {shown(data)}; for a path, use read()")
    data = bytes(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), ()
    except UnicodeDecodeError as error:
        at = error.start
    if encoding == "utf-8":
        message = f"not UTF-8 (byte {shown(data[at : at + 1])}): read as windows-1252"
        text = "".join(_WINDOWS_1252[byte] for byte in data)
    else:
        message = f"not whole {encoding.upper()}: what does not fit is U+FFFD"
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    return text, (Problem("encoding", message, place=Place(offset=at)),)


#: As the WHATWG has it: the five bytes that the code page leaves out stand for themselves.
_WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]


def _without_surrogates(text: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = "a lone surrogate is not text: it became U+FFFD"
        problem = Problem("encoding", message, place=Place(offset=error.start))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), (problem,)
    return text, ()
