"""``discourse check``: the problems of a file."""

import argparse

import attrs

from .._terminal.columns import clean
from ..errors import Problem
from ._command import OK, PROBLEMS, Command, add_file, add_json
from ._printing import counted, put_json, say, tell
from ._reading import in_files, opened


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_json(parser, "one object, with all problems in it")


def _run(options: argparse.Namespace) -> int:
    with opened(options, prints=False) as threads:
        for _ in threads:
            pass
        if options.json:
            put_json(
                {
                    "threads": threads.count,
                    "comments": threads.comments,
                    "problem_count": threads.stream.problem_count,
                    "problems": [_object(problem) for problem in threads.stream.problems],
                }
            )
        else:
            for problem in threads.stream.problems:
                say(clean(str(problem)))
            if threads.stream.problem_count > len(threads.stream.problems):
                tell(f"these are the first {len(threads.stream.problems):,}")
        tell(
            f"{counted(threads.count, 'thread')}, {counted(threads.comments, 'comment')}, "
            f"{counted(threads.stream.problem_count, 'problem')}"
        )

        if not threads.count:
            tell(in_files([options.file]))
    return PROBLEMS if threads.stream.problem_count or not threads.count else OK


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
List the problems of a file: what could not be used, had to be guessed, or is missing. Nothing that
a file holds is dropped without one.

Each problem is a line: its kind, what is wrong, and where. How many threads, comments and problems
there are is told on standard error.

With --json, there is one object: threads, comments and problem_count are numbers; problems is an
array of objects with kind, message, ids (of the comments concerned) and place (source, line,
column, offset and path, as far as they are known). The first 10,000 problems are listed.
""",
    examples=(
        ("See what was not understood", "discourse check page.txt"),
        ("Decide by it", 'discourse check page.txt || echo "look at the problems above"'),
        ("For machines", "discourse check --json page.txt"),
    ),
    statuses={PROBLEMS: "there are problems, or there is no thread"},
    add_arguments=_add_arguments,
    run=_run,
)
