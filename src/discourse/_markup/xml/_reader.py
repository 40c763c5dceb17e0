"""Read a document token by token."""

import re
from collections.abc import Iterable, Iterator

from ..._problems import ProblemLog
from ...errors import ParseError, Place, shown
from ._builder import Builder
from ._element_tree import Element, Wanted
from ._tags import (
    END_TAG,
    LEAF,
    PLAIN_LEAF,
    TAG,
    attributes,
    bad_tag,
    is_unfinished,
    resolved,
    tag_name,
)
from ._window import Window

MAX_TOKEN = 1 << 24
"""How many characters a tag or comment may have; a longer one has no end, and is text."""

_TAIL = 1 << 16  # an open tag or comment longer than this, at the end, is not a sign of a cut
_KEPT = 10_000  # characters of junk that are kept
_AHEAD = len("<![CDATA[")
_OPEN_CDATA = "<![CDATA["
_NONE: dict[str, str] = {}
_INSTRUCTION = re.compile(r"<\?(?!xml[\s?])[^\W\d]", re.IGNORECASE)


def read(
    chunks: Iterable[str], wanted: Wanted, log: ProblemLog, *, in_bytes: bool = False
) -> Iterator[Element]:
    """Yield the root without its contents, then the wanted elements of a document as they end.

    The ``xmlns`` attribute of the root has the customary prefixes of the namespaces it declares.

    Args:
        chunks: The text, in pieces.
        wanted: What to yield.
        log: The log for problems.
        in_bytes: Report offsets in bytes of UTF-8, not in characters.

    Raises `ParseError` if no root has a wanted name, or if a declaration precedes it, and
    `LimitError` beyond `MAX_DEPTH`. O(n); the memory is that of the largest record.
    """
    yield from _Document(iter(chunks), wanted, log, in_bytes=in_bytes).elements()
    log.problems = log.finish()


