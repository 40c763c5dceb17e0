"""Time a corpus beside what people use today: writing, reading, asking, mapping, and a flat dump.

Usage: python bench/corpus.py [--threads 100000] [--dump 10000000] [-o TABLE.md]

The texts are invented, of 20,000 words as unevenly used as those of a language. Times are of the
processor, of all processes of a job, in microseconds a comment; memory is the most that the main
process of a job took, on Linux. Building may take 1 GB here.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import discourse
from discourse import Article, Author, Comment, Thread, metrics
from discourse.corpus._preorder import preorder

SIZE = 20
MEMORY = "1GB"
START = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)


class Words:
    """Texts of invented words, as long as comments are."""

    def __init__(self) -> None:
        self.rng = random.Random(7)
        letters = "etaoinshrdlucmfwypvbgk"
        words = [
            "".join(self.rng.choices(letters, k=self.rng.randint(2, 9))) for _ in range(20_000)
        ]
        weights = [1 / (rank + 3) for rank in range(len(words))]
        self._pool = self.rng.choices(words, weights, k=1_000_000)

    def text(self) -> str:
        """Return a text."""
        start = self.rng.randrange(len(self._pool) - 400)
        length = min(int(self.rng.lognormvariate(3.6, 0.9)) + 3, 400)
        return " ".join(self._pool[start : start + length])


def threads(count: int) -> Iterator[Thread]:
    words, people = Words(), [Author(f"user{n}", id=f"u{n}") for n in range(50_000)]
    rng = words.rng
    for number in range(count):
        comments = [
            Comment(
                f"{number:x}_{n}",
                f"{number:x}_{rng.randrange(n)}" if n and rng.random() < 0.6 else None,
                people[int(len(people) * rng.random() ** 2)],
                words.text(),
                created_at=START + dt.timedelta(seconds=number * 60 + n),
                score=int(rng.paretovariate(1.2)),
            )
            for n in range(SIZE)
        ]
        article = Article(words.text()[:60], id=f"{number:x}", site="harbour", text=words.text())
        yield Thread(article, comments)


def dump(path: Path, count: int) -> None:
    """Write a dump in no order: 1 % orphans, 0.1 % repeated lines, 7 % deleted or removed."""
    words = Words()
    rng = words.rng
    latest: dict[int, list[str]] = {}
    with path.open("wb") as file:
        for number in range(count):
            post = int(count / SIZE * rng.random() ** 1.3)
            earlier = latest.setdefault(post, [])
            chance, fate = rng.random(), rng.random()
            parent = f"t3_p{post:x}"
            if earlier and chance > 0.4:
                parent = f"t1_{rng.choice(earlier)}" if chance < 0.99 else f"t1_gone{number:x}"
            row = {
                "author": "[deleted]"
                if fate < 0.07
                else f"user{int(count * rng.random() ** 2 / 10)}",
                "body": words.text()
                if fate > 0.07
                else "[deleted]"
                if fate < 0.04
                else "[removed]",
                "controversiality": 0,
                "created_utc": 1_672_531_200 + number // 40,
                "distinguished": None,
                "edited": False,
                "id": f"c{number:x}",
                "link_id": f"t3_p{post:x}",
                "parent_id": parent,
                "permalink": f"/r/harbour/comments/p{post:x}/_/c{number:x}/",
                "score": int(rng.paretovariate(1.2)),
                "subreddit": "harbour",
                "subreddit_id": "t5_2x",
            }
            earlier.append(row["id"])  # type: ignore[arg-type]
            del earlier[:-8]
            line = json.dumps(row, separators=(",", ":")).encode() + b"\n"
            file.write(line if rng.random() > 0.001 else line * 2)


# -- measuring -------------------------------------------------------------------------------------


def _run(job: Callable[..., object], arguments: tuple[object, ...], answer: object) -> None:
    begun = _spent()
    wall = time.perf_counter()
    value = job(*arguments)
    taken = _spent() - begun, time.perf_counter() - wall
    answer.put((*taken, _most_memory(), value))  # type: ignore[attr-defined]


def _most_memory() -> float:
    """Return the most MB that this process took: ``ru_maxrss`` would include its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1.024e-3 for line in lines if line.startswith("VmHWM:"))


