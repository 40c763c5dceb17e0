"""A dump becomes the threads that its reader and `Thread.repair` make, whatever its lines hold."""

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import discourse
from discourse.corpus import thread_key
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


def lines_of(values, spaced):
    separators = (", ", ": ") if spaced else (",", ":")
    return "".join(
        json.dumps(v, separators=separators, ensure_ascii=n % 2 == 0) + "\n"
        for n, v in enumerate(values)
    )


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
    st.lists(COMMENTS, max_size=12).map(
        lambda v: [{"id": "z", "link_id": "t3_p", "parent_id": "t3_p", "body": "z"}, *v]
    ),
    st.booleans(),
)
@example([{"id": "a", "link_id": "t3_p", "parent_id": "t1_a"}], False)
@example(
    [
        {"id": "a", "link_id": "t3_p", "parent_id": "t1_b", "body": "1"},
        {"id": "b", "link_id": "t3_p", "parent_id": "t1_a", "body": "2"},
        {"id": "a", "link_id": "t3_p", "parent_id": "t3_p", "body": "3"},
    ],
    False,
)
def test_a_dump_becomes_the_threads_that_its_reader_makes(values, spaced):
    text = lines_of(values, spaced)
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
