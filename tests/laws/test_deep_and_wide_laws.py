"""Every public operation on a chain and on a fan of 100,000, with the usual recursion limit.

A million takes minutes: set DISCOURSE_SLOW=1 to try that too.
"""

import copy
import io
import os
import pickle
import sys
import threading

import attrs
import pytest
from hypothesis import settings

import discourse
from discourse import (
    Comment,
    CycleError,
    DecodeError,
    Status,
    Stub,
    Thread,
    ThreadError,
    edit,
    json,
    render,
)

SIZES = [
    min(settings().max_examples, 100) * 1_000,
    pytest.param(
        1_000_000,
        marks=pytest.mark.skipif(
            os.environ.get("DISCOURSE_SLOW") != "1", reason="a million takes minutes"
        ),
    ),
]


def rows(shape, size):
    """A chain answers itself downwards; a fan answers its first comment."""
    yield Comment("0", text="first")
    for n in range(1, size):
        yield Comment(str(n), str(n - 1) if shape == "chain" else "0")


@pytest.fixture(scope="module", params=SIZES)
def size(request):
    return request.param


@pytest.fixture(scope="module", params=["chain", "fan"])
def shape(request):
    return request.param


@pytest.fixture(scope="module")
def thread(shape, size):
    return Thread(None, tuple(rows(shape, size)))


def test_it_is_built_from_rows_in_any_order(thread, shape, size):
    backwards = Thread(None, list(rows(shape, size))[::-1])
    assert len(backwards) == size
    assert backwards["1"].parent_id == "0"
    assert (backwards == thread) is (shape == "chain")
    assert sys.getrecursionlimit() == 1000


def test_it_is_a_value(thread, shape, size):
    other = Thread(None, tuple(rows(shape, size)))
    assert other == thread
    assert hash(other) == hash(thread)
    assert other.digest() == thread.digest()
    assert copy.deepcopy(thread) is copy.copy(thread) is thread
    assert attrs.evolve(thread) == thread
    assert len(repr(thread)) < 100


def test_it_is_pickled(thread):
    assert pickle.loads(pickle.dumps(thread)) == thread


def test_it_is_written_and_read(thread, size):
    text = discourse.dumps(thread)
    assert discourse.loads(text) == thread
    assert discourse.loads(text.encode()) == thread
    assert json.from_dict(json.to_dict(thread)) == thread
    file = io.BytesIO()
    discourse.dump(thread, file)
    assert discourse.parse(file.getvalue()).thread == thread
    with pytest.raises(DecodeError):
        discourse.loads(text.replace(f'"{size - 1}"', '"0"', 1))


def test_it_is_drawn_in_a_size_that_follows_its_own(thread, size):
    drawn = render.text(thread)
    assert len(drawn) < 120 * size
    assert max(map(len, drawn.splitlines()[:1000])) <= 80
    assert len(render.text(thread, max_depth=0)) < 1_000


def test_its_look_ups_answer(thread, shape, size):
    last = str(size - 1)
    depth = size - 1 if shape == "chain" else 1
    assert thread.depth(last) == depth
    assert thread.size("0") == size
    assert len(thread.ancestors(last)) == depth
    assert len(thread.descendants("0")) == size - 1
    assert len(thread.replies("0")) == (1 if shape == "chain" else size - 1)
    assert len(thread.siblings(last)) == (0 if shape == "chain" else size - 2)
    assert thread.is_ancestor("0", last)
    assert thread.lowest_common_ancestor(last, "1").id == ("1" if shape == "chain" else "0")
    assert len(thread.path("0", last)) == depth + 1
    assert len(thread.leaves()) == (1 if shape == "chain" else size - 1)
    assert len(thread.levels()) == depth + 1
    assert sum(1 for _ in thread.paths()) == len(thread.leaves())
    assert thread.missing == 0
    assert thread.is_complete
    assert len(thread.subtree("1")) == (size - 1 if shape == "chain" else 1)


