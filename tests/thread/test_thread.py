"""Threads case by case: the container, the look-ups, the orders, what is missing."""

import datetime as dt
import inspect

import pytest

from discourse import (
    Article,
    Author,
    Comment,
    FieldError,
    FieldTypeError,
    Status,
    Stub,
    Thread,
    ThreadError,
    UnknownCommentError,
)
from discourse.thread import controversy, wilson_lower_bound


@pytest.fixture
def thread():
    """Two branches, the first of three levels; the rows stand in no order."""
    rows = [
        Comment("b1", "b", text="under b"),
        Comment("a"),
        Comment("a2", "a"),
        Comment("b"),
        Comment("a2x", "a2"),
        Comment("a1", "a"),
    ]
    return Thread(Article("Bridge to close"), rows)


def ids(comments):
    return [comment.id for comment in comments]


# -- the container ---------------------------------------------------------------------------------


def test_comments_are_held_depth_first_siblings_as_given(thread):
    assert ids(thread.comments) == ["a", "a2", "a2x", "a1", "b", "b1"]
    assert ids(thread) == ids(thread.comments)
    assert len(thread) == 6


def test_an_empty_thread_is_an_ordinary_one():
    thread = Thread()
    assert (len(thread), list(thread), thread.comments) == (0, [], ())
    assert (thread.replies(), thread.levels(), thread.leaves()) == ((), (), ())
    assert list(thread.paths()) == list(thread.walk("breadth-first")) == []
    assert thread == Thread(None, [])
    assert bool(thread.is_complete)


def test_all_but_the_article_and_the_comments_are_given_by_name():
    parameters = inspect.signature(Thread).parameters.values()
    positional = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
    assert positional == ["article", "comments"]


def test_an_id_and_an_equal_comment_are_in_it(thread):
    assert "a1" in thread
    assert Comment("a1", "a") in thread
    assert Comment("a1", "b") not in thread
    assert "x" not in thread
    assert None not in thread
    assert 1 not in thread
    assert [] not in thread


def test_an_id_or_a_comment_gets_the_comment(thread):
    assert thread["b1"].text == "under b"
    assert thread[Comment("b1")] is thread["b1"]
    assert thread.get("b1") is thread["b1"]
    assert thread.get("x") is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda thread, id: thread[id],
        lambda thread, id: thread.position(id),
        lambda thread, id: thread.parent(id),
        lambda thread, id: thread.replies(id),
        lambda thread, id: thread.siblings(id),
        lambda thread, id: thread.ancestors(id),
        lambda thread, id: thread.descendants(id),
        lambda thread, id: thread.subtree(id),
        lambda thread, id: thread.depth(id),
        lambda thread, id: thread.size(id),
        lambda thread, id: thread.walk(start=id),
        lambda thread, id: thread.path(id, "a"),
        lambda thread, id: thread.path("a", id),
        lambda thread, id: thread.is_ancestor(id, "a"),
        lambda thread, id: thread.is_ancestor("a", id),
        lambda thread, id: thread.lowest_common_ancestor(id, "a"),
        lambda thread, id: thread.lowest_common_ancestor("a", id),
    ],
)
@pytest.mark.parametrize("id", ["x", "", "A", "a ", Comment("x"), 0, 1.5])
def test_every_look_up_refuses_an_id_that_is_not_here(thread, ask, id):
    with pytest.raises(UnknownCommentError) as caught:
        ask(thread, id)
    assert isinstance(caught.value, KeyError)


# -- look-ups --------------------------------------------------------------------------------------


def test_look_ups_answer_by_the_tree(thread):
    assert thread.parent("a2x").id == "a2"
    assert thread.parent("a") is None
    assert ids(thread.replies()) == ["a", "b"]
    assert ids(thread.replies("a")) == ["a2", "a1"]
    assert thread.replies("b1") == ()
    assert ids(thread.siblings("a1")) == ["a2"]
    assert ids(thread.siblings("b")) == ["a"]
    assert ids(thread.ancestors("a2x")) == ["a2", "a"]
    assert thread.ancestors("a") == ()
    assert ids(thread.descendants("a")) == ["a2", "a2x", "a1"]
    assert [thread.depth(c) for c in thread] == [0, 1, 2, 1, 0, 1]
    assert [thread.size(c) for c in thread] == [4, 2, 1, 1, 2, 1]
    assert [thread.position(c) for c in thread] == [0, 1, 2, 3, 4, 5]
    assert ids(thread.leaves()) == ["a2x", "a1", "b1"]
    assert [ids(level) for level in thread.levels()] == [["a", "b"], ["a2", "a1", "b1"], ["a2x"]]
    assert [ids(path) for path in thread.paths()] == [["a", "a2", "a2x"], ["a", "a1"], ["b", "b1"]]


