"""Time the measures and the tables at two sizes and print them as a table.

Usage: python bench/metrics.py [--sizes 100000,1000000] [--only metrics|tables]

Each figure is the best of several runs, in processor time, the thread made beforehand; tables of
libraries that are not installed are passed over.
"""

import argparse
import datetime as dt
import gc
import random
import time
from collections.abc import Callable
from functools import partial

from discourse import Author, Comment, MissingExtraError, Thread, metrics, tables

TEXT = "A comment of a usual length, which is about a hundred characters of text, more or less so."
START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def thread_of(size: int) -> Thread:
    """Return a thread like real ones: branches long and short, many authors, some unknown."""
    draw = random.Random(size)
    people = [Author(f"user{n}") for n in range(max(size // 8, 1))]
    rows: list[Comment] = []
    branch: list[str] = []
    for n in range(size):
        del branch[draw.choice((0, 1, 1, 2, 2, 3, 5, 8, 13)) :]
        id = f"c{n:07d}"
        author = None if draw.random() < 0.05 else people[int(draw.random() ** 3 * len(people))]
        when = None if draw.random() < 0.02 else START + dt.timedelta(seconds=n + draw.random())
        parent = branch[-1] if branch else None
        rows.append(Comment(id, parent, author, TEXT, created_at=when, score=n % 17 - 3))
        branch.append(id)
    return Thread(None, rows)


def best(run: Callable[[], object], seconds: float = 3.0, most: int = 5) -> float:
    """Return the shortest of several runs, in seconds of processor time."""
    times: list[float] = []
    while not times or (sum(times) < seconds and len(times) < most):
        gc.collect()
        start = time.process_time()
        kept = run()
        times.append(time.process_time() - start)
        del kept
    return min(times)


def measures(thread: Thread) -> dict[str, Callable[[], object]]:
    """Return what to time of the measures."""
    names = (
        "levels", "max_width", "depth_distribution", "branching", "structural_virality",
        "h_index", "reply_graph", "reciprocity", "participation", "author_roles", "duration",
        "burstiness", "summary",
    )  # fmt: skip
    runs: dict[str, Callable[[], object]] = {
        name: partial(getattr(metrics, name), thread) for name in names
    }
    runs["response_times, median"] = lambda: metrics.response_times(thread).median
    runs["activity, by the hour"] = lambda: metrics.activity(thread, dt.timedelta(hours=1))
    return runs


def conversions(thread: Thread) -> dict[str, Callable[[], object]]:
    """Return what to time of the tables, there and back."""
    runs: dict[str, Callable[[], object]] = {}
    for name in ("rows", "arrow", "pandas", "polars", "networkx"):
        to, back = getattr(tables, f"to_{name}"), getattr(tables, f"from_{name}")
        try:
            made = to(thread)
        except MissingExtraError:
            continue
        runs[f"to_{name}"] = partial(to, thread)
        runs[f"from_{name}"] = partial(back, made)
    runs["to_networkx, authors"] = lambda: tables.to_networkx(thread, of="authors")
    runs["to_graphml"] = lambda: tables.to_graphml(thread)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--only", choices=["metrics", "tables"])
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    found: dict[str, list[float]] = {}
    for size in sizes:
        thread = thread_of(size)
        runs = {} if options.only == "tables" else measures(thread)
        if options.only != "metrics":
            runs |= conversions(thread)
        for name, run in runs.items():
            found.setdefault(name, []).append(best(run))
        del runs
    print(f"| what | {' | '.join(f'{size:,} comments, s' for size in sizes)} |")
    print(f"|---|{'---:|' * len(sizes)}")
    for name, seconds in found.items():
        print(f"| {name} | {' | '.join(f'{second:.2f}' for second in seconds)} |")


if __name__ == "__main__":
    main()
