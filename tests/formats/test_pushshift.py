"""Dumps of Pushshift and Arctic Shift. All data are invented."""

import datetime as dt
import io
import json

import pytest

from discourse import Author, ParseError, Status, formats
from discourse.formats import parse, pushshift, read, stream


def comment(id, parent="t3_p1", post="p1", **more):
    return {"id": id, "parent_id": parent, "link_id": f"t3_{post}", "author": "ada",
            "body": f"I am {id}.", "subreddit": "mills", **more}  # fmt: skip


def post(id="p1", **more):
    return {"id": id, "title": "Which mill?", "author": "ben", "subreddit": "mills",
            "selftext": "", "num_comments": 2, "is_self": True, **more}  # fmt: skip


def dump(*items):
    return "".join(json.dumps(item) + "\n" for item in items)


def one(**more):
    (found,) = parse(dump(comment("c1", **more)), "pushshift").thread
    return found


def write(path, *items):
    path.write_text(dump(*items), encoding="utf-8")
    return path


# -- lines -----------------------------------------------------------------------------------------


def test_comments_are_put_under_the_id_of_their_post():
    reading = parse(
        dump(comment("c1"), comment("c2", "t1_c1"), comment("c3", post="p2", parent="t3_p2"))
    )
    assert [t.article.id for t in reading.threads] == ["p1", "p2"] and reading.problems == ()
    assert [(c.id, c.parent_id) for c in reading.threads[0]] == [("c1", None), ("c2", "c1")]
    assert reading.threads[0].article.site == "mills" and reading.threads[0].article.title is None
    assert reading.threads[0].source.format == "pushshift"


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("t1_g58jpwe", "g58jpwe"),
        (35145205214, "g58jpwe"),
        (35145205214.0, "g58jpwe"),
        ("35145205214", "g58jpwe"),
        ("g58jpwe", "g58jpwe"),
        ("t3_p1", None),
        ("p1", None),
        (None, None),
        ("t1_17863", "17863"),
    ],
)
def test_a_parent_may_be_written_in_every_way_of_the_years(parent, expected):
    reading = parse(dump(comment("c1", parent)), "pushshift")
    assert reading.thread["c1"].parent_id == expected
    assert [p.kind for p in reading.problems] == ([] if expected is None else ["orphan"])


@pytest.mark.parametrize("parent", [True, -1, 1.5, 10**30, [], {}])
def test_a_parent_that_is_none_is_told(parent):
    reading = parse(dump(comment("c1", parent)), "pushshift")
    assert [p.kind for p in reading.problems] == ["bad-value"]


@pytest.mark.parametrize(
    "time", ["1709287200", 1709287200, 1709287200.0, 1709287200000, "2024-03-01 10:00:00"]
)
def test_a_time_may_be_written_in_every_way_of_the_years(time):
    assert one(created_utc=time).created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)


def test_text_is_unescaped_once_and_only_what_was_escaped():
    found = one(body="&gt; 1 &amp;lt; 2 &nbsp;", author_flair_richtext=[{"t": "a &amp; b"}])
    assert found.text == "> 1 &lt; 2 &nbsp;"
    assert found.meta["author_flair_richtext"] == ({"t": "a & b"},)
    article = parse(dump(post(title="A &amp; B", url="https://a.example/?b&amp;c"))).thread.article
    assert (article.title, article.meta["url"]) == ("A & B", "https://a.example/?b&c")


@pytest.mark.parametrize(
    ("later", "status", "is_edited"),
    [
        ({"was_deleted_later": True, "removal_type": "deleted"}, Status.DELETED, False),
        ({"was_deleted_later": True, "removal_type": "removed by reddit"}, Status.REMOVED, False),
        ({"was_initially_deleted": True, "removal_type": "removed"}, Status.VISIBLE, False),
        ({"is_edited": True}, Status.VISIBLE, True),
    ],
)
def test_what_arctic_shift_saw_later_is_told_beside_the_text_of_before(later, status, is_edited):
    found = one(_meta=later, edited=False)
    assert (found.status, found.text, found.is_edited) == (status, "I am c1.", is_edited)
    assert found.meta["_meta"] == later


