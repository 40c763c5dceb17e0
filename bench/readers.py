"""Time the reader of each format of JSON beside `json.loads` of the same text.

    python bench/readers.py [FILE ...]

Without files it takes the invented fixtures of the tests, and repeats one comment in each, with
ids of its own for every copy, to about `COMMENTS` comments.
"""

import json
import math
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import discourse
from discourse.errors import DiscourseError

COMMENTS = 5_000
RUNS = 3
FIXTURES = Path(__file__).parents[1] / "tests" / "formats" / "fixtures"
_FAR = 1_000_003
_IDS = frozenset({"_id", "cid", "comment_id", "commentHex", "id", "name", "node_id", "uri", "url"})


def best(task: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def lists(value: Any) -> Iterator[list[Any]]:
    """Yield every list of objects in a document."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from lists(each)


def ids(value: Any) -> Iterator[str | int]:
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(each, dict | list):
            yield from ids(each)
        elif key in _IDS and isinstance(each, str | int) and not isinstance(each, bool):
            yield each


def copied(value: Any, own: frozenset[str | int], number: int) -> Any:
    """Return a copy in which every id of *own* is another."""
    if isinstance(value, dict):
        return {key: copied(each, own, number) for key, each in value.items()}
    if isinstance(value, list):
        return [copied(each, own, number) for each in value]
    if isinstance(value, bool) or value not in own:
        return value
    return value + number * _FAR if isinstance(value, int) else f"{value}x{number}"


def enlarged(text: str, place: int, copies: int) -> str:
    """Return a document that has the last item of one of its lists many times."""
    document = parsed(text)
    items = list(lists(document))[place]
    own = frozenset(ids(items[-1]))
    items += [copied(items[-1], own, number) for number in range(1, copies)]
    return "\n".join(map(json.dumps, document)) if is_lines(text) else json.dumps(document)


def suits(name: str, text: str) -> tuple[float, float]:
    """Return how well a document suits: without problems, and of one large discussion."""
    try:
        reading = discourse.parse(text, format=name)
    except DiscourseError:
        return (-math.inf, 0)
    comments = sum(map(len, reading.threads))
    return (-len(reading.problems), comments / max(1, len(reading.threads)))


def measure(name: str, text: str) -> None:
    reading = discourse.parse(text, format=name)
    comments = sum(map(len, reading.threads))
    threads = len(reading.threads)
    bare = best(lambda: parsed(text))
    full = best(lambda: discourse.parse(text, format=name))
    megabytes = len(text.encode()) / 1e6
    per_comment = full / max(1, comments) * 1e9
    print(
        f"| {name} | {megabytes:.2f} | {comments:,} | {threads:,} | {len(reading.problems)} "
        f"| {megabytes / full:.1f} | {megabytes / bare:.1f} | {per_comment:,.0f} "
        f"| {full / bare:.1f} |"
    )


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def is_lines(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return True
    return False


def fixtures() -> Iterator[tuple[str, str]]:
    for path in sorted(FIXTURES.glob("*.toml")):
        name = path.stem
        text = tomllib.loads(path.read_text(encoding="utf-8"))["text"].replace("@@", "").strip()
        try:
            places = range(len(list(lists(parsed(text)))))
        except ValueError:
            continue  # not JSON
        place = max(places, key=lambda at: suits(name, enlarged(text, at, 5)), default=None)
        if place is not None:
            large = enlarged(text, place, COMMENTS)
            if suits(name, large)[1] >= COMMENTS:  # else the copies are none: posts by number, say
                yield name, large


def main() -> None:
    print(
        "| format | MB | comments | threads | problems | MB/s | bare MB/s | ns a comment | ratio |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            text = Path(name).read_text(encoding="utf-8")
            measure(discourse.parse(text).threads[0].source.format, text)
        return
    for name, text in fixtures():
        measure(name, text)


if __name__ == "__main__":
    main()
