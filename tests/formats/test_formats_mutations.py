"""Damaged inputs of every format: a value, this library's error or problems, and nothing else."""

import random
import runpy
import tomllib
from pathlib import Path

import pytest

import discourse
from discourse import DiscourseError

HERE = Path(__file__).parent
mutated = runpy.run_path(str(HERE / "mutations.py"))["mutated"]
FIXTURES = sorted(HERE.glob("fixtures/*.toml"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_damaged_input_is_read_or_refused(path, many):
    text = tomllib.loads(path.read_text(encoding="utf-8"))["text"].replace("@@", "")
    outcomes = {"read": 0, "refused": 0}
    for seed in range(many // 150):
        data = mutated(text.encode(), random.Random(seed))
        # Detected in every other round, so that the signatures meet the damage too.
        named = path.stem if seed % 2 else None
        try:
            reading = discourse.parse(data, named)
        except DiscourseError:
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
            for thread in reading.threads:
                assert len({comment.id for comment in thread}) == len(thread)
            for problem in reading.problems:
                assert problem.message.isprintable()
    assert outcomes["read"] > 0
