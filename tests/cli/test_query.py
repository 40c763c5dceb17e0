"""`discourse query`: comments that a question in words asks for."""

import json
from pathlib import Path

import pytest

import discourse
from discourse import query


def test_it_lists_ids_authors_and_first_words_in_the_order_of_the_thread(run):
    done = run("query", "small.json", "depth 0 or matching Why or status deleted")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "1 · [red]Ada · At \\x1b[2Jlast, [bold]a bus.",
        "2 · Bo · Why?",
        "3",
        "4 · (deleted)",
    ]


def test_a_line_is_as_wide_as_it_is_told(run):
    done = run("query", "page.txt", "depth 0..", "--width", "30")
    assert all(len(line) <= 30 for line in done.out.splitlines())
    assert len(done.out.splitlines()) == 16


def test_for_machines_it_gives_comments_as_they_are_in_json(run):
    done = run("query", "--json", "small.json", "has-replies")
    document = json.loads(Path("small.json").read_text("utf-8"))
    rows = [json.loads(line) for line in done.out.splitlines()]
    found = [row for row in document["comments"] if row["id"] in {"1", "3"}]
    assert rows == [{"thread": 1, **row} for row in found]


def test_of_several_threads_it_says_which_one_a_comment_is_in(run):
    done = run("query", "threads.jsonl", "by Bo or matching dark")
    assert done.out.splitlines() == [
        "thread 1 · Bridge to close",
        "2 · Bo · Why?",
        "thread 2 · Lighthouse",
        "1 · Still dark?",
    ]
    assert run("query", "threads.jsonl", "by Bo").out.startswith("thread 1 · ")
    assert run("query", "threads.jsonl", "under 3").out.startswith("thread 1 · ")
    done = run("query", "threads.jsonl", "by Bo or matching dark", "--json")
    assert [json.loads(line)["thread"] for line in done.out.splitlines()] == [1, 2]


def test_one_thread_of_several_can_be_asked(run):
    done = run("query", "threads.jsonl", "depth 0", "--thread", "2")
    assert (done.status, done.out, done.err) == (0, "1 · Still dark?\n", "")
    done = run("query", "threads.jsonl", "depth 0", "--thread", "2", "--json")
    assert json.loads(done.out)["thread"] == 2
    assert run("query", "threads.jsonl", "depth 0..", "--thread", "1", "--count").out == "4\n"
    done = run("query", "threads.jsonl", "by x", "--thread", "2")
    assert done.err.splitlines() == [
        "discourse: none of 1 comment matches",
        "discourse: 1 of 1 comment has no known author",
    ]
    done = run("query", "threads.jsonl", "depth 0", "--thread", "1", "--keep", "promote")
    assert discourse.loads(done.out).article.title == "Bridge to close"


def test_what_was_found_before_an_input_breaks_is_shown(run, folder):
    lines = (folder / "threads.jsonl").read_text("utf-8").splitlines()
    (folder / "torn.jsonl").write_text(f"{lines[0]}\n{lines[1][:-9]}\n", encoding="utf-8")
    done = run("query", "torn.jsonl", "by Bo")
    assert "2 · Bo · Why?" in done.out


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "since 2000",
            ["none of 4 comments matches", "4 of 4 comments have no known time"],
        ),
        ("not since 2000 or until 1999", ["4 of 4 comments have no known time"]),
        ("score 1..", ["3 of 4 comments have no known score"]),
        ("depth 0 and not by Bo", ["2 of 4 comments have no known author"]),
        ("by unknown", []),
        ("depth 0", []),
    ],
)
def test_comments_that_lack_what_is_asked_for_are_counted(run, question, said):
    for more in ([], ["--json"], ["--count"]):
        done = run("query", "small.json", question, *more)
        assert done.err.splitlines() == [f"discourse: {line}" for line in said]


def test_its_usage_shows_one_question(run):
    assert "FILE [FILE ...] QUERY\n" in run("query", "--help").out
    assert "in quotes: 'by Ann'" in run("query", "small.json", "by", "Ann").err
    assert "required: FILE, QUERY\n" in run("query").err
    assert "required: QUERY\n" in run("query", "small.json").err


