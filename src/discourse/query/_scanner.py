"""Provide `Scanner`, which reads a predicate in words from left to right and locates its errors.

The meaning of a token depends on the word before it: ``/x/`` is a regular expression after
``matching`` and a name after ``by``. So the caller requests each token by its kind.
"""

import re
from collections.abc import Callable
from typing import NoReturn, TypeVar

from ..errors import FieldError, ParseError, Place, refusal, shown

_T = TypeVar("_T")

RESERVED = frozenset({"and", "or", "not"})
"""Words that are never names, unless they are in quotes."""

_SPACE = re.compile(r"\s*")
_KEYWORD = re.compile(r"[A-Za-z][\w-]*")
_BARE = re.compile(r"[^\s()\",]+")
_PIECE = re.compile(r"[^\s()]+|[()]")  # the unexpected text that an error shows
_PLAIN = {sign: re.compile(rf"[^{sign}\\]+") for sign in "\"'/"}
_SIGN = re.compile(r"\s*(!?={1,3}|:)\s*")  # what other query languages put before a value
_WRITTEN = re.compile(r"""[\w@#.-][^\s()",]*|/[^/]*/i?|"[^"]*"|'[^']*'""")
_HEX = re.compile(r"u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}")

ESCAPES = {"\\": "\\", '"': '"', "'": "'", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
r"""The characters of escapes in quotes, besides those of ``\u1234`` and ``\U00012345``."""


class Scanner:
    """A text and the position up to which it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        """Where the next token begins, after white space."""
        self._end = 0
        """Where the last token ended."""
        self._skip()

    def _skip(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it always fits

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise a `ParseError` at the offset *at*, by default the current one."""
        offset = self.at if at is None else at
        before = self.text[:offset]
        place = Place(
            line=before.count("\n") + 1 if "\n" in self.text else None,
            column=offset - before.rfind("\n"),
            offset=offset,
        )
        raise ParseError(message, place)

    def placed(self, at: int, make: Callable[[], _T]) -> _T:
        """Return the result of *make*; if it raises a `FieldError`, fail at the offset *at*."""
        try:
            return make()
        except FieldError as error:
            self.fail(refusal(error.reason, error.value), at)

    def expected(self, what: str) -> NoReturn:
        """Raise a `ParseError` that says what was expected here instead of the next token."""
        piece = _PIECE.match(self.text, self.at)
        self.fail(f"expected {what}, not {shown(piece[0], 40) if piece else 'the end'}")

    def ended(self) -> bool:
        """Whether the whole text has been read."""
        return self.at == len(self.text)

    def sign(self, sign: str) -> bool:
        """Take *sign* if it is next."""
        return self.match(re.compile(re.escape(sign))) is not None

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the text that matches *pattern* here, if any."""
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = self._end = match.end()
            self._skip()
        return match

    def keyword(self) -> str | None:
        """Return the next word in lower case with hyphens, without taking it."""
        word = _KEYWORD.match(self.text, self.at)
        return None if word is None else word[0].lower().replace("_", "-")

    def take(self, *words: str) -> bool:
        """Take these words if they are next, separate or joined with hyphens."""
        before = self.at
        for sequence in (("-".join(words),), words):
            for word in sequence:
                if self.keyword() != word or self.match(_KEYWORD) is None:
                    self.at = before
                    break
            else:
                return True
        return False

    def prefix(self, word: str, *, of: str) -> bool:
        """Take *word* if it is the whole next token, not only its beginning.

        ``by id x`` has the prefix ``id``, ``by id.x`` has the name ``id.x``, and ``by id=x`` fails.
        """
        piece = _BARE.match(self.text, self.at)
        head = "" if piece is None else piece[0].lower()
        if head != word and not head.startswith((f"{word}=", f"{word}!=")):
            return False
        if not self.take(word):
            return False
        is_whole = word == "unknown"
        self.refuse_sign(f"{of} {word}", is_text=not is_whole, is_whole=is_whole)
        return True

    def refuse_sign(self, word: str, *, is_text: bool = False, is_whole: bool = False) -> None:
        """Refuse a sign between a word and its value, as in ``by=Ann``, and say what to write.

        Args:
            word: The word taken last, with the words of its phrase before it.
            is_text: Whether a free text follows, which may begin with the sign.
            is_whole: Whether the word takes no value.
        """
        match = _SIGN.match(self.text, self._end)
        if match is None or (match[1] == ":" and match.start(1) > self._end):
            return
        if not is_text and self.text.startswith((">", "<"), match.end()):
            return  # a malformed range
        sign, value = match[1], _WRITTEN.match(self.text, match.end())
        if is_whole:
            advice = f"write '{word}' or 'not {word}'"
        elif value is None:
            advice = f"write a space after {word}"
        else:
            denied = "not " if "!" in sign else ""
            advice = f"write {shown(f'{denied}{word} {value[0]}')}"
        if is_text:
            advice += f", and put a value that begins with {sign} in quotes"
        self.fail(f"{word} takes no '{sign}': {advice}", match.start(1))

    def value(self, what: str) -> str:
        """Take a value: a text in quotes, or one word."""
        if self.text[self.at : self.at + 1] in {'"', "'"}:
            return self.quoted()
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            self.expected(what)
        if bare[0].lower() in RESERVED:
            self.fail(f"expected {what}, not {shown(bare[0])}, unless in quotes")
        self.match(_BARE)
        return bare[0]

    def quoted(self) -> str:
        """Take a text in quotes."""
        text = self._enclosed("text", self._escaped)
        self._skip()
        return text

    def slashed(self) -> tuple[str, bool]:
        r"""Take ``/.../`` or ``/.../i``, with ``\/`` for a slash; return the pattern and flag."""
        pattern = self._enclosed("regular expression", self._pair)
        flags = _BARE.match(self.text, self.at)
        if flags is not None and flags[0] != "i":
            self.expected("i, white space or the end after the last /")
        self.at = self.at if flags is None else flags.end()
        self._skip()
        return pattern, flags is not None

    def _enclosed(self, what: str, after_backslash: Callable[[], str]) -> str:
        """Take the text between the delimiter here and the next one of its kind."""
        start, sign = self.at, self.text[self.at]
        parts: list[str] = []
        self.at += 1
        while not self.text.startswith(sign, self.at):
            plain = _PLAIN[sign].match(self.text, self.at)
            if self.at >= len(self.text):
                self.fail(f"the {what} that begins here has no end: a {sign} is missing", start)
            if plain is None:
                parts.append(after_backslash())
            else:
                parts.append(plain[0])
                self.at = plain.end()
        self.at += 1
        return "".join(parts)

    def _pair(self) -> str:
        pair = self.text[self.at : self.at + 2]
        self.at += len(pair)
        return "/" if pair == "\\/" else pair

    def _escaped(self) -> str:
        letter = self.text[self.at + 1 : self.at + 2]
        if letter in ESCAPES:
            self.at += 2
            return ESCAPES[letter]
        code = _HEX.match(self.text, self.at + 1)
        if code is None or int(code[0][1:], 16) > 0x10FFFF:
            self.fail(r"unknown escape in a text: write \\ for a backslash")
        self.at = code.end()
        return chr(int(code[0][1:], 16))


# -- written ---------------------------------------------------------------------------------------

_SAFE = re.compile(r"\w[\w.@:+/#-]*")
_SPECIAL = RESERVED | {"bare", "id", "name", "regex", "unknown"}
_LETTERS = {character: letter for letter, character in ESCAPES.items() if character not in "'/"}


def quoted(text: str) -> str:
    """Return *text* as `Scanner.value` reads it, in quotes if it needs them."""
    if _SAFE.fullmatch(text) and text.isprintable() and text.lower() not in _SPECIAL:
        return text
    return f'"{"".join(map(_character, text))}"'


def _character(character: str) -> str:
    if character in _LETTERS:
        return f"\\{_LETTERS[character]}"
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
