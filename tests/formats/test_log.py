"""One logger, ``discourse``: silent unless asked, and then it says which format, why, how long."""

import logging
import subprocess
import sys

import pytest

import discourse
from discourse import Comment, Thread

THREAD = Thread(None, [Comment("1", text="At last.")])


@pytest.fixture
def logged(caplog):
    caplog.set_level("DEBUG", logger="discourse")
    return lambda: [
        (each.levelname, each.getMessage().partition(" in ")[0]) for each in caplog.records
    ]


def test_reading_says_the_format_why_and_how_much(logged, tmp_path):
    path = tmp_path / "page.json"
    problems = discourse.write(THREAD, path)
    assert discourse.read(path).thread == THREAD and not problems
    counts = "1 threads, 1 comments, 0 problems"
    name = repr(str(path))
    wrote, why, read = logged()
    assert wrote == ("INFO", f"wrote as json {name}: {counts}")
    assert why[0] == "DEBUG" and why[1].startswith(f"{name} is read as json: by its ")
    assert read == ("INFO", f"read {name}: {counts}")


def test_a_stream_says_how_much_when_it_ends(logged, tmp_path):
    path = tmp_path / "threads.jsonl"
    discourse.write([THREAD, THREAD], path)
    stream = discourse.stream(path)
    next(stream)
    assert not any(message.startswith("streamed") for _, message in logged())
    assert len(list(stream)) == 1
    assert logged()[-1] == ("INFO", f"streamed {str(path)!r}: 2 threads, 2 comments, 0 problems")


def test_what_is_in_memory_is_called_an_input(logged):
    discourse.parse(discourse.dumps(THREAD))
    assert logged() == [
        ("DEBUG", "an input is read as json: by its content (the content fits json, jsonl)")
    ]


def test_nothing_is_said_unless_asked():
    code = (
        "import discourse; discourse.parse('[]')\ntry: discourse.read('no')\nexcept OSError: pass"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"", b"")
    assert any(
        isinstance(each, logging.NullHandler) for each in logging.getLogger("discourse").handlers
    )
