"""Decode the bytes of an input like a browser, and report guesses."""

import codecs
import re

from ..errors import Place, Problem, shown

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its prefix
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def to_text(data: str | bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return *data* as text without a byte order mark, and the problems.

    A byte order mark decides. Otherwise, valid UTF-8 is UTF-8. If only a few bytes are invalid,
    only those are decoded as windows-1252; if more are, the whole input is, like in browsers. Both
    are reported. Lone surrogates become U+FFFD, and are reported.

    A declared encoding of HTML only counts if the bytes are not valid UTF-8, because pages are
    often converted without changing the declaration. The same holds for XML, by its first 65,536
    bytes. XML and HTML that declare UTF-8 are decoded as UTF-8, however many bytes are invalid:
    exports of old blogs are like that.
    """
    if isinstance(data, str):
        return _without_surrogates(data.removeprefix("\ufeff"))
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"must be str or bytes, not {shown(data)}; for a path, use read()")
    data = bytes(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if _XML.match(data, 0, 1024) or data.startswith((b"<\0", b"\0<")):
        return _decoded_xml(data)
    label = _declared_in_html(data)
    return in_charset(data, label) if label is not None else _decoded(data, "utf-8")


_XML = re.compile(rb"[^<]{0,100}<(?:\?xml\s|rss[\s>]|feed[\s>]|disqus[\s>])")
_DECLARED = re.compile(
    rb"""[^<]{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']"""
)
#: The WHATWG's labels that differ from Python's. Python's other text encodings (escapes, punycode)
#: are not encodings of documents.
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
}
_SAME = re.compile(
    r"windows-125\d|cp125\d|iso-8859-(?:[2-8]|1[0345])|koi8-[ru]|macintosh|gb18030|euc-jp"
    r"|iso-2022-jp|windows-874|ibm866|cp866"
)


def guess_xml_encoding(data: bytes) -> tuple[str, int, str | None]:
    """Return the encoding of XML from its first bytes, and the length of its byte order mark.

    The third value is the declared encoding, if the bytes show that it is UTF-8 instead.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            order = "-le" if mark[:1] == b"\xff" else "-be"
            return encoding + ("" if encoding == "utf-8" else order), len(mark), None
    if data.startswith(b"<\0"):
        return "utf-16-le", 0, None
    if data.startswith(b"\0<"):
        return "utf-16-be", 0, None
    match = _DECLARED.match(data, 0, 1024)
    label = match[1].decode("ascii", "replace").lower() if match else "utf-8"
    encoding = _LABELS.get(label) or (label if _SAME.fullmatch(label) else "utf-8")
    if encoding != "utf-8" and _begins_as_utf_8(data[:_BEGINNING]):
        return "utf-8", 0, label
    return encoding, 0, None


#: How many bytes decide. More would make reading in pieces differ from reading the whole file.
_BEGINNING = 65_536


def _begins_as_utf_8(data: bytes) -> bool:
    """Whether *data*, which may end inside a character, is UTF-8 but not ASCII."""
    try:
        text, used = codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - the C function has no names
    except UnicodeDecodeError:
        return False
    return len(text) < used


def tolerant(data: bytes, *, final: bool) -> tuple[str, bytes, list[int]]:
    """Decode UTF-8 in which some bytes are windows-1252.

    Returns the text, an incomplete character at the end (unless this is the end of the input), and
    the offsets of the bytes that are not UTF-8. O(n).
    """
    text, used = codecs.utf_8_decode(data, "surrogateescape", final)
    pieces: list[str] = []
    strays: list[int] = []
    at = offset = 0
    for run in _ESCAPED.finditer(text):
        before = text[at : run.start()]
        offset += len(before.encode())
        strays.extend(range(offset, offset + len(run[0])))
        pieces += (before, *(_WINDOWS_1252[ord(c) - _ESCAPE] for c in run[0]))
        at = run.end()
        offset += len(run[0])
    return "".join([*pieces, text[at:]]), data[used:], strays


#: What "surrogateescape" turns an invalid byte into, and the byte 0.
_ESCAPED = re.compile(r"[\udc80-\udcff]+")
_ESCAPE = 0xDC00
#: The fewest multibyte characters in UTF-8 for each invalid byte. In windows-1252, only rare pairs
#: of signs look like a multibyte character.
_CHARACTERS_PER_STRAY = 4
_HIGH = bytes(range(0x80, 0x100))


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether *data*, which is not valid UTF-8, is UTF-8 except for a few bytes. O(n)."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum(len(run[0]) for run in _ESCAPED.finditer(text))
    fitting = len(text) - len(data.translate(None, _HIGH)) - stray
    return fitting >= _CHARACTERS_PER_STRAY * stray


def _decoded_xml(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    encoding, _, declared = guess_xml_encoding(data)
    if encoding != "utf-8":
        return _decoded(data, encoding)
    text, problems = _mended(data)
    return text, problems if declared is None else (_overruled(declared), *problems)


def overruled_message(label: str) -> str:
    """Return the message for a text in UTF-8 that declares another encoding."""
    return f"declares {shown(label)}, but is UTF-8: decoded as UTF-8"


def _overruled(label: str) -> Problem:
    return Problem("encoding", overruled_message(label), place=Place(offset=0))


def _mended(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    text, _, strays = tolerant(data, final=True)
    if not strays:
        return text, ()
    return text, (Problem("encoding", stray_message(len(strays)), place=Place(offset=strays[0])),)


def stray_message(count: int) -> str:
    """Return the message for bytes that are not UTF-8."""
    if count == 1:
        return "1 byte is not UTF-8: decoded as windows-1252"
    return f"{count:,} bytes are not UTF-8: decoded as windows-1252"


_CHARSET = re.compile(
    rb"""<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_FAR = 4096  # bytes in which browsers look for the charset


