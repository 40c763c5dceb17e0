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


@pytest.mark.parametrize("command", ["stats", "query", "convert", "check", "view", "show"])
def test_a_pattern_without_a_file_and_standard_input_twice_are_refused(run, command):
    more = ["depth 0"] if command == "query" else []
    done = run(command, "*.none", *more)
    assert (done.status, done.err) == (2, "discourse: no file matches '*.none'\n")
    assert run(command, "-", "-", *more).status == 2


def test_stats_of_several_files_are_a_line_a_thread(run, pages):
    done = run("stats", "pages")
    assert done.status == 0 and done.err == "discourse: 3 threads, 9 comments\n"
    heading, first, second, third = done.out.splitlines()
    assert heading.split() == ["comments", "levels", "people", "begun", "problems", "thread"]
    assert first.split(maxsplit=5) == ["4", "2", "2", "-", "0", f"{FILES[0]}: Bridge to close"]
    assert second.endswith(f"{FILES[1]}: Bridge to close")
    assert third.endswith(f"{FILES[1]}: Lighthouse")
    rows = [json.loads(line) for line in run("stats", "--json", "pages").out.splitlines()]
    assert [(row["file"], row["thread"]) for row in rows] == [
        (FILES[0], 1), (FILES[1], 2), (FILES[1], 3)
    ]  # fmt: skip
    assert run("stats", "--json", "pages", "--thread", "3").out == json.dumps(rows[2]) + "\n"


EMPTY_FEED = "<rss version='2.0'><channel><title>Comments on: Mills</title></channel></rss>"


def test_stats_of_several_files_count_problems_and_have_a_row_for_a_file_without_a_thread(
    run, pages
):
    (pages / "feed.xml").write_text(EMPTY_FEED, encoding="utf-8")
    shutil.copy("broken.json", pages / "broken.json")
    done = run("stats", "pages")
    assert done.status == 0
    lines = [line.split(maxsplit=5) for line in done.out.splitlines()[1:]]
    problems = {line[5].partition(":")[0]: (line[0], line[4]) for line in lines}
    assert problems == {
        str(Path("pages", "broken.json")): ("4", "1"),
        str(Path("pages", "feed.xml")): ("0", "1"),
        FILES[0]: ("4", "0"),
        FILES[1]: ("1", "0"),
    }
    assert run("stats", "pages", "-o", "out.csv").status == 0
    rows = list(csv.DictReader(Path("out.csv").read_text("utf-8").splitlines()))
    assert [(row["thread"], row["comments"], row["problems"]) for row in rows] == [
        ("1", "4", "1"), ("", "0", "1"), ("2", "4", "0"), ("3", "4", "0"), ("4", "1", "0")
    ]  # fmt: skip
    rows = [json.loads(line) for line in run("stats", "--json", "pages").out.splitlines()]
    assert [(row["thread"], row["problems"]) for row in rows] == [
        (1, 1), (None, 1), (2, 0), (3, 0), (4, 0)
    ]  # fmt: skip
    assert len(run("stats", "pages", "--thread", "4").out.splitlines()) == 2


def test_check_of_several_files_is_a_line_a_file_and_a_total(run, pages):
    done = run("check", "pages")
    assert (done.status, done.err) == (0, "discourse: 2 files: 3 threads, 9 comments, 0 problems\n")
    shutil.copy("broken.json", pages / "broken.json")
    done = run("check", "pages")
    assert done.status == 1
    assert done.err == "discourse: 3 files: 4 threads, 13 comments, 1 problem\n"
    heading, *lines = done.out.splitlines()
    assert heading.split() == ["problems", "threads", "comments", "file"]
    assert [line.split() for line in lines] == [
        ["1", "1", "4", str(Path("pages", "broken.json"))],
        ["0", "1", "4", FILES[0]],
        ["0", "2", "5", FILES[1]],
    ]
    rows = [json.loads(line) for line in run("check", "--json", "pages").out.splitlines()]
    assert [(row["threads"], row["comments"], row["problem_count"]) for row in rows] == [
        (1, 4, 1), (1, 4, 0), (2, 5, 0)
    ]  # fmt: skip
    assert [len(row["problems"]) for row in rows] == [1, 0, 0]


