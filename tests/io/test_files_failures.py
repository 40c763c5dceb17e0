"""Every step of writing or reading a file fails once: the old file stays, or the new one is whole."""

import errno
import io
import os
from pathlib import Path

import pytest

import discourse
from discourse import Article, Comment, Thread
from discourse.json import append_jsonl, iter_jsonl, write_jsonl

OLD = Thread(Article("Old", id="1"), [Comment("1", text="Before.")])
NEW = Thread(Article("New", id="1"), [Comment(str(n), text="After. " * 400) for n in range(1, 60)])


class Failing:
    """Counts the steps of an operation, and fails at one of them."""

    def __init__(self, at, error):
        self.at, self.error, self.steps = at, error, 0

    def step(self):
        self.steps += 1
        if self.steps == self.at:
            raise self.error

    def before(self, function):
        def call(*args, **options):
            self.step()
            return function(*args, **options)

        return call


def install(monkeypatch, failing):
    """Let each call that touches the disk be a step."""

    class Raw(io.FileIO):
        def write(self, data):
            failing.step()
            return super().write(data[: 1 << 13])  # several steps, as a slow disk takes

    monkeypatch.setattr(os, "fdopen", lambda fd, mode: io.BufferedWriter(Raw(fd, mode)))
    for module, name in ((os, "open"), (os, "fsync"), (Path, "replace"), (Path, "chmod")):
        monkeypatch.setattr(module, name, failing.before(getattr(module, name)))


ERRORS = (
    OSError(errno.ENOSPC, "No space left on device"),
    MemoryError(),
    KeyboardInterrupt(),
)


@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize("name", ["t.json", "t.json.gz", "t.jsonl", "t.wxr", "t.csv"])
def test_a_failed_write_leaves_the_old_file_or_the_new_one(tmp_path, monkeypatch, name, error):
    path = tmp_path / name
    discourse.write(NEW, path)
    new = discourse.read(path).threads
    for at in range(1, 100):
        discourse.write(OLD, path)
        old = path.read_bytes()
        failing = Failing(at, error)
        with monkeypatch.context() as patch:
            install(patch, failing)
            try:
                discourse.write(NEW, path)
                is_written = True
            except type(error):
                is_written = False
        assert [file.name for file in tmp_path.iterdir()] == [name]
        if failing.steps < at:
            assert is_written
            assert discourse.read(path).threads == new
            break
        assert not is_written
        assert path.read_bytes() == old or discourse.read(path).threads == new
    else:
        pytest.fail("there are more steps than this test tries")
    assert at > 4


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_a_failed_append_leaves_whole_lines(tmp_path, monkeypatch, error):
    path = tmp_path / "t.jsonl"
    for at in range(1, 100):
        write_jsonl([OLD], path)
        failing = Failing(at, error)
        with monkeypatch.context() as patch:
            install(patch, failing)
            try:
                append_jsonl([NEW], path)
            except type(error):
                pass
        lines = iter_jsonl(path)
        assert list(lines) in ([OLD], [OLD, NEW])
        assert not lines.problems
        if failing.steps < at:
            break


@pytest.mark.parametrize("name", ["t.json", "t.json.gz", "t.jsonl", "t.wxr", "t.csv"])
def test_a_failed_read_is_the_systems_error(tmp_path, name):
    path = tmp_path / name
    discourse.write(NEW, path)
    data = path.read_bytes()
    for at in range(1, 1_000):
        failing = Failing(at, OSError(errno.EIO, "Input/output error"))

        class Raw(io.BytesIO):
            def readinto(self, buffer, failing=failing):
                failing.step()
                return super().readinto(memoryview(buffer)[: 1 << 12])

            def read(self, size=-1, failing=failing):
                failing.step()
                return super().read(min(size, 1 << 12) if size and size > 0 else size)

        try:
            reading = discourse.read(Raw(data))
        except OSError:
            continue
        else:
            assert failing.steps < at
            assert sum(map(len, reading.threads)) == len(NEW)
            break