def test_an_equals_sign_that_is_no_part_of_a_question_is_refused_and_shown(run):
    done = run("query", "small.json", "depth 0 and by=Bo")
    assert (done.status, done.out) == (2, "")
    first, question, caret = done.err.splitlines()
    assert first.startswith("discourse: by takes no '=': write 'by Bo'")
    assert question[caret.index("^") :] == "=Bo"
    assert run("query", "small.json", 'by "=Bo"').status == 0


@pytest.mark.parametrize(("question", "count"), [("depth 0..", 5), ("unanswered", 3), ("by x", 0)])
def test_it_counts_over_all_threads(run, question, count):
    done = run("query", "threads.jsonl", question, "--count")
    assert (done.status, done.out) == (0, f"{count}\n")


def test_that_nothing_is_found_is_said(run):
    done = run("query", "small.json", "matching nothing")
    assert (done.status, done.out) == (0, "")
    assert done.err == "discourse: none of 4 comments matches\n"


@pytest.mark.parametrize("keep", ["ancestors", "promote", "whole"])
def test_it_writes_the_threads_of_what_is_found(run, keep):
    done = run("query", "small.json", "by Bo", "--keep", keep)
    thread = discourse.load("small.json")
    assert discourse.loads(done.out) == query.filter(thread, query.by("Bo"), keep)
    assert run("query", "small.json", "by Bo", "--keep", keep, "-o", "out.json").status == 0
    assert discourse.load("out.json") == discourse.loads(done.out)


def test_threads_in_which_nothing_is_found_are_left_out(run):
    done = run("query", "threads.jsonl", "by Bo", "--to", "jsonl")
    assert done.out.count("\n") == 1
    assert "Lighthouse" not in done.out


def test_a_comment_that_is_named_may_be_in_any_thread(run):
    done = run("query", "threads.jsonl", "under 3", "--count")
    assert (done.status, done.out) == (0, "1\n")
    done = run("query", "threads.jsonl", "under 3", "--to", "jsonl")
    assert (done.status, done.out.count("\n")) == (0, 1)
    done = run("query", "threads.jsonl", "under 99")
    assert (done.status, done.out) == (3, "")
    assert "no comment with id '99'" in done.err


def test_an_error_in_the_question_has_its_place(run):
    done = run("query", "small.json", "by Ann and depth two")
    assert (done.status, done.out) == (2, "")
    first, question, caret = done.err.splitlines()
    assert first.startswith("discourse: expected a whole number or a range")
    assert question[caret.index("^") :] == "two"


def test_the_place_of_an_error_in_a_long_or_wide_question_is_right(run):
    done = run(
        "query", "small.json", f"by {'x' * 300}\tand by 日本 and nothing or {'by x or ' * 50}"
    )
    _, question, caret = done.err.splitlines()
    assert len(question) < 80
    wide = caret.index("^") - 2  # 日本 takes four columns
    assert question[wide:].startswith("nothing")


@pytest.mark.parametrize(
    "arguments",
    [
        ["small.json"],
        ["small.json", "by", "Ann"],
        ["small.json", "by Ann", "--keep", "all"],
        ["small.json", "by Ann", "--keep", "whole", "--count"],
        ["small.json", "by Ann", "--json", "--to", "json"],
        ["small.json", "by Ann", "--width", "3"],
        ["small.json", ""],
        ["small.json", "by \udcff"],
    ],
)
def test_a_wrong_command_line_exits_with_2(run, arguments):
    done = run("query", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err


@pytest.mark.parametrize("output", ["out.html", "out.HTM"])
def test_it_writes_a_page_on_which_the_comments_found_are_marked(run, output):
    done = run("query", "small.json", "threads.jsonl", "by Bo", "-o", output)
    assert (done.status, done.out) == (0, "")
    page = Path(output).read_text("utf-8")
    assert "by Bo: 2 of 9 comments" in page and "Lighthouse" not in page
    assert page.count(">match</span>") == page.count(">context</span>") == 2
    assert page.count('class="c context"') == 2


def test_a_page_of_comments_found_goes_to_standard_output_too(run):
    done = run("query", "small.json", "depth 1..", "--keep", "promote", "--to", "html")
    assert done.status == 0 and done.out.startswith("<!DOCTYPE html>")
    assert ">match</span>" in done.out and ">context</span>" not in done.out
    done = run("query", "small.json", "by Nobody", "--to", "html")
    assert done.status == 0 and "by Nobody: 0 of 4 comments" in done.out
    assert "There is nothing to show" in done.out
