"""Convert predicates to and from plain words: `from_words`, `to_words`.

The grammar::

    question   = row, {"or", row}
    row        = part, {"and", part}
    part       = "not", part | "(", question, ")" | phrase

Each predicate declares its phrase. Open brackets are in a list, not on Python's stack.
"""

from functools import cache, partial

import attrs

from . import _arguments as check
from ._predicate import Predicate, joined, spelled
from ._scanner import Scanner
from ._single import SINGLES, Single

# -- from words ------------------------------------------------------------------------------------


def from_words(text: str) -> Predicate:
    """Return the predicate that *text* describes in words.

    Each function of this module except `where` has a phrase: ``by Ann``, ``by "Ann Lee", Bo``,
    ``by id u1``, ``by unknown``, ``mentioning Ann``, ``matching "cat"``, ``matching /c.t/i``,
    ``length 5..``, ``since 2024-05-01``, ``until 2024-05-01T08:00Z``, ``depth 2..4``, ``score
    -1..``, ``status deleted, removed``, ``tagged pinned``, ``under 17``, ``has-replies``,
    ``unanswered``. ``and``, ``or``, ``not`` and brackets combine them, and bind as in Python. Put
    values of several words in quotes. A day, a month or a year is its beginning in UTC; ranges
    include both ends. The reference has a table.

    Untrusted text is safe: none of it is executed, and time and memory are linear in its length
    (see `matching` for regular expressions, which need the extra ``regex``). Raises `ParseError`
    with the place and what was expected there.

    >>> from_words('by Ann and matching "cat" and not has-replies or depth 2..4')
    by('Ann') & matching('cat') & ~has_replies() | depth(min=2, max=4)
    >>> from_words("by and depth 2")
    Traceback (most recent call last):
        ...
    discourse.errors.ParseError: expected a name, or unknown, not 'and', unless in quotes \
(column 4, offset 3)
    """
    words = Scanner(check.text("from_words(text)", text))
    open_levels = [_Level(0)]
    while True:
        level = open_levels[-1]
        start = words.at
        if words.sign("("):
            open_levels.append(_Level(start))
            continue
        if words.take("not"):
            level.denials += 1
            continue
        level.add(_phrase(words), words, start)
        while words.sign(")"):
            inner = open_levels.pop()
            if not open_levels:
                at = words.text.rindex(")", 0, words.at)
                words.fail("this bracket was never opened", at)
            open_levels[-1].add(words.placed(inner.start, inner.whole), words, inner.start)
        if words.ended():
            break
        if words.take("or"):
            open_levels[-1].turn()
        elif not words.take("and"):
            words.expected("and, or or the end")
    if len(open_levels) > 1:
        words.fail("this bracket is never closed", open_levels[-1].start)
    return words.placed(0, open_levels[0].whole)


def _phrase(words: Scanner) -> Predicate:
    """Read one predicate with its arguments."""
    phrases = _phrases()
    key = words.keyword()
    name = key if key in phrases else "has-replies"  # which may be two words
    if not words.take(*name.split("-")):
        *names, last = phrases
        words.expected(f"{', '.join(names)} or {last}")
    cls = phrases[name]
    assert cls.phrase is not None
    is_text = any(kind.is_text for kind in cls.kinds.values())
    words.refuse_sign(name, is_text=is_text, is_whole=not cls.kinds)
    parts: list[Predicate] = []
    while not parts or (name == "by" and words.sign(",")):
        at, arguments = words.at, cls.phrase.read(words, name, cls.kinds)
        parts.append(words.placed(at, partial(cls, **arguments)))
    return joined("any", parts)


@cache
def _phrases() -> dict[str, type[Single]]:
    """Return the predicates that have a phrase, by its first word."""
    return {
        word.replace("_", "-"): cls
        for word, cls in sorted(SINGLES.items())
        if cls.phrase is not None
    }


@attrs.define
class _Level:
    """The predicates read between a pair of brackets."""

    start: int
    denials: int = 0
    row: list[Predicate] = attrs.field(factory=list)
    rows: list[Predicate] = attrs.field(factory=list)

    def add(self, part: Predicate, words: Scanner, start: int) -> None:
        """Add a part that begins at *start*, negated by each ``not`` before it."""
        for _ in range(self.denials):
            part = words.placed(start, part.__invert__)
        self.denials = 0
        self.row.append(part)

    def turn(self) -> None:
        """End a row, at ``or`` or at the end."""
        self.rows.append(joined("all", self.row))
        self.row = []

    def whole(self) -> Predicate:
        """Return the whole predicate."""
        self.turn()
        return joined("any", self.rows)


# -- to words --------------------------------------------------------------------------------------


def to_words(predicate: Predicate) -> str:
    r"""Return *predicate* in words, which `from_words` reads as an equal one.

    The words have no control characters. Raises `FieldError` for `where`, for `by` with a function,
    and for bounds of more than 400 digits.

    >>> from discourse.query import by, depth, tagged
    >>> to_words(by("Ann Lee") & ~(tagged("pinned") | depth(max=0)))
    'by "Ann Lee" and not (tagged pinned or depth ..0)'
    """
    return spelled(predicate, _single, {"all": " and ", "any": " or ", "not": "not "})


def _single(predicate: Predicate) -> str:
    if not isinstance(predicate, Single):
        check.refuse("to_words(predicate)", predicate, "must be a predicate")
    predicate.checked("to_words", "must not be a function (a function has no words)")
    assert predicate.phrase is not None  # only `where` has none, and has been refused
    values = {name: getattr(predicate, name) for name in predicate.kinds}
    word = predicate.word.replace("_", "-")
    return f"{word} {predicate.phrase.write(values, predicate.kinds)}".strip()
