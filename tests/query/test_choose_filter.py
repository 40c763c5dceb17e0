"""`filter` and the three meanings of keep, against the plain relation of ids and parents."""

import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from discourse import Comment, FieldError, Stub, Thread
from discourse.query import by, depth, filter, has_replies, score, select, status, tagged, where

sys.path.insert(0, str(Path(__file__).parent))
from _predicates import ancestors_of, any_threads, predicates

KEEPS = ["ancestors", "promote", "whole"]


def rows(thread):
    return [(comment.id, comment.parent_id) for comment in thread]


def slow_filter(thread, p, keep):
    matches = {c.id for c in thread if p(thread, c)}
    above = {c.id: ancestors_of(thread, c) for c in thread}
    if keep == "ancestors":
        kept = matches.union(*(above[id] for id in matches))
    elif keep == "whole":
        tops = {([id, *above[id]])[-1] for id in matches}
        kept = {c.id for c in thread if ([c.id, *above[c.id]])[-1] in tops}
    else:
        parents = {id: next((a for a in above[id] if a in matches), None) for id in matches}
        return [(c.id, parents[c.id]) for c in thread if c.id in matches]
    return [(c.id, c.parent_id) for c in thread if c.id in kept]


@given(any_threads, predicates)
def test_a_filtered_thread_is_what_its_meaning_of_keep_says(thread, p):
    """The oracle looks for ancestors one by one."""
    for keep in KEEPS:
        assert rows(filter(thread, p, keep)) == slow_filter(thread, p, keep)


@given(any_threads, predicates)
def test_nothing_but_a_promoted_parent_and_the_mark_of_context_is_changed(thread, p):
    """Comments keep all else, article, source and meta stay, and stubs stay with their comments."""
    bare = {"comments": (), "stubs": ()}
    for keep in KEEPS:
        made = filter(thread, p, keep=keep)
        for new, old in ((c, thread[c.id]) for c in made):
            assert attrs.evolve(new, parent_id=old.parent_id, tags=old.tags) == old
            context = set() if p(thread, old) else {"context"}
            assert new.tags == (old.tags - {"context"}) | context
            assert new is old or new != old
        assert attrs.evolve(made, **bare) == attrs.evolve(thread, **bare)
        expected = [s for s in thread.stubs if s.parent_id is None or s.parent_id in made]
        assert list(made.stubs) == expected


@given(any_threads, predicates)
def test_each_meaning_keeps_more_than_the_one_before(thread, p):
    """Matches, matches with ancestors, whole branches; and no match is ever lost."""
    promoted, ancestors, whole = (
        {comment.id for comment in filter(thread, p, keep)}
        for keep in ("promote", "ancestors", "whole")
    )
    assert {c.id for c in select(thread, p)} == promoted <= ancestors <= whole


@given(any_threads, predicates, predicates)
def test_what_is_marked_as_context_is_what_did_not_match_last(thread, first, second):
    for keep in KEEPS:
        made = filter(filter(thread, first), second, keep)
        assert list(select(made, ~tagged("context"))) == [
            c for c in made if "context" not in c.tags
        ]
        matches = select(filter(thread, first), second)
        assert [c.id for c in select(made, ~tagged("context"))] == [c.id for c in matches]


@given(any_threads)
def test_all_kept_is_the_thread_and_none_kept_is_empty(thread):
    for keep in KEEPS:
        assert filter(thread, depth(), keep) == thread  # no thread of these has a tag "context"
        assert len(filter(thread, ~depth(), keep)) == 0


@given(any_threads)
def test_filtering_twice_is_filtering_once(thread):
    """For a question that does not ask about the tree."""
    for keep in KEEPS:
        made = filter(thread, score(min=0), keep)
        assert filter(made, score(min=0), keep) == made


def test_the_question_is_about_the_thread_as_it_was():
    thread = Thread(None, [Comment("a"), Comment("b", "a"), Comment("c", "b")])
    assert rows(filter(thread, has_replies(), "promote")) == [("a", None), ("b", "a")]


def test_placeholders_can_be_filtered_out():
    thread = Thread(
        None,
        [Comment("x", status="missing"), Comment("a", "x"), Comment("b", "x")],
        stubs=[Stub("x"), Stub("a")],
    )
    made = filter(thread, ~status("missing"), "promote")
    assert rows(made) == [("a", None), ("b", None)] and made.stubs == (Stub("a"),)
    assert rows(filter(thread, ~status("missing"))) == rows(thread)


def test_ancestors_is_what_is_kept_where_nothing_is_said():
    thread = Thread(None, [Comment("a"), Comment("b", "a", score=1), Comment("c", "a")])
    assert filter(thread, score()) == filter(thread, score(), keep="ancestors")
    for keep in ("all", None, ""):
        with pytest.raises(FieldError, match="ancestors, promote or whole"):
            filter(thread, by("x"), keep)


@pytest.mark.parametrize("parent", [lambda n: n - 1, lambda n: 0], ids=["chain", "fan"])
@pytest.mark.parametrize("keep", KEEPS)
def test_many_comments_deep_or_wide(many, keep, parent):
    size = many
    made = [Comment(f"c{n}", f"c{parent(n)}" if n else None) for n in range(size)]
    thread = Thread(None, made)
    even = where(lambda comment: int(comment.id[1:]) % 2 == 0)
    kept = {"promote": size // 2, "whole": size}.get(keep)
    if kept is None:  # the ancestors of the last even one, or the article's first and all even ones
        kept = size - 1 if thread.depth("c2") == 2 else size // 2
    assert len(filter(thread, even, keep)) == kept
