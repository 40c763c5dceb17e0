"""The graphs of a thread, the tree of replies and who answers whom, and those of networkx."""

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import attrs

from .._expect import expect_thread
from .._threads import Threads, listed, named
from ..errors import FieldError
from ..model import Article
from ..thread import Thread
from ._columns import to_columns
from ._head import KEY, Head, rest, thread_head
from ._rows import comments_from_rows
from ._schema import THREAD, Cell, imported

if TYPE_CHECKING:
    import networkx  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001 - as the pages show it

GraphKind: TypeAlias = Literal["replies", "authors"]
"""Which graph: the tree of comments, or the people and who answers whom."""

ARTICLE = ""
"""The node of the article: no comment has this id."""


@attrs.frozen
class Graph:
    """A directed graph with attributes: what the writers share."""

    nodes: dict[str, dict[str, Cell]]
    edges: list[tuple[str, str, dict[str, Cell]]]
    attributes: dict[str, Cell]


def graph_of(threads: Threads, of: GraphKind, *, article: bool) -> Graph:
    """Return a graph of a thread, or of people across several, without what is not known."""
    if of == "replies":
        expect_thread(threads)  # several may have the same ids
        return _replies(cast("Thread", threads), article=article)
    if of != "authors":
        words = " or ".join(map(repr, get_args(GraphKind)))
        raise FieldError("tables", "graph(of)", of, f"must be {words}")
    if article:
        raise FieldError("tables", "graph(article)", article, "is for the graph of replies only")
    return _authors(listed(threads))


def _replies(thread: Thread, *, article: bool) -> Graph:
    columns = to_columns([thread])
    ids = [comment.id for comment in thread.comments]
    parents = [comment.parent_id for comment in thread.comments]
    del columns["id"], columns["parent_id"]  # the node, and its edge
    names = tuple(columns)
    nodes: dict[str, dict[str, Cell]] = {}
    if article:
        nodes[ARTICLE] = _article(thread.article)
    for id, cells in zip(ids, zip(*columns.values(), strict=True), strict=True):
        row = zip(names, cells, strict=True)
        nodes[id] = {name: cell for name, cell in row if cell is not None}
    edges: list[tuple[str, str, dict[str, Cell]]] = [
        (ARTICLE if parent is None else parent, id, {})
        for id, parent in zip(ids, parents, strict=True)
        if article or parent is not None
    ]
    return Graph(nodes, edges, {})


def _article(article: Article | None) -> dict[str, Cell]:
    if article is None:
        return {}
    fields = {"title": article.title, "url": article.url, "text": article.text}
    return {name: value for name, value in fields.items() if value is not None}