def test_check_of_several_files_goes_on_after_one_that_cannot_be_read(run, pages):
    (pages / "a.json").write_text("{", encoding="utf-8")
    done = run("check", "pages")
    assert done.status == 3 and len(done.out.splitlines()) == 3
    named, total = done.err.splitlines()
    assert "a.json" in named
    assert total.endswith("3 files: 3 threads, 9 comments, 0 problems; 1 file cannot be read")
    rows = [json.loads(line) for line in run("check", "--json", "pages").out.splitlines()]
    assert rows[0]["error"] and all("error" not in row for row in rows[1:])


def test_check_of_several_files_fails_for_one_without_a_thread(run, pages):
    (pages / "none.jsonl").write_text("\n", encoding="utf-8")
    done = run("check", "pages/*.jsonl", "--from", "jsonl")
    assert done.status == 1 and done.err.endswith("2 files: 2 threads, 5 comments, 0 problems\n")


def test_show_of_several_files_names_them(run, pages):
    done = run("show", "pages")
    assert (done.status, done.err) == (0, "")
    heads = [line for line in done.out.splitlines() if line.startswith("thread")]
    assert heads == [f"thread {n} · {FILES[n > 1]}" for n in (1, 2, 3)]


def test_view_of_several_files_is_one_page_with_an_index(run, pages):
    discourse.write(Thread(None, [Comment("1")]), pages / "untitled.json")
    (pages / "z.json").write_text("{", encoding="utf-8")
    done = run("view", "pages", "-o", "out.html", "--no-open")
    assert done.status == 3 and "z.json" in done.err
    page = Path("out.html").read_text("utf-8")
    index = page[page.index("<nav") : page.index("</nav>")]
    assert index.count("Bridge to close") == 2 and "Lighthouse" in index
    assert f"{Path('pages', 'untitled.json')}, thread 4" in index
    assert run("view", "pages", "-o", str(Path("pages", "untitled.json"))).status == 2


def test_draw_of_several_files_is_a_picture_a_thread_in_a_folder(run, pages):
    shutil.copy("small.json", pages / "Small.json")
    done = run("draw", "pages", "-o", "pictures/new")
    assert (done.status, done.out) == (0, "")
    assert done.err == f"discourse: 4 files written to {Path('pictures', 'new')}\n"
    names = sorted(path.name for path in Path("pictures", "new").iterdir())
    assert names == ["Small.svg", "small-2.svg", "threads-2.svg", "threads.svg"]
    drawn = Path("pictures", "new", "threads-2.svg").read_text("utf-8")
    lighthouse = discourse.read("threads.jsonl").threads[1]
    assert drawn.rstrip() == discourse.render.svg(lighthouse).rstrip()


def test_draw_puts_all_threads_of_one_file_into_a_folder(run, folder):
    assert run("draw", "threads.jsonl", "-o", "new/", "--to", "md").status == 0
    assert "Lighthouse" in (folder / "new" / "threads-2.md").read_text("utf-8")
    done = run("draw", "threads.jsonl", "-o", "one.svg")
    assert done.status == 3 and "-o NAME/" in done.err


@pytest.mark.parametrize("output", [(), ("-o", "out.svg"), ("-o", "small.json")])
def test_draw_of_several_files_takes_a_folder_alone(run, pages, output):
    done = run("draw", "pages", *output)
    assert done.status == 2 and "into a folder" in done.err


def test_draw_never_overwrites_a_file_that_it_reads(run, pages):
    (pages / "small.txt").write_text("A title\n\nThe body.\n\n  1. First!\n", encoding="utf-8")
    done = run("draw", "pages", "-o", "pages", "--to", "txt")
    assert done.status == 2 and "is an input file" in done.err
    assert "First!" in (pages / "small.txt").read_text("utf-8")


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
