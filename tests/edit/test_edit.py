"""Edits case by case: what they do, what they refuse, and how they say so."""

import datetime as dt
import sys

import attrs
import pytest

from discourse import (
    Article,
    Author,
    Comment,
    CycleError,
    DiffError,
    FieldError,
    Status,
    Stub,
    Thread,
    ThreadError,
    UnknownCommentError,
)
from discourse.edit import Change, add, apply, diff, graft, merge, move, prune, remove, replace
from discourse.edit import map as map_comments
from discourse.errors import FieldTypeError


@pytest.fixture
def thread():
    rows = [Comment("a", text="A"), Comment("a1", "a"), Comment("a2", "a"), Comment("b")]
    return Thread(Article("T"), rows, stubs=[Stub("a1"), Stub("b")])


def shape(thread):
    return [(comment.id, comment.parent_id) for comment in thread]


def test_add_puts_a_comment_last_or_before_a_sibling(thread):
    assert [c.id for c in add(thread, Comment("a3", "a"))] == ["a", "a1", "a2", "a3", "b"]
    assert [c.id for c in add(thread, Comment("c"))] == ["a", "a1", "a2", "b", "c"]
    first = add(thread, Comment("a0", "a"), before="a1")
    assert [c.id for c in first] == ["a", "a0", "a1", "a2", "b"]


def work(call):
    """How many lines of Python a call runs: its cost, whatever the machine does meanwhile."""
    lines = 0

    def count(frame, event, arg):
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(("shape", "share"), [("chain", 1 / 4), ("fan", 1 / 50)])
def test_add_costs_a_part_of_building_and_leaves_look_ups_as_fast(shape, share):
    size = 2_000
    thread = Thread(
        None, [Comment(str(n), str(n - 1) if shape == "chain" and n else None) for n in range(size)]
    )
    building = work(lambda: Thread(None, thread.comments))
    cost = 0
    for n in range(150):
        comment = Comment(f"new {n}", str(size - 1))
        cost += work(lambda: add(thread, comment))  # noqa: B023
        thread = add(thread, comment)
    assert cost < 150 * share * building

    def look_up(thread):
        for comment in thread.comments:
            thread.position(comment)

    built = Thread(None, thread.comments)
    fresh = work(lambda: look_up(built))
    assert work(lambda: look_up(thread)) < 2 * fresh
    assert work(lambda: look_up(thread)) == fresh


def test_add_refuses_what_does_not_fit(thread):
    with pytest.raises(ThreadError, match="repeated id 'a', with different content"):
        add(thread, Comment("a"))
    with pytest.raises(ThreadError, match="parent 'x' of comment 'c' is missing"):
        add(thread, Comment("c", "x"))
    with pytest.raises(FieldError, match="must be a sibling"):
        add(thread, Comment("c"), before="a1")
    with pytest.raises(UnknownCommentError):
        add(thread, Comment("c"), before="x")
    with pytest.raises(FieldError, match="must be None for several comments"):
        add(thread, [Comment("c")], before="a")
    with pytest.raises(FieldError, match="must hold only Comment, not 'c'"):
        add(thread, ["c"])


def test_replace_takes_a_comment_or_changes(thread):
    assert replace(thread, Comment("a", text="B"))["a"].text == "B"
    assert replace(thread, "a", text="B", score=1)["a"] == Comment("a", text="B", score=1)
    assert shape(replace(thread, "a1", parent_id="b"))[-1] == ("a1", "b")
    with pytest.raises(FieldError, match="must be a Comment, or give changes"):
        replace(thread, "a")
    with pytest.raises(FieldError, match="must remain 'a'"):
        replace(thread, "a", id="c")
    with pytest.raises(ThreadError):
        replace(thread, "a", parent_id="x")
    with pytest.raises(CycleError, match="'a' cannot answer its descendant 'a1'"):
        replace(thread, "a", parent_id="a1")
    with pytest.raises(UnknownCommentError):
        replace(thread, Comment("x"))


