"""``discourse draw``: draw threads as pictures, graphs or documents, by suffix."""

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from .. import render
from ..errors import ParseError, shown
from ..thread import Thread
from ._command import OK, UNREADABLE, Command, UsageError, add_choice, add_reading, at_least
from ._many_files import add_files, expanded, file_of, opened_all, status_of
from ._printing import counted, report, write_text
from ._reading import Input, in_files, refuse_same

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
"""The functions that draw, by the suffix of the file."""

_ALIASES = {"gv": "dot", "htm": "html", "markdown": "md", "mermaid": "mmd", "text": "txt"}
_FOR = {"shape": ("svg",), "most": ("dot", "mmd"), "depth": ("md", "txt")}
"""The kinds that an option is for."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_choice(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="the file to write, whose suffix selects the kind; - is standard output; or the "
        "folder for several pictures",
    )
    kinds = ", ".join(_KINDS)
    parser.add_argument(
        "--to",
        metavar="KIND",
        choices=list(_KINDS),
        help=f"the kind to draw, whatever the suffix (default in a folder: svg): {kinds}",
    )
    parser.add_argument(
        "--shape",
        metavar="SHAPE",
        choices=_SHAPES,
        help="svg: a tree that grows to the right (tree, the default), one that grows outward "
        "(radial), or who commented when (timeline)",
    )
    parser.add_argument(
        "--most",
        metavar="COUNT",
        type=at_least(0),
        help="dot, mmd: draw at most COUNT comments, those nearest to the article",
    )
    parser.add_argument(
        "--depth",
        metavar="DEPTH",
        type=at_least(0),
        help="md, txt: omit deeper comments; 0 is the top level",
    )


def _run(options: argparse.Namespace) -> int:
    options.files = expanded(options.files, options.format)
    is_folder = _is_folder(options)
    kind = _kind(options, is_folder=is_folder)
    with opened_all(options, prints=False) as threads:
        if is_folder:
            return _draw_all(threads, options, kind)
        refuse_same(options.files, options.output)
        drawable = tuple(threads)
        if not drawable:
            raise ParseError(in_files(options.files))
        if len(drawable) != 1:
            raise ParseError(
                f"the input has {len(drawable):,} threads: select one with --thread N (discourse "
                "show numbers them), or draw all of them into a folder: -o NAME/"
            )
        write_text(_drawn(drawable[0], options, kind), options.output)
        threads.report()
    return OK


def _is_folder(options: argparse.Namespace) -> bool:
    """Whether OUT is a folder, which several files require."""
    output = Path(options.output)
    if output.is_dir() or options.output.endswith(("/", os.sep)):
        return True
    if len(options.files) == 1:
        return False
    if output.is_file() or output.suffix or options.output == "-":
        raise UsageError(
            f"several files are drawn into a folder: name it with -o, not {shown(options.output)}"
        )
    return True


def _draw_all(threads: Input, options: argparse.Namespace, kind: str) -> int:
    """Draw each thread into the folder, to a file named after its source."""
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    sources = {_real(name) for name in options.files}
    taken: dict[str, int] = {}
    for thread in threads:
        stem = _stem(file_of(threads) or options.files[0])
        path = str(folder / f"{_free(stem, taken)}.{kind}")
        if _real(path) in sources:
            raise UsageError(f"{path} is an input file: draw into another folder")
        write_text(_drawn(thread, options, kind), path)
    if not threads.count:
        raise ParseError(in_files(options.files))
    report(f"{counted(len(taken), 'file')} written to {folder}")
    threads.report()
    return status_of(threads)


def _real(name: str) -> str:
    return os.path.normcase(os.path.realpath(name))


def _stem(file: str) -> str:
    """Return the name of the picture of a file, without a suffix."""
    path = Path("thread" if file == "-" else file)
    return Path(path.stem if path.suffix.lower() in {".gz", ".zst"} else path.name).stem


def _free(stem: str, taken: dict[str, int]) -> str:
    """Return a name that is not *taken*, ignoring case as some systems do, and take it."""
    key = stem.casefold()
    name = stem
    while name.casefold() in taken:
        taken[key] += 1
        name = f"{stem}-{taken[key]}"
    taken[name.casefold()] = 1
    return name


def _drawn(thread: Thread, options: argparse.Namespace, kind: str) -> str:
    drawn = _KINDS[kind](thread, options)
    return drawn if drawn.endswith("\n") else drawn + "\n"


def _kind(options: argparse.Namespace, *, is_folder: bool) -> str:
    suffix = "svg" if is_folder else Path(options.output).suffix.lower().removeprefix(".")
    kind = str(options.to or _ALIASES.get(suffix, suffix))
    if kind not in _KINDS:
        raise UsageError(f"select a kind with --to or by the suffix of OUT: {', '.join(_KINDS)}")
    for option, kinds in _FOR.items():
        if getattr(options, option) is not None and kind not in kinds:
            raise UsageError(f"--{option} is for {' and '.join(kinds)}, not for {kind}")
    return kind


COMMAND = Command(
    description="""\
Draw the threads in files as pictures, graphs or documents. The suffix of OUT selects the kind:

  .svg          a picture of the tree, or of who commented when (see --shape)
  .dot, .gv     a graph for Graphviz
  .mmd          a flowchart for Mermaid, which refuses more than 500 lines (see --most)
  .md           nested lists in Markdown
  .html         a web page (discourse view also opens it)
  .txt          the output of discourse show, in 80 columns

For several files, OUT is a folder, and each thread is drawn to its own file in it: as .svg, unless
--to selects another kind, named after its source, with a number if that name is taken. The same
happens with all threads of one file if OUT is a folder or ends in a slash. FILE may be a folder,
which means all files in it, or a pattern in quotes, such as "pages/*.json". If a file cannot be
read, standard error names it, and the others are drawn.

The output is safe to open and to publish: texts are never interpreted as markup.
""",
    examples=(
        ("A picture", "discourse draw page.txt -o page.svg"),
        ("A large discussion", "discourse draw page.json -o round.svg --shape radial"),
        ("Who commented when", "discourse draw page.json -o when.svg --shape timeline"),
        ("A flowchart of the top levels", "discourse draw page.txt --most 100 -o page.mmd"),
        ("Markdown, in a pipe", "discourse draw page.txt --to md | cat"),
        ("Many threads, into a folder", "discourse draw threads.jsonl 'p*.json' -o pictures"),
        ("Only the second thread", "discourse draw threads.jsonl --thread 2 -o second.dot"),
    ),
    statuses={UNREADABLE: "a file cannot be read, or the output cannot be written"},
    add_arguments=_add_arguments,
    run=_run,
)
