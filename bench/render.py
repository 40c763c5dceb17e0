"""Time the renderers of pages and Markdown: python bench/render.py [--sizes 10000,100000].

Processor time, the best of three, in microseconds a comment, and characters written a comment.
Prints a table in Markdown.
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable

from tree import rows_of

from discourse import Author, Comment, Thread
from discourse.render import html, markdown, text

_START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_MARKUP = '<p>{} <b>And</b> <a href="https://example.org/{}">so</a>.</p><p>On &amp; on</p>'


def threads_of(size: int) -> dict[str, Thread]:
    """Return a thread like real ones, in plain text and in HTML, a chain and a fan."""
    people = [Author(f"user{n}") for n in range(500)]
    plain = [
        Comment(
            id, parent, people[n % 500], said,
            created_at=_START + dt.timedelta(minutes=n), score=n % 9,
        )
        for n, (id, parent, said) in enumerate(rows_of(size))
    ]  # fmt: skip
    marked = [
        Comment(c.id, c.parent_id, c.author, _MARKUP.format(c.text, n), text_format="html")
        for n, c in enumerate(plain)
    ]
    chain = [Comment(str(n), str(n - 1) if n else None, text="Yes.") for n in range(size)]
    fan = [Comment(str(n), "0" if n else None, text="Yes.") for n in range(size)]
    kinds = {"plain text": plain, "HTML": marked, "a chain": chain, "a fan": fan}
    return {name: Thread(None, rows) for name, rows in kinds.items()}


def best(run: Callable[[], str], times: int = 3) -> tuple[float, int]:
    """Return the shortest of several runs, in seconds, and how long what it made is."""
    shortest, length = float("inf"), 0
    for _ in range(times):
        start = time.process_time()
        length = len(run())
        shortest = min(shortest, time.process_time() - start)
    return shortest, length


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    options = parser.parse_args()
    print("| comments | thread | `html` | `markdown` | `text` | characters of a page |")
    print("|--:|---|--:|--:|--:|--:|")
    for size in map(int, options.sizes.split(",")):
        for name, thread in threads_of(size).items():
            page, length = best(lambda: html(thread))  # noqa: B023 - run at once
            written, _ = best(lambda: markdown(thread))  # noqa: B023 - the same
            drawn, _ = best(lambda: text(thread))  # noqa: B023 - the same
            each = [f"{seconds / size * 1e6:.0f} µs" for seconds in (page, written, drawn)]
            print(f"| {size:,} | {name} | {' | '.join(each)} | {length / size:.0f} |", flush=True)


if __name__ == "__main__":
    main()
