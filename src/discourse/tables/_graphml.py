"""Write the graphs of a thread as GraphML, for Gephi, igraph, networkx and others.

Written here and not by networkx, which refuses times and unknown values, needs the whole graph as
objects, and writes control characters that no reader of XML takes.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import final

import attrs

from .._notebook import Result
from .._threads import Threads
from ..errors import Problem, shown
from ._graph import Graph, GraphKind, graph_of
from ._schema import Cell

#: What XML 1.0 cannot hold, written in whatever way.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What a reader would take for markup, or change: line ends and, in attributes, white space.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;",
     "\t": "&#9;"}
)  # fmt: skip
_ANY = re.compile(f'[&<>"\r\n\t]|{_FORBIDDEN.pattern}').search
_TYPES: dict[type, str] = {
    str: "string", bool: "boolean", int: "long", float: "double", dt.datetime: "string"
}  # fmt: skip


@final
@attrs.frozen(repr=False)
class GraphML(Result):
    """The result of `to_graphml`: a document, and a problem for everything it had to change."""

    text: str
    """The document."""
    problems: tuple[Problem, ...] = ()
    """Kind ``characters``: control characters became U+FFFD; ``values`` is (attribute, value).
    Kind ``node``: two ids became equal that way, and one was written with ``~2`` after it."""

    def __str__(self) -> str:
        return self.text


def to_graphml(threads: Threads, *, of: GraphKind = "replies", article: bool = False) -> GraphML:
    """Return a graph of a thread, or of the people of several, as a GraphML document.

    Args:
        threads: The thread; with ``of="authors"``, one or several.
        of: ``"replies"`` or ``"authors"``, as in `to_networkx`.
        article: Make the article a node too, as in `to_networkx`.

    The attributes are those of `to_networkx`, times as text of ISO 8601 in UTC. XML cannot hold
    control characters but tab and line ends: each becomes U+FFFD, and every value where that was
    done is named in a problem. Write the text as UTF-8. O(n), and needs no extra.

    >>> written = to_graphml(Thread(None, [Comment("1"), Comment("2", "1")]))
    >>> '<edge source="1" target="2"/>' in written.text, written.problems
    (True, ())
    """
    writer = _Writer(graph_of(threads, of, article=article))
    return GraphML("\n".join(writer.lines()) + "\n", tuple(writer.problems))


class _Writer:
    """Writes one graph, gathering the problems as it goes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.problems: list[Problem] = []
        self.keys: dict[tuple[str, str], str] = {}  # (where, attribute) to the key's id
        self.types: dict[str, str] = {}  # the key's id to its type

    def lines(self) -> Iterator[str]:
        names = self._node_ids()
        body = ['<graph edgedefault="directed">']
        body += self._data("graph", self.graph.attributes, ())
        for id, attributes in self.graph.nodes.items():
            data = self._data("node", attributes, (id,))
            body += _element(f'node id="{names[id]}"', "node", data)
        for source, target, attributes in self.graph.edges:
            data = self._data("edge", attributes, (source, target))
            body += _element(
                f'edge source="{names[source]}" target="{names[target]}"', "edge", data
            )
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        for (where, name), key in self.keys.items():
            kind = self.types[key]
            yield f'<key id="{key}" for="{where}" attr.name="{name}" attr.type="{kind}"/>'
        yield from body
        yield "</graph>"
        yield "</graphml>"

    def _node_ids(self) -> dict[str, str]:
        """Return each node's id as it is written: unique, also where characters were replaced."""
        whole_ids = {id for id in self.graph.nodes if not _FORBIDDEN.search(id)}
        names = {}
        for id in self.graph.nodes:
            written = id
            if id not in whole_ids:
                written = base = self._clean("id", id, (id,))
                number = 1
                while written in whole_ids:
                    number += 1
                    written = f"{base}~{number}"
                if number > 1:
                    message = f"the node {shown(id)} was written as {shown(written)}: {shown(base)}"
                    self.problems.append(Problem("node", f"{message} is taken", (id,), (written,)))
                whole_ids.add(written)
            names[id] = written.translate(_ESCAPES)
        return names

    def _data(self, where: str, attributes: dict[str, Cell], ids: tuple[str, ...]) -> list[str]:
        return [
            f'<data key="{self._key(where, name, value)}">{self._text(name, value, ids)}</data>'
            for name, value in attributes.items()
        ]

    def _key(self, where: str, name: str, value: Cell) -> str:
        key = self.keys.get((where, name))
        if key is None:
            key = self.keys[where, name] = f"d{len(self.keys)}"
            self.types[key] = _TYPES[type(value)]
        return key

    def _text(self, name: str, value: Cell, ids: tuple[str, ...]) -> str:
        if isinstance(value, str):
            return self._clean(name, value, ids).translate(_ESCAPES) if _ANY(value) else value
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.isoformat() if isinstance(value, dt.datetime) else str(value)

    def _clean(self, name: str, text: str, ids: tuple[str, ...]) -> str:
        cleaned, count = _FORBIDDEN.subn("\ufffd", text)
        if count:
            what = "1 character" if count == 1 else f"{count} characters"
            message = f"{what} of {name} of {shown(ids[0])} cannot be written in XML"
            problem = Problem("characters", f"{message}: now U+FFFD", ids, (name, text))
            self.problems.append(problem)
        return cleaned


def _element(opening: str, name: str, data: list[str]) -> list[str]:
    return [f"<{opening}>", *data, f"</{name}>"] if data else [f"<{opening}/>"]
