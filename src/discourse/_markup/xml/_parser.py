"""Run the parser over pieces of text, and on behind what is not well-formed."""

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from ...errors import LimitError, ParseError, Place, shown
from . import _repair
from ._elements import Builder, Element, Wanted
from ._log import Log
from ._prolog import LIMIT, find_root

MAX_DEPTH = 1_000
"""How many levels of elements may be open at once."""

MAX_TOKEN = 1 << 24
"""How many bytes a tag or a comment may have; beyond, its first character is taken as text."""

MAX_REPAIRS = 200_000
"""How many repairs are made of one input."""

_TAIL = 1 << 16  # an open tag or comment longer than this, at the end, is not a sign of a cut
_KEPT = 10_000  # characters of junk that are kept

_EMPTY_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*+"|'[^']*+')*+(?<=/)>""")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL_BYTES = bytes(n for n in range(32) if n not in b"\t\n\r")
_CONTINUATION = bytes(range(0x80, 0xC0))


def read(
    chunks: Iterable[str], wanted: Wanted, log: Log, *, in_bytes: bool = False
) -> Iterator[Element]:
    """Yield what is wanted of a document, as it comes; first the root, without its contents.

    Among the attributes of the root, ``xmlns`` has the customary prefixes that it declares.

    Args:
        chunks: The text, in pieces.
        wanted: What to yield.
        log: Where problems go.
        in_bytes: Tell offsets in bytes of UTF-8, not in characters.

    Raises `ParseError` where there is no root of a wanted name, or a declaration before it, and
    `LimitError` beyond the bounds of this module. O(n); the memory is that of the largest record.
    """
    yield from _Run(iter(chunks), wanted, log, in_bytes=in_bytes).elements()
    log.finish()


