"""The laws of the measures of shape, with networkx and plain counting as the oracle."""

from collections import Counter

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse import Comment, Status, Thread
from discourse.metrics import (
    branching,
    depth_distribution,
    h_index,
    levels,
    max_width,
    structural_virality,
)
from discourse.strategies import deep_threads, threads

statuses = st.sampled_from([Status.VISIBLE, Status.DELETED, Status.MISSING])
bare = statuses.map(lambda status: Comment("-", status=status))
shapes = threads(comments=bare, article=st.none(), source=st.none(), meta=st.just({}))
large = threads(
    comments=bare, min_size=20, max_size=60, article=st.none(), source=st.none(), meta=st.just({})
)
long = deep_threads(min_size=2, max_size=60)
any_shape = st.one_of(shapes, large, long)

EMPTY = Thread()
ONE = Thread(None, [Comment("1")])


def chain(size):
    return Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(size)])


def fan(size):
    return Thread(None, [Comment(str(n)) for n in range(size)])


def tree_of(thread):
    """The oracle: an undirected networkx graph whose root, the article, is 0."""
    graph = nx.Graph()
    graph.add_node(0)
    graph.add_edges_from((c.id, 0 if c.parent_id is None else c.parent_id) for c in thread)
    return graph


def depths_of(thread):
    """The oracle: how many comments have each depth, by counting steps to the article."""
    steps = nx.single_source_shortest_path_length(tree_of(thread), 0)
    return Counter(count - 1 for node, count in steps.items() if node != 0)


@given(any_shape)
@example(EMPTY)
@example(ONE)
def test_depth_counts_from_zero_and_levels_are_counted(thread):
    depths = depths_of(thread)
    assert depth_distribution(thread) == depths == Counter(map(thread.depth, thread))
    assert list(depth_distribution(thread)) == list(range(levels(thread)))
    assert levels(thread) == len(depths) == len(thread.levels())
    assert max_width(thread) == max(depths.values(), default=0)


@given(any_shape)
def test_levels_hold_every_comment_and_agree_with_the_thread(thread):
    assert sum(depth_distribution(thread).values()) == len(thread)
    assert list(depth_distribution(thread).values()) == [len(at) for at in thread.levels()]


@given(any_shape)
@example(EMPTY)
@example(ONE)
def test_structural_virality_is_the_mean_distance_of_networkx(thread):
    found = structural_virality(thread)
    graph = tree_of(thread)
    if len(graph) < 2:
        assert found is None
    else:
        assert found == pytest.approx(nx.average_shortest_path_length(graph))
        pairs = len(graph) * (len(graph) - 1) / 2
        assert found == pytest.approx(nx.wiener_index(graph) / pairs)


@given(any_shape)
def test_structural_virality_lies_between_the_fan_and_the_chain(thread):
    nodes = len(thread) + 1
    if nodes > 1:
        assert 2 - 2 / nodes <= structural_virality(thread) * (1 + 1e-12)
        assert structural_virality(thread) <= (nodes + 1) / 3 * (1 + 1e-12)


@given(any_shape)
@example(EMPTY)
def test_h_index_is_one_less_than_the_first_level_that_is_too_thin(thread):
    depths = depths_of(thread)
    thin = next(i for i in range(1, len(thread) + 2) if depths[i - 1] < i)
    assert h_index(thread) == thin - 1
    assert (h_index(thread) == 0) == (len(thread) == 0)
    assert h_index(thread) <= levels(thread)


@given(any_shape)
@example(EMPTY)
@example(ONE)
def test_branching_counts_the_direct_replies_of_each_comment(thread):
    counts = Counter(len(thread.replies(comment)) for comment in thread)
    found = branching(thread)
    assert found.distribution == counts
    assert list(found.distribution) == sorted(counts)
    assert found.top_level == len(thread.replies())
    weighted = sum(number * count for number, count in found.distribution.items())
    assert weighted == len(thread) - found.top_level
    assert (found.mean is None) == (len(thread) == 0)
    if found.mean is not None:
        assert found.mean == pytest.approx(weighted / len(thread))
    answered = [n for n in counts.elements() if n]
    expected = sum(answered) / len(answered) if answered else None
    assert found.mean_answered == (None if expected is None else pytest.approx(expected))


# -- cases -----------------------------------------------------------------------------------------


#: The numbers of comments on the first, second, ... level and the h-index that follows, by hand.
#: The comment names the first level that has too few.
BY_HAND = [
    ((), 0),  # the first has 0
    ((1,), 1),  # the second has 0
    ((7,), 1),  # the second has 0
    ((1, 1), 1),  # the second has 1
    ((1, 2), 2),  # the third has 0
    ((1, 1, 9), 1),  # the second has 1; what is below does not matter
    ((2, 2, 2), 2),  # the third has 2
    ((1, 2, 3), 3),  # the fourth has 0
    ((5, 3, 3, 3), 3),  # the fourth has 3
    ((5, 4, 4, 4), 4),  # the fifth has 0
    ((1, 2, 3, 4, 5), 5),  # the sixth has 0
    ((9, 9, 2, 9), 2),  # the third has 2
]


@pytest.mark.parametrize(("widths", "expected"), BY_HAND)
def test_h_index_is_what_a_table_made_by_hand_says(widths, expected):
    rows = [
        Comment(f"{depth}.{n}", f"{depth - 1}.0" if depth else None)
        for depth, width in enumerate(widths)
        for n in range(width)
    ]
    thread = Thread(None, rows)
    assert tuple(depth_distribution(thread).values()) == widths
    assert h_index(thread) == expected


def test_one_comment_is_one_level_of_depth_zero():
    assert (levels(EMPTY), max_width(EMPTY), dict(depth_distribution(EMPTY))) == (0, 0, {})
    assert (levels(ONE), max_width(ONE), dict(depth_distribution(ONE))) == (1, 1, {0: 1})


def test_structural_virality_of_small_trees_is_what_counting_by_hand_gives():
    assert structural_virality(EMPTY) is None
    assert structural_virality(ONE) == 1  # article and comment, one apart
    assert structural_virality(fan(2)) == 4 / 3  # 1, 1, 2
    assert structural_virality(chain(2)) == 4 / 3  # the same path, seen from its end
    assert structural_virality(fan(3)) == 1.5  # 1, 1, 1, 2, 2, 2
    assert structural_virality(chain(3)) == 10 / 6  # 1, 1, 1, 2, 2, 3


def test_placeholders_are_nodes_like_others():
    rows = [Comment("a", status="missing"), Comment("b", "a")]
    assert structural_virality(Thread(None, rows)) == 4 / 3
    assert levels(Thread(None, rows)) == 2


SIZE = min(settings().max_examples, 100) * 1_000


@pytest.mark.parametrize("thread", [chain(SIZE), fan(SIZE)], ids=["chain", "fan"])
def test_long_and_wide_threads_are_measured_by_the_formulas_of_their_shapes(thread):
    deep = thread.depth(thread.comments[-1]) > 0
    nodes = SIZE + 1
    assert levels(thread) == (SIZE if deep else 1)
    assert max_width(thread) == (1 if deep else SIZE)
    assert h_index(thread) == 1
    expected = (nodes + 1) / 3 if deep else 2 - 2 / nodes
    assert structural_virality(thread) == pytest.approx(expected, rel=1e-14)
    assert branching(thread).mean_answered == (1 if deep else None)
