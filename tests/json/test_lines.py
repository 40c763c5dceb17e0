"""JSON Lines: one thread a line, little memory, and every broken line told with its number."""

import errno
import gzip
import io
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Comment, DecodeError, FieldError, LimitError, Thread
from discourse._problems import MOST_PROBLEMS
from discourse.json import append_jsonl, dumps, iter_jsonl, write_jsonl
from discourse.strategies import threads

THREADS = [Thread(None, [Comment(str(n), text="a\u2028b\u0085c")], meta={"n": n}) for n in range(5)]
LINES = [dumps(thread).encode() + b"\n" for thread in THREADS]
WHOLE = b"".join(LINES)


def told(lines):
    return [(problem.kind, problem.place.line) for problem in lines.problems]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_threads_come_back_in_order(tmp_path, suffix):
    if suffix == ".zst":
        pytest.importorskip("zstandard", reason="zstandard is not installed")
    path = tmp_path / f"a.jsonl{suffix}"
    assert write_jsonl(iter(THREADS), path) == 5
    lines = iter_jsonl(path)
    assert list(lines) == THREADS
    assert lines.problems == []
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@given(st.lists(threads(max_size=3), max_size=4))
def test_any_threads_come_back(many):
    file = io.BytesIO()
    assert write_jsonl(many, file) == len(many)
    assert file.getvalue().count(b"\n") == len(many)
    file.seek(0)
    assert list(iter_jsonl(file)) == many


def test_nothing_but_a_newline_ends_a_line():
    assert list(iter_jsonl(io.BytesIO(WHOLE))) == THREADS
    with_returns = WHOLE.replace(b"\n", b"\r\n")
    assert list(iter_jsonl(io.BytesIO(with_returns))) == THREADS
    assert not list(iter_jsonl(io.BytesIO(WHOLE.replace(b"\n", b"\r"))))


def test_broken_lines_are_told_and_the_others_kept():
    data = b"".join([LINES[0], b"{}\n", b"\n", LINES[1], b"\xff\n", b'{"a":1}{}\n', LINES[2]])
    heard = []
    lines = iter_jsonl(io.BytesIO(data), report=heard.append)
    assert list(lines) == THREADS[:3]
    assert told(lines) == [("broken-line", 2), ("broken-line", 5), ("broken-line", 6)]
    assert heard == lines.problems
    assert lines.problems[0].place.path == "$.schema"
    assert lines.problems[1].place.offset == data.index(b"\xff")
    assert lines.problem_count == 3


def test_a_file_cut_anywhere_gives_its_whole_lines_and_tells_the_rest():
    for end in range(len(WHOLE)):
        lines = iter_jsonl(io.BytesIO(WHOLE[:end]))
        whole = WHOLE[:end].count(b"\n")
        found = list(lines)
        assert found[:whole] == THREADS[:whole]
        rest = WHOLE[:end].rpartition(b"\n")[2]
        if rest == LINES[whole][:-1]:  # only the newline is missing
            assert len(found) == whole + 1 and not lines.problems
        else:
            assert len(found) == whole
            assert told(lines) == ([("broken-line", whole + 1)] if rest else [])


