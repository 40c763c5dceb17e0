"""``discourse demo``: show what the library does, on an invented discussion."""

import argparse
from importlib import resources

from .. import formats, json, render
from ._command import OK, UNREADABLE, Command
from ._printing import columns, put, say
from ._stats import numbers


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--page", action="store_true", help="print only the text of the page")


def example(name: str) -> str:
    """Return a file of the package: ``demo.json``, or ``demo.txt`` as page text."""
    root = resources.files(__package__.rpartition(".")[0])
    return root.joinpath("data", name).read_text(encoding="utf-8")


def _run(options: argparse.Namespace) -> int:
    if options.page:
        put(example("demo.txt"))
        return OK
    text = example("demo.json")
    thread = formats.parse(text).thread
    document = json.dumps(thread)
    same = json.loads(document) == thread
    width = max(min(columns(), 100), 40)
    say(f"An invented Reddit page, {len(text):,} characters of JSON, read as one value:\n")
    say(render.text(thread, width=width, max_lines=3))
    say("\nIts measures:\n")
    say("\n".join(numbers(thread)))
    is_same = "equal" if same else "NOT EQUAL"
    say(f"\nAs JSON: {len(document.encode()):,} bytes. Read back: {is_same}.")
    say(f"{document[: width - 1]}…")
    return OK if same else UNREADABLE


COMMAND = Command(
    description="""\
Show what the library does, on an invented Reddit page: the discussion as a tree, its measures and
its JSON.

With --page, print the same discussion as the text of a web page, for trying the other commands.
""",
    examples=(
        ("See the demonstration", "discourse demo"),
        ("Get the page", "discourse demo --page > page.txt"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
