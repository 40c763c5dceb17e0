"""Arguments that several commands take, and the kinds of words they accept."""

import argparse


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add FILE, the one to read, and what goes with it."""
    parser.add_argument("file", metavar="FILE", help="the file to read; - is standard input")
    add_reading(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options of what is read."""
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
    """Add --width."""
    parser.add_argument(
        "--width",
        metavar="COLUMNS",
        type=width,
        help="columns to keep within, at least 20 (default: those of the terminal)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help=f"print JSON for machines: {what}")


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add --thread."""
    parser.add_argument(
        "--thread",
        metavar="N",
        type=number,
        help="take the Nth thread of FILE alone, counted from 1",
    )


def count(text: str) -> int:
    """Accept a whole number from 0."""
    value = int(text)
    if value < 0:
        raise ValueError
    return value


def number(text: str) -> int:
    """Accept a whole number from 1."""
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def width(text: str) -> int:
    """Accept a number of columns in which something can be drawn."""
    value = int(text)
    if value < 20:
        raise ValueError
    return value


width.__name__ = "width (at least 20)"  # argparse puts it in its message
