"""Provide `Predicate`, a yes or no about each comment of a thread, with ``&``, ``|`` and ``~``.

A predicate tests many comments at once: `Predicate.narrow` takes positions in a thread and returns
those that match. So it looks up the data it needs once per thread and runs one tight loop, and ``a
& b`` tests *b* only on the matches of *a*.

Constructors check the bound on nesting (`MOST_NESTED`), so ``repr``, comparing and pickling may
recurse.
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
"""Positions in ``thread.comments``, ascending."""


class Predicate(Value):
    """A yes or no about a comment in its thread, made by the functions of this module.

    ``p & q`` matches if both do, ``p | q`` if either does, and ``~p`` if *p* does not, so ``~p``
    matches unknown values. ``p(thread, comment)`` tests one comment, given as such or by its id.

    Predicates are frozen and hashable, equal if they were written the same way, and print as they
    were written: `eval` of the ``repr`` returns an equal one, given these functions, `Author` and
    the module `datetime`. `to_dict` and `from_dict` convert them to JSON and back.

    Python's own ``and``, ``or`` and ``not`` would drop one side, so they raise `FieldTypeError`.
    Nesting deeper than 100 raises `FieldError`; long rows of ``a & b & c`` do not nest.

    >>> from discourse.query import by, tagged
    >>> predicate = by("Ada") & ~tagged("pinned")
    >>> predicate
    by('Ada') & ~tagged('pinned')
    >>> predicate(Thread(None, [Comment("1", author=Author("Ada"))]), "1")
    True
    """

    __slots__ = ()

    def levels(self) -> int:
        """Return how many levels of predicates are below this one."""
        return 0

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Return the *positions* of matching comments, in order."""
        raise NotImplementedError

    def arguments(self) -> dict[str, object]:
        """Return the fields that differ from their defaults."""
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
        raise FieldTypeError("query", "predicate", self, "combine with &, | and ~")


# -- combinations ----------------------------------------------------------------------------------


def _bounded(_: Predicate, __: object, nesting: int) -> None:
    """Refuse a predicate that nests deeper than `MOST_NESTED`."""
    if nesting > MOST_NESTED:
        raise FieldError("query", "predicate", nesting, f"must nest at most {MOST_NESTED} deep")


Sign: TypeAlias = Literal["all", "any", "not"]
"""How predicates are combined, in the word of the JSON form."""

_IN_BRACKETS: Mapping[Sign, tuple[Sign, ...]] = {
    "all": ("all", "any"),
    "any": ("any",),
    "not": ("all", "any"),
}
"""Which parts need brackets inside a sign: they bind less tightly, or the caller grouped them."""


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Compound(Predicate):
    """A combination of predicates, which counts its nesting once."""

    sign: Sign
    parts: tuple[Predicate, ...]
    """One for ``not``, at least two for the others."""
    nesting: int = attrs.field(init=False, eq=False, validator=_bounded)

    @nesting.default
    def _nesting(self) -> int:
        return 1 + max(part.levels() for part in self.parts)

    def levels(self) -> int:
        """Return the nesting, counted on construction."""
        return self.nesting

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Test each part only on the comments that the parts before it leave undecided."""
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
    """Return ``a & b & ...`` or ``a | b | ...``, in linear time."""
    first, *rest = parts
    if not rest:
        return first
    if isinstance(first, Compound) and first.sign == sign:
        return Compound(sign, (*first.parts, *rest))
    return Compound(sign, (first, *rest))


def _longer(sign: Sign, first: Predicate, other: Predicate) -> Predicate:
    """Return ``first & other`` or ``first | other``, appending to *first* if it is such a row.

    Reusing its nesting makes a row of n parts count each part once.
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
    """Return *predicate* with the *signs* of a language; *single* writes the single predicates."""
    if not isinstance(predicate, Compound):
        return single(predicate)
    texts: list[str] = []
    for part in predicate.parts:
        text = spelled(part, single, signs)
        is_inner = isinstance(part, Compound) and part.sign in _IN_BRACKETS[predicate.sign]
        texts.append(f"({text})" if is_inner else text)
    sign = signs[predicate.sign]
    return sign + texts[0] if predicate.sign == "not" else sign.join(texts)
