"""Provide `Predicate`, a yes or no about each comment of a thread, and its ``&``, ``|`` and ``~``.

A predicate is asked about many comments at once: `Predicate.narrow` takes positions in a thread and
returns those that it holds for. So a predicate looks up once what it needs of the thread, runs one
tight loop, and ``a & b`` asks *b* only where *a* holds.

The bound on nesting (`MOST_NESTED`) is checked when a predicate is made. Showing, comparing and
pickling predicates can therefore recurse.
"""

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias, final

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
        return _longer(Every, self, other)

    def __or__(self, other: "Predicate") -> "Predicate":
        if not isinstance(other, Predicate):
            return NotImplemented
        return _longer(Some, self, other)

    def __invert__(self) -> "Predicate":
        return Denied((self,))

    def __bool__(self) -> NoReturn:
        raise FieldTypeError("query", "predicate", self, "put together with &, | and ~")


# -- put together ----------------------------------------------------------------------------------


def _bounded(_: Predicate, __: object, nesting: int) -> None:
    """Refuse what nests deeper than `MOST_NESTED`."""
    if nesting > MOST_NESTED:
        raise FieldError("query", "predicate", nesting, f"must nest at most {MOST_NESTED} deep")


@attrs.frozen(repr=False, getstate_setstate=False)
class _Compound(Predicate):
    """Predicates, put together; how deep they nest is counted once."""

    parts: tuple[Predicate, ...]
    nesting: int = attrs.field(init=False, eq=False, validator=_bounded)

    @nesting.default
    def _nesting(self) -> int:
        return 1 + max(part.levels() for part in self.parts)

    def levels(self) -> int:
        """Return what was counted when this was made."""
        return self.nesting

    def __repr__(self) -> str:
        return spelled(self, repr, ("~", " & ", " | "))


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Every(_Compound):
    """``a & b & ...``: all of the parts hold."""

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Ask each part about what the parts before it have left."""
        for part in self.parts:
            positions = part.narrow(thread, positions)
        return list(positions)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Some(_Compound):
    """``a | b | ...``: one of the parts holds, or several do."""

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Ask each part about what no part before it has taken."""
        matches: list[int] = []
        for part in self.parts:
            taken = part.narrow(thread, positions)
            matches += taken
            positions = others(positions, taken)
        return sorted(matches)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Denied(_Compound):
    """``~a``: the one part does not hold."""

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Return what the part does not hold for."""
        return others(positions, self.parts[0].narrow(thread, positions))


def others(positions: Positions, taken: list[int]) -> list[int]:
    """Return those of *positions* that are not *taken*."""
    if not taken:
        return list(positions)
    gone = set(taken)
    return [position for position in positions if position not in gone]


def joined(kind: "type[Every | Some]", parts: Sequence[Predicate]) -> Predicate:
    """Return what ``a & b & ...`` or ``a | b | ...`` gives, in linear time."""
    first, *rest = parts
    if not rest:
        return first
    return kind((*(first.parts if isinstance(first, kind) else (first,)), *rest))


def _longer(kind: "type[Every | Some]", first: Predicate, other: Predicate) -> Predicate:
    """Return ``first & other`` or ``first | other``; of a long row only the last part is new.

    What was counted for the others stands, so that a row of n parts costs n looks at a part.
    """
    if not isinstance(first, kind):
        return kind((first, other))
    nesting = max(first.nesting, 1 + other.levels())
    _bounded(first, None, nesting)
    row = kind.__new__(kind)
    object.__setattr__(row, "parts", (*first.parts, other))
    object.__setattr__(row, "nesting", nesting)
    return row


def spelled(
    predicate: Predicate, single: Callable[[Predicate], str], signs: tuple[str, str, str]
) -> str:
    """Return *predicate* with signs for not, and, or; *single* says what is not put together."""

    def part(inner: Predicate, *looser: type[Predicate]) -> str:
        text = spelled(inner, single, signs)
        return f"({text})" if isinstance(inner, looser) else text

    denied, every, some = signs
    if isinstance(predicate, Every):
        return every.join(part(inner, Every, Some) for inner in predicate.parts)
    if isinstance(predicate, Some):
        return some.join(part(inner, Some) for inner in predicate.parts)
    if isinstance(predicate, Denied):
        return denied + part(predicate.parts[0], Every, Some)
    return single(predicate)
