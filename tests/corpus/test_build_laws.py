"""A dump becomes the threads that its reader and `Thread.repair` make, whatever its lines hold."""

import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import discourse
from discourse.corpus import _dump_spill, _dump_threads, thread_key
from discourse.formats import pushshift

pytest.importorskip("duckdb")

IDS = st.sampled_from(["a", "b", "c", "d", "e", "7", "17.0", "17"])
POSTS = st.sampled_from(["p", "q", "r", "10"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.sampled_from(["", "x", "&lt;b"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xyz"), inner),
    max_leaves=4,
)


#: What mostly stands there, and now and then anything else.
def mostly(*usual):
    return st.one_of(*usual, *usual, *usual, JSON)


COMMENTS = st.fixed_dictionaries(
    {
        "id": IDS,
        "link_id": POSTS.map("t3_{}".format),
        "parent_id": IDS.map("t1_{}".format) | POSTS.map("t3_{}".format),
    },
    optional={
        "author": mostly(st.sampled_from(["ada", "[deleted]", ""])),
        "author_fullname": mostly(st.sampled_from(["t2_1", ""])),
        "body": mostly(
            st.sampled_from(["Hm.", "[deleted]", "[removed]", "a &amp;lt; b", "", "é€😀"])
        ),
        "score": mostly(st.integers(-5, 5), st.just(2**62 + 1)),
        "score_hidden": st.booleans(),
        "ups": mostly(st.integers(-5, 5)),
        "downs": mostly(st.just(0)),
        "created_utc": mostly(st.integers(0, 2**31), st.just("1370044800"), st.just(1.5e12)),
        "edited": mostly(st.booleans(), st.integers(1, 2**31), st.just(1370044800.0)),
        "permalink": mostly(st.sampled_from(["/r/x/comments/p/_/a/", "x", ""])),
        "stickied": st.booleans(),
        "is_submitter": st.booleans(),
        "distinguished": mostly(st.sampled_from(["moderator", "special-x", None])),
        "subreddit": mostly(st.just("gulls"), st.just("")),
        "link_title": mostly(st.just("A title")),
        "name": mostly(st.just("t1_a")),
        "replies": mostly(st.just("")),
        "spam": st.booleans(),
        "banned_by": mostly(st.none()),
        "_meta": mostly(
            st.just({"is_edited": True}),
            st.just({"was_deleted_later": True, "removal_type": "deleted"}),
        ),
        "gilded": JSON,
        "all_awardings": JSON,
    },
)
ITEMS = st.fixed_dictionaries(
    {"id": POSTS, "title": st.sampled_from(["One", "Two"]), "selftext": st.just("")},
    optional={"subreddit": st.just("gulls"), "author": st.just("ben"), "num_comments": st.just(3)},
)


def lines_of(values, *, spaced=False, escaped=False):
    separators = (", ", ": ") if spaced else (",", ":")
    text = "".join(
        json.dumps(v, separators=separators, ensure_ascii=n % 2 == 0) + "\n"
        for n, v in enumerate(values)
    )
    return text.replace("/", "\\/") if escaped else text


def built(text, folder, **options):
    path = Path(folder, "RC.jsonl")
    path.write_text(text, encoding="utf-8")
    return discourse.corpus.build(path, Path(folder, "c"), format="pushshift", **options)


def accounts(corpus):
    """How many rows came in, and how many are comments, articles, or rows of problems."""
    ((out,),) = corpus.sql(
        """select (select coalesce(sum(comments - placeholders), 0) from threads)
            + (select coalesce(sum("rows"), 0) from problems)"""
    ).fetchall()
    return corpus.info()["rows"], out


@settings(max_examples=settings().max_examples // 2)
@given(
    values=st.lists(COMMENTS, max_size=12).map(
        lambda v: [{"id": "z", "link_id": "t3_p", "parent_id": "t3_p", "body": "z"}, *v]
    ),
    spaced=st.booleans(),
    escaped=st.booleans(),
)
@example(values=[{"id": "a", "link_id": "t3_p", "parent_id": "t1_a"}], spaced=False, escaped=False)
@example(
    values=[
        {"id": "a", "link_id": "t3_p", "parent_id": "t1_b", "body": "1"},
        {"id": "b", "link_id": "t3_p", "parent_id": "t1_a", "body": "2"},
        {"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "3"},
    ],
    spaced=False,
    escaped=False,
)
def test_a_dump_becomes_the_threads_that_its_reader_makes(values, spaced, escaped):
    text = lines_of(values, spaced=spaced, escaped=escaped)
    expected = pushshift.parse(text)
    with tempfile.TemporaryDirectory() as folder:
        corpus = built(text, folder)
        threads = {thread_key(thread): thread for thread in expected.threads}
        assert dict(corpus.items()) == threads
        told, wanted = (
            Counter((p.kind, p.message, p.ids) for p in problems if p.kind != "bad-value")
            for problems in (corpus.problems(), expected.problems)
        )
        assert told == wanted
        came, out = accounts(corpus)
        assert came == out == len(values)


@given(st.lists(COMMENTS | ITEMS, max_size=12), st.integers(0, 12))
def test_posts_and_comments_over_two_files_are_the_threads_of_both(values, cut):
    text = lines_of(values)
    expected = pushshift.parse(text) if values else discourse.Reading()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("RS.jsonl", "RC.jsonl.gz")]
        for path, part in zip(paths, (values[:cut], values[cut:]), strict=True):
            packed = gzip.compress if path.suffix == ".gz" else bytes
            path.write_bytes(packed(lines_of(part).encode()))
        full = [
            path for path, part in zip(paths, (values[:cut], values[cut:]), strict=True) if part
        ]
        if not full:
            return
        corpus = discourse.corpus.build(full, Path(folder, "c"), format="pushshift")
        assert dict(corpus.items()) == {thread_key(thread): thread for thread in expected.threads}
        assert corpus.check() == []


def test_lines_that_are_broken_are_told_with_their_numbers(tmp_path):
    good = {"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "Hm."}
    lines = [
        json.dumps(good),
        "",
        '{"id": "b", "link_id": "t3_p"',
        json.dumps(good | {"id": "c"}),
        '{"name": "neither"}',
        json.dumps(good | {"id": None}),
        '{"id": "d", "id": "e", "link_id": "t3_p", "parent_id": "t3_p"}',
        json.dumps(good | {"id": "f", "body": "\ud800"}),
        '{"id": "cut", "link_id"',
    ]
    corpus = built("\n".join(lines), tmp_path)
    assert [comment.id for comment in corpus["t3_p"]] == ["a", "c", "e", "f"]
    assert [(p.kind, p.place.line) for p in corpus.problems()] == [
        ("broken-line", 3),
        ("not-recognised", 5),
        ("no-id", 6),
        ("repeated-key", 7),
        ("encoding", 8),
        ("truncated", 9),
    ]
    assert accounts(corpus) == (8, 8)


@pytest.mark.parametrize("workers", [1, 2])
def test_more_lines_than_a_block_holds(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(_dump_spill, "_BLOCK", 2_000)
    monkeypatch.setattr(_dump_threads, "GROUP", 16)
    values = [
        {
            "id": f"c{n}",
            "link_id": f"t3_{n % 7}",
            "parent_id": f"t1_c{n - 7}",
            "body": "é" * (n % 90),
        }
        for n in range(300)
    ]
    corpus = built(lines_of(values), tmp_path, workers=workers)
    assert {k: len(thread) for k, thread in corpus.items()} == {
        f"t3_{n}": 43 + (n < 6) for n in range(7)
    }
    assert dict(corpus.items()) == {
        thread_key(thread): thread for thread in pushshift.parse(lines_of(values)).threads
    }
    assert accounts(corpus) == (300, 300)


def test_every_sample_of_a_dump_is_built_as_it_is_read(shared, tmp_path):
    for n, path in enumerate(sorted(Path(shared, "samples", "pushshift").glob("*.[zn]*"))):
        corpus = discourse.corpus.build(path, tmp_path / str(n))
        threads = discourse.read(path).threads
        assert dict(corpus.items()) == {thread_key(thread): thread for thread in threads}
        came, out = accounts(corpus)
        assert came == out > 0


@pytest.mark.parametrize("more", ["", r',"permalink":"\/r\/x"', r',"flair":"\u00e9"'])
def test_a_key_that_is_there_twice_is_told_in_every_spelling(tmp_path, more):
    line = f'{{"id":"d","id":"e","link_id":"t3_p","parent_id":"t3_p","body":"Hm."{more}}}'
    corpus = built(line + "\n", tmp_path)
    assert [problem.kind for problem in corpus.problems()] == ["repeated-key"]


def test_windows_of_two_gibibytes_are_read(tmp_path):
    zstandard = pytest.importorskip("zstandard")
    parameters = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True)
    line = json.dumps({"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "Hm."}) + "\n"
    packed = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = packed.compress(line.encode()) + packed.flush()
    assert zstandard.get_frame_parameters(data).window_size == 2**31
    tmp_path.joinpath("RC.zst").write_bytes(data)
    corpus = discourse.corpus.build(tmp_path / "RC.zst", tmp_path / "c")
    assert [comment.text for comment in corpus["t3_p"]] == ["Hm."]


_BUILD = """
import sys, discourse
discourse.corpus.build(sys.argv[1], sys.argv[2], memory=sys.argv[3])
with open("/proc/self/status") as file:  # ru_maxrss would include the parent before exec
    print(next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory")
def test_the_memory_of_a_process_stays_near_the_limit(tmp_path):
    body = "The bridge has been closed since the flood. " * 100
    with tmp_path.joinpath("RC.jsonl").open("w") as file:
        for n in range(100_000):
            line = {"id": f"c{n}", "link_id": f"t3_{n % 5_000}", "parent_id": f"t3_{n % 5_000}"}
            file.write(json.dumps(line | {"body": f"{n} {body}"}) + "\n")
    command = [sys.executable, "-c", _BUILD, tmp_path / "RC.jsonl", tmp_path / "c", "400MB"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout) < 440_000_000


@pytest.mark.parametrize("memory", ["399MB", "x", "2", "-1GB", "80%", "٣GB", "", None, 10**9])
def test_sizes_of_memory_that_cannot_be_are_refused(tmp_path, memory):
    with pytest.raises(discourse.FieldError, match="memory"):
        built("{}", tmp_path, memory=memory)


@pytest.mark.parametrize("memory", ["400MB", "0.5 GB", "1gib", "2TB", "400000 KB"])
def test_sizes_of_memory_may_have_any_unit(tmp_path, memory):
    line = {"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "Hm."}
    assert len(built(lines_of([line]), tmp_path, memory=memory)) == 1


def test_a_script_without_a_guard_is_told(tmp_path):
    script = tmp_path / "script.py"
    line = {"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "Hm."}
    tmp_path.joinpath("RC.jsonl").write_text(lines_of([line]))
    script.write_text("import discourse\ndiscourse.corpus.build('RC.jsonl', 'c', workers=2)\n")
    command = [sys.executable, script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "CorpusError: a process ended" in done.stderr
    assert "if __name__ == '__main__'" in done.stderr
