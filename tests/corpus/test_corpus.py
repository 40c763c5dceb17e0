"""Writing, opening, growing, asking and checking a corpus."""

import json
import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, Thread, corpus, edit, metrics
from discourse.corpus import _merging, _writer
from discourse.errors import CorpusError, FieldError
from discourse.strategies import threads

pytest.importorskip("duckdb")


def thread(number, *texts, title="Bridge"):
    comments = [
        Comment(str(n), str(n - 1) if n % 3 else None, Author(f"u{n % 4}"), text)
        for n, text in enumerate(texts)
    ]
    return Thread(Article(title, id=str(number), site="gull"), comments)


SOME = [thread(n, *("abcdefgh"[: n % 9])) for n in range(40)]


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A corpus of 40 threads in several row groups."""
    monkeypatch.setattr(_writer, "GROUP", 10)
    return corpus.write(SOME, tmp_path / "a.corpus", digests=True)


# -- threads -------------------------------------------------------------------------------------


def test_a_corpus_has_the_threads_that_were_written(small):
    assert len(small) == 40
    assert list(small) == SOME
    assert small["gull/7"] == small["7"] == SOME[7]
    assert "gull/7" in small and "gull/77" not in small
    assert small.get("x") is None
    with pytest.raises(KeyError):
        small["x"]
    assert list(small.keys()) == [f"gull/{n}" for n in range(40)]
    assert list(small.threads("comments > ? and title = 'Bridge'", [7])) == [SOME[8], *SOME[17::9]]
    assert [len(t) for t in small.threads(columns=["author_name"])] == [len(t) for t in SOME]
    assert "40 threads" in repr(small)


def test_columns_that_are_not_read_are_unknown(small):
    (thread,) = small.threads("article_id = '8'", columns=["author_name"])
    assert [(c.id, c.parent_id, c.author, c.text) for c in thread] == [
        (c.id, c.parent_id, c.author, None) for c in SOME[8]
    ]
    with pytest.raises(FieldError, match="must be columns"):
        list(small.threads(columns=["nothing"]))


def test_an_id_that_several_articles_have_is_refused(tmp_path):
    pair = [Thread(Article(id="1", site=site)) for site in ("gull", "tern")]
    both = corpus.write(pair, tmp_path / "c")
    assert both["gull/1"] == pair[0]
    with pytest.raises(CorpusError, match="several articles have the id"):
        both["1"]


def test_a_corpus_may_be_empty(tmp_path):
    empty = corpus.write([], tmp_path / "c")
    assert (len(empty), list(empty), empty.check()) == (0, [], [])
    for view in ("comments", "threads", "replies", "problems"):
        assert empty.sql(f"select * from {view}").fetchall() == []


def test_threads_without_comments_stand_between_others(tmp_path, monkeypatch):
    monkeypatch.setattr(_writer, "GROUP_THREADS", 2)
    several = [Thread(Article(id=str(n))) for n in range(5)] + [thread(9, "a")]
    written = corpus.write(several, tmp_path / "c")
    assert list(written) == several
    assert [key for key, _ in written.map(len)] == written.keys()


@settings(max_examples=10)
@given(st.lists(threads(), max_size=4))
def test_any_threads_are_written_and_read(tmp_path_factory, several):
    folder = tmp_path_factory.mktemp("corpus") / "c"
    written = (
        corpus.write(several, folder, key=lambda t: keys.pop(), digests=True)
        if (keys := [str(n) for n in range(len(several))][::-1])
        else corpus.write([], folder)
    )
    assert list(written) == several
    assert written.check() == []
    assert [written[str(n)] for n in range(len(several))] == several


# -- growing -------------------------------------------------------------------------------------


def test_a_corpus_that_is_there_is_not_replaced_unless_asked(small):
    with pytest.raises(CorpusError, match="is a corpus already"):
        corpus.write([], small.path)
    with pytest.raises(FieldError, match="must be one of new, replace"):
        corpus.write([], small.path, mode="x")
    assert list(corpus.open(small.path)) == SOME
    assert list(corpus.write(SOME[:2], small.path, mode="replace")) == SOME[:2]


def test_another_folder_is_not_written_into(tmp_path):
    tmp_path.joinpath("notes.txt").write_text("mine")
    with pytest.raises(CorpusError, match="exists and is not a corpus"):
        corpus.write([], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_a_killed_writer_left_is_no_obstacle(small):
    small.path.joinpath("corpus.json").unlink()
    small.path.joinpath(".spill").mkdir()
    assert list(corpus.write(SOME[:2], small.path)) == SOME[:2]
    names = {path.name for path in small.path.iterdir()}
    assert names == {"corpus.json", "corpus.lock", "comments", "threads"}
    assert len(list(small.path.rglob("*.parquet"))) == 2


def test_threads_are_appended_and_refused_where_they_are_there(small):
    more = [thread(n, "x") for n in (50, 51)]
    assert list(corpus.write(more, small.path, mode="append")) == [*SOME, *more]
    with pytest.raises(CorpusError, match=r"1 threads would be in the corpus twice.*gull/50"):
        corpus.write([thread(50)], small.path, mode="append")
    assert list(corpus.open(small.path)) == [*SOME, *more]
    assert list(small) == SOME  # it is what was there when it was opened


def test_newer_captures_are_merged_as_edit_merge_does(small):
    newer = [
        edit.add(SOME[8], Comment("new", "3", text="!")),
        thread(8, "changed"),
        thread(60, "y"),
    ]
    merged = corpus.write(newer, small.path, mode="merge")
    first = edit.merge(SOME[8], newer[0])
    second = edit.merge(first.thread, newer[1])
    assert merged["gull/8"] == second.thread
    assert {t.digest() for t in merged} == {
        t.digest() for t in [*SOME[:8], second.thread, *SOME[9:], newer[2]]
    }
    told = [(p.kind, p.ids) for p in merged.problems()]
    assert told == [(p.kind, p.ids) for p in (*first.problems, *second.problems)] != []
    assert merged.check() == []


def test_of_many_captures_none_is_mixed_with_another(tmp_path, monkeypatch):
    monkeypatch.setattr(_writer, "GROUP", 8)
    monkeypatch.setattr(_merging, "GROUP", 8)
    captures = [thread(n, *"abcdef"[:size]) for size in (2, 4, 6, 3) for n in range(9)]
    merged = corpus.write(captures, tmp_path / "c", mode="merge")
    assert sorted(merged.keys()) == [f"gull/{n}" for n in range(9)]
    assert all(len(thread) == 6 for thread in merged)
    assert merged.check() == []


def test_after_an_error_the_corpus_is_what_it_was(small):
    def failing():
        yield thread(70, "x")
        raise RuntimeError("the source broke")

    before = sorted(str(p) for p in small.path.rglob("*"))
    with pytest.raises(RuntimeError):
        corpus.write(failing(), small.path, mode="append")
    assert sorted(str(p) for p in small.path.rglob("*")) == before
    assert list(corpus.open(small.path)) == SOME
    fresh = small.path.with_name("fresh")
    with pytest.raises(RuntimeError):
        corpus.write(failing(), fresh)
    assert not fresh.exists()


def _write_slowly(path, begun):
    def slowly():
        for n in range(100_000):
            if n == 50:
                begun.set()
            yield thread(n + 1000, "x")
            time.sleep(0.001)

    _writer.GROUP = 10
    corpus.write(slowly(), path, mode="append")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_writer_that_is_killed_leaves_the_old_corpus_and_no_lock(small):
    context = multiprocessing.get_context("spawn")
    begun = context.Event()
    process = context.Process(target=_write_slowly, args=(small.path, begun))
    process.start()
    begun.wait(60)
    with pytest.raises(CorpusError, match="another process is writing"):
        corpus.write([thread(80)], small.path, mode="append")
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert list(corpus.open(small.path)) == SOME
    assert len(list(small.path.rglob("*.parquet"))) > 2  # what it had written
    corpus.write([thread(80)], small.path, mode="append")
    assert len(list(small.path.rglob("*.parquet"))) == 4
    assert len(corpus.open(small.path)) == 41


# -- files of others -------------------------------------------------------------------------------


def rewritten(path, order):
    """Write a file of Parquet as another program might, and tell the manifest."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    table = pq.read_table(path)
    pq.write_table(order(table), path, row_group_size=7)


