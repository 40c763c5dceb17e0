"""Time questions in words: reading and writing them, and the list of what is found, as Markdown."""

import io
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import discourse
from discourse import Author, Comment, Thread
from discourse._cli import main
from discourse.query import from_words, to_words

QUESTION = 'by Ann and matching "cat" ignoring-case and not has-replies or depth 2..4'


def best(function: Callable[[], object], times: int = 3) -> float:
    """Return the least seconds of computing that a call took."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        function()
        taken.append(time.process_time() - begun)
    return min(taken)


def thread_of(size: int) -> Thread:
    """Return a thread of some depth, by fifty people."""
    return Thread(
        None,
        [
            Comment(str(n), str(n // 3) if n else None, Author(f"a{n % 50}"), "A cat, or none.")
            for n in range(size)
        ],
    )


def called(*arguments: str) -> Callable[[], None]:
    """Return a call of the command line whose output nobody sees."""

    def call() -> None:
        with redirect_stdout(io.StringIO()):
            assert main(arguments) == 0

    return call


def tables(sizes: list[int]) -> None:
    """Print both tables."""
    print("| question | read | written |\n|---|---|---|")
    for name, text in {
        "five phrases": QUESTION,
        "10,000 phrases": " and ".join(["by Ann"] * 10_000),
        "10,000 brackets": "(" * 10_000 + "by Ann" + ")" * 10_000,
    }.items():
        predicate = from_words(text)
        read, written = best(lambda: from_words(text)), best(lambda: to_words(predicate))  # noqa: B023 - called at once
        print(f"| {name} | {read * 1e3:.3g} ms | {written * 1e3:.3g} ms |")
    print("\n| command | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---|" + "---|" * len(sizes))
    rows: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = str(Path(folder) / "page.json")
            discourse.write(thread_of(size), path)
            for words in (
                ["query", path, QUESTION, "--count"],
                ["query", path, "depth 0.."],
                ["query", path, "depth 0..", "--json"],
                ["show", path, "--color", "never"],
                ["show", path, "--color", "always"],
            ):
                name = " ".join(word for word in words if word != path)
                rows.setdefault(name, []).append(best(called(*words), 1))
    for name, seconds in rows.items():
        print(f"| `{name}` | " + " | ".join(f"{taken:.2f} s" for taken in seconds) + " |")


if __name__ == "__main__":
    tables([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
