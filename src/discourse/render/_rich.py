"""What rich prints of a value: a thread as a tree in colour, a result as text.

Nothing is read as the markup of rich: somebody may be called ``[red]``.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import attrs

from .._terminal.tree import LEAST_WIDTH, STYLES, cut_pieces, tree_lines
from ..model import Comment
from ..thread import Thread

if TYPE_CHECKING:
    from rich.text import Text

_LINES, _LINES_OF_TEXT = 200, 5
"""How many lines are printed of a thread, and of each of its texts."""
_HEADING = 2
"""How many lines precede the first comment of a thread without an article."""


def lines_of(value: object, width: int) -> "Iterator[Text]":
    """Yield what rich prints of a value."""
    from rich.text import Text  # noqa: PLC0415 - an extra

    if isinstance(value, Comment):
        thread, first, last = Thread(None, [attrs.evolve(value, parent_id=None)]), _HEADING, None
    elif isinstance(value, Thread):
        thread, first, last = value, 0, _LINES
    else:
        yield Text(str(value))
        return
    lines = tree_lines(thread, max(width, LEAST_WIDTH), None, _LINES_OF_TEXT, cut_pieces)
    for line in islice(lines, first, last):
        styled = [(text, STYLES.get(kind, "")) for text, kind in line]
        yield Text.assemble(*styled, no_wrap=True)
    if next(lines, None) is not None:
        yield Text("…")
