"""What goes wrong on a command line: one sentence, a status, and never a traceback."""

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import discourse
from discourse import Comment, Thread
from discourse._cli import main
from discourse._cli._parser import SUMMARIES

READING = ["show", "stats", "convert", "check"]


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
        ["show", "--color", "red", "x"],
        ["convert", "x", "-o"],
        ["convert", "x", "--thread", "0"],
        ["completion", "\x1b[2J"],
    ],
)
def test_a_wrong_command_line_exits_with_2(run, arguments):
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("usage: discourse")
    assert "\x1b" not in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["show", "x", "--depth", "-1"],
            "argument --depth: must be a whole number, at least 0, not",
        ),
        (
            ["show", "x", "--lines", "1.5"],
            "argument --lines: must be a whole number, at least 0, not",
        ),
        (
            ["stats", "x", "--thread", "0"],
            "argument --thread: must be a whole number, at least 1, not",
        ),
        (
            ["show", "x", "--width", "19"],
            "--width: must be a number of columns, at least 20, not '19'",
        ),
        (["show", "x", "--depth", "9" * 9999], "must be a whole number, at least 0, not '9999"),
    ],
)
def test_a_number_out_of_bounds_is_told_the_bound(run, arguments, said):
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err) < 1000


@pytest.mark.parametrize("command", SUMMARIES)
def test_an_option_that_a_command_does_not_know_shows_the_usage_of_that_command(run, command):
    needed = {"query": ["x", "depth 0"], "completion": ["bash"], "demo": [], "formats": []}
    needed["corpus"] = ["info", "news.corpus"]
    done = run(command, *needed.get(command, ["x"]), "--jsn")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"usage: discourse {command} [-h]")
    assert done.err.endswith(f"discourse {command}: error: unrecognized arguments: --jsn\n")


@pytest.mark.parametrize(
    "arguments",
    [
        *([command, "small.json", "--format", "nothing"] for command in READING),
        ["query", "small.json", "depth 0", "--from", "nothing"],
        ["query", "small.json", "depth 0", "--to", "nothing"],
        ["draw", "small.json", "--from", "nothing", "--to", "svg"],
        ["draw", "small.json", "--to", "nothing"],
        ["draw", "small.json", "-o", "out.nothing"],
        ["convert", "small.json", "-o", "out.nothing"],
        ["convert", "none", "--to", "nothing"],
        ["formats", "nothing"],
        ["show", "none", "--format", "\x1b[2J"],
    ],
)
def test_a_format_or_suffix_that_is_none_is_a_wrong_command_line(run, arguments):
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "\x1b" not in done.err


@pytest.mark.parametrize("command", READING)
def test_what_cannot_be_read_exits_with_3_and_a_sentence(run, folder, command):
    text = (folder / "small.json").read_text("utf-8")
    (folder / "torn\x1b.json").write_text(text[:-5], encoding="utf-8")
    (folder / "empty").touch()
    (folder / "binary").write_bytes(bytes(range(256)) * 40)
    for arguments in (
        ["none"],
        ["torn\x1b.json"],
        ["empty"],
        ["binary"],
        ["https://example.org/page"],
        ["--format", "wxr", "small.json"],
    ):
        done = run(command, *arguments)
        assert (done.status, done.out) == (3, ""), arguments
        assert re.fullmatch(r"discourse: [^\n\x1b]+\n", done.err), arguments


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_exits_with_3(run, folder):
    (folder / "small.json").chmod(0)
    assert run("show", "small.json").status == 3


@pytest.mark.parametrize("command", READING)
def test_what_is_larger_than_it_may_be_exits_with_3(run, monkeypatch, command):
    monkeypatch.setattr("discourse._io.inputs._read", _refuse)
    done = run(command, "page.txt")
    assert (done.status, done.out) == (3, "")
    assert "larger" in done.err


def _refuse(*_):
    raise discourse.LimitError("the input is larger than it may be")