def test_two_comments_meet_at_their_lowest_common_ancestor(thread):
    assert thread.lowest_common_ancestor("a2x", "a1").id == "a"
    assert thread.lowest_common_ancestor("a2x", "a2").id == "a2"
    assert thread.lowest_common_ancestor("a", "a").id == "a"
    assert thread.lowest_common_ancestor("a1", "b1") is None
    assert ids(thread.path("a2x", "a1")) == ["a2x", "a2", "a", "a1"]
    assert ids(thread.path("a1", "b1")) == ["a1", "a", "b", "b1"]
    assert ids(thread.path("a", "a2x")) == ["a", "a2", "a2x"]
    assert ids(thread.path("a", "a")) == ["a"]


def test_a_comment_is_no_ancestor_of_itself(thread):
    assert thread.is_ancestor("a", "a2x")
    assert not thread.is_ancestor("a", "a")
    assert not thread.is_ancestor("a2x", "a")
    assert not thread.is_ancestor("a", "b1")


def test_walks_go_in_the_order_they_name(thread):
    assert ids(thread.walk()) == ["a", "a2", "a2x", "a1", "b", "b1"]
    assert ids(thread.walk("post-order")) == ["a2x", "a2", "a1", "a", "b1", "b"]
    assert ids(thread.walk("breadth-first")) == ["a", "b", "a2", "a1", "b1", "a2x"]
    assert ids(thread.walk(start="a", max_depth=1)) == ["a", "a2", "a1"]
    assert ids(thread.walk("post-order", "a2")) == ["a2x", "a2"]
    assert ids(thread.walk(start="b1", max_depth=0)) == ["b1"]


def test_a_chronological_walk_puts_the_unknown_last_and_keeps_ties():
    at = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
    east = at.astimezone(dt.timezone(dt.timedelta(hours=9)))
    rows = [
        Comment("unknown"),
        Comment("late", created_at=at + dt.timedelta(hours=1)),
        Comment("first", "late", created_at=at),
        Comment("same", created_at=east),
    ]
    assert ids(Thread(None, rows).walk("chronological")) == ["first", "same", "late", "unknown"]


@pytest.mark.parametrize("order", ["", "pre-order", None, 1, []])
def test_an_order_that_is_none_is_refused_at_once(thread, order):
    with pytest.raises(FieldError, match="must be one of depth-first, post-order"):
        thread.walk(order)


@pytest.mark.parametrize("depth", [-1, 1.0, True, "1"])
def test_a_depth_that_is_none_is_refused_at_once(thread, depth):
    with pytest.raises(FieldError, match="must be None or a non-negative int"):
        thread.walk(max_depth=depth)


# -- repr ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("thread", "shown"),
    [
        (Thread(), "<Thread: no article, 0 comments>"),
        (Thread(Article()), "<Thread: untitled, 0 comments>"),
        (
            Thread(Article("T"), [Comment("a")]),
            "<Thread: 'T', 1 comment, 1 top-level, 1 level>",
        ),
        (
            Thread(Article("x\x1b" * 1000), [Comment("a"), Comment("b", "a")]),
            "<Thread: '" + "x\\x1b" * 30 + "'..., 2 comments, 1 top-level, 2 levels>",
        ),
    ],
)
def test_a_thread_is_shown_in_brief(thread, shown):
    assert repr(thread) == shown


# -- subtrees --------------------------------------------------------------------------------------


def test_a_subtree_remembers_where_it_was(thread):
    cut = thread.subtree("a2")
    assert [(c.id, c.parent_id) for c in cut] == [("a2", None), ("a2x", "a2")]
    assert cut.article == Article("Bridge to close")
    assert cut.meta == {"subtree": {"id": "a2", "parent_id": "a"}}
    assert thread.subtree("a").meta == {}


def test_a_subtree_takes_its_stubs_along():
    gaps = [Stub("a"), Stub("a1"), Stub("b"), Stub(None)]
    thread = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("b")], stubs=gaps)
    assert thread.subtree("a").stubs == (Stub("a"), Stub("a1"))
    assert thread.subtree("a1").stubs == (Stub("a1"),)


# -- sorting ---------------------------------------------------------------------------------------

#: (upvotes, downvotes) and, worked out by hand from the formula, the lower end of the interval.
WILSON = [
    (0, 0, 0.0),
    (1, 0, 0.206549),
    (10, 0, 0.722467),
    (9, 1, 0.595850),
    (5, 5, 0.236593),
    (100, 50, 0.587898),
    (600, 400, 0.569309),
    (0, 5, 0.0),
]


