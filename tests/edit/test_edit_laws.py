"""The laws of editing: an edit does what it says, all of it, and nothing else."""

import contextlib
from collections import Counter
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from discourse import (
    Author,
    Comment,
    CycleError,
    DiffError,
    Status,
    Stub,
    TextFormat,
    Thread,
    ThreadError,
)
from discourse.edit import (
    Diff,
    add,
    apply,
    diff,
    graft,
    merge,
    move,
    prune,
    remove,
    replace,
)
from discourse.edit import (
    map as map_comments,
)
from discourse.strategies import comments, stubs, texts, threads

few = comments(
    status=st.just(Status.VISIBLE) | st.sampled_from(Status),
    score=st.none() | st.integers(0, 2),
    author=st.none(),
    created_at=st.none(),
)
some = threads(max_size=8, complete=False, comments=few, ids=st.sampled_from("abcdefghijkl"))
filled = threads(
    min_size=1, max_size=8, complete=False, comments=few, ids=st.sampled_from("abcdefghijkl")
)


def ids(comments):
    return [comment.id for comment in comments]


def parents(thread):
    return {comment.id: comment.parent_id for comment in thread}


def one_of(thread):
    return st.sampled_from(thread.comments)


def next_sibling(thread, comment):
    replies = thread.replies(comment.parent_id)
    return next((b for a, b in pairwise(replies) if a is comment), None)


# -- add and remove --------------------------------------------------------------------------------