@pytest.mark.parametrize("order", ["depth-first", "post-order", "breadth-first", "chronological"])
def test_it_is_walked(thread, size, order):
    assert sum(1 for _ in thread.walk(order)) == size
    assert sum(1 for _ in thread.walk(order, start="1", max_depth=1)) <= 2


@pytest.mark.parametrize("key", ["oldest", "top", "best", "controversial", "active"])
def test_it_is_sorted(thread, key):
    assert thread.sorted(key) == thread


def test_it_is_edited_in_one_place(thread, shape, size):
    last = str(size - 1)
    more = edit.add(thread, Comment("new", last))
    assert more.depth("new") == thread.depth(last) + 1
    assert edit.remove(more, "new") == thread
    assert edit.replace(thread, last, text="!")[last].text == "!"
    assert len(edit.remove(thread, "0", replies="promote")) == size - 1
    assert edit.remove(thread, "0")["0"].status is Status.REMOVED
    assert len(edit.remove(thread, "1", replies="drop")) == (1 if shape == "chain" else size - 1)
    moved = edit.move(thread, last, None, before="0")
    assert edit.move(moved, last, thread[last].parent_id) == thread
    with pytest.raises(CycleError):
        edit.move(thread, "0", last)


def test_it_is_edited_in_many(thread):
    assert edit.prune(thread, max_depth=0).comments == thread.comments[:1]
    assert edit.prune(thread, keep=bool) == thread
    assert edit.map(thread, lambda comment: comment) == thread
    less = edit.remove(thread, "1", replies="drop")
    assert len(edit.graft(less, thread.subtree("1"), under="0")) == len(thread)
    with pytest.raises(ThreadError) as caught:
        edit.graft(thread, thread)
    assert len(str(caught.value)) < 3_000


def test_two_captures_are_compared_and_merged(shape, size):
    thread = Thread(None, tuple(rows(shape, size // 5)))
    other = edit.map(thread, lambda comment: attrs.evolve(comment, score=1))
    changed = edit.diff(thread, other)
    assert len(changed.score_changed) == len(thread)
    assert edit.apply(thread, changed) == other
    merged = edit.merge(thread, other)
    assert (merged.thread, merged.problems) == (other, ())


def test_it_is_repaired_from_the_worst(shape, size):
    size //= 5
    good = list(rows(shape, size))
    loop = [attrs.evolve(good[0], parent_id=str(size - 1)), *good[1:]]
    cut = Thread.repair(loop)
    assert len(cut.thread) == size
    assert [problem.kind for problem in cut.problems] == ["cycle"]
    assert len(str(cut.problems[0])) < 500
    with pytest.raises(ThreadError) as caught:
        Thread(None, loop)
    assert len(str(caught.value)) < 500
    assert len(Thread.repair(loop, on_cycle="drop").thread) == 0
    headless = Thread.repair(good[1:])
    assert headless.thread["0"].status is Status.MISSING
    assert len(headless.thread) == size
    assert len(Thread.repair(good[1:], on_orphan="drop").thread) == 0
    twice = Thread.repair([*good, *good], stubs=[Stub("0")])
    assert len(twice.thread) == size
    differing = [Comment("0", text=str(n)) for n in range(size)]
    assert len(Thread.repair(differing).thread) == size


def test_a_chain_is_an_ordinary_value_on_a_small_stack(size):
    """Half a mebibyte of stack is what a thread of a server may have."""
    outcome = []

    def work():
        thread = Thread(None, tuple(rows("chain", size // 5)))
        again = discourse.loads(discourse.dumps(thread))
        outcome.append(again == thread and hash(again) == hash(thread))
        outcome.append(len(render.text(thread)) > size // 5)
        outcome.append(pickle.loads(pickle.dumps(thread)) == thread)

    before = threading.stack_size(512 * 1024)
    try:
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
    finally:
        threading.stack_size(before)
    assert outcome == [True, True, True]