def test_row_groups_that_cut_threads_are_refused_and_rewrite_mends_them(small):
    (path,) = small.path.joinpath("comments").iterdir()
    rewritten(path, lambda table: table.take(list(range(table.num_rows))[::-1]))
    other = corpus.open(small.path)
    with pytest.raises(CorpusError, match=r"discourse\.corpus\.rewrite"):
        list(other)
    assert [p.kind for p in other.check()] == ["corpus-damaged"] * 2
    mended = corpus.rewrite(small.path)
    assert sorted(mended.keys()) == sorted(small.keys())
    assert {t.digest() for t in mended} == {t.digest() for t in SOME}
    assert mended.check() == []


def test_rows_that_are_missing_are_refused(small):
    (path,) = small.path.joinpath("comments").iterdir()
    rewritten(path, lambda table: table.slice(1))
    for read in (lambda: list(corpus.open(small.path)), lambda: corpus.rewrite(small.path)):
        with pytest.raises(CorpusError):
            read()


def test_a_changed_file_is_told(small):
    (path,) = small.path.joinpath("threads").iterdir()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    problems = corpus.open(small.path).check()
    assert problems[0].message == "the file is not the one that was written"
    path.unlink()
    assert "cannot be read" in corpus.open(small.path).check()[0].message


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data | {"schema": "discourse/corpus/99"},
        lambda data: data | {"parts": [{}]},
        lambda data: {},
        lambda data: [],
        lambda data: json.loads(json.dumps(data).replace("comments/", "../comments/")),
    ],
)
def test_a_manifest_of_another_kind_is_refused(small, change):
    path = small.path / "corpus.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(CorpusError):
        corpus.open(small.path)
    with pytest.raises(CorpusError, match="is no corpus"):
        corpus.open(small.path / "comments")


