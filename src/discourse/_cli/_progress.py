"""Show a progress bar on a terminal for reads that take more than a second, with ``rich``.

A thread draws the bar and gets the position in the file from the system, so reading is neither
slowed nor changed.
"""

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from .._terminal.columns import one_line
from ._colour import has_rich, is_wanted

_PATIENCE = 1.0  # seconds before a bar appears
_EVERY = 0.1


@contextmanager
def watched(file: IO[bytes], color: str) -> Iterator[Callable[[], None]]:
    """Draw a bar on stderr while *file* is read; yield a function that removes it earlier."""
    if not _is_wanted(file, color):
        yield _nothing
        return
    number = file.fileno()
    name = one_line(Path(str(file.name)).name)
    with _drawn(_Bar(f"reading {name}", _size(number), partial(_read_so_far, number))) as stop:
        yield stop


@contextmanager
def watched_files(count: int, done: Callable[[], int], color: str) -> Iterator[Callable[[], None]]:
    """Draw a bar while *count* files are read; *done* returns how many have been started."""
    if not _is_seen(color):
        yield _nothing
        return
    with _drawn(_Bar(f"reading {count:,} files", count, done)) as stop:
        yield stop


@contextmanager
def _drawn(bar: "_Bar") -> Iterator[Callable[[], None]]:
    bar.start()
    try:
        yield bar.stop
    finally:
        bar.stop()


def _nothing() -> None:
    pass


def _is_wanted(file: IO[bytes], color: str) -> bool:
    """Whether a bar would be seen, and nobody is typing the input."""
    return _is_seen(color) and not file.isatty()


def _is_seen(color: str) -> bool:
    wanted = "auto" if color == "always" else color
    return sys.stderr.isatty() and is_wanted(wanted, sys.stderr) and has_rich()


class _Bar(threading.Thread):
    def __init__(self, what: str, size: int | None, done: Callable[[], int | None]) -> None:
        super().__init__(daemon=True)
        self._what = what
        self._size = size
        self._done = done
        self._over = threading.Event()

    def stop(self) -> None:
        self._over.set()
        if self.is_alive() and threading.current_thread() is not self:
            self.join()

    def run(self) -> None:
        """Wait, then draw until `stop` is called."""
        if self._over.wait(_PATIENCE):
            return
        # Imported here because rich is an extra, slow to import and seldom needed.
        from rich.console import Console  # noqa: PLC0415 - see above
        from rich.progress import (  # noqa: PLC0415 - see above
            BarColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        size = self._size
        console = Console(file=sys.stderr)
        words = TextColumn("{task.description}", markup=False)
        columns = (words, BarColumn(bar_width=20), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
            task = progress.add_task(self._what, total=size)
            while not self._over.wait(_EVERY):
                done = self._done()
                # After the last byte comes parsing, which takes an unknown time.
                is_known = size is not None and done is not None and done < size
                progress.update(task, completed=done or 0, total=size if is_known else None)


def _size(file: int) -> int | None:
    status = os.fstat(file)
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _read_so_far(file: int) -> int | None:
    try:
        return os.lseek(file, 0, os.SEEK_CUR)
    except OSError:  # a pipe
        return None
