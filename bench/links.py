"""Time who quotes, names and repeats whom, and what privacy does, and how the time grows.

Usage: python bench/links.py [--sizes 100000,1000000] [--only quotes,mentions]
           [--kinds ordinary,worst] [-o TABLE.md]

The texts are drawn by lot, their words as rare and as common as those of real texts; a part of them
quotes its parent, calls its author, repeats another, or tells an address. ``worst`` makes texts
that are hard: each quotes all that everybody says, or is made of few words.
"""

import argparse
import random
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


_KINDS = {"ordinary": ordinary, "worst": worst}


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


def best(function: Callable[[], object], times: int) -> float:
    """Return the seconds that the fastest of some runs took of the processor."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        function()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print the table, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="50000,100000")
    parser.add_argument("--only", default="")
    parser.add_argument("--kinds", default="ordinary,worst")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    only = set(filter(None, options.only.split(",")))
    rows: dict[str, list[float]] = {}
    for size in sizes:
        for make in [_KINDS[kind] for kind in options.kinds.split(",")]:
            thread = make(size)
            for name, function in operations(thread):
                if not only or name in only:
                    rows.setdefault(f"{name}, {make.__name__}", []).append(
                        best(function, options.times)
                    )
    lines = [
        f"| what | {' | '.join(f'{size:,} (s)' for size in sizes)} | growth |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name, taken in rows.items():
        growth = taken[-1] / taken[0] if taken[0] else float("nan")
        lines.append(f"| {name} | {' | '.join(f'{t:.2f}' for t in taken)} | {growth:.1f} |")
    table = "\n".join(lines)
    print(table)
    if options.output is not None:
        options.output.write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
