"""Measures of several threads: rows a thread, and people across threads."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, Thread, metrics
from discourse.strategies import threads

ADA, BEN = Author("Ada", id="u1"), Author("Ben")
NOON = dt.datetime(2024, 5, 1, 14, tzinfo=dt.timezone(dt.timedelta(hours=2)))
ONE = Thread(
    Article("Bridge to close", id="a1"),
    [Comment("1", None, ADA, created_at=NOON), Comment("2", "1", BEN), Comment("3", "2", ADA)],
)
TWO = Thread(Article(url="https://example.org/2"), [Comment("1", None, ADA), Comment("2", "1")])


def test_a_summary_of_several_threads_is_a_row_a_thread():
    rows = metrics.summary([ONE, TWO, ONE, Thread()])
    assert [row["thread"] for row in rows] == ["a1", "https://example.org/2", "a1~2", "4"]
    assert [row["title"] for row in rows] == ["Bridge to close", None, "Bridge to close", None]
    measures = dict(metrics.summary(ONE))
    assert list(rows[0]) == ["thread", "title", *measures]
    assert {name: rows[0][name] for name in measures} == measures
    assert rows[0]["first_at"].tzinfo is dt.UTC
    assert metrics.summary(iter([])) == []
    assert [row["thread"] for row in metrics.summary({"x": ONE, "y": ONE})] == ["x", "y"]


def test_rows_of_summaries_go_straight_to_tables():
    pandas = pytest.importorskip("pandas")
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    rows = metrics.summary([TWO] * 150 + [ONE])
    for frame in (pandas.DataFrame(rows), polars.DataFrame(rows, infer_schema_length=None)):
        assert frame["comments"].sum() == 303 and list(frame.columns) == list(rows[0])
    table = pyarrow.Table.from_pylist(rows)
    assert table["first_at"].to_pylist()[-1] == NOON and table.num_rows == 151


@given(st.lists(threads(), max_size=3))
def test_people_across_threads_are_counted_by_their_keys(several):
    people = metrics.participation(several)
    counts = Counter(c.author_key for thread in several for c in thread)
    assert people.unknown == counts.pop(None, 0) and people.counts == counts
    graph = metrics.reply_graph(several)
    parts = [metrics.reply_graph(thread) for thread in several]
    assert graph.edges == sum((Counter(dict(part.edges)) for part in parts), Counter())
    assert graph.unknown == sum(part.unknown for part in parts)
    assert graph.to_article == sum(part.to_article for part in parts)
    roles = metrics.author_roles(several)
    assert {key: role.comments for key, role in roles.authors.items()} == counts


@given(threads())
def test_one_thread_among_several_is_the_thread(thread):
    for measure in (metrics.participation, metrics.reply_graph, metrics.author_roles):
        assert measure([thread]) == measure(thread) == measure({"x": thread})
    hour = dt.timedelta(hours=1)
    near = thread if len({c.created_at for c in thread if c.created_at}) < 2 else ONE
    assert metrics.activity([near], hour) == metrics.activity(near, hour)


def test_the_top_are_named_where_there_is_a_name():
    people = metrics.participation([ONE, TWO])
    assert people.top(1) == [("Ada", 3)] and people.top() == [("Ada", 3), ("Ben", 1)]
    nameless = metrics.participation(Thread(None, [Comment("1", None, Author(id="u9"))]))
    assert nameless.top(5) == [("u9", 1)] and nameless.top(0) == []
    twins = [Comment("1", None, Author("Bo", id="1")), Comment("2", None, Author("Bo", id="2"))]
    assert metrics.participation(Thread(None, twins)).top(5) == [("Bo", 1), ("Bo", 1)]


def test_authors_are_counted_as_a_user_tries_first():
    assert Counter(c.author for c in ONE).most_common(1) == [(ADA, 2)]
    assert Counter(c.author_name for c in TWO) == {"Ada": 1, None: 1}
    assert Counter(c.author_key for c in TWO) == {"u1": 1, None: 1}


def test_roles_and_activity_across_threads_are_of_all_of_them():
    roles = metrics.author_roles([ONE, TWO]).authors
    assert roles["u1"].comments == 3 and roles["u1"].received == 2
    later = Thread(None, [Comment("1", created_at=NOON + dt.timedelta(hours=2))])
    assert metrics.activity([ONE, later], dt.timedelta(hours=1)).counts == (1, 0, 1)
