"""Provide `predicate`, the decorator that declares a predicate in one place.

::

    @predicate(name=text_kind("a name"), examples=["language en"])
    def language(name: str) -> Test:
        \"\"\"Match comments in a language.\"\"\"
        return lambda _, at, positions: [n for n in positions if at[n].language == name]

Users call the decorated function: it has this signature and docstring, and returns a `Predicate`.
Its body runs once for each predicate, with arguments that their kinds have accepted; it may still
refuse a combination of them. The kinds, in the order of the phrase, define the checks, the JSON
form and the phrase. The signature defines ``repr`` and ``==``, and the examples fill the table of
the reference.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from typing import Any, ClassVar, NamedTuple, ParamSpec, TypeAlias

import attrs

from ..model import Author, Comment
from ..thread import Thread
from . import _arguments as check
from ._arguments import Kind, is_function
from ._predicate import Positions, Predicate
from ._scanner import Scanner

_P = ParamSpec("_P")

Test: TypeAlias = Callable[[Thread, tuple[Comment, ...], Positions], list[int]]
"""Takes a thread, its comments and positions among them; returns those that match, in order."""


# -- phrases ---------------------------------------------------------------------------------------

Kinds: TypeAlias = Mapping[str, Kind]
Values: TypeAlias = Mapping[str, Any]


class Phrase(NamedTuple):
    """How the arguments of a predicate are read and written after its word."""

    read: Callable[[Scanner, str, Kinds], dict[str, object]]
    write: Callable[[Values, Kinds], str]


def _read(words: Scanner, word: str, kinds: Kinds) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, kind in kinds.items():
        at = words.at
        if name == "min":  # which reads max, too
            values["min"], values["max"] = kind.read(words, word)
        elif name != "max":
            values[name] = words.placed(at, partial(kind.accept, word, kind.read(words, word)))
    return values


def _write(values: Values, kinds: Kinds) -> str:
    pieces = {name: kind.write(values[name]) for name, kind in kinds.items()}
    if "min" in pieces:
        low, high = pieces["min"], pieces.pop("max")
        pieces["min"] = low if low and low == high else f"{low}..{high}"
    return " ".join(filter(None, pieces.values()))


IN_TURN = Phrase(_read, _write)
"""One argument after another; ``min`` and ``max`` are a range."""


# -- declarations ----------------------------------------------------------------------------------


class Single(Predicate):
    """A predicate that combines no others: a word, and the arguments as fields."""

    __slots__ = ()

    word: ClassVar[str]
    """The name of the function that makes it."""
    kinds: ClassVar[Kinds]
    phrase: ClassVar[Phrase | None]
    """None if neither words nor JSON can express it."""
    examples: ClassVar[Sequence[str]]
    test: Test

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See the function that makes it."""
        return self.test(thread, thread.comments, positions)

    def checked(self, goal: str, why: str) -> Mapping[str, Any]:
        """Return the arguments; refuse functions, which *goal* cannot express."""
        values = self.arguments()
        for value in filter(is_function, values.values()):
            check.refuse(f"{goal}({self.word})", value, why)
        return values

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _rebuild, (self.word, self.arguments())

    def __repr__(self) -> str:
        pieces: list[str] = []
        for name, value in self.arguments().items():
            field = getattr(attrs.fields(type(self)), name)  # type: ignore[arg-type]
            several: Any = value if self.kinds[name].is_starred else [value]
            prefix = f"{name}=" if field.kw_only else ""
            pieces += [prefix + _written(each) for each in several]
        return f"{self.word}({', '.join(pieces)})"


SINGLES: dict[str, type[Single]] = {}
"""All declared predicates, by their words."""


def predicate(
    phrase: Phrase | None = IN_TURN, *, examples: Sequence[str] = (), **kinds: Kind
) -> Callable[[Callable[_P, Test]], Callable[_P, Predicate]]:
    """Return a decorator that declares the predicate whose test a function returns."""

    def declare(function: Callable[_P, Test]) -> Callable[_P, Predicate]:
        word = function.__name__.lstrip("_")
        cls = SINGLES[word] = _class(word, function, kinds)
        cls.word, cls.kinds, cls.phrase, cls.examples = word, kinds, phrase, examples
        cls.__init__.__qualname__ = word  # for Python's error about a missing argument
        build: Callable[..., Predicate] = cls
        is_starred = any(kind.is_starred for kind in kinds.values())

        @wraps(function)
        def make(*args: _P.args, **kwargs: _P.kwargs) -> Predicate:
            if args and "min" in kinds:
                why = f"must be given by name, as in {word}(min=1) or {word}(max=3)"
                check.refuse_type(f"{word}(min)", args[0], why)
            return build(args, **kwargs) if is_starred else build(*args, **kwargs)

        signature = inspect.signature(function).replace(return_annotation=Predicate)
        make.__signature__ = signature  # type: ignore[attr-defined]
        make.__annotations__["return"] = Predicate
        return make

    return declare


def _class(word: str, function: Callable[..., Test], kinds: Kinds) -> type[Single]:
    """Return a class with a field for each parameter of *function*, and one for the test."""

    def test(instance: Single) -> Test:
        values = {name: getattr(instance, name) for name in kinds}
        starred = [values.pop(name) for name, kind in kinds.items() if kind.is_starred]
        return function(*(starred[0] if starred else ()), **values)

    fields: dict[str, Any] = {
        name: attrs.field(
            default=attrs.NOTHING if parameter.default is parameter.empty else parameter.default,
            converter=partial(kinds[name].accept, f"{word}({name})"),
            kw_only=parameter.kind is parameter.KEYWORD_ONLY,
        )
        for name, parameter in inspect.signature(function).parameters.items()
    }
    fields["test"] = attrs.field(init=False, eq=False, default=attrs.Factory(test, takes_self=True))
    title = word.title().replace("_", "")
    return attrs.make_class(title, fields, bases=(Single,), frozen=True, slots=True, repr=False)


def _rebuild(word: str, arguments: Values) -> Single:
    """Make a predicate from its arguments, with every check, for pickles."""
    return SINGLES[word](**arguments)


def _written(value: object) -> str:
    """Return an argument as Python source."""
    if isinstance(value, Author):
        return f"Author(id={value.id!r})" if value.id is not None else f"Author({value.name!r})"
    if is_function(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return repr(value)
