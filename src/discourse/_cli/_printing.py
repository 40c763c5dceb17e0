"""Print results to stdout and messages to stderr."""

import errno
import io
import json
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from .._io.files import replacing
from .._terminal.columns import clean
from ..errors import DiscourseError
from ..formats._registry import THEIR_LIST

_SHOWN = 5

_FORMAT = re.compile(rf"\b(say (?:which with )?)format=(?:; {re.escape(THEIR_LIST)})?(\S?)")
"""The Python argument ``format`` in an error, which is an option here."""


def make_printable() -> None:
    """Escape characters that the terminal cannot encode, instead of failing.

    If the streams are closed, as with ``>&-``, writing to stderr does nothing, and to stdout fails.
    """
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until exit
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Closed(io.StringIO):
    """A closed standard output, which refuses what would be lost."""

    def write(self, text: str, /) -> int:  # noqa: ARG002 - it refuses everything
        raise OSError("standard output is closed")


def say(line: str) -> None:
    """Write a line of the result; untrusted parts of it must be clean."""
    sys.stdout.write(f"{line}\n")


def counted(number: int, what: str) -> str:
    """Return a number with a noun, in the singular or the plural."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def report(message: str) -> None:
    """Write a message to stderr."""
    with suppress(OSError):  # nobody is reading
        print(f"discourse: {clean(message)}", file=sys.stderr)  # noqa: T201 - a command line prints


def report_some(messages: list[str]) -> None:
    """Write the first of many messages, and how many more there are."""
    for message in messages[:_SHOWN]:
        report(message)
    if len(messages) > _SHOWN:
        report(f"... and {len(messages) - _SHOWN:,} more")


def put(text: str) -> None:
    """Write data: as UTF-8 to a file or a pipe, with control characters escaped on a terminal."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(clean(text))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def put_json(value: object) -> None:
    put(json.dumps(value, ensure_ascii=sys.stdout.isatty(), separators=(", ", ": ")) + "\n")


def columns() -> int:
    """Return the width of the terminal, or 80 without one."""
    return max(shutil.get_terminal_size().columns, 20)


def sentence(error: Exception) -> str:
    """Return the message of an error, in the terms of the command line."""
    if isinstance(error, DiscourseError):
        return clean(_FORMAT.sub(_option, str(error)))
    if isinstance(error, OSError):
        name = f": {error.filename}" if error.filename is not None else ""
        return clean(f"{error.strerror or error}{name}")
    return clean(str(error))


def _option(argument: re.Match[str]) -> str:
    """Return the option that replaces a Python argument."""
    name = {"": " NAME; discourse formats lists them", ",": ","}.get(argument[2], f" {argument[2]}")
    return f"{argument[1]}--from{name}"


def is_broken_pipe(error: Exception) -> bool:
    """Whether the reader of the output has gone, for which Windows has its own error."""
    return isinstance(error, BrokenPipeError) or (
        os.name == "nt"
        and isinstance(error, OSError)
        and error.errno == errno.EINVAL
        and error.filename is None
    )


def write_text(text: str, output: str) -> None:
    """Write a text to a file, or to standard output."""
    if output == "-":
        put(text)
    else:
        with replacing(output) as file:
            file.write(text.encode())


def silence() -> None:
    """Discard output that could not be written, so Python does not complain at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
