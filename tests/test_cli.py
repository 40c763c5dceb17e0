"""The command line: what it prints, its exit statuses, and that no traceback is ever shown."""

import io
import os
import subprocess
import sys

import pytest

import discourse
from discourse import Article, Comment, Thread
from discourse._cli import main

THREAD = Thread(
    Article("Bridge to close"),
    [Comment("1", text="At \x1b[2Jlast."), Comment("2", "1", text="Why?"), Comment("3")],
)
JSON = discourse.dumps(THREAD)
BROKEN = JSON.encode().replace(b"Why?", b"Wh\xff?")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(JSON, encoding="utf-8")
    return str(path)


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.json"
    path.write_bytes(BROKEN)
    return str(path)


@pytest.fixture
def run(capsys):
    def run(*arguments):
        try:
            status = main(arguments)
        except SystemExit as left:
            status = left.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return run


def started(*arguments, data=b"", **more):
    return subprocess.run(
        [sys.executable, "-m", "discourse", *arguments],
        input=data,
        capture_output=True,
        check=False,
        **more,
    )


# -- commands --------------------------------------------------------------------------------------


def test_demo_reads_an_invented_page_and_tells_that_nothing_is_lost(run):
    status, out, err = run("demo")
    assert (status, err) == (0, "")
    assert "Read back: equal." in out


def test_show_draws_the_thread(run, page):
    status, out, err = run("show", page)
    assert (status, err) == (0, "")
    assert out.startswith("Bridge to close\n3 comments\n\n├─ 1\n")
    assert "\x1b" not in out
    assert "At \\x1b[2Jlast." in out


def test_show_draws_no_more_than_it_is_told(run, page):
    _, out, _ = run("show", "--depth", "0", "--lines", "1", "--width", "40", page)
    assert "1 more below" in out
    assert "Why?" not in out


def test_stats_tells_the_numbers(run, page):
    status, out, _ = run("stats", page)

    title, _, *rows = out.splitlines()
    numbers = dict(row.rsplit(None, 1) for row in rows)
    assert status == 0
    assert title == "Bridge to close"
    assert (numbers["comments"], numbers["top level"], numbers["max depth"]) == ("3", "2", "2")


def test_convert_writes_to_a_file_or_to_standard_output(run, page, tmp_path):
    status, out, err = run("convert", page)
    assert (status, err) == (0, "")
    assert discourse.loads(out) == THREAD
    target = tmp_path / "out.json"
    assert run("convert", page, "-o", str(target)) == (0, "", "")
    assert discourse.load(target) == THREAD


def test_check_lists_the_problems_and_says_so_by_its_status(run, page, broken):
    status, out, err = run("check", page)
    assert (status, out) == (0, "")
    assert "3 comment(s), 0 problem(s)" in err
    status, out, err = run("check", broken)
    assert status == 1
    assert out.startswith("encoding: not UTF-8 (byte b'\\xff'): read as windows-1252")
    assert "1 problem(s)" in err


def test_other_commands_say_that_there_are_problems_and_go_on(run, broken):
    for command in ("show", "stats", "convert"):
        status, out, err = run(command, broken)
        assert status == 0
        assert out
        assert "1 problem(s); see discourse check" in err


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["show"],
        ["show", "--width", "19", "x"],
        ["show", "--width", "wide", "x"],
        ["show", "--depth", "-1", "x"],
        ["show", "--lines", "1.5", "x"],
        ["show", "--unknown", "x"],
        ["convert", "x", "-o"],
    ],
)
def test_a_wrong_command_line_exits_with_2(run, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: discourse")


def test_help_exits_with_0_and_tells_the_statuses(run):
    status, out, _ = run("--help")
    assert status == 0
    assert "exit status:" in out


@pytest.mark.parametrize("command", ["show", "stats", "convert", "check"])
def test_what_cannot_be_read_exits_with_3_and_a_sentence(run, command, tmp_path):
    torn = tmp_path / "torn\x1b.json"
    torn.write_text(JSON[:-5], encoding="utf-8")
    for arguments in (
        [str(tmp_path / "none")],
        [str(tmp_path)],
        [str(torn)],
        ["https://example.org/page"],
        ["--format", "nothing", str(torn)],
    ):
        status, out, err = run(command, *arguments)
        assert (status, out) == (3, "")
        assert err.startswith("discourse: ")
        assert "\x1b" not in err


def test_what_cannot_be_written_exits_with_3(run, page, tmp_path):
    for target in (tmp_path / "none" / "out.json", tmp_path / "out.unknown", tmp_path):
        status, out, err = run("convert", page, "-o", str(target))
        assert (status, out) == (3, "")
        assert err.startswith("discourse: ")
    assert run("convert", page, "--to", "nothing")[0] == 3


def test_an_interruption_exits_with_130(run, page, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("discourse.render.text", interrupt)
    assert run("show", page) == (130, "", "")


# -- as a process ----------------------------------------------------------------------------------


def test_a_dash_is_standard_input(monkeypatch, run):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(JSON.encode())))
    status, out, _ = run("convert", "-")
    assert status == 0
    assert discourse.loads(out) == THREAD


def test_the_module_runs_as_a_program():
    done = started("convert", "-", data=JSON.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert discourse.loads(done.stdout) == THREAD
    assert started("check", "-", data=BROKEN).returncode == 1
    assert started("show", "-", data=b"").returncode == 3
    assert started("show").returncode == 2


def test_an_encoding_that_cannot_write_it_gets_escapes():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = started("show", "-", data=JSON.encode(), env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u251c\\u2500 1" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough_is_no_error():
    rows = [Comment(str(n), text="x" * 200) for n in range(2_000)]
    process = subprocess.Popen(
        [sys.executable, "-m", "discourse", "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        process.stdin.write(discourse.dumps(Thread(None, rows)).encode())
        process.stdin.close()
        assert process.stdout.readline() == b"2,000 comments\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
    assert process.returncode == 0