def test_a_table_leaves_floats_and_zeros():
    found = one(edited=0, score=3.0, stickied=1.0, author_created_utc=1496871510.0)
    assert (found.is_edited, found.edited_at, found.score, found.tags) == (
        False,
        None,
        3,
        {"pinned"},
    )


def test_nobody_is_called_deleted():
    found = one(author="[deleted]", body="Still here.")
    assert found.author is None and found.status is Status.VISIBLE and found.text == "Still here."


# -- other shapes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        lambda items: json.dumps({"data": items, "metadata": {}, "error": None}),
        lambda items: json.dumps(items, indent=1),
        lambda items: "".join(json.dumps({"data": [item]}) + "\n" for item in items),
        lambda items: dump(*items[:1], None, *items[1:]),
    ],
)
def test_pages_and_lists_are_read_as_lines_are(shape):
    items = [comment("c1"), post(), comment("c2", "t1_c1")]
    assert parse(shape(items)).threads == parse(dump(*items)).threads


def test_a_tree_of_arctic_shift_has_things():
    inner = {
        "kind": "Listing",
        "data": {"children": [{"kind": "t1", "data": comment("c2", "t1_c1")}]},
    }
    more = {"kind": "more", "data": {"parent_id": "t3_p1", "children": ["c3"], "count": 1}}
    text = json.dumps({"data": [{"kind": "t1", "data": comment("c1", replies=inner)}, more]})
    reading = parse(text)
    assert [c.id for c in reading.thread] == ["c1", "c2"] and reading.thread.stubs[0].ids == ("c3",)
    assert reading.thread.source.format == "pushshift" and reading.problems == ()


def test_an_empty_page_is_no_error():
    assert parse('{"data": []}', "pushshift").threads == ()
    with pytest.raises(ParseError):
        parse('{"data": [{"a": 1}]}', "pushshift")


def test_lines_that_are_something_else_are_told():
    text = (
        dump(comment("c1"))
        + '{"broken": \n'
        + dump({"a": 1}, comment("c2"), {"body": "no id", "link_id": "t3_p1"})
    )
    reading = parse(text)
    assert [c.id for c in reading.thread] == ["c1", "c2"]
    assert [p.kind for p in reading.problems] == [
        "broken-line",
        "not-recognised",
        "no-id",
        "no-parent",
    ][:3]


def test_posts_and_two_months_are_one_thread(tmp_path):
    posts = write(tmp_path / "RS", post())
    january = write(tmp_path / "RC_01", comment("c1"))
    february = write(tmp_path / "RC_02", comment("c2", "t1_c1"))
    alone = read(february)
    assert alone.thread["c1"].status is Status.MISSING and alone.problems[0].kind == "orphan"
    reading = read([posts, january, february])
    assert reading.thread.article.title == "Which mill?" and reading.problems == ()
    assert reading.thread.article.authors == (Author("ben"),)
    assert [(c.id, c.parent_id) for c in reading.thread] == [("c1", None), ("c2", "c1")]
    assert read([february, january, posts]).problems == ()


# -- streams ---------------------------------------------------------------------------------------


@pytest.fixture
def _small(monkeypatch):
    """What is whole, and what is remembered, small enough for a test."""
    monkeypatch.setattr(pushshift, "_WHOLE", 200)
    monkeypatch.setattr(pushshift, "_REMEMBERED", 4)


def threads(*ids, posts=True):
    for id in ids:
        if posts:
            yield post(id)
        yield comment(f"a{id}", f"t3_{id}", id)
        yield comment(f"b{id}", f"t1_a{id}", id)


