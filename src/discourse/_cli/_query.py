"""``discourse query``: list the comments that match a query in words."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs

from .. import edit, json, query, render
from .._terminal.columns import columns as columns_of
from .._terminal.columns import one_line
from .._terminal.tree import Piece, cut_pieces, facts
from .._threads import answers
from ..errors import FieldError, ParseError, shown
from ..model import Comment
from ..plain import plain_text
from ..query import Predicate
from ..thread import Thread
from ._colour import print_lines
from ._command import UNREADABLE, Command, UsageError, add_choice, add_json, add_reading, add_width
from ._convert import add_output, format_of, table_options, write_threads
from ._many_files import add_files, file_of, is_pattern, name_of, opened_all, status_of
from ._printing import columns, counted, put_json, report, say, write_text
from ._reading import Input, refuse_same
from ._unknown_values import Unknown

_MOST_SEEN = 30  # characters of a query shown on each side of an error


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument(
        "question", metavar="QUERY", help="the comments to find, in words, in quotes"
    )
    add_reading(parser)
    add_choice(parser)
    parser.add_argument("--count", action="store_true", help="print only the number of matches")
    add_json(parser, "one comment per line, with the number of its thread")
    add_width(parser)
    parser.add_argument(
        "--keep",
        choices=["ancestors", "promote", "whole"],
        metavar="HOW",
        help="write threads instead: of the matches with all ancestors (ancestors), of the matches "
        "alone (promote), or of every branch with a match (whole)",
    )
    add_output(parser)


def _run(options: argparse.Namespace) -> int:
    predicate = _predicate(options)
    if options.keep is not None or options.output != "-" or options.to is not None:
        return _write(options, predicate)
    table_options(options, "a list")
    with opened_all(options, prints=not options.count) as threads:
        if options.count:
            say(str(sum(len(each.comments) for each in _select(threads, predicate))))
        elif options.json:
            convert = json.make_converter()
            for each in _select(threads, predicate):
                for comment in each.comments:
                    where = {} if each.file is None else {"file": each.file}
                    row = convert.unstructure(comment)
                    put_json({**where, "thread": each.number, **row})
        else:
            width = options.width or columns()
            print_lines(_rows(threads, predicate, width), options.color)
        threads.report()
        return status_of(threads)


def _predicate(options: argparse.Namespace) -> Predicate:
    words: str = options.question
    missing = [n for n in options.files[1:] if not Path(n).exists() and not is_pattern(n)]
    if missing and "-" not in missing:
        question = " ".join([*options.files[options.files.index(missing[0]) :], words])
        raise UsageError(
            f"there is no file {shown(missing[0])}; if it is part of the query, put the query in "
            f"quotes: '{one_line(question)}'"
        )
    try:
        return query.from_words(words)
    except ParseError as error:
        raise UsageError(_with_caret(error, words)) from None
    except FieldError as error:  # bytes that are not text
        raise UsageError(f"the query {error.reason}") from None


def _with_caret(error: ParseError, text: str) -> str:
    """Return the error in a query, with the query below it and a caret at the place."""
    at = 0 if error.place is None else error.place.offset or 0
    # Replace characters of no width, which would misplace the caret.
    row = "".join(char if char.isprintable() else " " for char in text)
    seen = min(_MOST_SEEN, columns() // 2 - 3)
    start = max(at - seen, 0)
    before = ("…" if start else "") + row[start:at]
    after = row[at : at + seen] + ("…" if at + seen < len(row) else "")
    indent = " " * columns_of(before)
    return f"{error.message}\n  {before}{after}\n  {indent}^"


class _Answer(NamedTuple):
    """The comments of a thread that match a query."""

    number: int
    file: str | None
    title: str | None
    comments: tuple[Comment, ...]


def _select(threads: Input, predicate: Predicate) -> Iterator[_Answer]:
    """Yield the matches of each thread, and report if there are none."""
    count = 0
    unknown = Unknown(predicate)

    def ask(thread: Thread) -> _Answer:
        unknown.add(thread)
        title = None if thread.article is None else thread.article.title
        return _Answer(threads.count, file_of(threads), title, query.select(thread, predicate))

    for each in answers(threads, ask):
        count += len(each.comments)
        yield each
    if threads.count and not count:
        report(f"none of {counted(threads.comments, 'comment')} matches")
    unknown.report()


def _rows(threads: Input, predicate: Predicate, width: int) -> Iterator[list[Piece]]:
    """Yield the lines, with the number and title of each thread if there are several."""
    for each, number in threads.numbered(_select(threads, predicate)):
        yield from _lines(each, width, headed=number is not None)


def _lines(answer: _Answer, width: int, *, headed: bool) -> Iterator[list[Piece]]:
    if headed and answer.comments:
        parts = [f"thread {answer.number}", answer.file, answer.title]
        yield cut_pieces([(part, "title") for part in parts if part], width)
    for comment in answer.comments:
        yield cut_pieces(_pieces(comment, width), width)


def _pieces(comment: Comment, width: int) -> list[Piece]:
    parts = [fact for fact in facts(comment) if fact[1] in {"id", "author", "status"}]
    if text := (plain_text(comment, links=False) or "").strip():
        parts.append((text[: width * 8], ""))
    return parts


def _write(options: argparse.Namespace, predicate: Predicate) -> int:
    if options.count or options.json:
        raise UsageError(
            "--count and --json print comments, and cannot be used with --keep, -o or --to"
        )
    target = "html" if _is_page(options) else format_of(options)
    of_table = table_options(options, target)
    with opened_all(options, prints=False) as threads:
        refuse_same(options.files, options.output)
        keep = {} if options.keep is None else {"keep": options.keep}
        unknown = Unknown(predicate)

        def ask(thread: Thread) -> tuple[str, Thread]:
            unknown.add(thread)
            return name_of(threads), query.filter(thread, predicate, **keep)

        filtered = list(answers(threads, ask))
        matching = [(name, thread) for name, thread in filtered if len(thread)]
        if target == "html":
            write_text(_page(matching, options.question, threads.comments), options.output)
        else:
            written = [thread for _, thread in matching or filtered]
            write_threads(written, options.output, target, options.files, of_table)
        unknown.report()
        threads.report()
        return status_of(threads)


def _is_page(options: argparse.Namespace) -> bool:
    """Whether to write a web page, which is not a format because it cannot be read again."""
    suffix = Path(options.output.lower().removesuffix(".gz").removesuffix(".zst")).suffix
    return bool(options.to == "html" or (options.to is None and suffix in {".htm", ".html"}))


def _page(threads: Sequence[tuple[str, Thread]], question: str, of: int) -> str:
    """Return a page of threads, in which the matches have the tag ``match``."""
    matches = 0

    def mark(comment: Comment) -> Comment:
        nonlocal matches
        if "context" in comment.tags:
            return comment
        matches += 1
        return attrs.evolve(comment, tags=comment.tags | {"match"})

    marked = {name: edit.map(thread, mark) for name, thread in threads}
    title = f"{one_line(question)}: {matches:,} of {counted(of, 'comment')}"
    return render.html(marked, title=title)


COMMAND = Command(
    description="""\
