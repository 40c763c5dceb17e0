"""`reply_edges`: who answers whom, as declared by the source and as inferred from texts."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, final

import attrs

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._mentions import Mention, mentions
from ._quotes import Quote, quotes

EdgeKind: TypeAlias = Literal["declared", "mention", "quote"]
"""The evidence for an edge."""

_KINDS: tuple[EdgeKind, ...] = ("declared", "mention", "quote")


@final
@attrs.frozen
class ReplyEdge:
    """A reply from one comment to another, and the evidence for it."""

    comment_id: str
    """The comment that replies."""
    target_id: str | None
    """The comment that it answers; None for the article."""
    kind: EdgeKind
    """``"declared"``: the source says so; ``"mention"``: it addresses the other's author by name;
    ``"quote"``: it quotes the other."""
    confidence: float
    """The confidence, from 0 to 1. It is 1 for declared edges."""
    evidence: Quote | Mention | None = None
    """The mention or quote it was inferred from; None for declared edges."""


def reply_edges(thread: Thread, *, evidence: Iterable[EdgeKind] = _KINDS) -> tuple[ReplyEdge, ...]:
    """Return who answers whom: the declared parents, and the replies inferred from texts.

    A comment that quotes another comment than its parent, or addresses its author by name, gets an
    inferred edge to it. A mention leads to the first of its targets; if it has several, the
    confidence is halved. Nothing is inferred if the addressed author also wrote the parent, or if
    the quotation is from the article. If an edge has several reasons of the same kind, the one with
    the highest confidence counts.

    Edges are in the order of the thread. For each comment, including placeholders, the declared
    edge comes first.

    Args:
        thread: The thread.
        evidence: The kinds of edges to return.

    Raises `FieldError` for an unknown kind. The cost is that of `quotes` and `mentions`.

    >>> thread = Thread(None, [
    ...     Comment("1", None, Author("Ada"), "Closed again?"),
    ...     Comment("2", None, Author("Bo"), "@Ada: yes."),
    ... ])
    >>> for edge in reply_edges(thread):
    ...     print(edge.comment_id, edge.target_id, edge.kind, edge.confidence)
    1 None declared 1.0
    2 None declared 1.0
    2 1 mention 1.0
    """
    expect_thread(thread)
    kinds = frozenset([evidence] if isinstance(evidence, str) else evidence)
    unknown = sorted(map(str, kinds.difference(_KINDS)))
    if unknown:
        raise FieldError(
            "links", "reply_edges(evidence)", unknown[0], "must be some of declared, mention, quote"
        )
    surest: dict[str, dict[tuple[str | None, EdgeKind], ReplyEdge]] = {}
    for edge in _edges(thread, kinds):
        edges = surest.setdefault(edge.comment_id, {})
        key = (edge.target_id, edge.kind)
        if key not in edges or edges[key].confidence < edge.confidence:
            edges[key] = edge
    return tuple(
        edge for comment in thread.comments for edge in surest.get(comment.id, {}).values()
    )


def _edges(thread: Thread, kinds: frozenset[str]) -> Iterator[ReplyEdge]:
    if "declared" in kinds:
        for comment in thread.comments:
            yield ReplyEdge(comment.id, comment.parent_id, "declared", 1.0)
    if "mention" in kinds:
        for mention in mentions(thread):
            if mention.target_ids and not _wrote_parent(thread, mention):
                sure = mention.confidence / (2 if len(mention.target_ids) > 1 else 1)
                target = mention.target_ids[0]
                yield ReplyEdge(mention.comment_id, target, "mention", sure, mention)
    if "quote" in kinds:
        for quote in quotes(thread):
            if quote.source_id not in (None, thread[quote.comment_id].parent_id):
                yield ReplyEdge(quote.comment_id, quote.source_id, "quote", quote.score, quote)


def _wrote_parent(thread: Thread, mention: Mention) -> bool:
    parent = thread.parent(mention.comment_id)
    if parent is None or parent.author is None or mention.author is None:
        return False
    return parent.author.key == mention.author.key
