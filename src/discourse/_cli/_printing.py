"""What commands write: results to stdout, and what there is to say about them to stderr."""

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
"""What an argument of Python is called that is an option here."""


def make_printable() -> None:
    """Write what the terminal's encoding cannot as escapes, instead of failing half-way.

    Where they are closed already, as with ``>&-``, stderr takes everything, and stdout nothing.
    """
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - till the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Closed(io.StringIO):
    """A standard output that is closed: what is written to it would be lost."""

    def write(self, text: str, /) -> int:  # noqa: ARG002 - it refuses everything
        raise OSError("there is no standard output: it is closed")


def say(line: str) -> None:
    """Write a line of the result; what of it comes from outside must be clean."""
    sys.stdout.write(f"{line}\n")


def counted(number: int, what: str) -> str:
    """Return a number and what is counted, in the singular or the plural."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def tell(message: str) -> None:
    """Write what there is to say about the result."""
    with suppress(OSError):  # there is nobody left to tell
        print(f"discourse: {clean(message)}", file=sys.stderr)  # noqa: T201 - a command line prints


def tell_some(messages: list[str]) -> None:
    """Write the first of many things to say, and how many more there are."""
    for message in messages[:_SHOWN]:
        tell(message)
    if len(messages) > _SHOWN:
        tell(f"... and {len(messages) - _SHOWN:,} more")


def put(text: str) -> None:
    """Write data: UTF-8 where it goes to a file or a pipe, made harmless where a person reads."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(clean(text))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def put_json(value: object) -> None:
    put(json.dumps(value, ensure_ascii=sys.stdout.isatty(), separators=(", ", ": ")) + "\n")


def columns() -> int:
    """Return how wide the terminal is; 80 columns where there is none."""
    return max(shutil.get_terminal_size().columns, 20)


def sentence(error: Exception) -> str:
    """Return what to say about an error, in the words of the command line."""
    if isinstance(error, DiscourseError):
        return clean(_FORMAT.sub(_option, str(error)))
    if isinstance(error, OSError):
        name = f": {error.filename}" if error.filename is not None else ""
        return clean(f"{error.strerror or error}{name}")
    return clean(str(error))


def _option(argument: re.Match[str]) -> str:
    """Return the option in place of an argument of Python."""
    name = {"": " NAME; discourse formats lists them", ",": ","}.get(argument[2], f" {argument[2]}")
    return f"{argument[1]}--from{name}"


def is_broken_pipe(error: Exception) -> bool:
    """Whether nobody reads any more what is written; Windows has its own way to say so."""
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
    """Let what could not be written go, about which Python would complain at its exit."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
