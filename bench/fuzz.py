"""Read damaged files of every format, and stop at nothing: list what is no error of this library.

    python bench/fuzz.py [--count N] [--seed N] [--limit SECONDS] [--state FILE] FILE_OR_FOLDER...

Each file is damaged again and again (see `tests/formats/mutations.py`) and parsed, by its content
and by the format that it is without damage. Every exception that is not a `DiscourseError`, and
every read above the limit, is printed with the seed that makes it again. With `--state`, an
interrupted run goes on where it ended. The exit status is 1 if anything was found.
"""

import argparse
import json
import random
import runpy
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import discourse
from discourse import DiscourseError

MUTATIONS = Path(__file__).parent.parent / "tests" / "formats" / "mutations.py"
LARGEST = 300_000  # bytes: of larger files the beginning is taken


def names_of(files: list[Path]) -> dict[Path, str]:
    """Return the format of each file that can be read."""
    names = {}
    for path in files:
        try:
            reading = discourse.read(path)
        except (DiscourseError, OSError):
            continue
        source = reading.threads[0].source if reading.threads else None
        if source is not None and source.format:
            names[path] = source.format
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--state", type=Path)
    options = parser.parse_args()
    mutated = runpy.run_path(str(MUTATIONS))["mutated"]
    files = [f for p in options.paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    names = names_of([file for file in files if file.is_file()])
    if not names:
        parser.error("none of these files can be read")
    order, data = sorted(names), {path: path.read_bytes()[:LARGEST] for path in names}
    done, outcomes, found = options.seed, Counter[str](), 0
    if options.state and options.state.exists():
        state = json.loads(options.state.read_text())
        done, outcomes, found = state["done"], Counter(state["outcomes"]), state["found"]
    while done < options.seed + options.count:
        draw = random.Random(done)
        path = order[draw.randrange(len(order))]
        damaged = mutated(data[path], draw)
        began = time.process_time()
        try:
            discourse.parse(damaged, None if draw.random() < 0.5 else names[path])
            outcome = "read"
        except DiscourseError:
            outcome = "refused"
        except Exception:  # noqa: BLE001 - what this script looks for
            outcome = "failed"
            print(f"seed {done}: {path}\n{traceback.format_exc(limit=-3)}", flush=True)
        took = time.process_time() - began
        if took > options.limit:
            print(f"seed {done}: {path}: {took:.1f} s for {len(damaged):,} bytes", flush=True)
        found += outcome == "failed" or took > options.limit
        outcomes[outcome] += 1
        done += 1
        if options.state and done % 1_000 == 0:
            options.state.write_text(
                json.dumps({"done": done, "outcomes": outcomes, "found": found})
            )
    counts = ", ".join(f"{count:,} {name}" for name, count in outcomes.most_common())
    print(f"{len(order):,} files, {done - options.seed:,} inputs: {counts}; {found:,} to look at")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
