"""``discourse corpus``: build, inspect, query, export and check collections of many threads."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from .. import corpus, formats
from ..json import write_jsonl
from ._command import OK, PROBLEMS, Command, at_least
from ._convert import format_of
from ._parser import Parser
from ._printing import put, report_some, say

_LINES = "jsonl"
_EVERY = 50_000_000  # bytes of a dump between two progress messages


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(
        title="actions", required=True, metavar="ACTION", parser_class=Parser
    )
    build = _action(actions, "build", _build, "build a corpus from files")
    build.add_argument("files", metavar="FILE", nargs="+", help="files of any format, or dumps")
    build.add_argument("--format", "--from", metavar="FORMAT", help="the format of the files")
    build.add_argument(
        "--mode",
        choices=["new", "replace", "append", "merge"],
        default="new",
        help="what to do with an existing corpus (default: new, which refuses)",
    )
    build.add_argument(
        "--memory",
        metavar="SIZE",
        default="2GB",
        help="the memory to use for dumps, at least 400MB (default: 2GB)",
    )
    build.add_argument(
        "--workers",
        metavar="N",
        type=at_least(1),
        default=os.cpu_count() or 1,
        help="processes that read dumps (default: one for each processor)",
    )
    info = _action(actions, "info", _info, "print the counts of a corpus")
    info.add_argument("--json", action="store_true", help="print JSON")
    ask = _action(actions, "sql", _sql, "query a corpus in SQL, and print CSV or JSON Lines")
    ask.add_argument("query", metavar="QUERY", help="one SELECT; the guide lists the views")
    ask.add_argument("--json", action="store_true", help="print one object per row")
    export = _action(actions, "export", _export, "write threads of a corpus to another format")
    export.add_argument("-o", "--output", metavar="OUT", default="-", help="the file to write")
    export.add_argument("--to", metavar="FORMAT", help="the format (default: by the suffix)")
    export.add_argument("--where", metavar="SQL", help="a condition on the columns of threads")
    _action(actions, "check", _check, "check that a corpus has not changed since it was written")


def _action(actions: Any, name: str, run: Any, what: str) -> argparse.ArgumentParser:  # noqa: ANN401 - of argparse
    parser: argparse.ArgumentParser = actions.add_parser(name, help=what, description=what)
    parser.add_argument("folder", metavar="DIR", help="the folder of the corpus")
    parser.set_defaults(act=run)
    return parser


def _run(options: argparse.Namespace) -> int:
    status: int = options.act(options)
    return status


def _build(options: argparse.Namespace) -> int:
    built = corpus.build(
        options.files,
        options.folder,
        format=options.format,
        mode=options.mode,
        memory=options.memory,
        workers=options.workers,
        progress=_Progress() if sys.stderr.isatty() else None,
    )
    _say_info(built)
    return OK


class _Progress:
    """Prints the progress of building on standard error."""

    def __init__(self) -> None:
        self._last = ("", 0)

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if what == self._last[0] and done - self._last[1] < (
            _EVERY if what == "reading" else 10**6
        ):
            return
        self._last = (what, done)
        share = f" {done / total:.0%}" if total else ""
        report_some([f"{what}{share}"])


def _info(options: argparse.Namespace) -> int:
    opened = corpus.open(options.folder)
    if options.json:
        put(json.dumps(opened.info()) + "\n")
    else:
        _say_info(opened)
    return OK


def _say_info(opened: corpus.Corpus) -> None:
    for name, number in opened.info().items():
        say(f"{name:<12}{number:>18,}")


def _sql(options: argparse.Namespace) -> int:
    relation = corpus.open(options.folder).sql(options.query)
    names: Sequence[str] = relation.columns
    put("" if options.json else _csv(names))
    for batch in relation.to_arrow_reader(10_000):
        for row in batch.to_pylist():
            put(json.dumps(row, default=str) + "\n" if options.json else _csv([*row.values()]))
    return OK


def _csv(cells: Sequence[object]) -> str:
    import csv  # noqa: PLC0415 - needed here alone
    import io  # noqa: PLC0415 - the same

    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(["" if c is None else c for c in cells])
    return line.getvalue()


def _export(options: argparse.Namespace) -> int:
    target = format_of(options)
    threads = corpus.open(options.folder).threads(options.where)
    if target == _LINES and options.output != "-":
        write_jsonl(threads, options.output)
    elif options.output == "-":
        text, lost = formats.serialize(list(threads), target)
        put(text if text.endswith("\n") else text + "\n")
        report_some([str(problem) for problem in lost])
    else:
        lost = formats.write(list(threads), options.output, target)
        report_some([str(problem) for problem in lost])
    return OK


def _check(options: argparse.Namespace) -> int:
    problems = corpus.open(options.folder).check()
    for problem in problems:
        say(str(problem))
    return PROBLEMS if problems else OK


COMMAND = Command(
    description="""\
Build, inspect, query, export and check a corpus: a folder of many threads as Parquet files.

discourse corpus ACTION --help lists the arguments of each action.
""",
    examples=(
        ("Build a corpus from files", "discourse corpus build new.corpus page.txt threads.jsonl"),
        (
            "Build one from a month of Reddit, with 4 GB",
            "discourse corpus build reddit.corpus RS_2023-01.zst RC_2023-01.zst --memory 4GB",
        ),
        ("Print its counts", "discourse corpus info news.corpus"),
        (
            "Query it",
            "discourse corpus sql news.corpus 'select depth, count(*) from comments group by 1'",
        ),
        (
            "Export threads",
            "discourse corpus export news.corpus --where 'comments > 100' -o some.jsonl",
        ),
        ("Check that it has not changed", "discourse corpus check news.corpus"),
    ),
    add_arguments=_add_arguments,
    run=_run,
    statuses={PROBLEMS: "check found changes in the corpus"},
)
