"""`discourse convert`: from what is read to every format that is written."""

import gzip
import json
import re
import zipfile
from pathlib import Path

import pytest

import discourse
from discourse._cli._convert import elsewhere

WRITTEN = [each for each in discourse.formats.available() if each.serialize or each.serialize_all]


def read(name):
    return discourse.read(name).threads


def test_to_standard_output_or_to_a_file_it_is_the_same_thread(run, folder):
    (thread,) = read("small.json")
    done = run("convert", "small.json")
    assert (done.status, done.err) == (0, "")
    assert discourse.loads(done.out) == thread
    done = run("convert", "small.json", "-o", "out.json")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert read("out.json") == (thread,)


@pytest.mark.parametrize("made", WRITTEN, ids=lambda made: made.name)
def test_every_format_that_is_written_can_be_named_or_told_by_its_suffix(run, made):
    done = run("convert", "page.txt", "--to", made.name)
    assert done.status == 0
    assert discourse.parse(done.out, made.name).threads
    out = f"out{made.suffixes[0]}"
    assert run("convert", "page.txt", "-o", out, "--to", made.name).status == 0
    assert discourse.read(out, made.name).threads


def test_what_a_format_cannot_hold_is_told(run):
    done = run("convert", "small.json", "--to", "pagetext")
    assert done.status == 0
    assert "not-written: " in done.err
    assert "... and " in done.err


def test_the_format_of_the_input_can_be_told(run):
    assert run("convert", "page.txt", "--from", "pagetext").status == 0
    assert run("convert", "page.txt", "--format", "wxr").status == 3


def test_parts_of_one_discussion_become_one(run):
    done = run("convert", "part-1.json", "part-2.json")
    assert done.status == 0
    assert [comment.id for comment in discourse.loads(done.out)] == ["1", "2", "3", "4"]
    assert run("convert", "-", "part-1.json", "-").status == 2


def test_one_thread_of_several_can_be_chosen(run):
    done = run("convert", "--thread", "2", "threads.jsonl")
    assert discourse.loads(done.out).article.title == "Lighthouse"
    done = run("convert", "threads.jsonl", "--to", "jsonl", "--thread", "1")
    assert [thread["id"] for thread in read_lines(done.out)] == ["a"]
    done = run("convert", "threads.jsonl", "--thread", "3")
    assert (done.status, done.err) == (3, "discourse: there is no thread 3 in this input\n")
    assert run("convert", "threads.jsonl").status == 3


def read_lines(text):
    return [json.loads(line)["article"] for line in text.splitlines()]


def test_lines_go_through_one_after_another(run, folder):
    assert run("convert", "threads.jsonl", "-o", "out.jsonl.gz").status == 0
    assert gzip.decompress((folder / "out.jsonl.gz").read_bytes()).count(b"\n") == 2
    assert read("out.jsonl.gz") == read("threads.jsonl")
    done = run("convert", "threads.jsonl", "--to", "jsonl")
    assert done.out == (folder / "threads.jsonl").read_text("utf-8")


def test_archives_are_read_whole(run, folder):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write("small.json")
        archive.write("page.txt")
    done = run("convert", "all.zip", "--to", "jsonl")
    assert (done.status, done.out.count("\n")) == (0, 2)
    assert run("check", "all.zip").err == "discourse: 2 threads, 20 comments, 0 problems\n"


