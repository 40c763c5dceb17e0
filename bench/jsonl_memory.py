"""Measure the memory that a large JSON Lines file takes to read.

python bench/jsonl_memory.py [MEGABYTES]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from discourse import Comment, Thread
from discourse.json import dumps, iter_jsonl, write_jsonl


def threads(size: int) -> Iterator[Thread]:
    """Yield threads of some hundred comments until they are so many bytes."""
    thread = Thread(None, [Comment(str(n), text="word " * 40) for n in range(400)])
    for _ in range(size // (len(dumps(thread)) + 1) + 1):
        yield thread


def main(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threads.jsonl"
        count = write_jsonl(threads(megabytes * 10**6), path)
        began = time.process_time()
        read = sum(1 for _ in iter_jsonl(path))
        took = time.process_time() - began
        assert read == count
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # kibibytes on Linux
        size = path.stat().st_size / 10**6
        print("| file, MB | threads | most memory, MiB | read, s | MB/s |\n|---|---|---|---|---|")
        print(f"| {size:,.0f} | {count:,} | {peak:,} | {took:.1f} | {size / took:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