def test_remove_keeps_promotes_or_drops_the_replies(thread):
    kept = remove(thread, "a", status=Status.DELETED)
    assert kept["a"] == Comment("a", status=Status.DELETED)
    assert shape(kept) == shape(thread)
    promoted = remove(thread, "a", replies="promote")
    assert shape(promoted) == [("a1", None), ("a2", None), ("b", None)]
    dropped = remove(thread, "a", replies="drop")
    assert shape(dropped) == [("b", None)]
    assert dropped.stubs == (Stub("b"),)
    with pytest.raises(FieldError, match="must be keep, promote or drop"):
        remove(thread, "a", replies="all")


def test_remove_leaves_a_tombstone_where_a_stub_stands(thread):
    assert remove(thread, "b")["b"].status is Status.REMOVED
    assert "a2" not in remove(thread, "a2")
    promoted = remove(thread, "b", replies="promote")
    assert promoted.stubs == (Stub("a1"), Stub(None))


def test_move_takes_the_branch_along(thread):
    assert shape(move(thread, "a", "b")) == [("b", None), ("a", "b"), ("a1", "a"), ("a2", "a")]
    assert shape(move(thread, "a2", None, before="a"))[0] == ("a2", None)
    assert move(thread, "b", None, before="b") == thread
    assert [c.id for c in move(thread, "a1", "a")] == ["a", "a2", "a1", "b"]
    with pytest.raises(CycleError):
        move(thread, "a", "a")
    with pytest.raises(FieldError, match="must be a sibling"):
        move(thread, "a", None, before="a1")


def test_graft_refuses_ids_that_are_taken(thread):
    with pytest.raises(ThreadError) as caught:
        graft(thread, thread.subtree("a"))
    assert len(caught.value.problems) == 3
    grafted = graft(thread, Thread(None, [Comment("x")], stubs=[Stub()]), under="b")
    assert grafted["x"].parent_id == "b"
    assert grafted.stubs[-1] == Stub("b")


def test_adding_a_comment_that_is_here_names_what_changes_it(thread):
    taken = thread.comments[0].id
    for comments in (Comment(taken), [Comment("new"), Comment(taken)]):
        with pytest.raises(ThreadError) as caught:
            add(thread, comments)
        assert "discourse.edit.replace(thread, comment)" in str(caught.value)
        assert "Thread.repair" not in str(caught.value)
        assert [problem.kind for problem in caught.value.problems] == ["duplicate"]
    for comments in (Comment("new", "gone"), [Comment("new", "gone")]):
        with pytest.raises(ThreadError, match=r"Thread\.repair\(\)"):
            add(thread, comments)


def test_prune_and_map_refuse_what_makes_no_sense(thread):
    with pytest.raises(
        FieldError, match=r"edit\.prune\(max_depth\): must be None or a non-negative int"
    ):
        prune(thread, max_depth=-1)
    with pytest.raises(FieldError, match="must return a Comment"):
        map_comments(thread, lambda _: None)
    with pytest.raises(ThreadError):
        map_comments(thread, lambda comment: attrs.evolve(comment, id="x"))


# -- diff ------------------------------------------------------------------------------------------


