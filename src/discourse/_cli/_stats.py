"""``discourse stats``: print measures of the threads in files."""

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from .. import metrics, render
from ..model import Article, Status
from ..thread import Thread
from ._colour import headed, plain
from ._command import UNREADABLE, Command, UsageError, add_choice, add_json, add_reading
from ._many_files import add_files, by_file, opened_all, status_of
from ._printing import counted, put_json, report, say
from ._reading import Input, refuse_same
from ._table_files import table_kind, write_rows

_T = TypeVar("_T")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_choice(parser)
    add_json(parser, "one object per thread, in a line")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="the table to write, a row per thread: .csv, .jsonl or .parquet",
    )


def _run(options: argparse.Namespace) -> int:
    if options.output is not None:
        return _write(options)
    with opened_all(options) as threads:
        if len(options.files) > 1:
            _print_all(threads, options)
        elif options.json:
            for thread in threads:
                put_json({"thread": threads.count, **_object(thread)})
        else:
            for thread, number in threads.numbered(threads):
                for heading in headed(number):
                    plain(heading)
                for line in numbers(thread):
                    say(line)
        threads.report()
        return status_of(threads)


def _print_all(threads: Input, options: argparse.Namespace) -> None:
    """Print a line for each thread of several files."""
    if options.json:
        for file, problems, (number, row) in _each(threads, options, _object):
            put_json({"file": file, "thread": number, **row, "problems": problems})
        return
    say(_HEADING)
    for file, problems, (_, (counts, title)) in _each(threads, options, _line):
        name = render.one_line(f"{file}: {title}" if title else file)
        say(f"{counts}  {problems:>8,}  {name}")
    report(f"{counted(threads.count, 'thread')}, {counted(threads.comments, 'comment')}")


def _write(options: argparse.Namespace) -> int:
    table_kind(options.output)
    if options.json:
        raise UsageError("--json prints and -o writes: use only one of them")
    with opened_all(options, prints=False) as threads:
        refuse_same(options.files, options.output)
        rows: list[dict[str, object]] = []
        for file, problems, (number, row) in _each(threads, options, _measures):
            where = {"file": file} if len(options.files) > 1 else {}
            rows.append({**where, "thread": number, **row, "problems": problems})
        write_rows(rows, options.output)
        threads.report()
        return status_of(threads)


def _each(
    threads: Input, options: argparse.Namespace, measure: Callable[[Thread], _T]
) -> Iterator[tuple[str, int, tuple[int | None, _T]]]:
    """Yield the file, its number of problems, and the number and measures of each thread.

    A file without a thread yields the measures of an empty one, and no number.
    """

    def numbered(thread: Thread) -> tuple[int | None, _T]:
        return threads.count, measure(thread)

    for file in by_file(threads, options.files, numbered):
        results = file.results
        if not results and not file.error and options.thread is None:
            results = [(None, measure(Thread()))]
        for result in results:
            yield file.name, file.problem_count, result


_HEADING = "comments  levels  people  begun       problems  thread"


def _line(thread: Thread) -> tuple[str, str | None]:
    """Return a thread's columns in the table of several files, and its title."""
    summary = metrics.summary(thread)
    day = "-" if summary.first_at is None else summary.first_at.astimezone(dt.UTC).date()
    counts = f"{summary.comments:>8,}  {summary.levels:>6,}  {summary.authors:>6,}  {day!s:<10}"
    return counts, None if thread.article is None else thread.article.title


def _measures(thread: Thread) -> dict[str, object]:
    article = thread.article or Article()
    (measures,) = metrics.summary([thread])
    known = {"title": article.title, "id": article.id, "url": article.url}
    names = [name for name in measures if name not in {"thread", *known}]
    return known | {name: measures[name] for name in names}


def numbers(thread: Thread) -> list[str]:
    """Return the title of a thread, its summary, and its counts by status, as lines."""
    title = thread.article.title if thread.article is not None else None
    lines = [render.one_line(title), ""] if title else []
    lines += str(metrics.summary(thread)).splitlines()
    counts = _statuses(thread)
    counts.pop(Status.VISIBLE.value, None)
    return lines + [f"{status:<20} {count:>5,}" for status, count in counts.items()]


def _statuses(thread: Thread) -> dict[str, int]:
    return dict(sorted(Counter(comment.status.value for comment in thread).items()))


def _object(thread: Thread) -> dict[str, object]:
    article = thread.article
    return {
        "title": None if article is None else article.title,
        "id": None if article is None else article.id,
        "url": None if article is None else article.url,
        "measures": metrics.summary(thread).to_dict(),
        "statuses": _statuses(thread),
    }


COMMAND = Command(
    description="""\
Print measures of the threads in files: the number of comments, the depth and width of the tree, the
number of people, how unequally they comment, how fast they reply.

A - means undefined or unknown. The measures are those of discourse.metrics.summary, and the numbers
of deleted, removed and other such comments. If FILE has several threads, each has a heading such as
"thread 1"; --thread selects one.

For several files, print a line for each thread, and one for each file without a thread, such as a
feed without comments. The column problems counts those of the whole file; discourse check lists
them. FILE may be a folder, which means all files in it, or a pattern in quotes, such as "*.json" or
"pages/**/*.json". If a file cannot be read, standard error names it, and the others are read.

With -o, write all measures as a table with a row for each thread: file (if there are several),
thread (its number, counted from 1; empty for a file without a thread), title, id, url, the measures
and problems.

With --json, each thread is an object in a line: file (if there are several), thread (its number;
null for a file without a thread), title, id and url of the article (null if unknown), measures
(times as RFC 3339, durations in seconds), statuses (the number of comments with each), and problems
(of the file, if there are several).
""",
    examples=(
        ("Measure one page", "discourse stats page.txt"),
        ("Print JSON, a line per thread", "discourse stats --json threads.jsonl"),
        ("Write a table of many files", "discourse stats *.json -o stats.csv"),
    ),
    statuses={UNREADABLE: "a file cannot be read, or the table cannot be written"},
    add_arguments=_add_arguments,
    run=_run,
)
