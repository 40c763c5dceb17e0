"""Hold the part of the input being read, count its lines, and collect problems."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from ..._io.encoding import guess_xml_encoding, overruled_message, stray_message, tolerant
from ..._problems import ProblemLog
from ...errors import ParseError, Place, shown

HEAD = 1 << 20
"""How many characters are searched for the root."""

_STEP = 1 << 18
_DECLARATION = re.compile(r"<\?xml\s")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes(n for n in range(32) if n not in b"\t\n\r")


class Window:
    """A span of the input that moves forward as it is read."""

    def __init__(self, chunks: Iterator[str], log: ProblemLog, *, in_bytes: bool) -> None:
        self._chunks = chunks
        self._log = log
        self._in_bytes = in_bytes
        self.text = ""
        self.passed = 0
        """How many characters of the input are before the window."""
        self.ended = False
        self._offset, self._line = 0, 1  # of the character at `_counted`
        self._counted = 0

    def more(self, at: int) -> None:
        """Drop the text before *at*, and read at least as much as is left.

        So a token that is searched again after each step takes time linear in its length.
        """
        self._count(at)
        left = self.text[at:]
        self.passed += at
        self._counted -= at
        added: list[str] = []
        size = 0
        while size <= len(left) and not self.ended:
            chunk = next(self._chunks, None)
            self.ended = chunk is None
            added.append(chunk or "")
            size += len(chunk or "")
        self.text = left + self._cleaned("".join(added), len(left))

    def find(self, text: str, start: int, stop: int) -> int:
        """Return the position of *text* between two others, or -1."""
        return self.text.find(text, start, stop)

    def place(self, at: int) -> Place:
        """Return the place of a position in the window; positions must not decrease."""
        self._count(at)
        return Place(offset=self._offset, line=self._line)

    def _count(self, at: int) -> None:
        if at > self._counted:
            passed = self.text[self._counted : at]
            self._offset += self._size(passed)
            self._line += passed.count("\n")
            self._counted = at

    def _size(self, text: str) -> int:
        return len(text.encode()) if self._in_bytes and not text.isascii() else len(text)

    def _cleaned(self, added: str, left: int) -> str:
        """Return *added* with U+FFFD for each character that XML excludes, and report each."""
        try:
            data = added.encode()
        except UnicodeEncodeError:
            is_clean = False
        else:
            is_clean = (
                len(data.translate(None, _CONTROL_BYTES)) == len(data)
                and b"\xef\xbf\xbe" not in data
                and b"\xef\xbf\xbf" not in data
            )
        if is_clean:
            return added
        before = self.text[len(self.text) - left :][max(self._counted, 0) :]
        offset, line = self._offset + self._size(before), self._line + before.count("\n")
        start = 0
        for match in _CONTROL.finditer(added):
            passed = added[start : match.start()]
            offset += self._size(passed)
            line += passed.count("\n")
            message = f"U+{ord(match[0]):04X} is not allowed in XML: it became U+FFFD"
            place = Place(offset=offset, line=line)
            self._log.add("control-character", message, values=(match[0],), place=place)
            start = match.end()
            offset += 1
        return _CONTROL.sub("\ufffd", added)

    def find_root(self, roots: frozenset[str]) -> None:
        """Move the window to the root.

        Raises `ParseError` if there is none, or for a document type declaration or an entity before
        it: these allow expansion bombs, and access to files and URLs. O(n).
        """
        names = "|".join(sorted(roots))
        token = re.compile(rf"<!--|<\?|<!|<(?:[\w.-]{{1,40}}:)?(?:{names})(?=[\s/>])")
        head = ""
        while not self.ended and len(head) < HEAD:
            added: list[str] = []
            while not self.ended and sum(map(len, added)) <= len(head):
                chunk = next(self._chunks, None)
                self.ended = chunk is None
                added.append(chunk or "")
            head += "".join(added)
            root = self._root(head, token)
            if root is not None:
                self._offset, self._line = self._size(head[:root]), head.count("\n", 0, root) + 1
                self.text = self._cleaned(head[root:], 0)
                return
        listed = " or ".join(f"<{name}>" for name in sorted(roots))
        raise ParseError(f"not XML with the root {listed}", Place(offset=0))

    def _root(self, head: str, token: re.Pattern[str]) -> int | None:
        at, junk, junk_at = 0, [], -1
        while match := token.search(head, at):
            before = head[at : match.start()]
            if before.strip() or (before and _DECLARATION.match(head, match.start())):
                junk.append(before)
                junk_at = at if junk_at < 0 else junk_at
            if match[0] == "<!":
                place = Place(offset=match.start(), line=head.count("\n", 0, match.start()) + 1)
                declaration = head[match.start() : match.start() + 20]
                raise ParseError(f"declarations are refused, such as {shown(declaration)}", place)
            if match[0] not in ("<!--", "<?"):
                if junk:
                    place = Place(offset=junk_at, line=head.count("\n", 0, junk_at) + 1)
                    message = "something before the root is not XML: left out"
                    self._log.add("junk-before-root", message, values=tuple(junk), place=place)
                return match.start()
            end = "-->" if match[0] == "<!--" else "?>"
            at = head.find(end, match.end()) + len(end)
            if at < len(end):
                return None
        return None


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of moderate size."""
    return (text[at : at + _STEP] for at in range(0, len(text), _STEP))


def decoded(file: IO[bytes], log: ProblemLog) -> Iterator[str]:
    """Yield the text of *file* in pieces; report what had to be guessed to *log*.

    The encoding comes from a byte order mark, else the XML declaration, else it is UTF-8. Valid
    UTF-8 overrules a declaration. Single bytes that are not UTF-8 are read as windows-1252.
    """
    data = file.read(_STEP)
    encoding, mark, declared = guess_xml_encoding(data)
    if declared is not None:
        log.add("encoding", overruled_message(declared), place=Place(offset=0))
    offset = mark
    data = data[mark:]
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding == "utf-8" else "replace")
    while True:
        pending, _ = decoder.getstate()
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            text, rest, stray = tolerant(pending + data, final=not data)
            first = stray[0] + offset - len(pending)
            log.add("encoding", stray_message(len(stray)), place=Place(offset=first))
            decoder.setstate((rest, 0))
        if encoding != "utf-8" and "\ufffd" in text:
            log.add("encoding", f"invalid {encoding.upper()}: invalid bytes became U+FFFD")
        if text:
            yield text
        if not data:
            return
        offset += len(data)
        data = file.read(_STEP)