def test_a_difference_sorts_its_changes_by_what_they_are_about():
    old = Thread(None, [Comment("a", text="x"), Comment("b"), Comment("c")])
    new = Thread(
        Article("T"),
        [Comment("a", text="y", score=1), Comment("b", "a", status="deleted"), Comment("d")],
    )
    found = diff(old, new)
    assert found.added == (Comment("d"),)
    assert found.gone == (Comment("c"),)
    assert found.edited == (Change("a", "text", "x", "y"),)
    assert found.score_changed == (Change("a", "score", None, 1),)
    assert found.moved == (Change("b", "parent_id", None, "a"),)
    assert found.status_changed == (Change("b", "status", Status.VISIBLE, Status.DELETED),)
    assert found.thread_changed == (Change(None, "article", None, Article("T")),)
    assert apply(old, found) == new


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (Thread(None, [Comment("new")]), "cannot add comment 'new': the id is taken"),
        (
            Thread(None, [Comment("a", text="x")]),
            "cannot remove comment 'gone': it is missing or differs",
        ),
        (
            Thread(None, [Comment("gone", text="!")]),
            "cannot remove comment 'gone': it is missing or differs",
        ),
        (
            Thread(None, [Comment("gone"), Comment("a", text="z")]),
            "cannot change text of comment 'a': it is missing or differs",
        ),
        (
            Thread(Article("T"), [Comment("gone"), Comment("a", text="x")]),
            "cannot change article of the thread: it is missing or differs",
        ),
        (
            Thread(None, [Comment("gone"), Comment("a", text="x"), Comment("x", "gone")]),
            "the result is not a tree: parent 'gone' of comment 'x' is missing",
        ),
    ],
)
def test_a_difference_says_why_it_does_not_fit(other, told):
    old = Thread(None, [Comment("a", text="x"), Comment("gone")])
    new = Thread(Article("N"), [Comment("a", text="y"), Comment("new")])
    with pytest.raises(DiffError, match=told):
        apply(other, diff(old, new))


# -- merge -----------------------------------------------------------------------------------------


def test_merge_keeps_a_text_that_was_taken_away():
    a = Thread(None, [Comment("1", author=Author("Ada"), text="<b>", text_format="html")])
    b = Thread(None, [Comment("1", status="deleted")])
    merged = merge(a, b)
    assert merged.thread["1"] == Comment(
        "1", author=Author("Ada"), text="<b>", text_format="html", status="deleted"
    )
    assert [problem.values[0] for problem in merged.problems] == ["status"]


def test_merge_tells_what_it_decides():
    a = Thread(Article("Old"), [Comment("1", text="x", meta={"k": 1, "a": 1})])
    b = Thread(Article("New"), [Comment("1", text="y", meta={"k": 2})])
    merged = merge(a, b)
    assert merged.thread.article.title == "New"
    assert merged.thread["1"].meta == {"k": 2, "a": 1}
    assert list(map(str, merged.problems)) == [
        "conflict: text of '1' was 'x' and is 'y': kept the later one",
        "conflict: title was 'Old' and is 'New': kept the later one",
    ]


def test_merge_takes_what_each_knows_of_a_person():
    a = Thread(
        Article("T", authors=[Author("Ada", id="7", bio="Writes.")]),
        [Comment("1", author=Author("Ben", url="https://ben.example/", is_bot=False))],
    )
    b = Thread(
        Article("T", authors=[Author("Ada", avatar_url="a.png")]),
        [Comment("1", author=Author("Ben", id="9"))],
    )
    merged = merge(a, b)
    assert merged.thread.article.authors == (
        Author("Ada", id="7", bio="Writes.", avatar_url="a.png"),
    )
    assert merged.thread["1"].author == Author(
        "Ben", id="9", url="https://ben.example/", is_bot=False
    )
    assert merged.problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Author("Ben", id="9", bio="x"), Author("Ben", id="10")),
        (Author("Ben", bio="x"), Author("Ada")),
        (Author(id="9", bio="x"), Author("9")),
        (Author(display_name="Ben", bio="x"), Author(display_name="Ben")),
    ],
)
def test_merge_mixes_no_two_people(old, new):
    merged = merge(
        Thread(None, [Comment("1", author=old)]), Thread(None, [Comment("1", author=new)])
    )
    assert merged.thread["1"].author == new
    assert [problem.values for problem in merged.problems] == [("author", old, new)]


def test_merge_tells_once_what_two_captures_say_differently_of_one_person():
    old, new = Author("Ben", bio="x", url="a"), Author("Ben", bio="y", url="b", is_bot=True)
    merged = merge(
        Thread(None, [Comment("1", author=old)]), Thread(None, [Comment("1", author=new)])
    )
    assert merged.thread["1"].author == new
    assert [problem.values for problem in merged.problems] == [("author", old, new)]


