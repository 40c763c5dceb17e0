"""Run a function over all threads, on several processes, in order."""

import multiprocessing
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Literal, TypeAlias, TypeVar

from ..errors import CorpusError, FieldError, Problem, shown
from ..thread import Thread
from ._groups import Group, pairs
from ._rows import Pair

_T = TypeVar("_T")

OnError: TypeAlias = Literal["raise", "keep"]
"""What becomes of an exception of the function: it is raised, or a `Problem` takes its place."""

BROKEN = (
    "a process ended in the middle of its work: a script that uses workers needs "
    "`if __name__ == '__main__':` around what it runs"
)
"""What to say of a process that ended; without that guard each one runs the whole script again."""

_UNSENDABLE = (pickle.PicklingError, AttributeError, TypeError)
"""What `pickle` raises for a value that it cannot send to another process."""

_AHEAD = 2
"""How many row groups each process has before it, so that none waits."""


def mapped(
    groups: Iterator[Group],
    function: Callable[[Thread], _T],
    workers: int,
    on_error: OnError,
) -> Iterator[tuple[str, _T | Problem]]:
    """Yield the key of each thread, and what the function makes of the thread."""
    expect_on_error("corpus", "map", on_error)
    if not isinstance(workers, int) or workers < 1:
        raise FieldError("corpus", "map(workers)", workers, "must be a number from 1")
    if workers == 1:
        return (pair for group in groups for pair in applied(pairs(group), function, on_error))
    try:
        pickle.dumps(function)
    except _UNSENDABLE as error:
        what = f"cannot be sent to other processes: {error}"
        hint = "define it at the top level of a module, or pass workers=1"
        raise FieldError("corpus", "map(function)", function, f"{what}; {hint}") from None
    return _on_processes(groups, function, workers, on_error)


def expect_on_error(module: str, function: str, value: str) -> None:
    """Raise `FieldError` for what is no `OnError`."""
    if value not in ("raise", "keep"):
        raise FieldError(module, f"{function}(on_error)", value, "must be 'raise' or 'keep'")


def applied(
    threads: Iterable[Pair], function: Callable[[Thread], _T], on_error: OnError
) -> Iterator[tuple[str, _T | Problem]]:
    """Yield the key of each thread, and what the function makes of the thread."""
    for key, thread in threads:
        try:
            yield key, function(thread)
        except Exception as error:
            what = f"thread {shown(key)}: {type(error).__name__}: {shown(str(error), 500)[1:-1]}"
            if on_error == "raise":
                raise CorpusError(what) from error
            yield key, Problem("failed", what, (key,))


def _on_processes(
    groups: Iterator[Group], function: Callable[[Thread], _T], workers: int, on_error: OnError
) -> Iterator[tuple[str, _T | Problem]]:
    # A process that is forked off one with threads, as DuckDB and Arrow have, may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        running: deque[Future[list[tuple[str, _T | Problem]]]] = deque()
        try:
            for group in islice(groups, workers * _AHEAD):
                running.append(pool.submit(_task, group, function, on_error))
            while running:
                yield from _result(running.popleft())
                for group in islice(groups, 1):
                    running.append(pool.submit(_task, group, function, on_error))
        finally:
            for future in running:
                future.cancel()


def _task(
    group: Group, function: Callable[[Thread], _T], on_error: OnError
) -> list[tuple[str, _T | Problem]]:
    return list(applied(pairs(group), function, on_error))


def _result(future: "Future[list[tuple[str, _T | Problem]]]") -> list[tuple[str, _T | Problem]]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        what = f"{BROKEN}, and a function of a notebook must be in a module"
        raise CorpusError(what) from error
    except _UNSENDABLE as error:
        what = f"a result cannot be sent between processes: {error}"
        raise CorpusError(f"{what}; return plain values, or pass workers=1") from error
