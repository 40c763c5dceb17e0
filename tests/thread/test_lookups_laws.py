"""The laws of the tree: where comments stand, and what the look-ups and walks say of it.

The oracle throughout is the plain relation of ids and parents, without any index.
"""

import datetime as dt
from itertools import chain, pairwise

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, Thread
from discourse.strategies import deep_threads, threads, times

ORDERS = ["depth-first", "post-order", "breadth-first", "chronological"]

#: Shapes alone: comments with nothing but an id, a parent and perhaps a time.
timed = st.none() | times(
    min_value=dt.datetime(2024, 1, 1),
    max_value=dt.datetime(2024, 1, 1, 0, 0, 3),
)
bare = timed.map(lambda time: Comment("-", created_at=time))
shapes = threads(comments=bare, article=st.none(), source=st.none(), meta=st.just({}))
filled = threads(comments=bare, article=st.none(), source=st.none(), min_size=1)


def ids(comments):
    return [comment.id for comment in comments]


def replies_of(thread):
    """The oracle: the ids of the replies to each id, None for the article's."""
    replies = {None: []}
    for comment in thread.comments:
        replies.setdefault(comment.id, [])
        replies.setdefault(comment.parent_id, []).append(comment.id)
    return replies


def ancestors_of(thread, id):
    parents = {comment.id: comment.parent_id for comment in thread.comments}
    above = []
    while parents[id] is not None:
        id = parents[id]
        above.append(id)
    return above


def slow_walk(thread, order, start=None, max_depth=None):
    """The oracle of the walks: a list of (comment, depth below the start) grown from the top."""
    replies = replies_of(thread)
    roots = replies[None] if start is None else [start]
    limit = len(thread) if max_depth is None else max_depth
    if order == "breadth-first":
        level, found, depth = roots, [], 0
        while level and depth <= limit:
            found += level
            level = [reply for id in level for reply in replies[id]]
            depth += 1
        return found
    found = list(roots)
    depths = dict.fromkeys(roots, 0)
    for id in found:  # grows as it goes
        if depths[id] < limit:
            below = replies[id]
            at = found.index(id) + 1
            found[at:at] = below
            depths.update(dict.fromkeys(below, depths[id] + 1))
    if order == "post-order":
        placed = []
        for id in reversed(found):  # each right before the first of what is placed below it
            below = [placed.index(reply) for reply in replies[id] if reply in placed]
            last = max(below, default=None)
            placed.insert(0 if last is None else last + 1, id)
        return placed
    if order == "chronological":
        times = {comment.id: comment.created_at for comment in thread.comments}
        known = [id for id in found if times[id] is not None]
        return sorted(known, key=times.get) + [id for id in found if times[id] is None]
    return found


# -- placement -------------------------------------------------------------------------------------


@given(st.data())
def test_every_comment_given_stands_once_in_the_thread(data):
    """What goes in is what is there: the same comments, each once, in whatever order."""
    given_ = data.draw(st.permutations(data.draw(shapes).comments))
    thread = Thread(None, given_)
    assert sorted(ids(thread)) == sorted(ids(given_))
    assert all(thread[comment.id] is comment for comment in given_)


@given(shapes)
def test_every_comment_stands_right_after_its_parent_and_the_subtrees_before_it(thread):
    """The order is depth first: a walk of the oracle gives the comments as they are held."""
    assert ids(thread) == slow_walk(thread, "depth-first")


@given(st.data())
def test_siblings_stand_in_the_order_given(data):
    """Whatever the order of the rows, those with one parent keep theirs."""
    rows = data.draw(st.permutations(data.draw(shapes).comments))
    thread = Thread(None, rows)
    for parent, replies in replies_of(thread).items():
        assert replies == [row.id for row in rows if row.parent_id == parent]


@given(st.data())
def test_the_tree_does_not_depend_on_the_order_of_the_rows(data):
    """Any order of the rows gives the same parents, depths and sizes."""
    thread = data.draw(shapes)
    other = Thread(None, data.draw(st.permutations(thread.comments)))
    for comment in thread:
        assert other.parent(comment) == thread.parent(comment)
        assert other.depth(comment) == thread.depth(comment)
        assert other.size(comment) == thread.size(comment)


@given(shapes)
def test_rows_in_depth_first_order_are_held_as_they_are(thread):
    """Building a thread from its own comments changes nothing."""
    assert Thread(None, thread.comments).comments == thread.comments


# -- duality and counting --------------------------------------------------------------------------


@given(shapes)
def test_replies_and_parent_are_one_relation(thread):
    """A comment is among the replies to its parent, and to no other comment."""
    for above in (None, *thread.comments):
        for below in thread:
            is_reply = any(reply is below for reply in thread.replies(above))
            assert is_reply == (thread.parent(below) is above)


