"""Inputs: read to their end however they come, in memory that fits them, and within bounds."""

import gzip
import io
import os
import random
import tracemalloc
import zipfile

import pytest

from discourse import LimitError, ParseError, dumps, load
from discourse._io import packing
from discourse.formats import read

TEXT = "A title\n\nThe body.\n\n  1. First!\n\n    • And second.\n"


def archive(*members, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as made:
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


# -- to the end ------------------------------------------------------------------------------------


class Raw(io.RawIOBase):
    """A raw stream, which may give fewer bytes than it is asked for."""

    def __init__(self, data, most):
        self.data, self.most = data, most

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self.most, len(self.data))
        buffer[:size], self.data = self.data[:size], self.data[size:]
        return size


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_raw_stream_is_read_to_its_end(pack):
    whole = read(io.BytesIO(pack(TEXT.encode())))
    assert read(Raw(pack(TEXT.encode()), 7)) == whole
    assert len(whole.thread) == 2


def test_an_unbuffered_pipe_is_read_to_its_end():
    """A pipe gives at most what it holds, here 4,096 bytes at a time."""
    lines = b'{"schema":"discourse/thread/1","comments":[]}\n' * 1_000
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", 0) as file:
        if (child := os.fork() if hasattr(os, "fork") else None) == 0:
            os.close(reader)
            for at in range(0, len(lines), 4_096):
                os.write(writer, lines[at : at + 4_096])
            os._exit(0)
        os.close(writer)
        assert len(read(file, "jsonl").threads) == 1_000
        os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "set_blocking"), reason="no non-blocking pipes")
@pytest.mark.parametrize("reading", [read, load])
def test_a_stream_that_has_no_data_yet_is_not_taken_for_one_that_ends(reading):
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, dumps(read(io.BytesIO(TEXT.encode())).thread).encode())
    with os.fdopen(reader, "rb", 0) as file, pytest.raises(BlockingIOError, match="no data"):
        reading(file)
    os.close(writer)


# -- in memory that fits ---------------------------------------------------------------------------


def peak_of(action):
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_small_file_takes_little_memory(tmp_path):
    """Whatever the bound is: room for that much is not taken before there is anything to put in."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert peak_of(lambda: read(tmp_path / "a.txt", "pagetext")) < 8 * 2**20


def test_unpacked_bytes_are_held_once():
    data = gzip.compress(random.Random(1).randbytes(2**23))
    assert peak_of(lambda: packing.Input(io.BytesIO(data), None, None).readall()) < 1.5 * 2**23


# -- within bounds ---------------------------------------------------------------------------------


@pytest.fixture
def small_is_less(monkeypatch):
    """Take the smallest inputs for large ones, which tests need not be."""
    monkeypatch.setattr(packing, "_SMALL", 1_000)


PACKINGS = {
    "gzip": gzip.compress,
    "zip": lambda data: archive(("a.txt", data)),
    "gzip in zip": lambda data: archive(("a.txt.gz", gzip.compress(data)), how=zipfile.ZIP_STORED),
}


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_what_expands_more_than_text_can_is_refused(pack, small_is_less):
    with pytest.raises(LimitError, match="expands to more than 100 times its size"):
        read(io.BytesIO(pack(b" " * 1_000_000)), "pagetext")
    with pytest.raises(LimitError, match=r"larger than 200 bytes.*: raise max_bytes"):
        read(io.BytesIO(pack(b" " * 1_000)), "pagetext", max_bytes=200)
    assert read(io.BytesIO(pack(TEXT.encode() * 20)), "pagetext").threads


def test_what_is_small_may_expand_as_it_will():
    packed = gzip.compress(TEXT.encode() + b"\n" * 1_000_000)
    assert len(packed) * 500 < 1_000_000
    assert len(read(io.BytesIO(packed)).thread) == 2


def test_a_document_may_not_expand_more_than_text_can(small_is_less):
    with pytest.raises(LimitError, match="expands to more than 100 times its size"):
        load(io.BytesIO(gzip.compress(b" " * 1_000_000)))


def test_an_archive_beyond_the_bound_is_refused_by_that_bound():
    """And not by what the files before the last one left of it."""
    data = archive(("a.txt", b"x" * 1_000), ("b.txt", b"x"), ("c.txt", b"x"))
    with pytest.raises(LimitError, match=r"larger than 1,000 bytes, unpacked: raise max_bytes"):
        read(io.BytesIO(data), "pagetext", max_bytes=1_000)
    assert len(read(io.BytesIO(data), "pagetext", max_bytes=1_002).threads) == 3


# -- whole -----------------------------------------------------------------------------------------


def test_an_archive_cut_anywhere_is_refused():
    inner = archive(("inner.txt", TEXT))
    whole = archive(("a.zip", inner), ("b.txt", TEXT), how=zipfile.ZIP_STORED)
    for size in range(4, len(whole)):
        with pytest.raises(ParseError, match="the zip archive cannot be read"):
            read(io.BytesIO(whole[:size]), "pagetext")


def test_archives_that_are_joined_are_refused():
    """Only the last one would be read, or the first, where the last one is cut."""
    one, other = archive(("a.txt", TEXT)), archive(("b.txt", TEXT))
    for data in (one + other, one + other[:40]):
        with pytest.raises(ParseError, match="the zip archive cannot be read: there is data "):
            read(io.BytesIO(data), "pagetext")
    assert len(read(io.BytesIO(one + bytes(512)), "pagetext").thread) == 2
