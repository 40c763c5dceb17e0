"""``discourse demo``: what the library does, on an invented page."""

import argparse
from importlib import resources

from .. import formats, json, render
from ._command import OK, UNREADABLE, Command
from ._printing import columns, put, say
from ._stats import numbers


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--page", action="store_true", help="print the text of the page itself, and nothing else"
    )


def page() -> str:
    root = resources.files(__package__.rpartition(".")[0])
    return root.joinpath("data/demo.txt").read_text(encoding="utf-8")


def _run(options: argparse.Namespace) -> int:
    text = page()
    if options.page:
        put(text)
        return OK
    thread = formats.parse(text).thread
    document = json.dumps(thread)
    same = json.loads(document) == thread
    width = max(min(columns(), 100), 40)
    say(f"An invented page, {len(text):,} characters of text, read as one value:\n")
    say(render.text(thread, width=width, max_lines=3))
    say("\nIts numbers:\n")
    say("\n".join(numbers(thread)))
    is_same = "equal" if same else "NOT EQUAL"
    say(f"\nAs JSON: {len(document.encode()):,} bytes. Read back: {is_same}.")
    say(f"{document[: width - 1]}…")
    return OK if same else UNREADABLE


COMMAND = Command(
    description="""\
Show what the library does, on an invented page: the text as a tree, its numbers, and its JSON.

With --page, the text of the page is printed, to try the other commands on.
""",
    examples=(
        ("See what this is about", "discourse demo"),
        ("Get the page", "discourse demo --page > page.txt"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
