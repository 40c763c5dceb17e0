"""Draw the classes of the model: ``python docs/_class_diagram.py`` writes both pictures anew.

The fields in a box come from the classes themselves; this file only has the order of the boxes.
A test compares the pictures with what this makes.
"""

import sys
from collections import Counter
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

_ROW, _HEAD, _WIDE, _GAP = 19, 26, 286, 16
_LEFT, _LANE = 78, 8  # where the boxes begin; on their left each arrow has a lane

#: From top to bottom, in one column that fits on a phone.
_CLASSES = (Thread, Article, Author, Comment, Stub, Source, Status, TextFormat, StubKind)

_HEAD_OF_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" '
    'height="{tall}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">'
)
_ARROWHEAD = (
    '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><path d="M0 0L8 4L0 8z" fill="{line}"/></marker></defs>'
)

_LEGEND = ("? may be unknown (None)", "⟶ holds", "⇢ names by its id")

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
    """Every field that holds values of another class, or names one by its id, and of which."""
    for cls in filter(attrs.has, _CLASSES):
        for field in attrs.fields(cls):
            parts = {field.type, *get_args(field.type)}
            others = [other for other in _CLASSES if other in parts and attrs.has(other)]
            others += [Comment] if (cls, field.name) in _POINTERS else []
            yield from ((cls, field.name, other) for other in others)


def _tall(cls):
    return _HEAD + _ROW * len(_rows(cls)) + 6


def _top(cls):
    above = _CLASSES[: _CLASSES.index(cls)]
    return 12 + sum(_tall(each) + _GAP for each in above)


def _box(cls, colours):
    _, ink, faint, box, head, line = colours
    x, y = _LEFT, _top(cls)
    rows = _rows(cls)
    tall = _tall(cls)
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


def _arrow(cls, name, other, lane, arrival):
    """A line from a field to the box it is about, on the left of the boxes."""
    names = [row[0] for row in _rows(cls)]
    start = _top(cls) + _HEAD + _ROW * names.index(name) + _ROW // 2
    end = _top(other) + 6 + 7 * arrival
    return f"M{_LEFT} {start}H{_LEFT - 12 - _LANE * lane}V{end}H{_LEFT - 2}"


def draw(mode):
    """The picture as text, for the mode ``light`` or ``dark``."""
    paper, ink, _, _, _, line = COLOURS[mode]
    last = _CLASSES[-1]
    wide, tall = _LEFT + _WIDE + 10, _top(last) + _tall(last) + 12 + _ROW * len(_LEGEND)
    lines = [
        _HEAD_OF_PICTURE.format(wide=wide, tall=tall),
        "<title>The classes of the model</title>",
        f'<rect width="{wide}" height="{tall}" fill="{paper}"/>',
        _ARROWHEAD.format(line=line),
    ]
    arrivals = Counter()
    for lane, (cls, name, other) in enumerate(_edges()):
        dashes = ' stroke-dasharray="4 3"' if (cls, name) in _POINTERS else ""
        path = _arrow(cls, name, other, lane, arrivals[other])
        arrivals[other] += 1
        lines.append(
            f'<path d="{path}" fill="none" stroke="{line}"{dashes} marker-end="url(#to)"/>'
        )
    for cls in _CLASSES:
        lines += _box(cls, COLOURS[mode])
    for row, words in enumerate(reversed(_LEGEND)):
        lines.append(f'<text x="{_LEFT}" y="{tall - 12 - _ROW * row}" fill="{ink}">{words}</text>')
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
