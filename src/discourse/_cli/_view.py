"""``discourse view``: write the threads in files as a web page, and open it in the browser."""

import argparse
import os
import tempfile
from pathlib import Path

from .. import render
from ._command import UNREADABLE, Command, add_choice, add_reading
from ._many_files import add_files, name_of, opened_all, status_of
from ._printing import put, report, write_text
from ._reading import refuse_same


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_choice(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="the page to write; - is standard output (default: a private temporary file)",
    )
    parser.add_argument("--title", metavar="TITLE", help="the title of the page")
    parser.add_argument("--no-open", action="store_true", help="do not open the page")


def _run(options: argparse.Namespace) -> int:
    with opened_all(options, prints=False) as threads:
        refuse_same(options.files, options.output)
        page = render.html({name_of(threads): each for each in threads}, title=options.title)
        if options.output == "-":
            put(page)
        else:
            path = _write(page, options.output)
            report(f"written to {path}")
            if not options.no_open:
                _open(path)
        threads.report()
        return status_of(threads)


def _write(page: str, output: str | None) -> Path:
    if output is not None:
        write_text(page, output)
        return Path(output).resolve()
    handle, name = tempfile.mkstemp(prefix="discourse-", suffix=".html")  # with mode 600
    with os.fdopen(handle, "wb") as file:
        file.write(page.encode())
    return Path(name)


def _open(path: Path) -> None:
    import webbrowser  # noqa: PLC0415 - it searches for browsers, which is slow

    if not webbrowser.open(path.as_uri()):
        report("cannot start a browser: open the page yourself")


COMMAND = Command(
    description="""\
Write the threads in files as a web page, and open it in the browser. A page of several threads
starts with an index. FILE may be a folder, which means all files in it, or a pattern in quotes,
such as "pages/*.json". If a file cannot be read, standard error names it, and the others are read.

The page loads nothing, and runs nothing from the texts. Without -o, it is a temporary file that
only you can read; standard error shows its path.
""",
    examples=(
        ("View a page", "discourse view page.txt"),
        ("Write it without opening it", "discourse view --no-open page.txt -o page.html"),
        ("Many files on one page", "discourse view --no-open 'p*.json' -o all.html"),
        ("In a pipe", "discourse view page.txt -o - | gzip > page.html.gz"),
    ),
    statuses={UNREADABLE: "a file cannot be read, or the page cannot be written"},
    add_arguments=_add_arguments,
    run=_run,
)
