"""Rows come back in order and whole threads together, whatever fits in memory."""

import itertools
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from discourse.corpus import _external_sort  # noqa: E402 - needs pyarrow
from discourse.corpus._external_sort import read_sorted, write_run  # noqa: E402

KEYS = st.sampled_from(["", "a", "b", "b1", "c", "é", "\uffff", "😀"])


@given(
    runs=st.lists(st.lists(KEYS, min_size=1, max_size=20), max_size=6),
    memory=st.integers(0, 2_000),
    rows=st.integers(1, 8),
    batch=st.integers(1, 5),
)
def test_rows_come_back_in_order_and_threads_whole(runs, memory, rows, batch):
    numbers = itertools.count()
    given_rows = [[(key, next(numbers)) for key in keys] for keys in runs]
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(_external_sort, "_BATCH", batch),
    ):
        written = []
        for number, run in enumerate(given_rows):
            keys, seqs = zip(*run, strict=True)
            columns = {"thread_id": keys, "seq": seqs}
            if number % 2:  # a column that only some runs have
                columns["text"] = [f"{key}{seq}" for key, seq in run]
            written.append(write_run(pa.table(columns), Path(folder, f"{number}.arrow")))
        tables = list(read_sorted(written, memory, rows))
    read = [
        list(zip(*(table[name].to_pylist() for name in ("thread_id", "seq")), strict=True))
        for table in tables
    ]
    assert list(itertools.chain(*read)) == sorted(itertools.chain(*given_rows))
    for one, other in itertools.pairwise(read):
        assert one[-1][0] != other[0][0]
    for table in tables:
        for row in table.to_pylist():
            assert row.get("text") in (None, f"{row['thread_id']}{row['seq']}")


def test_little_memory_means_few_rows_at_a_time(tmp_path):
    rows = pa.table({"thread_id": [f"{n:05}" for n in range(10_000)], "seq": range(10_000)})
    runs = [write_run(rows.slice(n, 2_500), tmp_path / f"{n}") for n in range(0, 10_000, 2_500)]
    (whole,) = read_sorted(runs, 2 * rows.nbytes + 100_000, 10_000)
    assert whole.num_rows == 10_000
    tables = list(read_sorted(runs, rows.nbytes // 4, 10_000))
    assert max(table.num_rows for table in tables) < 3_000
