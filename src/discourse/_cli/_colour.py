"""Print lines in colour if the package ``rich`` is installed, otherwise plainly.

A line is a list of pieces, each a text and its kind. The texts are untrusted, and never read as
``rich`` markup: an author may be called ``[red]``.
"""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO

from .._terminal.columns import one_line
from .._terminal.tree import STYLES, Piece
from ._printing import report, say


def has_rich() -> bool:
    return importlib.util.find_spec("rich") is not None


def is_wanted(color: str, stream: IO[str]) -> bool:
    """Whether to print colours on *stream*, by the value of ``--color``."""
    if color != "auto":
        return color == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printer(color: str) -> Callable[[Sequence[Piece]], None] | None:
    """Return a function that prints a line in colour on stdout, or None for plain output."""
    if not is_wanted(color, sys.stdout):
        return None
    if not has_rich():
        if color == "always":
            report("no colours: python -m pip install 'discourse-model[rich]'")
        return None
    if color == "auto" and _is_old_windows():
        return None
    signs = _signs()

    def put(line: Sequence[Piece]) -> None:
        left = len("".join(text for text, _ in line).rstrip())
        coloured = []
        for text, kind in line:
            if shown := text[:left]:
                before, after = signs[kind]
                coloured.append(f"{before}{shown}{after}")
                left -= len(shown)
        say("".join(coloured))

    return put


def _is_old_windows() -> bool:
    """Whether this is a Windows console that prints escape sequences literally."""
    if os.name != "nt":
        return False
    from rich.console import detect_legacy_windows  # noqa: PLC0415 - an extra, and slow to import

    return detect_legacy_windows()


def _signs() -> dict[str, tuple[str, str]]:
    """Return the escape sequences before and after the text of each style.

    Computing them once, not for every line, makes large trees twenty times as fast.
    """
    # Imported here because it is an extra, and slow to import.
    from rich.color import ColorSystem  # noqa: PLC0415 - see above
    from rich.style import Style  # noqa: PLC0415 - see above

    signs = {"": ("", "")}
    for name, words in STYLES.items():
        marked = Style.parse(words).render("|", color_system=ColorSystem.STANDARD)
        before, _, after = marked.partition("|")
        signs[name] = (before, after)
    return signs


def print_lines(lines: Iterable[Sequence[Piece]], color: str) -> None:
    put = printer(color) or plain
    for line in lines:
        put(line)


def plain(line: Sequence[Piece]) -> None:
    say("".join(text for text, _ in line).rstrip())


def headed(number: int | None, file: str | None = None) -> Iterator[Sequence[Piece]]:
    """Yield the heading of one of several threads: a blank line, its number and its file."""
    if number is not None:
        if number > 1:
            yield [("", "")]
        of = "" if file is None else f" · {one_line(file)}"
        yield [(f"thread {number}{of}", "title")]
