"""The command line: ``discourse`` or ``python -m discourse``.

Exit status: 0 all is well; 1 `check` found problems; 2 the command line is wrong; 3 an input cannot
be read or an output cannot be written; 130 interrupted. Every error is one sentence on stderr.
"""

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from . import formats, json, metrics, render
from .errors import DiscourseError, ParseError
from .formats import Reading
from .model import Status
from .render import clean
from .thread import Thread

_LOSSES_SHOWN = 5
_OK, _PROBLEMS, _USAGE, _UNREADABLE, _INTERRUPTED = 0, 1, 2, 3, 130

_EXAMPLES = """\
examples:
  discourse demo
  discourse show page.txt
  discourse show --depth 1 --lines 2 page.txt
  curl -s ... | extract-text | discourse show -
  discourse convert page.txt -o page.json
  discourse check page.txt || echo "look at the problems above"

exit status:
  0 all is well, 1 check found problems, 2 the command line is wrong,
  3 something cannot be read or written, 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    _make_printable()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of a pipe, such as head, has seen enough; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _OK
    except MemoryError:
        print("discourse: this takes more memory than there is", file=sys.stderr)
        return _UNREADABLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (DiscourseError, OSError) as error:
        print(f"discourse: {_sentence(error)}", file=sys.stderr)
        return _UNREADABLE


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, DiscourseError):
        name = f": {error.filename}" if error.filename is not None else ""
        return clean(f"{error.strerror or error}{name}")
    return clean(str(error))


def _make_printable() -> None:
    """Write what the terminal's encoding cannot as escapes, instead of failing half-way.

    A stream that is closed already, as with ``>&-``, is replaced by one that takes everything.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - till the end
        elif hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are safe to print, whatever was on the command line."""

    def error(self, message: str) -> NoReturn:
        super().error(clean(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="discourse",
        description="Look at, convert and check online discussions.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"discourse-model {_version()}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="show what the library does, on an invented page")
    demo.set_defaults(run=_demo)
    show = _add(commands, "show", _show, "draw the threads in a file as trees")
    show.add_argument("--width", type=_width, help="columns to keep within (default: the terminal)")
    show.add_argument("--depth", type=_count, help="draw no deeper comments; 0 is the top level")
    show.add_argument("--lines", type=_count, help="draw so many lines of each text")
    convert = _add(commands, "convert", _convert, "write the thread in a file in another format")
    convert.add_argument("-o", "--output", default="-", metavar="OUT", help="a file; - is stdout")
    convert.add_argument("--to", metavar="FORMAT", help="the format to write (default: by suffix)")
    _add(commands, "stats", _stats, "tell the numbers of the threads in a file")
    _add(commands, "check", _check, "list the problems of a file, and exit with 1 if there are any")
    return parser


def _version() -> str:
    try:
        return version("discourse-model")
    except PackageNotFoundError:
        return "that is not installed"


def _add(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    help: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help, description=help.capitalize() + ".")
    command.add_argument("file", metavar="FILE", help="the file to read; - is standard input")
    command.add_argument("--format", metavar="NAME", help="the format of FILE (default: detected)")
    command.set_defaults(run=run)
    return command


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError
    return value


_count.__name__ = "count"  # argparse puts it in its message


def _width(text: str) -> int:
    value = int(text)
    if value < 20:
        raise ValueError
    return value


_width.__name__ = "width (at least 20)"


def _read(options: argparse.Namespace) -> Reading:
    if options.file != "-":
        return formats.read(options.file, options.format)
    if sys.stdin is None:
        raise ParseError("there is no standard input: it is closed")
    return formats.read(sys.stdin.buffer, options.format)


def _show(options: argparse.Namespace) -> int:
    reading = _read(options)
    width = options.width or max(shutil.get_terminal_size().columns, 20)
    for thread in reading.threads:
        drawn = render.text(thread, width=width, max_depth=options.depth, max_lines=options.lines)
        print(drawn)
    _tell(reading)
    return _OK


def _tell(reading: Reading) -> None:
    """Say on stderr what is not in the output, so that nothing is lost in silence."""
    if not reading.threads:
        print("discourse: no thread in this input", file=sys.stderr)
    if reading.problems:
        count = len(reading.problems)
        print(f"discourse: {count} problem(s); see discourse check", file=sys.stderr)


def _convert(options: argparse.Namespace) -> int:
    reading = _read(options)
    threads = reading.threads
    if options.output != "-":
        lost = formats.write(threads, options.output, options.to)
    else:
        text, lost = formats.serialize(threads, options.to or "json")
        _put(text)
    for problem in lost[:_LOSSES_SHOWN]:
        print(f"discourse: {clean(str(problem))}", file=sys.stderr)
    if len(lost) > _LOSSES_SHOWN:
        print(f"discourse: ... and {len(lost) - _LOSSES_SHOWN} more", file=sys.stderr)
    _tell(reading)
    return _OK


def _put(text: str) -> None:
    """Write data: UTF-8 where it goes to a file or a pipe, made harmless where a person reads."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(clean(text))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def _stats(options: argparse.Namespace) -> int:
    reading = _read(options)
    for thread in reading.threads:
        print("\n".join(_numbers(thread)))
    _tell(reading)
    return _OK


def _numbers(thread: Thread) -> list[str]:
    """Return the summary of a thread as lines, below the title and what was taken away."""
    title = thread.article.title if thread.article is not None else None
    lines = [render.one_line(title), ""] if title else []
    lines += str(metrics.summary(thread)).splitlines()
    taken = Counter(comment.status.value for comment in thread)
    del taken[Status.VISIBLE.value]
    return lines + [f"{status:<20} {count:>5,}" for status, count in sorted(taken.items())]


def _check(options: argparse.Namespace) -> int:
    reading = _read(options)
    for problem in reading.problems:
        print(clean(str(problem)))
    comments = sum(map(len, reading.threads))
    print(
        f"{len(reading.threads)} thread(s), {comments:,} comment(s), "
        f"{len(reading.problems)} problem(s)",
        file=sys.stderr,
    )
    return _PROBLEMS if reading.problems else _OK


def _demo(_: argparse.Namespace) -> int:
    page = resources.files(__package__).joinpath("data/demo.txt").read_text(encoding="utf-8")
    thread = formats.parse(page).thread
    text = json.dumps(thread)
    same = json.loads(text) == thread
    width = max(min(shutil.get_terminal_size().columns, 100), 40)
    print(f"An invented page, {len(page):,} characters of text, read as one value:\n")
    print(render.text(thread, width=width, max_lines=3))
    print("\nIts numbers:\n")
    print("\n".join(_numbers(thread)))
    print(
        f"\nAs JSON: {len(text.encode()):,} bytes. Read back: {'equal' if same else 'NOT EQUAL'}."
    )
    print(f"{text[: width - 1]}…")
    return _OK if same else _UNREADABLE
