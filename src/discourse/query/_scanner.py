"""Provide `Scanner`, which reads a question in words from left to right and says where it errs.

What a piece of the text is depends on the word before it: ``/x/`` is a regular expression after
``matching`` and a name after ``by``. So the caller asks for each piece by its kind.
"""

import re
from collections.abc import Callable
from typing import NoReturn, TypeVar

from ..errors import FieldError, ParseError, Place, refusal, shown

_T = TypeVar("_T")

RESERVED = frozenset({"and", "or", "not"})
"""Words that are never names, unless they stand in quotes."""

_SPACE = re.compile(r"\s*")
_KEYWORD = re.compile(r"[A-Za-z][\w-]*")
_BARE = re.compile(r"[^\s()\",]+")
_PIECE = re.compile(r"[^\s()]+|[()]")  # what is shown of a text that was not expected
_PLAIN = {sign: re.compile(rf"[^{sign}\\]+") for sign in "\"'/"}
_SIGN = re.compile(r"\s*(!?={1,3}|:)\s*")  # what other languages put between a word and its value
_WRITTEN = re.compile(r"""[\w@#.-][^\s()",]*|/[^/]*/i?|"[^"]*"|'[^']*'""")
_HEX = re.compile(r"u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}")

ESCAPES = {"\\": "\\", '"': '"', "'": "'", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
r"""What stands for what after a backslash in quotes; besides, ``\u1234`` and ``\U00012345``."""


class Scanner:
    """A text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        """Where the next piece begins, white space aside."""
        self._end = 0
        """Where the last piece ended."""
        self._skip()

    def _skip(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it always fits

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise the `ParseError` for what begins at a place (by default, here)."""
        offset = self.at if at is None else at
        before = self.text[:offset]
        place = Place(
            line=before.count("\n") + 1 if "\n" in self.text else None,
            column=offset - before.rfind("\n"),
            offset=offset,
        )
        raise ParseError(message, place)

    def placed(self, at: int, make: Callable[[], _T]) -> _T:
        """Return what *make* makes of the words from *at* on; a refusal gets their place."""
        try:
            return make()
        except FieldError as error:
            self.fail(refusal(error.reason, error.value), at)

    def expected(self, what: str) -> NoReturn:
        """Raise the `ParseError` that says what should have come here, and what came."""
        piece = _PIECE.match(self.text, self.at)
        self.fail(f"expected {what}, not {shown(piece[0], 40) if piece else 'the end'}")

    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.at == len(self.text)

    def sign(self, sign: str) -> bool:
        """Take *sign* if it is next."""
        return self.match(re.compile(re.escape(sign))) is not None

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what fits *pattern*, if it does so here."""
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = self._end = match.end()
            self._skip()
        return match

    def keyword(self) -> str | None:
        """Return the word of the language that is next, without taking it: small, with hyphens."""
        word = _KEYWORD.match(self.text, self.at)
        return None if word is None else word[0].lower().replace("_", "-")

    def take(self, *words: str) -> bool:
        """Take these words if they are next, be they apart or joined with hyphens."""
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
        """Take *word* if it is next and a piece by itself: not where a value only begins with it.

        ``by id x`` has it, and ``by id.x`` asks for somebody of that name; ``by id=x`` is refused.
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
            word: The word that was taken last, with those before it that belong to it.
            is_text: Whether what follows is a text of any sort, which may begin with the sign.
            is_whole: Whether nothing follows the word.
        """
        match = _SIGN.match(self.text, self._end)
        if match is None or (match[1] == ":" and match.start(1) > self._end):
            return
        if not is_text and self.text.startswith((">", "<"), match.end()):
            return  # a range that is written wrongly
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
        self.fail(f"no {sign} stands after {word}: {advice}", match.start(1))

    def value(self, what: str) -> str:
        """Take a value: anything in quotes, or one word without."""
        if self.text[self.at : self.at + 1] in {'"', "'"}:
            return self.quoted()
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            self.expected(what)
        if bare[0].lower() in RESERVED:
            self.fail(f"expected {what}, not {shown(bare[0])}, unless it stands in quotes")
        self.match(_BARE)
        return bare[0]

    def quoted(self) -> str:
        """Take a text in quotes."""
        text = self._enclosed("text", self._escaped)
        self._skip()
        return text

    def slashed(self) -> tuple[str, bool]:
        r"""Take ``/.../`` or ``/.../i``, in which ``\/`` is a slash; return what case is, too."""
        pattern = self._enclosed("regular expression", self._pair)
        flags = _BARE.match(self.text, self.at)
        if flags is not None and flags[0] != "i":
            self.expected("i, white space or the end after the last /")
        self.at = self.at if flags is None else flags.end()
        self._skip()
        return pattern, flags is not None

    def _enclosed(self, what: str, after_backslash: Callable[[], str]) -> str:
        """Take what is between two signs like the one here."""
        begun, sign = self.at, self.text[self.at]
        parts: list[str] = []
        self.at += 1
        while not self.text.startswith(sign, self.at):
            plain = _PLAIN[sign].match(self.text, self.at)
            if self.at >= len(self.text):
                self.fail(f"the {what} that begins here has no end: a {sign} is missing", begun)
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
            self.fail(r"unknown escape in a text: a backslash is written \\")
        self.at = code.end()
        return chr(int(code[0][1:], 16))


# -- written ---------------------------------------------------------------------------------------

_SAFE = re.compile(r"\w[\w.@:+/#-]*")
_SPECIAL = RESERVED | {"bare", "id", "name", "regex", "unknown"}
_LETTERS = {character: letter for letter, character in ESCAPES.items() if character not in "'/"}


def quoted(text: str) -> str:
    """Return what `Scanner.value` takes as *text*: in quotes, where it needs them."""
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
