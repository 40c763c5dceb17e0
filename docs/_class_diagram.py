"""Draw the classes of the model: ``python docs/_class_diagram.py`` writes both pictures anew.

What stands in a box comes from the classes themselves; only where the boxes stand is written here.
A test compares the pictures with what this makes.
"""

import sys
from html import escape
from pathlib import Path
from types import NoneType
from typing import get_args, get_origin

import attrs

from discourse import Article, Author, Comment, Source, Status, Stub, StubKind, TextFormat, Thread

FOLDER = Path(__file__).parent / "_pictures"

#: Paper, ink, faint ink, box, head of a box, line.
COLOURS = {
    "light": ("#ffffff", "#1b1f24", "#57606a", "#ffffff", "#dfe9f5", "#44618b"),
    "dark": ("#131416", "#e6e8eb", "#a3abb5", "#1b1e22", "#26384f", "#8fb1de"),
}

_ROW, _HEAD, _WIDE = 19, 26, 286
_LEFT, _MIDDLE, _RIGHT = 34, 400, 766
_PLACES = {
    Thread: (_LEFT, 20),
    Stub: (_LEFT, 190),
    Source: (_LEFT, 360),
    Article: (_MIDDLE, 20),
    Comment: (_MIDDLE, 360),
    Author: (_RIGHT, 20),
    Status: (_RIGHT, 230),
    TextFormat: (_RIGHT, 410),
    StubKind: (_RIGHT, 571),
}
_SIZE = (_RIGHT + _WIDE + 20, 768)

_HEAD_OF_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" '
    'height="{tall}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">'
)
_ARROWHEAD = (
    '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><path d="M0 0L8 4L0 8z" fill="{line}"/></marker></defs>'
)

#: Fields that hold the id of a comment.
_POINTERS = [(Comment, "parent_id"), (Stub, "parent_id")]


def _name(kind):
    """A type as it is written in a box: ``?`` stands for *or unknown*."""
    known = [part for part in get_args(kind) if part is not NoneType]
    if get_origin(kind) in {tuple, frozenset}:
        return f"{get_origin(kind).__name__} of {_name(get_args(kind)[0])}"
    if NoneType in get_args(kind):
        return " | ".join(_name(part) for part in known) + "?"
    return kind.__name__


def _rows(cls):
    """The lines of a box."""
    if attrs.has(cls):
        return [(field.name, _name(field.type)) for field in attrs.fields(cls) if field.init]
    return [(word.value, "") for word in cls]


def _edges():
    """Every field that holds values of another class of the picture, and of which."""
    for cls in filter(attrs.has, _PLACES):
        for field in attrs.fields(cls):
            parts = {field.type, *get_args(field.type)}
            yield from ((cls, field.name, other) for other in _PLACES if other in parts)


def _row_y(cls, name):
    names = [row[0] for row in _rows(cls)]
    return _PLACES[cls][1] + _HEAD + _ROW * names.index(name) + _ROW // 2


def _box(cls, colours):
    _, ink, faint, box, head, line = colours
    x, y = _PLACES[cls]
    rows = _rows(cls)
    tall = _HEAD + _ROW * len(rows) + 6
    yield f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{tall}" rx="5" fill="{box}"/>'
    yield (
        f'<path d="M{x} {y + _HEAD}v{5 - _HEAD}a5 5 0 0 1 5 -5h{_WIDE - 10}'
        f'a5 5 0 0 1 5 5v{_HEAD - 5}z" fill="{head}"/>'
    )
    whole = f'x="{x}" y="{y}" width="{_WIDE}" height="{tall}" rx="5"'
    yield f'<rect {whole} fill="none" stroke="{line}"/>'
    title = cls.__name__ if attrs.has(cls) else f"{cls.__name__}: one of"
    yield f'<text x="{x + 10}" y="{y + 18}" fill="{ink}" font-weight="bold">{title}</text>'
    for number, (name, kind) in enumerate(rows):
        at = y + _HEAD + _ROW * number + 15
        yield f'<text x="{x + 10}" y="{at}" fill="{ink}">{escape(name)}</text>'
        if kind:
            yield (
                f'<text x="{x + _WIDE - 10}" y="{at}" fill="{faint}" text-anchor="end">'
                f"{escape(kind)}</text>"
            )


def _arrow(cls, name, other, number):
    """A line from a field to the box it is about, round the boxes in between."""
    (x, _), (to, top) = _PLACES[cls], _PLACES[other]
    start, end = _row_y(cls, name), top + 5 + 5 * number
    if to > x:  # to the next column
        turn = to - 14 - 6 * number
        return f"M{x + _WIDE} {start}H{turn}V{end}H{to - 5}"
    turn = x - 10 - 6 * number  # in the same column, on its left
    return f"M{x} {start}H{turn}V{end}H{to - 5}"


def draw(mode):
    """The picture as text, for the mode ``light`` or ``dark``."""
    paper, ink, _, _, _, line = COLOURS[mode]
    wide, tall = _SIZE
    lines = [
        _HEAD_OF_PICTURE.format(wide=wide, tall=tall),
        "<title>The classes of the model</title>",
        f'<rect width="{wide}" height="{tall}" fill="{paper}"/>',
        _ARROWHEAD.format(line=line),
    ]
    edges = [edge for edge in _edges() if attrs.has(edge[2])]
    edges += [(cls, name, Comment) for cls, name in _POINTERS]
    for number, (cls, name, other) in enumerate(edges):
        dashes = ' stroke-dasharray="4 3"' if (cls, name) in _POINTERS else ""
        path = _arrow(cls, name, other, number % 5)
        lines.append(
            f'<path d="{path}" fill="none" stroke="{line}"{dashes} marker-end="url(#to)"/>'
        )
    for cls in _PLACES:
        lines += _box(cls, COLOURS[mode])
    words = "? may be unknown (None)   ⟶ holds   ⇢ names by its id"
    lines.append(f'<text x="{_LEFT}" y="{tall - 14}" fill="{ink}">{words}</text>')
    return "\n".join([*lines, "</svg>", ""])


def pictures():
    """The path of each picture, and what is to stand there."""
    return {FOLDER / f"class-diagram-{mode}.svg": draw(mode) for mode in COLOURS}


def main():
    for path, text in pictures().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
