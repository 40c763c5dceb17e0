"""A corpus is an iterable of threads, with names, for the functions that take many threads."""

import pytest

import discourse
from discourse import Article, Author, Comment, Thread, links, metrics, query, render, tables

pytest.importorskip("duckdb")

SOME = [
    Thread(
        Article("Bridge", id=str(number), site="gull"),
        [Comment(str(n), str(n - 1) if n else None, Author(f"u{n % 3}")) for n in range(number)],
    )
    for number in range(5)
]


@pytest.fixture
def corpus(tmp_path):
    return discourse.corpus.write(SOME, tmp_path / "a.corpus")


def test_functions_of_many_threads_take_a_corpus(corpus, tmp_path):
    by_key = dict(corpus.items())
    assert list(corpus) == list(by_key.values()) == SOME
    assert metrics.summary(corpus) == metrics.summary(by_key)
    assert metrics.author_roles(corpus) == metrics.author_roles(SOME)
    assert tables.to_rows(corpus) == tables.to_rows(by_key)
    replied = query.has_replies()
    assert query.select(corpus, replied) == query.select(SOME, replied)
    assert query.split(corpus) == query.split(SOME)
    assert links.near_duplicates(corpus) == links.near_duplicates(SOME)
    assert render.html(corpus) == render.html(SOME)
    discourse.write(corpus, tmp_path / "threads.jsonl")
    assert discourse.read(tmp_path / "threads.jsonl").threads == tuple(SOME)


def test_frames_of_a_corpus_have_its_keys(corpus):
    pytest.importorskip("pandas")
    frame = tables.to_pandas(corpus)
    assert list(frame["thread"].unique()) == corpus.keys("comments > 0")
    assert len(frame) == corpus.info()["comments"]


def test_threads_of_a_stream_are_taken_as_they_are(tmp_path):
    discourse.write(SOME, tmp_path / "threads.jsonl")
    stream = discourse.stream(tmp_path / "threads.jsonl")
    assert metrics.summary(stream) == metrics.summary(SOME)


def test_what_takes_one_thread_refuses_a_corpus_and_says_why(corpus):
    match = "must be a Thread, not a Corpus: pass one thread at a time"
    for function in (metrics.levels, render.text):
        with pytest.raises(TypeError, match=match):
            function(corpus)
