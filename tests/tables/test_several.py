"""One table of several threads: the rows of each, one thread after another, with its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread, metrics, tables
from discourse.strategies import threads

WANTED = {"plain": True, "parent_author": True, "local_times": True}
lists = st.lists(threads(max_size=6), max_size=4)


@given(lists)
def test_the_rows_of_several_threads_are_those_of_each_with_its_name(several):
    rows = tables.to_rows({str(n): thread for n, thread in enumerate(several)}, **WANTED)
    expected = [
        {"thread": str(n), **row}
        for n, thread in enumerate(several)
        for row in tables.to_rows(thread, **WANTED)
    ]
    assert rows == expected


@given(lists)
def test_with_their_heads_several_threads_come_back_from_every_table(several):
    for table in (
        tables.to_rows(several, heads=True),
        tables.to_pandas(several, heads=True),
        tables.to_polars(several, heads=True),
        tables.to_arrow(several, heads=True),
    ):
        assert tables.read(table).threads == tuple(several) or not several


def test_names_of_threads_are_strings():
    with pytest.raises(TypeError, match=r"threads\.key: must be a string, not 1"):
        tables.to_rows({1: Thread()})


def test_the_graph_of_people_may_be_of_several_threads():
    ada, ben = Author("Ada"), Author("Ben")
    one = Thread(None, [Comment("1", None, ada), Comment("2", "1", ben)])
    graph = tables.to_networkx([one, one], of="authors")
    assert graph.edges["Ben", "Ada"]["weight"] == 2 and graph.nodes["Ada"]["comments"] == 2
    edges = metrics.reply_graph([one, one]).edges
    assert {(a, b): w for a, b, w in graph.edges(data="weight")} == edges
    assert "<edge" in tables.to_graphml([one, one], of="authors").text
    with pytest.raises(TypeError, match="pass one thread at a time"):
        tables.to_graphml([one, one])


def test_the_graph_of_replies_may_be_of_several_threads():
    one = Thread(Article("Mills"), [Comment("1", None, Author("Ada")), Comment("2", "1")])
    graph = tables.to_networkx({"a": one, "b": one})
    assert list(graph.edges) == [(("a", "1"), ("a", "2")), (("b", "1"), ("b", "2"))]
    of_one = tables.to_networkx(one)
    for name, id in graph.nodes:
        assert graph.nodes[name, id] == {"thread": name, **of_one.nodes[id]}
    assert list(tables.to_networkx([one]).nodes) == [("1", "1"), ("1", "2")]
    trees = tables.to_networkx([one, one], article=True)
    assert trees.nodes["2", ""] == {"thread": "2", "title": "Mills"}
    assert len(trees.edges) == 4
    assert len(tables.to_networkx([]).nodes) == 0
    with pytest.raises(FieldError):
        tables.from_networkx(graph)
