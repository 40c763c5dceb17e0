"""Measure reading and writing of threads as JSON, beside what others do with the same bytes.

    python bench/json_speed.py [COMMENTS]

Each figure is the best of several runs, in nanoseconds of processor time a comment, each run in a
process of its own with the collector running. A library that is not installed is skipped.

The first table has a comment with an author, a text, a time and a score. Answers of an API hold
more, so the others have ten keys of `meta` a comment, an author a comment, and threads of 20.
"""

import datetime as dt
import gc
import importlib.metadata
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNS, PROCESSES = 5, 3
SEED = 1


def make(count: int, kind: str) -> Any:
    from discourse import Article, Author, Comment, Thread

    random.seed(SEED)
    people = max(count // (1 if kind == "authors" else 20), 1)
    authors = [Author(f"user{n}", id=str(n)) for n in range(people)]
    text = "Some text of a comment, about as long as they are on average "
    began = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    comments = [
        Comment(
            str(n),
            str(random.randrange(max(0, n - 50), n)) if n and random.random() < 0.8 else None,
            authors[n] if kind == "authors" else random.choice(authors),
            text * random.randrange(1, 3),
            created_at=began + dt.timedelta(seconds=n),
            score=random.randrange(50),
            meta=_meta(n) if kind == "meta" else {},
        )
        for n in range(count)
    ]
    return Thread(Article("T"), comments)


def _meta(n: int) -> dict[str, Any]:
    """Return what APIs say of a comment besides, as Reddit's does."""
    return {
        "author_flair_text": random.choice(["mod", "new", "old", None]),
        "awards": [],
        "collapsed": False,
        "controversiality": 0,
        "distinguished": None,
        "gilded": 0,
        "permalink": f"/r/mills/comments/abc/which_mill_is_the_oldest/{n}/",
        "stickied": False,
        "subreddit_id": "t5_2qh",
        "ups": random.randrange(99),
    }


def ours(data: bytes, _: int) -> dict[str, Callable[[], Any]]:
    import discourse

    thread = discourse.loads(data)
    return {"read": lambda: discourse.loads(data), "write": lambda: discourse.dumps(thread)}


def stdlib(data: bytes, _: int) -> dict[str, Callable[[], Any]]:
    plain = json.loads(data)
    return {"read": lambda: json.loads(data), "write": lambda: json.dumps(plain)}


def orjson(data: bytes, _: int) -> dict[str, Callable[[], Any]]:
    import orjson

    plain = orjson.loads(data)
    return {"read": lambda: orjson.loads(data), "write": lambda: orjson.dumps(plain)}


def msgspec(data: bytes, _: int) -> dict[str, Callable[[], Any]]:
    from discourse.json import _fast

    made = _fast._decoder.decode(data)  # noqa: SLF001 - the structs alone, as a user of msgspec has them
    return {
        "read": lambda: _fast._decoder.decode(data),  # noqa: SLF001
        "write": lambda: _fast._encoder.encode(made),  # noqa: SLF001
    }


def cattrs(data: bytes, _: int) -> dict[str, Callable[[], Any]]:
    from discourse import Thread
    from discourse.json import make_converter

    converter = make_converter()

    def read() -> Any:
        plain = json.loads(data)
        del plain["schema"]
        return converter.structure(plain, Thread)

    thread = read()
    return {"read": read, "write": lambda: json.dumps(converter.unstructure(thread))}


def convokit(data: bytes, count: int) -> dict[str, Callable[[], Any]]:
    from convokit import Corpus, Speaker, Utterance

    rows = json.loads(data)["comments"]
    roots: dict[str, str] = {}
    for row in rows:
        parent = row.get("parent_id")
        roots[row["id"]] = row["id"] if parent is None else roots[parent]
    speakers = {row["author"]["id"]: row["author"]["name"] for row in rows}
    made = {id: Speaker(id=id, meta={"name": name}) for id, name in speakers.items()}
    corpus = Corpus(
        utterances=[
            Utterance(
                id=row["id"],
                speaker=made[row["author"]["id"]],
                conversation_id=roots[row["id"]],
                reply_to=row.get("parent_id"),
                text=row["text"],
                timestamp=n,
                meta={"score": row["score"], "created_at": row["created_at"]},
            )
            for n, row in enumerate(rows[:count])
        ]
    )
    folder = tempfile.mkdtemp()
    corpus.dump("corpus", folder)
    return {
        "read": lambda: Corpus(str(Path(folder) / "corpus")),
        "write": lambda: corpus.dump("corpus", folder),
    }


PEERS = {
    "json": (stdlib, "`json`, plain dicts"),
    "discourse": (ours, "**`discourse`**, threads"),
    "orjson": (orjson, "`orjson`, plain dicts"),
    "msgspec": (msgspec, "`msgspec`, its structs"),
    "cattrs": (cattrs, "`json` and the strict `cattrs` converter, threads"),
    "convokit": (convokit, "`convokit`, a corpus (dump and load)"),
}


def measure(peer: str, what: str, path: str, count: int) -> None:
    """Print the best time of one thing done by one library, in this process."""
    run = PEERS[peer][0](Path(path).read_bytes(), count)[what]
    best = float("inf")
    for _ in range(2 if peer == "convokit" else RUNS):
        gc.collect()
        began = time.process_time()
        made = run()
        best = min(best, time.process_time() - began)
        del made
    print(best * 1e9 / count)


def best_of(peer: str, what: str, path: str, count: int) -> float | None:
    python = (
        os.environ.get("CONVOKIT_PYTHON", sys.executable) if peer == "convokit" else sys.executable
    )
    times = []
    for _ in range(1 if peer == "convokit" else PROCESSES):
        command = [python, __file__, peer, what, path, str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            return None
        times.append(float(done.stdout.split()[-1]))
    return min(times)


def versions() -> str:
    names = ["attrs", "cattrs", "msgspec", "orjson"]
    told = [f"Python {platform.python_version()}"]
    for name in names:
        try:
            told.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(told)


def import_time(code: str) -> float:
    """Return the least processor time of a new interpreter that imports something, in ms."""
    times = []
    for _ in range(15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times) * 1000


KINDS = {
    "plain": "",
    "meta": "With ten keys of `meta` a comment",
    "authors": "With one author a comment",
}


def table(count: int, kind: str, peers: list[str]) -> None:
    """Print the figures of one kind of data."""
    from discourse import dumps

    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        data = dumps(make(count, kind)).encode()
        file.write(data)
        file.flush()
        title = KINDS[kind] or f"{versions()}; {platform.machine()}, {os.cpu_count()} processors"
        print(f"\n{title}: {count:,} comments of {len(data) / count:.0f} bytes.\n")
        print("| | read, ns | to `json` | write, ns | to `json` |\n|---|---|---|---|---|")
        base: dict[str, float] = {}
        for peer in peers:
            cells = []
            for what in ("read", "write"):
                took = best_of(peer, what, file.name, count)
                if took is None:
                    break
                base.setdefault(what, took)
                cells += [f"{took:,.0f}", f"{took / base[what]:.2f}"]
            if cells:
                print(f"| {PEERS[peer][1]} | {' | '.join(cells)} |", flush=True)


def small_threads(count: int) -> None:
    """Print what threads of 20 comments cost, each a document of its own."""
    from discourse import dumps, loads

    threads = [make(20, "plain") for _ in range(count // 20)]
    texts = [dumps(thread) for thread in threads]
    plain = [json.loads(text) for text in texts]
    runs = {
        "`json`, plain dicts": ((json.loads, texts), (json.dumps, plain)),
        "**`discourse`**, threads": ((loads, texts), (dumps, threads)),
    }
    print(f"\nThreads of 20 comments, {len(threads):,} documents; microseconds a document.\n")
    print("| | read | write |\n|---|---|---|")
    for name, pair in runs.items():
        cells = []
        for run, inputs in pair:
            times = []
            for _ in range(RUNS):
                gc.collect()
                began = time.process_time()
                _ = [run(each) for each in inputs]
                times.append(time.process_time() - began)
            cells.append(f"{min(times) / len(threads) * 1e6:.1f}")
        print(f"| {name} | {' | '.join(cells)} |")


def main(count: int) -> None:
    table(count, "plain", list(PEERS))
    for kind in ("meta", "authors"):
        table(count, kind, ["json", "discourse", "orjson"])
    small_threads(min(count, 20_000))
    least = import_time("import attrs, cattrs, cattrs.gen, msgspec")
    ratio = import_time("import discourse") / least
    print(f"\nimport discourse: {ratio:.2f} times the import of attrs, cattrs and msgspec")


if __name__ == "__main__":
    if len(sys.argv) == 5:
        measure(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