def test_list_is_what_formats_prints(run):
    done = run("convert", "--list")
    assert (done.status, done.out) == (0, run("formats").out)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["small.json", "-o", "none/out.json"], 3),
        (["threads.jsonl", "-o", "out.json"], 3),
        (["small.json", "-o", "out.unknown"], 2),
        (["small.json", "-o", "."], 2),
        (["small.json", "--to", "nothing"], 2),
        (["small.json", "--to", "disqus-xml"], 2),
        (["small.json", "small.json", "--format", "nothing"], 2),
    ],
)
def test_what_cannot_be_written_exits_with_3_and_what_cannot_be_meant_with_2(
    run, folder, arguments, status
):
    before = sorted(folder.rglob("*"))
    done = run("convert", *arguments)
    assert (done.status, done.out) == (status, "")
    assert re.fullmatch(r"discourse: [^\n]+\n", done.err)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("n.html", "discourse view writes web pages"),
        ("n.HTM", "discourse view"),
        ("n.svg", "discourse draw makes pictures, graphs and documents"),
        ("n.dot", "discourse draw"),
        ("n.mmd", "discourse draw"),
        ("n.md", "discourse draw"),
        ("n.xlsx", "write a table as .csv"),
        ("n.ods.gz", "write a table as .csv"),
    ],
)
def test_what_another_command_makes_is_said_to_be_made_by_it(run, folder, name, advice):
    kind = name.split(".")[1].lower()
    for command in (
        ["convert", "small.json", "-o", name],
        ["convert", "small.json", "--to", kind],
        *([["query", "small.json", "depth 0", "-o", name]] if "htm" not in kind else []),
    ):
        done = run(*command)
        assert (done.status, done.out) == (2, "")
        assert advice in done.err
    if "docs/" in advice:
        assert (Path(__file__).parents[2] / advice).exists()


def test_the_formats_of_this_library_are_no_others_work():
    suffixes = {made.suffixes[0] for made in WRITTEN if made.suffixes}
    assert not any(map(elsewhere, suffixes))


def test_a_table_is_written_for_excel_and_with_a_column_without_markup(run, folder):
    bold = discourse.Thread(None, [discourse.Comment("1", text="<b>Hm</b>", text_format="html")])
    discourse.write(bold, "bold.json")
    more = ["--plain", "--encoding", "utf-8-sig", "-o", "out.csv"]
    assert run("convert", "bold.json", *more).status == 0
    written = (folder / "out.csv").read_bytes()
    discourse.write(bold, "same.csv", plain=True, encoding="utf-8-sig")
    assert written == (folder / "same.csv").read_bytes() and written.startswith(b"\xef\xbb\xbf")
    assert b"plain_text" in written
    assert run("query", "bold.json", "depth 0", *more).status == 0
    assert (folder / "out.csv").read_bytes() == written
    assert "plain_text" in run("convert", "bold.json", "--plain", "--to", "table").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--plain", "-o", "out.json"], "--plain is for tables (such as .csv), not for json"),
        (["--encoding", "utf-8-sig", "-o", "out.xml", "--to", "wxr"], "--encoding is for tables"),
        (["--encoding", "utf-9", "-o", "out.csv"], "no encoding is called 'utf-9'"),
        (["--encoding", "utf-8-sig", "--to", "table"], "name it with -o"),
    ],
)
def test_what_is_for_tables_is_refused_elsewhere(run, arguments, said):
    done = run("convert", "small.json", *arguments)
    assert (done.status, done.out) == (2, "") and said in done.err
    done = run("query", "small.json", "depth 0", *arguments)
    assert (done.status, done.out) == (2, "") and said in done.err


def test_an_encoding_that_lacks_a_character_is_told(run):
    done = run("convert", "page.txt", "--encoding", "ascii", "-o", "out.csv")
    assert done.status == 3 and "an encoding that can represent every character" in done.err
    assert run("query", "page.txt", "depth 0", "--plain").status == 2


def test_files_that_cannot_be_read_are_left_out_on_demand(run, folder):
    (folder / "bad.json").write_text("{", encoding="utf-8")
    done = run("convert", "small.json", "bad.json", "-o", "out.csv")
    assert done.status == 3 and not (folder / "out.csv").exists()
    done = run("convert", "small.json", "bad.json", "--skip-unreadable", "--local-times",
               "-o", "out.csv")  # fmt: skip
    assert done.status == 3 and "bad.json" in done.err
    header = (folder / "out.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "created_at_local" in header
    done = run("convert", "bad.json", "--skip-unreadable", "-o", "none.csv")
    assert done.status == 3 and not (folder / "none.csv").exists()
    assert run("convert", "small.json", "--skip-unreadable", "-o", "all.csv").status == 0
