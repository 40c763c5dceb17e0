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

# -- contents --------------------------------------------------------------------------------------


def matching(
    text: str | re.Pattern[str], *, regex: bool = False, ignore_case: bool = False
) -> Predicate:
    r"""Match comments whose text contains *text*; those without a text do not match.

    Args:
        text: A string to search for, or a pattern compiled by `re.compile`, which equals its text
            with *regex* and its flags.
        regex: Read *text* as a regular expression of at most 1,000 characters, in the syntax of the
            package `regex <https://pypi.org/project/regex/>`_, which extends that of `re`.
        ignore_case: Ignore case (for a string, by Unicode case folding: "ß" matches "SS").

    The search runs over the original text, including markup, without Unicode normalisation:
    composed and decomposed "é" differ.

    With *regex*, untrusted expressions cannot hang: testing a whole thread takes at most 2 seconds
    of processor time, plus 100 microseconds per comment and 1 microsecond per character, and then
    raises `LimitError`. `re` has no such limit, so *regex* needs the extra ``regex``
    (`MissingExtraError`). Strings and compiled patterns need no extra; `re` searches for compiled
    patterns, without a limit. Their JSON form and words keep only the text and flags; read back,
    they need the extra and have the limit.

    Raises `FieldError` for an invalid regular expression, and for one of more than 20,000 pieces
    with its repetitions expanded, such as ``(?:(?:a{1000}){1000}){20}``, which would take
    gigabytes. The estimate is too high if several groups are repeated one after another.

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


_SLASHED = re.compile(r"(?:[^\\]|\\[^/])*")  # text that reads back the same, except its slashes


def _write_matching(values: Values, _: Kinds) -> str:
    """Write a regular expression between slashes, or in quotes if slashes would change it."""
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


# -- mentions --------------------------------------------------------------------------------------

_LONGEST = 200  # of a name: longer than real names, and short enough for a fast search


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
    """Match comments whose text mentions a name: ``@name`` or ``u/name``.

    Args:
        name: The name without its sign, of at most 200 characters; case does not matter.
        bare: Also match the name alone, as in "Ada, that is wrong". Names that are ordinary words
            then match other sentences, too.

    A mention has no letter, digit or underscore right before or after it: neither ``@Adam`` nor
    ``bob@ada.example`` mentions Ada. Comments without a text do not match.

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


# -- length ----------------------------------------------------------------------------------------

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
    """Match comments by the length of their text, from *min* to *max*, both included.

    Args:
        min, max: The bounds; without them, every text matches.
        unit: ``"characters"`` (code points) or ``"words"`` (separated by white space, so languages
            written without spaces have few).

    A comment without a text does not match; an empty text has length 0. Markup counts. Raises
    `FieldError` if *min* is above *max*.

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
