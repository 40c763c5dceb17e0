"""Provide `quotes`: the passages that stand in the article or in another comment."""

from collections.abc import Iterator
from typing import Literal, final

import attrs

from .._expect import expect_thread
from ..errors import FieldError
from ..thread import Thread
from ._passages import Kind
from ._sources import FIRST, TITLE, Sources, place_of


@final
@attrs.frozen
class Quote:
    """A passage of a comment that stands in the article or in another comment."""

    comment_id: str
    """The comment that quotes."""
    span: tuple[int, int]
    """Where the passage stands in its text, without the marks around it."""
    source_id: str | None
    """The comment that is quoted; None for the article."""
    source_span: tuple[int, int]
    """Where the passage stands in the source."""
    score: float
    """How well the two agree, in words: 1 where they are equal, down to the least asked for."""
    kind: Kind = "marks"
    """What marks it as quoted: ``"marks"`` around it, or a quoted ``"block"``."""
    source_field: Literal["text", "title"] = "text"
    """Where in the source: its ``text``, or the article's ``title``."""


def quotes(thread: Thread, *, least: float = 0.75) -> tuple[Quote, ...]:
    r"""Return the passages in quotation marks or quoted blocks that stand elsewhere in the thread.

    Words are compared, in any script: case, accents, the kind of quotation marks, dashes, spaces
    and ellipses make no difference, and a few words may be changed. The *score* is
    2 · common words / (words of the passage + words of the place in the source), L. R. Dice's
    coefficient (*Ecology* 26, 1945); what an ellipsis leaves out does not count.

    The source is where the words agree best, to a tenth; among those that agree as well, what says
    them outside a quotation of its own, then the article, the parent, the nearest ancestor, and the
    nearest comment that is earlier (by the times where both are known, else by standing above).
    No comment quotes itself.

    A passage of fewer than four words, or of fewer than about 20 characters, counts only where it
    is found exactly, in no other place, and with a word that nobody else uses; one word never does.
    One of fewer than eight words may differ only where some run of its words stands in no other
    place. Of passages inside each other the widest that is found counts.

    Args:
        thread: The discussion. Comments without a text neither quote nor are quoted.
        least: The lowest score, above 0, up to 1.

    O(length of all texts), but for sorting the runs of words within each passage.

    >>> thread = Thread(Article(text="The bridge will be closed to all traffic by May."), [
    ...     Comment("1", text="They told us on the radio: “The bridge will be closed”!"),
    ...     Comment("2", "1", text="> They told us on the radio:\n\nWho did?"),
    ...     Comment("3", "2", text="They “told” us."),
    ... ])
    >>> for quote in quotes(thread):
    ...     print(quote.comment_id, quote.source_id, quote.source_span, quote.score)
    1 None (0, 25) 1.0
    2 1 (0, 25) 1.0
    """
    expect_thread(thread)
    if not (isinstance(least, int | float) and 0 < least <= 1):
        raise FieldError("links", "quotes(least)", least, "must be above 0 and at most 1")
    sources = Sources(thread, least)
    return tuple(quote for document in sources.marked for quote in _of(sources, document))


def _of(sources: Sources, document: int) -> Iterator[Quote]:
    """Yield the quotes of one comment; of passages that overlap, the first and widest found."""
    seen = sources.seen(document)
    thread = sources.thread
    until = -1
    for passage, quoted in sources.marked[document]:
        if passage.start < until:
            continue
        match = sources.find(quoted, document)
        if match is None:
            continue
        until = passage.end
        source = sources.seen(match.document)
        place = place_of(source.text, match.start, match.end)
        yield Quote(
            thread.comments[document - FIRST].id,
            seen.span(passage.start, passage.end),
            thread.comments[match.document - FIRST].id if match.document >= FIRST else None,
            source.span(*place),
            match.score,
            passage.kind,
            "title" if match.document == TITLE else "text",
        )
