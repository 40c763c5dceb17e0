"""Time everything on a chain and a fan, at 100,000 and 1,000,000, and how the time grows.

Usage: python bench/million.py [--sizes 100000,1000000] [-o TABLE.md]

Linear work takes ten times as long for ten times as much. The recursion limit is never touched.
"""

import argparse
import copy
import gc
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from discourse import Comment, Thread, dumps, edit, loads


def chain(size: int) -> list[Comment]:
    """Return comments each of which answers the one before."""
    return [Comment(f"c{n}", f"c{n - 1}" if n else None, None, "text") for n in range(size)]


def fan(size: int) -> list[Comment]:
    """Return comments that all answer the first one."""
    return [Comment(f"c{n}", "c0" if n else None, None, "text") for n in range(size)]


def operations(comments: list[Comment]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each operation with its name; what it works on is made outside."""
    thread = Thread(None, comments)
    first, last = comments[0].id, comments[-1].id
    other = edit.add(thread, Comment("new", last))
    broken = [*comments, Comment("orphan", "gone"), Comment("loop", "loop"), comments[0]]
    yield "build", lambda: Thread(None, comments)
    yield "build, last first", lambda: Thread(None, comments[::-1])
    yield "repair", lambda: Thread.repair(broken)
    for order in ("depth-first", "post-order", "breadth-first", "chronological"):
        yield f"walk {order}", lambda order=order: deque(thread.walk(order), 0)
    yield "descendants", lambda: thread.descendants(first)
    yield "ancestors", lambda: thread.ancestors(last)
    yield "replies", lambda: thread.replies(first)
    yield "levels", thread.levels
    yield "leaves", thread.leaves
    yield "path", lambda: thread.path(first, last)
    yield "lowest_common_ancestor", lambda: thread.lowest_common_ancestor(first, last)
    yield "subtree", lambda: thread.subtree(comments[1])
    yield "sorted", lambda: thread.sorted("newest")
    yield "==", lambda: thread == other
    yield "hash", lambda: hash(thread)
    yield "repr", lambda: repr(thread)
    yield "digest", thread.digest
    yield "copy, deepcopy", lambda: (copy.copy(thread), copy.deepcopy(thread))
    yield "pickle and back", lambda: pickle.loads(pickle.dumps(thread))  # noqa: S301 - our own
    yield "dumps", lambda: dumps(thread)
    text = dumps(thread)
    yield "loads", lambda: loads(text)
    yield "add one", lambda: edit.add(thread, Comment("new", first))
    many = [Comment(f"n{n}", last) for n in range(1_000)]
    yield "add a thousand", lambda: edit.add(thread, many)
    yield "replace", lambda: edit.replace(thread, first, text="other")
    yield "remove, promote", lambda: edit.remove(thread, first, replies="promote")
    yield "move", lambda: edit.move(thread, last, None)
    yield "graft", lambda: edit.graft(Thread(None, [Comment("root")]), thread, under="root")
    yield "prune", lambda: edit.prune(thread, max_depth=10)
    yield "map", lambda: edit.map(thread, lambda c: attrs.evolve(c, text="other"))
    yield "merge", lambda: edit.merge(thread, other)
    yield "diff and apply", lambda: edit.apply(thread, edit.diff(thread, other))


def measure(make: Callable[[int], list[Comment]], size: int) -> dict[str, float]:
    """Return the seconds of processor time that each operation takes: the best of up to three."""
    taken = {}
    for name, run in operations(make(size)):
        times: list[float] = []
        while len(times) < 3 and sum(times) < 2:
            gc.collect()
            start = time.process_time()
            kept = run()
            times.append(time.process_time() - start)
            del kept
        taken[name] = min(times)
    return taken


def main() -> None:
    """Measure, print, and write the table where one is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    small, large = map(int, options.sizes.split(","))
    lines = []
    for make in (chain, fan):
        few, many = measure(make, small), measure(make, large)
        lines += [
            f"### A {make.__name__}",
            "",
            f"| operation | {small:,}, s | {large:,}, s | growth |",
            "|---|---:|---:|---:|",
        ]
        for name, seconds in many.items():
            growth = f"{seconds / few[name]:.1f}" if few[name] > 0.001 else ""
            lines.append(f"| {name} | {few[name]:.3f} | {seconds:.2f} | {growth} |")
        lines.append("")
    text = "\n".join(lines)
    print(text)
    if options.output:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
