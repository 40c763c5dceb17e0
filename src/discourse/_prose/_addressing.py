"""Find who is addressed: ``@name`` anywhere, ``name,`` or ``To name:`` at the start."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from ..thread import Thread
from ._full_names import Usage, full_name
from ._name_index import Entry, Found, Names, Tokens
from ._word_forms import WIDE
from ._word_lists import is_label, is_plain_word

_V = TypeVar("_V", bound=Hashable)

Kind = Literal["at", "address"]

#: An at sign, or Reddit's ``u/``, that is not part of an e-mail address or path.
_AT = re.compile(r"(?<![\w@＠/+%&=-])(?:[@＠]|/?u/)(?=[ \u00a0]?\w)")
_URL = re.compile(r"(?:https?://|ftp://|www\.|mailto:)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"\w(?:[\w.\-]{0,62}\w)?(?:@\w[\w-]{0,62}(?:\.[\w-]{1,63}){1,8}(?<!-))?")
_GREETING = re.compile(
    r"[\s>*_“\"]*(?:(?:to|re|dear|hi|hey|hello|hallo|hej|an|liebe[rs]?|moin|hola|cher|ch[eè]re|"
    r"bonjour|salut|ciao|car[oa]|estimad[oa]|querid[oa])\b[ \t]*:?[ \t]+)?",
    re.IGNORECASE,
)
_LINE_NAME = re.compile(r"[^\s@,:;!?<>()\[\]{}\"“”][^@,:;!?<>()\[\]{}\"“”\n]{0,78}")
_EITHER = re.compile(r" [/|] ")
_WIDE = re.compile(f"[{WIDE}]")
_JOINERS = "/ | & - – de da di del der den van von la le of the and y e zu bin ibn"
_SMALL = frozenset(_JOINERS.split())
_LONGEST_LINE_NAME = 8  # words
_LONGEST_NAME = 120  # characters, at the start of a text


class Call(NamedTuple, Generic[_V]):
    """A name by which someone is addressed, and its position in the visible text."""

    start: int
    end: int
    name: str
    entry: Entry[_V] | None
    """Who has this name, if known."""
    kind: Kind
    """``at``: after ``@`` or ``u/``; ``address``: at the start of the text."""
    is_doubtful: bool = False
    """Whether it may be the full name of an unknown person; `Usage` decides."""


def calls(text: str, names: Names[_V]) -> list[Call[_V]]:
    """Return the mentions in a visible text, in order.

    E-mail addresses and URLs are not mentions. The longest known name wins. An unknown name after
    ``@`` is returned verbatim, unless it consists of digits. A bare name at the start is a mention
    if it is known, is on a line of its own with a comma, or looks like a full name; the caller must
    decide the last case. O(n).
    """
    address = _address(text, names)
    called = [] if address is None else [address]
    if "@" in text or "＠" in text or "u/" in text:
        end = 0 if address is None else address.end
        called += [call for call in _at_calls(text, names) if call.start >= end]
    return called


def judge(
    called: Iterable[Call[_V]], names: Names[_V], threads: Iterable[Thread]
) -> Callable[[Call[_V]], bool]:
    """Return a test of mentions: the use of its words in the threads decides doubtful ones.

    O(length of all texts) if there are doubtful ones.
    """
    doubtful: dict[str, None] = {}
    others = [entry.name for entry in names.entries]
    for call in called:
        if call.is_doubtful:
            doubtful[call.name] = None
        elif call.entry is None:
            others.append(call.name)
    if not doubtful:
        return lambda _: True
    usage = Usage(doubtful, others, threads)
    return lambda call: not call.is_doubtful or usage.is_name(call.name)


def _at_calls(text: str, names: Names[_V]) -> Iterator[Call[_V]]:
    urls = iter([match.span() for match in _URL.finditer(text)])
    url = next(urls, None)
    tokens: Tokens | None = None
    at = done = 0
    begins = len(text) - len(text.lstrip())
    for sign in _AT.finditer(text):
        while url is not None and url[1] <= sign.start():
            url = next(urls, None)
        if sign.start() < done or (url is not None and url[0] <= sign.start()):
            continue
        if tokens is None:
            tokens = Tokens(text)
        while at < len(tokens) and tokens.spans[at][0] < sign.end():
            at += 1
        known = names.longest(tokens.same, at)
        line = _line_name(text, sign) if sign.start() == begins else None
        call = _at_call(sign, known, tokens, names, line)
        if call is not None:
            done = call.end
            yield call


def _at_call(
    sign: re.Match[str],
    known: Found[_V] | None,
    tokens: Tokens,
    names: Names[_V],
    line: tuple[int, int, str] | None,
) -> Call[_V] | None:
    text = tokens.text
    if line is not None and len(parts := _EITHER.split(line[2])) > 1:
        entry = next(filter(None, map(names.get, parts)), None)
        if entry is not None:
            return Call(*line, entry, "at")
    handle = _HANDLE.match(text, sign.end())
    if known is not None:
        start, end = tokens.span(known.first, known.end)
        whole = handle is None or end >= handle.end() or _WIDE.match(text, end)
        if whole and (not known.entry.partial or line is None or end >= line[1]):
            return Call(start, end, text[start:end], known.entry, "at")
    if line is not None:
        return Call(*line, None, "at")
    if handle is None or sign[0] not in "@＠" or handle[0].isdigit():
        return None
    return Call(*handle.span(), handle[0], None, "at")


def _line_name(text: str, sign: re.Match[str]) -> tuple[int, int, str] | None:
    """Return the rest of the line if it looks like a name."""
    at = sign.end()
    match = _LINE_NAME.match(text, at + (text[at : at + 1] in " \u00a0"))
    if match is None or sign[0] not in "@＠":
        return None
    rest = text[match.end() : match.end() + 3].partition("\n")[0].strip(" \t\r,:")
    name = match[0].rstrip()
    parts = name.split()
    if rest or name.endswith((".", "…")) or "http" in name or len(parts) > _LONGEST_LINE_NAME:
        return None
    if name.isdigit() or not all(part in _SMALL or not part[0].islower() for part in parts):
        return None
    return match.start(), match.start() + len(name), name


def _address(text: str, names: Names[_V]) -> Call[_V] | None:
    """Return the mention at the start of a text, if any: ``name,``, ``To name:``."""
    greeting = _GREETING.match(text)
    assert greeting is not None  # it may be empty
    head = text[greeting.end() : greeting.end() + _LONGEST_NAME]
    tokens = Tokens(head)
    known = names.longest(tokens.same, 0)
    if known is not None:
        start, end = tokens.span(0, known.end)
        after = head[end:].lstrip(" \t\u00a0")[:1]
        greeted = greeting[0].strip() != "" and not is_plain_word(head[start:end])
        if after in {",", ":"} or (greeted and after in {"!", "\n", "-", "–", "—"}):
            at = greeting.end()
            return Call(at + start, at + end, head[start:end], known.entry, "address")
    return _lone_line(greeting.end(), head) or _stranger(greeting.end(), text)


_LONE = re.compile(r"([^\W\d_][^\s,@]{0,30}(?:[ \u00a0][^\s,@]{1,30}){0,2}),[ \t\r]*\n")


def _lone_line(at: int, head: str) -> Call[_V] | None:
    """Return the name that is alone on the first line, with a comma."""
    line = _LONE.match(head)
    if line is None or any(is_plain_word(part) or is_label(part) for part in line[1].split()):
        return None
    return Call(at, at + len(line[1]), line[1], None, "address")


def _stranger(at: int, text: str) -> Call[_V] | None:
    """Return the full name of an unknown person before a comma or colon."""
    span = full_name(text, at)
    if span is None:
        return None
    return Call(*span, text[slice(*span)], None, "address", is_doubtful=True)
