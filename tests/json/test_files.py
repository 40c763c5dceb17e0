"""A file is the old one or the new one, whole, whatever happens; packed ones are read safely."""

import errno
import gzip
import inspect
import io
import os
import random
import signal
import stat
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import settings

import discourse
from discourse import Comment, DecodeError, LimitError, MissingExtraError, Thread, dump, load
from discourse._io.packing import _ZSTD

OLD = Thread(None, [Comment("old", text="x" * 100)])
NEW = Thread(None, [Comment(str(n), text="y" * 50) for n in range(200)])
POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# -- replaced in one step --------------------------------------------------------------------------


@POSIX
def test_the_mode_of_an_old_file_is_kept_and_a_new_one_has_the_usual(tmp_path):
    path = tmp_path / "a.json"
    dump(OLD, path)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    dump(NEW, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load(path) == NEW


@POSIX
def test_a_link_is_followed_and_stays_one(tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.json", tmp_path / "link.json"
    dump(OLD, target)
    link.symlink_to(target)
    dump(NEW, link)
    assert link.is_symlink()
    assert load(target) == NEW
    assert names(tmp_path / "there") == ["a.json"]


@POSIX
def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen([sys.executable, "-c", f"print(len(open({str(pipe)!r}).read()))"],
                              stdout=subprocess.PIPE)  # fmt: skip
    dump(OLD, pipe)
    assert int(reader.communicate()[0]) == len(discourse.dumps(OLD)) + 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(IsADirectoryError):
        dump(OLD, tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_full_device_is_an_error():
    with pytest.raises(OSError, match="space"):
        dump(OLD, "/dev/full")


class Faulty:
    """Lets the first calls through, and fails one."""

    def __init__(self, left, error):
        self.left, self.error = left, error

    def __call__(self):
        self.left -= 1
        if self.left == 0:
            raise self.error


class File(io.FileIO):
    """A file that writes a few bytes a call, each of which may fail."""

    fault = None

    def write(self, data):
        self.fault()
        return super().write(data[:4096])


@pytest.mark.parametrize("suffix", [".json", ".json.gz"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), KeyboardInterrupt()]
)
def test_whichever_step_fails_the_file_is_old_or_new_and_nothing_is_left(
    tmp_path, monkeypatch, error, suffix
):
    path = tmp_path / f"a{suffix}"
    dump(OLD, path)
    real = {name: getattr(os, name) for name in ("fsync", "replace", "open", "chmod")}
    for failing in range(1, 100):
        fault = Faulty(failing, error)

        def failing_step(name, fault=fault):
            def step(*args, **options):
                fault()
                return real[name](*args, **options)

            return step

        def opened(handle, mode, fault=fault):
            file = File(handle, mode)
            file.fault = fault
            return io.BufferedWriter(file, 4096)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fdopen", opened)
            for name in real:
                patch.setattr(os, name, failing_step(name))
            try:
                dump(NEW, path)
            except (OSError, KeyboardInterrupt) as caught:
                raised = caught
            else:
                assert fault.left > 0
                break
        assert raised is error
        assert load(path) in (OLD, NEW)
        assert names(tmp_path) == [path.name]
        dump(OLD, path)
    assert failing > 6
    assert load(path) == NEW


WRITER = """
import sys
from discourse import Comment, Thread, dump
thread = Thread(None, [Comment(str(n), text="y" * 100) for n in range(5000)])
print("ready", flush=True)
while True:
    dump(thread, sys.argv[1])
"""


@POSIX
def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path):
    path = tmp_path / "a.json"
    dump(OLD, path)
    random.seed(1)
    for _ in range(settings().max_examples // 6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE
        ) as child:
            child.stdout.readline()
            time.sleep(random.uniform(0, 0.05))
            child.send_signal(signal.SIGKILL)
        assert len(load(path)) in (1, 5000)
    left = [name for name in names(tmp_path) if name != "a.json"]
    assert all(name.startswith(".discourse-") and name.endswith(".tmp") for name in left)


# -- packed ----------------------------------------------------------------------------------------


def zstd():
    return pytest.importorskip("zstandard", reason="zstandard is not installed")


@pytest.fixture(params=["gz", "zst"])
def packing(request):
    if request.param == "zst":
        zstd()
    return request.param


def pack(data, packing):
    return gzip.compress(data) if packing == "gz" else zstd().ZstdCompressor().compress(data)


def streamed(data, packing):
    """Packed by one who does not know the length, which the head then does not tell."""
    packer = (
        zlib.compressobj(wbits=31) if packing == "gz" else zstd().ZstdCompressor().compressobj()
    )
    return packer.compress(data) + packer.flush()


TEXT = discourse.dumps(NEW).encode()


def test_a_suffix_packs_and_the_first_bytes_unpack(tmp_path, packing):
    path, other = tmp_path / f"a.json.{packing}", tmp_path / "other"
    dump(NEW, path)
    assert path.stat().st_size < len(TEXT) / 3
    assert load(path) == NEW
    path.rename(other)
    assert load(other) == NEW
    assert load(io.BytesIO(other.read_bytes())) == NEW


def test_equal_threads_are_equal_packed_files(tmp_path, packing, monkeypatch):
    """Whenever they are written."""
    for name, now in (("a", 1e9), ("b", 2e9)):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        dump(NEW, tmp_path / f"{name}.{packing}")
    assert (tmp_path / f"a.{packing}").read_bytes() == (tmp_path / f"b.{packing}").read_bytes()


def test_a_packed_file_cut_anywhere_is_refused(packing):
    for data in (pack(TEXT, packing), streamed(TEXT, packing)):
        for end in [*range(1, 30), *range(30, len(data), 17), len(data) - 1]:
            with pytest.raises(DecodeError):
                load(io.BytesIO(data[:end]))


def test_members_that_follow_each_other_are_one_file(packing):
    parts = [TEXT[:50], b"", TEXT[50:3000], TEXT[3000:]]
    whole = b"".join(pack(part, packing) for part in parts)
    assert load(io.BytesIO(whole)) == NEW
    with pytest.raises(DecodeError):
        load(io.BytesIO(whole[:-5]))


def test_what_follows_that_is_not_packed_is_refused(packing):
    with pytest.raises(DecodeError):
        load(io.BytesIO(pack(TEXT, packing) + b"garbage"))


def test_zeros_after_a_gzip_member_are_passed_over():
    assert load(io.BytesIO(gzip.compress(TEXT) + b"\0" * 5000)) == NEW


def test_damage_is_told(packing):
    data = bytearray(pack(TEXT, packing))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(DecodeError):
        load(io.BytesIO(bytes(data)))


def bomb(packing):
    if packing == "gz":
        packer = zlib.compressobj(9, wbits=31)
        zeros = b" " * 2**20
        return b"".join(packer.compress(zeros) for _ in range(16)) + packer.flush()
    return zstd().ZstdCompressor(level=19).compress(b" " * 2**24)


def test_an_expansion_beyond_the_bound_is_refused_early(packing):
    with pytest.raises(LimitError):
        load(io.BytesIO(bomb(packing)), max_bytes=2**20)
    with pytest.raises(DecodeError):
        load(io.BytesIO(bomb(packing)))  # 16 MiB of white space are no document


def test_the_bound_holds_for_plain_files_too(tmp_path):
    dump(OLD, tmp_path / "a.json")
    size = (tmp_path / "a.json").stat().st_size
    assert load(tmp_path / "a.json", max_bytes=size) == OLD
    for source in (tmp_path / "a.json", io.BytesIO(TEXT), io.StringIO(TEXT.decode())):
        with pytest.raises(LimitError):
            load(source, max_bytes=size - 1)


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtraError, match=r"discourse-model\[zstd\]"):
        dump(OLD, tmp_path / "a.json.zst")
    assert names(tmp_path) == []
    with pytest.raises(MissingExtraError):
        load(io.BytesIO(_ZSTD + b"rest"))


