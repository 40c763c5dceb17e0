"""Provide `Predicate`, a yes or no about each comment of a thread, and its ``&``, ``|`` and ``~``.

A predicate is asked about many comments at once: `Predicate.narrow` takes positions in a thread and
returns those that it holds for. So a predicate looks up once what it needs of the thread, runs one
tight loop, and ``a & b`` asks *b* only where *a* holds.

The bound on nesting (`MOST_NESTED`) is checked when a predicate is made. Showing, comparing and
pickling predicates can therefore recurse.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NoReturn, TypeAlias, final

import attrs

from ..errors import FieldError, FieldTypeError
from ..model import Comment
from ..model._value import Value, rebuild
from ..thread import Thread

MOST_NESTED = 100
"""How deep predicates may nest; long rows of ``a & b & c`` do not nest."""

Positions: TypeAlias = Sequence[int]
"""Places in ``thread.comments``, ascending."""


class Predicate(Value):
    """A yes or no about a comment in its thread: a frozen value, made by the functions here.

    ``p & q`` holds where both do, ``p | q`` where one does, ``~p`` where *p* does not; so ``~p``
    holds for whatever is not known. ``p(thread, comment)`` asks about one comment or its id.

    Predicates are equal when they were written alike, can be keys of dictionaries, and print as
    they were written: `eval` of the ``repr`` gives an equal one, with these functions, `Author` and
    the module `datetime` at hand. `to_dict` and `from_dict` bring them to JSON and back.
    Python's own ``and``, ``or`` and ``not`` would throw one side away: they raise `FieldTypeError`.
    Nesting deeper than 100 raises `FieldError`; long rows of ``a & b & c`` do not nest.

    >>> from discourse.query import by, tagged
    >>> asked = by("Ada") & ~tagged("pinned")
    >>> asked
    by('Ada') & ~tagged('pinned')
    >>> asked(Thread(None, [Comment("1", author=Author("Ada"))]), "1")
    True
    """

    __slots__ = ()

    def levels(self) -> int:
        """Return how many levels of predicates are below this one."""
        return 0

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Return those of *positions* for which this holds, in order."""
        raise NotImplementedError

    def arguments(self) -> dict[str, object]:
        """Return the fields that are not at their defaults."""
        fields = attrs.fields(type(self))  # type: ignore[arg-type]  # each kind is one of attrs'
        values = [(f.name, getattr(self, f.name), f.default) for f in fields if f.init]
        return {
            name: value
            for name, value, default in values
            if type(value) is not type(default) or value != default
        }

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return rebuild, (type(self), self.arguments())

    def __call__(self, thread: Thread, comment: Comment | str) -> bool:
        return bool(self.narrow(thread, (thread.position(comment),)))

    def __and__(self, other: "Predicate") -> "Predicate":
        if not isinstance(other, Predicate):
            return NotImplemented
        return _longer("all", self, other)

    def __or__(self, other: "Predicate") -> "Predicate":
        if not isinstance(other, Predicate):
            return NotImplemented
        return _longer("any", self, other)

    def __invert__(self) -> "Predicate":
        return Compound("not", (self,))

    def __bool__(self) -> NoReturn:
        raise FieldTypeError("query", "predicate", self, "put together with &, | and ~")


# -- put together ----------------------------------------------------------------------------------


def _bounded(_: Predicate, __: object, nesting: int) -> None:
    """Refuse what nests deeper than `MOST_NESTED`."""
    if nesting > MOST_NESTED:
        raise FieldError("query", "predicate", nesting, f"must nest at most {MOST_NESTED} deep")


Sign: TypeAlias = Literal["all", "any", "not"]
"""How predicates are put together, in the word that JSON has for it."""

_IN_BRACKETS: Mapping[Sign, tuple[Sign, ...]] = {
    "all": ("all", "any"),
    "any": ("any",),
    "not": ("all", "any"),
}
"""What stands in brackets inside of what, since it binds less or was grouped by hand."""


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Compound(Predicate):
    """Predicates, put together; how deep they nest is counted once."""

    sign: Sign
    parts: tuple[Predicate, ...]
    """One of ``not``; of the others, at least two."""
    nesting: int = attrs.field(init=False, eq=False, validator=_bounded)

    @nesting.default
    def _nesting(self) -> int:
        return 1 + max(part.levels() for part in self.parts)

    def levels(self) -> int:
        """Return what was counted when this was made."""
        return self.nesting

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Ask each part only about what the parts before it have left open."""
        if self.sign == "not":
            return others(positions, self.parts[0].narrow(thread, positions))
        if self.sign == "all":
            for part in self.parts:
                positions = part.narrow(thread, positions)
            return list(positions)
        matches: list[int] = []
        for part in self.parts:
            taken = part.narrow(thread, positions)
            matches += taken
            positions = others(positions, taken)
        return sorted(matches)

    def __repr__(self) -> str:
        return spelled(self, repr, {"all": " & ", "any": " | ", "not": "~"})


def others(positions: Positions, taken: list[int]) -> list[int]:
    """Return those of *positions* that are not *taken*."""
    if not taken:
        return list(positions)
    gone = set(taken)
    return [position for position in positions if position not in gone]


def joined(sign: Sign, parts: Sequence[Predicate]) -> Predicate:
    """Return what ``a & b & ...`` or ``a | b | ...`` gives, in linear time."""
    first, *rest = parts
    if not rest:
        return first
    if isinstance(first, Compound) and first.sign == sign:
        return Compound(sign, (*first.parts, *rest))
    return Compound(sign, (first, *rest))


def _longer(sign: Sign, first: Predicate, other: Predicate) -> Predicate:
    """Return ``first & other`` or ``first | other``; of a long row only the last part is new.

    The count for the others is kept, so that a row of n parts costs n looks at a part.
    """
    if not isinstance(first, Compound) or first.sign != sign:
        return Compound(sign, (first, other))
    nesting = max(first.nesting, 1 + other.levels())
    _bounded(first, None, nesting)
    row = Compound.__new__(Compound)
    for name, value in (("sign", sign), ("parts", (*first.parts, other)), ("nesting", nesting)):
        object.__setattr__(row, name, value)
    return row


def spelled(
    predicate: Predicate, single: Callable[[Predicate], str], signs: Mapping[Sign, str]
) -> str:
    """Return *predicate* with the signs of a language; *single* says what is not put together."""
    if not isinstance(predicate, Compound):
        return single(predicate)
    texts: list[str] = []
    for part in predicate.parts:
        text = spelled(part, single, signs)
        is_inner = isinstance(part, Compound) and part.sign in _IN_BRACKETS[predicate.sign]
        texts.append(f"({text})" if is_inner else text)
    sign = signs[predicate.sign]
    return sign + texts[0] if predicate.sign == "not" else sign.join(texts)
