"""Nodes and edges of the two graphs of a thread: the tree of replies, and who answers whom."""

from collections import Counter
from typing import Literal, TypeAlias, get_args

import attrs

from ..errors import FieldError
from ..model import Article
from ..thread import Thread
from ._columns import to_columns
from ._schema import Cell

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


def graph_of(thread: Thread, of: GraphKind, *, article: bool) -> Graph:
    """Return a graph of the thread, attributes that are not known left out."""
    if of == "replies":
        return _replies(thread, article=article)
    if of != "authors":
        words = " or ".join(map(repr, get_args(GraphKind)))
        raise FieldError("tables", "graph(of)", of, f"must be {words}")
    if article:
        raise FieldError("tables", "graph(article)", article, "is for the graph of replies only")
    return _authors(thread)


def _replies(thread: Thread, *, article: bool) -> Graph:
    columns = to_columns(thread)
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
    told = {"title": article.title, "url": article.url, "text": article.text}
    return {name: value for name, value in told.items() if value is not None}


def _authors(thread: Thread) -> Graph:
    """Return the people as nodes, and an edge from each to those answered, weighted."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    edges: Counter[tuple[str, str]] = Counter()
    left_out = {"self_replies": 0, "unknown": 0, "to_article": 0}
    for comment in thread.comments:
        key = comment.author.key if comment.author is not None else None
        if comment.author is not None and key is not None:
            counts[key] += 1
            if comment.author.name is not None:
                names.setdefault(key, comment.author.name)
        parent = thread.parent(comment)
        to = parent.author.key if parent is not None and parent.author is not None else None
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
