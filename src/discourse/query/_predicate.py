"""Provide `Predicate`, a yes or no about each comment of a thread, and how such are put together.

A predicate is asked about many comments at once: `Predicate.narrow` is given positions in a thread
and returns those that it holds for. So what has to be known of the thread is looked up once, each
kind has a tight loop of its own, and ``a & b`` asks *b* only where *a* holds.

How deep predicates nest is bounded where they are made (`MOST_NESTED`), so that showing, comparing
and pickling them needs no stack of its own.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import ClassVar, NoReturn, TypeAlias, TypeGuard, final

import attrs

from ..errors import FieldError, FieldTypeError
from ..model import Author, Comment
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
        given = [(f.name, getattr(self, f.name), f.default) for f in fields if f.eq]
        return {
            name: value
            for name, value, default in given
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
        return Denied(self)

    def __bool__(self) -> NoReturn:
        raise FieldTypeError("query", "predicate", self, "put together with &, | and ~")


# -- put together ----------------------------------------------------------------------------------


def _bounded(_: Predicate, __: object, nesting: int) -> None:
    """Refuse what nests deeper than `MOST_NESTED`."""
    if nesting > MOST_NESTED:
        reason = f"must nest at most {MOST_NESTED} deep"
        raise FieldError("query", "predicate", nesting, reason)


@attrs.frozen(repr=False, getstate_setstate=False)
class _Row(Predicate):
    """Two predicates or more, put together; how deep they nest is counted once."""

    parts: tuple[Predicate, ...]
    nesting: int = attrs.field(init=False, eq=False, validator=_bounded)

    @nesting.default
    def _nesting(self) -> int:
        return 1 + max(part.levels() for part in self.parts)

    def levels(self) -> int:
        """Return what was counted when this was made."""
        return self.nesting


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Every(_Row):
    """``a & b & ...``: all of the parts hold."""

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Ask each part about what the parts before it have left."""
        for part in self.parts:
            positions = part.narrow(thread, positions)
        return list(positions)

    def __repr__(self) -> str:
        return " & ".join(_in_brackets(part, (Every, Some)) for part in self.parts)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Some(_Row):
    """``a | b | ...``: one of the parts holds, or several do."""

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Ask each part about what no part before it has taken."""
        found: list[int] = []
        for part in self.parts:
            taken = part.narrow(thread, positions)
            found += taken
            positions = others(positions, taken)
        return sorted(found)

    def __repr__(self) -> str:
        return " | ".join(_in_brackets(part, (Some,)) for part in self.parts)


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Denied(Predicate):
    """``~a``: the part does not hold."""

    part: Predicate
    nesting: int = attrs.field(init=False, eq=False, validator=_bounded)

    @nesting.default
    def _nesting(self) -> int:
        return 1 + self.part.levels()

    def levels(self) -> int:
        """Return what was counted when this was made."""
        return self.nesting

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """Return what the part does not hold for."""
        return others(positions, self.part.narrow(thread, positions))

    def __repr__(self) -> str:
        return f"~{_in_brackets(self.part, (Every, Some))}"


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
    made = kind.__new__(kind)
    object.__setattr__(made, "parts", (*first.parts, other))
    object.__setattr__(made, "nesting", nesting)
    return made


def _in_brackets(part: Predicate, kinds: tuple[type[Predicate], ...]) -> str:
    return f"({part!r})" if isinstance(part, kinds) else repr(part)


# -- single ones -----------------------------------------------------------------------------------


class Single(Predicate):
    """A predicate that is not put together: a word and its arguments, which are its fields."""

    __slots__ = ()

    word: ClassVar[str]
    """The function that makes it."""
    starred: ClassVar[bool] = False
    """Whether its one field holds the positional arguments."""

    def __repr__(self) -> str:
        given = self.arguments()
        if self.starred:
            (several,) = given.values()
            assert isinstance(several, tuple)  # that is what makes it starred
            return f"{self.word}({', '.join(map(_written, several))})"
        fields = attrs.fields(type(self))  # type: ignore[arg-type]  # each kind is one of attrs'
        named = {field.name: field.kw_only for field in fields}
        pieces = (
            f"{name}={_written(value)}" if named[name] else _written(value)
            for name, value in given.items()
        )
        return f"{self.word}({', '.join(pieces)})"


def _written(value: object) -> str:
    """Return an argument as it would be written in a program."""
    if isinstance(value, Author):
        return f"Author(id={value.id!r})" if value.id is not None else f"Author({value.name!r})"
    if is_function(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return repr(value)


def is_function(value: object) -> TypeGuard[Callable[..., object]]:
    """Whether an argument is a function, which no JSON can hold."""
    return callable(value) and not isinstance(value, str | Author | dt.datetime)
