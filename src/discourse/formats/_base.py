"""What a format is (`Format`) and what reading gives (`Reading`)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO

import attrs

from ..errors import NotOneThreadError, Problem
from ..thread import Thread


def _threads(value: Iterable[Thread]) -> tuple[Thread, ...]:
    return tuple(value)


def _problems(value: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(value)


def _ids(value: Iterable[str]) -> frozenset[str]:
    return frozenset(value)


@attrs.frozen
class Reading:
    """What an input held: its threads, and everything that was not as it should be.

    >>> Reading((Thread(),)).thread
    <Thread: no article, 0 comments>
    """

    threads: tuple[Thread, ...] = attrs.field(default=(), converter=_threads)
    """The discussions found, in the order of the input."""
    problems: tuple[Problem, ...] = attrs.field(default=(), converter=_problems)
    """What could not be used, had to be guessed, or is missing; nothing is dropped without one."""
    inferred: frozenset[str] = attrs.field(default=frozenset(), converter=_ids, kw_only=True)
    """The ids of the comments whose parent was worked out (from indentation, say), not read."""

    @property
    def thread(self) -> Thread:
        """The one thread; raises `NotOneThreadError` where there is none, or more than one."""
        if len(self.threads) == 1:
            return self.threads[0]
        raise NotOneThreadError(len(self.threads))


@attrs.frozen(kw_only=True)
class Format:
    """The record by which the shelf of formats knows one of them."""

    name: str
    """What ``format=`` calls it."""
    title: str
    """What it is, in a few words."""
    suffixes: tuple[str, ...] = ()
    """File name endings that hint at it; a hint is never enough to read by."""
    media_types: tuple[str, ...] = ()
    """Media types that hint at it."""
    parse: Callable[..., Reading]
    """Text to `Reading`, with options of its own as keywords; pure."""
    detect: Callable[[str], float]
    """How sure it is, from 0 to 1, that the beginning of a text is its own."""
    serialize: Callable[[Thread], str] | None = None
    """`Thread` to text, where the format can be written; pure."""
    serialize_all: Callable[[Sequence[Thread]], str] | None = None
    """Several threads to one text, where the format holds several."""
    stream: Callable[[IO[bytes]], Iterator[Reading]] | None = None
    """A large input to one `Reading` a thread, in bounded memory, where the format can do that."""
    settle: Callable[[Thread], Thread] | None = None
    """Puts right what only the whole shows, after parts of one discussion were merged."""
    holds: Callable[[Thread], Sequence[str]] | None = None
    """Why the written form of a thread would not give it back; empty where it would."""
    losses: tuple[str, ...] = ()
    """What of a thread the written form cannot hold."""
