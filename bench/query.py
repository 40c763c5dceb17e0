"""Time choosing: each kind of predicate, some put together, `filter`, and data sets.

Usage: python bench/query.py [--sizes 100000,1000000] [-o TABLE.md]

Processor time, the best of several runs, in nanoseconds a comment; beside the predicates, the plain
loop that somebody would write by hand for the same question.
"""

import argparse
import datetime as dt
import gc
import importlib.util
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from discourse import Article, Author, Comment, Thread, query
from discourse.query import (
    by,
    depth,
    has_replies,
    length,
    matching,
    mentions,
    score,
    select,
    since,
    status,
    tagged,
    unanswered,
    under,
    where,
)

TEXT = "A comment of a usual length, which is about a hundred characters of text, more or less so."
START = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
MIDDAY = START + dt.timedelta(hours=12)


def thread_of(size: int) -> Thread:
    """Return a thread like real ones, in which a tenth of all that can be unknown is unknown."""
    lots = random.Random(size)
    authors = [Author(f"user{n}", id=f"u{n}") for n in range(1 + size // 20)]
    branch: list[str] = []
    made = []
    for n in range(size):
        del branch[lots.choice((0, 1, 1, 2, 2, 3, 5, 8, 13)) :]
        made.append(
            Comment(
                f"c{n}",
                branch[-1] if branch else None,
                lots.choice(authors) if lots.random() < 0.9 else None,
                f"{TEXT} @user{n % 97} {n}" if lots.random() < 0.9 else None,
                created_at=START + dt.timedelta(seconds=n) if lots.random() < 0.9 else None,
                score=lots.randrange(-5, 50) if lots.random() < 0.9 else None,
                tags=["pinned"] if lots.random() < 0.01 else (),
            )
        )
        branch.append(f"c{n}")
    return Thread(Article("Bridge to close"), made)


def questions(thread: Thread) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is timed, with its name."""
    predicates = [
        by("user7"),
        by(Author(id="u7")),
        matching("user42"),
        matching("USER42", ignore_case=True),
        mentions("user42"),
        since(MIDDAY),
        depth(min=3),
        score(min=10),
        status("deleted"),
        tagged("pinned"),
        has_replies(),
        unanswered(),
        under("c0"),
        length(max=5, unit="words"),
        where(_is_high),
        score(min=10) & since(MIDDAY) & ~by("user7"),
        by("user7") | score(min=45) | matching("user42"),
        ~(tagged("pinned") | status("deleted")) & length(min=20) & depth(max=2),
    ]
    if importlib.util.find_spec("regex"):
        predicates.append(matching(r"\buser4[0-9]\b", regex=True))
    for predicate in predicates:
        yield f"`{predicate!r}`", lambda predicate=predicate: select(thread, predicate)
    yield (
        "`score(...) & since(...) & ~by(...)` as a plain loop",
        lambda: [
            c
            for c in thread
            if c.score is not None
            and c.score >= 10
            and c.created_at is not None
            and c.created_at >= MIDDAY
            and not (c.author is not None and c.author.name == "user7")
        ],
    )
    few = score(min=45)
    for keep in ("ancestors", "promote", "whole"):
        yield f'`filter(..., keep="{keep}")`', lambda keep=keep: query.filter(thread, few, keep)
    yield '`group_by("author")`', lambda: query.group_by(thread, "author")
    yield "`sample`, a tenth", lambda: query.sample(thread, len(thread) // 10, seed=1)
    yield "`windows` of 5", lambda: deque(query.windows(thread, 5), 0)
    branches = [Thread(None, (c,)) for c in thread.replies()]
    yield (
        '`split(..., by="author")` of its top-level comments',
        lambda: query.split(branches, by="author"),
    )


def _is_high(comment: Comment) -> bool:
    return comment.score is not None and comment.score >= 10


def best(run: Callable[[], object], most: int = 5) -> float:
    """Return the shortest of several runs, in seconds of the processor."""
    times: list[float] = []
    while len(times) < most and sum(times) < 3:
        gc.collect()
        begun = time.process_time()
        kept = run()
        times.append(time.process_time() - begun)
        del kept
    return min(times)


def main() -> None:
    """Measure, print, and write the table where one is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    figures: dict[str, list[float]] = {}
    for size in sizes:
        thread = thread_of(size)
        for name, run in questions(thread):
            figures.setdefault(name, []).append(best(run) / size * 1e9)
    lines = [
        "| " + " | ".join(["question", *(f"{size:,}, ns a comment" for size in sizes)]) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    for name, row in figures.items():
        cells = [name.replace("|", "\\|"), *(f"{figure:,.0f}" for figure in row)]
        lines.append(f"| {' | '.join(cells)} |")
    text = "\n".join(lines)
    print(text)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