# -- questions -----------------------------------------------------------------------------------


def test_questions_see_the_corpus_and_nothing_else(small, tmp_path):
    other = tmp_path / "secret.csv"
    other.write_text("a\n1\n")
    for query in (
        f"select * from '{other}'",
        f"select * from read_text('{other}')",
        f"attach '{tmp_path / 'x.db'}'",
        "set enable_external_access = true",
        f"copy (select 1) to '{tmp_path / 'x.csv'}'",
        "create table x (y int)",
        "select 1; select 2",
        "select nothing from comments",
        "sel",
        "",
    ):
        with pytest.raises((CorpusError, FieldError)) as caught:
            small.sql(query).fetchall()
        assert len(str(caught.value)) < 3_000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.corpus", "secret.csv"]


def test_values_are_passed_apart_from_the_question(small):
    text = "'; drop table comments; --"
    assert small.sql("select ? as x", [text]).fetchall() == [(text,)]
    query = "select count(*) from comments where text = $text"
    assert small.sql(query, {"text": "a"}).fetchall() == [(sum(len(t) > 0 for t in SOME),)]


def test_tables_come_in_any_shape(small):
    assert small.comments.to_arrow_table().num_rows == sum(map(len, SOME))
    assert len(small.articles.df()) == len(SOME)
    assert small.replies.limit(1).fetchall()[0][0].startswith("gull/")
    with small:
        pass


@settings(max_examples=10)
@given(st.lists(threads(), max_size=3))
def test_the_macros_agree_with_the_metrics(tmp_path_factory, several):
    expect_agreement(several, tmp_path_factory.mktemp("corpus") / "c")


def test_the_macros_agree_with_the_metrics_on_every_sample(shared, tmp_path):
    several = []
    for path in sorted(Path(shared, "samples").rglob("*")):
        if path.is_file() and path.stat().st_size < 200_000:
            try:
                several += discourse.read(path).threads
            except discourse.DiscourseError:
                continue
    assert len(several) > 100
    expect_agreement(several, tmp_path / "c")


def expect_agreement(several, path):
    numbers = iter(range(len(several)))
    asked = corpus.write(several, path, key=lambda thread: f"{next(numbers):06}")
    keyed = dict(asked.items())
    assert dict(asked.sql("from h_index()").fetchall()) == {
        key: metrics.h_index(thread) for key, thread in keyed.items()
    }
    for name in ("structural_virality", "reciprocity"):
        answer = dict(asked.sql(f"from {name}()").fetchall())
        for key, thread in keyed.items():
            expected = getattr(metrics, name)(thread)
            assert answer.get(key) == (None if expected is None else pytest.approx(expected))
    histogram = {}
    for thread in several:
        for depth, count in metrics.depth_distribution(thread).items():
            histogram[depth] = histogram.get(depth, 0) + count
    assert dict(asked.sql("from depth_histogram()").fetchall()) == histogram
    edges = """select thread_id, author_key, parent_author_key, count(*) from replies
        where author_key <> parent_author_key group by all"""
    assert {(key, (a, b)): n for key, a, b, n in asked.sql(edges).fetchall()} == {
        (key, edge): n
        for key, thread in keyed.items()
        for edge, n in metrics.reply_graph(thread).edges.items()
    }
    for key, thread in list(keyed.items())[:20]:
        expect_ranges(asked, key, thread)


