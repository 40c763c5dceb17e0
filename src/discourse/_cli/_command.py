"""Provide `Command`, the exit statuses, and the arguments that several commands share."""

import argparse
from collections.abc import Callable, Mapping

import attrs

from .._terminal.tree import LEAST_WIDTH
from ..errors import shown

OK, PROBLEMS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

STATUSES = {
    OK: "success",
    USAGE: "the command line is wrong",
    UNREADABLE: "an input cannot be read or an output cannot be written",
    INTERRUPTED: "interrupted",
}
"""The exit statuses of every command, and their meanings."""


class UsageError(Exception):
    """Raised for errors on the command line that argparse does not detect."""


@attrs.frozen(kw_only=True)
class Command:
    """One command: its help, its arguments and its function."""

    description: str
    """What it does, in paragraphs."""
    examples: tuple[tuple[str, str], ...]
    """What each example does, and its command line, with files such as ``page.txt``."""
    add_arguments: Callable[[argparse.ArgumentParser], None]
    """Adds the arguments to a parser."""
    run: Callable[[argparse.Namespace], int]
    """Runs the command and returns the exit status."""
    statuses: Mapping[int, str] = attrs.field(factory=dict)
    """Exit statuses and meanings that differ from `STATUSES`."""


def at_least(least: int, what: str = "a whole number") -> Callable[[str], int]:
    """Return the type of an argument that is an integer of *least* or more."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:  # not a number, or one of thousands of digits
            value = least - 1
        if value < least:
            reason = f"must be {what}, at least {least}, not {shown(text)}"
            raise argparse.ArgumentTypeError(reason)
        return value

    return number


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for reading files."""
    parser.add_argument(
        "--format", "--from", metavar="FORMAT", help="the format of FILE (default: detected)"
    )
    parser.add_argument(
        "--zone",
        metavar="ZONE",
        help="the time zone of times that have none, such as Europe/London or +01:00",
    )
    parser.add_argument(
        "--color",
        metavar="WHEN",
        choices=["auto", "always", "never"],
        default="auto",
        help="when to print colours, and a progress bar for long reads, with the extra rich: auto "
        "(on a terminal, unless NO_COLOR is set), always or never (default: auto)",
    )


def add_width(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--width",
        metavar="COLUMNS",
        type=at_least(LEAST_WIDTH, "a number of columns"),
        help="the width of the output, at least 20 (default: that of the terminal)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"print JSON: {what}")


def add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--thread",
        metavar="N",
        type=at_least(1),
        help="use only the Nth thread of FILE, counted from 1",
    )
