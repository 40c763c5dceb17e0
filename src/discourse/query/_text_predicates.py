"""Predicates about the text of a comment: `matching`, `mentioning`, `length`."""

import re
from typing import Literal, TypeAlias

from ..model import Comment
from ..thread import Thread
from . import _arguments as check
from ._arguments import COUNT, Kind, flag_kind, json_text, text_kind
from ._patterns import OwnPattern, search_within
from ._predicate import Positions, Predicate
from ._scanner import Scanner, quoted
from ._single import Kinds, Phrase, Test, Values, predicate

# -- what it says ----------------------------------------------------------------------------------


def matching(
    text: str | re.Pattern[str], *, regex: bool = False, ignore_case: bool = False
) -> Predicate:
    r"""Hold for comments whose text contains *text*; those without a text do not match.

    Args:
        text: What to look for: a string, taken letter by letter; or a pattern made by `re.compile`,
            which equals its text with *regex* and its flags.
        regex: Take *text* as a regular expression, of at most 1,000 characters, in the syntax of
            the package `regex <https://pypi.org/project/regex/>`_, which is that of `re` and more.
        ignore_case: Let case not matter (for a string, by Unicode case folding: "ß" is "SS").

    The text is searched as the source had it, markup and all. No Unicode normalisation is done: "é"
    in one piece and in two differ.

    A regular expression from a stranger may run for ever. With *regex* it may not: asking about a
    whole thread takes at most 2 seconds of computing, plus 100 microseconds a comment and 1
    microsecond a character; then `LimitError` is raised. `re` has no such limit, so *regex* needs
    the extra ``regex`` (`MissingExtraError`). A string and a compiled pattern need no extra: `re`
    searches for the pattern that you compiled, without a limit. Its JSON form and its words keep
    only the text and flags; read back, they need the extra and have the limit.

    Raises `FieldError` for what is not a regular expression, and for one of more than 20,000 pieces
    with its repetitions written out, as in ``(?:(?:a{1000}){1000}){20}``, which would take
    gigabytes. The estimate is high where several groups are repeated one after another.

    >>> thread = Thread(None, [Comment("1", text="The BUS is late."), Comment("2", text="Why?")])
    >>> matching("bus", ignore_case=True)(thread, "1")
    True
    >>> matching(".")(thread, "2")
    False
    >>> matching(re.compile(r"\bbus", re.IGNORECASE))
    matching('\\bbus', regex=True, ignore_case=True)
    """
    if isinstance(text, re.Pattern):
        regex, ignore_case = True, ignore_case or bool(text.flags & re.IGNORECASE)
        text = OwnPattern(text)
    return _matching(text, regex=regex, ignore_case=ignore_case)


def _accept_sought(field: str, value: object) -> str:
    return value if isinstance(value, OwnPattern) else check.text(field, value)


def _read_matching(words: Scanner, word: str, _: Kinds) -> dict[str, object]:
    regex, any_case = True, False
    if words.text.startswith("/", words.at):
        text, any_case = words.slashed()
    else:
        regex = words.prefix("regex", of=word)
        text = words.value("a text, or a /regular expression/")
    any_case = words.take("ignoring", "case") or any_case
    return {"text": text, "regex": regex, "ignore_case": any_case}


_SLASHED = re.compile(r"(?:[^\\]|\\[^/])*")  # what is read as it was, slashes aside


def _write_matching(values: Values, _: Kinds) -> str:
    """Write a regular expression between slashes, or in quotes where that is read otherwise."""
    text, regex, any_case = values["text"], values["regex"], values["ignore_case"]
    if regex and text.isprintable() and _SLASHED.fullmatch(text):
        slashed = re.sub(r"(\\.)|/", lambda pair: pair[1] or r"\/", text)
        return f"/{slashed}/{'i' if any_case else ''}"
    return f"{'regex ' if regex else ''}{quoted(text)}{' ignoring-case' if any_case else ''}"


