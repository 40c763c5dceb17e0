"""Provide `reply_edges`: who answers whom, as declared and as inferred."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, final

import attrs

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._mentions import Mention, mentions
from ._quotes import Quote, quotes

EdgeKind: TypeAlias = Literal["declared", "mention", "quote"]
"""Why an edge is there."""

_KINDS: tuple[EdgeKind, ...] = ("declared", "mention", "quote")


@final
@attrs.frozen
class ReplyEdge:
    """That one comment answers another, and why that is said."""

    comment_id: str
    """The comment that answers."""
    target_id: str | None
    """What it answers; None for the article."""
    kind: EdgeKind
    """``"declared"``: the source says so; ``"mention"``: it calls the other's author by name;
    ``"quote"``: it quotes the other."""
    confidence: float
    """How sure that is, from 0 to 1: 1 where it is declared."""
    evidence: Quote | Mention | None = None
    """What it was inferred from; None where it is declared."""


def reply_edges(thread: Thread, *, evidence: Iterable[EdgeKind] = _KINDS) -> tuple[ReplyEdge, ...]:
    """Return who answers whom: the parents that are declared, and what the texts say besides.

    Inferred is an edge from a comment that quotes, or calls by name the author of, a comment other
    than its parent. A mention leads to the first of its targets; where there are several, it is
    half as sure. Where the author called wrote the parent too, nothing is inferred, nor where the
    article is quoted. Of several reasons of one kind for one edge, the surest counts.

    The declared edges come first for each comment, in the order of the thread; placeholders have
    theirs as other comments do.

    Args:
        thread: The discussion.
        evidence: Which kinds of edges to return.

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
            "links", "reply_edges(evidence)", unknown[0], "must be of declared, mention, quote"
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
