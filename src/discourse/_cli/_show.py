"""``discourse show``: draw the threads in files as trees, in the terminal."""

import argparse

from .. import render
from .._terminal.tree import cut_pieces, tree_lines
from ._colour import headed, plain, printer
from ._command import UNREADABLE, Command, add_choice, add_reading, add_width, at_least
from ._many_files import add_files, file_of, opened_all, status_of
from ._printing import columns, say


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_choice(parser)
    add_width(parser)
    parser.add_argument(
        "--depth",
        metavar="DEPTH",
        type=at_least(0),
        help="omit deeper comments; 0 is the top level (default: all)",
    )
    parser.add_argument(
        "--lines",
        metavar="COUNT",
        type=at_least(0),
        help="show at most COUNT lines of each text (default: all)",
    )


def _run(options: argparse.Namespace) -> int:
    width = options.width or columns()
    put = printer(options.color)
    with opened_all(options) as threads:
        with_files = ((thread, file_of(threads)) for thread in threads)
        for (thread, file), number in threads.numbered(with_files):
            for line in headed(number, file):
                (put or plain)(line)
            if put is None:
                drawn = render.text(
                    thread, width=width, max_depth=options.depth, max_lines=options.lines
                )
                say(drawn)
                continue
            for line in tree_lines(thread, width, options.depth, options.lines, cut_pieces):
                put(line)
        threads.report()
        return status_of(threads)


COMMAND = Command(
    description="""\
Draw the threads in files as trees, in the terminal.

Each comment is a line with its id, author, time, score, status and tags, if known, and its text
below, without markup. Branches that are too deep for the width are not indented further, and show
their depth instead. Control characters in texts are escaped, so they cannot affect the terminal.

If there are several threads, each has a heading with its number, for --thread, and its file, if
there are several. FILE may be a folder, which means all files in it, or a pattern in quotes, such
as "pages/*.json". If a file cannot be read, standard error names it, and the others are read.
""",
    examples=(
        ("The whole thread", "discourse show page.txt"),
        ("The top level, two lines of each text", "discourse show --depth 0 --lines 2 page.txt"),
        ("From a pipe, in 60 columns", "gzip -c page.json | discourse show --width 60 -"),
        ("Only the second thread", "discourse show --thread 2 threads.jsonl"),
        ("In colour, a page at a time", "discourse show --color always page.txt | less -R"),
    ),
    statuses={UNREADABLE: "a file cannot be read"},
    add_arguments=_add_arguments,
    run=_run,
)
