"""Draw a small tree with a card for each comment."""

from collections.abc import Iterator

from ...model import Comment, Status
from ...thread import Thread
from ._palette import role
from ._participants import Cast
from ._picture_frame import Drawing, number, rect, title_of, words
from ._text_fit import BOLD, broken, escaped, fit, tip, words_of
from ._tidy_layout import Shape

WIDTH, HEIGHT = 190.0, 40.0
_COLUMN, _ROW = WIDTH + 38, HEIGHT + 10
_SMALL = 11
_ROOM = (WIDTH - 22) / _SMALL  # for a line of words, in ems


def drawing(thread: Thread, cast: Cast, tree: Shape, places: list[float]) -> Drawing:
    """Return the drawing: edges, then the card of the article, then the cards of comments."""
    width, height = max(tree.depths) * _COLUMN + WIDTH, max(places) * _ROW + HEIGHT

    def parts(left: float, top: float) -> Iterator[str]:
        xs = [left + depth * _COLUMN for depth in tree.depths]
        ys = [top + place * _ROW for place in places]
        edges = "".join(_edge(tree, xs, ys, node) for node in range(1, len(xs)))
        yield f'<path {role("line")} fill="none" stroke="currentColor" stroke-width="1.5"'
        yield f' d="{edges}"/>'
        yield _box(xs[0], ys[0], f'{role("ink")} fill="currentColor"')
        yield from _two_lines(title_of(thread), xs[0], ys[0], "ground", ' font-weight="600"')
        for node, comment in enumerate(thread.comments, 1):
            yield from _card(comment, cast, cast.keys[node - 1], xs[node], ys[node])

    return Drawing(width, height, parts)


def _edge(tree: Shape, xs: list[float], ys: list[float], node: int) -> str:
    above = tree.parents[node]
    x, y = xs[above] + WIDTH, ys[above] + HEIGHT / 2
    across, fall = xs[node] - x, ys[node] - ys[above]
    half = number(across / 2)
    return (
        f"M{number(x)} {number(y)}c{half} 0 {half} {number(fall)} {number(across)} {number(fall)}"
    )


def _card(comment: Comment, cast: Cast, key: str | None, x: float, y: float) -> Iterator[str]:
    text = words_of(comment)
    yield f"<g><title>{escaped(tip(comment, text))}</title>"
    if comment.status is Status.MISSING:
        dashes = 'fill="none" stroke="currentColor" stroke-dasharray="4 3"'
        yield _box(x, y, f"{role('line')} {dashes}")
    else:
        yield _box(x, y, f'{role("card")} fill="currentColor"')
    if key is None:
        if comment.status is not Status.MISSING:
            yield _hollow_bar(x, y)
        yield from _two_lines(text, x, y, "soft", "")
    else:
        yield _bar(x, y, cast.role(key))
        yield _line(x, y + 16, fit(cast.names[key], _ROOM / BOLD), "ink", ' font-weight="600"')
        yield _line(x, y + 31, fit(text, _ROOM), "soft", "")
    yield "</g>"


def _two_lines(text: str, x: float, y: float, look: str, more: str) -> Iterator[str]:
    """Yield text that fills both lines of a card."""
    room = _ROOM / BOLD if more else _ROOM
    first, rest = broken(text, room)
    if not rest:
        yield _line(x, y + HEIGHT / 2 + 4, first, look, more)
    else:
        yield _line(x, y + 16, first, look, more)
        yield _line(x, y + 31, fit(rest, room), look, more)


def _line(x: float, y: float, text: str, look: str, more: str) -> str:
    return words(x + 12, y, text, look=look, more=f' font-size="{_SMALL}"{more}')


def _box(x: float, y: float, paint: str) -> str:
    return rect(paint, (x, y, WIDTH, HEIGHT), 6)


def _bar(x: float, y: float, look: int) -> str:
    return rect(role(f"p{look}"), (x, y + 6, 4, HEIGHT - 12), 2, ' fill="currentColor"')


def _hollow_bar(x: float, y: float) -> str:
    """Return the mark of a comment by an unknown author, like the ring of a dot."""
    box = (x + 0.5, y + 6.5, 3, HEIGHT - 13)
    return rect(role("soft"), box, 1.5, ' fill="none" stroke="currentColor"')
