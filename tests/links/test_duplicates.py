"""Near-duplicates: every pair that is alike enough is together, and no other."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Comment, FieldError, Thread
from discourse.links import near_duplicates
from discourse.strategies import threads

WORDS = ["bridge", "ferry", "pier", "May", "closed", "again"]


def runs(text):
    said = text.lower().split()
    return {tuple(said[n : n + 3]) for n in range(len(said) - 2)}


def jaccard(one, other):
    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


@st.composite
def texts(draw):
    """Texts of few words, many of them another one with changes."""
    word = st.sampled_from(WORDS)
    made = draw(st.lists(st.lists(word, min_size=1, max_size=14), min_size=1, max_size=5))
    for _ in range(draw(st.integers(0, 10))):
        other = list(draw(st.sampled_from(made)))
        for _ in range(draw(st.integers(0, 2))):
            other[draw(st.integers(0, len(other) - 1))] = draw(word)
        made.append(other)
    return [" ".join(said) for said in made]


@given(texts(), st.sampled_from([0.05, 0.2, 0.5, 0.6, 0.8, 0.9, 1.0]))
def test_groups_are_those_of_comparing_every_pair(said, threshold):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(said)))
    for (a, one), (b, other) in combinations(enumerate(said), 2):
        same = one.lower() == other.lower()
        long = min(len(runs(one)), len(runs(other))) >= 6
        if same or (long and jaccard(one, other) >= threshold):
            graph.add_edge(a, b)
    wanted = sorted(sorted(group) for group in nx.connected_components(graph) if len(group) > 1)
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(said)])
    got = near_duplicates(thread, threshold=threshold)
    assert [[int(id) for id in group.ids] for group in got] == wanted
    assert all(threshold <= group.similarity <= 1 for group in got)
    for group in got:
        if len(group.ids) == 2:
            one, other = (thread[id].text for id in group.ids)
            assert group.similarity == (1 if one == other else jaccard(one, other))


@given(threads(complete=False, max_size=8))
def test_texts_that_are_equal_are_together_whatever_they_are(thread):
    got = near_duplicates(thread)
    groups = {id: n for n, group in enumerate(got) for id in group.ids}
    for one, other in combinations(thread, 2):
        if (
            one.text
            and one.text.strip()
            and (one.text, one.text_format) == (other.text, other.text_format)
        ):
            seen = one.text_format != "html" or "<" not in one.text
            assert not seen or groups[one.id] == groups[other.id]
    assert all(len(group.ids) > 1 for group in got)


def test_very_short_texts_are_grouped_only_with_their_equals():
    said = [
        "Thanks!",
        "thanks",
        "Thanks a lot",
        "Thanks a bunch",
        "👍",
        "👍",
        "👎",
        "",
        " ",
        None,
        None,
    ]
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(said)])
    assert [group.ids for group in near_duplicates(thread, threshold=0.1)] == [
        ("0", "1"),
        ("4", "5"),
    ]


def test_ids_of_several_threads_say_which_thread():
    text = "the bridge will be closed to all traffic until the end of May"
    one = Thread(None, [Comment("1", text=text)])
    two = Thread(None, [Comment("1", text=text + " they say"), Comment("2", text="no")])
    (group,) = near_duplicates([one, two])
    assert group.ids == ((0, "1"), (1, "1"))
    assert near_duplicates(iter([one])) == ()
    assert near_duplicates([]) == near_duplicates(Thread()) == ()


def test_markup_and_case_and_accents_make_no_difference():
    thread = Thread(None, [
        Comment("1", text="<p>The <b>caf&eacute;</b> is closed</p>", text_format="html"),
        Comment("2", text="the cafe IS closed!"),
    ])  # fmt: skip
    assert near_duplicates(thread)[0].similarity == 1.0


def test_a_third_text_may_link_two():
    base = " ".join(f"word{n}" for n in range(30))
    thread = Thread(None, [
        Comment(str(n), text=" ".join([base, *[f"more{k}" for k in range(4 * n)]])) for n in range(3)
    ])  # fmt: skip
    (group,) = near_duplicates(thread, threshold=0.85)
    assert group.ids == ("0", "1", "2")
    assert jaccard(thread["0"].text, thread["2"].text) < 0.85 <= group.similarity


@pytest.mark.parametrize("threshold", [0, -1, 1.1, "0.8", None])
def test_a_threshold_out_of_bounds_is_refused(threshold):
    with pytest.raises(FieldError, match="threshold"):
        near_duplicates(Thread(), threshold=threshold)


def test_many_that_are_alike_are_one_group():
    comments = [
        Comment(
            str(n),
            text=f"I am number {n} to ask that the old bridge be opened again at once please",
        )
        for n in range(3_000)
    ]
    (group,) = near_duplicates(Thread(None, comments), threshold=0.6)
    assert len(group.ids) == 3_000


def test_a_letter_may_have_any_number_of_marks():
    # Putting the marks of one letter in order takes the square of their number.
    marks = "\u0301\u0323" * 500_000
    texts = [f"The bridge{marks} is closed", "the bridge IS closed"]
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])
    assert near_duplicates(thread)[0].ids == ("0", "1")


def test_duplicates_in_named_threads_say_the_name_of_the_thread():
    spam = Thread(None, [Comment("7", text="Buy now!")])
    (same,) = near_duplicates({"monday": spam, "tuesday": Thread(), "friday": spam})
    assert same.ids == (("monday", "7"), ("friday", "7"))
    (same,) = near_duplicates([spam, Thread(), spam])
    assert same.ids == ((0, "7"), (2, "7"))
