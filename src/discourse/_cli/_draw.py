"""``discourse draw``: the thread in a file as a picture, a graph or a document, by suffix."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from .. import render
from ..errors import NotOneThreadError, ParseError
from ..thread import Thread
from ._command import OK, Command, UsageError, add_choice, add_file, at_least
from ._printing import write_text
from ._reading import in_files, opened, refuse_same

_SHAPES = ("tree", "radial", "timeline")


def _svg(thread: Thread, options: argparse.Namespace) -> str:
    if options.shape == "timeline":
        return render.timeline(thread)
    return render.svg(thread, layout=options.shape or "tree")


_KINDS: Mapping[str, Callable[[Thread, argparse.Namespace], str]] = {
    "svg": _svg,
    "dot": lambda thread, options: render.dot(thread, max_comments=options.most),
    "mmd": lambda thread, options: render.mermaid(thread, max_comments=options.most),
    "md": lambda thread, options: render.markdown(thread, max_depth=options.depth),
    "html": lambda thread, _: render.html(thread),
    "txt": lambda thread, options: render.text(thread, max_depth=options.depth),
}
"""What can be drawn, by the suffix of the file."""

_ALIASES = {"gv": "dot", "htm": "html", "markdown": "md", "mermaid": "mmd", "text": "txt"}
_FOR = {"shape": ("svg",), "most": ("dot", "mmd"), "depth": ("md", "txt")}
"""The kinds that an option is for."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_choice(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="the file to write, whose suffix says what to draw; - is standard output",
    )
    kinds = ", ".join(_KINDS)
    parser.add_argument(
        "--to", metavar="KIND", choices=list(_KINDS), help=f"what to draw, for any suffix: {kinds}"
    )
    parser.add_argument(
        "--shape",
        metavar="SHAPE",
        choices=_SHAPES,
        help="svg: a tree that grows to the right (tree, the default), one that grows outward "
        "(radial), or who spoke when (timeline)",
    )
    parser.add_argument(
        "--most",
        metavar="COUNT",
        type=at_least(0),
        help="dot, mmd: draw only so many comments, those nearest to the article",
    )
    parser.add_argument(
        "--depth",
        metavar="DEPTH",
        type=at_least(0),
        help="md, txt: draw no deeper comments; 0 is the top level",
    )


def _run(options: argparse.Namespace) -> int:
    kind = _kind(options)
    refuse_same([options.file], options.output)
    with opened(options, prints=False) as threads:
        drawable = tuple(threads)
        if not drawable:
            raise ParseError(in_files([options.file]))
        if len(drawable) != 1:
            raise NotOneThreadError(len(drawable))
        drawn = _KINDS[kind](drawable[0], options)
        drawn = drawn if drawn.endswith("\n") else drawn + "\n"
        write_text(drawn, options.output)
        threads.tell()
    return OK


def _kind(options: argparse.Namespace) -> str:
    suffix = Path(options.output).suffix.lower().removeprefix(".")
    kind = str(options.to or _ALIASES.get(suffix, suffix))
    if kind not in _KINDS:
        raise UsageError(f"say what to draw by --to or by the suffix of OUT: {', '.join(_KINDS)}")
    for option, kinds in _FOR.items():
        if getattr(options, option) is not None and kind not in kinds:
            raise UsageError(f"--{option} is for {' and '.join(kinds)}, not for {kind}")
    return kind


COMMAND = Command(
    description="""\
Draw the thread in a file as a picture, a graph or a document. The suffix of OUT says which:

  .svg          a picture of the tree, or of who spoke when (see --shape)
  .dot, .gv     a graph, for Graphviz
  .mmd          a flowchart, for Mermaid; it refuses more than 500 lines (see --most)
  .md           nested lists in Markdown
  .html         a web page (discourse view opens it as well)
  .txt          what discourse show prints, in 80 columns

What is drawn is safe to open and to publish: nothing in the texts is taken for markup.
""",
    examples=(
        ("A picture", "discourse draw page.txt -o page.svg"),
        ("A large one", "discourse draw page.json -o round.svg --shape radial"),
        ("Who spoke when", "discourse draw page.json -o when.svg --shape timeline"),
        ("A flowchart of the top of it", "discourse draw page.txt --most 100 -o page.mmd"),
        ("Markdown, in a pipe", "discourse draw page.txt --to md | cat"),
        ("One thread of many", "discourse draw threads.jsonl --thread 2 -o second.dot"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
