"""Predicates about the text: `matching` (what stands in it) and `length` (how long it is)."""

import re
from typing import Literal, TypeAlias, final

import attrs

from ..thread import Thread
from . import _arguments as check
from ._patterns import compiled
from ._predicate import Positions, Predicate, Single


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Matching(Single):
    """Holds for texts in which something stands."""

    word = "matching"

    text: str
    regex: bool = attrs.field(default=False, kw_only=True)
    ignore_case: bool = attrs.field(default=False, kw_only=True)

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `matching`."""
        at = thread.comments
        if self.regex:
            found = compiled(self.text, ignore_case=self.ignore_case).bounded()
            return [n for n in positions if (text := at[n].text) is not None and found(text)]
        if self.ignore_case:
            folded = self.text.casefold()
            return [
                n
                for n in positions
                if (text := at[n].text) is not None and folded in text.casefold()
            ]
        wanted = self.text
        return [n for n in positions if (text := at[n].text) is not None and wanted in text]


def matching(
    text: str | re.Pattern[str], *, regex: bool = False, ignore_case: bool = False
) -> Predicate:
    r"""Hold for comments in whose text *text* stands; those without a text do not match.

    Args:
        text: What to look for: a string, taken letter by letter; or a pattern made by `re.compile`,
            which is the same as its text with *regex* and its flags.
        regex: Take *text* as a regular expression, of at most 1,000 characters, in the syntax of
            the package `regex <https://pypi.org/project/regex/>`_, which is that of `re` and more.
        ignore_case: Let case not matter (for a string, by Unicode case folding: "ß" is "SS").

    The text is searched as the source had it, markup and all. No Unicode normalisation is done: "é"
    in one piece and in two differ.

    A regular expression from a stranger may take for ever. Here it may not: asking about a whole
    thread takes at most 2 seconds of computing, and on top 100 microseconds a comment and 1
    microsecond a character; then `LimitError` is raised. It needs the extra ``regex``
    (`MissingExtraError`), since `re` knows no such bound; strings need nothing. Raises `FieldError`
    for what is no regular expression.

    >>> thread = Thread(None, [Comment("1", text="The BUS is late."), Comment("2", text="Why?")])
    >>> matching("bus", ignore_case=True)(thread, "1")
    True
    >>> matching(".")(thread, "2")
    False
    >>> matching(re.compile(r"\bbus", re.IGNORECASE))
    matching('\\bbus', regex=True, ignore_case=True)
    """
    regex = check.flag("matching(regex)", regex)
    ignore_case = check.flag("matching(ignore_case)", ignore_case)
    if isinstance(text, re.Pattern):
        flags = re.RegexFlag(text.flags)
        regex, ignore_case = True, ignore_case or bool(flags & re.IGNORECASE)
        text = _with_flags(text)
    text = check.text("matching(text)", text)
    if regex:
        compiled(text, ignore_case=ignore_case)  # so that what cannot be is told here
    return Matching(text, regex=regex, ignore_case=ignore_case)


_LETTERS = {re.ASCII: "a", re.MULTILINE: "m", re.DOTALL: "s", re.VERBOSE: "x"}


def _with_flags(pattern: "re.Pattern[str]") -> str:
    """Return the text of a pattern with its flags in front, all but that of case."""
    if not isinstance(pattern.pattern, str):
        check.refuse_type("matching(text)", pattern.pattern, "must be a pattern of text, not bytes")
    letters = "".join(letter for flag, letter in _LETTERS.items() if pattern.flags & flag)
    return f"(?{letters}){pattern.pattern}" if letters else pattern.pattern


Unit: TypeAlias = Literal["characters", "words"]
"""What `length` counts."""


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Length(Single):
    """Holds for texts of a length within bounds."""

    word = "length"

    min: int | None = attrs.field(default=None, kw_only=True)
    max: int | None = attrs.field(default=None, kw_only=True)
    unit: Unit = attrs.field(default="characters", kw_only=True)

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `length`."""
        at = thread.comments
        low = 0 if self.min is None else self.min
        known = [n for n in positions if at[n].text is not None]
        lengths = (
            [len(at[n].text or "") for n in known]
            if self.unit == "characters"
            else [len((at[n].text or "").split()) for n in known]
        )
        high = self.max
        return [
            n
            for n, length in zip(known, lengths, strict=True)
            if low <= length and (high is None or length <= high)
        ]


def length(
    *, min: int | None = None, max: int | None = None, unit: Unit = "characters"
) -> Predicate:
    """Hold for comments whose text is here and so long, both bounds included.

    Args:
        min, max: The bounds; without them, every text will do.
        unit: ``"characters"``, which are code points, or ``"words"``, which are what stands between
            white space: languages without spaces have few of them.

    A comment without a text does not match; an empty text has length 0. Markup counts. Raises
    `FieldError` where *min* is above *max*.

    >>> from discourse.query import select
    >>> thread = Thread(None, [Comment("1", text="Why not?"), Comment("2", text=""), Comment("3")])
    >>> [c.id for c in select(thread, length(max=2, unit="words"))]
    ['1', '2']
    """
    low = check.optional_count("length(min)", min)
    high = check.optional_count("length(max)", max)
    check.in_order("length", low, high)
    if unit not in ("characters", "words"):
        check.refuse("length(unit)", unit, "must be characters or words")
    return Length(min=low, max=high, unit=unit)