def _interrupt(*_, **__):
    raise KeyboardInterrupt


def test_an_interruption_exits_with_130(run, monkeypatch):
    monkeypatch.setattr("discourse.render.text", _interrupt)
    done = run("show", "small.json")
    assert (done.status, done.out, done.err) == (130, "", "")


def _exhaust(*_, **__):
    raise MemoryError


def test_too_little_memory_exits_with_3(run, monkeypatch):
    monkeypatch.setattr("discourse.render.text", _exhaust)
    done = run("show", "small.json")
    assert (done.status, done.out) == (3, "")
    assert done.err == "discourse: out of memory\n"


# -- streams ---------------------------------------------------------------------------------------


def test_a_dash_is_standard_input(run, folder, monkeypatch):
    data = (folder / "small.json").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    done = run("convert", "-")
    assert done.status == 0
    assert discourse.loads(done.out) == discourse.loads(data)


@pytest.mark.parametrize("command", [*READING, "query"])
def test_a_closed_standard_input_exits_with_3(run, monkeypatch, command):
    monkeypatch.setattr("sys.stdin", None)
    done = run(command, "-", *(["depth 0"] if command == "query" else []))
    assert (done.status, done.out) == (3, "")
    assert done.err == "discourse: standard input is closed\n"


@pytest.mark.parametrize(("name", "status"), [("stdout", 3), ("stderr", 0)])
def test_a_closed_standard_output_is_an_error_and_a_closed_stderr_is_none(
    monkeypatch, folder, name, status
):
    monkeypatch.setattr(f"sys.{name}", None)
    try:
        assert main(["convert", "broken.json", "--to", "json"]) == status
    finally:
        getattr(sys, name).close()


def test_what_would_be_written_to_a_closed_standard_output_exits_with_3(shell):
    for command in ("convert page.txt", "show page.txt", "query --json page.txt 'depth 0'"):
        done = shell(f"discourse {command} >&-")
        assert done.returncode == 3
        assert done.stderr == "discourse: standard output is closed\n"
    assert shell("discourse convert page.txt -o out.json >&-").returncode == 0


# -- outputs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["itself", "dotted", "symlink", "hard"])
@pytest.mark.parametrize("command", ["convert", "view", "draw", "query"])
def test_a_file_that_is_read_is_never_written(run, folder, command, way):
    before = (folder / "page.txt").read_bytes()
    out = {"itself": "page.txt", "dotted": "./page.txt"}.get(way, "other.txt")
    if way == "symlink":
        (folder / out).symlink_to("page.txt")
    elif way == "hard":
        (folder / out).hardlink_to("page.txt")
    more = ["depth 0"] if command == "query" else []
    to = ["--to", "txt" if command == "draw" else "pagetext"] if command != "view" else []
    done = run(command, "page.txt", *more, *to, "-o", out)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"discourse: {out} is an input file: write to another one\n"
    assert (folder / "page.txt").read_bytes() == before
    assert (folder / out).read_bytes() == before


def test_none_of_several_inputs_is_written(run, folder):
    assert run("convert", "part-1.json", "part-2.json", "-o", "part-2.json").status == 2


def test_a_file_on_standard_input_is_never_written(shell, folder):
    before = (folder / "page.txt").read_bytes()
    assert shell("discourse convert - --to json -o page.txt < page.txt").returncode == 2
    assert (folder / "page.txt").read_bytes() == before


@pytest.mark.parametrize("command", [["convert"], ["draw", "--to", "svg"], ["view", "--no-open"]])
def test_an_output_that_cannot_be_written_is_named_as_it_was_given(run, command):
    done = run(*command, "page.txt", "-o", "none/x.json")
    assert (done.status, done.err) == (3, "discourse: No such file or directory: none/x.json\n")
    with pytest.raises(FileNotFoundError) as caught:
        discourse.dump(Thread(), "none/x.json")
    assert caught.value.filename == "none/x.json"


# -- the words of the command line -----------------------------------------------------------------


