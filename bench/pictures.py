"""Time the pictures of threads, and tell how large they are.

Usage: python bench/pictures.py [--sizes 10000,100000,1000000] [-o TABLE.md]

The thread has the shape of real ones: a comment is the likelier to be answered the more answers it
has, and people write as unequally as they do.
"""

import argparse
import datetime as dt
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from discourse import Article, Author, Comment, Thread, render

DRAWN: dict[str, Callable[[Thread], str]] = {
    "svg": render.svg,
    "svg, radial": partial(render.svg, layout="radial"),
    "timeline": render.timeline,
    "dot": render.dot,
    "mermaid": render.mermaid,
}


def grown(size: int) -> Thread:
    """Return a thread of the shape of real ones."""
    lot = random.Random(1)
    people = [Author(f"Guest {n}", f"u{n}") for n in range(max(4, size // 6))]
    weights = [(n + 1) ** -0.9 for n in range(len(people))]
    authors = lot.choices(people, weights, k=size)
    times = [dt.datetime(2024, 5, 31, tzinfo=dt.UTC)]
    parents, pool = [-1], [0]
    for n in range(1, size):
        parent = lot.choice(pool) if lot.random() > 0.25 else -1
        wait = dt.timedelta(seconds=lot.expovariate(1 / 7_200))
        times.append(times[max(parent, 0)] + wait)
        parents.append(parent)
        pool += (n,) if parent < 0 else (n, parent)
    return Thread(
        Article("Bridge to close"),
        [
            Comment(str(n), None if parent < 0 else str(parent), author, "At last.", created_at=at)
            for n, (parent, author, at) in enumerate(zip(parents, authors, times, strict=True))
        ],
    )


def timed(draw: Callable[[Thread], str], thread: Thread) -> tuple[float, int]:
    """Return the seconds that drawing takes, the best of some runs, and the characters."""
    best, length = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        length = len(draw(thread))
        best = min(best, time.process_time() - start)
    return best, length


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("-o", "--output")
    options = parser.parse_args()
    lines = ["| comments | drawn | seconds | characters a comment |", "|---:|---|---:|---:|"]
    for size in map(int, options.sizes.split(",")):
        thread = grown(size)
        for name, draw in DRAWN.items():
            best, length = timed(draw, thread)
            lines.append(f"| {size:,} | {name} | {best:.2f} | {length / size:.0f} |")
    text = "\n".join(lines)
    print(text)
    if options.output:
        Path(options.output).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
