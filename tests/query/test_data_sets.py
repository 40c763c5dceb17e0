"""`sample` and `windows`: parts of one thread for data sets."""

import hashlib
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Comment, FieldError, Thread, edit
from discourse.query import sample, windows
from discourse.strategies import deep_threads, threads


def ids(comments):
    return [comment.id for comment in comments]


@given(threads(complete=False), st.integers(0, 30), st.integers() | st.text(max_size=3))
def test_a_sample_is_so_many_comments_in_thread_order(thread, n, seed):
    """Each once; all of them where there are no more; and a larger one holds a smaller one."""
    drawn = sample(thread, n, seed)
    assert len(drawn) == min(n, len(thread))
    assert ids(drawn) == [id for id in ids(thread) if id in ids(drawn)]
    assert set(ids(drawn)) <= set(ids(sample(thread, n + 1, seed)))


@given(threads(min_size=1), st.integers(0, 20), st.integers(0, 3))
def test_a_sample_is_by_the_documented_hash(thread, n, seed):
    """So that anybody can draw it again, in any language."""

    def lot(comment):
        return hashlib.blake2b(f"{seed}\0{comment.id}".encode(), digest_size=8).digest()

    assert set(ids(sample(thread, n, seed))) == set(ids(sorted(thread, key=lot)[:n]))


@given(threads(min_size=1), st.integers(0, 20))
def test_what_is_added_to_a_thread_takes_places_and_shuffles_nothing(thread, n):
    """Of the old sample, all but what the new comment took the place of is drawn again."""
    grown = edit.add(thread, Comment("a new comment"))
    before, after = set(ids(sample(thread, n, 1))), set(ids(sample(grown, n, 1)))
    assert len(before - after) <= 1 and after - before <= {"a new comment", *ids(thread)}


def test_a_sample_is_the_same_for_ever():
    thread = Thread(None, [Comment(str(number)) for number in range(1_000)])
    assert ids(sample(thread, 3, seed=1)) == ["355", "767", "781"]
    assert ids(sample(thread, 3, seed="1")) == ["355", "767", "781"]
    assert ids(sample(thread, 3, seed="other")) != ["355", "767", "781"]


def test_samples_are_even():
    """Over many seeds, each of ten comments is drawn about as often as any other."""
    thread = Thread(None, [Comment(str(number)) for number in range(10)])
    drawn = [id for seed in range(2_000) for id in ids(sample(thread, 3, seed))]
    assert all(500 < drawn.count(str(number)) < 700 for number in range(10))


@pytest.mark.parametrize(
    ("n", "seed"), [(-1, 0), (True, 0), (1.0, 0), ("1", 0), (1, None), (1, 1.5), (1, "\ud800")]
)
def test_what_cannot_be_drawn_is_refused(n, seed):
    with pytest.raises(FieldError):
        sample(Thread(None, [Comment("a"), Comment("b")]), n, seed)


@given(threads(complete=False) | deep_threads(max_size=200), st.integers(1, 6))
def test_a_window_is_a_comment_after_its_nearest_ancestors(thread, size):
    """One for each comment, in thread order."""
    made = list(windows(thread, size))
    assert [window[-1] for window in made] == list(thread)
    for window in made:
        above = thread.ancestors(window[-1])[: size - 1]
        assert window == (*above[::-1], window[-1])


def test_windows_are_lazy_and_their_size_is_checked_at_once(many):
    size = many
    chain = Thread(None, [Comment(f"c{n}", f"c{n - 1}" if n else None) for n in range(size)])
    made = windows(chain, size)
    assert isinstance(made, types.GeneratorType) and ids(next(made)) == ["c0"]
    assert sum(map(len, windows(chain, 3))) == 3 * size - 3
    for wrong in (0, -1, True, "2", None):
        with pytest.raises(FieldError):
            windows(chain, wrong)
