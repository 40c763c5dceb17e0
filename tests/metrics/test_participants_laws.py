"""The laws of the measures of people, with networkx and plain counting as the oracle."""

import copy
import pickle
from collections import Counter

import attrs
import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Status, Thread
from discourse.metrics import (
    Role,
    _tree_shape,
    author_roles,
    gini,
    participation,
    reciprocity,
    reply_graph,
)
from discourse.metrics._frozen_map import FrozenMap
from discourse.strategies import deep_threads, threads

#: Few people, two of them under two names, and the ways in which an author may not be known.
people = st.sampled_from(
    [
        Author("Ada"),
        Author("Ben"),
        Author("Cem", id="c"),
        Author("Cem", id="c2"),
        Author("was Cem", id="c"),
        Author(),
        None,
    ]
)
rows = st.builds(
    lambda author, status: Comment("-", author=author, status=status),
    people,
    st.sampled_from([Status.VISIBLE, Status.MISSING]),
)
articles = st.none() | st.lists(people.filter(bool), max_size=2).map(lambda a: Article(authors=a))
talks = threads(comments=rows, article=articles, source=st.none(), meta=st.just({}))
amounts = st.lists(st.integers(0, 50), max_size=30)

UNKNOWN = Thread(None, [Comment("1"), Comment("2", "1"), Comment("3", "2", Author())])


def key(comment):
    return comment.author.key if comment.author else None


def replies_of(thread):
    """The oracle: (who, to whom) of all comments that answer one, found by the parent's id."""
    by_id = {comment.id: comment for comment in thread}
    return [(key(c), key(by_id[c.parent_id])) for c in thread if c.parent_id is not None]


@given(talks | deep_threads(max_size=200))
def test_going_through_a_thread_finds_the_parent_of_each_comment(thread):
    pairs = [(comment, thread.parent(comment)) for comment in thread]
    assert list(_tree_shape.with_parents(thread)) == pairs


@given(talks)
@example(Thread())
@example(UNKNOWN)
def test_edges_are_the_replies_between_two_people_who_are_known(thread):
    graph = reply_graph(thread)
    expected = Counter(pair for pair in replies_of(thread) if None not in pair)
    assert graph.edges == {pair: n for pair, n in expected.items() if pair[0] != pair[1]}
    assert graph.self_replies == sum(n for pair, n in expected.items() if pair[0] == pair[1])


@given(talks)
@example(UNKNOWN)
def test_every_comment_is_an_edge_or_is_counted_as_left_out(thread):
    graph = reply_graph(thread)
    out = graph.self_replies + graph.unknown + graph.to_article
    assert sum(graph.edges.values()) + out == len(thread)
    assert graph.to_article == len(thread.replies())


@given(talks)
def test_reciprocity_is_that_of_networkx(thread):
    graph = nx.DiGraph(list(reply_graph(thread).edges))
    if graph.size():
        assert reciprocity(thread) == pytest.approx(nx.overall_reciprocity(graph))
    else:
        assert reciprocity(thread) is None


@given(talks)
@example(UNKNOWN)
def test_every_comment_has_an_author_or_is_counted_as_unknown(thread):
    found = participation(thread)
    assert found.counts == Counter(key(c) for c in thread if key(c) is not None)
    assert found.unknown == sum(key(c) is None for c in thread)
    assert list(found.counts.values()) == sorted(found.counts.values(), reverse=True)
    assert found.gini == gini(found.counts.values())


@given(amounts)
@example([0, 0])
@example([7])
def test_gini_is_half_the_mean_difference_relative_to_the_mean(values):
    found = gini(values)
    if sum(values) == 0:
        assert found is None
        return
    n = len(values)
    differences = sum(abs(a - b) for a in values for b in values)
    assert found == pytest.approx(differences / (2 * n * sum(values)))
    assert 0 <= found <= (n - 1) / n + 1e-12


@given(amounts, st.integers(1, 9))
def test_gini_does_not_change_with_the_unit_or_the_order(values, factor):
    expected = gini(values)
    found = gini(reversed([value * factor for value in values]))
    assert found == (None if expected is None else pytest.approx(expected))