def test_a_packed_file_that_is_cut_gives_what_came_before_and_tells_it(tmp_path):
    data = gzip.compress(WHOLE * 1000)
    lines = iter_jsonl(io.BytesIO(data[: len(data) // 2]))
    count = len(list(lines))
    assert 0 < count < 5000
    assert told(lines) == [("broken-line", count + 1)]
    assert "is truncated" in lines.problems[0].message


def test_the_first_broken_line_can_be_an_error():
    lines = iter_jsonl(io.BytesIO(LINES[0] + b"{}\n"), on_error="raise")
    assert next(lines) == THREADS[0]
    with pytest.raises(DecodeError) as caught:
        next(lines)
    assert caught.value.place.line == 2
    with pytest.raises(FieldError):
        iter_jsonl(io.BytesIO(), on_error="skip")


def test_a_line_beyond_the_bound_is_passed_over_and_told():
    long = dumps(Thread(meta={"a": "x" * 5_000})).encode() + b"\n"
    data = LINES[0] + long + LINES[1]
    lines = iter_jsonl(io.BytesIO(data), max_line_bytes=1_000)
    assert list(lines) == THREADS[:2]
    assert told(lines) == [("too-long", 2)]
    last = iter_jsonl(io.BytesIO(long[:-1]), max_line_bytes=1_000)
    assert list(last) == [] and told(last) == [("too-long", 1)]
    with pytest.raises(LimitError):
        list(iter_jsonl(io.BytesIO(data), max_line_bytes=1_000, on_error="raise"))
    assert len(list(iter_jsonl(io.BytesIO(long), max_line_bytes=len(long)))) == 1


def test_only_a_hundred_problems_are_kept_and_all_are_counted():
    lines = iter_jsonl(io.BytesIO(b"{}\n" * 250))
    assert list(lines) == []
    assert (len(lines.problems), lines.problem_count) == (100, 250)


def test_unknown_keys_that_are_kept_are_told_with_their_line():
    data = LINES[0] + b'{"schema":"discourse/thread/1","mood":1}\n'
    lines = iter_jsonl(io.BytesIO(data), on_unknown="keep")
    assert list(lines)[1].meta == {"unknown": {"mood": 1}}
    assert told(lines) == [("unknown-key", 2)]


def test_progress_is_told_in_bytes_of_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    write_jsonl(THREADS * 10_000, path)
    calls = []
    assert sum(1 for _ in iter_jsonl(path, progress=lambda *call: calls.append(call))) == 50_000
    size = path.stat().st_size
    assert len(calls) > 2 and calls[-1] == (size, size)
    assert calls == sorted(calls)
    steps = [later - earlier for (earlier, _), (later, _) in pairwise([(0, size), *calls[:-1]])]
    assert min(steps) >= 2**20  # after each mebibyte, not after each line
    assert len(calls) == size // max(steps) + 1
    unsized = []
    list(iter_jsonl(io.BytesIO(WHOLE), progress=lambda *call: unsized.append(call)))
    assert unsized == [(len(WHOLE), None)]


def test_a_file_that_is_left_early_is_closed(tmp_path):
    path = tmp_path / "a.jsonl"
    write_jsonl(THREADS, path)
    with iter_jsonl(path) as lines:
        assert next(lines) == THREADS[0]
    assert list(lines) == []


# -- appending -------------------------------------------------------------------------------------


def test_threads_are_appended(tmp_path):
    path = tmp_path / "a.jsonl"
    assert append_jsonl(THREADS[:2], path) == 2
    assert append_jsonl(iter(THREADS[2:]), path) == 3
    assert append_jsonl([], path) == 0
    assert path.read_bytes() == WHOLE


def test_after_a_torn_line_what_is_appended_is_whole(tmp_path):
    path = tmp_path / "a.jsonl"
    for end in (1, len(LINES[0]) // 2, len(LINES[0]) - 1):
        path.write_bytes(LINES[1] + LINES[0][:end])
        append_jsonl(THREADS[2:4], path)
        lines = iter_jsonl(path)
        whole = end == len(LINES[0]) - 1
        assert list(lines) == [THREADS[1], *([THREADS[0]] if whole else []), *THREADS[2:4]]
        assert told(lines) == ([] if whole else [("broken-line", 2)])


def test_a_line_that_cannot_be_written_whole_is_taken_back(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_bytes(WHOLE)

    class Full(io.FileIO):
        left = len(LINES[0]) + 10

        def write(self, data):
            if self.left <= 0:
                raise OSError(errno.ENOSPC, "full")
            count = super().write(bytes(data)[: min(self.left, 7)])
            self.left -= count
            return count

    monkeypatch.setattr("pathlib.Path.open", lambda path, *_, **__: Full(path, "ab+"))
    with pytest.raises(OSError, match="full"):
        append_jsonl(THREADS, path)
    monkeypatch.undo()
    assert path.read_bytes() == WHOLE + LINES[0]


def test_packed_files_are_not_appended_to(tmp_path):
    with pytest.raises(FieldError):
        append_jsonl(THREADS, tmp_path / "a.jsonl.gz")


# -- memory ----------------------------------------------------------------------------------------

READ = """
import resource, sys
from discourse.json import iter_jsonl
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(len(thread) for thread in iter_jsonl(sys.argv[1]))
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in kibibytes on Linux")
def test_thirty_megabytes_go_through_a_few(tmp_path):
    path = tmp_path / "a.jsonl"
    thread = Thread(None, [Comment(str(n), text="word " * 30) for n in range(500)])
    count = write_jsonl((thread for _ in range(350)), path)
    assert path.stat().st_size > 30 * 10**6
    command = [sys.executable, "-c", READ, path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    comments, mebibytes = map(int, done.stdout.split())
    assert comments == 500 * count
    assert mebibytes < 20


# -- as one format among the others ----------------------------------------------------------------


def test_the_format_is_known_by_its_look_and_its_suffix(tmp_path):
    path = tmp_path / "a.jsonl"
    discourse.write(THREADS, path)
    assert discourse.read(path).threads == tuple(THREADS)
    assert list(discourse.formats.stream(path)) == THREADS
    assert discourse.parse(WHOLE).threads == tuple(THREADS)
    assert discourse.parse(LINES[0]).thread == THREADS[0]


def test_a_packed_suffix_packs_what_is_written(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    discourse.write(THREADS, path)
    assert gzip.decompress(path.read_bytes()) == WHOLE
    assert discourse.read(path).threads == tuple(THREADS)


def test_the_format_tells_each_broken_line():
    reading = discourse.parse(LINES[0] + b"{}\n" * 150 + LINES[1], "jsonl")
    assert len(reading.threads) == 2
    assert len(reading.problems) == 150
    with pytest.raises(discourse.ParseError):
        discourse.parse("{}\n", "jsonl")


def test_the_format_keeps_a_bounded_number_of_problems_and_names_every_line():
    data = LINES[0] + b"{bad\n" * (MOST_PROBLEMS + 50) + LINES[1]
    for problems in (
        discourse.parse(data, "jsonl").problems,
        consumed(discourse.stream(io.BytesIO(data), "jsonl")).problems,
    ):
        assert len(problems) == MOST_PROBLEMS + 1
        assert [problem.place.line for problem in problems[:-1]] == [*range(2, MOST_PROBLEMS + 2)]
        assert problems[-1].values == (*range(MOST_PROBLEMS + 2, MOST_PROBLEMS + 52),)


def consumed(stream):
    assert len(list(stream)) == 2
    return stream


def test_several_documents_read_as_one_say_what_to_do():
    with pytest.raises(discourse.ParseError, match="jsonl"):
        discourse.parse(WHOLE, "json")