class _Run:
    """One reading: the window of input that is not done with, and where it begins."""

    def __init__(self, chunks: Iterator[str], wanted: Wanted, log: Log, *, in_bytes: bool) -> None:
        self._chunks = chunks
        self._wanted = wanted
        self._log = log
        self._in_bytes = in_bytes
        self._builder = Builder(wanted, MAX_DEPTH)
        self._window = b""  # begins where a token begins, or inside a CDATA section
        self._opened: list[str] = []  # what is open at the beginning of the window
        self._cdata = False  # whether the window begins inside a CDATA section
        self._offset = 0
        self._line = 1
        self._ended = False
        self._mended = False  # whether the window begins with what a repair has put there
        self._repairs = 0
        self._is_first = True  # whether the root is the first one

    def elements(self) -> Iterator[Element]:
        self._find_root()
        parser: expat.XMLParserType | None = self._parser()
        fed = 0
        while parser is not None:
            try:
                parser.Parse(self._window[fed:], self._ended)
            except expat.ExpatError as error:
                parser.buffer_text = False  # gives what is held back
                parser, fed = self._after_error(error.code), 0
            else:
                parser, fed = self._after_chunk(parser, fed)
            if self._builder.too_deep:
                place = Place(line=self._line)
                raise LimitError(f"more than {MAX_DEPTH:,} elements inside each other", place)
            ready, self._builder.ready = self._builder.ready, []
            yield from ready
        self._tell_unbound()

    def _after_chunk(
        self, parser: expat.XMLParserType, fed: int
    ) -> tuple[expat.XMLParserType | None, int]:
        if self._ended:
            return None, 0
        done = parser.CurrentByteIndex - self._origin
        if 0 < done <= len(self._window):
            self._advance(done)
            self._origin += done
        fed = len(self._window)
        if fed > MAX_TOKEN:
            parser.buffer_text = False
            self._mend(_repair.drop(self._window))
            return self._parser(), 0
        self._more()
        return parser, fed

    def _parser(self) -> expat.XMLParserType:
        """Return a parser that stands where the window begins."""
        self._opened, self._cdata = list(self._builder.open), False
        parser = self._bare_parser()
        parser.buffer_text = True
        parser.StartElementHandler = self._builder.start
        parser.EndElementHandler = self._builder.end
        self._builder.position = lambda: parser.CurrentByteIndex
        parser.CharacterDataHandler = self._builder.text
        parser.StartCdataSectionHandler = self._builder.cdata_start
        parser.EndCdataSectionHandler = self._builder.cdata_end
        return parser

    def _bare_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.StartDoctypeDeclHandler = _refuse  # none gets here: the root comes first
        before = "".join(f"<{name}>" for name in self._opened).encode()
        before += b"<![CDATA[" if self._cdata else b""
        parser.Parse(before, False)  # noqa: FBT003 - expat takes no keywords
        self._origin = len(before)  # where the window begins, as the parser counts
        return parser

    def _root_end(self) -> int:
        """Return where in the window the root has ended."""
        begins = self._builder.root_end_tag - self._origin
        if begins < 0:
            return 0
        opened = self._builder.root_tag - self._origin
        if opened >= 0 and _EMPTY_TAG.fullmatch(self._window, opened, begins):
            return begins
        return self._window.find(b">", begins) + 1

    def _token_start(self) -> int:
        """Return where in the window the token begins that the parser cannot take."""
        count = 0

        def passed(data: str) -> None:
            nonlocal count
            count += len(data.encode())

        parser = self._bare_parser()
        parser.DefaultHandlerExpand = passed
        try:
            parser.Parse(self._window, self._ended)
        except expat.ExpatError:
            return count
        return len(self._window)

    # -- input ---------------------------------------------------------------------------------

    def _find_root(self) -> None:
        head, found = "", None
        while found is None and not self._ended and len(head) < LIMIT:
            text = next(self._chunks, None)
            self._ended = text is None
            head += text or ""
            found = find_root(head, self._wanted.roots)
        if found is None:
            names = " or ".join(f"<{name}>" for name in sorted(self._wanted.roots))
            raise ParseError(f"this is no XML with the root {names}", Place(offset=0))
        if found.junk:
            line = head.count("\n", 0, found.junk_at) + 1
            place = Place(offset=found.junk_at, line=line)
            message = "something stands before the root that is no XML: left out"
            self._log.add("junk-before-root", message, found.junk, place)
        before, rest = head[: found.end], head[found.end :]
        self._offset = len(before.encode()) if self._in_bytes else len(before)
        self._line += before.count("\n")
        self._take(rest)

    def _more(self) -> None:
        text = next(self._chunks, None)
        if text is None:
            self._ended = True
        else:
            self._take(text)

    def _take(self, text: str) -> None:
        data = text.encode()
        if (
            len(data.translate(None, _CONTROL_BYTES)) != len(data)
            or b"\xef\xbf\xbe" in data
            or b"\xef\xbf\xbf" in data
        ):
            data = self._cleaned(text)
        self._window += data

    def _cleaned(self, text: str) -> bytes:
        """Return *text* with what XML cannot hold as U+FFFD, each one told."""
        offset, line, at = self._offset + self._size(self._window), self._line, 0
        line += self._window.count(b"\n")
        for match in _CONTROL.finditer(text):
            passed = text[at : match.start()]
            offset += len(passed.encode()) if self._in_bytes else len(passed)
            line += passed.count("\n")
            at = match.start()
            message = f"U+{ord(match[0]):04X} cannot be in XML: it became U+FFFD"
            place = Place(offset=offset, line=line)
            self._log.add("control-character", message, (match[0],), place)
        return _CONTROL.sub("\ufffd", text).encode()

    def _size(self, data: bytes) -> int:
        if self._in_bytes or data.isascii():
            return len(data)
        return len(data.translate(None, _CONTINUATION))

    def _advance(self, count: int) -> None:
        """Let the window begin *count* bytes later."""
        passed = self._window[:count]
        self._offset += self._size(passed)
        self._line += passed.count(b"\n")
        self._window = self._window[count:]
        self._opened, self._cdata = list(self._builder.open), self._builder.in_cdata
        self._mended = self._mended and not count

    def _place(self, at: int = 0) -> Place:
        passed = self._window[:at]
        line = self._line + passed.count(b"\n")
        return Place(offset=self._offset + self._size(passed), line=line)

    # -- what is not well-formed -----------------------------------------------------------------

    def _after_error(self, code: int) -> expat.XMLParserType | None:
        if not self._builder.open:
            if self._builder.root_end_tag < 0:
                return self._mended_root(code)
            self._advance(self._root_end())
            return self._after_root()
        self._advance(self._token_start())
        if self._ended and code in _repair.CUT and (self._cdata or len(self._window) <= _TAIL):
            self._cut()
            return None
        self._repairs += 1
        if self._repairs > MAX_REPAIRS:
            message = f"more than {MAX_REPAIRS:,} places are not well-formed"
            raise LimitError(message, self._place())
        fix = None if self._mended else self._fix(code)
        while fix is None and not (self._mended or self._ended or len(self._window) > MAX_TOKEN):
            self._more()
            fix = self._fix(code)
        self._mend(fix or _repair.drop(self._window))
        return self._parser() if self._builder.open else self._after_root()

    def _mended_root(self, code: int) -> expat.XMLParserType | None:
        """Mend the tag of a root, which must be one in the end."""
        fix = None if self._mended else self._fix(code)
        while fix is None and not (self._mended or self._ended or len(self._window) > MAX_TOKEN):
            self._more()
            fix = self._fix(code)
        if fix is not None and fix.kind == "bad-tag":
            self._mend(fix)
            return self._parser()
        if self._is_first:
            raise ParseError("the tag of the root is not whole", self._place())
        self._advance(1)
        return self._after_root()

    def _fix(self, code: int) -> _repair.Fix | None:
        return _repair.fix(code, self._window, self._builder.open, at_end=self._ended)

    def _mend(self, fix: _repair.Fix) -> None:
        self._log.add(fix.kind, fix.message, fix.values, self._place(fix.at))
        replaced = self._window[: fix.length]
        self._offset += self._size(replaced) - self._size(fix.put)
        self._line += replaced.count(b"\n") - fix.put.count(b"\n")
        self._window = fix.put + self._window[fix.length :]
        self._mended = fix.put.startswith(b"<")
        for _ in range(fix.close):
            self._builder.end("")

    def _cut(self) -> None:
        place = self._place()
        left = self._window[:_KEPT].decode("utf-8", "replace")
        names = self._builder.cut()
        inside = ", ".join(f"<{name[:40]}>" for name in names[:6])
        message = f"the input ends inside {inside}: what was whole is kept"
        self._log.add("truncated", message, (*names, left) if left else tuple(names), place)

    def _after_root(self) -> expat.XMLParserType | None:
        """Pass over what follows the root; where that is another such document, go on with it."""
        names = "|".join(sorted(self._wanted.roots)).encode()
        root = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:" + names + rb")(?=[\s/>])")
        self._pass_layout()
        place, junk, size = self._place(), b"", 0
        while (match := root.search(self._window)) is None and not self._ended:
            keep = min(len(self._window), 100)
            passed = self._window[: len(self._window) - keep]
            junk, size = (junk + passed)[:_KEPT], size + len(passed)
            self._advance(len(passed))
            self._more()
        end = match.start() if match else len(self._window)
        junk, size = (junk + self._window[:end])[:_KEPT], size + end
        self._advance(end)
        told = junk.decode("utf-8", "replace")
        if match:
            message = "another document follows the first: read too"
            self._log.add("junk-after-root", message, (told,), place)
            self._builder.root_end_tag, self._is_first = -1, False
            return self._parser()
        if size:
            message = f"{size:,} bytes follow the root: left out"
            self._log.add("junk-after-root", message, (told,), place)
        return None

    def _pass_layout(self) -> None:
        """Pass over blanks, comments and instructions."""
        while True:
            self._advance(len(self._window) - len(self._window.lstrip()))
            if len(self._window) < 4 and not self._ended:
                self._more()
                continue
            end = {b"<!": b"-->", b"<?": b"?>"}.get(self._window[:2])
            if end is None or (end == b"-->" and not self._window.startswith(b"<!--")):
                return
            found = self._window.find(end, len(end) + 1)
            if found >= 0:
                self._advance(found + len(end))
            elif self._ended or len(self._window) > MAX_TOKEN:
                return
            else:
                self._more()

    def _tell_unbound(self) -> None:
        for prefix in self._builder.scope.unbound:
            message = f"the prefix {shown(prefix)} is bound to no namespace: taken as is usual"
            self._log.add("unbound-prefix", message, (prefix,))


def _refuse(*_: object) -> None:
    raise ParseError("declarations are refused")
