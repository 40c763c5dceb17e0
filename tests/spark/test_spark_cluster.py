"""A standalone cluster of a master and two workers, which get the package from the session.

DISCOURSE_SPARK_FULL set to ``1`` makes it a million comments; a fiftieth of that otherwise.
"""

import os
import shutil
from pathlib import Path

import pytest

import discourse
from discourse import corpus, metrics, spark

pytest.importorskip("duckdb")

THREADS = 69_000 if os.environ.get("DISCOURSE_SPARK_FULL") == "1" else 1_400


@pytest.fixture(scope="module")
def session(cluster, running, tmp_path_factory):
    """A session of the cluster, with one executor on each of its workers."""
    folder = tmp_path_factory.mktemp("session")
    settings = {
        "spark.executor.memory": "512m",
        "spark.cores.max": "2",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "300s",
    }
    with running(cluster, folder, **settings) as session:
        package = Path(discourse.__file__).parent
        archive = shutil.make_archive(folder / "discourse", "zip", package.parent, package.name)
        session.sparkContext.addPyFile(archive)
        yield session


@pytest.fixture(scope="module")
def large(session, invented, tmp_path_factory):
    """A corpus whose views the session has."""
    folder = tmp_path_factory.mktemp("corpus") / "a.corpus"
    written = corpus.write(invented(THREADS), folder, digests=False)
    spark.create_views(session, str(folder))
    return written


def test_both_workers_take_part(session):
    found = session.sparkContext.parallelize(range(8), 8).map(lambda _: os.getppid()).distinct()
    assert found.count() == 2


def test_three_measures_agree_with_duckdb_and_the_library(session, large):
    of_library = dict(large.map(metrics.h_index, columns=[]))
    of_duckdb = dict(large.sql("from h_index()").fetchall())
    of_spark = {row[0]: row[1] for row in session.sql("select * from h_index()").collect()}
    assert of_spark == of_duckdb == of_library
    for name in ("structural_virality", "reciprocity"):
        of_library = dict(large.map(getattr(metrics, name), columns=["author_id", "author_name"]))
        of_duckdb = dict(large.sql(f"from {name}()").fetchall())
        of_spark = {row[0]: row[1] for row in session.sql(f"select * from {name}()").collect()}
        assert of_spark == of_duckdb == {key: of_library[key] for key in of_duckdb}
        assert len(of_spark) > THREADS / 2


@pytest.mark.parametrize("shuffle", [False, True])
def test_functions_give_what_they_give_of_a_corpus(session, large, shuffle):
    frame = spark.map_threads(
        session.table("comments"), metrics.levels, "levels int", shuffle=shuffle
    )
    wanted = {key: levels for key, levels in large.map(metrics.levels, columns=[]) if levels}
    assert {row[0]: row[1] for row in frame.collect()} == wanted


def test_files_of_other_formats_are_read_by_the_workers(session, invented, tmp_path):
    threads = list(invented(40))
    for n in range(4):
        discourse.write(threads[n::4], tmp_path / f"{n}.jsonl")
    spark.register(session)
    read = session.read.format("discourse").load(str(tmp_path))
    assert read.count() == sum(map(len, threads))