List the comments that match a query in words, in thread order: the id, the author and the first
words of each.

A query combines these phrases:

  by Ann, by "Ann Lee"         the author, by name, display name or id
  by id u1, by name Ann        the author, only by id or only by name
  by unknown                   an unknown author
  by Ann, Bo                   one of these
  mentioning Ann               @Ann or u/Ann in the text (mentioning bare Ann: Ann)
  matching "cat"               text that contains "cat"
  matching "cat" ignoring-case
  matching /c[au]t/            a regular expression (/c[au]t/i ignores case)
  length 10..                  characters of the text (length 5..10 words: words)
  since 2024-05-01             at this time or later
  until 2024-05-01T08:00Z      before this time
  depth 2..4                   the number of ancestors; 0 is the top level
  score 10..                   a known score
  status deleted, removed      one of these
  tagged pinned, moderator     one of these
  under 17                     replies to comment 17, direct or indirect
  has-replies, unanswered      with replies, without replies

Combine phrases with and, or, not and brackets, which bind as in Python: not before and before or. A
range is 2, 2..4, 2.., ..4, >= 2 or <= 4, both ends included. A time is a day, a month or a year in
UTC, or a time with its zone. Put values of several words in quotes. Regular expressions need the
extra regex, and cannot hang.

Unknown values (a score, a time) are in no range, so not matches them: not since 2024 matches every
comment without a time, and until 2024 does not. Standard error shows how many comments have unknown
values.

If there are several threads, each has a heading with its number and title; --thread selects one.
FILE may be a folder, which means all files in it, or a pattern in quotes, such as "pages/*.json".
If a file cannot be read, standard error names it, and the others are read.

With --json, each comment is an object in a line: file (if there are several), thread (its number,
counted from 1), and the keys of discourse's own format: id, parent_id, author, text, created_at and
so on, without unknown ones.

With --keep, -o or --to, write threads of the matches: see --keep. Comments kept only as context
have the tag context. OUT may be a table, .csv or .parquet, or a web page, .html, in which the
matches have the tag match, and their context is paler.
""",
    examples=(
        ("Unanswered", "discourse query page.txt 'unanswered and not status missing'"),
        (
            "Questions below the top level",
            "discourse query page.txt 'matching \"?\" and depth 1..'",
        ),
        ("How many", "discourse query --count page.txt 'depth 0'"),
        ("Long or answered", "discourse query page.txt 'length 20.. words or has-replies'"),
        ("In many files", "discourse query 'p*.json' 'by Ann'"),
        ("As a web page", "discourse query page.txt 'matching bus' -o bus.html"),
        ("As JSON", "discourse query --json page.json 'by unknown'"),
        (
            "A smaller thread, of the matches and their ancestors",
            "discourse query page.json 'depth 2..' --keep ancestors -o found.json",
        ),
    ),
    statuses={UNREADABLE: "a file cannot be read, or the output cannot be written"},
    add_arguments=_add_arguments,
    run=_run,
)
