"""``discourse convert``: write the threads in files to another format."""

import argparse
import codecs
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from .. import formats, json
from ..errors import ParseError, UnknownFormatError, shown
from ..formats._registry import by_suffix, named
from ..thread import Thread
from ._command import OK, UNREADABLE, Command, UsageError, add_choice, add_reading
from ._formats import list_all
from ._many_files import add_files, expanded, readable
from ._printing import put, report_some
from ._reading import (
    chosen,
    expect_format,
    in_files,
    opened,
    read_parts,
    refuse_same,
    report_counts,
)

_LINES = "jsonl"
"""The format that is written one thread at a time."""

_ELSEWHERE = {
    ("htm", "html"): "discourse view writes web pages",
    ("dot", "gv", "markdown", "md", "mermaid", "mmd", "svg"): (
        "discourse draw makes pictures, graphs and documents"
    ),
    ("ods", "xls", "xlsx"): "write a table as .csv, which spreadsheets open",
}
"""Advice for suffixes that are not formats, since the files could not be read again."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_output(parser)
    add_choice(parser)
    parser.add_argument(
        "--skip-unreadable",
        action="store_true",
        help="leave out files that cannot be read, report them, and exit with status 3",
    )
    parser.add_argument("--list", action=_List, nargs=0, help="list the formats and exit")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for writing threads."""
    parser.add_argument(
        "-o", "--output", metavar="OUT", default="-", help="the file to write; - is standard output"
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        help="the format to write (default: by the suffix of OUT; json for standard output)",
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="tables: add the column plain_text, the text without markup",
    )
    parser.add_argument(
        "--local-times",
        action="store_true",
        help="tables: add the column created_at_local, the time on the writer's clock",
    )
    parser.add_argument(
        "--encoding",
        metavar="ENCODING",
        help="text tables: the encoding of OUT; utf-8-sig is for Excel (default: utf-8)",
    )


class _List(argparse.Action):
    """Lists the formats, without requiring files."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        list_all()
        parser.exit()


def _run(options: argparse.Namespace) -> int:
    target = format_of(options)
    of_table = table_options(options, target)
    expect_format(options.format)
    options.files = expanded(options.files, options.format)
    refuse_same(options.files, options.output)
    status = OK
    if options.skip_unreadable:
        files = readable(options)
        status = OK if len(files) == len(options.files) else UNREADABLE
        if not files:
            return status
        options.files = files
    if target == _LINES and len(options.files) == 1:
        options.file = options.files[0]
        with opened(options, prints=options.output == "-") as threads:
            _write_lines(threads, options.output)
            threads.report()
        return status
    reading = read_parts(options.files, options)
    wanted = chosen(reading.threads, options.thread)
    write_threads(wanted, options.output, target, options.files, of_table)
    report_counts(len(reading.threads), len(reading.problems))
    return status


def format_of(options: argparse.Namespace) -> str:
    """Return the format to write; check it before anything is read."""
    if options.to is not None:
        return _expect_written(options.to)
    if options.output == "-":
        return "json"
    try:
        return by_suffix(options.output).name
    except UnknownFormatError:
        advice = elsewhere(options.output) or "use --to NAME (discourse formats lists them)"
        raise UsageError(
            f"the suffix of {shown(options.output, 200)} names no format: {advice}"
        ) from None


def table_options(options: argparse.Namespace, target: str) -> dict[str, object]:
    """Return the format options that only tables have."""
    names = ("plain", "local_times")
    values: dict[str, object] = {name: True for name in names if getattr(options, name)}
    if options.encoding is not None:
        values["encoding"] = options.encoding
        if options.output == "-":
            raise UsageError("--encoding needs an output file: name it with -o")
        try:
            codecs.lookup(options.encoding)
        except (LookupError, ValueError):
            raise UsageError(f"no encoding is called {shown(options.encoding)}") from None
    if values and target != "table":
        given = " and ".join(f"--{name.replace('_', '-')}" for name in values)
        raise UsageError(f"{given} is for tables (such as .csv), not for {target}")
    return values


def _expect_written(name: str) -> str:
    """Return *name* if it is a writable format; otherwise raise `UsageError`."""
    format = {each.name: each for each in formats.available()}.get(name)
    if format is None and (advice := elsewhere(f".{name}")):
        raise UsageError(f"no format is called {shown(name)}: {advice}")
    expect_format(name)
    if format is not None and not format.is_writable:
        raise UsageError(f"the format {name} can be read but not written")
    return name


def elsewhere(output: str) -> str | None:
    """Return advice for a suffix that is not a format's, or None."""
    for packed in (".gz", ".zst"):
        output = output.removesuffix(packed)
    suffix = output.lower().rpartition(".")[2]
    return next((advice for several, advice in _ELSEWHERE.items() if suffix in several), None)


def _write_lines(threads: Iterable[Thread], output: str) -> None:
    if output != "-":
        json.write_jsonl(threads, output)
        return
    for thread in threads:
        put(json.dumps(thread) + "\n")


def write_threads(
    threads: Sequence[Thread],
    output: str,
    target: str,
    names: Sequence[str],
    options: Mapping[str, object],
) -> None:
    """Write the threads of the files *names* to *output*, and report what the format loses."""
    format = named(target)
    if len(threads) != 1 and format.serialize is not None and format.serialize_all is None:
        if not threads:
            raise ParseError(in_files(names))
        raise ParseError(
            f"a {target} file has one thread, not {len(threads):,}: write .jsonl (--to jsonl), "
            "or select one with --thread N"
        )
    if output == "-":
        text, lost = formats.serialize(threads, target, **options)
        put(text if text.endswith("\n") else text + "\n")
    else:
        lost = formats.write(threads, output, target, **options)
    report_some([str(problem) for problem in lost])


COMMAND = Command(
    description="""\
Write the threads in files to another format. discourse formats lists the formats.

Threads with the same article, such as pages of comments, are merged, and later files win; other
threads stay separate. FILE may be a folder, which means all files in it, or a pattern in quotes,
such as "pages/*.json". If a file cannot be read, nothing is written, except with --skip-unreadable.

A table (OUT.csv, or OUT.parquet with the extra arrow) has a row for each comment; the column thread
names its thread. With --encoding utf-8-sig, Excel reads a .csv as UTF-8.

Everything that the format cannot hold is reported on standard error. OUT is replaced only when the
new file is complete, and compressed if its name ends in .gz or .zst. From JSON Lines to JSON Lines,
only one thread is in memory at a time.
""",
    examples=(
        ("To JSON", "discourse convert page.txt -o page.json"),
        ("Compressed", "discourse convert page.txt -o page.json.gz"),
        (
            "Merge the parts of one discussion",
            "discourse convert part-1.json part-2.json -o all.json",
        ),
        ("Only the second thread", "discourse convert --thread 2 threads.jsonl -o second.json"),
        ("In a pipe", "cat page.txt | discourse convert - --from pagetext --to jsonl"),
        ("To a table", "discourse convert page.json -o comments.csv"),
        (
            "For Excel, with a column without markup",
            "discourse convert page.json --plain --encoding utf-8-sig -o comments.csv",
        ),
        (
            "Many files to one table",
            "discourse convert 'p*.json' --skip-unreadable -o comments.csv",
        ),
        ("To a WordPress export", "discourse convert page.json -o page.xml --to wxr"),
        ("List the formats", "discourse convert --list"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
