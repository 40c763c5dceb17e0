"""Time who quotes, names and repeats whom, and what privacy does, and how the time grows.

Usage: python bench/links.py [--sizes 100000,1000000] [--hardest 100000]
           [--only quotes,mentions] [-o TABLE.md]

The texts are drawn by lot, about 40 words each, as rare and as common as those of real texts; a
part of them quotes its parent, calls its author, names somebody unknown, repeats another, or tells
an address. The hardest are a chain in which each quotes three times what everybody says.
"""

import argparse
import gc
import platform
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from discourse import Article, Author, Comment, Thread, links, privacy

_WORDS = 40


def ordinary(size: int) -> Thread:
    """Return a thread of all shapes whose comments talk to each other."""
    lot = random.Random(7)
    vocabulary = [_word(lot) for _ in range(20_000)]
    weights = [1 / (n + 2) for n in range(len(vocabulary))]
    stream = iter(lot.choices(vocabulary, weights, k=size * (_WORDS + 2) + 500))
    people = [
        Author(f"{_word(lot).title()} {_word(lot).title()}", f"u{n}") for n in range(size // 5 + 1)
    ]
    comments: list[Comment] = []
    for n in range(size):
        parent = (
            comments[max(0, n - lot.choice((1, 1, 2, 5, 40)))] if n and lot.random() < 0.7 else None
        )
        words = [next(stream) for _ in range(_WORDS)]
        text = " ".join(words)
        kind = lot.random()
        if parent is not None and parent.text and kind < 0.2:
            said = parent.text.split()
            text = f"“{' '.join(said[3:18])}”? {text}"
        elif parent is not None and parent.author is not None and kind < 0.4:
            text = f"@{parent.author.name}: {text}"
        elif comments and kind < 0.45:
            text = f"{comments[lot.randrange(len(comments))].text} {words[0]}"
        elif kind < 0.5:
            number = f"+44 20 7946 0{lot.randrange(100, 999)}"
            text = f"{text} ask me at {words[0]}@mail.example or {number}"
        elif kind < 0.52:
            text = f"{_word(lot).title()} {_word(lot).title()}, {text}"
        comments.append(Comment(str(n), parent and parent.id, lot.choice(people), text))
    return Thread(
        Article("On " + next(stream), text=" ".join(next(stream) for _ in range(400))), comments
    )


def worst(size: int) -> Thread:
    """Return a chain in which all quote the same, with quotation marks and at signs everywhere."""
    said = "it is what it is and it will be what it will be whatever they may say of it"
    comments = [
        Comment(str(n), str(n - 1) if n else None, Author(f"Guest {n % 100}"),
                f"“{said}” “ „ @ @Guest {n % 100} {said} > {n} «{said}")
        for n in range(size)
    ]  # fmt: skip
    return Thread(None, comments)


def _word(lot: random.Random) -> str:
    return "".join(
        lot.choice("bdfgklmnprstvz") + lot.choice("aeiou") for _ in range(lot.randint(1, 4))
    )


def operations(thread: Thread) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each operation with its name."""
    key = bytes(range(32))
    yield "quotes", lambda: links.quotes(thread)
    yield "mentions", lambda: links.mentions(thread)
    yield "near_duplicates", lambda: links.near_duplicates(thread)
    yield "reply_edges", lambda: links.reply_edges(thread)
    yield "pseudonymise", lambda: privacy.pseudonymise(thread, key=key)
    names = [comment.author.name for comment in thread if comment.author and comment.author.name]
    yield "residue", lambda: privacy.residue(thread, names)
    yield "redact_contacts", lambda: privacy.redact_contacts(thread)


def measure(make: Callable[[int], Thread], size: int, only: set[str]) -> dict[str, float]:
    """Return the seconds of processor time that each operation takes: the best of up to three."""
    taken = {}
    for name, run in operations(make(size)):
        times: list[float] = []
        while (not only or name in only) and len(times) < 3 and sum(times) < 10:
            gc.collect()
            start = time.process_time()
            kept = run()
            times.append(time.process_time() - start)
            del kept
        if times:
            taken[name] = min(times)
            print(f"{make.__name__} {size:,} {name} {taken[name]:.2f} s", file=sys.stderr)
    return taken


def main() -> None:
    """Print the table, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100000,1000000", help="of the ordinary texts")
    parser.add_argument("--hardest", type=int, default=100_000, help="how many of the hardest")
    parser.add_argument("--only", default="", help="names of operations, with commas")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    small, large = map(int, options.sizes.split(","))
    only = set(filter(None, options.only.split(",")))
    few, many = measure(ordinary, small, only), measure(ordinary, large, only)
    hard = measure(worst, options.hardest, only) if options.hardest else {}
    lines = [
        f"| operation | {small:,}, s | {large:,}, s | growth | hardest {options.hardest:,}, s |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, seconds in few.items():
        growth = f"{many[name] / seconds:.1f}" if seconds > 0.001 else ""
        told = f"{hard[name]:.1f}" if name in hard else ""
        lines.append(f"| `{name}` | {seconds:.2f} | {many[name]:.1f} | {growth} | {told} |")
    made = f"CPython {platform.python_version()} on {platform.machine()}"
    lines += ["", f"Seconds of processor time, {made}, while other work ran on the machine."]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output is not None:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
