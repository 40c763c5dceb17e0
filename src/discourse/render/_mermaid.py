"""Provide `mermaid`, a thread as a flowchart for Mermaid, which many Markdown pages draw."""

import unicodedata
from collections.abc import Iterator

from .._expect import expect_thread
from ..model import Status
from ..thread import Thread
from ._graph_nodes import nearest, parents, said, title

_WIDTH = 24


def mermaid(thread: Thread, *, max_comments: int | None = None) -> str:
    """Return *thread* as a flowchart in the language of Mermaid.

    A line leads from each comment to its replies, in the order of the thread. The node of the
    article is called ``article``, that of ``thread.comments[n]`` ``cn``; a label has the author
    and the first words. Placeholders are dashed.

    Args:
        thread: What to draw.
        max_comments: Draw only so many comments, those nearest to the article; one more node says
            how many are not drawn.

    Unless a page sets it up otherwise, Mermaid refuses more than 500 edges (``maxEdges``) or 50,000
    characters (``maxTextSize``), and the text cannot change that: ``max_comments=400`` keeps
    within both for ordinary comments, which take some 60 characters each. In labels all but
    letters, digits and spaces is written as a character code of up to 9 characters, so that nothing
    in them is markup. O(n).

    >>> print(mermaid(Thread(Article("Bridge"), [Comment("1", None, Author("Ada"), "At last!")])))
    flowchart LR
    article(["Bridge"])
    article --- c0["Ada#58; At last#33;"]
    """
    expect_thread(thread)
    return "\n".join(("flowchart LR", *_lines(thread, max_comments)))


def _lines(thread: Thread, most: int | None) -> Iterator[str]:
    taken, left = nearest(thread, most)
    yield f'article(["{_quoted(title(thread.article, 2 * _WIDTH))}"])'
    missing = []
    for position, parent in zip(taken, parents(thread, taken), strict=True):
        comment = thread.comments[position]
        above = "article" if parent is None else f"c{parent}"
        label = ": ".join(part for part in said(comment, _WIDTH) if part)
        yield f'{above} --- c{position}["{_quoted(label) or "#160;"}"]'
        if comment.status is Status.MISSING:
            missing.append(f"c{position}")
    if left:
        yield f'article -.- left["{_quoted(f"{left:,} more")}"]'
    if missing:
        yield "classDef missing stroke-dasharray:4 3"
        yield f"class {','.join(missing)} missing"


def _quoted(text: str) -> str:
    return "".join(char if char == " " or _is_plain(char) else f"#{ord(char)};" for char in text)


def _is_plain(char: str) -> bool:
    """Whether a character is a letter, a mark on one, or a digit."""
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}