def test_the_format_of_no_text_is_no_conflict():
    a = Thread(Article("T", text_format="html"), [Comment("1", text_format="markdown")])
    b = Thread(Article("T"), [Comment("1")])
    for one, other in ((a, b), (b, a)):
        assert (merge(one, other).thread, merge(one, other).problems) == (a, ())


def test_merge_takes_no_guess_for_what_the_other_knows():
    a = Thread(None, [Comment("1"), Comment("2", "1"), Comment("3")])
    b = Thread(None, [Comment("1"), Comment("2"), Comment("3", "2"), Comment("4")])
    merged = merge(a, b, guessed={"2", "4"})
    assert [(c.id, c.parent_id) for c in merged.thread] == [
        *(("1", None), ("2", "1"), ("3", "2"), ("4", None)),
    ]
    assert [(p.ids, p.values[0]) for p in merged.problems] == [(("3",), "parent_id")]


def test_merge_takes_one_id_for_no_collection_of_guesses():
    a, b = Thread(None, [Comment("1"), Comment("2", "1")]), Thread(None, [Comment("2")])
    with pytest.raises(FieldTypeError, match="a collection of ids, not '2'"):
        merge(a, b, guessed="2")
    assert merge(a, b, guessed=["2"]).thread == a


def test_merge_cuts_the_loop_that_two_captures_make_together():
    a = Thread(None, [Comment("x"), Comment("y", "x"), Comment("z", "y")])
    b = Thread(None, [Comment("y"), Comment("x", "y")])
    merged = merge(a, b)
    assert set(merged.thread) >= {Comment("y"), Comment("x", "y"), Comment("z", "y")}
    assert [problem.kind for problem in merged.problems] == ["conflict", "conflict"]


def test_merge_fills_a_placeholder():
    a = Thread(None, [Comment("1", status="missing"), Comment("2", "1")])
    b = Thread(None, [Comment("1", text="here")])
    for one, other in ((a, b), (b, a)):
        merged = merge(one, other)
        assert merged.thread["1"] == Comment("1", text="here")
        assert merged.problems == ()
        assert merged.thread.missing == 0


def test_merge_joins_pages_until_nothing_is_missing():
    first = Thread(
        Article(comment_count=4),
        [Comment("1"), Comment("2")],
        stubs=[
            Stub("1", ids=("3",), count=1),
            Stub(None, "cursor", cursor="p2", count=1),
        ],
    )
    second = Thread(None, [Comment("4")])
    third = Thread(None, [Comment("1"), Comment("3", "1")])
    assert first.missing == 2
    both = merge(first, second).thread
    assert both.missing == 1
    whole = merge(both, third).thread
    assert (whole.missing, whole.is_complete) == (0, True)
    assert sorted(c.id for c in whole) == ["1", "2", "3", "4"]


def test_merge_keeps_what_a_stub_still_lacks():
    first = Thread(None, [Comment("1")], stubs=[Stub("1", ids=("2", "3"), count=5)])
    merged = merge(first, Thread(None, [Comment("1"), Comment("2", "1")]))
    assert merged.thread.stubs == (Stub("1", ids=("3",), count=4),)


def test_merge_takes_a_stub_that_names_more_than_it_counts():
    first = Thread(None, [Comment("1")], stubs=[Stub("1", ids=("2", "3", "4"), count=1)])
    merged = merge(first, Thread(None, [Comment("1"), Comment("2", "1"), Comment("3", "1")]))
    assert merged.thread.stubs == (Stub("1", ids=("4",), count=0),)


def test_merge_counts_what_came_below_the_stub_alone():
    first = Thread(None, [Comment("a"), Comment("b")], stubs=[Stub("a", count=3), Stub("b")])
    second = Thread(None, [Comment("a"), Comment("a1", "a"), Comment("a2", "a1"), Comment("b")])
    assert merge(first, second).thread.stubs == (Stub("a", count=1), Stub("b"))


