"""What a command is: the record by which the parser knows it, and the statuses it ends with."""

import argparse
from collections.abc import Callable, Mapping

import attrs

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
