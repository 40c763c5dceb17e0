"""Accept one thread or several as an argument, and name each thread in a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from ._expect import expect_thread
from .errors import FieldTypeError, UnknownCommentError
from .thread import Thread

_T = TypeVar("_T")

Threads: TypeAlias = Thread | Iterable[Thread] | Mapping[str, Thread]
"""One thread, or several: in an iterable, or in a mapping from their names."""


@runtime_checkable
class _Corpus(Protocol):
    """The part of a `discourse.corpus.Corpus` that is used here: its threads have keys."""

    def threads(self) -> Iterator[Thread]: ...
    def items(self) -> Iterator[tuple[str, Thread]]: ...


def listed(threads: Threads) -> list[Thread]:
    """Return the threads in order; raise `TypeError` for anything else."""
    if isinstance(threads, Thread):
        return [threads]
    is_reading = hasattr(type(threads), "thread")
    if is_reading or isinstance(threads, str | bytes) or not isinstance(threads, Iterable):
        expect_thread(threads)
    several = list(threads.values() if isinstance(threads, Mapping) else threads)
    for thread in several:
        expect_thread(thread)
    return several


def keyed(threads: Threads) -> list[tuple[int | str | None, Thread]]:
    """Return the threads with their keys in results.

    The key is None for one thread, the key in a mapping, or else the number of the thread, from 0.
    """
    several = listed(threads)
    if isinstance(threads, Thread):
        return [(None, threads)]
    keys: Iterable[int | str] = threads if isinstance(threads, Mapping) else range(len(several))
    return list(zip(keys, several, strict=True))


def named(threads: Threads) -> dict[str, Thread]:
    """Return the threads by their names, in order.

    The name is the key in a mapping or a corpus; else the id of the article, its address, or a
    number from 1.
    """
    if isinstance(threads, _Corpus):
        threads = dict(threads.items())
    several = listed(threads)
    if isinstance(threads, Mapping):
        for key in threads:
            if not isinstance(key, str):
                raise FieldTypeError("threads", "key", key, "must be a string")
        return dict(zip(threads, several, strict=True))
    names: dict[str, Thread] = {}
    for number, thread in enumerate(several, 1):
        article = thread.article
        name = base = (article and (article.id or article.url)) or str(number)
        again = 2
        while name in names:
            name, again = f"{base}~{again}", again + 1
        names[name] = thread
    return names


def answers(threads: Iterable[Thread], ask: Callable[[Thread], _T]) -> Iterator[_T]:
    """Yield the answer of each thread, except those that lack a comment that the query names.

    Raises `UnknownCommentError` if all of them lack it.
    """
    unknown, is_known = None, False
    for thread in threads:
        try:
            answer = ask(thread)
        except UnknownCommentError as error:
            unknown = error
            continue
        is_known = True
        yield answer
    if unknown is not None and not is_known:
        raise unknown
