"""Several files, folders and patterns: which files they stand for, and what commands do with them."""

import csv
import json
import shutil
from pathlib import Path

import pytest

import discourse
from discourse import Comment, Thread
from discourse._cli._many_files import expanded


@pytest.fixture
def pages(folder):
    """A folder of two files, one of them in a folder below, and no others beside it."""
    below = folder / "pages" / "old"
    below.mkdir(parents=True)
    shutil.copy("small.json", below / "small.json")
    shutil.copy("threads.jsonl", folder / "pages" / "threads.jsonl")
    (folder / "pages" / ".git").mkdir()
    (folder / "pages" / ".git" / "config").touch()
    return folder / "pages"


FILES = [str(Path("pages", "old", "small.json")), str(Path("pages", "threads.jsonl"))]


@pytest.mark.parametrize("name", ["pages", "pages/**/*.json*", "page[s]"])
def test_a_folder_and_a_pattern_stand_for_their_files(pages, name):
    assert expanded([name], None) == FILES
    assert expanded([name, "-", "none"], None) == [*FILES, "-", "none"]


def test_a_file_whose_name_is_like_a_pattern_is_that_file(folder):
    (folder / "a[1].json").touch()
    (folder / "a1.json").touch()
    assert expanded(["a[1].json"], None) == ["a[1].json"]
    assert expanded(["a?.json"], None) == ["a1.json"]


def test_a_folder_that_is_one_data_set_is_one_input(folder):
    (folder / "dump").mkdir()
    (folder / "dump" / "Posts.xml").touch()
    assert expanded(["dump"], None) == ["dump"]


@pytest.mark.parametrize("command", ["stats", "query", "convert"])
def test_a_pattern_without_a_file_and_standard_input_twice_are_refused(run, command):
    more = ["depth 0"] if command == "query" else []
    done = run(command, "*.none", *more)
    assert (done.status, done.err) == (2, "discourse: no file matches '*.none'\n")
    assert run(command, "-", "-", *more).status == 2


def test_stats_of_several_files_are_a_line_a_thread(run, pages):
    done = run("stats", "pages")
    assert done.status == 0 and done.err == "discourse: 3 threads, 9 comments\n"
    heading, first, second, third = done.out.splitlines()
    assert heading.split() == ["comments", "levels", "people", "begun", "thread"]
    assert first.split(maxsplit=4) == ["4", "2", "2", "-", f"{FILES[0]}: Bridge to close"]
    assert second.endswith(f"{FILES[1]}: Bridge to close")
    assert third.endswith(f"{FILES[1]}: Lighthouse")
    rows = [json.loads(line) for line in run("stats", "--json", "pages").out.splitlines()]
    assert [(row["file"], row["thread"]) for row in rows] == [
        (FILES[0], 1), (FILES[1], 2), (FILES[1], 3)
    ]  # fmt: skip
    assert run("stats", "--json", "pages", "--thread", "3").out == json.dumps(rows[2]) + "\n"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(run, pages):
    (pages / "a.json").write_text("{", encoding="utf-8")
    done = run("stats", "pages")
    assert done.status == 3 and len(done.out.splitlines()) == 4
    assert done.err.startswith("discourse: ") and "a.json" in done.err.splitlines()[0]
    done = run("query", "pages", "none", "by Bo")
    assert (done.status, done.out) == (2, "") and "there is no file 'none'" in done.err
    done = run("query", "pages", "by Bo")
    assert done.status == 3 and "2 · Bo · Why?" in done.out and "a.json" in done.err
    assert run("convert", "pages", "-o", "all.csv").status == 3 and not Path("all.csv").exists()


def test_stats_are_written_as_tables(run, pages):
    for name in ("out.csv", "out.jsonl", "out.jsonl.gz"):
        done = run("stats", "pages", "-o", name)
        assert (done.status, done.out, done.err) == (0, "", "")
    rows = list(csv.DictReader(Path("out.csv").read_text("utf-8").splitlines()))
    assert [(row["file"], row["thread"], row["comments"]) for row in rows] == [
        (FILES[0], "1", "4"), (FILES[1], "2", "4"), (FILES[1], "3", "1")
    ]  # fmt: skip
    same = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    assert list(same[0]) == list(rows[0]) and same[1]["title"] == "Bridge to close"
    for name in ("out.txt", "out"):
        assert run("stats", "pages", "-o", name).status == 2
    assert run("stats", "pages", "-o", "x.csv", "--json").status == 2
    assert run("stats", "threads.jsonl", "-o", "threads.jsonl").status == 2
    assert discourse.read("threads.jsonl").threads


def test_a_title_is_no_formula_in_a_table(run, folder):
    article = discourse.Article("=1+1")
    discourse.write(Thread(article, [Comment("1")]), folder / "formula.json")
    run("stats", "formula.json", "-o", "out.csv")
    assert "'=1+1" in Path("out.csv").read_text("utf-8")


def test_stats_and_comments_are_written_as_parquet(run, pages):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("stats", "pages", "-o", "stats.parquet").status == 0
    assert parquet.read_table("stats.parquet")["comments"].to_pylist() == [4, 4, 1]
    assert run("convert", "threads.jsonl", "-o", "all.parquet").status == 0
    threads = discourse.read("threads.jsonl").threads
    assert discourse.read("all.parquet").threads == threads
    assert run("query", "pages", "by Bo", "-o", "bo.parquet").status == 0
    assert parquet.read_table("bo.parquet")["tags"].to_pylist() == ['["context"]', None] * 2


def test_a_query_of_several_files_says_in_which_a_comment_is(run, pages):
    done = run("query", "pages/*/*.json", "pages/threads.jsonl", "by Bo or matching dark")
    assert done.status == 0
    heads = [line for line in done.out.splitlines() if line.startswith("thread")]
    assert heads == [
        f"thread 1 · {FILES[0]} · Bridge to close",
        f"thread 2 · {FILES[1]} · Bridge to close",
        f"thread 3 · {FILES[1]} · Lighthouse",
    ]
    done = run("query", "--json", "pages", "by Bo")
    assert [json.loads(line)["file"] for line in done.out.splitlines()] == FILES
    assert run("query", "--count", "pages", "depth 0..").out == "9\n"
