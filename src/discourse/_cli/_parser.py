"""The parser of the command line: the table of commands, and the format of their help.

Only completion needs the arguments of all commands. Otherwise the parser has only those of the
command that is called, so the others need not be imported.
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
    "query": "list the comments that match a query in words",
    "convert": "write the threads in files to another format",
    "stats": "print measures of the threads in files",
    "check": "list the problems of files",
    "corpus": "build, query and check collections of many threads",
    "formats": "list the formats, and what each can do",
    "completion": "print a completion script for a shell",
}
"""The commands, in the order of the help, with a one-line summary."""

_EXAMPLES = (
    ("See a demonstration", "discourse demo"),
    ("Save its page, for the other examples", "discourse demo --page > page.txt"),
    ("Read a page", "discourse show page.txt"),
    ("Show only the top level, two lines each", "discourse show --depth 0 --lines 2 page.txt"),
    ("Read from a pipe", "cat page.txt | discourse show -"),
    ("Find comments", "discourse query page.txt 'matching bus and not has-replies'"),
    ("Save as JSON", "discourse convert page.txt -o page.json"),
    ("List problems", "discourse check page.txt"),
)

_DESCRIPTION = """\
Show, query, draw, convert and check online discussions.

FILE is a path, or - for standard input. Its format is detected from its content. It may be
compressed with gzip, Zstandard or zip. Results go to standard output, messages to standard error.
discourse COMMAND --help describes a command.
"""


def build(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser for these arguments, which knows those of their command."""
    return _build(tuple(name for name in arguments[:1] if name in SUMMARIES))


def build_all() -> argparse.ArgumentParser:
    return _build(tuple(SUMMARIES))


def _build(known: Sequence[str]) -> argparse.ArgumentParser:
    statuses = {**STATUSES, PROBLEMS: "check found problems or a file without a thread"}
    parser = Parser(
        prog="discourse",
        description=_DESCRIPTION,
        epilog=_epilog(_EXAMPLES, statuses),
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
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
    """A parser whose errors are safe to print."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error, and exit with 2."""
        super().error(clean(message))


class _CommandParser(Parser):
    """A parser of one command, which refuses unknown arguments with its own usage."""

    def parse_known_args(  # type: ignore[override]  # argparse has overloads, and calls this one
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse the arguments; exit with 2 if some are unknown."""
        options, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return options, left


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Fills paragraphs to the width of the terminal, except indented ones."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n\n".join(
            part if "\n  " in part else textwrap.fill(part, width, initial_indent=indent)
            for part in text.strip().split("\n\n")
        )


class _Version(argparse.Action):
    """Prints the version, and looks it up only then, because that is slow."""

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