def _declared_in_html(data: bytes) -> str | None:
    """Return the label of the encoding that HTML declares, or None."""
    head = data[:_FAR]
    match = _CHARSET.search(head) if head.lstrip()[:1] == b"<" else None
    return match[1].decode("ascii", "replace").lower() if match else None


def is_charset(label: str) -> bool:
    """Whether a charset, in lower case, is supported."""
    return label in _LABELS or label in ("utf-8", "utf8") or _SAME.fullmatch(label) is not None


def in_charset(data: bytes, label: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode *data* with its declared charset, unless it is valid UTF-8.

    An unknown charset is treated as UTF-8.
    """
    encoding = _LABELS.get(label) or (label if _SAME.fullmatch(label) else "utf-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if encoding == "cp1252":
            return "".join([_WINDOWS_1252[byte] for byte in data]), ()
        return _decoded_xml(data) if encoding == "utf-8" else _decoded(data, encoding)
    if encoding == "iso-2022-jp" and b"\x1b$" in data:
        return _decoded(data, encoding)
    if encoding == "utf-8" or text.isascii():
        return text, ()
    return text, (_overruled(label),)


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), ()
    except UnicodeDecodeError as error:
        at = error.start
    if encoding == "utf-8" and _is_mostly_utf_8(data):
        text, problems = _mended(data)
        return text.removeprefix("\ufeff"), problems
    if encoding == "utf-8":
        message = f"not UTF-8 (byte {shown(data[at : at + 1])}): decoded as windows-1252"
        text = "".join(_WINDOWS_1252[byte] for byte in data)
    else:
        message = f"invalid {encoding.upper()}: invalid bytes became U+FFFD"
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    return text, (Problem("encoding", message, place=Place(offset=at)),)


#: As the WHATWG specifies: the five bytes missing from the code page are decoded as C1 controls.
_WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]


def _without_surrogates(text: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = "lone surrogates became U+FFFD"
        problem = Problem("encoding", message, place=Place(offset=error.start))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), (problem,)
    return text, ()
