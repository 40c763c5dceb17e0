"""A folder of files to work in, and the command line to call, as a function and as a process."""

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from types import SimpleNamespace

import pytest

import discourse
from discourse import Article, Author, Comment, Source, Thread
from discourse._cli import main

ADA = Author("[red]Ada", id="u1")
THREAD = Thread(
    Article("Bridge to close", id="a"),
    [
        Comment("1", None, ADA, "At \x1b[2Jlast, [bold]a bus.", score=3),
        Comment("2", "1", Author("Bo"), "Why?"),
        Comment("3", tags=["pinned"]),
        Comment("4", "3", status="deleted"),
    ],
)
OTHER = Thread(Article("Lighthouse", id="b"), [Comment("1", text="Still dark?")])


@pytest.fixture(scope="session")
def news(tmp_path_factory):
    """A corpus, made once."""
    path = tmp_path_factory.mktemp("corpus") / "news.corpus"
    discourse.corpus.write([THREAD, OTHER], path)
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch, news):
    """The current folder, in which are the files that the examples of the help read."""
    made = discourse.parse(files("discourse").joinpath("data/demo.txt").read_text("utf-8")).thread
    (tmp_path / "page.txt").write_bytes(files("discourse").joinpath("data/demo.txt").read_bytes())
    discourse.write(made, tmp_path / "page.json")
    discourse.write(THREAD, tmp_path / "small.json")
    discourse.write([THREAD, OTHER], tmp_path / "threads.jsonl")
    source = Source("json")
    for number, rows in enumerate((THREAD.comments[:2], THREAD.comments[2:]), 1):
        part = Thread(THREAD.article, rows, source=source)
        discourse.write(part, tmp_path / f"part-{number}.json")
    broken = discourse.dumps(THREAD).encode().replace(b"Why?", b"Wh\xff?")
    (tmp_path / "broken.json").write_bytes(broken)
    shutil.copytree(news, tmp_path / "news.corpus")
    post = {
        "id": "p",
        "author": "ben",
        "title": "Bridge",
        "selftext": "",
        "subreddit": "gulls",
        "created_utc": 1,
    }
    comment = {
        "id": "c",
        "link_id": "t3_p",
        "parent_id": "t3_p",
        "body": "Hm.",
        "author": "a",
        "created_utc": 1,
    }
    for name, row in (("RS", post), ("RC", comment)):
        (tmp_path / f"{name}_2023-01.zst").write_text(json.dumps(row) + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def run(capfdbinary, folder):
    """Call the command line; give its status, what it printed, and what it said."""

    def run(*arguments):
        try:
            status = main(arguments)
        except SystemExit as left:
            status = left.code
        sys.stdout.flush()
        out, err = (part.decode().replace("\r\n", "\n") for part in capfdbinary.readouterr())
        assert "Traceback" not in err
        return SimpleNamespace(status=status, out=out, err=err)

    return run


@pytest.fixture
def start(folder):
    """Run the command line as a process."""

    def start(*arguments, data=b"", **more):
        return subprocess.run(
            [sys.executable, "-m", "discourse", *arguments],
            input=data,
            capture_output=True,
            check=False,
            **more,
        )

    return start


@pytest.fixture
def shell(folder):
    """Run a line in bash, with the command on its path and nobody to look at pages."""
    if os.name != "posix":
        pytest.skip("the examples are for POSIX")
    tools = folder / "tools"
    tools.mkdir()
    for name, line in {
        "discourse": f'exec "{sys.executable}" -m discourse "$@"',
        "less": "exec cat",
        "look": 'echo "$1" >> looked',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "BROWSER": "look",
        "TMPDIR": str(folder),
    }

    def shell(line):
        return subprocess.run(
            ["bash", "-c", line],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )

    return shell
