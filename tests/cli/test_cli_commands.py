"""What the commands print: `demo`, `show`, `stats`, `check`, `formats`."""

import json
import re

import pytest

import discourse
from discourse import Comment, Thread


def test_demo_reads_an_invented_page_and_tells_that_nothing_is_lost(run):
    done = run("demo")
    assert (done.status, done.err) == (0, "")
    assert "Read back: equal." in done.out


def test_demo_gives_the_text_of_its_page_to_try_the_commands_on(run, folder):
    done = run("demo", "--page")
    assert (done.status, done.err) == (0, "")
    assert done.out == (folder / "page.txt").read_text("utf-8")
    assert discourse.parse(done.out).threads


def test_show_draws_the_thread(run):
    done = run("show", "small.json")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Bridge to close\n4 comments\n\n├─ 1 · [red]Ada · +3\n")
    assert "\x1b" not in done.out
    assert "At \\x1b[2Jlast, [bold]a bus." in done.out


def test_show_draws_no_more_than_it_is_told(run):
    done = run("show", "--depth", "0", "--lines", "1", "--width", "40", "small.json")
    assert "1 more below" in done.out
    assert "Why?" not in done.out


def test_show_draws_every_thread_of_a_file(run):
    done = run("show", "threads.jsonl")
    assert "Bridge to close" in done.out
    assert "Lighthouse" in done.out


def test_a_folder_is_read_as_one_input(run, folder):
    (folder / "dump").mkdir()
    row = '<row Id="{}" PostTypeId="{}" ParentId="1" Title="Mills" Body="{}" />'.format
    posts = f"<posts>{row(1, 1, 'Which?')}{row(2, 2, 'Ours.')}</posts>"
    (folder / "dump" / "Posts.xml").write_text(posts, "utf-8")
    for command in ("show", "stats", "check"):
        done = run(command, "dump")
        assert done.status == 0, done.err
    assert "Ours." in run("show", "dump").out


def parts_of(done):
    """Return what stands below ``thread 1`` and ``thread 2``."""
    assert (done.status, done.err) == (0, "")
    head, first, second = re.split(r"^(?:\n|\A)thread [12]\n", done.out, flags=re.MULTILINE)
    assert head == ""
    return first, second


@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("command", ["show", "stats"])
def test_several_threads_are_numbered_and_one_can_be_taken_by_its_number(run, command, color):
    first, second = parts_of(run(command, "threads.jsonl"))
    more = ["--color", color]
    plain = re.compile(r"\x1b\[[0-9;]*m")
    assert plain.sub("", run(command, "threads.jsonl", "--thread", "1", *more).out) == first
    assert plain.sub("", run(command, "threads.jsonl", "--thread", "2", *more).out) == second
    assert plain.sub("", run(command, "small.json", *more).out) == first
    assert plain.sub("", run(command, "threads.jsonl", *more).out) == (
        f"thread 1\n{first}\nthread 2\n{second}"
    )


@pytest.mark.parametrize("command", ["show", "stats", "view", "query", "convert"])
def test_a_number_that_no_thread_has_exits_with_3(run, command):
    more = {"query": ["depth 0"], "view": ["-o", "out.html", "--no-open"]}.get(command, [])
    done = run(command, "threads.jsonl", *more, "--thread", "3")
    assert (done.status, done.out) == (3, "")
    assert done.err == "discourse: there is no thread 3 in this input\n"


def test_the_first_thread_is_shown_though_the_second_cannot_be_read(run, folder):
    first, second = (folder / "threads.jsonl").read_bytes().splitlines()
    (folder / "torn.jsonl").write_bytes(first + b"\n" + second[:-9])
    for command in ("show", "stats"):
        done = run(command, "torn.jsonl", "--from", "jsonl")
        assert done.out == run(command, "small.json").out


def test_stats_tells_the_numbers(run):
    done = run("stats", "small.json")
    title, _, *rows = done.out.splitlines()
    numbers = dict(row.rsplit(None, 1) for row in rows)
    assert done.status == 0
    assert title == "Bridge to close"
    assert (numbers["comments"], numbers["top level"], numbers["levels"]) == ("4", "2", "2")
    assert numbers["deleted"] == "1"


def test_stats_for_machines_is_an_object_a_thread(run):
    done = run("stats", "--json", "threads.jsonl")
    first, second = map(json.loads, done.out.splitlines())
    assert list(first) == ["thread", "title", "id", "url", "measures", "statuses"]
    assert (first["thread"], second["thread"]) == (1, 2)
    assert (first["title"], first["id"], first["url"]) == ("Bridge to close", "a", None)
    assert first["measures"]["comments"] == 4
    assert first["statuses"] == {"deleted": 1, "visible": 3}
    assert second["measures"]["authors"] == 0
    assert json.loads(run("stats", "--json", "threads.jsonl", "--thread", "2").out) == second


def test_check_lists_the_problems_and_says_so_by_its_status(run):
    done = run("check", "small.json")
    assert (done.status, done.out) == (0, "")
    assert done.err == "discourse: 1 thread, 4 comments, 0 problems\n"
    done = run("check", "broken.json")
    assert done.status == 1
    assert done.out.startswith("encoding: not UTF-8 (byte b'\\xff'): decoded as windows-1252")
    assert done.err == "discourse: 1 thread, 4 comments, 1 problem\n"


def test_check_for_machines_is_one_object(run):
    done = run("check", "--json", "broken.json")
    found = json.loads(done.out)
    assert done.status == 1
    assert (found["threads"], found["comments"], found["problem_count"]) == (1, 4, 1)
    (problem,) = found["problems"]
    assert list(problem) == ["kind", "message", "ids", "place"]
    assert problem["kind"] == "encoding"
    assert isinstance(problem["place"]["offset"], int)
    assert json.loads(run("check", "--json", "small.json").out)["problems"] == []


def test_formats_lists_what_each_can_do(run):
    done = run("formats")
    for each in discourse.formats.available():
        assert f"{each.name}: " in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    done = run("formats", "jsonl")
    assert "reads, thread by thread, writes several threads" in done.out
    assert "pagetext" not in done.out


def test_formats_for_machines_is_an_object_a_format(run):
    found = [json.loads(line) for line in run("formats", "--json").out.splitlines()]
    assert [each["name"] for each in found] == [each.name for each in discourse.formats.available()]
    keys = ["name", "title", "suffixes", "media_types", "streams", "writes", "writes_several"]
    assert all(list(each) == [*keys, "options", "losses"] for each in found)


@pytest.mark.parametrize("command", ["show", "stats", "convert"])
def test_other_commands_say_that_there_are_problems_and_go_on(run, command):
    done = run(command, "broken.json")
    assert done.status == 0
    assert done.out
    assert "discourse: 1 problem; see discourse check\n" in done.err


LOCAL = Thread(None, [Comment("7", meta={"created_at_local": "2020-05-03T10:25:00"})])


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ((), "10:25 local"),
        (("--zone", "Europe/Berlin"), "10:25 +02:00"),
        (("--zone=-03:30",), "-03:30"),
    ],
)
def test_zone_names_the_zone_of_local_times(run, folder, zone, shown):
    discourse.write(LOCAL, folder / "local.json")
    assert shown in run("show", *zone, "local.json").out
    files = ["local.json", "local.json"]  # parts of one discussion
    created = "created_at" in json.loads(run("convert", *zone, *files).out)["comments"][0]
    assert created is bool(zone)


def test_a_zone_that_is_none_is_told_before_anything_is_read(run):
    done = run("convert", "--zone", "Mars/Olympus", "nothing.json")
    assert done.status == 2 and "--zone must be the name of a time zone" in done.err