def streamed(items, tmp_path):
    return stream(write(tmp_path / "dump.jsonl", *items))


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    "ids",
    [
        [f"p{n:02}" for n in range(20)],
        [f"p{n:02}" for n in range(20, 0, -1)],
        ["z", "10", "11", "zz", "100"],
        ["p2", "p9", "p1"],
    ],
    ids=["up", "down", "as numbers", "a few in no order"],
)
def test_threads_whose_lines_are_together_come_one_after_another(ids, tmp_path):
    items = list(threads(*ids))
    found = list(streamed(items, tmp_path))
    assert found == list(parse(dump(*items)).threads)
    assert [thread.article.id for thread in found] == ids


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("far", [0, 12])
def test_a_thread_that_goes_on_after_others_is_not_torn_apart(far, tmp_path):
    """Whether that shows in the beginning, which is checked before any thread is given out, or later."""
    items = [
        *threads(*(f"p{n:02}" for n in range(far + 2))),
        comment("late", f"t3_p{far:02}", f"p{far:02}"),
    ]
    found = streamed(items, tmp_path)
    with pytest.raises(ParseError, match="sort the lines by link_id") as caught:
        list(found)
    assert caught.value.place.line == len(items)


def test_a_small_input_may_be_in_any_order(tmp_path):
    items = [*threads("p1", "p2"), comment("late", "t1_ap1", "p1")]
    assert list(streamed(items, tmp_path)) == list(parse(dump(*items)).threads)


@pytest.mark.usefixtures("_small")
def test_many_threads_in_no_order_are_refused_before_memory_is_full(tmp_path):
    ids = ["p5", "p2", "p9", "p1", "p7", "p3"]
    with pytest.raises(ParseError, match="not in order"):
        list(streamed(threads(*ids), tmp_path))
    sorted_first = [f"p{n}" for n in range(9)]
    with pytest.raises(ParseError, match="out of order"):
        list(streamed(threads(*sorted_first, "p3"), tmp_path))


@pytest.mark.usefixtures("_small")
def test_posts_alone_are_streamed_in_any_order_and_number(tmp_path):
    """A month of posts is nearly sorted, and a few stand in it twice."""
    ids = ["p5", "p2", "p9", "p2", "p9x", "p1", "p7", "p3", "p8", "p4"]
    found = streamed(map(post, ids), tmp_path)
    assert [thread.article.id for thread in found] == [*ids[:3], *ids[4:]]
    assert [p.kind for p in found.problems] == ["duplicate-article"]
    with pytest.raises(ParseError):
        list(streamed([*map(post, ids), comment("c1", "t3_p5", "p5")], tmp_path))


@pytest.mark.usefixtures("_small")
def test_a_stream_tells_what_it_skips(tmp_path):
    items = list(threads("p1", "p2"))
    path = tmp_path / "dump.jsonl"
    text = dump(*items[:3]) + "{broken\n" + dump({"a": 1}, *items[3:]) + '{"id": "c9", "bo'
    path.write_text(text, encoding="utf-8")
    found = stream(path)
    assert list(found) == list(parse(dump(*items)).threads)
    assert [p.kind for p in found.problems] == ["broken-line", "not-recognised", "truncated"]
    assert [p.place.line for p in found.problems] == [4, 5, 9]


@pytest.mark.usefixtures("_small")
def test_what_is_not_lines_is_read_whole(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"data": list(threads("p1", "p2"))}), encoding="utf-8")
    assert [thread.article.id for thread in stream(path)] == ["p1", "p2"]


def test_the_largest_windows_of_zstandard_are_read(tmp_path):
    """A frame as ``zstd --long=31`` writes it: its window is 2 GiB, and its size is not told."""
    pytest.importorskip("zstandard")
    data = dump(comment("c1")).encode()
    block = (len(data) << 3 | 1).to_bytes(3, "little") + data  # the last, and raw
    path = tmp_path / "RC_2005-12.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + bytes([0, (31 - 10) << 3]) + block)
    assert len(read(path).thread) == 1
    assert [len(thread) for thread in stream(path)] == [1]


def test_the_lines_of_a_stream_may_be_held_in_memory():
    file = io.BytesIO(dump(*threads("p1")).encode())
    assert [len(thread) for thread in formats.stream(file, "pushshift")] == [2]