@given(shapes)
def test_siblings_are_the_other_replies_to_the_parent(thread):
    """A comment and its siblings together are the replies to their parent, in order."""
    for comment in thread:
        replies = thread.replies(comment.parent_id)
        assert thread.siblings(comment) == tuple(c for c in replies if c is not comment)


@given(shapes)
def test_every_comment_but_the_top_level_ones_is_a_reply_once(thread):
    """The replies to all comments, and to the article, count every comment once."""
    replies = [ids(thread.replies(comment)) for comment in (None, *thread.comments)]
    assert sorted(chain.from_iterable(replies)) == sorted(ids(thread))


@given(shapes)
def test_a_subtree_has_its_root_and_the_subtrees_of_its_replies(thread):
    """The size of a comment's subtree is one and the sizes of its replies' subtrees."""
    for comment in thread:
        assert thread.size(comment) == 1 + sum(map(thread.size, thread.replies(comment)))
    assert len(thread) == sum(map(thread.size, thread.replies()))


@given(shapes)
def test_ancestors_are_the_parents_all_the_way_up(thread):
    """Ancestors are what following the parents gives, nearest first, and depth is their number."""
    for comment in thread:
        assert ids(thread.ancestors(comment)) == ancestors_of(thread, comment.id)
        assert thread.depth(comment) == len(ancestors_of(thread, comment.id))


@given(shapes)
def test_ancestors_and_descendants_are_one_relation(thread):
    """One comment is among another's descendants just where that is among its ancestors."""
    for above in thread:
        below = set(ids(thread.descendants(above)))
        assert below == {c.id for c in thread if above.id in ancestors_of(thread, c.id)}
        assert below == {c.id for c in thread if thread.is_ancestor(above, c)}


@given(shapes)
def test_descendants_are_the_slice_after_the_comment(thread):
    """A comment and its descendants stand side by side in the thread."""
    for comment in thread:
        at = thread.position(comment)
        slice_ = thread.comments[at : at + thread.size(comment)]
        assert slice_ == (comment, *thread.descendants(comment))


@given(threads(max_size=8))
def test_a_subtree_is_the_comment_and_its_descendants(thread):
    """Standing alone, a subtree keeps its shape and its words; only its root loses its parent."""
    for comment in thread:
        cut = thread.subtree(comment)
        root = attrs.evolve(comment, parent_id=None)
        assert cut.comments == (root, *thread.descendants(comment))
        assert (cut.article, cut.source) == (thread.article, thread.source)
        remembered = cut.meta.get("subtree") if comment.parent_id is not None else None
        if comment.parent_id is not None:
            assert remembered == {"id": comment.id, "parent_id": comment.parent_id}
        else:
            assert cut.meta == thread.meta


@given(shapes)
def test_leaves_are_the_comments_without_replies(thread):
    """A comment is a leaf just where nobody answers it."""
    assert list(thread.leaves()) == [c for c in thread if not thread.replies(c)]


@given(shapes)
def test_levels_are_the_comments_by_their_depth(thread):
    """The n-th level holds the comments of depth n, in the order of the thread."""
    levels = thread.levels()
    assert [set(ids(level)) for level in levels] == [
        {c.id for c in thread if thread.depth(c) == depth} for depth in range(len(levels))
    ]
    assert sum(map(len, levels)) == len(thread)
    assert all(list(level) == sorted(level, key=thread.position) for level in levels)


@given(shapes)
def test_paths_lead_from_the_top_to_each_leaf(thread):
    """There is one path for each leaf, in order: its ancestors from the top, and itself."""
    expected = [(*thread.ancestors(leaf)[::-1], leaf) for leaf in thread.leaves()]
    assert list(thread.paths()) == expected


# -- two comments ----------------------------------------------------------------------------------


@given(st.data())
def test_the_lowest_common_ancestor_is_the_first_that_both_lines_share(data):
    """Going up from both, themselves counted, it is the first that both meet; or there is none."""
    thread = data.draw(filled)
    a, b = (data.draw(st.sampled_from(thread.comments)) for _ in "ab")
    of_b = [b.id, *ancestors_of(thread, b.id)]
    shared = [id for id in (a.id, *ancestors_of(thread, a.id)) if id in of_b]
    found = thread.lowest_common_ancestor(a, b)
    assert (None if found is None else found.id) == (shared[0] if shared else None)
    assert thread.lowest_common_ancestor(b, a) is found


