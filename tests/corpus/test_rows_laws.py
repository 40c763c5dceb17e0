"""A thread becomes rows and comes back equal, whatever it holds."""

from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, Source, Status, Stub, Thread
from discourse.corpus import _rows
from discourse.errors import CorpusError
from discourse.strategies import threads

pytest.importorskip("duckdb")


def there_and_back(several):
    pairs = [(str(n), thread) for n, thread in enumerate(several)]
    comments, heads = _rows.to_tables(pairs, digests=False)
    assert comments.schema.names == [column.name for column in discourse.corpus.COMMENTS]
    assert heads.schema.names == [column.name for column in discourse.corpus.THREADS]
    assert comments.num_rows == sum(map(len, several))
    return list(_rows.to_pairs(comments, heads))


@given(st.lists(threads(), max_size=4))
def test_threads_become_rows_and_come_back_equal(several):
    back = there_and_back(several)
    assert back == [(str(n), thread) for n, thread in enumerate(several)]
    assert [thread.digest() for _, thread in back] == [thread.digest() for thread in several]


@given(threads())
def test_offsets_come_back_too_which_equality_does_not_see(thread):
    ((_, back),) = there_and_back([thread])
    for one, other in zip(thread, back, strict=True):
        for name in ("created_at", "edited_at"):
            was, now = getattr(one, name), getattr(other, name)
            assert (was and was.utcoffset()) == (now and now.utcoffset())


@given(threads())
def test_the_columns_of_the_tree_are_those_of_the_thread(thread):
    comments, _ = _rows.to_tables([("t", thread)], digests=False)
    for n, (row, comment) in enumerate(zip(comments.to_pylist(), thread, strict=True)):
        parent = thread.parent(comment)
        assert row["position"] == n
        assert row["depth"] == thread.depth(comment)
        assert row["size"] == thread.size(comment)
        assert row["thread_size"] == len(thread)
        assert row["parent_position"] == (None if parent is None else thread.position(parent))


@pytest.mark.parametrize(
    "thread",
    [
        Thread(),
        Thread(Article()),
        Thread(None, source=Source()),
        Thread(None, [Comment("1", author=Author())]),
        Thread(None, [Comment("1", author=Author(meta={"a": 10**30}))]),
        Thread(None, [Comment("1", text="")]),
        Thread(None, [Comment("1", score=2**62 + 1)]),
        Thread(None, [Comment("1", status=Status.MISSING), Comment("2", "1")]),
        Thread(None, [Comment("1")], stubs=[Stub("1", ids=("2",), count=1), Stub(cursor="x")]),
        Thread(Article(authors=[Author("Ada"), Author()], captions=["", "b"], tags=["x"])),
        Thread(Article(meta={"id": 1}), meta={"meta": [1, {"b": None}]}),
    ],
)
def test_what_is_unknown_stays_apart_from_what_is_empty(thread):
    assert there_and_back([thread]) == [("0", thread)]


def test_a_thread_that_is_cut_is_refused():
    thread = Thread(None, [Comment("1"), Comment("2", "1"), Comment("3")])
    comments, heads = _rows.to_tables([("t", thread)], digests=False)
    for cut in (comments.slice(0, 2), comments.slice(1), comments.take([0, 2, 1])):
        with pytest.raises(CorpusError, match=r"a thread is cut.*discourse\.corpus\.rewrite"):
            list(_rows.to_pairs(cut, heads))


@pytest.mark.parametrize("shape", ["chain", "fan"])
def test_deep_and_wide_threads_come_back(many, shape):
    parents = [None if n == 0 or shape == "fan" else str(n - 1) for n in range(many)]
    thread = Thread(None, [Comment(str(n), parent) for n, parent in enumerate(parents)])
    assert there_and_back([thread]) == [("0", thread)]


def test_every_field_of_a_comment_has_a_column():
    names = {column.name for column in discourse.corpus.COMMENTS}
    fields = {field.name for field in attrs.fields(Comment)} - {"author"}
    assert fields | {f"author_{field.name}" for field in attrs.fields(Author)} <= names


def test_every_sample_comes_back_equal(shared):
    seen = 0
    for path in sorted(Path(shared, "samples").rglob("*")):
        if path.is_file() and path.stat().st_size < 500_000:
            try:
                several = discourse.read(path).threads
            except discourse.DiscourseError:
                continue
            assert [thread for _, thread in there_and_back(several)] == list(several), path
            seen += len(several)
    assert seen > 100
