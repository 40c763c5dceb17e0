"""The parser of the command line: the table of commands, and how their help is set.

The whole tree of arguments is built for completion alone; otherwise only those of the command that
is called, so that the others need not be imported.
"""

import argparse
import importlib
import textwrap
from collections.abc import Mapping, Sequence
from typing import NoReturn, cast

from .._terminal.columns import clean
from ._command import PROBLEMS, STATUSES, Command
from ._printing import say

SUMMARIES = {
    "demo": "show what the library does, on an invented page",
    "show": "draw the threads in files as trees, in the terminal",
    "view": "write the threads in files as a web page, and open it",
    "draw": "draw the threads in files as pictures, graphs or documents",
    "query": "list the comments that a question in words asks for",
    "convert": "write the threads in files in another format",
    "stats": "tell the numbers of the threads in files",
    "check": "list the problems of files",
    "corpus": "build, ask and check collections of many threads",
    "formats": "list the formats, and what each can do",
    "completion": "print what teaches a shell to complete these commands",
}
"""The commands, in the order of the help, and what each does in a line."""

_EXAMPLES = (
    ("See what this is about", "discourse demo"),
    ("Get its page, to try the others on", "discourse demo --page > page.txt"),
    ("Read a page", "discourse show page.txt"),
    ("See the top level only, in two lines each", "discourse show --depth 0 --lines 2 page.txt"),
    ("Read from a pipe", "cat page.txt | discourse show -"),
    ("Ask", "discourse query page.txt 'matching bus and not has-replies'"),
    ("Keep it", "discourse convert page.txt -o page.json"),
    ("See whether all of it was understood", "discourse check page.txt"),
)

_DESCRIPTION = """\
Look at, ask, draw, convert and check online discussions.

FILE is a path, or - for standard input. Its format is found out by its content; it may be packed
with gzip, Zstandard or zip. Results go to standard output, and what there is to say about them to
standard error. discourse COMMAND --help tells all about a command.
"""


def build(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser for these arguments, with what their command takes."""
    return _build(tuple(name for name in arguments[:1] if name in SUMMARIES))


def build_all() -> argparse.ArgumentParser:
    return _build(tuple(SUMMARIES))


def _build(known: Sequence[str]) -> argparse.ArgumentParser:
    statuses = {**STATUSES, PROBLEMS: "check found problems, or a file without a thread"}
    parser = Parser(
        prog="discourse",
        description=_DESCRIPTION,
        epilog=_epilog(_EXAMPLES, statuses),
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", parser_class=_CommandParser
    )
    for name, summary in SUMMARIES.items():
        if name not in known:
            commands.add_parser(name, help=summary)
            continue
        command = load(name)
        statuses = {**STATUSES, **command.statuses}
        command_parser = commands.add_parser(
            name,
            help=summary,
            description=command.description,
            epilog=_epilog(command.examples, statuses),
            formatter_class=_Formatter,
        )
        command.add_arguments(command_parser)
        command_parser.set_defaults(run=command.run)
    return parser


def load(name: str) -> Command:
    return cast("Command", importlib.import_module(f"._{name}", __package__).COMMAND)


def _epilog(examples: Sequence[tuple[str, str]], statuses: Mapping[int, str]) -> str:
    lines = ["examples:"]
    for what, line in examples:
        lines += [f"  {what}:", f"    {line}"]
    lines += ["", "exit status:"]
    lines += [f"  {status:<5}{statuses[status]}" for status in sorted(statuses)]
    return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are safe to print, whatever was on the command line."""

    def error(self, message: str) -> NoReturn:
        """Tell how the command is called, and what is wrong; leave with 2."""
        super().error(clean(message))


class _CommandParser(Parser):
    """A parser of one command, which itself refuses what it does not know, with its own usage."""

    def parse_known_args(  # type: ignore[override]  # argparse has overloads, and calls this one
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read the arguments; leave with 2 where something is left."""
        options, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return options, left


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Fills paragraphs to the width of the terminal, and leaves what is indented as it is."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n\n".join(
            part if "\n  " in part else textwrap.fill(part, width, initial_indent=indent)
            for part in text.strip().split("\n\n")
        )


class _Version(argparse.Action):
    """Prints the version, which is slow to find out, when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        from importlib.metadata import (  # noqa: PLC0415 - slow, and needed here alone
            PackageNotFoundError,
            version,
        )

        try:
            installed = version("discourse-model")
        except PackageNotFoundError:
            installed = "that is not installed"
        say(f"discourse-model {installed}")
        parser.exit()
