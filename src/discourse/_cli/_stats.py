"""``discourse stats``: the numbers of the threads in files."""

import argparse
import datetime as dt
from collections import Counter

from .. import metrics, render
from ..model import Article, Status
from ..thread import Thread
from ._colour import headed, plain
from ._command import UNREADABLE, Command, UsageError, add_choice, add_json, add_reading
from ._many_files import add_files, file_of, opened_all, status_of
from ._printing import counted, put_json, say, tell
from ._reading import refuse_same
from ._table_files import table_kind, write_rows


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser, "the files to read, folders of them or patterns; - is standard input")
    add_reading(parser)
    add_choice(parser)
    add_json(parser, "one object a thread, in a line")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="the table to write, a row a thread: .csv, .jsonl or .parquet",
    )


def _run(options: argparse.Namespace) -> int:
    if options.output is not None:
        return _write(options)
    with opened_all(options) as threads:
        if options.json:
            for thread in threads:
                file = file_of(threads)
                where = {} if file is None else {"file": file}
                put_json({**where, "thread": threads.count, **_object(thread)})
        elif len(options.files) > 1:
            say(_HEADING)
            for thread in threads:
                say(_line(thread, file_of(threads) or ""))
            tell(f"{counted(threads.count, 'thread')}, {counted(threads.comments, 'comment')}")
        else:
            for thread, number in threads.numbered(threads):
                for heading in headed(number):
                    plain(heading)
                for line in numbers(thread):
                    say(line)
        threads.tell()
        return status_of(threads)


def _write(options: argparse.Namespace) -> int:
    table_kind(options.output)
    if options.json:
        raise UsageError("--json prints, and -o writes: say one of them")
    with opened_all(options, prints=False) as threads:
        refuse_same(options.files, options.output)
        rows = [_row(thread, threads.count, file_of(threads)) for thread in threads]
        write_rows(rows, options.output)
        threads.tell()
        return status_of(threads)


def _row(thread: Thread, number: int, file: str | None) -> dict[str, object]:
    article = thread.article or Article()
    (measures,) = metrics.summary([thread])
    known = {"thread": number, "title": article.title, "id": article.id, "url": article.url}
    where = {} if file is None else {"file": file}
    return where | known | {name: measures[name] for name in measures if name not in known}


_HEADING = "comments  levels  people  begun       thread"


def _line(thread: Thread, file: str) -> str:
    """Return the line of a thread in the table of several files."""
    summary = metrics.summary(thread)
    begun = "-" if summary.first_at is None else summary.first_at.astimezone(dt.UTC).date()
    title = None if thread.article is None else thread.article.title
    name = render.one_line(f"{file}: {title}" if title else file)
    counts = f"{summary.comments:>8,}  {summary.levels:>6,}  {summary.authors:>6,}"
    return f"{counts}  {begun!s:<10}  {name}"


def numbers(thread: Thread) -> list[str]:
    """Return the summary of a thread as lines, below the title and what was taken away."""
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
Tell the numbers of the threads in files: how many comments, how deep and wide the tree is, how many
people wrote, how unevenly, how fast.

A - is what is not defined or not known. The numbers are those of discourse.metrics.summary, and how
many comments were taken away, by their status. Where FILE holds several threads, those of each
stand below "thread 1" and so on, and --thread takes one alone.

Of several files there is a line a thread. FILE may be a folder, which stands for all files below
it, or a pattern in quotes, such as "*.json" or "pages/**/*.json". A file that cannot be read is
named on standard error, and the others are read.

With -o, all numbers are written as a table, a row a thread: file (where there are several), thread,
title, id, url and the measures.

With --json, each thread is an object in a line: file (where there are several), thread (its number,
counted from 1), title, id and url of the article (null where not known), measures (times as RFC
3339, spans in seconds), and statuses (how many comments have each).
""",
    examples=(
        ("The numbers of a page", "discourse stats page.txt"),
        ("For machines, a line a thread", "discourse stats --json threads.jsonl"),
        ("Of many files, as a table", "discourse stats *.json -o stats.csv"),
    ),
    statuses={UNREADABLE: "a file cannot be read, or the table cannot be written"},
    add_arguments=_add_arguments,
    run=_run,
)
