"""The tree that `render.text` draws, in pieces that know what they are, for colours.

Put together, the pieces of each line are the line that `render.text` draws.
"""

from collections.abc import Iterator

from ..model import Comment, Status
from ..render._branches import twigs
from ..render._clean import cut, one_line
from ..render._text import body, facts, heading
from ..thread import Thread
from ._colour import Piece


def lines(
    thread: Thread, width: int, max_depth: int | None, max_lines: int | None
) -> Iterator[list[Piece]]:
    """Yield the lines of the drawing of *thread*."""
    has_title = thread.article is not None
    for number, line in enumerate(heading(thread, width)):
        yield [(line, "title" if has_title and not number else "dim")]
    for comment, start, inner, undrawn in twigs(thread, width, max_depth):
        yield [(start, "place"), *fitted(header(comment), width - len(start))]
        kind = "" if comment.status is Status.VISIBLE else "dim"
        for line in body(comment, width - len(inner), max_lines):
            yield [(inner, "place"), (line, kind)]
        if undrawn:
            yield [(f"{inner}… {undrawn:,} more below", "place")]


def header(comment: Comment) -> list[Piece]:
    """Return what is known of a comment beside its text, in pieces that are not clean yet."""
    return [piece for fact in facts(comment) for piece in ((" · ", "dim"), fact)][1:]


def fitted(pieces: list[Piece], width: int) -> list[Piece]:
    """Return pieces that are clean, on one line, and cut to a width."""
    line = cut("".join(text for text, _ in pieces), width)
    left = len(line) - line.endswith("…")
    made: list[Piece] = []
    for text, kind in pieces:
        clean = " · " if text == " · " else one_line(text)
        made.append((clean[:left], kind))
        left -= len(made[-1][0])
    if line.endswith("…"):
        made.append(("…", "dim"))
    # White space between and around pieces may make one of several; then there are no colours.
    return made if "".join(text for text, _ in made) == line else [(line, "")]
