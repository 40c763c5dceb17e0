"""Draw the pictures of the documentation: ``python docs/_draw.py``.

They stand in ``docs/_pictures``, so that the pages can be built without running anything, and a
test compares them with what is drawn.
"""

import contextlib
import datetime as dt
import doctest
import io
import re
import tempfile
from importlib import resources
from pathlib import Path

from discourse import Article, Author, Comment, Thread, parse, render
from discourse.query import filter as chosen
from discourse.query import matching

PICTURES = Path(__file__).parent / "_pictures"
LESSON = Path(__file__).parent / "tutorial" / "analysis.md"


def demo():
    """The thread of the page that comes with the package."""
    page = resources.files("discourse").joinpath("data", "demo.txt").read_text(encoding="utf-8")
    return parse(page).thread


def bridge():
    """The thread of the guide to drawing."""
    rows = [
        ("1", None, "Ada", 0, "At last. I have written to them since the big ice."),
        ("2", "1", "Ben", 25, "And did they answer?"),
        ("3", "2", "Ada", 40, "With a leaflet."),
        ("4", "3", "Cleo", 190, "I got a phone number, and nobody answered it."),
        ("5", None, "Dov", 75, "Why do we need a ferry at all?"),
        ("6", "5", "Ben", 110, "Because the span has to be lifted out."),
        ("7", "6", "Dov", 130, "Then let us walk over it!"),
        ("8", None, None, 260, "Two summers will be three."),
        ("9", "8", "Ada", 300, "The lighthouse was done in time."),
        ("10", "9", "Cleo", None, "It was painted in time."),
    ]
    start = dt.datetime(2024, 5, 31, 9, 5, tzinfo=dt.UTC)
    return Thread(
        Article("Harbour town to close its only bridge"),
        [
            Comment(
                id,
                parent,
                name and Author(name),
                text,
                created_at=None if minutes is None else start + dt.timedelta(minutes=minutes),
            )
            for id, parent, name, minutes, text in rows
        ],
    )


def bus():
    """The thread of the page about filtering."""
    rows = [
        ("1", None, "The bridge will close."),
        ("2", "1", "Is there a bus?"),
        ("3", "2", "Who knows."),
        ("4", "3", "I do: no bus."),
        ("5", None, "I shall swim."),
        ("6", "5", "I take the bus."),
        ("7", "5", "In winter?"),
        ("8", None, "At last."),
    ]
    return Thread(None, [Comment(id, parent, None, text) for id, parent, text in rows])


def lesson():
    """Return the pictures that the examples of the lesson write, by name."""
    blocks = re.findall(r"```python\n(.*?)```", LESSON.read_text(encoding="utf-8"), re.DOTALL)
    parser = doctest.DocTestParser()
    names = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        for block in blocks:
            examples = [example.source for example in parser.get_examples(block)]
            exec("".join(examples) or block, names)  # noqa: S102 - the page is ours
        return {path.stem: path.read_text(encoding="utf-8") for path in Path().glob("*.svg")}


def pictures():
    """Return the pictures, and what a notebook shows, by the names of their files."""
    found = {
        "demo-tree": render.svg(demo()),
        "demo-radial": render.svg(demo(), layout="radial"),
        "bridge-tree": render.svg(bridge()),
        "bridge-timeline": render.timeline(bridge()),
        "filter-all": render.svg(bus()),
    } | lesson()
    for keep in ("ancestors", "promote", "whole"):
        found[f"filter-{keep}"] = render.svg(chosen(bus(), matching("bus"), keep=keep))
    files = {f"{name}.svg": picture for name, picture in found.items()}
    return files | {"notebook.html": bridge()._repr_html_() + "\n"}


def main():
    for name, picture in pictures().items():
        (PICTURES / name).write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
