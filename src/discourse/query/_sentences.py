"""Predicates in plain words: `from_words` reads them, `to_words` writes them.

::

    question   = row, {"or", row}
    row        = part, {"and", part}
    part       = "not", part | "(", question, ")" | phrase

The phrases are in `_phrases`. Brackets are kept on a list, and not on Python's stack.
"""

import re
from collections.abc import Callable

import attrs

from ..errors import FieldError
from ..json._converter import time_text
from ..model import Author
from . import _arguments as check
from ._facts import Score, Since, Standing, Tagged, Until
from ._people import By, Mentions
from ._phrases import MOST_DIGITS, made, phrase
from ._places import Depth, HasReplies, Unanswered, Under
from ._predicate import Denied, Every, Predicate, Single, Some, is_function, joined
from ._scanner import ESCAPES, RESERVED, Scanner
from ._words import Length, Matching

# -- from words ------------------------------------------------------------------------------------


def from_words(text: str) -> Predicate:
    """Return the predicate that a question in words asks.

    Each function of this module has its phrase: ``by Ann``, ``by "Ann Lee"``, ``by id u1``, ``by
    unknown``, ``mentions Ann``, ``matching "cat"``, ``matching /c.t/i``, ``length 5.. words``,
    ``since 2024-05-01``, ``until 2024-05-01T08:00Z``, ``depth 2..4``, ``score -1..``, ``status
    deleted, removed``, ``tagged pinned``, ``under 17``, ``has-replies``, ``unanswered``. They are
    put together with ``and``, ``or``, ``not`` and brackets, which bind as in Python. The reference
    has a table. Values of several words stand in quotes; a day, a month or a year is its beginning
    in UTC; ranges include both ends.

    Nothing is run, and a question from a stranger is safe to read: time and memory are linear in
    its length (see `matching` for regular expressions, which need the extra ``regex``). Raises
    `ParseError`, with the place and what was expected there.

    >>> from_words('by Ann and matching "cat" and not has-replies or depth 2..4')
    by('Ann') & matching('cat') & ~has_replies() | depth(min=2, max=4)
    >>> from_words("by and depth 2")
    Traceback (most recent call last):
        ...
    discourse.errors.ParseError: expected a name, or unknown, not 'and', unless it stands in \
quotes (column 4, offset 3)
    """
    words = Scanner(check.text("from_words(text)", text))
    open_levels = [_Level(0)]
    while True:
        level = open_levels[-1]
        begun = words.at
        if words.sign("("):
            open_levels.append(_Level(begun))
            continue
        if words.take("not"):
            level.denials += 1
            continue
        _add(level, phrase(words), words, begun)
        while words.sign(")"):
            _close(open_levels, words)
        if words.ended():
            break
        if words.take("or"):
            open_levels[-1].turn()
        elif not words.take("and"):
            words.expected("and, or or the end")
    if len(open_levels) > 1:
        words.fail("this bracket is opened and never closed", open_levels[-1].begun)
    return made(words, 0, open_levels[0].whole)


@attrs.define
class _Level:
    """What stands between a pair of brackets, so far."""

    begun: int
    denials: int = 0
    row: list[Predicate] = attrs.field(factory=list)
    rows: list[Predicate] = attrs.field(factory=list)

    def add(self, part: Predicate) -> None:
        """Take a part, with the words ``not`` before it."""
        for _ in range(self.denials):
            part = ~part
        self.denials = 0
        self.row.append(part)

    def turn(self) -> None:
        """End a row: ``or`` comes next, or the end."""
        self.rows.append(joined(Every, self.row))
        self.row = []

    def whole(self) -> Predicate:
        """Return all of it."""
        self.turn()
        return joined(Some, self.rows)


def _add(level: _Level, part: Predicate, words: Scanner, begun: int) -> None:
    made(words, begun, lambda: level.add(part))


def _close(open_levels: list[_Level], words: Scanner) -> None:
    if len(open_levels) == 1:
        words.fail(
            "this bracket is closed and was never opened", words.text.rindex(")", 0, words.at)
        )
    inner = open_levels.pop()
    whole = made(words, inner.begun, inner.whole)
    _add(open_levels[-1], whole, words, inner.begun)


# -- to words --------------------------------------------------------------------------------------


