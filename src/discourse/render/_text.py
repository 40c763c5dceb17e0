"""`text`: a thread as a tree of plain characters."""

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
    """Return *thread* drawn as a tree, with texts as from `discourse.plain.plain_text`.

    Args:
        thread: The thread.
        width: The most columns, at least 20. The default is 80.
        max_depth: The greatest depth to draw (0: the top level only). The drawing says how many
            comments are omitted.
        max_lines: The most lines of each text. An ellipsis marks a cut.

    Branches too deep for the width are not indented further and show their depth. So the size of
    the output is linear, even for a chain. O(n).

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
