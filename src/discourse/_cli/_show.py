"""``discourse show``: the threads in a file as trees, in the terminal."""

import argparse

from .. import render
from .._terminal.tree import cut_pieces, tree_lines
from ._colour import headed, plain, printer
from ._command import OK, Command, add_choice, add_file, add_width, at_least
from ._printing import columns, say
from ._reading import opened


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_choice(parser)
    add_width(parser)
    parser.add_argument(
        "--depth",
        metavar="DEPTH",
        type=at_least(0),
        help="draw no deeper comments; 0 is the top level (default: all)",
    )
    parser.add_argument(
        "--lines",
        metavar="COUNT",
        type=at_least(0),
        help="draw so many lines of each text (default: all)",
    )


def _run(options: argparse.Namespace) -> int:
    width = options.width or columns()
    put = printer(options.color)
    with opened(options) as threads:
        for thread, number in threads.numbered(threads):
            for line in headed(number):
                (put or plain)(line)
            if put is None:
                drawn = render.text(
                    thread, width=width, max_depth=options.depth, max_lines=options.lines
                )
                say(drawn)
                continue
            for line in tree_lines(thread, width, options.depth, options.lines, cut_pieces):
                put(line)
        threads.tell()
    return OK


COMMAND = Command(
    description="""\
Draw the threads in a file as trees, in the terminal.

Each comment is a line of what is known of it (its id, author, time, score, status and tags) and its
text below, without markup. Branches that are too deep for the width are moved in no further, and
tell their depth instead. Nothing that is printed can steer the terminal: control characters of
texts are shown as escapes.

Where FILE holds several threads, each stands below its number, which --thread takes.
""",
    examples=(
        ("All of it, as wide as the terminal", "discourse show page.txt"),
        ("The top level, two lines of each text", "discourse show --depth 0 --lines 2 page.txt"),
        ("From a pipe, in 60 columns", "gzip -c page.json | discourse show --width 60 -"),
        ("The second thread of many", "discourse show --thread 2 threads.jsonl"),
        ("In colours, a page at a time", "discourse show --color always page.txt | less -R"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
