"""Choosing comments: `select`, `first`, `count`, `partition` and `group_by`."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given

from discourse import Author, Comment, FieldError, Status, Thread
from discourse.query import (
    by,
    count,
    depth,
    first,
    group_by,
    has_replies,
    partition,
    score,
    select,
    since,
    status,
    unanswered,
    under,
    until,
    where,
)
from discourse.strategies import deep_threads

sys.path.insert(0, str(Path(__file__).parent))
from _predicates import any_threads, predicates


@given(any_threads, predicates)
def test_all_ways_of_choosing_agree(thread, p):
    """In thread order; the first is the first, the count their number, the others the rest."""
    found = select(thread, p)
    assert list(found) == [c for c in thread if p(thread, c)]
    assert first(thread, p) is (found[0] if found else None)
    assert count(thread, p) == len(found)
    matching, others = partition(thread, p)
    assert matching == found and others == select(thread, ~p)
    assert sorted([*matching, *others], key=thread.position) == list(thread)


def test_the_first_is_found_wherever_it_stands():
    """Also beyond where the first looks end, which grow."""
    thread = Thread(None, [Comment(str(n), score=n) for n in range(1_000)])
    for n in (0, 63, 64, 65, 191, 192, 999):
        assert first(thread, score(min=n)).id == str(n)
    assert first(thread, score(min=1_000)) is None and first(Thread(), score()) is None
    asked = []
    assert first(thread, where(lambda comment: asked.append(comment) or True)).id == "0"
    assert len(asked) < 100


def test_what_is_no_predicate_is_refused():
    for choose in (select, first, count, partition):
        with pytest.raises(FieldError, match=r"where\(...\)"):
            choose(Thread(), lambda comment: True)


KEYS = {
    "author": lambda t, c: c.author.key if c.author else None,
    "branch": lambda t, c: (t.ancestors(c) or (c,))[-1].id,
    "day": lambda t, c: c.created_at and c.created_at.astimezone(dt.UTC).date(),
    "depth": lambda t, c: t.depth(c),
    "language": lambda t, c: c.language,
    "month": lambda t, c: c.created_at and f"{c.created_at.astimezone(dt.UTC):%Y-%m}",
    "status": lambda t, c: c.status,
}


@given(any_threads)
def test_groups_are_the_comments_by_their_key(thread):
    """Each comment in one group, in thread order, the unknown under None, first come first."""
    for key, oracle in KEYS.items():
        expected = {}
        for comment in thread:
            expected.setdefault(oracle(thread, comment), []).append(comment)
        groups = group_by(thread, key)
        assert list(groups) == list(expected)
        assert {k: list(v) for k, v in groups.items()} == expected
        assert group_by(thread, lambda comment: oracle(thread, comment)) == groups  # noqa: B023


def test_a_day_is_one_of_utc():
    late = dt.datetime(2024, 5, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    thread = Thread(None, [Comment("1", created_at=late), Comment("2")])
    assert list(group_by(thread, "day")) == [dt.date(2024, 4, 30), None]
    assert list(group_by(thread, "month")) == ["2024-04", None]


def test_a_key_that_there_is_not_is_refused():
    with pytest.raises(FieldError, match="author, branch, day"):
        group_by(Thread(), "colour")
    with pytest.raises(FieldError, match="author, branch, day"):
        group_by(Thread(), ["author"])
    with pytest.raises(FieldError, match="must return a hashable value, not a list"):
        group_by(Thread(None, [Comment("1")]), lambda comment: [comment.id])


def test_a_thread_of_which_nothing_is_known():
    """Placeholders alone: no author, no time, no score, no text."""
    thread = Thread(None, [Comment(str(n), status="missing") for n in range(3)])
    noon = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    for p in (by("Ada"), by(Author("Ada")), since(noon), until(noon), score(), ~by(None)):
        assert select(thread, p) == ()
    assert count(thread, status(Status.MISSING)) == count(thread, unanswered()) == 3
    assert list(group_by(thread, "author")) == [None]


@given(deep_threads())
def test_places_in_what_goes_deep_or_wide(thread):
    """Chains, combs and fans, by the look-ups of the tree."""
    assert select(thread, under(thread.comments[0])) == thread.comments[1:]
    assert select(thread, has_replies()) == tuple(c for c in thread if thread.replies(c))
    assert select(thread, depth(min=1, max=2)) == tuple(
        c for c in thread if 1 <= len(thread.ancestors(c)) <= 2
    )


@pytest.mark.parametrize("parent", [lambda n: n - 1, lambda n: 0], ids=["chain", "fan"])
def test_many_comments_deep_or_wide(many, parent):
    size = many
    rows = [Comment(f"c{n}", f"c{parent(n)}" if n else None) for n in range(size)]
    thread = Thread(None, rows)
    assert count(thread, under("c0") & ~by("Ada")) == size - 1
    assert first(thread, has_replies()).id == "c0"
    assert count(thread, unanswered() | has_replies()) == size
    assert list(group_by(thread, "branch")) == ["c0"]
