"""Provide `write`: threads into a new corpus, or into one that is there."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from .._expect import expect_thread
from ..errors import CorpusError, FieldError, shown
from ..thread import Thread
from ._corpus import Corpus
from ._keys import thread_key
from ._manifest import NAME, OURS
from ._merging import MEMORY, in_order, settle, spilling
from ._rows import expect_whole
from ._schema import arrow
from ._writer import Writer, writing

Mode: TypeAlias = Literal["new", "replace", "append", "merge"]
"""What to do with an existing corpus: ``"new"`` refuses it, ``"replace"`` replaces it, ``"append"``
adds threads and refuses known ones, ``"merge"`` adds threads and merges known ones."""

_MODES = ("new", "replace", "append", "merge")


def write(
    threads: Iterable[Thread],
    path: str | os.PathLike[str],
    *,
    mode: Mode = "new",
    key: Callable[[Thread], str] = thread_key,
    digests: bool = True,
) -> Corpus:
    """Write threads to a corpus, and open it.

    Threads are written as they come, with one row group in memory. Writing is atomic: after an
    error or a crash, the corpus is what it was before.

    Args:
        threads: The threads: any iterable, such as a `discourse.stream`.
        path: The folder of the corpus.
        mode: What to do with an existing corpus: ``"new"`` refuses, ``"replace"`` replaces it,
            ``"append"`` adds new threads, ``"merge"`` also merges newer captures of threads.
        key: A function that returns the key of a thread, unique in the corpus.
        digests: Whether to compute `Thread.digest` of each thread, for `check`. It takes a quarter
            of the time.

    With ``"merge"``, the later capture of a thread wins, by the rules of `discourse.edit.merge`,
    and each conflict is a row of the table of problems.

    Raises `CorpusError` if two threads have one key (except with ``"merge"``), if there is a corpus
    already (mode ``"new"``), or while another process writes.
    """
    expect_mode(mode)
    arrow()
    folder = Path(path)
    refuse_existing(folder, mode)
    with writing(folder, keep=mode in ("append", "merge"), digests=digests) as writer:
        add_all(writer, threads, key)
        settle(writer, merges=mode == "merge")
    return Corpus(folder)


def expect_mode(mode: str) -> None:
    """Raise `FieldError` for an unknown mode."""
    if mode not in _MODES:
        raise FieldError("corpus", "mode", mode, f"must be one of {', '.join(_MODES)}")


def refuse_existing(folder: Path, mode: str) -> None:
    """Raise `CorpusError` if a new corpus would replace something."""
    if (folder / NAME).exists():
        if mode == "new":
            raise CorpusError(
                f"{folder} is a corpus already: mode='append' or 'merge' adds to it, and 'replace' "
                "replaces it"
            )
    elif folder.exists() and (
        not folder.is_dir() or any(path.name not in OURS for path in folder.iterdir())
    ):
        raise CorpusError(f"{folder} exists and is not a corpus: choose another path")


def add_all(writer: Writer, threads: Iterable[Thread], key: Callable[[Thread], str]) -> None:
    """Write all threads."""
    if isinstance(threads, Thread):
        raise FieldError("corpus", "threads", threads, "must be several: [thread]")
    for thread in threads:
        expect_thread(thread)
        id = key(thread)
        if not isinstance(id, str) or not id:
            raise FieldError("corpus", "key", id, f"must be text, for {shown(thread)}")
        writer.add((id, thread))


def rewrite(
    path: str | os.PathLike[str],
    *,
    comments: Sequence[str | os.PathLike[str]] | None = None,
    threads: Sequence[str | os.PathLike[str]] | None = None,
    memory: str = MEMORY,
) -> Corpus:
    """Sort the rows of a corpus to have each thread in one row group, and open it.

    For corpora that another program wrote, such as Spark, whose row groups end anywhere.

    Args:
        path: The folder of the corpus. The files are replaced.
        comments: Parquet files with the rows of comments, in any order. By default, those of the
            corpus.
        threads: Parquet files with the rows of threads, likewise.
        memory: The memory limit for sorting.

    Raises `CorpusError` if rows of a thread are missing or repeated. Rows that were filtered or
    changed may not be trees any more; `discourse.Thread.repair` builds threads from them.
    """
    arrow()
    folder = Path(path)
    with writing(folder, keep=True) as writer, spilling(folder, memory) as connection:
        paths = {
            "comments": _files(comments) or writer.base.paths(folder, "comments"),
            "threads": _files(threads) or writer.base.paths(folder, "threads"),
        }
        if all(paths.values()):
            for rows, heads in in_order(paths, connection):
                expect_whole(rows, heads["thread_id"].to_pylist(), heads["comments"].to_pylist())
                writer.write(rows, heads)
        writer.finish()
        writer.commit(writer.parts)
    return Corpus(folder)


def _files(paths: Sequence[str | os.PathLike[str]] | None) -> list[str]:
    return [os.fspath(path) for path in paths or ()]