def test_advice_is_for_the_command_line_and_not_for_python(run, folder):
    (folder / "noise").write_text('{"a": 1}', encoding="utf-8")
    for arguments, advice in (
        (["draw", "threads.jsonl", "--to", "svg"], "--thread N"),
        (["convert", "threads.jsonl", "--to", "json"], "--thread N"),
        (["convert", "threads.jsonl", "-o", "x.json"], ".jsonl"),
        (["query", "threads.jsonl", "depth 0", "--keep", "whole"], ".jsonl"),
        (["convert", "page.txt", "-o", "d.unknown"], "--to NAME"),
        (["show", "noise"], "--from"),
    ):
        done = run(*arguments)
        assert (done.status, done.out) == (2 if "d.unknown" in arguments else 3, ""), arguments
        assert advice in done.err, arguments
        assert "format=" not in done.err, arguments
        assert ".threads" not in done.err, arguments


def test_an_input_without_a_thread_is_named(run, folder):
    (folder / "none.jsonl").touch()
    for arguments, status in (
        (["convert", "none.jsonl", "--from", "jsonl", "--to", "json"], 3),
        (["draw", "none.jsonl", "--from", "jsonl", "--to", "svg"], 3),
        (["check", "none.jsonl", "--from", "jsonl"], 1),
    ):
        done = run(*arguments)
        assert (done.status, done.out) == (status, ""), arguments
        assert "discourse: there is no thread in none.jsonl\n" in done.err


def test_a_full_disk_exits_with_3(shell):
    if not Path("/dev/full").exists():
        pytest.skip("the system has no full disk to offer")
    for command in ("show page.txt", "convert page.txt"):
        done = shell(f"discourse {command} > /dev/full")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr == "discourse: No space left on device\n"


def test_the_module_runs_as_a_program(start, folder):
    data = (folder / "small.json").read_bytes()
    done = start("convert", "-", data=data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.strip() == data.strip()
    assert start("check", "-", data=(folder / "broken.json").read_bytes()).returncode == 1


def test_an_encoding_that_cannot_write_it_gets_escapes(start, folder):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = start("show", "small.json", env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u251c\\u2500 1" in done.stdout


def test_data_is_utf_8_whatever_the_encoding(start, folder):
    discourse.write(Thread(None, [Comment("é")]), folder / "e.json")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert '"é"'.encode() in start("query", "--json", "e.json", "depth 0", env=environment).stdout


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("color", ["always", "never"])
def test_a_reader_that_has_seen_enough_is_no_error(folder, color):
    if color == "always":
        pytest.importorskip("rich")
    rows = [Comment(str(n), text="x" * 200) for n in range(2_000)]
    discourse.write(Thread(None, rows), folder / "long.json")
    process = subprocess.Popen(
        [sys.executable, "-m", "discourse", "show", "--color", color, "long.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert b"2,000 comments" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.fixture
def default_interrupt():
    """Let a process that is started mind interruptions, even where this one was told not to."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupted_process_says_nothing(folder, default_interrupt):
    process = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-m", "discourse", "show", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        process.stdin.write(b"x" * 2**20)  # more than a pipe holds: it reads, and waits for more
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""


# -- starting --------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["show", "small.json"]])
def test_a_command_imports_what_it_needs(folder, arguments):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "discourse", *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    imported = set(re.findall(r"\|\s+(\S+)$", done.stderr, re.MULTILINE))
    assert "discourse._cli._parser" in imported
    heavy = {"rich", "regex", "networkx", "pandas", "polars", "pyarrow", "webbrowser"}
    mine = {"discourse.metrics", "discourse.links", "discourse.query", "discourse.tables"}
    assert imported & (heavy | mine) == set()


def test_version_is_that_of_the_distribution(run):
    done = run("--version")
    told = (
        "that is not installed" if discourse.__version__ == "0+unknown" else discourse.__version__
    )
    assert (done.status, done.out) == (0, f"discourse-model {told}\n")
