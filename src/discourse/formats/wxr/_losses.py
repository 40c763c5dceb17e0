"""Compare a thread with the thread read back from its export."""

from collections.abc import Iterator, Sequence

import attrs

from ...errors import shown
from ...model import Source
from ...thread import Thread
from ._export_reader import NAME, parse
from ._export_writer import serialize

LOSSES: tuple[str, ...] = (
    "the format of a text: all is HTML",
    "characters that XML 1.0 cannot hold: they become U+FFFD",
    "parts of a second, and the offset of a time: all are in UTC",
    "scores, votes, titles, languages, addresses, edits and reply counts of comments",
    "tags of comments other than the type: pingback, trackback, or the source's own",
    "authors beyond name, id, address and, of users, the display name; all but one of the article",
    "scores, captions and comment counts of the article",
    "meta other than what an export has",
    "stubs, the source, and that a thread has no article",
)
"""What an export cannot hold; `holds` returns the losses of a given thread."""

_SOURCE = Source(NAME, platform="wordpress", version="1.2")


def as_held(thread: Thread) -> Thread:
    """Return *thread* as reading its export returns it: without what is lost. O(n).

    For a post of a type in `FURNITURE` without comments, the result is empty.

    >>> from discourse import Article, Comment
    >>> from discourse.formats import wxr
    >>> thread = Thread(Article("A tale"), [Comment("a7", text="Hm.", score=3)])
    >>> wxr.as_held(thread)["a7"]
    Comment(id='a7', text='Hm.', text_format=<TextFormat.HTML: 'html'>)
    >>> wxr.parse(wxr.serialize(thread)).thread == wxr.as_held(thread)
    True
    """
    threads = parse(serialize(thread)).threads
    return threads[0] if threads else Thread(source=_SOURCE)


def holds(thread: Thread) -> tuple[str, ...]:
    """Return the reasons why reading the export of *thread* would not return an equal thread.

    The result is empty if it would. The version in the source may differ. O(n).

    >>> from discourse import Comment
    >>> holds(as_held(Thread(None, [Comment("1", text="Hm.")])))
    ()
    >>> holds(as_held(Thread()).sorted("newest")), holds(Thread())[0]
    ((), 'article cannot be held')
    """
    read_back = as_held(thread)
    reasons = list(_differences(thread, read_back, ("comments", "article", "source"), ""))
    if thread.source is None or attrs.evolve(thread.source, version="1.2") != _SOURCE:
        reasons.append("source can only be wxr")
    if thread.article is None or read_back.article is None:
        reasons.insert(0, "article cannot be held")
    else:
        reasons += _differences(thread.article, read_back.article, (), "article: ")
    for one, other in zip(thread.comments, read_back.comments, strict=True):
        reasons += _differences(one, other, (), f"comment {shown(one.id)}: ")
    return tuple(reasons)


def _differences(one: object, other: object, without: Sequence[str], where: str) -> Iterator[str]:
    if one == other:
        return
    for field in attrs.fields(type(one)):  # type: ignore[arg-type]  # of the model
        name = field.name
        if name not in without and getattr(one, name) != getattr(other, name):
            yield f"{where}{name} cannot be held"
