"""A summary says what the single measures say, as a value, a mapping, a table and JSON."""

import json
import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, Thread, metrics
from discourse.strategies import threads

talks = threads(complete=False, max_size=8)


@given(talks)
@example(Thread())
@example(Thread(None, [Comment("1", status="missing")]))
def test_a_summary_says_what_the_measures_say(thread):
    found = metrics.summary(thread)
    for name in (
        "levels", "max_width", "h_index", "structural_virality", "reciprocity", "duration",
        "burstiness",
    ):  # fmt: skip
        assert found[name] == getattr(found, name) == getattr(metrics, name)(thread)
    assert found.comments == len(thread)
    assert found.placeholders == sum(c.status == "missing" for c in thread)
    assert found.top_level == len(thread.replies())
    assert found.mean_replies == metrics.branching(thread).mean
    people, graph = metrics.participation(thread), metrics.reply_graph(thread)
    assert found.authors == len(people.counts) and found.unknown_authors == people.unknown
    assert found.gini == people.gini
    assert found.reply_pairs == len(graph.edges) and found.self_replies == graph.self_replies
    known = [c.created_at for c in thread if c.created_at is not None]
    assert found.unknown_times == len(thread) - len(known)
    assert found.first_at == min(known, default=None)
    assert found.last_at == max(known, default=None)
    responses = metrics.response_times(thread)
    assert found.median_response == responses.median
    assert found.negative_responses == responses.negative


@given(talks)
def test_a_summary_is_a_value_and_a_mapping(thread):
    found = metrics.summary(thread)
    assert found == metrics.summary(thread) and hash(found) == hash(metrics.summary(thread))
    assert pickle.loads(pickle.dumps(found)) == found
    assert metrics.Summary(**found) == found
    assert len(found) == len(dict(found)) == len(list(found))


@given(talks)
def test_a_summary_can_be_written_as_json(thread):
    found = metrics.summary(thread).to_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == list(metrics.summary(thread))


@given(talks)
def test_a_summary_prints_as_a_table_of_even_lines(thread):
    found = metrics.summary(thread)
    lines = str(found).splitlines()
    assert [line.split("  ")[0].strip().replace(" ", "_") for line in lines] == list(found)
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize("name", ["nothing", "to_dict", "__class__", "keys"])
def test_a_summary_has_no_other_names(name):
    with pytest.raises(KeyError):
        metrics.summary(Thread())[name]
    assert name not in metrics.summary(Thread())


@given(st.data())
def test_measuring_leaves_the_thread_as_it_was(data):
    thread = data.draw(talks)
    before = thread.digest()
    metrics.summary(thread)
    assert thread.digest() == before
