"""The tree that `render.text` draws, in pieces that know what they are, for colours.

Put together, the pieces of each line are the line that `render.text` draws.
"""

from collections.abc import Iterator

from ..model import Comment, Status
from ..render._clean import cut, one_line
from ..render._text import LEAST, STEP, body, heading, stamp
from ..thread import Thread
from ._colour import Piece


def lines(
    thread: Thread, width: int, max_depth: int | None, max_lines: int | None
) -> Iterator[list[Piece]]:
    """Yield the lines of the drawing of *thread*."""
    has_title = thread.article is not None
    for number, line in enumerate(heading(thread, width)):
        yield [(line, "title" if has_title and not number else "dim")]
    cap = max(1, (width - LEAST) // STEP)
    rails: list[str] = []  # what each level of the branch draws before everything below it
    ends: list[int] = []  # where the subtree of each comment on the branch ends
    for comment in thread.walk(max_depth=max_depth):
        at, depth = thread.position(comment), thread.depth(comment)
        end = at + thread.size(comment)
        del rails[depth:], ends[depth:]
        last = end == (ends[-1] if ends else len(thread))
        before = "".join(rails[:cap])
        corner, rail = ("└─ ", "   ") if last else ("├─ ", "│  ")
        if depth >= cap:  # no further in
            corner, rail = f"[{depth}] ", ""
        rails.append(rail)
        ends.append(end)
        room = width - len(before) - len(corner)
        yield [(before + corner, "place"), *fitted(header(comment), room)]
        inner = before + (rail or "  ")
        kind = "" if comment.status is Status.VISIBLE else "dim"
        for line in body(comment, width - len(inner), max_lines):
            yield [(inner, "place"), (line, kind)]
        if max_depth is not None and depth >= max_depth and end - at > 1:
            yield [(f"{inner}… {end - at - 1:,} more below", "place")]


def header(comment: Comment) -> list[Piece]:
    """Return what is known of a comment beside its text, in pieces that are not clean yet."""
    author, score = comment.author, comment.score
    parts = [(comment.id, "id")]
    if author is not None:
        parts.append((author.display_name or author.name or author.id or "?", "author"))
    if comment.created_at is not None:
        parts.append((stamp(comment.created_at), "time"))
    if score is not None:
        parts.append((f"{score:+}", "negative" if score < 0 else "positive"))
    if comment.status is not Status.VISIBLE:
        parts.append((f"({comment.status.value})", "status"))
    parts += [(f"#{tag}", "tag") for tag in sorted(comment.tags)]
    return [piece for part in parts for piece in ((" · ", "dim"), part)][1:]


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