@given(st.data())
def test_a_path_goes_from_reply_to_parent_or_parent_to_reply(data):
    """Its steps are replies, but for the one over the article; it has no comment twice."""
    thread = data.draw(filled)
    a, b = (data.draw(st.sampled_from(thread.comments)) for _ in "ab")
    path = thread.path(a, b)
    assert (path[0], path[-1]) == (a, b)
    assert len(set(ids(path))) == len(path)
    apart = [(c, d) for c, d in pairwise(path) if c.id != d.parent_id and d.id != c.parent_id]
    over_article = thread.lowest_common_ancestor(a, b) is None
    assert len(apart) == (1 if over_article else 0)
    assert all(c.parent_id is d.parent_id is None for c, d in apart)
    assert thread.path(b, a) == path[::-1]


# -- walks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
@given(data=st.data())
def test_a_walk_is_what_the_slow_one_gives(order, data):
    """Each order, from any start, to any depth, is the oracle's."""
    thread = data.draw(shapes)
    start = data.draw(st.none() | st.sampled_from(ids(thread)) if len(thread) else st.none())
    max_depth = data.draw(st.none() | st.integers(0, 6))
    walked = thread.walk(order, start=start, max_depth=max_depth)
    assert ids(walked) == slow_walk(thread, order, start, max_depth)


@pytest.mark.parametrize("order", ORDERS)
@given(thread=shapes)
def test_a_walk_meets_every_comment_once(order, thread):
    """Whatever the order, a walk without bounds is a permutation of the comments."""
    assert sorted(ids(thread.walk(order))) == sorted(ids(thread))


@given(shapes)
# A clock at its very end is known all the same: it comes before the unknown ones.
@example(
    Thread(None, [Comment("a"), Comment("b", created_at=dt.datetime.max.replace(tzinfo=dt.UTC))])
)
def test_unknown_times_come_last_in_chronological_order(thread):
    """Known times never go down, and no comment without one comes before one with one."""
    walked = [comment.created_at for comment in thread.walk("chronological")]
    known = [time for time in walked if time is not None]
    assert walked == sorted(known) + [None] * (len(walked) - len(known))


# -- membership ------------------------------------------------------------------------------------


@given(threads(max_size=6), threads(max_size=3))
def test_a_comment_is_in_a_thread_by_its_id_and_by_its_content(thread, other):
    """An id is in the thread that has it; a comment, just where an equal one is held."""
    for comment in (*thread, *other):
        assert (comment.id in thread) == (comment.id in ids(thread))
        assert (comment in thread) == (comment in thread.comments)
        held = [c for c in thread if c.id == comment.id]
        assert thread.get(comment.id) is (held[0] if held else None)


@given(shapes)
def test_a_comment_and_its_id_ask_the_same(thread):
    """Where a comment is asked for, its id will do."""
    for c in thread:
        assert thread[c] is thread[c.id]
        assert thread.position(c) == thread.position(c.id)
        for ask in (thread.parent, thread.replies, thread.siblings, thread.ancestors):
            assert ask(c) == ask(c.id)
        for ask in (thread.descendants, thread.depth, thread.size, thread.subtree):
            assert ask(c) == ask(c.id)


# -- sorting ---------------------------------------------------------------------------------------

KEYS = ["oldest", "newest", "top", "best", "controversial", "active"]


@pytest.mark.parametrize("key", KEYS)
@given(thread=threads(max_size=8))
def test_sorting_moves_siblings_alone(key, thread):
    """Sorted, a thread has the same comments with the same parents, and sorting again is idle."""
    made = thread.sorted(key)
    assert sorted(ids(made)) == sorted(ids(thread))
    assert all(made[comment.id] == comment for comment in thread)
    assert made.sorted(key) == made
    assert attrs.evolve(made, comments=()) == attrs.evolve(thread, comments=())


@given(shapes)
def test_sorting_is_stable_and_puts_the_unknown_last(thread):
    """Siblings stand by their time, the unknown ones last, and ties as they stood."""
    made = thread.sorted("oldest")
    for parent in (None, *thread.comments):
        before = thread.replies(parent)
        known = sorted((c for c in before if c.created_at), key=lambda c: c.created_at)
        assert list(made.replies(parent)) == known + [c for c in before if not c.created_at]


@given(shapes)
def test_newest_first_is_oldest_first_turned_round_but_for_the_unknown(thread):
    """Turning an order round turns the values round; unknown ones still come last."""
    times = [c.created_at for c in thread.sorted("newest").replies()]
    turned = [c.created_at for c in thread.sorted("oldest", reverse=True).replies()]
    assert times == turned


@given(deep_threads(max_size=300))
def test_what_goes_deep_is_a_tree_like_any_other(thread):
    """Chains, combs and fans keep the laws of counting."""
    assert thread.size(thread.comments[0]) == len(thread) == sum(map(len, thread.levels()))
    assert ids(thread.walk("post-order"))[-1] == thread.comments[0].id
    deepest = max(thread, key=thread.depth)
    assert len(thread.ancestors(deepest)) == thread.depth(deepest) == len(thread.levels()) - 1
