"""Whole threads out of batches of rows, which needs no Spark."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Comment, MissingExtraError, Thread, spark
from discourse.corpus._rows import to_tables
from discourse.errors import CorpusError

pa = pytest.importorskip("pyarrow")


def rows(*counts):
    """The rows of threads that have so many comments."""
    pairs = [
        (f"t{number}", Thread(Article(), [Comment(str(n)) for n in range(count)]))
        for number, count in enumerate(counts)
    ]
    return to_tables(pairs, digests=False)[0]


def batches(table, size):
    return table.combine_chunks().to_batches(size)


@given(st.lists(st.integers(0, 9), max_size=9), st.integers(1, 12))
def test_each_thread_is_whole_in_one_table_wherever_batches_end(counts, size):
    table = rows(*counts)
    cut = list(spark.thread_rows(batches(table, size)))
    assert all(part["position"][0].as_py() == 0 for part in cut)
    keys = [set(part["thread_id"].to_pylist()) for part in cut]
    assert sum(map(len, keys)) == len(set().union(*keys))
    assert [row for part in cut for row in part.to_pylist()] == table.to_pylist()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(1, 12), st.data())
def test_a_thread_that_lacks_a_row_is_refused(counts, size, data):
    table = rows(*counts)
    lost = data.draw(st.integers(0, table.num_rows - 1))
    if counts[int(table["thread_id"][lost].as_py()[1:])] == 1:
        return  # a whole thread
    rest = pa.concat_tables([table.slice(0, lost), table.slice(lost + 1)])
    with pytest.raises(CorpusError, match="a thread is cut"):
        list(spark.thread_rows(batches(rest, size)))


def test_rows_out_of_order_are_refused():
    table = rows(3, 2)
    for order in ([0, 2, 1, 3, 4], [0, 3, 1, 2, 4], [1, 2, 0, 3, 4]):
        with pytest.raises(CorpusError, match="shuffle=True"):
            list(spark.thread_rows(table.take(order).to_batches()))


def test_rows_that_do_not_say_where_they_stand_are_refused():
    table = rows(3).drop_columns(["thread_size"])
    with pytest.raises(CorpusError, match="no column 'thread_size'"):
        list(spark.thread_rows(table.to_batches()))


def test_one_large_thread_in_many_batches_is_put_together_once(lines_run):
    work = [lines_run(lambda n=n: list(spark.thread_rows(batches(rows(n), 1)))) for n in (200, 400)]
    assert work[1] < 2.2 * work[0]


@pytest.mark.parametrize("call", [spark.register, lambda s: spark.create_views(s, "a.corpus")])
def test_without_spark_an_error_names_the_extra(call, monkeypatch):
    for name in ("pyspark.errors", "pyspark.sql.datasource"):
        monkeypatch.setitem(sys.modules, name, None)
    spark._data_source._source_class.cache_clear()

    class Session:
        @property
        def dataSource(self):  # noqa: N802 - as Spark calls it
            return self

        def register(self, source):
            raise AssertionError

    with pytest.raises(MissingExtraError, match=r"discourse-model\[spark\]"):
        call(Session())