def expect_ranges(asked, key, thread):
    chosen = thread.comments[:: max(len(thread) // 3, 1)][:4]
    for comment in chosen:
        for macro, expected in (
            ("subtree", [comment, *thread.descendants(comment)]),
            ("ancestors", thread.ancestors(comment)),
        ):
            ids = asked.sql(f"select id from {macro}(?, ?)", [key, comment.id]).fetchall()
            assert [id for (id,) in ids] == [each.id for each in expected]
        for other in chosen:
            ids = asked.sql("select id from path(?, ?, ?)", [key, comment.id, other.id]).fetchall()
            assert [id for (id,) in ids] == [each.id for each in thread.path(comment, other)]


# -- functions over threads ------------------------------------------------------------------------


def _fails_at_eight(thread):
    if thread.article.id == "8":
        raise ZeroDivisionError("no eight")
    return len(thread)


def test_a_function_runs_over_some_threads(small):
    values = list(small.map(metrics.summary))
    assert values == [(f"gull/{t.article.id}", metrics.summary(t)) for t in SOME]
    some = small.map(len, where="comments = 8")
    assert list(some) == [(f"gull/{n}", 8) for n in (8, 17, 26, 35)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_fails_is_told_with_its_thread_and_in_order(small, workers):
    with pytest.raises(CorpusError, match=r"thread 'gull/8': ZeroDivisionError: no eight"):
        list(small.map(_fails_at_eight, workers=workers))
    kept = dict(small.map(_fails_at_eight, workers=workers, on_error="keep"))
    assert list(kept) == small.keys()
    assert (kept["gull/8"].kind, kept["gull/8"].ids) == ("failed", ("gull/8",))


def _dies(thread):
    os._exit(1)


def test_a_process_that_dies_is_told(small):
    with pytest.raises(CorpusError, match="a process ended"):
        list(small.map(_dies, workers=2))


def test_a_function_that_no_process_can_load_is_refused_at_once(small):
    match = r"define it at the top level of a module, or pass workers=1"
    with pytest.raises(FieldError, match=match):
        small.map(lambda thread: 1, workers=2)
    assert len(list(small.map(lambda thread: 1, workers=1))) == len(SOME)


def _lock(thread):
    return threading.Lock()


def test_results_that_cannot_be_sent_are_refused_in_our_words(small):
    with pytest.raises(CorpusError, match="return plain values, or pass workers=1"):
        list(small.map(_lock, workers=2))


def test_bad_options_of_map_are_refused(small):
    for options in ({"workers": 0}, {"on_error": "x"}):
        with pytest.raises(FieldError):
            small.map(len, **options)


def test_two_threads_may_ask_at_once(small):
    counts = []

    def ask():
        counts.extend(small.sql("select count(*) from comments").fetchall())

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert counts == [(sum(map(len, SOME)),)] * 4


def test_too_little_memory_for_sorting_is_told(tmp_path):
    many = (thread(n, f"{n} " * 2_000) for n in range(5_000))
    path = corpus.write(many, tmp_path / "b", digests=False).path
    with pytest.raises(CorpusError, match=r"DuckDB cannot sort in 5MB.*pass a larger memory="):
        corpus.rewrite(path, memory="5MB")
    assert len(corpus.open(path)) == 5_000


# -- building of other files -----------------------------------------------------------------------


def test_files_of_any_format_are_built_and_their_parts_merged(tmp_path):
    discourse.write(SOME[:5], tmp_path / "a.jsonl")
    discourse.write([thread(4, "a", "b", "c", "d", "e"), thread(90, "z")], tmp_path / "b.jsonl")
    discourse.write(thread(91, "q"), tmp_path / "c.json.gz")
    marks = []
    made = corpus.build(
        sorted(tmp_path.glob("*.json*")),
        tmp_path / "c",
        progress=lambda *mark: marks.append(mark),
    )
    assert sorted(made.keys()) == [
        "gull/0",
        "gull/1",
        "gull/2",
        "gull/3",
        "gull/4",
        "gull/90",
        "gull/91",
    ]
    assert len(made["gull/4"]) == 5
    assert marks[0] == ("reading", 0, 3)
    with pytest.raises(FieldError, match="must name a file"):
        corpus.build([], tmp_path / "d")
    tmp_path.joinpath("x.bin").write_bytes(b"\0\1\2")
    with pytest.raises(discourse.ParseError):
        corpus.build([tmp_path / "x.bin"], tmp_path / "d")
    assert not tmp_path.joinpath("d").exists()
