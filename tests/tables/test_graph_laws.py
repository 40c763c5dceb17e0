"""The graphs tell what the thread tells, to networkx and to readers of GraphML."""

import datetime as dt
import re
import xml.etree.ElementTree as ET  # our own documents: nothing in them can expand
from collections import Counter

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread, ThreadError, metrics, tables
from discourse.strategies import threads

talks = threads(complete=False, max_size=8)
people = st.sampled_from([Author("Ada"), Author("Ben"), Author(id="c"), Author(), None])
chatter = threads(comments=people.map(lambda author: Comment("-", author=author)))

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

NASTY = Thread(
    Article('<b>"&\x00'),
    [
        Comment("a\x00", text="x\x1b[2J\r\n\ty", author=Author('"<&>')),
        Comment("a\x01", "a\x00", text="]]>&amp;<!--", author=Author("b\x02")),
        Comment("a\ufffd", "a\x01", author=Author("b\ufffd")),
        Comment(" \r\n\t", "a\ufffd", text="  spaced  ", author=Author("b\x03")),
        Comment("\uffff", None, text="\u2028\x85\x7f", score=1e300),
    ],
)


def ids(comments):
    return [comment.id for comment in comments]


@given(talks)
@example(Thread())
def test_the_tree_of_replies_is_a_forest_that_networkx_walks_as_the_thread_does(thread):
    graph = tables.to_networkx(thread)
    assert list(graph.nodes) == ids(thread)
    assert sorted(graph.edges) == sorted((c.parent_id, c.id) for c in thread if c.parent_id)
    assert len(thread) == 0 or nx.is_forest(graph)
    for comment in thread:
        assert nx.descendants(graph, comment.id) == set(ids(thread.descendants(comment)))
        assert list(graph.successors(comment.id)) == ids(thread.replies(comment))


@given(talks)
@example(Thread())
def test_with_the_article_the_graph_is_one_tree(thread):
    graph = tables.to_networkx(thread, article=True)
    assert nx.is_arborescence(graph)
    assert list(graph.successors("")) == ids(thread.replies())
    if len(thread):
        mean = nx.average_shortest_path_length(graph.to_undirected())
        assert metrics.structural_virality(thread) == pytest.approx(mean)


@given(talks)
def test_nodes_have_the_cells_of_the_rows_that_are_known(thread):
    graph = tables.to_networkx(thread)
    for row in tables.to_rows(thread):
        told = {name: cell for name, cell in row.items() if cell is not None}
        assert graph.nodes[row["id"]] == {
            name: cell for name, cell in told.items() if name not in {"id", "parent_id"}
        }


@given(chatter)
@example(Thread())
def test_the_graph_of_authors_is_the_reply_graph(thread):
    graph = tables.to_networkx(thread, of="authors")
    found = metrics.reply_graph(thread)
    assert {(a, b): weight for a, b, weight in graph.edges(data="weight")} == found.edges
    assert dict(graph.nodes(data="comments")) == metrics.participation(thread).counts
    assert graph.graph == {
        "self_replies": found.self_replies,
        "unknown": found.unknown,
        "to_article": found.to_article,
    }
    if found.edges:
        assert metrics.reciprocity(thread) == pytest.approx(nx.overall_reciprocity(graph))


def as_text(graph):
    """The nodes, edges and attributes of a networkx graph, times as text."""

    def plain(attributes):
        return {
            name: value.isoformat() if isinstance(value, dt.datetime) else value
            for name, value in attributes.items()
        }

    nodes = {node: plain(data) for node, data in graph.nodes(data=True)}
    return nodes, [(a, b, plain(data)) for a, b, data in graph.edges(data=True)]


@given(talks, st.sampled_from(["replies", "authors"]), st.booleans())
@example(NASTY, "replies", True)  # noqa: FBT003
@example(NASTY, "authors", False)  # noqa: FBT003
@example(Thread(), "replies", False)  # noqa: FBT003
def test_graphml_reads_back_as_the_graph_it_was_written_of(thread, of, article):
    article = article and of == "replies"
    written = tables.to_graphml(thread, of=of, article=article)
    read = nx.parse_graphml(written.text)
    graph = tables.to_networkx(thread, of=of, article=article)
    assert isinstance(read, nx.DiGraph) and not isinstance(read, nx.MultiDiGraph)
    nodes, edges = as_text(graph)
    read_nodes, read_edges = as_text(read)
    if written.problems:
        assert list(read_nodes.values()) == [
            {name: FORBIDDEN.sub("\ufffd", v) if isinstance(v, str) else v for name, v in d.items()}
            for d in nodes.values()
        ]
        assert len(read_edges) == len(edges)
    else:
        assert read_nodes == nodes
        assert read_edges == edges


