"""The libraries that hold reply trees today, each behind the same five functions.

A peer gets what a reader would have: a list of ``(id, parent_id, text)`` in the order of the page.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Row = tuple[str, str | None, str]
ROOT = "article"


class Peer(NamedTuple):
    """One library: how it builds a tree, walks it, and answers for one comment."""

    name: str
    build: Callable[[list[Row]], Any]
    walk: Callable[[Any], Iterator[Any]]
    descendants: Callable[[Any, str], Any]
    ancestors: Callable[[Any, str], Any]
    deep: bool = True
    """Whether it can hold a chain of 100,000."""


def discourse_peer() -> Peer:
    from discourse import Comment, Thread

    def build(rows: list[Row]) -> Any:
        return Thread(None, [Comment(id, parent, None, text) for id, parent, text in rows])

    return Peer("discourse", build, iter, Thread.descendants, Thread.ancestors)


def discourse_index_peer() -> Peer:
    """The tree alone, of comments that exist already: what an edit or a reader pays."""
    from discourse import Comment, Thread

    made: dict[int, list[Comment]] = {}

    def build(rows: list[Row]) -> Any:
        comments = made.get(id(rows))
        if comments is None:
            comments = made[id(rows)] = [Comment(i, parent, None, text) for i, parent, text in rows]
        return Thread(None, comments)

    return Peer("discourse (tree only)", build, iter, Thread.descendants, Thread.ancestors)


def networkx_peer() -> Peer:
    import networkx as nx

    def build(rows: list[Row]) -> Any:
        graph = nx.DiGraph()
        for id, parent, text in rows:
            graph.add_node(id, text=text)
            graph.add_edge(ROOT if parent is None else parent, id)
        return graph

    return Peer(
        "networkx",
        build,
        lambda graph: nx.dfs_preorder_nodes(graph, ROOT),
        nx.descendants,
        nx.ancestors,
    )


def rustworkx_peer() -> Peer:
    import rustworkx as rx

    def build(rows: list[Row]) -> Any:
        graph = rx.PyDiGraph()
        at = {ROOT: graph.add_node(ROOT)}
        for row in rows:
            at[row[0]] = graph.add_node(row)
        graph.add_edges_from_no_data(
            [(at[ROOT if parent is None else parent], at[id]) for id, parent, _ in rows]
        )
        return graph, at

    def preorder(made: Any) -> Iterator[Any]:
        graph, at = made
        order: list[int] = []

        class Visitor(rx.visit.DFSVisitor):
            def discover_vertex(self, v: int, _: float) -> None:
                order.append(v)

        rx.dfs_search(graph, [at[ROOT]], Visitor())
        return (graph[node] for node in order)

    return Peer(
        "rustworkx",
        build,
        preorder,
        lambda made, id: rx.descendants(made[0], made[1][id]),
        lambda made, id: rx.ancestors(made[0], made[1][id]),
    )


def anytree_peer() -> Peer:
    from anytree import Node, PreOrderIter

    def build(rows: list[Row]) -> Any:
        at = {ROOT: Node(ROOT)}
        for id, parent, text in rows:
            at[id] = Node(id, parent=at[ROOT if parent is None else parent], text=text)
        return at

    return Peer(
        "anytree",
        build,
        lambda at: iter(PreOrderIter(at[ROOT])),
        lambda at, id: at[id].descendants,
        lambda at, id: at[id].ancestors,
        deep=False,
    )


def bigtree_peer() -> Peer:
    from bigtree import Node, preorder_iter

    def build(rows: list[Row]) -> Any:
        at = {ROOT: Node(ROOT)}
        for id, parent, text in rows:
            at[id] = Node(id, parent=at[ROOT if parent is None else parent], text=text)
        return at

    return Peer(
        "bigtree",
        build,
        lambda at: iter(preorder_iter(at[ROOT])),
        lambda at, id: list(at[id].descendants),
        lambda at, id: list(at[id].ancestors),
        deep=False,
    )


def treelib_peer() -> Peer:
    from treelib import Tree

    def build(rows: list[Row]) -> Any:
        tree = Tree()
        tree.create_node(ROOT, ROOT)
        for id, parent, text in rows:
            tree.create_node(id, id, parent=ROOT if parent is None else parent, data=text)
        return tree

    return Peer(
        "treelib",
        build,
        lambda tree: tree.expand_tree(sorting=False),
        lambda tree, id: list(tree.expand_tree(id, sorting=False)),
        lambda tree, id: list(tree.rsearch(id)),
    )


def littletree_peer() -> Peer:
    from littletree import Node

    def build(rows: list[Row]) -> Any:
        at = {ROOT: Node(identifier=ROOT)}
        for id, parent, text in rows:
            above = at[ROOT if parent is None else parent]
            at[id] = Node(text, identifier=id, parent=above)
        return at

    return Peer(
        "littletree",
        build,
        lambda at: iter(at[ROOT].nodes.preorder()),
        lambda at, id: list(at[id].descendants.preorder()),
        lambda at, id: list(at[id].ancestors),
    )


def convokit_peer() -> Peer:
    from convokit import Corpus, Speaker, Utterance

    speaker = Speaker(id="someone")

    def build(rows: list[Row]) -> Any:
        utterances = [
            Utterance(id=ROOT, speaker=speaker, conversation_id=ROOT, text="", timestamp=0)
        ]
        utterances += [
            Utterance(
                id=id,
                speaker=speaker,
                conversation_id=ROOT,
                reply_to=ROOT if parent is None else parent,
                text=text,
                timestamp=n,  # it sorts replies by time, and cannot do without
            )
            for n, (id, parent, text) in enumerate(rows, 1)
        ]
        return Corpus(utterances=utterances)

    def below(corpus: Any, id: str) -> list[Any]:
        found, pending = [], deque([id])
        children: dict[str, list[str]] = {}
        for utterance in corpus.get_conversation(ROOT).iter_utterances():
            children.setdefault(utterance.reply_to, []).append(utterance.id)
        while pending:
            found += (replies := children.get(pending.popleft(), []))
            pending.extend(replies)
        return found

    def above(corpus: Any, id: str) -> list[Any]:
        found = []
        while (utterance := corpus.get_utterance(id)).reply_to is not None:
            found.append(utterance)
            id = utterance.reply_to
        return found

    return Peer(
        "ConvoKit",
        build,
        lambda corpus: corpus.get_conversation(ROOT).traverse("dfs", as_utterance=True),
        below,
        above,
        deep=False,
    )


ALL = (
    discourse_peer,
    discourse_index_peer,
    rustworkx_peer,
    littletree_peer,
    anytree_peer,
    treelib_peer,
    networkx_peer,
    bigtree_peer,
    convokit_peer,
)


def installed() -> list[Peer]:
    """Return the peers that can be imported here."""
    found = []
    for make in ALL:
        try:
            found.append(make())
        except ImportError:
            continue
    return found
