"""Asking several threads at once, and parts of a split as a mapping."""

import pytest

from discourse import Article, Author, Comment, Thread, UnknownCommentError
from discourse.query import by, count, filter, select, split, under

ONE = Thread(Article(id="a1"), [Comment("1", None, Author("Ada")), Comment("2", "1")])
TWO = Thread(Article(id="a2"), [Comment("1"), Comment("7", "1", Author("Ada"))])
NONE = Thread(Article(id="a3"), [Comment("1")])


def test_what_is_found_in_several_threads_comes_with_its_thread():
    found = select([ONE, NONE, TWO], by("Ada"))
    assert [(each.thread, each.comment.id) for each in found] == [(ONE, "1"), (TWO, "7")]
    assert select({"a": ONE, "b": TWO}, by("Ada")) == found
    assert select(iter([]), by("Ada")) == ()
    assert count([ONE, NONE, TWO], by("Ada")) == 2


def test_several_filtered_threads_are_those_with_a_match():
    assert filter([ONE, NONE, TWO], by("Ada")) == (filter(ONE, by("Ada")), filter(TWO, by("Ada")))


def test_a_comment_that_is_asked_for_is_in_one_of_the_threads_at_least():
    in_two = under("7") | by("Ada")
    assert [each.thread for each in select([ONE, TWO], in_two)] == [TWO]
    assert count([ONE, TWO], in_two) == 1 and len(filter([ONE, TWO], in_two)) == 1
    with pytest.raises(UnknownCommentError):
        select([ONE, NONE], under("7"))


def test_a_split_is_asked_like_a_mapping():
    parts = split([ONE, TWO, NONE], ratios={"train": 2, "test": 1})
    assert dict(parts) == dict(parts.items()) == {name: parts[name] for name in parts}
    assert parts.keys() == ("train", "test") and parts.values() == parts.parts and len(parts) == 2