@pytest.mark.parametrize(("up", "down", "low"), WILSON)
def test_the_wilson_bound_is_that_of_the_formula(up, down, low):
    assert wilson_lower_bound(up, down) == pytest.approx(low, abs=5e-7)


@pytest.mark.parametrize(
    ("up", "down", "divided"),
    [(0, 0, 0), (5, 0, 0), (0, 5, 0), (4, 4, 8), (8, 4, 12**0.5), (1, 100, 101**0.01)],
)
def test_controversy_is_that_of_the_formula(up, down, divided):
    assert controversy(up, down) == pytest.approx(divided)


def test_votes_of_any_size_can_be_compared():
    most = 2**63 - 1
    assert 0 <= wilson_lower_bound(0, most) < 1e-9
    assert 0.999 < wilson_lower_bound(most, 0) <= 1
    assert controversy(most, most) == pytest.approx(2 * most)


def votes(id, up, down, parent=None):
    return Comment(id, parent, upvotes=up, downvotes=down, score=up - down)


def test_sorting_puts_siblings_in_the_order_named():
    day = dt.timedelta(days=1)
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    rows = [
        votes("few", 10, 0),
        votes("many", 600, 400),
        votes("split", 55, 45),
        Comment("unknown"),
        votes("one", 1, 0),
    ]
    thread = Thread(None, rows)
    assert ids(thread.sorted("best")) == ["few", "many", "split", "one", "unknown"]
    assert ids(thread.sorted("top")) == ["many", "few", "split", "one", "unknown"]
    assert ids(thread.sorted("controversial"))[:2] == ["many", "split"]
    timed = Thread(
        None,
        [
            Comment("old", created_at=start),
            Comment("new", created_at=start + day),
            Comment("none"),
            Comment("reply", "old", created_at=start + 2 * day),
        ],
    )
    assert ids(timed.sorted("newest")) == ["new", "old", "reply", "none"]
    assert ids(timed.sorted("oldest")) == ["old", "reply", "new", "none"]
    assert ids(timed.sorted("oldest", reverse=True)) == ["new", "old", "reply", "none"]
    assert ids(timed.sorted("active")) == ["old", "reply", "new", "none"]
    assert ids(timed.sorted(lambda comment: comment.id)) == ["new", "none", "old", "reply"]
    assert ids(timed.sorted(len_of_id, reverse=True)) == ["none", "old", "reply", "new"]


def len_of_id(comment):
    return len(comment.id)


def test_keys_that_cannot_be_compared_with_themselves_are_unknown():
    scores = {"a": float("nan"), "b": 2.0, "c": 1.0}
    thread = Thread(None, map(Comment, scores))
    assert ids(thread.sorted(lambda comment: scores[comment.id])) == ["c", "b", "a"]


@pytest.mark.parametrize("key", ["", "hot", None, 3, ["top"]])
def test_a_sort_key_that_is_none_is_refused(thread, key):
    with pytest.raises(FieldError, match="must be a function or one of oldest, newest"):
        thread.sorted(key)


# -- what is missing -------------------------------------------------------------------------------


def test_a_thread_is_complete_where_nothing_says_otherwise(thread):
    assert thread.missing == 0
    assert thread.is_complete
    claimed = Thread(Article(comment_count=6), thread.comments)
    assert (claimed.missing, claimed.is_complete) == (0, True)
    fewer = Thread(Article(comment_count=2), thread.comments)
    assert (fewer.missing, fewer.is_complete) == (0, True)


@pytest.mark.parametrize(
    ("stubs", "claimed", "missing"),
    [
        ([Stub("a")], None, 0),  # it says that there is more, and not how much
        ([Stub("a", ids=("x", "y"))], None, 2),
        ([Stub("a", count=3)], None, 3),
        ([Stub("a", ids=("x",), count=3)], None, 3),
        ([Stub("a", ids=("x", "y"), count=1)], None, 2),
        ([Stub("a", ids=("x",)), Stub(None, ids=("x",))], None, 1),  # one comment named twice
        ([Stub("a", ids=("b",))], None, 0),  # it is here
        ([Stub("a", count=3)], 10, 8),
        ([Stub("a", count=9)], 10, 9),
        ([], 3, 1),
    ],
)
def test_what_is_missing_is_the_larger_of_stubs_and_claim(stubs, claimed, missing):
    thread = Thread(Article(comment_count=claimed), [Comment("a"), Comment("b")], stubs=stubs)
    assert (thread.missing, thread.is_complete) == (missing, False)