@given(talks, st.sampled_from(["replies", "authors"]))
@example(NASTY, "replies")
@example(NASTY, "authors")
def test_every_value_that_xml_cannot_hold_is_told(thread, of):
    written = tables.to_graphml(thread, of=of)
    assert not FORBIDDEN.search(written.text)
    ET.fromstring(written.text)
    graph = tables.to_networkx(thread, of=of)
    expected = Counter(("id", node) for node in graph if FORBIDDEN.search(node))
    for node in graph:
        for name, value in graph.nodes[node].items():
            if isinstance(value, str) and FORBIDDEN.search(value):
                expected[name, value] += 1
    told = [problem for problem in written.problems if problem.kind == "characters"]
    assert Counter(problem.values for problem in told) == expected
    assert all(len(problem.ids) == 1 and problem.ids[0] in graph for problem in told)


@given(talks)
def test_equal_threads_give_equal_graphml(thread):
    assert tables.to_graphml(thread) == tables.to_graphml(tables.from_rows(tables.to_rows(thread)))
    assert str(tables.to_graphml(thread)) == tables.to_graphml(thread).text


# -- cases -----------------------------------------------------------------------------------------


def test_ids_that_xml_makes_alike_stay_apart_and_are_told():
    written = tables.to_graphml(NASTY)
    read = nx.parse_graphml(written.text)
    assert list(read) == ["a\ufffd~2", "a\ufffd~3", "a\ufffd", " \r\n\t", "\ufffd"]
    assert ("a\ufffd~2", "a\ufffd~3") in read.edges and ("a\ufffd~3", "a\ufffd") in read.edges
    twins = [problem for problem in written.problems if problem.kind == "node"]
    assert [problem.ids + problem.values for problem in twins] == [
        ("a\x00", "a\ufffd~2"),
        ("a\x01", "a\ufffd~3"),
    ]


def test_the_article_is_a_node_that_no_comment_can_be():
    thread = Thread(Article("Bridge to close", text="Soon."), [Comment("1")])
    graph = tables.to_networkx(thread, article=True)
    assert graph.nodes[""] == {"title": "Bridge to close", "text": "Soon."}
    assert tables.to_networkx(Thread(), article=True).nodes[""] == {}


@pytest.mark.parametrize("write", [tables.to_networkx, tables.to_graphml])
def test_a_graph_that_there_is_not_is_refused(write):
    with pytest.raises(FieldError, match="must be 'replies' or 'authors', not 'people'"):
        write(Thread(), of="people")
    with pytest.raises(FieldError, match="is for the graph of replies only"):
        write(Thread(), of="authors", article=True)


def test_a_graph_that_is_no_tree_is_refused():
    with pytest.raises(FieldError, match="must have at most one parent, and this node has 2"):
        tables.from_networkx(nx.DiGraph([("a", "c"), ("b", "c")]))
    with pytest.raises(ThreadError, match="loop"):
        tables.from_networkx(nx.DiGraph([("a", "b"), ("b", "a")]))
    with pytest.raises(FieldError, match="must be a networkx DiGraph"):
        tables.from_networkx(nx.Graph([("a", "b")]))
    with pytest.raises(FieldError, match=r"tables.id\[0\]: must be text"):
        tables.from_networkx(nx.DiGraph([(1, 2)]))


def test_a_graph_made_by_hand_can_be_read():
    graph = nx.DiGraph([("a", "b"), ("a", "c")])
    graph.nodes["b"]["text"] = "Hello."
    thread = tables.from_networkx(graph)
    assert [(c.id, c.parent_id, c.text) for c in thread] == [
        ("a", None, None),
        ("b", "a", "Hello."),
        ("c", "a", None),
    ]


def test_long_and_wide_threads_are_written():
    chain = Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(10_000)])
    fan = Thread(None, [Comment(str(n)) for n in range(10_000)])
    assert tables.to_graphml(chain).text.count("<edge ") == 9_999
    assert tables.to_graphml(fan, article=True).text.count("<edge ") == 10_000


def test_a_graph_of_authors_is_refused():
    graph = tables.to_networkx(Thread(None, [Comment("1", None, Author("Ada"))]), of="authors")
    with pytest.raises(FieldError, match="must be a graph of replies, not of authors"):
        tables.from_networkx(graph)
