"""Arguments that several commands take, and the kinds of words they accept."""

import argparse

from .._terminal.tree import LEAST_WIDTH
from ..errors import shown


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add FILE, the one to read, and what goes with it."""
    parser.add_argument("file", metavar="FILE", help="the file to read; - is standard input")
    add_reading(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", "--from", metavar="FORMAT", help="the format of FILE (default: found out)"
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
        type=width,
        help="columns to keep within, at least 20 (default: those of the terminal)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"print JSON for machines: {what}")


def add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--thread",
        metavar="N",
        type=number,
        help="take the Nth thread of FILE alone, counted from 1",
    )


def whole(text: str, least: int, what: str) -> int:
    try:
        value = int(text)
    except ValueError:  # no number, or one of thousands of digits
        value = least - 1
    if value < least:
        reason = f"must be {what} from {least}, not {shown(text)}"
        raise argparse.ArgumentTypeError(reason)
    return value


def count(text: str) -> int:
    return whole(text, 0, "a whole number")


def number(text: str) -> int:
    return whole(text, 1, "a whole number")


def width(text: str) -> int:
    return whole(text, LEAST_WIDTH, "a number of columns")