def test_a_placeholder_is_missing_and_counted_once():
    rows = [Comment("a", status="missing"), Comment("b", "a")]
    assert Thread(None, rows).missing == 1
    assert Thread(None, rows, stubs=[Stub(None, ids=("a",))]).missing == 1
    assert Thread(Article(comment_count=2), rows).missing == 1
    assert not Thread(None, rows).is_complete


def test_a_stub_stands_under_a_comment_that_is_here():
    with pytest.raises(ThreadError, match="the parent 'x' of a stub is missing"):
        Thread(None, [Comment("a")], stubs=[Stub("x")])


# -- repair ----------------------------------------------------------------------------------------


def test_repair_tells_each_trouble_and_what_was_done():
    rows = [
        Comment("a", text="one"),
        Comment("a", text="two"),
        Comment("a", text="two"),
        Comment("b", "gone"),
        Comment("c", "gone"),
        Comment("d", "d"),
        Comment("e", "f"),
        Comment("f", "e"),
    ]
    repaired = Thread.repair(rows, article=Article("T"), stubs=[Stub("lost")], meta={"k": 1})
    assert [(c.id, c.parent_id) for c in repaired.thread] == [
        ("a", None),
        ("a~2", None),
        ("gone", None),
        ("b", "gone"),
        ("c", "gone"),
        ("d", None),
        ("e", None),
        ("f", "e"),
        ("lost", None),
    ]
    assert list(map(str, repaired.problems)) == [
        "duplicate-conflict: another comment has the id 'a': renamed to 'a~2'",
        "duplicate: comment 'a~2' occurs 2 times with the same content: kept one",
        "self-parent: comment 'd' answers itself: moved 'd' to the top level",
        (
            "cycle: comments answer each other in a loop: 'e' -> 'f' -> 'e':"
            " moved 'e' to the top level"
        ),
        "orphan: comment 'gone' is missing and has 2 replies: added a placeholder",
        "stub-orphan: the parent 'lost' of a stub is missing",
    ]
    assert repaired.thread["a~2"].meta == {"repaired": {"id": "a"}}
    assert repaired.thread["e"].meta == {"repaired": {"parent_id": "f"}}
    assert (repaired.thread.article.title, repaired.thread.meta) == ("T", {"k": 1})


def test_an_id_that_an_orphan_names_is_given_to_no_other():
    rows = [Comment("a"), Comment("a", text="other"), Comment("b", "a~2")]
    thread = Thread.repair(rows, stubs=[Stub("a", ids=("a~3",))]).thread
    assert thread["a~2"].status is Status.MISSING
    assert thread["a~4"].text == "other"


def test_an_orphan_whose_parent_is_a_number_with_a_point_is_told_what_it_may_mean():
    """Tables write 17 as 17.0 in a column with empty cells."""
    rows = [Comment("17"), Comment("18", "17.0"), Comment("19", "9.0"), Comment("20", "x.0")]
    hint = ", but '17' exists (discourse.model.parent_id converts such numbers)"
    first, *others = Thread.repair(rows).problems
    assert str(first) == (
        f"orphan: comment '17.0' is missing and has 1 reply{hint}: added a placeholder"
    )
    assert not any("but" in str(problem) for problem in others)
    with pytest.raises(ThreadError) as caught:
        Thread(None, [*rows[:2], Comment("x"), Comment("y", "x.0")])
    assert f"parent '17.0' of comment '18' is missing{hint}" in str(caught.value)
    assert str(caught.value).count("but") == 1


def test_repair_takes_only_comments():
    for make in (Thread.repair, lambda comments: Thread(None, comments)):
        with pytest.raises(FieldTypeError, match="must hold only Comment, not 'a'"):
            make(["a"])


def test_authors_are_one_person_by_id_then_name():
    assert Author("Ada", id="1").key == Author("Countess", id="1").key
    assert Author("Ada").key == "Ada"
    assert Author().key is None


def test_a_thread_is_walked_from_its_end(thread):
    assert ids(reversed(thread)) == ids(thread)[::-1]


def test_a_slice_of_a_thread_is_one_of_its_comments(thread):
    with pytest.raises(UnknownCommentError, match=r"thread\.comments\[a:b\] is a slice"):
        thread[1:2]


def test_a_repair_leaves_the_mark_of_the_source_alone():
    comment = Comment("a", "a", meta={"repaired": "by hand"})
    (repaired,) = Thread.repair([comment]).thread
    assert repaired.meta == {"repaired": "by hand", "repaired~": {"parent_id": "a"}}