def to_words(predicate: Predicate) -> str:
    r"""Return *predicate* in words: `from_words` of them gives an equal one.

    There is no control character in them. Raises `FieldError` for `where` and for ``by`` of a
    function, which no words can say, and for bounds of more than 400 digits.

    >>> from discourse.query import by, depth, tagged
    >>> to_words(by("Ann Lee") & ~(tagged("pinned") | depth(max=0)))
    'by "Ann Lee" and not (tagged pinned or depth ..0)'
    """
    if isinstance(predicate, Every):
        return " and ".join(_in_brackets(part, (Every, Some)) for part in predicate.parts)
    if isinstance(predicate, Some):
        return " or ".join(_in_brackets(part, (Some,)) for part in predicate.parts)
    if isinstance(predicate, Denied):
        return f"not {_in_brackets(predicate.part, (Every, Some))}"
    if type(predicate) not in _SAID:
        reason = "must be said in words, which no function can"
        word = predicate.word if isinstance(predicate, Single) else "predicate"
        raise FieldError("query", f"to_words({word})", predicate, reason)
    return _SAID[type(predicate)](predicate)


def _in_brackets(part: Predicate, kinds: tuple[type[Predicate], ...]) -> str:
    return f"({to_words(part)})" if isinstance(part, kinds) else to_words(part)


_BARE = re.compile(r"\w[\w.@:+/#-]*")
_SPECIAL = RESERVED | {"bare", "id", "name", "regex", "unknown"}
_LETTERS = {character: letter for letter, character in ESCAPES.items() if character not in "'/"}


def _value(text: str) -> str:
    if _BARE.fullmatch(text) and text.isprintable() and text.lower() not in _SPECIAL:
        return text
    return f'"{"".join(map(_character, text))}"'


def _character(character: str) -> str:
    if character in _LETTERS:
        return f"\\{_LETTERS[character]}"
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _range(low: float | None, high: float | None) -> str:
    for bound in (low, high):
        if isinstance(bound, int) and abs(bound) >= 10**MOST_DIGITS:
            reason = f"must have at most {MOST_DIGITS} digits to be said in words"
            raise FieldError("query", "to_words(predicate)", bound, reason)
    if low is not None and repr(low) == repr(high):
        return repr(low)
    return f"{'' if low is None else repr(low)}..{'' if high is None else repr(high)}"


def _by(said: By) -> str:
    whom = said.author
    if whom is None:
        return "by unknown"
    if isinstance(whom, Author):
        return (
            f"by id {_value(whom.id)}"
            if whom.id is not None
            else f"by name {_value(whom.name or '')}"
        )
    if is_function(whom):
        reason = "must be said in words, which no function can"
        raise FieldError("query", "to_words(by)", whom, reason)
    assert isinstance(whom, str)
    return f"by {_value(whom)}"


def _matching(said: Matching) -> str:
    if not said.regex:
        return f"matching {_value(said.text)}{' ignoring-case' if said.ignore_case else ''}"
    slashed = "/" + re.sub(r"(\\.)|/", lambda pair: pair[1] or r"\/", said.text) + "/"
    if said.text.isprintable() and _is_read_as(slashed, said.text):
        return f"matching {slashed}{'i' if said.ignore_case else ''}"
    quoted = _value(said.text)
    return f"matching regex {quoted}{' ignoring-case' if said.ignore_case else ''}"


def _is_read_as(slashed: str, text: str) -> bool:
    words = Scanner(slashed)
    try:
        return words.slashed() == (text, False) and words.ended()
    except ValueError:  # a lone backslash at the end
        return False


def _length(said: Length) -> str:
    return f"length {_range(said.min, said.max)}{' words' if said.unit == 'words' else ''}"


_SAID: dict[type[Predicate], Callable[..., str]] = {
    By: _by,
    Depth: lambda said: f"depth {_range(said.min, said.max)}",
    HasReplies: lambda _: "has-replies",
    Length: _length,
    Matching: _matching,
    Mentions: lambda said: f"mentions {'bare ' if said.bare else ''}{_value(said.name)}",
    Score: lambda said: f"score {_range(said.min, said.max)}",
    Since: lambda said: f"since {time_text(said.time)}",
    Standing: lambda said: f"status {', '.join(said.statuses)}",
    Tagged: lambda said: f"tagged {', '.join(map(_value, said.tags))}",
    Unanswered: lambda _: "unanswered",
    Under: lambda said: f"under {_value(said.comment)}",
    Until: lambda said: f"until {time_text(said.time)}",
}
