"""``discourse check``: list the problems of files."""

import argparse

import attrs

from .._terminal.columns import clean
from ..errors import Problem
from ._command import OK, PROBLEMS, UNREADABLE, Command, add_json, add_reading
from ._many_files import FileRead, add_files, by_file, failures_of, opened_all
from ._printing import counted, put_json, report, say
from ._reading import in_files


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    add_reading(parser)
    add_json(parser, "one object per file, with its problems")


def _run(options: argparse.Namespace) -> int:
    lines = []
    is_clean = True
    with opened_all(options, prints=False) as threads:
        is_one = len(options.files) == 1
        for file in by_file(threads, options.files, len):
            is_clean = is_clean and bool(file.results) and not file.problem_count
            if options.json:
                put_json(_file_object(file, is_one=is_one))
            elif is_one:
                lines += [clean(str(problem)) for problem in file.problems]
                if file.problem_count > len(file.problems):
                    report(f"these are the first {len(file.problems):,}")
            elif not file.error:
                lines.append(_line(file))
    # Print only now, when the progress bar is gone.
    if lines and not is_one:
        say(_HEADING)
    for line in lines:
        say(line)
    failures = failures_of(threads)
    report(
        ("" if is_one else f"{counted(len(options.files), 'file')}: ")
        + f"{counted(threads.count, 'thread')}, {counted(threads.comments, 'comment')}, "
        f"{counted(threads.stream.problem_count, 'problem')}"
        + (f"; {counted(failures, 'file')} cannot be read" if failures else "")
    )
    if not threads.count and not failures:
        report(in_files(options.files))
    if failures:
        return UNREADABLE
    return OK if is_clean else PROBLEMS


_HEADING = "problems  threads  comments  file"


def _line(file: FileRead[int]) -> str:
    counts = f"{file.problem_count:>8,}  {len(file.results):>7,}  {sum(file.results):>8,}"
    return f"{counts}  {clean(file.name)}"


def _file_object(file: FileRead[int], *, is_one: bool) -> dict[str, object]:
    return {
        **({} if is_one else {"file": file.name}),
        "threads": len(file.results),
        "comments": sum(file.results),
        "problem_count": file.problem_count,
        "problems": [_object(problem) for problem in file.problems],
        **({"error": file.error} if file.error else {}),
    }


def _object(problem: Problem) -> dict[str, object]:
    place = {} if problem.place is None else attrs.asdict(problem.place)
    return {
        "kind": problem.kind,
        "message": problem.message,
        "ids": list(problem.ids),
        "place": {name: value for name, value in place.items() if value is not None},
    }


COMMAND = Command(
    description="""\
List the problems of files: what is unusable, guessed or missing. Nothing is dropped without a
problem.

For one file, print a line for each problem: its kind, what is wrong, and where. For several files,
print a line for each file, with its numbers of problems, threads and comments; check a single file
to see its problems. FILE may be a folder, which means all files in it, or a pattern in quotes, such
as "*.json" or "pages/**/*.json". The totals go to standard error, and so does the name of a file
that cannot be read; the others are read.

With --json, print an object for each file: file (if there are several); threads, comments and
problem_count are numbers; problems is an array of objects with kind, message, ids (of the comments
concerned) and place (source, line, column, offset and path, if known); error is the reason why a
file cannot be read. At most 10,000 problems are listed for each file.
""",
    examples=(
        ("List problems", "discourse check page.txt"),
        ("Test the exit status", 'discourse check page.txt || echo "look at the problems above"'),
        ("Check many files", "discourse check 'p*.json'"),
        ("Print JSON", "discourse check --json page.txt"),
    ),
    statuses={
        PROBLEMS: "there are problems, or a file has no thread",
        UNREADABLE: "a file cannot be read",
    },
    add_arguments=_add_arguments,
    run=_run,
)