@given(talks)
@example(UNKNOWN)
def test_each_author_has_the_role_that_the_numbers_tell(thread):
    found = author_roles(thread)
    assert set(found.authors) == set(participation(thread).counts)
    assert found.unknown == participation(thread).unknown
    replies = replies_of(thread)
    for name, author in found.authors.items():
        own = [c for c in thread if key(c) == name]
        assert author.comments == len(own)
        assert author.top_level == sum(c.parent_id is None for c in own)
        assert author.self_replies == replies.count((name, name))
        assert author.replies == sum(who == name != to for who, to in replies)
        assert author.received == sum(to == name != who for who, to in replies)
        assert author.comments == author.top_level + author.replies + author.self_replies
        expected = {
            (True, True): {Role.PARTICIPANT},
            (True, False): {Role.RESPONDER},
            (False, True): {Role.STARTER if author.received else Role.LONE},
        }[author.replies > 0, author.top_level > 0]
        assert author.role in expected


@given(talks)
def test_whether_an_author_wrote_the_article_is_known_or_none(thread):
    writers = {a.key for a in thread.article.authors if a.key} if thread.article else set()
    for name, author in author_roles(thread).authors.items():
        assert author.wrote_article is ((name in writers) if writers else None)


@given(talks)
def test_results_are_values(thread):
    for measure in (reply_graph, participation, author_roles):
        found = measure(thread)
        again = measure(pickle.loads(pickle.dumps(thread)))
        assert found == again and hash(found) == hash(again)
        assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found


# -- cases -----------------------------------------------------------------------------------------


def test_reciprocity_counts_an_edge_once_and_nobody_answered_is_none():
    ada, ben, cem = Author("Ada"), Author("Ben"), Author("Cem")
    talk = [
        Comment("1", None, ada),
        Comment("2", "1", ben),
        Comment("3", "2", ada),
        Comment("4", "3", ben),
        Comment("5", "1", cem),
    ]
    assert reciprocity(Thread(None, talk)) == 2 / 3  # Ada and Ben both ways, Cem one way
    assert reciprocity(Thread(None, talk[:2])) == 0
    assert reciprocity(Thread(None, talk[:1])) is None
    assert reciprocity(Thread()) is None


def test_gini_of_small_lists_is_what_the_formula_gives_by_hand():
    assert gini([0, 0, 0, 1]) == 0.75  # (4 - 1) / 4, the most for four
    assert gini([1, 2, 3, 4]) == 0.25  # (-3 - 2 + 3 + 12) / 40
    assert gini([]) is gini([0]) is None
    assert gini([3]) == 0


@pytest.mark.parametrize("bad", [-1, 1.5, "3", None])
def test_gini_refuses_what_is_no_amount(bad):
    with pytest.raises(FieldError, match="must be integers of at least 0"):
        gini([1, bad])


def test_gini_takes_the_integers_of_numpy_without_overflow():
    assert gini(np.array([1, 3], dtype="int8").repeat(100)) == 0.25


def test_nobody_is_known_and_that_is_told():
    assert participation(UNKNOWN).unknown == 3
    assert participation(UNKNOWN).gini is None
    assert reply_graph(UNKNOWN).unknown == 2
    assert dict(author_roles(UNKNOWN).authors) == {}


def test_a_frozen_map_cannot_be_changed():
    given_items = {"a": 1}
    found = FrozenMap(given_items)
    given_items["a"] = 2
    assert found == {"a": 1}
    with pytest.raises(TypeError):
        found["a"] = 2
    with pytest.raises(AttributeError, match="immutable"):
        found._items = {}
    with pytest.raises(AttributeError, match="immutable"):
        del found._items
    assert repr(FrozenMap({n: n for n in range(9)})).endswith("4: 4, ... and 4 more})")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        reply_graph(UNKNOWN).unknown = 0


def test_a_long_chain_of_two_people_is_measured(many):
    pair = (Author("Ada"), Author("Ben"))
    thread = Thread(
        None, [Comment(str(n), str(n - 1) if n else None, pair[n % 2]) for n in range(many)]
    )
    assert reply_graph(thread).edges == {("Ben", "Ada"): many // 2, ("Ada", "Ben"): many // 2 - 1}
    assert reciprocity(thread) == 1
    assert author_roles(thread).authors["Ada"].role is Role.PARTICIPANT
