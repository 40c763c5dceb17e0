"""``discourse stats``: the numbers of the threads in a file."""

import argparse
from collections import Counter

from .. import metrics, render
from ..model import Status
from ..thread import Thread
from ._colour import headed, plain
from ._command import OK, Command, add_choice, add_file, add_json
from ._printing import put_json, say
from ._reading import opened


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_choice(parser)
    add_json(parser, "one object a thread, in a line")


def _run(options: argparse.Namespace) -> int:
    with opened(options) as threads:
        if options.json:
            for thread in threads:
                put_json({"thread": threads.count, **_object(thread)})
        else:
            for thread, number in threads.numbered(threads):
                for heading in headed(number):
                    plain(heading)
                for line in numbers(thread):
                    say(line)
        threads.tell()
    return OK


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
Tell the numbers of the threads in a file: how many comments, how deep and wide the tree is, how
many people wrote, how unevenly, how fast.

A - is what is not defined or not known. The numbers are those of discourse.metrics.summary, and how
many comments were taken away, by their status. Where FILE holds several threads, those of each
stand below "thread 1" and so on, and --thread takes one alone.

With --json, each thread is an object in a line: thread (its number in FILE, counted from 1), title,
id and url of the article (null where not known), measures (times as RFC 3339, spans in seconds),
and statuses (how many comments have each).
""",
    examples=(
        ("The numbers of a page", "discourse stats page.txt"),
        ("For machines, a line a thread", "discourse stats --json threads.jsonl"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