def _authors(threads: list[Thread]) -> Graph:
    """Return the people as nodes, and an edge from each to those answered, weighted."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    edges: Counter[tuple[str, str]] = Counter()
    left_out = {"self_replies": 0, "unknown": 0, "to_article": 0}
    for thread in threads:
        for comment in thread.comments:
            key = comment.author_key
            if key is not None:
                counts[key] += 1
                if comment.author_name is not None:
                    names.setdefault(key, comment.author_name)
            parent = thread.parent(comment)
            to = None if parent is None else parent.author_key
            if parent is None:
                left_out["to_article"] += 1
            elif key is None or to is None:
                left_out["unknown"] += 1
            elif key == to:
                left_out["self_replies"] += 1
            else:
                edges[key, to] += 1
    nodes: dict[str, dict[str, Cell]] = {
        key: ({"name": names[key]} if key in names else {}) | {"comments": count}
        for key, count in counts.items()
    }
    weighted: list[tuple[str, str, dict[str, Cell]]] = [
        (key, to, {"weight": count}) for (key, to), count in edges.items()
    ]
    return Graph(nodes, weighted, dict(left_out))


# -- networkx --------------------------------------------------------------------------------------


def to_networkx(
    threads: Threads, *, of: GraphKind = "replies", article: bool = False
) -> "networkx.DiGraph[Any]":
    """Return a thread as a networkx graph, or several, or the people of them.

    Args:
        threads: The thread, or several. In the graph of the replies of several, the nodes are pairs
            of the thread's name, as in `to_rows`, and the id, and have the attribute ``thread``;
            there is no head.
        of: ``"replies"``: the nodes are the ids of the comments, an edge leads from a comment to
            each reply, so ``networkx.descendants`` agrees with `Thread.descendants`, and the
            attributes of a node are its `COLUMNS` without missing values. The head is in
            ``graph.graph["discourse"]``. ``"authors"``: the nodes are the keys of the people, with
            ``name`` and ``comments``, an edge leads from who answers to who is answered, and its
            ``weight`` says how often. ``graph.graph`` counts replies without an edge:
            ``self_replies``, ``unknown`` (an author is not known) and ``to_article``.
        article: Make the article a node too, the root of the tree. Its id is ``""``, which no
            comment has. Without it, an edge is a reply to a comment, and the tree a forest.

    Placeholders are nodes like others. Needs the extra ``networkx``. O(n).

    >>> graph = to_networkx(Thread(None, [Comment("1"), Comment("2", "1", Author("Ada"))]))
    >>> list(graph.edges), graph.nodes["2"]["author_name"]
    ([('1', '2')], 'Ada')
    >>> threads = {"monday": Thread(None, [Comment("1"), Comment("2", "1")])}
    >>> list(to_networkx(threads).edges)
    [(('monday', '1'), ('monday', '2'))]
    """
    nx = imported("networkx", "discourse.tables.to_networkx")
    if of == "replies" and not isinstance(threads, Thread):
        return _forest(nx.DiGraph(), named(threads), article=article)
    content = graph_of(threads, of, article=article)
    graph: networkx.DiGraph[Any] = nx.DiGraph(**content.attributes)
    if of == "replies" and isinstance(threads, Thread):
        graph.graph[KEY] = thread_head(threads)
    graph.add_nodes_from(content.nodes.items())
    graph.add_edges_from(content.edges)
    return graph


def _forest(
    graph: "networkx.DiGraph[Any]", threads: dict[str, Thread], *, article: bool
) -> "networkx.DiGraph[Any]":
    """Return *graph* with the trees of several threads."""
    for name, thread in threads.items():
        content = _replies(thread, article=article)
        for id, cells in content.nodes.items():
            graph.add_node((name, id), **{THREAD: name}, **cells)
        graph.add_edges_from(((name, one), (name, other)) for one, other, _ in content.edges)
    return graph


def from_networkx(graph: "networkx.DiGraph[str]", *, head: Head = None) -> Thread:
    """Return the thread that a graph of replies holds, as `to_networkx` makes it.

    Args:
        graph: The nodes in the order of the thread, each with one edge to it at most. A node
            without an edge to it is top-level, even if its parent was removed from the graph.
            Attributes are read as `from_rows` reads cells; the node ``""`` is the article.
        head: The article, stubs, source and meta: a `thread_head`, or a thread that has them.
            The default is the one in ``graph.graph``, if any.

    Raises `FieldError` for a graph that is not directed, a node with two parents, or an attribute
    that its column cannot hold, and `ThreadError` for a loop. Needs the extra ``networkx``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_networkx(to_networkx(thread)) == thread
    True
    """
    nx = imported("networkx", "discourse.tables.from_networkx")
    if not isinstance(graph, nx.DiGraph):
        raise FieldError("tables", "from_networkx(graph)", graph, "must be a networkx DiGraph")
    if "self_replies" in graph.graph:
        why = "must be a graph of replies, not of authors"
        raise FieldError("tables", "from_networkx(graph)", graph, why)
    rows = [
        {**data, "id": node, "parent_id": _parent(graph, node)}
        for node, data in graph.nodes(data=True)
        if node != ARTICLE
    ]
    head_of_graph = rest(graph.graph.get(KEY) if head is None else head)
    return head_of_graph.thread(comments_from_rows(rows))


def _parent(graph: "networkx.DiGraph[str]", node: str) -> object:
    parents = list(graph.predecessors(node))
    if len(parents) > 1:
        reason = f"must have at most one parent, and this node has {len(parents)}"
        raise FieldError("tables", "from_networkx(node)", node, reason)
    return parents[0] if parents and parents[0] != ARTICLE else None
