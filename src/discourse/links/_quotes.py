"""`quotes`: quotations of the article or of another comment."""

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
    """A quotation in a comment, found in the article or in another comment."""

    comment_id: str
    """The comment that quotes."""
    span: tuple[int, int]
    """The position of the passage in its text, without the quotation marks."""
    source_id: str | None
    """The comment that is quoted; None for the article."""
    source_span: tuple[int, int]
    """The position of the passage in the source."""
    score: float
    """How well the two match, in words: 1 if they are equal, and never below *least*."""
    kind: Kind = "marks"
    """How it is marked: by quotation ``"marks"``, or as a quoted ``"block"``."""
    source_field: Literal["text", "title"] = "text"
    """The field of the source: ``text``, or the article's ``title``."""


def quotes(thread: Thread, *, least: float = 0.75) -> tuple[Quote, ...]:
    r"""Return quotations (in quotation marks or blocks) with their source in the same thread.

    Words are compared, in any script. Case, accents, dashes, spaces, ellipses and the kind of
    quotation marks are ignored, and a few words may differ. The *score* is Dice's coefficient:
    2 · common words / (words of the passage + words of the place in the source) (L. R. Dice,
    *Ecology* 26, 1945). Words omitted at an ellipsis do not count.

    The source is the place with the best match, rounded to a tenth. Among equals, text outside
    quotations comes first, then the article, the parent, the nearest ancestor, and the nearest
    earlier comment (by time if both times are known, otherwise by position). No comment quotes
    itself.

    A passage of fewer than four words, or of fewer than about 20 characters, must match exactly, in
    only one place, and contain a word that nobody else uses. A single word never counts. A passage
    of fewer than eight words may only differ if some run of its words occurs in one place only. If
    passages are nested, the widest one with a source counts.

    Args:
        thread: The thread. Comments without text are ignored.
        least: The lowest score, above 0 and at most 1.

    O(length of all texts), except for sorting the runs of words within each passage.

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
    """Yield the quotes of one comment. If passages overlap, the first and widest counts."""
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
