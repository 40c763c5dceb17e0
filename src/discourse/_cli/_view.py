"""``discourse view``: the threads in a file as a web page, opened in the browser."""

import argparse
import os
import tempfile
from pathlib import Path

from .. import render
from ._command import OK, Command, add_choice, add_file
from ._printing import put, tell, write_text
from ._reading import opened, refuse_same


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_choice(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="the page to write; - is standard output (default: a temporary file of your own)",
    )
    parser.add_argument("--title", metavar="TITLE", help="the title of the page")
    parser.add_argument("--no-open", action="store_true", help="write the page and do not open it")


def _run(options: argparse.Namespace) -> int:
    refuse_same([options.file], options.output)
    with opened(options, prints=False) as threads:
        page = render.html(tuple(threads), title=options.title)
        if options.output == "-":
            put(page)
        else:
            path = _write(page, options.output)
            tell(f"written to {path}")
            if not options.no_open:
                _open(path)
        threads.tell()
    return OK


def _write(page: str, output: str | None) -> Path:
    if output is not None:
        write_text(page, output)
        return Path(output).resolve()
    handle, name = tempfile.mkstemp(prefix="discourse-", suffix=".html")  # of mode 600
    with os.fdopen(handle, "wb") as file:
        file.write(page.encode())
    return Path(name)


def _open(path: Path) -> None:
    import webbrowser  # noqa: PLC0415 - it looks for browsers, which takes a while

    if not webbrowser.open(path.as_uri()):
        tell("no browser could be started: open the page yourself")


COMMAND = Command(
    description="""\
Write the threads in a file as a web page, and open it in the browser.

The page stands alone: it loads nothing from anywhere, and nothing of the texts can run in it. It is
written to a temporary file that only you can read, unless -o says where, and told on standard
error.
""",
    examples=(
        ("Look at a page", "discourse view page.txt"),
        ("Write it for others", "discourse view --no-open page.txt -o page.html"),
        ("In a pipe", "discourse view page.txt -o - | gzip > page.html.gz"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
