"""The frame of a picture: the document, its accessible names, heading and legend."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from ...thread import Thread
from .._inline import Svg
from .._wording import many
from ._palette import OTHERS, STYLE, role
from ._participants import Cast
from ._text_fit import BOLD, breadth, escaped, fit

MARGIN = 24
HEADING = 76
"""The height of the heading, including the margin above it."""

_FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
_LETTER = 12
_BATCH = 400


class Drawing(NamedTuple):
    """A part of a picture that is placed where there is room."""

    width: float
    height: float
    parts: Callable[[float, float], Iterator[str]]
    """A function from the left and top to the elements."""


def document(
    kind: str, size: tuple[float, float], title: str, description: str, parts: Iterable[str]
) -> Svg:
    """Return the complete SVG document. It runs nothing and loads nothing.

    Args:
        kind: A word with which all ids in the document start.
        size: The width and height.
        title: The accessible name, not escaped.
        description: What the picture shows, in words and numbers, not escaped.
        parts: The elements, in order.
    """
    width, height = map(number, size)
    name = f"discourse-{kind}"
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    named = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    font = f'font-family="{_FONT}" font-size="{_LETTER}"'
    return Svg(
        "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {box} {named} {font}>',
                f'<title id="{name}-title">{escaped(title)}</title>',
                f'<desc id="{name}-desc">{escaped(description)}</desc>',
                f"<style>{STYLE}</style>",
                f'<rect {role("ground")} width="100%" height="100%" fill="currentColor"/>',
                *parts,
                "</svg>\n",
            )
        )
    )


def number(value: float) -> str:
    """Return a number of pixels rounded to hundredths, without trailing zeros.

    >>> number(12.0), number(0.304), number(-0.001)
    ('12', '0.3', '0')
    """
    rounded = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if rounded in {"-0", ""} else rounded


def words(x: float, y: float, text: str, *, look: str = "ink", more: str = "") -> str:
    place = f'x="{number(x)}" y="{number(y)}"'
    return f'<text {role(look)} {place} fill="currentColor"{more}>{text}</text>'


def rect(paint: str, box: tuple[float, float, float, float], radius: float, more: str = "") -> str:
    """Return a rectangle with round corners, for a box of x, y, width and height."""
    x, y, width, height = map(number, box)
    place = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{number(radius)}"'
    return f"<rect {paint} {place}{more}/>"


def group(attributes: str, moves: Iterable[str]) -> Iterator[str]:
    """Yield an element around paths."""
    yield f"<g {attributes}>"
    yield from paths(moves)
    yield "</g>"


def paths(moves: Iterable[str]) -> Iterator[str]:
    """Yield path elements with so many moves each. Some programs are slow with longer ones."""
    moves = iter(moves)
    while batch := "".join(islice(moves, _BATCH)):
        yield f'<path d="{batch}"/>'


def title_of(thread: Thread) -> str:
    """Return the title of the discussion."""
    if thread.article is None:
        return "Discussion"
    return thread.article.title or "(untitled)"


def heading(thread: Thread, cast: Cast, width: float, more: str) -> Iterator[str]:
    """Yield the title and, below it, the numbers of comments and people, and *more*."""
    people = len(cast.ranked)
    facts = (many(len(thread), "comment"), people and many(people, "person", "people"), more)
    line = " · ".join(fact for fact in facts if fact)
    room = width - 2 * MARGIN
    title = fit(title_of(thread), room / 16 / BOLD)
    yield words(MARGIN, MARGIN + 12, title, more=' font-size="16" font-weight="600"')
    yield words(MARGIN, MARGIN + 32, fit(line, room / _LETTER), look="soft")


class Legend:
    """The meaning of the colours, wrapped to a width."""

    def __init__(self, cast: Cast, width: float, *, rings: bool) -> None:
        rows = [
            (f"p{place}", f"{cast.names[key]} ({count:,})")
            for place, (key, count) in enumerate(cast.coloured)
        ]
        rest = len(cast.ranked) - len(cast.coloured)
        if rest:
            written = sum(count for _, count in cast.ranked[len(cast.coloured) :])
            who = many(rest, "other" if rows else "person", "others" if rows else "people")
            rows.append((f"p{OTHERS}", f"{who} ({written:,})"))
        if cast.unknown:
            rows.append(("open" if rings else "soft", f"unknown author ({cast.unknown:,})"))
        if cast.missing:
            rows.append(("missing", f"missing ({cast.missing:,})"))
        self._places: list[tuple[float, float, str, str]] = []
        x, y = float(MARGIN), 0.0
        for look, text in rows:
            shown = fit(text, 18)
            step = 32 + breadth(text, 18) * _LETTER
            if x > MARGIN and x + step > width - MARGIN:
                x, y = float(MARGIN), y + 20
            self._places.append((x, y, look, shown))
            x += step
        self.height = y + 28 if rows else 8.0

    def parts(self, top: float) -> Iterator[str]:
        """Yield the marks and their labels, from *top* down."""
        for x, y, look, shown in self._places:
            yield mark(x + 5, top + y + 8, 5, look)
            yield words(x + 16, top + y + 12, shown, look="soft")


def mark(x: float, y: float, radius: float, look: str) -> str:
    """Return the mark of a comment: a dot, a ring (unknown author) or a small dot (placeholder)."""
    place = f'cx="{number(x)}" cy="{number(y)}"'
    if look == "open":
        thin = f'r="{number(radius * 0.78)}" fill="none" stroke="currentColor"'
        return f'<circle {role("soft")} {place} {thin} stroke-width="{number(radius * 0.4)}"/>'
    if look == "missing":
        return f'<circle {role("line")} {place} r="{number(radius * 0.6)}" fill="currentColor"/>'
    return f'<circle {role(look)} {place} r="{number(radius)}" fill="currentColor"/>'
