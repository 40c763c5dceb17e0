"""Tidy trees: distances, order, centred parents and mirror images, in linear time."""

from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import Comment, Thread
from discourse.render._svg._tidy_layout import _Walk, mirrored, places, shape, wedges
from discourse.render._svg._tree_coordinates import across, round_about
from discourse.strategies import deep_threads, threads

NEARLY = 1e-6
SHAPES = st.one_of(threads(max_size=40), deep_threads(max_size=300))
LAYOUTS = pytest.mark.parametrize("layout", [places, wedges])


def levels(tree):
    found = {}
    for node, depth in enumerate(tree.depths):
        found.setdefault(depth, []).append(node)
    return found.values()


def reversed_thread(thread):
    """The same tree with the replies to each comment the other way round."""
    return attrs.evolve(thread, comments=thread.comments[::-1], stubs=())


@LAYOUTS
@given(SHAPES)
def test_nodes_of_a_level_stand_in_order_and_at_least_one_apart(layout, thread):
    tree = shape(thread)
    found = layout(tree)
    for level in levels(tree):
        here = [found[node] for node in level]
        assert all(right - left >= 1 - NEARLY for left, right in pairwise(here))


@LAYOUTS
@given(SHAPES)
def test_a_parent_is_half_way_between_its_first_and_its_last_reply(layout, thread):
    found = layout(shape(thread))
    for comment in (None, *thread.comments):
        below = thread.replies(comment)
        if below:
            here = 0 if comment is None else thread.position(comment) + 1
            first, last = (found[thread.position(c) + 1] for c in (below[0], below[-1]))
            assert abs(found[here] - (first + last) / 2) < NEARLY


@LAYOUTS
@given(SHAPES)
def test_the_mirror_image_of_a_thread_is_drawn_as_a_mirror_image(layout, thread):
    other = reversed_thread(thread)
    there, back = layout(shape(thread)), layout(shape(other))
    whole = max(there)
    for comment in thread:
        here, mirror = there[thread.position(comment) + 1], back[other.position(comment.id) + 1]
        assert abs(here + mirror - whole) < NEARLY


@given(SHAPES)
def test_a_mirrored_shape_is_the_shape_of_the_mirrored_thread(thread):
    other = reversed_thread(thread)
    image, true = mirrored(shape(thread)), shape(other)
    for comment in thread:
        here, there = thread.position(comment) + 1, other.position(comment.id) + 1
        assert image.number[here] == true.number[there]
    assert mirrored(image).number == shape(thread).number


@given(threads(min_size=1, max_size=12))
def test_equal_branches_are_drawn_alike(thread):
    twice = [
        attrs.evolve(c, id=f"{side}{c.id}", parent_id=c.parent_id and f"{side}{c.parent_id}")
        for side in "ab"
        for c in thread
    ]
    roots = [Comment("a"), Comment("b")]
    twice = [attrs.evolve(c, parent_id=c.parent_id or c.id[0]) for c in twice]
    both = Thread(None, [*roots, *twice])
    found = places(shape(both))
    for comment in thread:
        left = found[both.position(f"a{comment.id}") + 1] - found[both.position("a") + 1]
        right = found[both.position(f"b{comment.id}") + 1] - found[both.position("b") + 1]
        assert abs(left - right) < NEARLY


@given(SHAPES)
def test_a_tree_is_no_broader_than_its_leaves(thread):
    tree = shape(thread)
    assert min(places(tree)) == 0
    assert max(places(tree)) <= max(wedges(tree)) + NEARLY


@given(SHAPES)
def test_each_node_is_compared_with_few_others(thread):
    walk = _Walk(shape(thread))
    walk.places()
    assert walk.steps <= len(thread)


@pytest.mark.parametrize("size", [1, 1_000, min(settings().max_examples, 100) * 1_000])
@pytest.mark.parametrize("plan", [across, round_about])
@pytest.mark.parametrize("parent", [lambda n: n - 1, lambda n: None, lambda n: (n - 1) // 2])
def test_plans_keep_within_bounds_and_draw_each_comment_once(plan, parent, size):
    ids = [None if (above := n and parent(n)) is None or not n else str(above) for n in range(size)]
    tree = shape(Thread(None, [Comment(str(n), above) for n, above in enumerate(ids)]))
    made = plan(tree, places(tree))
    assert sum(1 for _ in made.edges) == size
    assert len(made.xs) == len(made.ys) == size + 1
    assert max(map(abs, made.xs + made.ys)) <= 1_300 * made.scale


def test_small_branches_between_large_ones_share_the_room():
    comments = [Comment(id) for id in "abcde"]
    comments += [Comment(f"{side}{n}", side) for side in "ae" for n in range(9)]
    thread = Thread(None, comments)
    found = places(shape(thread))
    spots = [found[thread.position(id) + 1] for id in "abcde"]
    assert [right - left for left, right in pairwise(spots)] == [2.25] * 4