# -- whatever is handed in -------------------------------------------------------------------------


class Slow(io.BytesIO):
    """A file that gives one byte a call, as a slow connection may."""

    def read(self, size=-1):
        return super().read(min(size, 1) if size > 0 else size)


@pytest.mark.parametrize("data", [TEXT, gzip.compress(TEXT)], ids=["plain", "packed"])
def test_a_file_that_gives_little_at_once_is_read_whole(data):
    assert load(Slow(data)) == NEW


def test_a_callers_file_stays_open(tmp_path):
    file = io.BytesIO()
    dump(OLD, file)
    file.seek(0)
    assert load(file) == OLD
    assert not file.closed


def test_an_error_names_the_file(tmp_path):
    (tmp_path / "a.json").write_text('{"schema": "discourse/thread/1", "x": 1}')
    with pytest.raises(DecodeError) as caught:
        load(tmp_path / "a.json")
    assert caught.value.place.source == str(tmp_path / "a.json")
    assert caught.value.problems[0].place.path == "$"


def test_unknown_keys_can_be_kept_from_a_file(tmp_path):
    (tmp_path / "a.json").write_text('{"schema": "discourse/thread/1", "x": 1}')
    problems = []
    thread = load(tmp_path / "a.json", on_unknown="keep", report=problems.append)
    assert thread.meta == {"unknown": {"x": 1}} and len(problems) == 1