@predicate(
    Phrase(_read_matching, _write_matching),
    text=text_kind("a text", _accept_sought),
    regex=Kind(check.flag),
    ignore_case=Kind(check.flag),
    examples=[
        "matching cat",
        'matching "a cat" ignoring-case',
        "matching /c[au]t/",
        "matching /c[au]t/i",
        'matching regex "c[au]t"',
    ],
)
def _matching(text: str, *, regex: bool = False, ignore_case: bool = False) -> Test:
    if regex:
        start_search = search_within(text, ignore_case=ignore_case)

        def test(_: Thread, at: tuple[Comment, ...], positions: Positions) -> list[int]:
            is_found = start_search()
            return [n for n in positions if (t := at[n].text) is not None and is_found(t)]

        return test
    if ignore_case:
        folded = text.casefold()
        return lambda _, at, positions: [
            n for n in positions if (t := at[n].text) is not None and folded in t.casefold()
        ]
    return lambda _, at, positions: [
        n for n in positions if (t := at[n].text) is not None and text in t
    ]


# -- whom it names ---------------------------------------------------------------------------------

_LONGEST = 200  # of a name; so long that no name is longer, so short that no text takes for ever


def _accept_name(field: str, value: object) -> str:
    name = check.text(field, value)
    if not name.strip():
        check.refuse(field, value, "must not be empty")
    if len(name) > _LONGEST:
        check.refuse(field, value, f"must have at most {_LONGEST} characters")
    return name


@predicate(
    bare=flag_kind("bare"),
    name=text_kind("a name", _accept_name),
    examples=["mentioning Ann", "mentioning bare Ann"],
)
def mentioning(name: str, *, bare: bool = False) -> Test:
    """Hold for comments whose text calls somebody by name: ``@name`` or ``u/name``.

    Args:
        name: The name, as it stands after the sign, of at most 200 characters; case does not
            matter.
        bare: Let the name alone do, as where people write "Ada, that is wrong". Names that are
            words as well will then be found in other sentences too.

    There must be no letter, digit or underscore right before or after: ``@Adam`` is no mention of
    Ada, and ``bob@ada.example`` is none either. Comments without a text do not match.

    >>> thread = Thread(None, [Comment("1", text="@ada: no"), Comment("2", text="Ada, no")])
    >>> [mentioning("Ada")(thread, comment) for comment in thread]
    [True, False]
    >>> [mentioning("Ada", bare=True)(thread, comment) for comment in thread]
    [True, True]
    """
    name = name.casefold()
    sign = "" if bare else "(?:@|u/)"
    mention = re.compile(rf"(?<!\w){sign}{re.escape(name)}(?!\w)")
    return lambda _, at, positions: [
        n
        for n in positions
        if (text := at[n].text) is not None
        and name in (folded := text.casefold())
        and mention.search(folded)
    ]


# -- how long it is --------------------------------------------------------------------------------

Unit: TypeAlias = Literal["characters", "words"]
"""What `length` counts."""


def _read_unit(words: Scanner, _: str) -> Unit:
    return "characters" if words.take("characters") or not words.take("words") else "words"


def _write_unit(value: Unit) -> str:
    return "words" if value == "words" else ""


@predicate(
    min=COUNT,
    max=COUNT,
    unit=Kind(read=_read_unit, write=_write_unit, from_json=json_text),
    examples=["length 10..", "length 5..10 words"],
)
def length(*, min: int | None = None, max: int | None = None, unit: Unit = "characters") -> Test:
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
    check.in_order("length", min, max)
    if unit not in ("characters", "words"):
        check.refuse("length(unit)", unit, "must be characters or words")
    least = min or 0

    def test(_: Thread, at: tuple[Comment, ...], positions: Positions) -> list[int]:
        known = [n for n in positions if at[n].text is not None]
        lengths = (
            [len(at[n].text or "") for n in known]
            if unit == "characters"
            else [len((at[n].text or "").split()) for n in known]
        )
        return [
            n
            for n, length in zip(known, lengths, strict=True)
            if least <= length and (max is None or length <= max)
        ]

    return test