LARGE = {
    "chain": Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(600)]),
    "fan": Thread(None, [Comment(str(n)) for n in range(150)]),
    "bushy": Thread(None, [Comment(str(n), str(n // 3) if n > 2 else None) for n in range(300)]),
    "comb": Thread(
        None, [Comment(str(n), str(max(n - 2, n % 2)) if n > 1 else None) for n in range(500)]
    ),
}


@given(
    st.sampled_from(list(LARGE)),
    st.lists(st.tuples(st.integers(0, 2**16), st.booleans()), max_size=90),
    st.integers(0, 3),
)
@example("chain", [(n, False) for n in range(599, 680)], 0)
@example("fan", [(0, True)] * 70, 1)
@example("bushy", [(7919 * n, n % 2 == 0) for n in range(64)], 3)
def test_a_large_thread_after_additions_is_as_if_it_were_built(name, places, look_ups):
    """Positions, depths and sizes are carried from thread to thread, however long that goes on."""
    thread = LARGE[name]
    for number, (place, first) in enumerate(places):
        parent = thread.comments[place % len(thread)]
        before = next(iter(thread.replies(parent)), None) if first else None
        thread = add(thread, Comment(f"new {number}", parent.id), before=before)
        for comment in thread.comments[:: len(thread) // 20][: 7 * look_ups]:
            assert thread[comment.id] is comment
    built = Thread(None, thread.comments)
    assert built.comments == thread.comments
    assert "new" not in thread and thread.get("new") is None
    for comment in built:
        assert comment in thread
        assert thread.position(comment) == built.position(comment)
        assert thread.depth(comment) == built.depth(comment)
        assert thread.size(comment) == built.size(comment)


@given(some, few, st.data())
def test_removing_what_was_added_gives_the_thread_back(thread, comment, data):
    """``remove(add(thread, comment), comment) == thread``, wherever it was put."""
    parent = data.draw(st.sampled_from([None, *ids(thread)]))
    comment = attrs.evolve(comment, id="new", parent_id=parent)
    before = data.draw(st.sampled_from([None, *ids(thread.replies(parent))]))
    more = add(thread, comment, before=before)
    for replies in ("keep", "promote", "drop"):
        assert remove(more, comment, replies=replies) == thread


@given(some, few, st.data())
def test_adding_one_is_building_with_one_more(thread, comment, data):
    """The quick way to add a comment gives what the long one does, with every look-up."""
    parent = data.draw(st.sampled_from([None, *ids(thread)]))
    comment = attrs.evolve(comment, id="new", parent_id=parent)
    quick = add(thread, comment)
    built = attrs.evolve(thread, comments=(*thread.comments, comment))
    assert quick == add(thread, [comment]) == built
    for c in built:
        assert quick.position(c) == built.position(c)
        assert quick.depth(c) == built.depth(c)
        assert quick.size(c) == built.size(c)
        assert quick.replies(c) == built.replies(c)


@given(filled, st.data())
def test_a_comment_added_before_a_sibling_stands_right_before_it(thread, data):
    """It moves nobody else."""
    sibling = data.draw(one_of(thread))
    more = add(thread, Comment("new", sibling.parent_id), before=sibling)
    assert next_sibling(more, more["new"]).id == sibling.id
    assert [c for c in more if c.id != "new"] == list(thread)


@given(some, st.data())
def test_many_are_added_in_any_order(thread, data):
    """Replies may come before what they answer."""
    branch = [Comment("x"), Comment("y", "x"), Comment("z", "y"), Comment("w", "x")]
    more = add(thread, data.draw(st.permutations(branch)))
    assert {**parents(thread), "x": None, "y": "x", "z": "y", "w": "x"} == parents(more)
    assert remove(more, "x", replies="drop") == thread


@given(filled, st.data())
def test_what_does_not_fit_is_not_added(thread, data):
    """An id that is taken, or a parent that is not here, is an error, for one and for many."""
    taken = Comment(data.draw(one_of(thread)).id)
    lost = Comment("new", "nobody")
    for wrong in (taken, lost):
        with pytest.raises(ThreadError) as one:
            add(thread, wrong)
        with pytest.raises(ThreadError) as many:
            add(thread, [wrong])
        assert one.value.problems == many.value.problems
        assert wrong.id in one.value.problems[0].ids


@given(filled, st.data())
def test_dropping_takes_a_branch_and_no_more(thread, data):
    """With ``replies="drop"`` exactly the subtree goes, and the stubs in it."""
    gone = data.draw(one_of(thread))
    less = remove(thread, gone, replies="drop")
    lost = {gone.id, *ids(thread.descendants(gone))}
    assert less.comments == tuple(c for c in thread if c.id not in lost)
    assert less.stubs == tuple(s for s in thread.stubs if s.parent_id not in lost)


@given(filled, st.data())
def test_promoting_puts_the_replies_where_the_comment_was(thread, data):
    """With ``replies="promote"`` one comment goes; its replies stand in its place, in order."""
    gone = data.draw(one_of(thread))
    less = remove(thread, gone, replies="promote")
    expected = {
        id: gone.parent_id if parent == gone.id else parent
        for id, parent in parents(thread).items()
        if id != gone.id
    }
    assert parents(less) == expected
    assert ids(less) == [id for id in ids(thread) if id != gone.id]
    assert len(less.stubs) == len(thread.stubs)


@given(filled, st.sampled_from(Status), st.data())
def test_keeping_leaves_a_tombstone_where_somebody_answered(thread, status, data):
    """With ``replies="keep"`` nothing else moves; the words are gone, the place and time stay."""
    gone = data.draw(one_of(thread))
    less = remove(thread, gone, status=status)
    answered = thread.size(gone) > 1 or any(s.parent_id == gone.id for s in thread.stubs)
    stone = Comment(gone.id, gone.parent_id, created_at=gone.created_at, status=status)
    expected = [stone if c is gone else c for c in thread if answered or c is not gone]
    assert list(less) == expected
    assert less.stubs == thread.stubs


# -- replace and move ------------------------------------------------------------------------------


@given(filled, few, st.data())
def test_replacing_changes_one_comment(thread, comment, data):
    """Everything else is the very same, and putting the old one back gives the thread back."""
    old = data.draw(one_of(thread))
    new = attrs.evolve(comment, id=old.id, parent_id=old.parent_id)
    made = replace(thread, new)
    assert list(made) == [new if c is old else c for c in thread]
    assert replace(made, old) == thread
    assert replace(thread, old.id, text="x") == replace(thread, attrs.evolve(old, text="x"))


@given(filled, st.data())
def test_moving_there_and_back_gives_the_thread_back(thread, data):
    """A branch moved anywhere, and back before the sibling it stood before, is where it was."""
    moved = data.draw(one_of(thread))
    below = {moved.id, *ids(thread.descendants(moved))}
    to = data.draw(st.sampled_from([None, *(id for id in ids(thread) if id not in below)]))
    there = move(thread, moved, to)
    assert there[moved.id].parent_id == to
    assert there.replies(to)[-1].id == moved.id
    assert there.subtree(moved.id).comments == thread.subtree(moved).comments
    back = move(there, moved.id, moved.parent_id, before=next_sibling(thread, moved))
    assert back == thread


@given(filled, st.data())
def test_moving_before_a_sibling_puts_it_right_there(thread, data):
    """The others keep their order, whether the branch comes from near or far."""
    moved, sibling = data.draw(one_of(thread)), data.draw(one_of(thread))
    assume(sibling is moved or not thread.is_ancestor(moved, sibling))
    there = move(thread, moved, sibling.parent_id, before=sibling)
    if sibling is moved:
        assert there == thread
        return
    replies = ids(there.replies(sibling.parent_id))
    assert replies.index(moved.id) == replies.index(sibling.id) - 1
    assert {**parents(thread), moved.id: sibling.parent_id} == parents(there)
    rest = [c for c in ids(thread) if c not in set(ids(thread.subtree(moved)))]
    assert [c for c in ids(there) if c in set(rest)] == rest


@given(filled, st.data())
def test_nothing_can_answer_itself(thread, data):
    """A move, or a new parent, that would close a loop is refused."""
    above = data.draw(one_of(thread))
    below = data.draw(st.sampled_from([above, *thread.descendants(above)]))
    with pytest.raises(CycleError):
        move(thread, above, below)
    with pytest.raises(CycleError):
        replace(thread, above, parent_id=below.id)


@given(filled, st.data())
def test_a_new_parent_moves_the_branch(thread, data):
    """``replace(..., parent_id=...)`` keeps the branch whole."""
    moved = data.draw(one_of(thread))
    below = {moved.id, *ids(thread.descendants(moved))}
    to = data.draw(st.sampled_from([None, *(id for id in ids(thread) if id not in below)]))
    there = replace(thread, moved, parent_id=to)
    assert parents(there) == {**parents(thread), moved.id: to}
    assert ids(there.subtree(moved.id)) == ids(thread.subtree(moved))


# -- graft, prune, map -----------------------------------------------------------------------------


@given(filled, st.data())
def test_grafting_what_was_cut_gives_the_thread_back(thread, data):
    """A branch cut off and grafted on again is last among its siblings; moved back, it is all."""
    cut = data.draw(one_of(thread))
    less = remove(thread, cut, replies="drop")
    made = graft(less, thread.subtree(cut), under=cut.parent_id)
    assert parents(made) == parents(thread)
    assert Counter(made.stubs) == Counter(thread.stubs)
    back = move(made, cut.id, cut.parent_id, before=next_sibling(thread, cut))
    assert attrs.evolve(back, stubs=thread.stubs) == thread


@given(filled, st.data())
def test_grafting_refuses_an_id_that_is_there(thread, data):
    """No comment is overwritten."""
    with pytest.raises(ThreadError):
        graft(thread, thread.subtree(data.draw(one_of(thread))))
    assert graft(thread, Thread()) == thread


@given(some, st.integers(0, 4))
def test_pruning_by_depth_keeps_what_is_not_deeper(thread, depth):
    """Exactly the comments down to that depth stay, and their stubs."""
    less = prune(thread, max_depth=depth)
    assert less.comments == tuple(c for c in thread if thread.depth(c) <= depth)
    assert less.stubs == tuple(
        s for s in thread.stubs if s.parent_id is None or s.parent_id in less
    )
    assert prune(less, max_depth=depth) == less
    assert prune(thread) == thread


@given(some, st.sets(st.sampled_from("abcdefghijkl")))
def test_pruning_by_choice_takes_whole_branches(thread, kept):
    """A comment stays where it and all above it are wanted."""
    less = prune(thread, keep=lambda comment: comment.id in kept)
    assert list(less) == [c for c in thread if {c.id, *ids(thread.ancestors(c))} <= kept]


@given(some)
def test_mapping_does_to_each_what_the_function_does(thread):
    """The identity changes nothing; two maps are the map of both; ids may change together."""
    assert map_comments(thread, lambda comment: comment) == thread
    shout = map_comments(thread, lambda c: attrs.evolve(c, text="!", title="?"))
    one = map_comments(thread, lambda c: attrs.evolve(c, text="!"))
    assert map_comments(one, lambda c: attrs.evolve(c, title="?")) == shout
    bare = attrs.evolve(thread, stubs=())

    def renamed(comment):
        parent = comment.parent_id and f"x{comment.parent_id}"
        return attrs.evolve(comment, id=f"x{comment.id}", parent_id=parent)

    assert ids(map_comments(bare, renamed)) == [f"x{id}" for id in ids(thread)]


# -- two captures ----------------------------------------------------------------------------------


@st.composite
def captures(draw):
    """Two captures of one discussion: comments come, go, move and change between them."""
    old = draw(some)
    new = old
    for n in range(draw(st.integers(0, 4))):
        how = draw(st.sampled_from(["add", "remove", "move", "replace", "order", "head"]))
        here = st.sampled_from(ids(new)) if len(new) else st.nothing()
        if how == "add" or not len(new):
            parent = draw(st.none() | here)
            new = add(new, attrs.evolve(draw(few), id=f"n{n}", parent_id=parent))
        elif how == "remove":
            new = remove(new, draw(here), replies=draw(st.sampled_from(["promote", "drop"])))
        elif how == "move":
            moved = draw(here)
            below = {moved, *ids(new.descendants(moved))}
            new = move(
                new, moved, draw(st.sampled_from([None, *(i for i in ids(new) if i not in below)]))
            )
        elif how == "replace":
            id = draw(here)
            new = replace(new, attrs.evolve(draw(few), id=id, parent_id=new[id].parent_id))
        elif how == "order":
            new = attrs.evolve(new, comments=draw(st.permutations(new.comments)))
        else:
            gaps = draw(st.lists(stubs(parent_id=st.none() | here), max_size=2))
            new = attrs.evolve(new, stubs=gaps, meta=draw(some).meta, article=draw(some).article)
    return old, new


@given(captures())
@example((Thread(None, [Comment("a"), Comment("b")]), Thread(None, [Comment("b"), Comment("a")])))
def test_applying_a_difference_gives_the_new_thread(pair):
    """``apply(old, diff(old, new)) == new``, whatever changed, and back again."""
    old, new = pair
    assert apply(old, diff(old, new)) == new
    assert apply(new, diff(new, old)) == old


@given(some, some)
def test_any_two_threads_have_a_difference_that_applies(old, new):
    """Also where they are captures of different discussions."""
    assert apply(old, diff(old, new)) == new


@given(captures())
def test_a_difference_is_empty_just_where_nothing_changed(pair):
    """A `Diff` is false for equal threads, and only for those."""
    old, new = pair
    assert bool(diff(old, new)) is (old != new)
    assert diff(old, old) == Diff()


@given(captures())
def test_a_difference_names_what_differs_and_nothing_else(pair):
    """Added and gone by their ids; a change for each field that differs; every kind once."""
    old, new = pair
    made = diff(old, new)
    assert set(ids(made.added)) == set(ids(new)) - set(ids(old))
    assert set(ids(made.gone)) == set(ids(old)) - set(ids(new))
    both = [c.id for c in new if c.id in old]
    expected = {
        (id, f.name)
        for id in both
        for f in attrs.fields(Comment)
        if getattr(old[id], f.name) != getattr(new[id], f.name)
    }
    found = [(c.id, c.field) for c in made.changes if c.id is not None]
    assert set(found) == expected
    assert len(found) == len(expected)
    kinds = (made.edited, made.moved, made.status_changed, made.score_changed, made.thread_changed)
    assert Counter(c for kind in kinds for c in kind) == Counter(made.changes)


@given(captures(), some)
def test_a_difference_does_not_apply_where_it_does_not_fit(pair, other):
    """On a thread that lacks what goes, or has what comes, it is an error and nothing is done."""
    old, new = pair
    made = diff(old, new)
    fits = (
        all(c.id not in other for c in made.added)
        and all(c in other for c in made.gone)
        and all(
            getattr(other if c.id is None else other.get(c.id), c.field, DiffError) == c.old
            for c in made.changes
        )
    )
    assume(not fits)
    told = other.digest()
    with pytest.raises(DiffError):
        apply(other, made)
    assert other.digest() == told


@given(captures(), some)
@example((Thread(None, [Comment("a")]), Thread(None, [Comment("a"), Comment("b", "a")])), Thread())
@example((Thread(None, [Comment("a")]), Thread()), Thread(None, [Comment("a"), Comment("b", "a")]))
def test_applying_gives_a_thread_or_says_that_it_does_not_fit(pair, other):
    """Whatever thread a difference is put to, there is no other error."""
    made = diff(*pair)
    with contextlib.suppress(DiffError):
        apply(other, made)


@given(captures())
def test_merging_keeps_every_comment_of_both(pair):
    """The ids of a merged thread are those of either; it is built anew without trouble."""
    a, b = pair
    merged = merge(a, b)
    assert set(ids(merged.thread)) == set(ids(a)) | set(ids(b))
    assert Thread(None, merged.thread.comments).comments == merged.thread.comments


@given(some)
def test_merging_a_thread_with_itself_changes_nothing(thread):
    """Two equal captures are one, and there is nothing to tell."""
    merged = merge(thread, thread)
    assert (merged.thread, merged.problems) == (thread, ())
    assert merge(Thread(), thread).thread == thread
    assert set(merge(thread, Thread()).thread) == set(thread)


@given(captures())
def test_merging_the_later_capture_once_more_changes_nothing(pair):
    """It is all in there: what it says, in its order. Loops that were cut would be cut again."""
    old, new = pair
    merged = merge(old, new)
    if all(problem.kind == "conflict" for problem in merged.problems):
        assert merge(merged.thread, new).thread == merged.thread


def either_author(old, new):
    if old is None or new is None:
        return new or old
    both = old.id is not None and new.id is not None
    if not (old.id == new.id if both else old.name is not None and old.name == new.name):
        return new
    known = {f.name: getattr(new, f.name) for f in attrs.fields(Author) if f.name != "meta"}
    kept = {name: value for name, value in known.items() if value is not None}
    return attrs.evolve(old, **kept, meta=old.meta | new.meta)


@given(captures())
@example(
    (
        Thread(None, [Comment("a", text="<p>", text_format="html")]),
        Thread(None, [Comment("a", status="deleted")]),
    )
)
def test_merging_takes_the_later_word_and_keeps_what_it_does_not_know(pair):
    """Field by field: what the later capture knows, else what the earlier one had."""
    a, b = pair
    merged = merge(a, b)
    cut = {id for p in merged.problems if p.kind in {"cycle", "self-parent"} for id in p.ids}
    for c in merged.thread:
        old, new = a.get(c.id), b.get(c.id)
        if old is None or new is None or c.id in cut:
            assert c.id in cut or c == (old or new)
            continue
        for name in ("title", "created_at", "score", "upvotes", "url", "language"):
            later, earlier = getattr(new, name), getattr(old, name)
            assert getattr(c, name) == (later if later is not None else earlier)
        assert c.author == either_author(old.author, new.author)
        assert c.text == (new.text if new.text is not None else old.text)
        kept = old if new.text is None and old.text is not None else new
        if old.text is new.text is None and new.text_format is TextFormat.TEXT:
            kept = old  # what is not told of no text
        assert c.text_format is kept.text_format
        placed = old if new.status is Status.MISSING and old.status is not Status.MISSING else new
        assert c.parent_id == placed.parent_id


@given(captures())
def test_a_conflict_is_a_field_that_both_know_and_tell_differently(pair):
    """Each is told once, with both values, and only where one of them is lost."""
    a, b = pair
    merged = merge(a, b)
    for problem in merged.problems:
        if problem.kind != "conflict" or not problem.ids:
            continue
        (id,), (name, old, new) = problem.ids, problem.values
        assert (getattr(a[id], name), getattr(b[id], name)) == (old, new)
        assert old != new
        kept = getattr(merged.thread[id], name)
        assert kept == (either_author(old, new) if name == "author" else new)
    told = [(p.ids, p.values[0]) for p in merged.problems if p.kind == "conflict"]
    assert len(set(told)) == len(told)


@given(captures())
def test_without_conflicts_it_does_not_matter_which_is_merged_into_which(pair):
    """Up to the order of siblings, what is not in conflict is the same either way."""
    a, b = (attrs.evolve(thread, stubs=(), meta={}) for thread in pair)
    one, other = merge(a, b), merge(b, a)
    assume(not one.problems and not other.problems)
    assert set(one.thread) == set(other.thread)


@given(filled, st.data())
def test_merging_pages_gives_the_whole_and_resolves_the_stubs(thread, data):
    """Two pages of one discussion, each with a stub for what the other has, are complete."""
    whole = attrs.evolve(
        map_comments(thread, lambda c: attrs.evolve(c, status=Status.VISIBLE)),
        stubs=(),
        article=None,
    )
    cut = data.draw(one_of(whole))
    rest = ids(whole.subtree(cut))
    first = remove(whole, cut, replies="drop")
    first = attrs.evolve(first, stubs=[Stub(cut.parent_id, ids=tuple(rest), count=len(rest))])
    assert first.missing == len(rest)
    merged = merge(first, whole)
    assert (merged.thread, merged.problems) == (whole, ())
    assert merged.thread.is_complete


@given(some, texts())
def test_edits_of_the_same_kind_leave_head_and_stubs_alone(thread, text):
    """Article, source, meta and stubs are not touched by edits of comments."""
    made = map_comments(add(thread, Comment("new", text=text)), lambda c: attrs.evolve(c, score=1))
    for name in ("article", "source", "meta", "stubs"):
        assert getattr(made, name) == getattr(thread, name)
