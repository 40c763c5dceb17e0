"""Spark beside DuckDB and the library: the same rows and the same answers."""

import json
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

import discourse
from discourse import Comment, corpus, metrics, spark
from discourse.corpus import _writer
from discourse.errors import CorpusError, FieldError, FieldTypeError

pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def threads(invented):
    """Sixty threads."""
    return list(invented(60))


@pytest.fixture(scope="module")
def written(local, threads, tmp_path_factory):
    """A corpus of 60 threads in several row groups and two files, which the session knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_writer, "GROUP", 100)
        folder = tmp_path_factory.mktemp("corpus") / "a.corpus"
        corpus.write(threads[:40], folder)
        made = corpus.write(threads[40:], folder, mode="append")
    spark.create_views(local, str(folder))
    return made


def answers(frame):
    return sorted(tuple(row) for row in frame.collect())


# -- SQL -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "depth_histogram()",
        "depth_histogram('gull/3')",
        "h_index()",
        "structural_virality()",
        "reciprocity()",
        "subtree('gull/3', 'c1')",
        "ancestors('gull/3', 'c9')",
        "path('gull/3', 'c9', 'c7')",
        "replies",
        "problems",
    ],
)
def test_spark_and_duckdb_give_the_same_rows(local, written, query):
    asked = f"select * from {query}"
    mine = written.sql(asked)
    theirs = local.sql(asked)
    assert theirs.columns == mine.columns
    assert answers(theirs) == sorted(mine.fetchall())


def test_three_measures_agree_with_the_library(local, written):
    for name in ("h_index", "structural_virality", "reciprocity"):
        of_spark = dict(answers(local.sql(f"select * from {name}()")))
        of_library = dict(written.map(getattr(metrics, name)))
        assert of_spark == {key: of_library[key] for key in of_spark}
        assert len(of_spark) > 40


def test_a_folder_that_is_no_corpus_is_refused(local, tmp_path):
    with pytest.raises(CorpusError, match=r"cannot read .*corpus\.json"):
        spark.create_views(local, str(tmp_path))
    tmp_path.joinpath("corpus.json").write_text("{}")
    with pytest.raises(CorpusError, match="no manifest"):
        spark.create_views(local, str(tmp_path))


# -- functions of threads --------------------------------------------------------------------------


def test_functions_get_the_same_comments_as_of_a_corpus(local, written):
    def shape(thread):
        return len(thread), metrics.h_index(thread), sum(c.score for c in thread)

    frame = spark.map_threads(
        local.table("comments"), shape, "comments bigint, h_index int, score bigint"
    )
    assert frame.columns == ["thread_id", "comments", "h_index", "score"]
    wanted = sorted((key, *value) for key, value in written.map(shape) if value[0])
    assert answers(frame) == wanted


def test_exceptions_are_kept_by_thread(local, written):
    def fails(thread):
        return 1 // (len(thread) % 5), len(thread)

    table = local.table("comments")
    schema = "a int not null, b int"
    with pytest.raises(Exception, match=r"CorpusError: thread '.*': ZeroDivisionError"):
        spark.map_threads(table, fails, schema).collect()
    frame = spark.map_threads(table, fails, schema, on_error="keep")
    assert frame.columns == ["thread_id", "a", "b", "error"]
    counts = {key: n for key, n in written.map(len) if n}
    rows = {key: rest for key, *rest in frame.collect()}
    assert rows.keys() == counts.keys()
    for key, (a, b, error) in rows.items():
        if counts[key] % 5:
            assert (a, b, error) == (1 // (counts[key] % 5), counts[key], None)
        else:
            assert (a, b) == (None, None) and "ZeroDivisionError" in error
    with pytest.raises(FieldError, match="must not have error"):
        spark.map_threads(table, fails, "error string", on_error="keep")
    with pytest.raises(FieldError, match="'raise' or 'keep'"):
        spark.map_threads(table, fails, schema, on_error="drop")


@pytest.mark.parametrize("size", ["1", "7", "10000"])
def test_batches_may_end_anywhere(local, written, size):
    local.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", size)
    try:
        frame = spark.map_threads(local.table("comments"), len, "comments int")
        assert answers(frame) == sorted((k, n) for k, n in written.map(len) if n)
    finally:
        local.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def test_with_the_threads_functions_get_whole_threads(local, written, threads):
    frame = spark.map_threads(
        local.table("comments"), discourse.dumps, "json string", threads=local.table("threads")
    )
    found = {key: discourse.loads(text) for key, text in frame.collect()}
    assert found == dict(zip(written.keys(), threads, strict=True))


def test_columns_that_are_not_there_are_unknown(local, written):
    few = local.table("comments").select("thread_id", "position", "thread_size", "id", "parent_id")
    frame = spark.map_threads(few, lambda t: [c.text for c in t], "texts array<string>")
    assert {text for _, texts in frame.collect() for text in texts} == {None}
    with pytest.raises(FieldError, match="must have thread_size"):
        spark.map_threads(few.drop("thread_size"), len, "n int")


def test_rows_that_were_shuffled_are_refused_and_mended(local, written):
    astray = local.table("comments").repartition(3, "id")
    with pytest.raises(Exception, match=r"CorpusError: a thread is cut.*shuffle=True"):
        spark.map_threads(astray, len, "n int").collect()
    mended = spark.map_threads(astray, len, "n int", shuffle=True)
    assert answers(mended) == sorted((k, n) for k, n in written.map(len) if n)


def test_rows_that_were_chosen_are_no_threads(local, written):
    chosen = local.table("comments").where("score > 0")
    with pytest.raises(Exception, match="CorpusError: a thread is cut"):
        spark.map_threads(chosen, len, "n int", shuffle=True).collect()


def test_files_that_spark_wrote_are_read_by_spark_and_mended_for_the_library(
    local, written, threads, tmp_path
):
    rows = local.table("comment_rows").repartition(2, "id")
    rows.write.parquet(str(tmp_path / "rows"))
    again = local.read.parquet(str(tmp_path / "rows"))
    assert spark.map_threads(again, len, "n int", shuffle=True).count() > 40
    copy = corpus.write(threads, tmp_path / "b.corpus")
    mended = corpus.rewrite(copy.path, comments=sorted((tmp_path / "rows").glob("*.parquet")))
    assert sorted(t.digest() for t in mended) == sorted(t.digest() for t in threads)


@pytest.mark.parametrize(
    ("schema", "error", "match"),
    [
        ("levels strange", FieldError, "refused by Spark"),
        ("int", FieldTypeError, "must be columns"),
        (7, FieldTypeError, "must be columns"),
        ("thread_id string", FieldError, "which is added"),
    ],
)
def test_a_schema_that_is_none_is_refused(local, written, schema, error, match):
    with pytest.raises(error, match=match):
        spark.map_threads(local.table("comments"), len, schema)


@pytest.mark.parametrize(
    ("function", "schema", "match"),
    [
        (lambda t: 1 // 0, "n int", "thread 'gull/[0-9]+': ZeroDivisionError"),
        (lambda t: "x", "n int", "no int32, as n is"),
        (lambda t: 2**40, "n int", "no int32, as n is"),
        (lambda t: (1, 2, 3), "a int, b int", "has not the columns a, b"),
        (lambda t: {"a": 1}, "a int, b int", "has not the columns a, b"),
        (lambda t: 5, "a int, b int", "has not the columns a, b"),
    ],
)
def test_what_a_function_does_wrong_is_told(local, written, function, schema, match):
    with pytest.raises(Exception, match=match):
        spark.map_threads(local.table("comments"), function, schema).collect()


def test_functions_return_mappings_objects_and_times(local, written):
    frame = local.table("comments")
    wanted = sorted(
        (k, s.levels, s.comments) for k, s in written.map(metrics.summary) if s.comments
    )
    of_objects = spark.map_threads(frame, metrics.summary, "levels int, comments int")
    assert answers(of_objects) == wanted
    of_mappings = spark.map_threads(
        frame, lambda t: {"b": len(t), "a": metrics.levels(t)}, "a int, b int"
    )
    assert answers(of_mappings) == wanted
    moment = datetime(2024, 5, 1, 12, tzinfo=UTC)
    times = spark.map_threads(frame, lambda t: moment, "at timestamp").select("at").first()
    assert times[0].astimezone(UTC) == moment


def test_times_and_offsets_come_to_functions(local, tmp_path):
    moment = datetime.fromisoformat("2024-05-01T12:00:00.123456+05:30")
    small = corpus.write(
        [discourse.Thread(None, [Comment("a", created_at=moment)])], tmp_path / "c"
    )
    rows = local.read.parquet(*map(str, small.path.glob("comments/*")))
    frame = spark.map_threads(rows, lambda t: t["a"].created_at.isoformat(), "at string")
    assert frame.first()[1] == moment.isoformat()


def test_functions_over_batches_get_whole_threads(local, written):
    def deepest(batches):
        for table in spark.thread_rows(batches):
            yield from table.group_by("thread_id").aggregate([("depth", "max")]).to_batches()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        frame = local.table("comments").mapInArrow(deepest, "thread_id string, depth_max int")
    levels = dict(written.map(metrics.levels))
    assert answers(frame) == sorted((key, n - 1) for key, n in levels.items() if n)


# -- the data source -------------------------------------------------------------------------------


@pytest.fixture
def files(local, threads, tmp_path):
    """A folder with three files of threads, one of them damaged."""
    spark.register(local)
    for n in range(3):
        discourse.write(threads[n * 5 : n * 5 + 5], tmp_path / f"{n}.jsonl")
    with (tmp_path / "2.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    tmp_path.joinpath("_SUCCESS").touch()
    return tmp_path


def test_files_of_other_formats_give_the_rows_of_a_corpus(local, threads, files):
    read = local.read.format("discourse")
    comments = read.load(str(files))
    heads = read.option("table", "threads").load(str(files / "*.jsonl"))
    assert comments.rdd.getNumPartitions() == 3
    assert [f.name for f in comments.schema] == [c.name for c in corpus.COMMENTS]
    assert [f.name for f in heads.schema] == [c.name for c in corpus.THREADS]
    frame = spark.map_threads(comments, discourse.dumps, "json string", threads=heads)
    found = sorted(discourse.loads(text).digest() for _, text in frame.collect())
    assert found == sorted(thread.digest() for thread in threads[:15])
    assert {row.digest for row in heads.collect()} == set(found)


def test_what_is_wrong_in_files_is_a_table(local, files):
    read = local.read.format("discourse").option("format", "jsonl").option("table", "problems")
    (row,) = read.load(str(files)).collect()
    assert (Path(row.source or "2.jsonl").name, row.rows) == ("2.jsonl", 0)
    assert row.kind and json.loads(row.values or "[]") is not None
    assert read.load(str(files / "0.jsonl")).count() == 0


@pytest.mark.parametrize(
    ("path", "options", "match"),
    [
        ("none.xml", {}, "is no file"),
        ("*.xml", {}, "is no file"),
        ("", {"table": "authors"}, "must be one of comments, threads, problems"),
        ("", {"tabel": "threads"}, "must be one of format, path, table"),
        ("", {"format": "xlsx"}, "UnknownFormatError"),
    ],
)
def test_a_source_that_cannot_be_read_says_why(local, files, path, options, match):
    with pytest.raises(Exception, match=match):
        local.read.format("discourse").options(**options).load(str(files / path)).count()