def test_the_bounds_are_finite():
    assert 0 < inspect.signature(discourse.json.load).parameters["max_bytes"].default <= 2**32


# -- what is no path, and what is no document ------------------------------------------------------


def test_a_file_of_another_kind_is_told_what_reads_it(tmp_path):
    path = tmp_path / "page.html"
    for content in (b"<p>A page.</p>", b"<p>caf\xe9</p>"):
        path.write_bytes(content)
        with pytest.raises(DecodeError, match=r"; discourse\.read\(\) reads other formats"):
            load(path)
        with pytest.raises(DecodeError, match=r"; discourse\.read\(\) reads other formats"):
            load(io.BytesIO(content))
    with pytest.raises(DecodeError, match="reads other formats") as caught:
        load(io.StringIO("<p>A page.</p>"))
    assert caught.value.place.source is None
    lines = tmp_path / "a.jsonl"
    discourse.json.write_jsonl([OLD, NEW], lines)
    with pytest.raises(DecodeError, match=r"Extra data; discourse\.json\.iter_jsonl\(\) reads"):
        load(lines)
    path.write_text('{"schema": 1}', encoding="utf-8")
    with pytest.raises(DecodeError) as caught:
        load(path)
    assert "discourse.read" not in str(caught.value)


@pytest.mark.parametrize("given", [None, 1, [], OLD, b"{}"])
def test_what_is_no_path_and_no_file_is_refused(given):
    for call in (
        lambda: load(given),
        lambda: dump(OLD, given),
        lambda: discourse.json.iter_jsonl(given),
        lambda: discourse.json.write_jsonl([OLD], given),
    ):
        with pytest.raises(TypeError, match="must be a path or an open file, not"):
            call()
    with pytest.raises(TypeError, match=r"loads\(\) parses a document in memory"):
        load(b"{}")


def test_one_thread_for_many_and_many_for_one_are_told_what_to_call(tmp_path):
    for name in ("write_jsonl", "append_jsonl"):
        with pytest.raises(
            TypeError, match=rf"iterable of threads: .*{name}\(\[thread\], \.\.\.\)"
        ):
            getattr(discourse.json, name)(OLD, tmp_path / "a.jsonl")
    for several in ([OLD], (OLD, NEW)):
        with pytest.raises(TypeError, match=r"one thread at a time, .*write_jsonl"):
            discourse.dumps(several)
        with pytest.raises(TypeError, match=r"one thread at a time, .*write_jsonl"):
            dump(several, tmp_path / "a.json")
    with pytest.raises(TypeError, match=r"pass its \.thread"):
        discourse.dumps(Thread.repair(OLD))
    assert names(tmp_path) == []
