"""Time the tree: build, walk, descendants, ancestors and one edit, beside the peers installed.

Usage: python bench/tree.py [--sizes 1000,10000,100000] [--peers-up-to 100000] [-o TABLE.md]

Everything runs in one process, one library after another, the garbage collector running as users
have it; each figure is the best of several runs, in nanoseconds a comment (or microseconds a call
for the last columns). Ratios are what counts.
"""

import argparse
import gc
import importlib.metadata
import platform
import random
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peers import Peer, Row, installed

TEXT = "A comment of a usual length, which is about a hundred characters of text, more or less so."


def rows_of(size: int) -> list[Row]:
    """Return a thread like real ones: many short branches, a few long ones, in page order."""
    random.seed(size)
    made: list[Row] = []
    branch: list[str] = []
    for n in range(size):
        keep = random.choice((0, 1, 1, 2, 2, 3, 5, 8, 13))
        del branch[keep:]
        id = f"c{n:07d}"
        made.append((id, branch[-1] if branch else None, f"{TEXT} {n}"))
        branch.append(id)
    return made


def best(run: Callable[[], Any], seconds: float = 1.5, most: int = 7) -> float:
    """Return the shortest of several runs, in seconds."""
    times: list[float] = []
    while not times or (sum(times) < seconds and len(times) < most):
        gc.collect()
        start = time.perf_counter()
        kept = run()
        times.append(time.perf_counter() - start)
        del kept
    return min(times)


def measure(peer: Peer, rows: list[Row]) -> dict[str, float]:
    """Return the figures of one library at one size."""
    size = len(rows)
    figures = {"build": best(lambda: peer.build(rows)) / size * 1e9}
    tree = peer.build(rows)
    figures["walk"] = best(lambda: deque(peer.walk(tree), 0)) / size * 1e9
    middle, last = rows[0][0], rows[-1][0]
    figures["descendants"] = best(lambda: peer.descendants(tree, middle), 0.3) * 1e6
    figures["ancestors"] = best(lambda: peer.ancestors(tree, last), 0.3) * 1e6
    figures["bytes"] = memory(peer, rows)
    return figures


def memory(peer: Peer, rows: list[Row]) -> float:
    """Return the bytes a comment that the tree takes beside the rows it was made of."""
    if "tree only" in peer.name or len(rows) > 100_000:
        return float("nan")
    gc.collect()
    tracemalloc.start()
    tree = peer.build(rows)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del tree
    return taken / len(rows)


def dict_memory(rows: list[Row]) -> float:
    """Return the bytes a comment of plain dicts with the fields that these comments have."""
    gc.collect()
    tracemalloc.start()
    plain = [
        {"id": i, "parent_id": p, "author": None, "text": t, "created_at": None, "score": None,
         "status": "visible", "replies": []}
        for i, p, t in rows
    ]  # fmt: skip
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del plain
    return taken / len(rows)


def edit_share(rows: list[Row]) -> tuple[float, float]:
    """Return how long adding one reply takes (first, last place) as a share of building."""
    from discourse import Comment, Thread, edit

    comments = [Comment(id, parent, None, text) for id, parent, text in rows]
    built = best(lambda: Thread(None, comments))
    thread = Thread(None, comments)
    first = best(lambda: edit.add(thread, Comment("new", rows[0][0])))
    last = best(lambda: edit.add(thread, Comment("new")))
    return first / built, last / built


def table(size: int, figures: dict[str, dict[str, float]]) -> list[str]:
    """Return the figures at one size as a Markdown table, the first library as the measure."""
    base = figures["discourse"]
    lines = [
        f"### {size:,} comments",
        "",
        "| library | build, ns | walk, ns | descendants, µs | ancestors, µs | memory, bytes |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, row in figures.items():
        cells = [f"{row[key]:,.0f}" if row[key] == row[key] else "" for key in row]
        if name != "discourse":
            for n, key in enumerate(("build", "walk")):
                cells[n] += f" ({row[key] / base[key]:.1f}×)"
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, ""]


def main() -> None:
    """Measure, print, and write the table where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--peers-up-to", type=int, default=100_000)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    lines: list[str] = [about(), ""]
    for size in map(int, options.sizes.split(",")):
        rows = rows_of(size)
        figures = {}
        for peer in installed():
            if size > options.peers_up_to and not peer.name.startswith("discourse"):
                continue
            print(f"{size:,}: {peer.name}", file=sys.stderr)
            figures[peer.name] = measure(peer, rows)
        lines += table(size, figures)
        first, last = edit_share(rows)
        lines.append(
            f"Adding one reply takes {first:.1%} of the time of building the tree where it stands "
            f"in the first branch, {last:.1%} where it stands last. "
            f"Plain dicts of eight keys take {dict_memory(rows):,.0f} bytes a comment."
        )
        lines.append("")
    text = "\n".join(lines)
    print(text)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")


def about() -> str:
    """Return which machine, Python and libraries the figures are of."""
    names = (
        "discourse-model", "attrs", "anytree", "bigtree", "convokit", "littletree", "networkx",
        "rustworkx", "treelib",
    )  # fmt: skip
    versions = []
    for name in names:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return (
        f"CPython {platform.python_version()}, {platform.machine()}, {platform.system()}; "
        f"{', '.join(versions)}. Best of several runs in one process; a figure in brackets is how "
        "many times as long it takes as `discourse`."
    )


if __name__ == "__main__":
    main()