def _spent() -> float:
    times = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in times)


class Table:
    """Runs each job in a process of its own, and keeps a row for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._context = multiprocessing.get_context("spawn")

    def head(self, title: str, first: str, unit: str) -> None:
        """Begin a table."""
        self.lines += ["", f"### {title}", "", f"| {first} | {unit} | wall, s | memory, MB |"]
        self.lines += ["|---|---:|---:|---:|"]

    def row(self, name: str, count: int, job: Callable[..., object], *arguments: object) -> object:
        """Run a job, and return what it returns."""
        answer = self._context.Queue()
        process = self._context.Process(target=_run, args=(job, arguments, answer))
        process.start()
        cpu, wall, most, value = answer.get()
        process.join()
        shown = f"{cpu / count * 1e6:.1f}" if count > 1 else f"{cpu:.2f}"
        self.lines.append(f"| {name} | {shown} | {wall:.1f} | {most:,.0f} |")
        print(self.lines[-1], flush=True)
        return value


# -- jobs: threads ---------------------------------------------------------------------------------


def make(path: Path, count: int) -> int:
    from discourse.json import write_jsonl

    write_jsonl(threads(count), path)
    return path.stat().st_size


def write_corpus(lines: Path, folder: Path, digests: str) -> int:
    read = discourse.json.iter_jsonl(lines)
    corpus = discourse.corpus.write(read, folder, mode="replace", digests=bool(digests))
    return corpus.info()["bytes"]


def read_jsonl(path: Path) -> int:
    return sum(len(thread) for thread in discourse.json.iter_jsonl(path))


def read_corpus(folder: Path) -> int:
    return sum(len(thread) for thread in discourse.corpus.open(folder))


def write_jsonl(lines: Path, path: Path) -> int:
    discourse.json.write_jsonl(discourse.json.iter_jsonl(lines), path)
    return path.stat().st_size


def ask_warm(folder: Path, query: str) -> float:
    corpus = discourse.corpus.open(folder, workers=2)
    times = []
    for _ in range(3):
        begun = time.process_time()
        corpus.sql(query).fetchall()
        times.append(time.process_time() - begun)
    return min(times)


def take_one(folder: Path, key: str) -> float:
    corpus = discourse.corpus.open(folder, workers=2)
    times = []
    for _ in range(5):
        begun = time.process_time()
        _ = corpus[key]
        times.append(time.process_time() - begun)
    return min(times)


def map_all(folder: Path, workers: int) -> float:
    begun = time.perf_counter()
    for _ in discourse.corpus.open(folder).map(metrics.summary, workers=workers):
        pass
    return time.perf_counter() - begun


def convokit_load(lines: Path, count: int) -> int:
    from convokit import Corpus, Speaker, Utterance

    utterances = []
    for thread in discourse.json.iter_jsonl(lines):
        root = thread.comments[0].id
        for comment in thread:
            speaker = Speaker(id=comment.author.key if comment.author else "?")
            utterances.append(
                Utterance(
                    id=comment.id,
                    speaker=speaker,
                    conversation_id=root,
                    reply_to=comment.parent_id,
                    text=comment.text,
                )
            )
        if len(utterances) >= count:
            break
    return len(list(Corpus(utterances=utterances).iter_utterances()))


# -- jobs: a dump ----------------------------------------------------------------------------------


def build(path: Path, folder: Path, workers: int) -> dict[str, int]:
    return discourse.corpus.build(
        path, folder, mode="replace", memory=MEMORY, workers=workers
    ).info()


def duckdb_json(path: Path) -> object:
    import duckdb

    with duckdb.connect(config={"threads": 2, "memory_limit": MEMORY}) as connection:
        query = f"select count(body), max(score) from read_ndjson_auto('{path}')"  # noqa: S608 - ours
        return connection.sql(query).fetchall()


def polars_json(path: Path) -> object:
    import polars as pl

    return pl.scan_ndjson(path).select(pl.col("body").count(), pl.col("score").max()).collect()


def kernel(count: int) -> float:
    rng = random.Random(1)
    ids = [f"c{n}" for n in range(SIZE)]
    parents = [ids[rng.randrange(n)] if n and rng.random() < 0.6 else None for n in range(SIZE)]
    begun = time.process_time()
    for _ in range(count // SIZE):
        preorder(ids, parents)
    return time.process_time() - begun


# -- the run ---------------------------------------------------------------------------------------

QUESTIONS = {
    "depth histogram": "from depth_histogram()",
    "who answers whom": "select author_key, parent_author_key, count(*) as n from replies "
    "group by all order by n desc limit 10",
    "structural virality": "select avg(structural_virality) from structural_virality()",
    "h-index": "select avg(h_index) from h_index()",
    "search for a word": "select count(*) from comments where contains(text, 'tea')",
}


def of_threads(table: Table, folder: Path, count: int) -> None:
    comments = count * SIZE
    lines = folder / "threads.jsonl.zst"
    table.head(f"{count:,} threads of {SIZE} comments", "job", "µs a comment")
    size = table.row(
        "invent, write JSON Lines with zstd (for what follows)", comments, make, lines, count
    )
    table.row("read JSON Lines with zstd", comments, read_jsonl, lines)
    table.row(
        "read those, write JSON Lines with zstd",
        comments,
        write_jsonl,
        lines,
        folder / "x.jsonl.zst",
    )
    corpus = folder / "a.corpus"
    table.row(
        "read those, write a corpus with digests", comments, write_corpus, lines, corpus, "digests"
    )
    packed = table.row("read those, write a corpus", comments, write_corpus, lines, corpus, "")
    table.row("read a corpus", comments, read_corpus, corpus)
    few = min(comments, 200_000)
    try:
        import convokit  # noqa: F401 - to see whether it is there

        table.row(f"ConvoKit, {few:,} utterances: read those, load", few, convokit_load, lines, few)
    except ImportError:
        pass
    one = table.row("map metrics.summary, one process", comments, map_all, corpus, 1)
    two = table.row("map metrics.summary, two processes", comments, map_all, corpus, 2)
    table.lines += ["", f"Two processes are {float(one) / float(two):.2f} times as fast."]  # type: ignore[arg-type]
    table.lines += [f"Bytes a comment: corpus {int(packed) / comments:.0f}, "]  # type: ignore[call-overload]
    table.lines[-1] += f"JSON Lines {int(size) / comments:.0f}."  # type: ignore[call-overload]
    table.lines += ["", "| question | processor, s |", "|---|---:|"]
    for name, query in QUESTIONS.items():
        table.lines.append(f"| {name} | {ask_warm(corpus, query):.3f} |")
        print(table.lines[-1], flush=True)
    table.lines.append(f"| one thread | {take_one(corpus, f'harbour/{count // 2:x}'):.3f} |")


def of_dump(table: Table, folder: Path, count: int) -> None:
    path = folder / "RC.jsonl"
    dump(path, count)
    table.head(
        f"A dump of {count:,} comments, {path.stat().st_size / 1e9:.1f} GB", "job", "µs a row"
    )
    table.row("DuckDB: read_json, count", count, duckdb_json, path)
    table.row("polars: scan_ndjson, count", count, polars_json, path)
    info: Any = None
    for workers in (1, 2):
        info = table.row(
            f"build a corpus, {workers} to read", count, build, path, folder / "d.corpus", workers
        )
    table.lines += [
        "",
        f"The ordering of a thread: {kernel(200_000) / 200_000 * 1e6:.1f} µs a comment.",
    ]
    table.lines += [f"Bytes a comment: {info['bytes'] / info['comments']:.0f}."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=100_000)
    parser.add_argument("--dump", type=int, default=10_000_000)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        if options.threads:
            of_threads(table, Path(folder), options.threads)
        if options.dump:
            of_dump(table, Path(folder), options.dump)
    text = "\n".join(table.lines).strip() + "\n"
    print(text)
    if options.output:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