class _Document:
    """The state of one reading: the window, and the position of the next token in it."""

    def __init__(
        self, chunks: Iterator[str], wanted: Wanted, log: ProblemLog, *, in_bytes: bool
    ) -> None:
        self._wanted = wanted
        self._log = log
        self._window = Window(chunks, log, in_bytes=in_bytes)
        self._at = 0
        self._builder = Builder(wanted, log, lambda: self._window.place(self._at))
        self._searched: dict[str, int] = {}  # how far each end is known to be absent
        self._leaf = LEAF
        self._ampersands = 0  # those that begin no reference
        self._first_ampersand: Place | None = None
        self._in_section = False  # whether it begins in a CDATA section
        names = "|".join(sorted(name.rpartition(":")[2] for name in wanted.records))
        self._record_tag = re.compile(rf"</?(?:[\w.-]{{1,40}}:)?(?:{names})(?=[\s/>])")

    def elements(self) -> Iterator[Element]:
        builder, window = self._builder, self._window
        window.find_root(self._wanted.roots)
        if not self._start_tag():
            raise ParseError("the tag of the root is incomplete", window.place(0))
        passed = window.passed
        while True:
            while builder.open:
                if self._in_section:
                    self._section()
                    continue
                self._fields()
                self._token()
                if window.passed != passed:  # in batches, which is faster
                    passed = window.passed
                    yield from self._fetched()
            yield from self._fetched()
            if not self._find_next_document():
                break
        for prefix in builder.scope.unbound:
            message = f"the prefix {shown(prefix)} has no namespace: assumed the usual one"
            self._log.add("unbound-prefix", message, values=(prefix,))
        if self._ampersands:
            each = "'&' that begins no reference: parsed as text"
            message = each if self._ampersands == 1 else f"{self._ampersands:,} times {each}"
            self._log.add("bare-ampersand", message, place=self._first_ampersand)

    def _fetched(self) -> list[Element]:
        ready, self._builder.ready = self._builder.ready, []
        return ready

    # -- tokens --------------------------------------------------------------------------------

    def _fields(self) -> None:
        """Read fields as long as they are plain."""
        text, at, builder, match_leaf = self._window.text, self._at, self._builder, self._leaf.match
        while match := match_leaf(text, at):
            layout, raw, written, plain, section = match.groups()
            if section is not None and _OPEN_CDATA in section:
                break
            named = _NONE
            if written:
                named, is_good = attributes(written)
                if not is_good or "xmlns" in written:
                    break
            if not builder.leaf(layout, raw, named, plain, section):
                self._at = match.end(1)  # the place of a problem in it
                builder.element(layout, raw, named, plain, section)
            at = match.end()
        self._at = at

    def _token(self) -> None:
        window = self._window
        if not window.text.startswith("<", self._at):
            self._text()
        while len(window.text) - self._at < _AHEAD and not window.ended:
            self._more()
        if window.text.startswith("<", self._at):
            self._markup(window.text, self._at)
        elif self._at == len(window.text):
            self._cut()

    def _markup(self, text: str, at: int) -> None:
        if text.startswith("</", at):
            self._end_tag()
        elif text.startswith("<!--", at):
            self._comment()
        elif text.startswith("<?", at):
            self._instruction()
        elif text.startswith(_OPEN_CDATA, at):
            self._at += _AHEAD
            self._section()
        elif not self._start_tag():
            self._no_tag(is_open=is_unfinished(text, at) or _is_beginning(text, at))

    def _more(self) -> None:
        self._window.more(self._at)
        self._at = 0

    def _text(self) -> None:
        end = self._window.text.find("<", self._at, self._at + MAX_TOKEN)
        if end < 0:
            end = self._find("<")
        text = self._window.text
        if end < 0:
            end = min(len(text), self._at + MAX_TOKEN)
        elif end == self._at:
            return
        data = text[self._at : end]
        if "&" in data or "]]>" in data:
            data = resolved(_with_newlines(data), self._tell, self._at)
        elif "\r" in data:
            data = _with_newlines(data)
        self._builder.text(data)
        self._at = end

    def _tell(self, kind: str, message: str, values: tuple[object, ...], at: int) -> None:
        if kind == "bare-ampersand":  # a careless program has very many of them
            self._first_ampersand = self._first_ampersand or self._window.place(at)
            self._ampersands += 1
            return
        self._log.add(kind, message, values=values, place=self._window.place(at))

    def _start_tag(self) -> bool:
        """Read a start tag, and return whether there was one."""
        while True:
            text, at = self._window.text, self._at
            match = TAG.match(text, at)
            if match is not None:
                raw, written, is_empty = match[1], match[2], bool(match[3])
                named, is_good = attributes(written) if written else (_NONE, True)
                end = match.end()
                break
            if is_unfinished(text, at) and not self._is_last(at):
                self._more()
                continue
            tag = bad_tag(text, at)
            if tag is None:
                return False
            raw, named, is_empty, end = tag
            is_good = False
            break
        if not is_good:
            message = f"a tag {tag_name(raw)} is malformed: repaired"
            self._tell("bad-tag", message, (text[at:end],), at)
        self._builder.start(raw, named)
        if is_empty:
            self._builder.close()
        self._at = end
        return True

    def _is_last(self, at: int) -> bool:
        """Whether no further input can complete the token at *at*."""
        return self._window.ended or len(self._window.text) - at > MAX_TOKEN

    def _end_tag(self) -> None:
        while True:
            text, at = self._window.text, self._at
            match = END_TAG.match(text, at)
            if match is not None:
                break
            is_open = is_unfinished(text, at)
            if not is_open or self._is_last(at):
                self._no_tag(is_open=is_open)
                return
            self._more()
        raw = match[2]
        if (match[1] or match[3].strip()) and self._builder.is_open(raw):
            message = f"an end tag is malformed: parsed as </{tag_name(raw)[1:]}"
            self._tell("bad-tag", message, (match[0],), at)
        self._builder.end(raw, match[0])
        self._at = match.end()

    def _comment(self) -> None:
        end = self._find("-->", len("<!--"))
        if end < 0:
            self._no_tag(is_open=True)
            return
        text = self._window.text[self._at : end + 3]
        if "--" in text[4:-3] or text.endswith("--->"):
            message = "a comment with '--' in it: left out"
            self._tell("bad-comment", message, (text,), self._at)
        self._at = end + 3

    def _instruction(self) -> None:
        end = self._find("?>", len("<?"))
        if end < 0:
            self._no_tag(is_open=True)
            return
        text = self._window.text[self._at : end + 2]
        if not _INSTRUCTION.match(text):
            message = "an instruction in the wrong place: left out"
            self._tell("bad-comment", message, (text,), self._at)
        self._at = end + 2

    def _section(self) -> None:
        """Read the text of a CDATA section, or a large part of it."""
        end = self._find("]]>")
        text, start = self._window.text, self._at
        is_closed = end >= 0
        is_cut = not is_closed and len(text) - start <= MAX_TOKEN
        if not is_closed:
            end = len(text) if is_cut else start + MAX_TOKEN - len("]]")
        cut = self._end_of_unclosed(start, end, is_closed=is_closed)
        if cut is not None:
            self._leaf = PLAIN_LEAF
            message = "a CDATA section has no end: it ends before the next tag of its kind"
            self._tell("unclosed-element", message, (_OPEN_CDATA,), start)
            end = cut
        self._builder.cdata(_with_newlines(text[start:end]))
        self._at = end + len("]]>") if is_closed and cut is None else end
        self._in_section = cut is None and not (is_closed or is_cut)

    def _end_of_unclosed(self, start: int, end: int, *, is_closed: bool) -> int | None:
        """Return the position where a CDATA section must have ended, if its own end is missing.

        In that case, its text contains a record's tag and then the start of another section, whose
        end was mistaken for its own.
        """
        text = self._window.text
        tag = self._record_tag.search(text, start, end)
        if tag is None or (is_closed and text.find(_OPEN_CDATA, tag.end(), end) < 0):
            return None
        own = text.find(f"</{self._builder.open[-1]}", start, tag.start())
        return own if own >= 0 else tag.start()

    def _find(self, end: str, skip: int = 0) -> int:
        """Return the position of *end* after the token's first *skip* characters, or -1.

        An end that is known to be absent is not searched again.
        """
        window = self._window
        while True:
            first = self._at + skip
            start = max(first, self._searched.get(end, 0) - window.passed)
            position = window.find(end, start, self._at + MAX_TOKEN)
            if position >= 0:
                self._searched[end] = window.passed + position
                return position
            stop = min(len(window.text), self._at + MAX_TOKEN)
            self._searched[end] = window.passed + max(start, stop - len(end) + 1)
            if self._is_last(self._at):
                return -1
            self._more()

    def _no_tag(self, *, is_open: bool) -> None:
        """Parse a '<' that begins nothing as text, unless the input ends inside a tag."""
        if is_open and self._window.ended and len(self._window.text) - self._at <= _TAIL:
            self._cut()
            return
        self._tell("bare-angle", "'<' that begins no tag: parsed as text", (), self._at)
        self._builder.text("<")
        self._at += 1

    def _cut(self) -> None:
        place = self._window.place(self._at)
        left = self._window.text[self._at : self._at + _KEPT]
        names = self._builder.cut()
        self._at = len(self._window.text)
        inside = ", ".join(tag_name(name) for name in names[:6])
        message = f"the input ends inside {inside}: kept what is complete"
        self._log.add(
            "truncated", message, values=(*names, left) if left else tuple(names), place=place
        )

    # -- what follows the root -------------------------------------------------------------------

    def _find_next_document(self) -> bool:
        """Skip what follows the root; return whether another such document follows."""
        names = "|".join(sorted(self._wanted.roots))
        root = re.compile(rf"<(?:[\w.-]{{1,40}}:)?(?:{names})(?=[\s/>])")
        self._pass_layout()
        window = self._window
        place, junk, size = window.place(self._at), "", 0
        while True:
            match = root.search(window.text, self._at)
            end = match.start() if match else len(window.text)
            if match is None and not window.ended:
                end = max(self._at, end - 100)
            junk, size = (junk + window.text[self._at : end])[:_KEPT], size + end - self._at
            self._at = end
            if match:
                if self._start_tag():
                    message = "another document follows the first: read too"
                    self._log.add("junk-after-root", message, values=(junk,), place=place)
                    return True
                junk, size = junk + "<", size + 1
                self._at += 1
            elif window.ended:
                break
            else:
                self._more()
        if size:
            message = f"{size:,} characters follow the root: left out"
            self._log.add("junk-after-root", message, values=(junk,), place=place)
        return False

    def _pass_layout(self) -> None:
        """Skip blanks, comments and instructions."""
        blank = re.compile(r"\s*+")
        while True:
            match = blank.match(self._window.text, self._at)
            self._at = match.end() if match else self._at
            text = self._window.text
            if len(text) - self._at < _AHEAD and not self._window.ended:
                self._more()
            elif text.startswith("<!--", self._at) and (end := self._find("-->", 4)) >= 0:
                self._at = end + 3
            elif text.startswith("<?", self._at) and (end := self._find("?>", 2)) >= 0:
                self._at = end + 2
            else:
                return


def _with_newlines(text: str) -> str:
    """Return *text* with the line ends of XML."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_beginning(text: str, at: int) -> bool:
    """Whether the input ends in the beginning of a comment or a CDATA section."""
    rest = text[at : at + _AHEAD]
    return "<!--".startswith(rest) or _OPEN_CDATA.startswith(rest)
