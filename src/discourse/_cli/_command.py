"""What a command is, the statuses it ends with, and the arguments that several commands take."""

import argparse
from collections.abc import Callable, Mapping

import attrs

from .._terminal.tree import LEAST_WIDTH
from ..errors import shown

OK, PROBLEMS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

STATUSES = {
    OK: "all is well",
    USAGE: "the command line is wrong",
    UNREADABLE: "something cannot be read or written",
    INTERRUPTED: "interrupted",
}
"""What the exit statuses mean that every command may end with."""


class UsageError(Exception):
    """Raised for what is wrong on the command line and argparse cannot know."""


@attrs.frozen(kw_only=True)
class Command:
    """One command: its page of help, its arguments, and what it does."""

    description: str
    """What it does, in paragraphs."""
    examples: tuple[tuple[str, str], ...]
    """What each example does, and its line; the files are ``page.txt`` and the like."""
    add_arguments: Callable[[argparse.ArgumentParser], None]
    """Tells a parser the arguments."""
    run: Callable[[argparse.Namespace], int]
    """Does it, and returns the exit status."""
    statuses: Mapping[int, str] = attrs.field(factory=dict)
    """What exit statuses mean here besides `STATUSES`."""


def at_least(least: int, what: str = "a whole number") -> Callable[[str], int]:
    """Return the type of an argument that is a number from *least* on."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:  # no number, or one of thousands of digits
            value = least - 1
        if value < least:
            reason = f"must be {what} from {least}, not {shown(text)}"
            raise argparse.ArgumentTypeError(reason)
        return value

    return number


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add what goes with the files to read."""
    parser.add_argument(
        "--format", "--from", metavar="FORMAT", help="the format of FILE (default: found out)"
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
        help="colours, and a progress bar on long reads, both by the extra rich: auto (on a "
        "terminal, unless NO_COLOR is set), always or never (default: auto)",
    )


def add_width(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--width",
        metavar="COLUMNS",
        type=at_least(LEAST_WIDTH, "a number of columns"),
        help="columns to keep within, at least 20 (default: those of the terminal)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"print JSON for machines: {what}")


def add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--thread",
        metavar="N",
        type=at_least(1),
        help="take the Nth thread of FILE alone, counted from 1",
    )
