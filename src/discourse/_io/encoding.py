"""Turn the bytes of an input into text, as a browser would, and say what had to be guessed."""

import codecs
import re

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

    UTF-8 is taken where it fits, and what a byte order mark says. Where all but a few bytes fit,
    only these are read as windows-1252; all else is read as that, which is what browsers do. Both
    are told as a problem. Lone surrogates, which no text can hold, become U+FFFD and are told.

    HTML may declare its encoding, which counts where the bytes are not UTF-8 anyhow: pages are
    converted more often than what they declare. So it is with XML, by its first 65,536 bytes. XML
    and HTML that say they are UTF-8 are that, as exports of old blogs are, however many bytes do
    not fit.
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
#: By the labels of the WHATWG, those that differ from Python's; others of Python's text encodings
#: (escapes, punycode) are no encodings of documents.
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
    """Return the encoding of XML that begins with *data*, and the length of its byte order mark.

    The third value is what it declares, where its first bytes show that it is UTF-8 instead.
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


#: Bytes that decide; no more, so that a file read in pieces is read as it is read whole.
_BEGINNING = 65_536


def _begins_as_utf_8(data: bytes) -> bool:
    """Return whether *data* is UTF-8, up to a character cut at its end, and not ASCII alone."""
    try:
        text, used = codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - the C function has no names
    except UnicodeDecodeError:
        return False
    return len(text) < used


def tolerant(data: bytes, *, final: bool) -> tuple[str, bytes, list[int]]:
    """Decode UTF-8 in which single bytes are windows-1252.

    Returns the text, the bytes at the end that are the beginning of a character, unless this is the
    end, and the offsets of the bytes that are not UTF-8. O(n).
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


#: What "surrogateescape" makes of a byte that is not UTF-8, and of the byte 0.
_ESCAPED = re.compile(r"[\udc80-\udcff]+")
_ESCAPE = 0xDC00
#: UTF-8 has as many characters of several bytes for each byte that is none, or more; a text in
#: windows-1252 has such a character only where a rare pair of signs happens to look like one.
_CHARACTERS_PER_STRAY = 4
_HIGH = bytes(range(0x80, 0x100))


def _is_mostly_utf_8(data: bytes) -> bool:
    """Return whether *data*, not all of which is UTF-8, is so but for a few bytes. O(n)."""
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


def told_overruled(label: str) -> str:
    """Return what to say of a text that is UTF-8 and declares something else."""
    return f"declares {shown(label)} and is UTF-8: read as that"


def _overruled(label: str) -> Problem:
    return Problem("encoding", told_overruled(label), place=Place(offset=0))


def _mended(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    text, _, strays = tolerant(data, final=True)
    if not strays:
        return text, ()
    return text, (Problem("encoding", told_stray(len(strays)), place=Place(offset=strays[0])),)


def told_stray(count: int) -> str:
    """Return what to say of bytes that are not UTF-8, of which there are so many."""
    if count == 1:
        return "1 byte is not UTF-8: it was read as windows-1252"
    return f"{count:,} bytes are not UTF-8: they were read as windows-1252"


_CHARSET = re.compile(
    rb"""<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_FAR = 4096  # bytes of a page among which browsers, and pages that rely on them, have the charset


def _declared_in_html(data: bytes) -> str | None:
    """Return the label of the encoding that HTML declares; None where there is none."""
    head = data[:_FAR]
    match = _CHARSET.search(head) if head.lstrip()[:1] == b"<" else None
    return match[1].decode("ascii", "replace").lower() if match else None


def is_charset(label: str) -> bool:
    """Whether a charset, its name in small letters, is one of those that are read."""
    return label in _LABELS or label in ("utf-8", "utf8") or _SAME.fullmatch(label) is not None


def in_charset(data: bytes, label: str) -> tuple[str, tuple[Problem, ...]]:
    """Return *data* as text, which declares a charset; what is UTF-8 is that, whatever it declares.

    A charset that is not known is taken for UTF-8.
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
