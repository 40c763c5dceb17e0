"""Provide `text`, a thread drawn as a tree of plain characters."""

from .._expect import expect_thread
from .._terminal.tree import LEAST_WIDTH, tree_lines
from ..errors import FieldError
from ..thread import Thread

_WIDTH = 80


def text(
    thread: Thread,
    *,
    width: int | None = None,
    max_depth: int | None = None,
    max_lines: int | None = None,
) -> str:
    """Return *thread* drawn as a tree, its texts as `discourse.plain.plain_text` shows them.

    Args:
        thread: What to draw.
        width: Columns to keep within, at least 20; 80 by default.
        max_depth: Draw no deeper comments (0: the top level only); the drawing says how many are
            left out.
        max_lines: Lines of each text to draw; an ellipsis marks what is cut.

    Branches deeper than the width allows are moved in no further and show their depth, so the
    drawing of a chain is as long as its text, not its square. O(n).

    >>> print(text(Thread(Article("Bridge to close"), [
    ...     Comment("1", author=Author("Ada"), text="At last."),
    ...     Comment("2", "1", text="Why?"),
    ... ])))
    Bridge to close
    2 comments
    <BLANKLINE>
    └─ 1 · Ada
       At last.
       └─ 2
          Why?
    """
    expect_thread(thread)
    width = _WIDTH if width is None else width
    if type(width) is not int or width < LEAST_WIDTH:
        reason = f"must be None or an int of at least {LEAST_WIDTH}"
        raise FieldError("render", "text(width)", width, reason)
    lines = tree_lines(thread, width, max_depth, max_lines)
    return "\n".join("".join([piece for piece, _ in line]).rstrip() for line in lines)