def test_merge_takes_as_many_stubs_as_comments():
    """Each is looked up, not compared with all, and what came below it is not walked."""
    size = 20_000
    chain = [Comment(str(n), str(n - 1) if n else None) for n in range(size)]
    old = Thread(None, chain, stubs=[Stub(str(n), count=2) for n in range(size)])
    new = Thread(None, [*chain, Comment("x", str(size - 1))])
    assert merge(old, new).thread.stubs == tuple(Stub(str(n), count=1) for n in range(size))
    again = Thread(None, chain, stubs=[Stub(str(n), count=3) for n in range(size)])
    assert merge(old, again).thread.stubs == again.stubs


def test_merge_counts_what_is_still_missing_once():
    first = Thread(None, [Comment("1")], stubs=[Stub("1", ids=("2",), count=5)])
    second = Thread(None, [Comment("1"), Comment("2", "1")], stubs=[Stub("1", count=4)])
    merged = merge(first, second).thread
    assert (merged.stubs, merged.missing) == ((Stub("1", count=4),), 4)


def test_merge_puts_what_only_the_first_has_after_its_sibling_though_others_moved():
    rows = [Comment("1"), Comment("2"), Comment("3"), Comment("4")]
    moved = Thread(None, [Comment("1"), Comment("4"), Comment("2", "4")])
    merged = merge(Thread(None, rows), moved).thread
    assert [comment.id for comment in merged] == ["1", "3", "4", "2"]
    assert merge(merged, moved).thread == merged
    below = Thread(None, [Comment("1"), Comment("1a", "1"), Comment("2"), Comment("3")])
    away = Thread(None, [Comment("1"), Comment("2"), Comment("1a", "2"), Comment("0")])
    assert [c.id for c in merge(below, away).thread] == ["1", "2", "1a", "3", "0"]


def test_a_difference_of_order_alone_is_one():
    old = Thread(None, [Comment("a"), Comment("b")])
    changed = diff(old, Thread(None, [Comment("b"), Comment("a")]))
    assert (changed.added, changed.gone, changed.changes) == ((), (), ())
    assert changed.order == ((None, ("b", "a")),)
    assert changed
    assert not diff(old, old)


@pytest.mark.parametrize(
    ("before", "after", "stays"), [(0, 1, True), (1, 1, False), (1, 0, False), (0, 0, False)]
)
def test_merge_keeps_a_sibling_behind_one_that_stays_under_its_parent(before, after, stays):
    """A placeholder moves no comment; whatever else answers something new has moved."""
    status = [Status.VISIBLE, Status.MISSING]
    moved = Comment("m", "p", status=status[before])
    a = Thread(None, [Comment("p"), Comment("q"), moved, Comment("only a", "p")])
    moved = Comment("m", "q", status=status[after])
    b = Thread(None, [Comment("p"), Comment("q"), moved, Comment("only b", "p")])
    replies = [comment.id for comment in merge(a, b).thread.replies("p")]
    assert replies == (["only b", "m", "only a"] if stays else ["only a", "only b"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a<br>b", "a<br />\nb"),
        ("<p>It&#8217;s</p>", "<p>It\u2019s</p>\n"),
        ("<p>a  b</p><p>c</p>", "<p>a b</p>\n\n<p>c</p>"),
    ],
)
def test_texts_that_read_the_same_are_no_conflict(old, new):
    def capture(text):
        return Thread(None, [Comment("1", text=text, text_format="html")])

    merged = merge(capture(old), capture(new))
    assert (merged.problems, merged.thread["1"].text) == ((), new)


def test_other_words_links_and_pictures_are_a_conflict():
    for old, new in (
        ("<p>a</p>", "<p>b</p>"),
        ('<a href="/x">a</a>', '<a href="/y">a</a>'),
        ('<img src="x.png">', '<img src="y.png">'),
    ):
        one, other = (
            Thread(None, [Comment("1", text=text, text_format="html")]) for text in (old, new)
        )
        assert [p.kind for p in merge(one, other).problems] == ["conflict"]


