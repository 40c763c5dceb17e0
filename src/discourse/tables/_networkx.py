"""Threads as networkx graphs, and the tree of replies back."""

from typing import TYPE_CHECKING

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._extras import imported
from ._graph import ARTICLE, GraphKind, graph_of
from ._head import KEY, Head, head, rest
from ._rows import comments_from_rows

if TYPE_CHECKING:
    import networkx  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001 - as the pages show it


def to_networkx(
    thread: Thread, *, of: GraphKind = "replies", article: bool = False
) -> "networkx.DiGraph[str]":
    """Return a thread as a networkx graph.

    Args:
        thread: The thread.
        of: ``"replies"``: the nodes are the ids of the comments, an edge leads from a comment to
            each reply, so that ``networkx.descendants`` are what `Thread.descendants` says, and the
            attributes of a node are its `COLUMNS`, those that are missing left out. The head is in
            ``graph.graph["discourse"]``. ``"authors"``: the nodes are the keys of the people, with
            ``name`` and ``comments``, an edge leads from who answers to who is answered, and its
            ``weight`` tells how often; ``graph.graph`` counts what has no edge: ``self_replies``,
            ``unknown`` (an author is not known) and ``to_article``.
        article: Make the article a node too, the root of the tree. Its id is ``""``, which no
            comment has. Without it, an edge is a reply to a comment, and the tree a forest.

    Placeholders are nodes like others. Needs the extra ``networkx``. O(n).

    >>> graph = to_networkx(Thread(None, [Comment("1"), Comment("2", "1", Author("Ada"))]))
    >>> list(graph.edges), graph.nodes["2"]["author_name"]
    ([('1', '2')], 'Ada')
    """
    expect_thread(thread)
    nx = imported("networkx", "discourse.tables.to_networkx")
    made = graph_of(thread, of, article=article)
    graph: networkx.DiGraph[str] = nx.DiGraph(**made.attributes)
    if of == "replies":
        graph.graph[KEY] = head(thread)
    graph.add_nodes_from(made.nodes.items())
    graph.add_edges_from(made.edges)
    return graph


def from_networkx(graph: "networkx.DiGraph[str]", *, head: Head = None) -> Thread:
    """Return the thread that a graph of replies holds, as `to_networkx` makes it.

    Args:
        graph: The nodes in the order of the thread, each with one edge to it at most. Attributes
            are read as `from_rows` reads cells; the node ``""`` is the article.
        head: The article, the stubs, the source and the meta: a `head`, or a thread that has them.
            Without it, what ``graph.graph`` carries is taken, and where it carries none, nothing.

    Raises `FieldError` for a graph that is not directed, a node with two parents, or an attribute
    that its column cannot hold, and `ThreadError` for a loop. Needs the extra ``networkx``. O(n).

    >>> thread = Thread(Article("Bridge to close"), [Comment("1"), Comment("2", "1")])
    >>> from_networkx(to_networkx(thread)) == thread
    True
    """
    nx = imported("networkx", "discourse.tables.from_networkx")
    if not isinstance(graph, nx.DiGraph):
        raise FieldError("tables", "from_networkx(graph)", graph, "must be a networkx DiGraph")
    rows = [
        {**data, "id": node, "parent_id": _parent(graph, node)}
        for node, data in graph.nodes(data=True)
        if node != ARTICLE
    ]
    found = rest(graph.graph.get(KEY) if head is None else head)
    return found.thread(comments_from_rows(rows))


def _parent(graph: "networkx.DiGraph[str]", node: str) -> object:
    parents = list(graph.predecessors(node))
    if len(parents) > 1:
        reason = f"must have one parent at most and has {len(parents)}"
        raise FieldError("tables", "from_networkx(node)", node, reason)
    return parents[0] if parents and parents[0] != ARTICLE else None
