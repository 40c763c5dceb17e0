"""Count the mutants of the source that the tests do not notice.

    python bench/mutation.py [--sample 80] [--seed 1] [--state FILE] [--survivors]

It lists the mutants that cosmic-ray makes of the packages below, draws a sample that is spread
evenly over them, and runs the tests of a mutant's package in a copy of the project. A mutant is
killed if a test fails or the tests take too long. It prints the survivors, each with its diff.

A sample has at most one mutant of each line, and none of an annotation. The results go to a state
file. A run that was interrupted continues there; ``--survivors`` runs only those that survived.
"""

import argparse
import ast
import difflib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]

# Each package with its tests: the narrowest first, since most mutants die there.
TESTS = {
    "model": ("tests/model", "tests/laws"),
    "thread": ("tests/thread", "tests/laws"),
    "edit": ("tests/edit", "tests/thread"),
    "json": ("tests/json", "tests/laws"),
    "query": ("tests/query",),
    "metrics": ("tests/metrics",),
    "formats/_kit": ("tests/formats/test_kit.py", "tests/formats"),
}
COPIED = (".ci", "bench", "docs", "src", "tests", "conftest.py", "pyproject.toml", "README.md")


class Mutant(NamedTuple):
    """A change of one place in a file."""

    path: str
    line: int
    operator: str
    occurrence: int

    def applied(self, source: str) -> str:
        """Return the source of the file with the change."""
        return mutate_code(source, get_operator(self.operator)(), self.occurrence)


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file whose place is not in an annotation."""
    source = path.read_text("utf-8")
    annotations = list(_annotations(source))
    nodes = list(ast_nodes(get_ast(source)))
    name = path.relative_to(ROOT).as_posix()
    for operator_name in operator_names():
        operator = get_operator(operator_name)
        if operator.arguments():
            continue  # it needs the names of variables
        places = [place for node in nodes for place in operator().mutation_positions(node)]
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start and end <= last for first, last in annotations):
                yield Mutant(name, start[0], operator_name, occurrence)


def _annotations(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for node in ast.walk(ast.parse(source)):
        for field in ("annotation", "returns"):
            annotation = getattr(node, field, None)
            if annotation is not None:
                start = (annotation.lineno, annotation.col_offset)
                yield start, (annotation.end_lineno, annotation.end_col_offset)


def draw(package: str, count: int, seed: int) -> list[Mutant]:
    """Draw mutants of a package, each of another line.

    Each has a lot of its own, and a change of one file leaves the draw from the others as it is.
    """
    paths = sorted((ROOT / "src" / "discourse" / package).glob("*.py"))
    candidates = [mutant for path in paths for mutant in mutants(path)]
    candidates.sort(key=lambda mutant: random.Random(f"{seed} {mutant}").random())
    lines: dict[tuple[str, int], Mutant] = {}
    for mutant in candidates:
        lines.setdefault((mutant.path, mutant.line), mutant)
    return list(lines.values())[:count]


class Copy:
    """A copy of the project, in which one file at a time is changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in COPIED:
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "_build")
                shutil.copytree(ROOT / name, folder / name, ignore=ignored)
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, folder / name)
        self._seconds: dict[str, float] = {}

    def kills(self, mutant: Mutant, tests: str) -> bool:
        """Whether tests that pass in the copy fail or do not end with a mutant in it."""
        if tests not in self._seconds:
            start = time.perf_counter()
            if self._fails(tests, None):
                sys.exit(f"{tests} fails without a mutant")
            self._seconds[tests] = time.perf_counter() - start
        path = self.folder / mutant.path
        original = path.read_text("utf-8")
        try:
            self._write(path, mutant.applied(original))
            return self._fails(tests, 20 + 3 * self._seconds[tests])
        finally:
            self._write(path, original)

    def diff(self, mutant: Mutant) -> str:
        """Return the lines that a mutant changes."""
        source = (self.folder / mutant.path).read_text("utf-8")
        before, after = source.splitlines(), mutant.applied(source).splitlines()
        return "\n".join(list(difflib.unified_diff(before, after, lineterm="", n=0))[3:])

    def _write(self, path: Path, source: str) -> None:
        path.write_text(source, "utf-8")
        # Python takes a compiled file for fresh if size and second are the same.
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)

    def _fails(self, tests: str, timeout: float | None) -> bool:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", tests]
        environment = {
            **os.environ,
            "HYPOTHESIS_PROFILE": "quick",
            "PYTHONPATH": str(self.folder / "src"),
        }
        try:
            process = subprocess.run(  # noqa: S603 - this project's own tests
                command,
                cwd=self.folder,
                env=environment,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
        return process.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=80, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, help="the file of results")
    parser.add_argument("--survivors", action="store_true", help="run those that survived again")
    arguments = parser.parse_args()
    state = arguments.state or Path(tempfile.gettempdir()) / f"mutants-{arguments.seed}.json"
    results: dict[str, Any] = json.loads(state.read_text("utf-8")) if state.exists() else {}

    share, more = divmod(arguments.sample, len(TESTS))
    samples = [
        (package, mutant)
        for number, package in enumerate(TESTS)
        for mutant in draw(package, share + (number < more), arguments.seed)
    ]
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for package, mutant in samples:
            key = f"{mutant.path}:{mutant.line} {mutant.operator} {mutant.occurrence}"
            if key in results and (results[key] or not arguments.survivors):
                continue
            results[key] = any(copy.kills(mutant, tests) for tests in TESTS[package])
            state.write_text(json.dumps(results, indent=0), "utf-8")
            if not results[key]:
                print(
                    f"{mutant.path}:{mutant.line} {mutant.operator}\n{copy.diff(mutant)}\n",
                    flush=True,
                )
    count, killed = len(results), sum(results.values())
    print(f"{killed} of {count} mutants killed: {killed / count:.0%}")


if __name__ == "__main__":
    main()