def test_a_conflict_of_long_texts_shows_where_they_differ():
    start = "The wheel turns in the water of the brook. " * 3
    one, other = (Thread(None, [Comment("1", text=start + end)]) for end in ("Slowly.", "Fast."))
    assert merge(one, other).problems[0].message == (
        "text of '1' was ...'water of the brook. Slowly.' and is ...'water of the brook. Fast.': "
        "kept the later one"
    )


def test_a_conflict_names_the_fields_of_a_person_that_differ():
    old = Author("Ada", id="7", bio="Knits", url="https://a.example")
    new = Author("Countess", id="7", bio="Knits", url="https://b.example")
    merged = merge(
        Thread(None, [Comment("1", author=old)]), Thread(None, [Comment("1", author=new)])
    )
    (problem,) = merged.problems
    assert problem.message == (
        "author of '1' was 'Ada' (name 'Ada', url 'https://a.example') and is 'Countess'"
        " (name 'Countess', url 'https://b.example'): kept the later one"
    )


def conflict(old, new):
    """Return the message of the one conflict of two comments, or of two articles."""
    if isinstance(old, Article):
        merged = merge(Thread(old), Thread(new))
    else:
        merged = merge(Thread(None, [old]), Thread(None, [new]))
    (problem,) = merged.problems
    return problem.message


def test_a_conflict_of_labels_names_those_of_one_side_alone():
    old = Comment("1", tags=["all", "b", "a", "c", "d"])
    assert conflict(old, Comment("1", tags=["all", "x"])) == (
        "tags of '1' was 5 values (with 'a', 'b', 'c') and is 2 values (with 'x'): "
        "kept the later one"
    )
    assert "is 1 value: kept" in conflict(old, Comment("1", tags=["all"]))


def test_a_conflict_of_lists_names_the_elements_from_where_they_differ():
    def article(*names):
        return Article("T", authors=[Author(name) for name in names])

    assert conflict(article("Ada", "Ben", "Cy", "Di", "Eve"), article("Ada", "Flo")) == (
        "authors was 5 values (with 'Ben', 'Cy', 'Di') and is 2 values (with 'Flo'): "
        "kept the later one"
    )
    assert conflict(article("Ada", "Ben"), article("Ada")) == (
        "authors was 2 values (with 'Ben') and is 1 value: kept the later one"
    )
    old = Article("T", authors=[Author("Ada"), Author("Ben", id="1")])
    new = Article("T", authors=[Author("Ada"), Author("Ben", id="2")])
    assert "was 2 values (with 'Ben' (id '1')) and is 2 values (with 'Ben' (id '2'))" in conflict(
        old, new
    )


def test_times_that_differ_by_the_seconds_that_a_page_leaves_out_are_no_conflict():
    exact = dt.datetime(2024, 1, 1, 10, 0, 7, tzinfo=dt.UTC)
    printed = exact.replace(second=0)
    for one, other in ((exact, printed), (printed, exact)):
        merged = merge(
            Thread(None, [Comment("1", created_at=one)]),
            Thread(None, [Comment("1", created_at=other)]),
        )
        assert (merged.thread["1"].created_at, merged.problems) == (exact, ())
    later = exact.replace(second=8)
    assert conflict(Comment("1", created_at=exact), Comment("1", created_at=later)) == (
        "created_at of '1' was '2024-01-01T10:00:07+00:00' and is '2024-01-01T10:00:08+00:00': "
        "kept the later one"
    )


@pytest.mark.parametrize("wrong", [{"id": "3"}, "3"])
def test_what_is_no_comment_is_not_added(wrong):
    with pytest.raises(FieldTypeError, match="must be a Comment, such as Comment"):
        add(Thread(None, [Comment("1")]), wrong)
