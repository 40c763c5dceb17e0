"""Time the reader of each format of JSON beside `json.loads` of the same text.

    python bench/readers.py [FILE ...]

Without files it makes answers as the platforms send them (`answers.toml`): threads of 20 and of
1,000 comments, of some 250 characters each, by a fifth as many authors. It takes the time of the
processor, which other programs disturb the least.
"""

import datetime as dt
import json
import random
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import Any

import discourse

SIZES = (20, 1_000)
RUNS = 9
ANSWERS = Path(__file__).with_name("answers.toml")
SAYING = "The old mill by the river was never sold. Who would buy it? I'd say “keep it”. "
START = dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)


def best(task: Callable[[], object]) -> float:
    task()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return min(times)


def answer(shape: dict[str, str], count: int) -> str:
    """Return an answer with so many comments, most of which answer another one."""
    dice, authors = random.Random(count), count // 5
    ups = [None if n < 3 or dice.random() < 0.3 else dice.randrange(n) for n in range(count)]
    paths = ["0"] * count
    for n, up in enumerate(ups):
        paths[n] = f"{'0' if up is None else paths[up]}.{n + 2}"
    top: list[str] = []
    inside: list[list[str]] = [[] for _ in ups]  # the replies, where they are in their parents
    replies, below = [0] * count, [0] * count
    for n in reversed(range(count)):
        up, moment = ups[n], START + dt.timedelta(minutes=n)
        values: dict[str, object] = {
            "n": n + 2,
            "who": n % authors,
            "text": (SAYING * 9)[dice.randrange(80) : dice.randrange(100, 500)],
            "time": f"{moment:%FT%T}",
            "go_time": f"{moment:%F %T}",
            "epoch": int(moment.timestamp()),
            "count": replies[n],
            "below": below[n],
            "path": paths[n],
        }
        if up is not None:
            values |= {"up": up + 2, "up_who": up % authors}
            replies[up] += 1
            below[up] += below[n] + 1
        holder = shape.get("replies" if inside[n] else "leaf", "")
        values["replies"] = Template(holder).substitute(inside=", ".join(inside[n][::-1]))
        parent = shape.get("top" if up is None else "parent", "")
        values["parent"] = Template(parent).substitute(values)
        is_inside = up is not None and "replies" in shape
        (inside[up] if is_inside else top).append(Template(shape["comment"]).substitute(values))
    person = Template(shape.get("person", ""))
    people = ", ".join(person.substitute(who=who) for who in range(authors))
    comments = ", ".join(top[::-1])
    return Template(shape["around"]).substitute(
        comments=comments, lines="\n".join(top[::-1]), people=people, total=count
    )


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def measure(text: str, name: str | None = None) -> None:
    reading = discourse.parse(text)
    formats = {thread.source.format for thread in reading.threads if thread.source is not None}
    assert name is None or formats == {name}, f"{name} is read as {formats}"
    comments = sum(map(len, reading.threads))
    bare = best(lambda: parsed(text))
    full = best(lambda: discourse.parse(text))
    megabytes = len(text.encode()) / 1e6
    print(
        f"| {', '.join(formats)} | {len(text.encode()):,} | {comments:,} | {len(reading.problems)} "
        f"| {megabytes / full:.1f} | {megabytes / bare:.1f} | {full / max(comments, 1) * 1e6:.1f} "
        f"| {full / bare:.1f} |"
    )


def texts() -> Iterator[tuple[str, str | None]]:
    """Yield each text with the name of its format, where that is known."""
    if sys.argv[1:]:
        yield from ((Path(name).read_text(encoding="utf-8"), None) for name in sys.argv[1:])
        return
    shapes = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    for count in SIZES:
        yield from ((answer(shape, count), name) for name, shape in shapes.items())


def main() -> None:
    print("| format | bytes | comments | problems | MB/s | bare MB/s | µs a comment | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for text, name in texts():
        measure(text, name)


if __name__ == "__main__":
    main()
